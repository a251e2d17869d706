"""Changes a condition line by line, out of the closed vocabulary: nothing is written freely."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.draft_conditions import (
    GROUPS,
    ConditionLine,
    beside,
    condition_lines,
    leading_word,
    with_condition,
    wrapped,
)
from clerk.domain.draft_editing import Path, value_at
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.chips import LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_condition_line import LineForm
from clerk.ui.standards_condition_shape import fresh
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.standards_words import in_words, line_words
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Dialog, Label, Line


class _Lines(ColumnModel[tuple[ConditionLine, str]]):
    """The lines, each with how it reads now."""

    @override
    def spec_of(self, row: tuple[ConditionLine, str]) -> LinesSpec:
        return LinesSpec(row[1], beside=True)

    @override
    def spoken_of(self, row: tuple[ConditionLine, str]) -> str:
        return row[1]


class ConditionDialog(Dialog):
    """Lines at the left, the current one at the right, the whole sentence at the top.

    ``take`` gets the condition as a plain table, None where nothing is asked any more.
    """

    def __init__(
        self,
        name: str,
        condition: object,
        table: Mapping[str, object],
        take: Callable[[object], None],
    ) -> None:
        super().__init__(name, width=900, height=600)
        self._condition, self._table, self._take = condition, table, take
        self.says = Label(size=14, bold=True, wrap=True)
        self.says.setMinimumHeight(theme.px(44))
        self.lines = _Lines()
        self.list = Table(
            self.lines,
            widths=(None,),
            row_height=34,
            header=False,
            row_keys=[Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Right],
            name="条件的各行",
        )
        self.lines.setParent(self.list)
        self.form = LineForm(table)
        self.add_button = Button("加一行", key="Ins", small=True)
        self.drop_button = Button("删这行", key="Del", kind="quiet", small=True)
        self.any_button = Button("放进“至少一项”", key="F6", kind="quiet", small=True)
        self.all_button = Button("放进“全部”", key="F7", kind="quiet", small=True)
        self.not_button = Button("反过来", key="F8", kind="quiet", small=True)
        self.take_button = Button("就这样", key="F9", kind="compact")
        self._lay_out()
        self._connect()
        self._show(())

    def _lay_out(self) -> None:
        self.body.addWidget(self.says)
        self.body.addWidget(Line())
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(self.list, 1)
        right = scrolled(self.form)
        right.setFixedWidth(theme.px(380))
        row.addWidget(right)
        self.body.addLayout(row, 1)
        buttons = (
            self.add_button,
            self.drop_button,
            self.all_button,
            self.any_button,
            self.not_button,
        )
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take_button)

    def _connect(self) -> None:
        self.list.moved.connect(lambda _: self._show_line())
        self.list.opened.connect(lambda _: self.form.focus_first())
        self.list.row_key.connect(self._on_key)
        self.form.edited.connect(self._on_edited)
        self.add_button.clicked.connect(lambda _: self.add())
        self.drop_button.clicked.connect(lambda _: self.drop())
        self.any_button.clicked.connect(lambda _: self.wrap("any"))
        self.all_button.clicked.connect(lambda _: self.wrap("all"))
        self.not_button.clicked.connect(lambda _: self.wrap("not"))
        self.take_button.clicked.connect(lambda _: self.take())

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="就这样", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.take),
            Act(name="加一行", key="Ins", trigger=self.add),
            Act(name="放进“至少一项成立”", key="F6", trigger=partial(self.wrap, "any")),
            Act(name="放进“全部成立”", key="F7", trigger=partial(self.wrap, "all")),
            Act(name="反过来", key="F8", trigger=partial(self.wrap, "not")),
            Act(name="删这行", key="Del", trigger=self.drop, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list if self.lines.rowCount() else self.form.first()

    def condition(self) -> object:
        """The condition as it stands, None where nothing is asked."""
        return self._condition

    def _show(self, at: Path) -> None:
        lines = tuple(condition_lines(self._condition))
        words = ["　" * line.depth + line_words(self._at(line.path), self._table) for line in lines]
        self.lines.show_rows(list(zip(lines, words, strict=True)))
        paths = [line.path for line in lines]
        self.list.go_to(paths.index(at) if at in paths else 0)
        self._show_line()

    def _show_line(self) -> None:
        nothing = self._condition is None
        self.says.setText(
            "没有条件，总是这样" if nothing else in_words(self._condition, self._table)
        )
        line = self._line()
        self.form.show_line(self._at(line.path) if line else {})
        for button in (self.drop_button, self.any_button, self.all_button, self.not_button):
            button.setVisible(line is not None)

    def _line(self) -> ConditionLine | None:
        row = self.list.current_row()
        found = self.lines.row(row)
        return found and found[0]

    def _at(self, path: Path) -> object:
        return value_at(self._condition, path) if path else self._condition

    def _on_key(self, key: int) -> None:
        match key:
            case Qt.Key.Key_Insert:
                self.add()
            case Qt.Key.Key_Delete:
                self.drop()
            case Qt.Key.Key_Right:
                self.form.focus_first()

    def _on_edited(self, changed: Mapping[str, object]) -> None:
        line = self._line()
        path = line.path if line else ()
        before = self._at(path)
        word = leading_word(changed)
        if word in GROUPS and leading_word(before) in GROUPS:
            changed = _regrouped(before, word)
        elif word in GROUPS:
            kept = before if leading_word(before) else fresh("handler")
            changed = {word: kept if word == "not" else [kept]}
        self._condition = with_condition(self._condition, path, changed)
        self._show(path)

    def add(self) -> None:
        """Put a new line behind the current one, inside it where it is a group."""
        line = self._line()
        path = line.path if line else ()
        self._condition, at = beside(self._condition, path, fresh("answer"))
        self._show(at)
        self.form.focus_first()

    def drop(self) -> None:
        """Take the current line away, with what is below it."""
        line = self._line()
        if line is not None:
            self._condition = with_condition(self._condition, line.path, None)
            self._show(line.path[:-2])
            self.list.setFocus()

    def wrap(self, word: str) -> None:
        """Put the current line into a group."""
        line = self._line()
        if line is not None:
            self._condition = wrapped(self._condition, line.path, word)
            self._show(line.path)
            self.list.setFocus()

    def take(self) -> None:
        """Let it be the condition."""
        condition, take = self._condition, self._take
        self.close_dialog()
        take(condition or None)


def _regrouped(before: object, word: str) -> Mapping[str, object]:
    """The same lines in another kind of group; ``not`` takes the first."""
    old = leading_word(before)
    inner = value_at(before, (old,))
    lines = list(inner) if isinstance(inner, list | tuple) else [inner]
    return {word: lines[0] if word == "not" else lines}
