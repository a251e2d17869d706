"""结构: the item as a tree from 主项 down to 审查要点, walked by the arrows; Enter goes to the place."""

from collections.abc import Iterator, Mapping
from typing import Final

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.draft_editing import Path, lines_at, value_at
from clerk.ui import theme
from clerk.ui.chips import LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.tables import Table
from clerk.ui.widgets import Label
from clerk.values import dataclass

_INDENT: Final = "　"
_MAIN, _WHOLE = 9, 12
_MATERIALS: Final = "requirements"

Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """One node; ``path`` is where it is edited, ``code`` what the list is searched for instead.

    ``key`` tells it from all others, also from the same material below another answer.
    """

    key: tuple[object, ...]
    title: str
    depth: int
    path: Path = ()
    code: str = ""
    inner: bool = False


def levels(table: Plain) -> list[tuple[str, str]]:
    """The levels an item stands in, by its codes, each with the code that finds its siblings."""
    catalogue, task = _code(table, "catalog_code"), _code(table, "task_code")
    item = _code(table, "handle_item_code")
    found = []
    if len(catalogue) == _WHOLE:
        main = catalogue[:_MAIN]
        found = [(f"主项 {main}", main), (f"子项 {catalogue[_MAIN:]}", catalogue)]
    elif catalogue:
        found = [(f"基本编码 {catalogue}", catalogue)]
    found += [(f"实施清单 {task}", task)] if task else []
    found += [(f"办理项 {item.removeprefix(task) or item}", item)] if item else []
    return found


def tree_of(table: Plain) -> Iterator[TreeRow]:
    """Every node of the tree, each before what is below it."""
    above = levels(table)
    for depth, (title, code) in enumerate(above):
        yield TreeRow(key=("level", depth), title=title, depth=depth, code=code, inner=True)
    depth = len(above)
    asked: set[int] = set()
    for place, question in enumerate(_lines(table, "questions")):
        path: Path = ("questions", place)
        title = f"情形：{question.get('text') or '（还没写）'}"
        yield TreeRow(key=path, title=title, depth=depth, path=path, inner=True)
        for number, option in enumerate(_lines(question, "options")):
            at = (*path, "options", number)
            below = [
                one
                for one, material in enumerate(_lines(table, _MATERIALS))
                if _depends(material.get("when"), question.get("code"), option.get("code"))
            ]
            asked.update(below)
            label = str(option.get("label") or "（还没写）")
            yield TreeRow(key=at, title=label, depth=depth + 1, path=at, inner=bool(below))
            for one in below:
                yield from _material(table, one, at, depth + 2)
    for one in range(len(_lines(table, _MATERIALS))):
        if one not in asked:
            yield from _material(table, one, (), depth)


def _material(table: Plain, place: int, below: Path, depth: int) -> Iterator[TreeRow]:
    path: Path = (_MATERIALS, place)
    found = value_at(table, path)
    material: Plain = found if isinstance(found, Mapping) else {}
    points = _lines(material, "review_points")
    key = (*below, *path)
    title = f"材料：{material.get('name') or '（还没写）'}"
    yield TreeRow(key=key, title=title, depth=depth, path=path, inner=bool(points))
    for number, point in enumerate(points):
        at = (*path, "review_points", number)
        said = f"要点：{point.get('text') or '（还没写）'}"
        yield TreeRow(key=(*below, *at), title=said, depth=depth + 1, path=at)


def _depends(condition: object, question: object, option: object) -> bool:
    """Whether a condition names this answer anywhere."""
    if isinstance(condition, Mapping):
        options = condition.get("is")
        named = condition.get("answer") == question and isinstance(options, list | tuple)
        if named and isinstance(options, list | tuple) and option in options:
            return True
        return any(_depends(one, question, option) for one in condition.values())
    if isinstance(condition, list | tuple):
        return any(_depends(one, question, option) for one in condition)
    return False


def _lines(table: Plain, key: str) -> list[Plain]:
    return [one if isinstance(one, Mapping) else {} for one in lines_at(table, (key,))]


def _code(table: Plain, key: str) -> str:
    found = table.get(key)
    return found if isinstance(found, str) else ""


class _Tree(ColumnModel[TreeRow]):
    """The nodes that are not folded away."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[TreeRow, ...] = ()
        self.folded: set[tuple[object, ...]] = set()

    def show_tree(self, rows: tuple[TreeRow, ...]) -> None:
        """Show another tree; what was folded and is still there stays folded."""
        if rows != self._all:
            self._all = rows
            self.refold()

    def refold(self) -> None:
        """Show what is not below a folded node."""
        shown, hidden_below = [], None
        for row in self._all:
            if hidden_below is not None and row.depth > hidden_below:
                continue
            hidden_below = row.depth if row.key in self.folded else None
            shown.append(row)
        self.show_rows(shown)

    @override
    def spoken_of(self, row: TreeRow) -> str:
        how = ("，折起" if row.key in self.folded else "，展开") if row.inner else ""
        return f"第 {row.depth + 1} 层，{row.title}{how}"

    @override
    def spec_of(self, row: TreeRow) -> LinesSpec:
        mark = ("▶ " if row.key in self.folded else "▼ ") if row.inner else ""
        return LinesSpec(f"{_INDENT * row.depth}{mark}{row.title}", beside=True)


class TreeTab(QWidget):
    """``go_wanted`` carries the path of what is to be edited, ``siblings_wanted`` a code.

    → unfolds or goes down, ← folds or goes up, Enter goes there.
    """

    go_wanted = pyqtSignal(object)
    siblings_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = _Tree()
        self.list = Table(
            self.rows,
            widths=(None,),
            row_height=30,
            header=False,
            row_keys=[Qt.Key.Key_Left, Qt.Key.Key_Right],
            name="事项的结构",
        )
        self.rows.setParent(self.list)
        says = (
            "← → 折起展开，Enter 到那里改；在主项、子项、实施清单上按 Enter，左边列出同一级的事项"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(6))
        held = QVBoxLayout()
        held.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        held.addWidget(Label(says, size=12, tone="t3", wrap=True))
        column.addLayout(held)
        column.addWidget(self.list, 1)
        self.list.opened.connect(self._on_opened)
        self.list.row_key.connect(self._on_key)

    def show_table(self, table: Plain) -> None:
        """Show the tree of a draft or a version; the cursor stays on its node."""
        at = self.current()
        self.rows.show_tree(tuple(tree_of(table)))
        self._go_to(at.key if at is not None else ())

    def current(self) -> TreeRow | None:
        """The node the cursor is on."""
        row = self.list.current_row()
        return self.rows.row(row)

    def _go_to(self, key: tuple[object, ...]) -> None:
        keys = [row.key for row in self.rows.rows]
        self.list.go_to(keys.index(key) if key in keys else 0)

    def _on_opened(self, place: int) -> None:
        row = self.rows.rows[place]
        if row.path:
            self.go_wanted.emit(row.path)
        elif row.code:
            self.siblings_wanted.emit(row.code)

    def _on_key(self, key: int) -> None:
        row = self.current()
        if row is None:
            return
        folded = row.key in self.rows.folded
        if key == Qt.Key.Key_Right and folded:
            self._fold(row, fold=False)
        elif key == Qt.Key.Key_Right and row.inner:
            self.list.go_to(self.list.current_row() + 1)
        elif key == Qt.Key.Key_Left and row.inner and not folded:
            self._fold(row, fold=True)
        elif key == Qt.Key.Key_Left:
            self._go_up(row)

    def _fold(self, row: TreeRow, *, fold: bool) -> None:
        if fold:
            self.rows.folded.add(row.key)
        else:
            self.rows.folded.discard(row.key)
        self.rows.refold()
        self._go_to(row.key)

    def _go_up(self, row: TreeRow) -> None:
        for place in range(self.list.current_row() - 1, -1, -1):
            if self.rows.rows[place].depth < row.depth:
                self.list.go_to(place)
                return
