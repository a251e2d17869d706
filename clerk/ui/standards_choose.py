"""Picks out of what the standard itself has: words to filter, Enter to pick, nothing typed as a code."""

from collections.abc import Callable, Mapping, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.ui.acts import Act
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_shape import Coded
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, SearchBox


class _Choices(ColumnModel[tuple[str, str]]):
    """What may be picked, as far as it has the words that are looked for."""

    def __init__(self, choices: Coded) -> None:
        super().__init__()
        self._choices = choices
        self.order: list[str] = []
        self.show_rows(choices)

    def look_for(self, words: str) -> None:
        """Show what has all of these words, what is picked first."""
        wanted = words.split()
        fitting = [one for one in self._choices if all(word in one[1] for word in wanted)]
        picked = [one for value in self.order for one in fitting if one[0] == value]
        self.show_rows((*picked, *(one for one in fitting if one[0] not in self.order)))

    @override
    def spec_of(self, row: tuple[str, str]) -> LinesSpec:
        value, words = row
        place = self.order.index(value) + 1 if value in self.order else 0
        chip = ChipSpec(ChipKind.INFO, f"第 {place}" if len(self.order) > 1 else "选了")
        return LinesSpec(words, beside=True, chip=chip if place else None)


class ChooseDialog(Dialog):
    """The choices with their words; ``take`` gets the values in the order in which they were picked.

    Without ``many`` Enter takes the one the cursor is on.
    """

    def __init__(
        self,
        name: str,
        choices: Coded,
        held: Sequence[str],
        take: Callable[[Sequence[str]], None],
        *,
        many: bool,
    ) -> None:
        super().__init__(name, width=680, height=560)
        self._many, self._take = many, take
        strange = tuple((value, f"{value}（标准里没有）") for value in held)
        known = {value for value, _ in choices}
        self.rows = _Choices((*choices, *(one for one in strange if one[0] not in known)))
        self.rows.order = list(held)
        self.rows.look_for("")
        self.search = SearchBox("按名称找", key="F3", width=640)
        self.list = Table(
            self.rows,
            widths=(None,),
            row_height=34,
            header=False,
            row_keys=[Qt.Key.Key_Space],
            name=name,
        )
        self.rows.setParent(self.list)
        says = "Enter 选上或去掉，先选的先用" if many else "Enter 选这一项"
        self.button = Button("就这些", key="F9", kind="compact")
        self.none_button = Button("都不选", key="Del", kind="quiet", small=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.foot.addWidget(Label(says, size=12, tone="t3"), 1)
        self.foot.addWidget(self.none_button)
        self.foot.addWidget(self.button)
        self.button.setVisible(many)
        self.search.asked.connect(self._look_for)
        self.search.editor.returnPressed.connect(self.list.setFocus)
        self.list.opened.connect(self.pick)
        self.list.row_key.connect(lambda _: self.pick(self.list.current_row()))
        self.button.clicked.connect(lambda _: self.take())
        self.none_button.clicked.connect(lambda _: self.drop())
        self.list.go_to(0)

    @override
    def acts(self) -> Sequence[Act]:
        keep = Act(name="就这些", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.take)
        return (
            *((keep,) if self._many else ()),
            Act(name="按名称找", key="F3", trigger=self.search.setFocus),
            Act(name="都不选", key="Del", trigger=self.drop, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list

    def _look_for(self, words: str) -> None:
        self.rows.look_for(words)
        self.list.go_to(0)

    def pick(self, row: int) -> None:
        """Pick the line, or take the choice back; of one only, that is all."""
        found = self.rows.row(row)
        if found is None:
            return
        value = found[0]
        if not self._many:
            self.rows.order = [value]
            self.take()
            return
        if value in self.rows.order:
            self.rows.order.remove(value)
        else:
            self.rows.order.append(value)
        self.rows.look_again()

    def drop(self) -> None:
        """Pick nothing at all."""
        self.rows.order.clear()
        self.take()

    def take(self) -> None:
        """Let it be these."""
        order, take = tuple(self.rows.order), self._take
        self.close_dialog()
        take(order)


class AgesDialog(Dialog):
    """From which age on each option of a question holds; ``take`` gets them by option."""

    def __init__(
        self,
        options: Mapping[str, str],
        bounds: Mapping[str, int],
        take: Callable[[Mapping[str, int]], None],
    ) -> None:
        super().__init__("按申请人的年龄事先选好", width=520)
        self._take = take
        self.fields = {
            code: Field(f"“{options.get(code, code)}”从几周岁起", unit="周岁") for code in bounds
        }
        for code, field in self.fields.items():
            field.set_value(str(bounds[code]))
            self.body.addWidget(field)
        self.notice = Notice("bad")
        self.body.addWidget(self.notice)
        self.button = Button("就这样", key="F9", kind="compact")
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(lambda _: self.take())

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="就这样", key="F9", also=("Ctrl+Return",), trigger=self.take),)

    @override
    def first_focus(self) -> QWidget:
        return next((one.editor for one in self.fields.values()), self.button)

    def take(self) -> None:
        """Let these be the ages, or say what is missing."""
        typed = {code: field.value() for code, field in self.fields.items()}
        if not all(text.isascii() and text.isdigit() for text in typed.values()):
            self.notice.show_trouble("每个选项都要写一个整数，最小的写 0")
            return
        bounds, take = {code: int(text) for code, text in typed.items()}, self._take
        self.close_dialog()
        take(bounds)
