"""How 办件 is laid out: the list, its strips, and the drawer of the current case beside it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.days import local_date
from clerk.domain.identity import Role
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.cases_drawer import Drawer, StaleBar
from clerk.ui.cases_list import CaseList
from clerk.ui.overriding import override
from clerk.ui.page import Page, TopBar
from clerk.ui.widgets import Dialog, Notice
from clerk.wording import day
from clerk.wording_cases import VIEWS

_NARROW = 1300

OpenDialog = Callable[[QWidget, Dialog], None]


class CasesFrame(Page):
    """The parts of the page; what is read into them and done with them comes on top."""

    def __init__(self, actions: CaseActions, jobs: Jobs) -> None:
        super().__init__("办件")
        self._actions, self._jobs = actions, jobs
        self._drawer_wanted = True
        here = actions.here
        chief = here.session.account.roles == {Role.CHIEF_REPRESENTATIVE}
        self._views = tuple(VIEWS)
        self._own_items = tuple(sorted(here.session.account.decides_items)) if chief else ()
        self._query = CaseQuery(
            view=CaseView.TO_DECIDE if chief else CaseView.ALL,
            on=self._today(),
            items=self._own_items,
        )

    def _made(self) -> Iterator[None]:
        """Make the parts, and connect them last."""
        self.list = CaseList(self._jobs, self._actions, self._query, own_items=self._own_items)
        yield
        self.drawer = Drawer()
        yield
        self.stale, self.trouble = StaleBar(), Notice("bad")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        """Connect the parts with what they do."""
        self.list.table.row_key.connect(lambda _: self.show_drawer(True))
        self.drawer.close_wanted.connect(lambda: self.show_drawer(False))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.strips.addWidget(self.trouble)
        self.list.strips.addWidget(self.stale)
        row.addWidget(self.list, 1)
        row.addWidget(self.drawer)
        self.drawer.hide()

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    @override
    def top_bar(self) -> QWidget:
        self.bar = TopBar(self.title, day(self._today()))
        return self.bar

    @override
    def regions(self) -> Sequence[QWidget]:
        drawer = [self.drawer] if self.drawer.isVisible() else []
        return (self.list.views, self.list.search, self.list.table, *drawer)

    @override
    def first_focus(self) -> QWidget:
        return self.list.table

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.drawer.setFixedWidth(theme.px(336 if self.width() < theme.px(_NARROW) else 384))

    def show_drawer(self, wanted: bool) -> None:
        """Open the drawer of the current case, or close it."""
        self._drawer_wanted = wanted
        line = self.list.current()
        self.drawer.setVisible(wanted and line is not None)
        if not wanted:
            self.list.table.setFocus()
        self.acts_changed.emit()
