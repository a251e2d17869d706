"""The lines of one tab as an outline: headings, lines, and the lines below them."""

from collections.abc import Iterator, Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent

from clerk.domain.draft_editing import Path, lines_at
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_form import Faults
from clerk.ui.standards_shape import Element, Lines, Section, Tab
from clerk.ui.tables import Table
from clerk.values import dataclass

_INDENT = "　"
_EDGE = Qt.KeyboardModifier.ControlModifier
_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """One row; ``path`` leads to its line, or to the list of a heading.

    ``lines`` is the list a line belongs to, or that a heading is the head of; None for a heading
    of elements.
    """

    path: Path
    title: str
    depth: int
    section: Section
    lines: Lines | None = None
    heading: bool = False
    faults: int = 0

    @property
    def elements(self) -> tuple[Element, ...]:
        """What its form holds."""
        if self.heading:
            return self.section.elements
        return self.lines.elements if self.lines else ()

    @property
    def base(self) -> Path:
        """Where the elements of its form begin."""
        return () if self.heading else self.path


def rows_of(tab: Tab, table: Mapping[str, object], faults: Faults) -> Iterator[OutlineRow]:
    """The rows of a tab for a draft."""
    alone = len(tab.sections) == 1
    for section in tab.sections:
        lines = section.lines
        path: Path = (lines.key,) if lines else ()
        if lines is None:
            own = {one.path[0] for one in section.elements}
            count = sum(bool(at) and at[0] in own for at, _ in faults)
        else:
            count = sum(at == path for at, _ in faults)
        if not alone or lines is None or not lines_at(table, path):
            yield OutlineRow(
                path=path,
                title=section.name,
                depth=0,
                section=section,
                lines=lines,
                heading=True,
                faults=count,
            )
        if lines is not None:
            yield from _below(lines, path, table, section, 0 if alone else 1, faults)


def _below(
    lines: Lines,
    at: Path,
    table: Mapping[str, object],
    section: Section,
    depth: int,
    faults: Faults,
) -> Iterator[OutlineRow]:
    for place, line in enumerate(lines_at(table, at)):
        path = (*at, place)
        below = (*path, lines.below.key) if lines.below else None
        inner = len(below) if below else 0
        count = sum(
            one[: len(path)] == path and not (below and one[:inner] == below and len(one) > inner)
            for one, _ in faults
        )
        yield OutlineRow(
            path=path,
            title=f"{place + 1} {lines.title_of(line)}",
            depth=depth,
            section=section,
            lines=lines,
            faults=count,
        )
        if lines.below and below:
            yield from _below(lines.below, below, table, section, depth + 1, faults)


class OutlineModel(ColumnModel[OutlineRow]):
    """The rows of a tab."""

    @override
    def show_rows(self, rows: Sequence[OutlineRow]) -> None:
        """Show other rows; where as many stay, only what they say changes."""
        if len(rows) == len(self.rows):
            self.rows = tuple(rows)
            self.look_again()
        else:
            super().show_rows(rows)

    def row_at(self, path: Path) -> int:
        """The row whose line ``path`` leads to or into; -1 where there is none."""
        best, found = -1, -1
        for number, row in enumerate(self.rows):
            if row.heading:
                own = {one.path[0] for one in row.section.elements}
                fits = path == row.path or (bool(path) and path[0] in own)
            else:
                fits = path[: len(row.path)] == row.path
            if fits and len(row.path) > best:
                best, found = len(row.path), number
        return found

    @override
    def spec_of(self, row: OutlineRow) -> LinesSpec:
        chip = ChipSpec(ChipKind.BAD, str(row.faults)) if row.faults else None
        title = f"{_INDENT * row.depth}{row.title}"
        return LinesSpec(title, bold=row.heading, beside=True, chip=chip)

    @override
    def spoken_of(self, row: OutlineRow) -> str:
        return f"{row.title}，{row.faults} 处要改" if row.faults else row.title


class Outline(Table):
    """The outline; Ctrl ↑ ↓ move a line, which is told by ``move_wanted``."""

    move_wanted = pyqtSignal(int)

    def __init__(self, name: str) -> None:
        self.rows = OutlineModel()
        super().__init__(
            self.rows,
            widths=(None,),
            row_height=32,
            header=False,
            row_keys=[Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Right],
            name=name,
        )
        self.rows.setParent(self)

    def current(self) -> OutlineRow | None:
        """The current row."""
        return self.rows.row(self.current_row())

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        moves = event is not None and event.modifiers() == _EDGE and event.key() in _STEPS
        if event is not None and moves:
            self.move_wanted.emit(_STEPS[event.key()])
        else:
            super().keyPressEvent(event)
