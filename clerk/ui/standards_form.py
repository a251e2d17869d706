"""The form of one line of a standard: its elements two in a row, each with what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.draft_editing import Path, value_at
from clerk.ui import theme
from clerk.ui.standards_choices import FlagField, ManyField, PickField
from clerk.ui.standards_fields import LineField, TextField
from clerk.ui.standards_sentence import ConditionField
from clerk.ui.standards_shape import Element, Kind
from clerk.ui.standards_sources import chosen_words
from clerk.ui.standards_words import in_words
from clerk.ui.widgets import Notice

_AT_ONCE = 6
"""So many fields are made at a step."""

Faults = Sequence[tuple[Path, str]]
"""Where each fault lies, and what it says."""


EditField = LineField | TextField | PickField | FlagField | ManyField | ConditionField


class ElementForm(QScrollArea):
    """Elements of whatever line is shown; made once for each kind of line.

    ``edited`` carries the path in the draft and what is to stand there, None for nothing;
    ``condition_wanted`` the path of a condition that is to be changed, ``choice_wanted`` the line
    and the element of something that is to be picked.
    """

    edited = pyqtSignal(object, object)
    condition_wanted = pyqtSignal(object, str)
    choice_wanted = pyqtSignal(object, object)

    def __init__(self, elements: Sequence[Element]) -> None:
        super().__init__()
        self._base: Path = ()
        self._elements = tuple(elements)
        self._fields: dict[Path, EditField] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        side = theme.px(16)
        column.setContentsMargins(side, theme.px(10), side, theme.px(16))
        column.setSpacing(theme.px(10))
        self.notice = Notice("bad")
        column.addWidget(self.notice)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(inside)
        self._rest = self._fill(grid)

    def filling(self) -> Iterator[None]:
        """Make the fields, some at each step; whoever shows a line gets them all at once."""
        yield from self._rest

    def _fill(self, grid: QGridLayout) -> Iterator[None]:
        row, across = 0, 0
        for number, element in enumerate(self._elements):
            if number and number % _AT_ONCE == 0:
                yield
            field = made_field(element)
            field.edited.connect(partial(self._on_edited, element.path))
            if isinstance(field, LineField):
                field.next_gap.connect(lambda: self.focusNextPrevChild(True))
            if isinstance(field, ConditionField):
                field.change_wanted.connect(partial(self._on_wanted, element))
            self._fields[element.path] = field
            if element.wide:
                row += 1 if across else 0
                grid.addWidget(field, row, 0, 1, 2)
                row, across = row + 1, 0
            else:
                grid.addWidget(field, row, across, Qt.AlignmentFlag.AlignTop)
                row, across = row + across, 1 - across

    def show_line(
        self, table: Mapping[str, object], base: Path, faults: Faults, *, can_edit: bool
    ) -> None:
        """Show the line at ``base`` of a draft."""
        for _ in self._rest:
            pass
        self._base = base
        here, elsewhere = self._sorted(faults)
        for element in self._elements:
            value, fault = value_at(table, (*base, *element.path)), here.get(element.path, "")
            field = self._fields[element.path]
            if isinstance(field, ConditionField):
                words = _read(element, value, table, base)
                field.show_words(words, fault, can_edit)
            else:
                field.show_value(value, fault, can_edit)
        if elsewhere:
            self.notice.show_trouble("；".join(elsewhere))
        else:
            self.notice.clear()

    def _sorted(self, faults: Faults) -> tuple[Mapping[Path, str], Sequence[str]]:
        """The faults of the elements, and those of the line that belong to none of them."""
        here: dict[Path, str] = {}
        elsewhere = []
        for path, says in faults:
            if path[: len(self._base)] != self._base:
                continue
            below = path[len(self._base) :]
            element = self._element_of(below)
            if element is not None:
                here.setdefault(element.path, f"{element.label}：{says}")
            elif not any(isinstance(step, int) for step in below):
                elsewhere.append(says)
        return here, elsewhere

    def _element_of(self, below: Path) -> Element | None:
        """The element a path below the line leads to, or through which it leads."""
        fitting = [
            one
            for one in self._elements
            if below and (below[: len(one.path)] == one.path or one.path[: len(below)] == below)
        ]
        return fitting[0] if fitting else None

    def go_to(self, path: Path) -> bool:
        """Put the cursor into the element at ``path`` of the draft, where it is one of this line."""
        element = self._element_of(path[len(self._base) :])
        field = self._fields[element.path] if element else None
        if field is None:
            return False
        field.focus_editor()
        self.ensureWidgetVisible(field)
        return True

    def focus_first(self) -> None:
        """Put the cursor into the first element."""
        if self._elements:
            self._fields[self._elements[0].path].focus_editor()

    def commit(self) -> None:
        """Tell what was typed and rests in its field still."""
        for field in tuple(self._fields.values()):
            if isinstance(field, LineField | TextField):
                field.commit()

    def field(self, *path: str) -> EditField:
        """The field of an element by its path below the line."""
        return self._fields[path]

    def _on_edited(self, path: Path, value: object) -> None:
        self.edited.emit((*self._base, *path), value)

    def _on_wanted(self, element: Element) -> None:
        if element.kind is Kind.CHOSEN:
            self.choice_wanted.emit(self._base, element)
        else:
            self.condition_wanted.emit((*self._base, *element.path), element.label)


def _read(element: Element, value: object, table: Mapping[str, object], base: Path) -> str:
    """What a condition or a choice reads as."""
    if element.kind is Kind.CHOSEN:
        return chosen_words(element, value, table, base)
    return "" if value is None else in_words(value, table)


def made_field(element: Element) -> EditField:
    """The field an element is edited in."""
    match element.kind:
        case Kind.LONG | Kind.LINES | Kind.PAIRS:
            return TextField(element)
        case Kind.FLAG:
            return FlagField(element)
        case Kind.WORD | Kind.CODED:
            return PickField(element)
        case Kind.WORDS | Kind.CODES:
            return ManyField(element)
        case Kind.CONDITION | Kind.CHOSEN:
            return ConditionField(element)
    return LineField(element)
