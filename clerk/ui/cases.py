"""办件: find a case among any number of them, see how it stands, do what is to be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QHideEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.case import Case, CaseState
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Act as Right
from clerk.domain.identity import Role
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.acts import Act
from clerk.ui.case_acts import OtherActs
from clerk.ui.cases_drawer import Drawer, StaleBar, changed_lines
from clerk.ui.cases_list import CaseList
from clerk.ui.hand_out import HandOutDialog
from clerk.ui.overriding import override
from clerk.ui.page import Page, TopBar
from clerk.ui.widgets import Button, Dialog, Notice, open_dialog
from clerk.wording import clock, day
from clerk.wording_cases import VIEWS

REFRESH_MS = 30_000
_LOAD_MS = 60
_NARROW = 1300


def _silent(_: str) -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a look at the store found: how many there are, and the page the cursor is in."""

    query: CaseQuery
    rows: int
    first: int
    lines: tuple[CaseLine, ...]
    counts: tuple[int | None, ...]


class CasesPage(Page):
    """The list with its views, search and filters, and the drawer of the current case."""

    def __init__(
        self,
        actions: CaseActions,
        jobs: Jobs,
        open_case: Callable[[UUID], None],
        show_papers: Callable[[Case], None],
        open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
        *,
        read_card: Callable[[], IdCard] | None = None,
        say: Callable[[str], None] = _silent,
        refresh_ms: int = REFRESH_MS,
    ) -> None:
        super().__init__("办件")
        self._actions, self._jobs = actions, jobs
        self._open_case, self._show_papers = open_case, show_papers
        self._open_dialog, self._read_card, self._say = open_dialog, read_card, say
        self._case: Case | None = None
        self._drawer_wanted = True
        self._looks = 0
        here = actions.here
        chief = here.session.account.roles == {Role.CHIEF_REPRESENTATIVE}
        mandate = here.session.account.mandate
        self._views = tuple(VIEWS)
        self._own_items = tuple(sorted(mandate.items)) if chief and mandate else ()
        self._query = CaseQuery(
            view=CaseView.TO_DECIDE if chief else CaseView.ALL,
            on=self._today(),
            items=self._own_items,
        )
        self.list = CaseList(jobs, actions, self._query, own_items=self._own_items)
        self.stale = StaleBar()
        self.trouble = Notice("bad")
        self.drawer = Drawer()
        self.others = OtherActs(self, actions, jobs, open_dialog)
        self._lay_out()
        self._load = QTimer(self)
        self._load.setSingleShot(True)
        self._load.setInterval(_LOAD_MS)
        self._refresh = QTimer(self)
        self._refresh.setInterval(refresh_ms)
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.strips.addWidget(self.trouble)
        self.list.strips.addWidget(self.stale)
        row.addWidget(self.list, 1)
        row.addWidget(self.drawer)
        self.drawer.hide()

    def _connect(self) -> None:
        self._load.timeout.connect(self._load_case)
        self._refresh.timeout.connect(self.look_for_changes)
        self.list.asked.connect(self._on_asked)
        self.list.model.loaded.connect(self._on_loaded)
        self.list.model.measured.connect(self.look_for_changes)
        self.list.model.failed.connect(self._on_failed)
        self.list.table.moved.connect(self._on_moved)
        self.list.table.opened.connect(self._on_opened)
        self.list.table.row_key.connect(lambda _: self.show_drawer(True))
        self.stale.reload_wanted.connect(self.reload)
        self.others.done.connect(self._on_act_done)
        self.others.failed.connect(self._on_failed)
        self.drawer.close_wanted.connect(lambda: self.show_drawer(False))
        self.drawer.open_wanted.connect(self._open_current)
        self.drawer.papers_wanted.connect(self._show_current_papers)
        self.drawer.step_wanted.connect(self._take_step)

    # ---- what the shell asks ---------------------------------------------------------------

    @override
    def top_bar(self) -> QWidget:
        self.bar = TopBar(self.title, day(self._today()))
        return self.bar

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="查办件", key="F3", trigger=self.list.search.setFocus),
            Act(name="看最新", key="F5", trigger=self.reload),
            Act(name="打开这件", key="Enter", trigger=self._open_current, local=True),
            Act(
                name="看这件的文书",
                key="Ctrl+P",
                trigger=self._show_current_papers,
                enabled=lambda: self._case is not None,
                why_not=lambda: "先用上下键选一件",
            ),
            Act(
                name=lambda: self._step() or "办这一步",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self._take_step,
                enabled=lambda: bool(self._step()),
                why_not=lambda: "这件现在没有要在这里办的。按 Enter 打开看",
            ),
            Act(
                name="其他处理",
                key="Shift+F9",
                trigger=self._other_acts,
                enabled=lambda: self._case is not None and self._case.state is not CaseState.DRAFT,
                why_not=lambda: "先用上下键选一件收下的办件",
            ),
            Act(name="拉开抽屉", key="→", trigger=lambda: self.show_drawer(True), local=True),
            Act(name="按 1–7 换视图", key="1–7", trigger=self.list.table.setFocus, local=True),
            Act(name="退一步：清搜索、收抽屉", key="Esc", trigger=self._step_back),
        )

    @override
    def regions(self) -> Sequence[QWidget]:
        drawer = [self.drawer] if self.drawer.isVisible() else []
        return (self.list.views, self.list.search, self.list.table, *drawer)

    @override
    def entered(self) -> None:
        self._refresh.start()
        self.reload()

    @override
    def first_focus(self) -> QWidget:
        return self.list.table

    def show_view(self, view: CaseView) -> None:
        """Show one of the standing views, without search and filters."""
        self.list.show_view(view)

    # ---- reading ---------------------------------------------------------------------------

    def _today(self) -> date:
        return local_date(self._actions.here.now())

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

    def _on_loaded(self) -> None:
        self.trouble.clear()
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

    def _on_seen(self, look: int, seen: _Seen) -> None:
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

    # ---- the drawer ------------------------------------------------------------------------

    def show_drawer(self, wanted: bool) -> None:
        """Open the drawer of the current case, or close it."""
        self._drawer_wanted = wanted
        line = self.list.current()
        self.drawer.setVisible(wanted and line is not None)
        if not wanted:
            self.list.table.setFocus()
        self.acts_changed.emit()

    def _on_moved(self) -> None:
        line = self.list.current()
        if line is None:
            return
        if self._case is not None and self._case.case_id != line.case_id:
            self._case = None
        self.drawer.show_line(line, self._today(), self._actions.here.calendar)
        self.drawer.setVisible(self._drawer_wanted)
        self._show_step()
        self._load.start()

    def _load_case(self) -> None:
        line = self.list.current()
        if line is not None:
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

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.drawer.setFixedWidth(theme.px(336 if self.width() < theme.px(_NARROW) else 384))

    # ---- what can be done ------------------------------------------------------------------

    def _step(self) -> str:
        """The act of F9 on the current case, empty where there is none here."""
        line, session = self.list.current(), self._actions.here.session
        if line is None:
            return ""
        if line.state is CaseState.RESULT_WAITING and session.may(Right.HAND_OUT):
            return "登记送达"
        open_return = line.returned and line.state is not CaseState.DRAFT
        return "补核已办" if open_return and session.may(Right.EDIT_CASE) else ""

    def _show_step(self) -> None:
        self.drawer.show_step(self._step())
        self.acts_changed.emit()

    def _take_step(self) -> None:
        if self._case is None:
            self._say("这件还在读，读到再按")
        elif self._step() == "登记送达":
            dialog = HandOutDialog(
                self._case,
                self._actions,
                self._jobs,
                read_card=self._read_card,
                show_papers=self._show_papers,
            )
            dialog.handed_out.connect(self.reload)
            self._open_dialog(self, dialog)
        elif self._step():
            self._jobs.run(
                Lane.STORE,
                partial(self._actions.answer_return, self._case),
                owner=self,
                then=self._on_answered,
                failed=self._on_failed,
            )

    def _on_answered(self, case: Case) -> None:
        self._say(f"{case.label}补核已办，转回{case.with_whom}")
        self.reload()

    def _other_acts(self) -> None:
        if self._case is not None:
            self.others.offer(self._case)

    def _on_act_done(self, words: str) -> None:
        self._say(words)
        self.reload()

    def _on_opened(self, _: int) -> None:
        self._open_current()

    def _open_current(self) -> None:
        line = self.list.current()
        if line is not None:
            self._open_case(line.case_id)

    def _show_current_papers(self) -> None:
        if self._case is not None:
            self._show_papers(self._case)

    def _step_back(self) -> None:
        """Esc: first the search, then the drawer; nothing is lost by it."""
        if self.list.search.editor.text():
            self.list.clear_search()
            self.list.table.setFocus()
        elif self.list.is_narrowed() and not self.list.model.rowCount():
            self.list.clear_filters()
        elif self.drawer.isVisible():
            self.show_drawer(False)
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _look(
    actions: CaseActions,
    query: CaseQuery,
    views: Sequence[CaseView],
    items: tuple[str, ...],
    page: tuple[int, int],
) -> _Seen:
    """Count the views and read the lines the clerk looks at; runs in the COUNT lane.

    The lines of a search are not read again: each search is a line of the journal.
    """
    first, limit = page
    lines = () if query.text else actions.page(query, None, first, limit)
    return _Seen(
        query=query,
        rows=actions.count(query),
        first=first,
        lines=tuple(lines),
        counts=tuple(
            actions.count(CaseQuery(view=view, on=query.on, items=items)) for view in views
        ),
    )
