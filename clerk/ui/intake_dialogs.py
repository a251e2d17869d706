"""Small dialogs of the intake page: a list of ways by digit, a reason, the reasons in full."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QPlainTextEdit, QWidget

from clerk.domain.answer_effects import all_effects
from clerk.domain.days import local_date
from clerk.domain.findings import Outcome, Verdict
from clerk.domain.form import facts_of
from clerk.ui.actions import Here
from clerk.ui.acts import Act
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Button, Dialog, FieldEdit, Label
from clerk.values import dataclass
from clerk.wording import GROUPS, OUTCOMES, basis, finding, remedy
from clerk.wording_rules import compared
from clerk.wording_situation import situation_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """One line of a menu; ``why_not`` says why it cannot be taken now."""

    words: str
    take: Callable[[], None]
    why_not: str = ""


class MenuDialog(Dialog):
    """A few ways to go on, chosen by digit or button; what is not possible says why."""

    def __init__(self, title: str, said: str, lines: Sequence[Choosable]) -> None:
        super().__init__(title, width=520)
        self._lines = tuple(lines)
        if said:
            self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.buttons: list[Button] = []
        for number, line in enumerate(self._lines, start=1):
            button = Button(line.words, key=str(number), key_first=True)
            button.setEnabled(not line.why_not)
            button.clicked.connect(lambda _=False, at=number - 1: self._take(at))
            self.body.addWidget(button)
            if line.why_not:
                self.body.addWidget(Label(line.why_not, size=12, tone="t3", wrap=True))
            self.buttons.append(button)

    def acts(self) -> Sequence[Act]:
        """A digit for each line."""
        return [self._act(number) for number in range(1, len(self._lines) + 1)]

    def _act(self, number: int) -> Act:
        line = self._lines[number - 1]
        return Act(
            name=line.words,
            key=str(number),
            trigger=lambda: self._take(number - 1),
            enabled=lambda: not line.why_not,
            why_not=lambda: line.why_not,
        )

    def first_focus(self) -> QWidget | None:
        return next((button for button in self.buttons if button.isEnabled()), None)

    def _take(self, at: int) -> None:
        line = self._lines[at]
        if not line.why_not:
            self.close_dialog()
            line.take()


class ReasonDialog(Dialog):
    """Asks for a reason in a few words; an empty one is not taken."""

    def __init__(
        self, title: str, said: str, take: Callable[[str], None], *, words: str = "确定"
    ) -> None:
        super().__init__(title)
        self._take = take
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.editor = FieldEdit()
        self.editor.setMaxLength(100)
        self.editor.setAccessibleName(said)
        self.body.addWidget(self.editor)
        self.confirm = Button(words, key="Enter", kind="compact")
        self.confirm.setEnabled(False)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)
        self.editor.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text.strip())))
        self.editor.entered.connect(self._on_confirmed)
        self.confirm.clicked.connect(self._on_confirmed)

    def first_focus(self) -> QWidget:
        return self.editor

    def _on_confirmed(self) -> None:
        reason = self.editor.text().strip()
        if reason:
            self.close_dialog()
            self._take(reason)


class ReasonsDialog(Dialog):
    """Every answer and what it did; every check with its outcome, values, clause and version."""

    def __init__(self, opened: OpenCase, here: Here) -> None:
        super().__init__("逐条理由和依据", width=760, height=600)
        said = (situation_of(opened, here), reasons_text(opened.verdict))
        self.text = QPlainTextEdit("\n\n".join(filter(None, said)))
        self.text.setReadOnly(True)
        self.text.setAccessibleName("逐条理由和依据")
        self.body.addWidget(self.text, 1)

    def first_focus(self) -> QWidget:
        return self.text


def situation_of(opened: OpenCase, here: Here) -> str:
    """Return every answer as text, with what it dropped and added and by which clause."""
    case = opened.case
    facts = facts_of(case, local_date(here.now()), here.calendar)
    found = all_effects(opened.standard, facts)
    dropped = [code for code, _ in opened.verdict.dropped]
    given = [(one, case.answers[one.question.code]) for one in found]
    return situation_text(opened.standard, given, dropped)


def reasons_text(verdict: Verdict) -> str:
    """Return every finding as text, what does not hold first in each group."""
    lines: list[str] = []
    for group, title in GROUPS.items():
        found = [f for f in verdict.findings if f.group is group]
        if not found:
            continue
        passed = sum(f.outcome is Outcome.PASS for f in found)
        lines.append(f"{title}　{passed} / {len(found)}")
        for one in sorted(found, key=lambda f: f.outcome is Outcome.PASS):
            weight = "" if one.hard else "（提示，不影响受理）"
            parts = (compared(one), remedy(one) if one.outcome is not Outcome.PASS else "")
            lines.append(f"　{OUTCOMES[one.outcome]}　{finding(one)}{weight}")
            lines.extend(f"　　　　{part}" for part in parts if part)
            lines.append(f"　　　　{basis(one)}")
        lines.append("")
    return "\n".join(lines).strip()
