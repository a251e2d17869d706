"""The intake screen of a draft, live: who applies, the questions, and what is asked for and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.advice import Inquiry
from clerk.domain.condition import Facts
from clerk.domain.form import Asked, asked_of
from clerk.domain.party import PartyKind
from clerk.domain.standard import ItemStandard, Question
from clerk.ui import theme
from clerk.ui.standards_choices import Picker
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_words import in_words
from clerk.ui.widgets import Choice, Label
from clerk.ui.widgets.headed import Headed
from clerk.wording import PARTY_KINDS, clause

_MOST_BESIDE = 3
_LONG = 14


class Ask(Headed):
    """One question with its options, side by side where they are few and short."""

    picked = pyqtSignal(int)

    def __init__(self, text: str, options: Sequence[str]) -> None:
        short = len(options) <= _MOST_BESIDE and sum(map(len, options)) <= _LONG
        self.editor: Choice | Picker = Choice(options, label=text) if short else Picker()
        super().__init__(text, self.editor)
        if isinstance(self.editor, Choice):
            self.editor.picked.connect(self.picked)
        else:
            self.editor.addItems([f"{place} {one}" for place, one in enumerate(options, start=1)])
            self.editor.activated.connect(self.picked)
            self.say(text)

    def show_chosen(self, place: int | None) -> None:
        """Show an answer, or none."""
        if isinstance(self.editor, Choice):
            self.editor.set_chosen(place)
        else:
            self.editor.setCurrentIndex(-1 if place is None else place)


class Preview(QWidget):
    """Applicant and answers at the top, below them what the window would ask for."""

    def __init__(self) -> None:
        super().__init__()
        self._standard: ItemStandard | None = None
        self._table: Mapping[str, object] = {}
        self._on = date.min
        self._kinds: tuple[PartyKind, ...] = ()
        self._kind: PartyKind | None = None
        self._handler = False
        self._answers: dict[str, str] = {}
        self._asks: dict[tuple[object, ...], Ask] = {}
        self.who: Ask | None = None
        self.handler = Ask("谁来办", ("本人", "代办人"))
        self.handler.show_chosen(0)
        self.handler.picked.connect(self._on_handler)
        self.counted = Label(size=13, bold=True, wrap=True)
        self.materials = ReasonList("要的材料")
        self.dropped = ReasonList("不要的材料")
        self.lines_head = Label("要填的", size=13, bold=True)
        self.lines = ReasonList("要填的")
        self._column = QVBoxLayout(self)
        side = theme.px(14)
        self._column.setContentsMargins(0, theme.px(4), 0, theme.px(12))
        self._column.setSpacing(theme.px(8))
        self._top = QVBoxLayout()
        self._top.setContentsMargins(side, 0, side, 0)
        self._top.setSpacing(theme.px(8))
        self._top.addWidget(self.handler)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(theme.px(8))
        self._top.addLayout(self._questions)
        self._top.addWidget(self.counted)
        self._column.addLayout(self._top)
        for widget in (self.materials, self.dropped):
            self._column.addWidget(widget)
        head = QVBoxLayout()
        head.setContentsMargins(side, 0, side, 0)
        head.addWidget(self.lines_head)
        self._column.addLayout(head)
        self._column.addWidget(self.lines)

    def show_standard(self, standard: ItemStandard, table: Mapping[str, object], on: date) -> None:
        """Show what the standard asks for with the answers given so far."""
        if self._standard is not None and self._standard.item_code != standard.item_code:
            self._answers.clear()
        self._standard, self._table, self._on = standard, table, on
        if standard.applicant_kinds != self._kinds:
            self._show_kinds(standard.applicant_kinds)
        self._cut()

    def _show_kinds(self, kinds: tuple[PartyKind, ...]) -> None:
        self._kinds = kinds
        if self.who is not None:
            self.who.deleteLater()
        self.who = Ask("谁申请", [PARTY_KINDS[kind] for kind in kinds])
        self.who.picked.connect(self._on_kind)
        self._top.insertWidget(0, self.who)
        self._kind = kinds[0] if self._kind not in kinds and kinds else self._kind
        self.who.show_chosen(kinds.index(self._kind) if self._kind in kinds else None)

    def inquiry(self) -> Inquiry:
        """Who would apply, and what was answered."""
        return Inquiry(
            applicant_kind=self._kind, handler=self._handler, answers=dict(self._answers)
        )

    def first_question(self) -> QWidget | None:
        """Where the keys go first: the first thing that is asked."""
        return self.who.editor if self.who is not None else None

    def _on_kind(self, place: int) -> None:
        self._kind = self._kinds[place]
        self._cut()

    def _on_handler(self, place: int) -> None:
        self._handler = place == 1
        self._cut()

    def _on_answer(self, code: str, options: Sequence[str], place: int) -> None:
        self._answers[code] = options[place]
        self._cut()

    def answer(self, code: str, option: str) -> None:
        """Answer a question as if by hand."""
        self._answers[code] = option
        self._cut()

    def _facts(self, answers: Mapping[str, str]) -> Facts:
        return Facts(
            answers=answers,
            fields={},
            applicant_kind=self._kind,
            age=None,
            has_handler=self._handler,
            on=self._on,
        )

    def _cut(self) -> None:
        standard = self._standard
        if standard is None:
            return
        asked = asked_of(standard, self._facts(self._answers))
        put = {one.code for one in asked.questions}
        answers = {code: option for code, option in self._answers.items() if code in put}
        asked = asked_of(standard, self._facts(answers))
        self._show_questions(asked.questions)
        left = len(standard.requirements) - len(asked.requirements)
        lines = f"，填写 {len(asked.fields)} 项"
        self.counted.setText(
            f"材料 {len(standard.requirements)} 减到 {len(asked.requirements)} 份{lines}"
            if left
            else f"材料 {len(asked.requirements)} 份{lines}"
        )
        self.materials.show_lines(tuple(self._kept(asked)))
        self.dropped.show_lines(tuple(self._gone(standard, asked)))
        self.lines.show_lines(tuple(self._fields(asked)))

    def _show_questions(self, questions: Sequence[Question]) -> None:
        wanted = [
            (one.code, one.text, tuple((option.code, option.label) for option in one.options))
            for one in questions
        ]
        for key in [key for key in self._asks if key not in wanted]:
            ask = self._asks.pop(key)
            self._questions.removeWidget(ask)
            ask.hide()
            ask.deleteLater()
        for place, (code, text, options) in enumerate(wanted):
            key = (code, text, options)
            codes = [option for option, _ in options]
            if key not in self._asks:
                made = Ask(text, [label for _, label in options])
                made.picked.connect(partial(self._on_answer, code, codes))
                self._asks[key] = made
                self._questions.insertWidget(place, made)
            given = self._answers.get(code)
            self._asks[key].show_chosen(codes.index(given) if given in codes else None)

    def _kept(self, asked: Asked) -> Iterator[Reason]:
        for number, one in enumerate(asked.requirements, start=1):
            because = f"{self._words('requirements', one.code)}，" if one.when else ""
            yield Reason(
                text=f"{number} {one.name}",
                why=f"{because}{clause(one.basis)}",
                icon="file-text",
                icon_tone="t2",
            )

    def _gone(self, standard: ItemStandard, asked: Asked) -> Iterator[Reason]:
        codes = {one.requirement for one in asked.dropped}
        for one in standard.requirements:
            if one.code in codes:
                words = self._words("requirements", one.code)
                yield Reason(
                    text=f"不要 {one.name}",
                    why=f"{words}才要，{clause(one.basis)}",
                    icon="minus",
                    icon_tone="t3",
                    tone="t3",
                )

    def _fields(self, asked: Asked) -> Iterator[Reason]:
        for one in asked.fields:
            known = "事先带入" if one.prefill and one.prefill != ("earlier",) else "要填"
            because = f"，{self._words('fields', one.code)}" if one.when else ""
            icon, tone = ("sigma", "t3") if known == "事先带入" else ("pencil-line", "accentT")
            yield Reason(text=one.label, why=f"{known}{because}", icon=icon, icon_tone=tone)

    def _words(self, key: str, code: str) -> str:
        lines = self._table.get(key)
        for line in lines if isinstance(lines, list | tuple) else ():
            if isinstance(line, Mapping) and line.get("code") == code:
                return in_words(line.get("when"), self._table)
        return ""
