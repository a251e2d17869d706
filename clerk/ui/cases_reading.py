"""What 办件 shows, read behind the window: the list, what has changed since, the current case."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtGui import QHideEvent

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import CaseActions
from clerk.ui.cases_drawer import changed_lines
from clerk.ui.cases_frame import CasesFrame
from clerk.ui.overriding import override
from clerk.ui.timers import timer
from clerk.ui.widgets import Button
from clerk.values import dataclass, replace
from clerk.wording import clock

REFRESH_MS = 30_000
_LOAD_MS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at the store found: how many there are, and the page the cursor is in."""

    query: CaseQuery
    rows: int
    first: int
    lines: tuple[CaseLine, ...]
    counts: tuple[int | None, ...]


class ReadCases(CasesFrame):
    """Everything of the page but the acts: it reads, and never reorders under the cursor."""

    def __init__(self, actions: CaseActions, jobs: Jobs, *, refresh_ms: int = REFRESH_MS) -> None:
        super().__init__(actions, jobs)
        self._case: Case | None = None
        self._looks = 0
        self._load = timer(self, _LOAD_MS, self._load_case, once=True)
        self._refresh = timer(self, refresh_ms, self.look_for_changes)

    @override
    def _connect(self) -> None:
        super()._connect()
        self.list.asked.connect(self._on_asked)
        self.list.typed.connect(self._on_typed)
        self.list.rested.connect(self._on_moved)
        self.list.model.loaded.connect(self._on_loaded)
        self.list.model.measured.connect(self.look_for_changes)
        self.list.model.failed.connect(self._on_failed)
        self.list.table.moved.connect(self._on_moved)
        self.stale.reload_wanted.connect(self.reload)

    @override
    def entered(self) -> None:
        self._refresh.start()
        self.reload()

    def reload(self) -> None:
        """Read the list again and keep the cursor on its case where it can be."""
        self.trouble.clear()
        self.stale.show_changes(0)
        self._looks += 1  # what was seen before is compared with nothing any more
        self._query = replace(self._query, on=self._today())
        self.list.reload(self._query)

    def _on_asked(self, query: CaseQuery) -> None:
        self._query = query
        self.reload()

    def _on_typed(self, query: CaseQuery) -> None:
        """Show what a key of the search finds; whatever else follows when the typing rests."""
        self._query = replace(query, on=self._today())
        self._looks += 1
        self._load.stop()
        self.list.reload(self._query)

    def _on_loaded(self) -> None:
        self.trouble.clear()
        if not self.list.is_loaded():
            self.stale.show_changes(0)  # only now: it makes room, and the rows are painted anew
        self.list.show_loaded(clock(self._actions.here.now()))
        if self.list.current() is None:
            self._case = None
            self.drawer.hide()
        else:
            self._on_moved()

    def _on_failed(self, error: ClerkError) -> None:
        again = Button("再试", key="F5", small=True)
        again.clicked.connect(self.reload)
        self.trouble.show_error(error, [again])

    def look_for_changes(self) -> None:
        """Look behind the list, in the background, for what is different from what it shows.

        The days left are counted anew when the day has changed.
        """
        if self._query.on != self._today():
            self.reload()
            return
        query, page = self._query, self.list.page_in_view()
        self._jobs.run(
            Lane.COUNT,
            partial(_look, self._actions, query, self._views, self._own_items, page),
            owner=self,
            then=partial(self._on_seen, self._looks),
            failed=self._on_failed,
        )

    def _on_seen(self, look: int, seen: Seen) -> None:
        self.list.show_counts(seen.counts)
        if look != self._looks or not self.list.is_measured():
            return
        more = seen.rows - self.list.model.rowCount()
        shown = self.list.lines(seen.first)
        if seen.query.text:
            self.stale.show_changes(abs(more))
        elif shown is not None:
            self.stale.show_changes(changed_lines(shown, seen.lines, more))

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._refresh.stop()
        self._load.stop()

    # ---- the current case ------------------------------------------------------------------

    def _on_moved(self) -> None:
        line = self.list.current()
        if line is None:
            return
        if self._case is not None and self._case.case_id != line.case_id:
            self._case = None
        if self.list.is_typing():
            return
        self.drawer.show_line(line, self._today(), self._actions.here.calendar)
        self.drawer.setVisible(self._drawer_wanted)
        self._show_step()
        self._load.start()

    def _load_case(self) -> None:
        line = self.list.current()
        if line is not None and self.isVisible():  # a list may come when the page has gone
            self._jobs.run(
                Lane.STORE,
                partial(self._actions.load_case, line.case_id),
                owner=self,
                then=partial(self._on_case, line),
                failed=self._on_failed,
            )

    def _on_case(self, line: CaseLine, case: Case) -> None:
        if line != self.list.current():
            return
        self._case = case
        here = self._actions.here
        standard = here.standard(case.item_code, case.standard_version)
        self.drawer.show_case(line, case, standard, self._today(), here.calendar)
        self._show_step()

    def _show_step(self) -> None:
        """Say what can be done with the current case."""


def _look(
    actions: CaseActions,
    query: CaseQuery,
    views: Sequence[CaseView],
    items: tuple[str, ...],
    page: tuple[int, int],
) -> Seen:
    """Count the views and read the lines the clerk looks at; runs in the COUNT lane.

    The lines of a search are not read again: each search is a line of the journal.
    """
    first, limit = page
    lines = () if query.text else actions.page(query, None, first, limit)
    return Seen(
        query=query,
        rows=actions.count(query),
        first=first,
        lines=tuple(lines),
        counts=tuple(
            actions.count(CaseQuery(view=view, on=query.on, items=items)) for view in views
        ),
    )
