"""The list of cases: views, search, filters and a table of any length below them."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QHideEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.case_list import CaseLine, CaseQuery, CaseView
from clerk.domain.late_paper_code import read_code
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.cases_columns import columns_of
from clerk.ui.cases_pills import Pill, Views
from clerk.ui.cases_saved import SavedPills, SavedView
from clerk.ui.overriding import override
from clerk.ui.paging import PAGE, PageAsked, PagedTableModel
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Card, Empty, Label, SearchBox
from clerk.values import replace
from clerk.wording_cases import VIEWS

SEARCH_MS = 120
"""How long typing must rest before all that is found is counted and the first one's case read."""

_WIDTHS = (144, 98, 116, None, 152, 196, 72)
_NARROW_WIDTHS = (138, 92, 98, None, 142, 150, 68)
_TASK_WIDTHS = (144, 98, 108, None, 194, 180, 70)
_NARROW_TASK_WIDTHS = (138, 92, 98, None, 190, 100, 68)
_NARROW = 880
_ITEM = "事项："


class CaseList(QWidget):
    """Everything left of the drawer. ``asked`` carries what the clerk wants to see now."""

    asked = pyqtSignal(object)
    typed = pyqtSignal(object)
    """Carries what the search asks for at a key press; ``rested`` follows when no other comes."""
    rested = pyqtSignal()
    coded = pyqtSignal(object)
    """Carries the ``LatePaperCode`` that was scanned or typed into the search."""

    def __init__(
        self, jobs: Jobs, actions: CaseActions, query: CaseQuery, *, own_items: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._actions, self._query, self._own_items = actions, query, own_items
        self._cursor: tuple[CaseLine | None, int] = (None, 0)
        self._loaded, self._clock = False, ""
        self._shown = self._answered = query
        self._views = tuple(VIEWS)
        self.views = Views([VIEWS[view] for view in self._views], "视图")
        self.views.show_chosen(self._views.index(query.view))
        self.saved = SavedPills()
        self.search = SearchBox("办件号、姓名、拼音首字母、证件号", key="F3", width=330)
        self.mine = Pill("我收的", removable=True)
        self.same_item = Pill("同一事项", removable=True)
        self.said = Label(size=12, tone="t3")
        self.strips = QVBoxLayout()
        self.model: PagedTableModel[CaseLine] = PagedTableModel(
            jobs,
            measure=partial(actions.extent, query),
            fetch=partial(_fetch, actions, query),
            columns=columns_of(actions, self._is_about_tasks),
            parent=self,
        )
        self.table = Table(
            self.model,
            widths=_WIDTHS,
            row_keys=[Qt.Key.Key_Right, Qt.Key.Key_Space],
            name="办件",
        )
        # the columns stay where they are while keys of a search make the list short and long again
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.clear_button = Button("去掉筛选", key="Esc")
        self.empty = Empty("folder-open", "没有符合的办件", "", self.clear_button)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = theme.px(16)
        first = QHBoxLayout()
        first.setContentsMargins(side, theme.px(10), side, 0)
        first.setSpacing(theme.px(4))
        first.addWidget(self.views)
        first.addWidget(self.saved, 1)
        second = QHBoxLayout()
        second.setContentsMargins(side, theme.px(10), side, theme.px(10))
        second.setSpacing(theme.px(8))
        for widget in (self.search, self.mine, self.same_item):
            second.addWidget(widget)
        second.addStretch(1)
        second.addWidget(self.said)
        self.strips.setContentsMargins(side, 0, side, 0)
        self.strips.setSpacing(theme.px(8))
        card = Card()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card.body.addWidget(self.stack)
        framed = QHBoxLayout()
        framed.setContentsMargins(side, theme.px(4), side, theme.px(12))
        framed.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addLayout(second)
        column.addLayout(self.strips)
        column.addLayout(framed, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(lambda _: self._ask())
        self.table.digit.connect(lambda digit: self.views.choose(digit - 1))
        self.search.asked.connect(lambda _: self._on_typed())
        self.search.editor.returnPressed.connect(self._leave_search)
        self._typing.timeout.connect(self._rest)
        self.mine.clicked.connect(lambda _: self._ask())
        self.same_item.clicked.connect(self._on_same_item)
        self.clear_button.clicked.connect(self.clear_filters)
        self.table.moved.connect(lambda _: self._remember())
        self.model.replaced.connect(self.table.leave_rows)
        self.model.measured.connect(self._show_extent)

    # ---- what is asked for -----------------------------------------------------------------

    def _ask(self) -> None:
        self._typing.stop()
        self._narrow()
        self.asked.emit(self._query)

    def _on_typed(self) -> None:
        self._typing.start()
        self._narrow()
        self.typed.emit(self._query)

    def _rest(self) -> None:
        self._typing.stop()
        self.model.measure()
        self.rested.emit()

    def _narrow(self) -> None:
        account = self._actions.here.session.account.account_id
        self._query = replace(
            self._query,
            view=self._views[self.views.current()],
            text=self.search.editor.text().strip(),
            clerk=account if self.mine.isChecked() else "",
        )
        self._cursor = (None, 0)

    def _on_same_item(self) -> None:
        line = self.current()
        if self.same_item.isChecked() and line is not None:
            self.same_item.setText(f"{_ITEM}{line.item_name}")
            self._query = replace(self._query, items=(line.item_code,))
        else:
            self._drop_item()
        self._ask()

    def _drop_item(self) -> None:
        self.same_item.setChecked(False)
        self.same_item.setText("同一事项")
        self._query = replace(self._query, items=self._own_items)

    def _leave_search(self) -> None:
        code = read_code(self.search.editor.text())
        if code is not None:
            self.clear_search()
            self.coded.emit(code)
            return
        if self.is_typing():
            self._rest()
        self.table.setFocus()

    def clear_search(self) -> None:
        """Show the view again without the search."""
        self.search.clear()
        self._ask()

    def clear_filters(self) -> None:
        """Show the view again without search and filters."""
        self.mine.setChecked(False)
        self._drop_item()
        self.clear_search()
        self.table.setFocus()

    def narrowed(self, name: str) -> SavedView:
        """The present view with search and filters, under a name."""
        own = self.same_item.isChecked() and len(self._query.items) == 1
        return SavedView(
            name=name,
            view=self._views[self.views.current()],
            text=self.search.editor.text().strip(),
            mine=self.mine.isChecked(),
            item_code=self._query.items[0] if own else "",
            item_name=self.same_item.text().removeprefix(_ITEM) if own else "",
        )

    def show_saved(self, saved: SavedView) -> None:
        """Show a view that was kept, with its search and filters."""
        self.views.show_chosen(self._views.index(saved.view))
        self.mine.setChecked(saved.mine)
        self._drop_item()
        if saved.item_code:
            self.same_item.setChecked(True)
            self.same_item.setText(f"{_ITEM}{saved.item_name}")
            self._query = replace(self._query, items=(saved.item_code,))
        self.search.editor.setText(saved.text)
        self._ask()
        self.table.setFocus()

    def show_view(self, view: CaseView) -> None:
        """Show a standing view, without search and filters."""
        self.views.show_chosen(self._views.index(view))
        self.clear_filters()

    def query(self) -> CaseQuery:
        """What the list that is shown answers."""
        return self._shown

    # ---- what is shown ---------------------------------------------------------------------

    def reload(self, query: CaseQuery) -> None:
        """Read the answer to ``query`` from its beginning; while one types, nothing is counted."""
        same = replace(query, on=self._shown.on) == self._shown
        self._query, self._shown, self._loaded = query, query, False
        self._fit_columns()
        self.model.ask(
            measure=partial(self._actions.extent, query),
            fetch=partial(_fetch, self._actions, query),
            rows=self.model.rowCount() if same else 0,
            measured=not self.is_typing(),
        )

    def show_loaded(self, clock: str) -> None:
        """A page has arrived: put the cursor back and say as of when it is."""
        rows = self.model.rowCount()
        self._answered, self._loaded, self._clock = self._shown, True, clock
        self._show_extent()
        if not rows:
            narrowed = self.is_narrowed()
            self.empty.title.setText("没有符合的办件" if narrowed else "这里没有办件")
            self.clear_button.setVisible(narrowed)
        elif self.table.current_row() < 0:
            self.table.go_to(self._row_of_cursor(rows))
        # last: coming with the focus, a table without a current row would take one unmarked
        self.stack.setCurrentWidget(self.table if rows else self.empty)

    def _show_extent(self) -> None:
        """Say how many there are once that is known, and where a search found too many."""
        by = "待做日期" if self._is_about_tasks() else "剩余时间"
        said = f"按{by}排，{self._clock} 的数据"
        extent = self.model.extent()
        if extent is None:
            self.said.setText(said)
        elif extent.complete:
            self.said.setText(f"{extent.rows} 件，{said}")
        else:
            which = "最先到期的" if self._is_about_tasks() else "最新的"
            self.said.setText(f"符合的太多，只列{which} {extent.rows} 件。再多输几个字")

    def _row_of_cursor(self, rows: int) -> int:
        """The row of the case the cursor was on, where it is among the first; else its place."""
        case, row = self._cursor
        if case is not None:
            for number in range(min(rows, PAGE)):
                line = self.model.row(number)
                if line is not None and line.case_id == case.case_id:
                    return number
        return min(row, rows - 1)

    def _remember(self) -> None:
        line = self.current()
        if line is not None:
            self._cursor = (line, self.table.current_row())

    def show_counts(self, counts: Sequence[int | None]) -> None:
        """Show how many cases each view has."""
        for pill, count in zip(self.views.pills, counts, strict=True):
            pill.set_count(count)

    def is_narrowed(self) -> bool:
        """Whether a search or a filter takes cases out of the view."""
        filtered = self.mine.isChecked() or self.same_item.isChecked()
        return filtered or bool(self.search.editor.text())

    def is_typing(self) -> bool:
        """Whether the next key of a search is still expected."""
        return self._typing.isActive()

    def is_loaded(self) -> bool:
        """Whether what is shown answers the last question."""
        return self._loaded

    def is_answered(self) -> bool:
        """Whether the rows are those that were asked for, be they read anew or not."""
        return replace(self._answered, on=self._shown.on) == self._shown

    def is_measured(self) -> bool:
        """Whether it is known besides how many lines the answer has."""
        return self._loaded and self.model.extent() is not None

    def current(self) -> CaseLine | None:
        """The line the cursor is on, None while it is under way."""
        return self.model.row(self.table.current_row())

    def page_in_view(self) -> tuple[int, int]:
        """First row and number of rows of the page the cursor is in."""
        return max(0, self.table.current_row()) // PAGE * PAGE, PAGE

    def lines(self, first: int) -> tuple[CaseLine, ...] | None:
        """The lines of the page from ``first`` on as they are shown, None while under way."""
        last = min(first + PAGE, self.model.rowCount())
        found = [self.model.row(row) for row in range(first, last)]
        lines = tuple(line for line in found if line is not None)
        return lines if len(lines) == len(found) else None

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._typing.stop()

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _is_about_tasks(self) -> bool:
        return self._shown.view is CaseView.TASKS

    def _fit_columns(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        if self._is_about_tasks():
            widths = _NARROW_TASK_WIDTHS if narrow else _TASK_WIDTHS
        else:
            widths = _NARROW_WIDTHS if narrow else _WIDTHS
        for column, width in enumerate(widths):
            if width is not None:
                self.table.setColumnWidth(column, theme.px(width))


def _fetch(
    actions: CaseActions, query: CaseQuery, asked: PageAsked[CaseLine]
) -> Sequence[CaseLine]:
    if asked.mark:
        return actions.page_from_mark(query, asked.mark, asked.behind, asked.limit)
    return actions.page(query, asked.after, 0 if asked.after else asked.first, asked.limit)
