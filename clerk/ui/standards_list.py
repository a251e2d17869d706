"""The items at the left of 标准: views, a search, and as many rows as there are items."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.standard_draft import CatalogueQuery, CatalogueRow, ItemState
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.cases_pills import Views
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.paging import Column, PagedTableModel
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_pages import CataloguePages
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Empty, Label, Line, SearchBox
from clerk.wording import short_day

SEARCH_MS = 120
VIEWS = (
    ("全部", CatalogueQuery()),
    ("有草稿", CatalogueQuery(drafts=True)),
    ("待发布", CatalogueQuery(proposed=True)),
    ("将生效", CatalogueQuery(coming=True)),
    ("已停", CatalogueQuery(stopped=True)),
)
_STATES = {
    ItemState.COMING: (ChipKind.INFO, "将生效"),
    ItemState.ENDED: (ChipKind.NEUTRAL, "已停"),
    ItemState.SUSPENDED: (ChipKind.WARN, "暂停"),
    ItemState.CANCELLED: (ChipKind.NEUTRAL, "取消"),
    ItemState.NEW: (ChipKind.INFO, "新事项"),
}


def row_chip(row: CatalogueRow) -> ChipSpec | None:
    """The one thing about an item that is not usual; none for one in force and nothing else."""
    if row.draft is not None:
        proposed = row.draft.proposed
        return ChipSpec(
            ChipKind.WARN if proposed else ChipKind.INFO, "待发布" if proposed else "草稿"
        )
    if row.next_version and row.state is ItemState.IN_FORCE and row.next_on is not None:
        return ChipSpec(ChipKind.INFO, f"{short_day(row.next_on)}换版")
    if row.state in _STATES:
        return ChipSpec(*_STATES[row.state])
    return None


def row_cell(row: CatalogueRow) -> LinesSpec:
    """Name above, version and whose it is below."""
    version = f"v{row.version or row.next_version}" if row.version or row.next_version else "未发布"
    return LinesSpec(row.name, f"{version} {row.body}", chip=row_chip(row))


class ItemList(QWidget):
    """``moved`` follows the cursor, ``loaded`` every page that came, ``failed`` carries trouble."""

    moved = pyqtSignal()
    loaded = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, actions: StandardsActions, jobs: Jobs) -> None:
        super().__init__()
        self._actions = actions
        self._pages = CataloguePages(actions, VIEWS[0][1])
        self._wanted = ""
        self.search = SearchBox("事项、编码", key="F3", width=284)
        self.views = Views([name for name, _ in VIEWS], "哪些事项")
        self.views.show_chosen(0)
        self.said = Label(size=12, tone="t3")
        self.model: PagedTableModel[CatalogueRow] = PagedTableModel(
            jobs,
            measure=self._pages.measure,
            fetch=self._pages.fetch,
            columns=(Column(title="事项", text=lambda row: row_cell(row).spoken, cell=row_cell),),
            lane=Lane.COUNT,
            parent=self,
        )
        self.table = Table(
            self.model,
            widths=(None,),
            row_height=52,
            header=False,
            row_keys=[Qt.Key.Key_Right],
            name="事项",
        )
        self.clear_button = Button("去掉筛选", key="Esc")
        self.empty = Empty("book-open-check", "没有符合的事项", "", self.clear_button)
        self.stack = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = theme.px(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, 0)
        column.setSpacing(theme.px(6))
        top = QHBoxLayout()
        top.setContentsMargins(side, 0, side, 0)
        top.addWidget(self.search)
        column.addLayout(top)
        pills = QHBoxLayout()
        pills.setContentsMargins(theme.px(4), 0, 0, 0)
        pills.addWidget(self.views)
        column.addLayout(pills)
        column.addWidget(Line())
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column.setSpacing(theme.px(6))
        column.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(side, 0, side, theme.px(6))
        foot.addWidget(self.said)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.asked.connect(lambda _: self._typing.start())
        self.search.editor.returnPressed.connect(self._leave_search)
        self._typing.timeout.connect(self.reload)
        self.views.chosen.connect(lambda _: self.reload())
        self.table.digit.connect(lambda digit: self.views.choose(digit - 1))
        self.table.moved.connect(lambda _: self.moved.emit())
        self.clear_button.clicked.connect(lambda _: self.clear())
        self.model.replaced.connect(self.table.leave_rows)
        self.model.loaded.connect(self._on_loaded)
        self.model.measured.connect(self._show_extent)
        self.model.failed.connect(self.failed)

    def query(self) -> CatalogueQuery:
        """What the list that is shown answers."""
        return self._pages.query

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its item where that is on the first page."""
        self._typing.stop()
        current = self.current()
        self._wanted = current.item_code if current else self._wanted
        _, view = VIEWS[self.views.current()]
        text = self.search.editor.text().strip()
        query = CatalogueQuery(
            text=text,
            drafts=view.drafts,
            proposed=view.proposed,
            coming=view.coming,
            stopped=view.stopped,
        )
        same = query == self._pages.query
        self._pages = CataloguePages(self._actions, query)
        rows = self.model.rowCount() if same else 0
        self.model.ask(measure=self._pages.measure, fetch=self._pages.fetch, rows=rows)

    def show_view(self, place: int) -> None:
        """Show one of the views, without a search."""
        self.views.show_chosen(place)
        self.clear()

    def turn_to_drafts(self, wanted: bool) -> None:
        """Show those with a draft the next time the list is read, without a search."""
        if wanted:
            self.search.clear()
            self.views.show_chosen([view.drafts for _, view in VIEWS].index(True))

    def look_for(self, text: str) -> None:
        """Show every item that has ``text`` in its name or codes."""
        self.views.show_chosen(0)
        self.search.editor.setText(text)
        self.reload()
        self.table.setFocus()

    def clear(self) -> None:
        """Take the search away, and a view that holds nothing."""
        if not self.search.editor.text() and not self.model.rowCount():
            self.views.show_chosen(0)
        self.search.clear()
        self.reload()
        self.table.setFocus()

    def current(self) -> CatalogueRow | None:
        """The row the cursor is on, None while it is under way."""
        return self.model.row(self.table.current_row())

    def holds_focus(self) -> bool:
        """Whether the cursor is in the list or its search."""
        return self.table.hasFocus() or self.search.editor.hasFocus()

    def go_to_item(self, item_code: str) -> None:
        """Let the cursor go to that item as soon as the list has it."""
        self._wanted = item_code

    def _leave_search(self) -> None:
        if self._typing.isActive():
            self.reload()
        self.table.setFocus()

    def _on_loaded(self) -> None:
        rows = self.model.rowCount()
        if not rows:
            narrowed = bool(self.search.editor.text()) or self.views.current() > 0
            self.empty.title.setText("没有符合的事项" if narrowed else "还没有事项")
            self.clear_button.setVisible(narrowed)
        elif self.table.current_row() < 0:
            self.table.go_to(self._row_of_wanted(rows))
        # last: coming with the focus, a table without a current row would take one unmarked
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        self._show_extent()
        self.loaded.emit()

    def _row_of_wanted(self, rows: int) -> int:
        for number in range(min(rows, 32)):
            row = self.model.row(number)
            if row is not None and row.item_code == self._wanted:
                return number
        return 0

    def _show_extent(self) -> None:
        extent = self.model.extent()
        self.said.setText(f"{extent.rows} 项，按编码排" if extent else "")
