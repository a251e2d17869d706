"""What is asked for: the item's card, and the 情形 questions that cut its list."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.answer_effects import effects, last_answered
from clerk.domain.facts import Facts
from clerk.domain.standard import ItemStandard, Question
from clerk.ui import theme
from clerk.ui.intake_choice import StackedChoice, choice_of
from clerk.ui.intake_fields import MARKS
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Card, Choice, KeyHint, Label, SourceMark
from clerk.wording import fees, limit
from clerk.wording_situation import effect_lines

_WIDTH = 264
_EFFECT_LINES = 2
"""What the last answer dropped, and what it added."""


class ItemCard(Card):
    """Name, kind, limits and fee of the item, from its standard."""

    def __init__(self) -> None:
        super().__init__()
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        inner.setSpacing(theme.px(2))
        self.version = Label(size=12, tone="t3")
        self.name = Label(size=20, bold=True, wrap=True)
        self.terms = Label(size=13, tone="t2", wrap=True)
        self.limits = Label(size=13, tone="t2", wrap=True)
        top = QHBoxLayout()
        top.addWidget(self.version, 1)
        top.addWidget(KeyHint(("F2",), "换事项", keys_last=True))
        inner.addLayout(top)
        inner.addWidget(self.name)
        inner.addWidget(self.terms)
        inner.addWidget(self.limits)
        self.body.addLayout(inner)

    def show_item(self, standard: ItemStandard) -> None:
        """Show one version of an item."""
        self.version.setText(f"事项·标准第 {standard.version} 版")
        self.name.setText(standard.name)
        self.terms.setText(
            f"{standard.item_type.label}，{standard.body.short_name}办理，{fees(standard)}"
        )
        promised, statutory = limit(standard.promised_limit), limit(standard.statutory_limit)
        self.limits.setText(f"法定 {statutory}，承诺 {promised}")


class _QuestionLine(QWidget):
    """A question: its answers side by side, or on a low screen one line once it is answered."""

    picked = pyqtSignal(str, str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.choice = choice_of(
            [option.label for option in question.options], question.text, theme.px(_WIDTH)
        )
        self.text = Label(question.text, size=13, tone="t2", elide=True)
        self.answer = Label(size=13)
        self.mark = SourceMark(MARKS[next(iter(MARKS))])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.text, 1)
        top.addWidget(self.answer)
        top.addWidget(self.mark)
        column.addLayout(top)
        column.addWidget(self.choice)
        self.choice.picked.connect(self._on_picked)

    def show_answer(self, opened: OpenCase, *, as_line: bool) -> None:
        """Show what was answered and how that is known."""
        given = opened.case.answers.get(self.question.code)
        options = [option.code for option in self.question.options]
        at = options.index(given.option) if given and given.option in options else None
        if self.choice.chosen() != at:
            self.choice.set_chosen(at)
        self.choice.set_settled(given is not None and not MARKS[given.source].by_hand)
        self.choice.setEnabled(opened.editable)
        self.mark.setVisible(given is not None)
        if given is not None:
            self.mark.show_source(MARKS[given.source])
        self.answer.setText(self.question.options[at].label if at is not None else "")
        folded = as_line and at is not None
        self.answer.setVisible(folded)
        self.choice.setVisible(not folded)

    def _on_picked(self, position: int) -> None:
        self.picked.emit(self.question.code, self.question.options[position].code)


class QuestionsCard(Card):
    """The questions that are put now; an answered one folds where room is short (Alt Q)."""

    picked = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, _QuestionLine] = {}
        self._made_for: tuple[str, int] = ("", 0)
        self._short = self._reopened = False
        self._opened: OpenCase | None = None
        self._said: tuple[str, ...] = ()
        head = self.header("情形")
        self._hint = Label("按数字键选", size=12, tone="t3")
        self._reopen = KeyHint(("Alt Q",), "改", keys_last=True)
        head.add(self._hint)
        head.add(self._reopen)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(12))
        self._column.setSpacing(theme.px(10))
        self.cut = Label(size=12, tone="t2", wrap=True)
        self.effects = tuple(Label(size=12, tone="t2", elide=True) for _ in range(_EFFECT_LINES))
        for label in (self.cut, *self.effects):
            self._column.addWidget(label)
        self.body.addLayout(self._column)

    def show_case(self, opened: OpenCase, facts: Facts) -> None:
        """Show the questions of the case in the standard's order, and what the last answer did."""
        last = last_answered(opened.case, opened.verdict.questions)
        did = effects(opened.standard, facts, last)
        said = effect_lines(did) if did is not None else ()
        self._said = said or (("材料和表格不变",) if did is not None else ())
        self._show(opened)

    def _show(self, opened: OpenCase) -> None:
        made_for = (opened.key, opened.standard.version)
        if made_for != self._made_for:
            self._drop_lines()
            self._made_for = made_for
        self._opened = opened
        asked = [q for q in opened.standard.questions if q.code in opened.verdict.questions]
        folded = self._short and not self._reopened
        for place, question in enumerate(asked):
            line = self._line_for(question)
            if self._column.indexOf(line) != place:
                self._column.removeWidget(line)
                self._column.insertWidget(place, line)
            line.show_answer(opened, as_line=folded)
        codes = {question.code for question in asked}
        for code, line in self._lines.items():
            line.setVisible(code in codes)
        self._column.setSpacing(theme.px(6 if folded else 10))
        self._reopen.setVisible(folded)
        self._hint.setVisible(not folded)
        self.setVisible(bool(asked))
        self._say_cut(opened)

    def set_short(self, short: bool) -> None:
        """Fold answered questions to lines."""
        if short != self._short:
            self._short, self._reopened = short, False
            if self._opened is not None:
                self._show(self._opened)

    def reopen(self) -> None:
        """Unfold the questions until the next answer (Alt Q) and go to the first one."""
        self._reopened = True
        if self._opened is not None and self._opened.verdict.questions:
            self._show(self._opened)
            self.focus_question(self._opened.verdict.questions[0])

    def focus_question(self, code: str) -> bool:
        """Put the focus on a question; returns whether it is there."""
        line = self._lines.get(code)
        if line is None:
            return False
        line.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def choice(self, code: str) -> Choice | StackedChoice:
        """The answers of one question."""
        return self._lines[code].choice

    def _line_for(self, question: Question) -> _QuestionLine:
        line = self._lines.get(question.code)
        if line is None:
            line = _QuestionLine(question)
            line.picked.connect(self._on_picked)
            self._lines[question.code] = line
        return line

    def _on_picked(self, question: str, option: str) -> None:
        self._reopened = False
        self.picked.emit(question, option)

    def _say_cut(self, opened: OpenCase) -> None:
        kept, gone = len(opened.verdict.asked), len(opened.verdict.dropped)
        self.cut.setText(f"按此情形：材料 {kept + gone} 减到 {kept} 项" if gone else "")
        self.cut.setVisible(bool(gone) and not self._short)
        lines = ("；".join(self._said),) if self._short else self._said
        for place, label in enumerate(self.effects):
            label.setText(lines[place] if place < len(lines) else "")
            label.setVisible(place < len(lines) and bool(lines[place]))

    def _drop_lines(self) -> None:
        for line in self._lines.values():
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines.clear()
        self._reopened = False
