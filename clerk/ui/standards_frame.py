"""How 标准 is laid out: the items, the tabs of the one that is open, and what it comes to."""

from collections.abc import Iterator, Sequence
from datetime import date

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.days import local_date
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar, Page, TopBar
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_elements import EDITED, TABS
from clerk.ui.standards_list import ItemList
from clerk.ui.standards_part import PartTab
from clerk.ui.standards_side import Side
from clerk.ui.standards_tabs import TabStrip
from clerk.ui.standards_tree import TreeTab
from clerk.ui.standards_trial import TrialTab
from clerk.ui.standards_versions import VersionsTab
from clerk.ui.widgets import Button, Empty, Label, Line, Notice

_NARROW = 1300


class StandardsFrame(Page):
    """The parts of the page; what they do is in ``StandardsPage``."""

    def __init__(self, actions: StandardsActions, jobs: Jobs) -> None:
        super().__init__("事项标准")
        self._actions, self._jobs = actions, jobs

    def _made(self) -> Iterator[None]:
        """Make the parts, and connect them last."""
        self.list = ItemList(self._actions, self._jobs)
        yield
        self.name = Label(size=16, bold=True, elide=True)
        self.codes = Label(size=12, tone="t3", elide=True)
        self.about = Label(size=12, tone="t2", elide=True)
        self.trouble, self.read_only = Notice("bad"), Notice("info")
        self.tabs = TabStrip([tab.name for tab in TABS])
        self.parts = tuple(PartTab(tab) for tab in EDITED)
        yield
        self.trial = TrialTab()
        self.versions = VersionsTab(may_edit=self._actions.may_edit)
        self.tree = TreeTab()
        self.side = Side(finds=self._actions.may_edit or self._actions.may_publish)
        yield
        self.subject = Label(size=13, tone="t2", elide=True)
        self.drop_button = Button("放弃草稿", kind="quiet")
        self.batch_button = Button("整批处理", key="Ctrl B", kind="quiet")
        self.waiting_button = Button("送审和发布", key="Shift F9")
        self.main_button = Button("提交发布", key="F9", kind="primary")
        self.foot = ActionBar()
        self._lay_out()
        yield
        self._connect()

    def _connect(self) -> None:
        """Connect the parts with what they do."""

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Line(upright=True))
        self.stack = QStackedWidget()
        self.empty = Empty("book-open-check", "左边选一个事项", "F3 按名称、编码找")
        self.stack.addWidget(self.empty)
        self.work = QWidget()
        self.work.setProperty("ground", "surface")
        self.stack.addWidget(self.work)
        row.addWidget(self.stack, 1)
        row.addWidget(Line(upright=True))
        row.addWidget(self.side)
        self._lay_out_work()

    def _lay_out_work(self) -> None:
        column = QVBoxLayout(self.work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(4))
        head.setSpacing(theme.px(1))
        for label in (self.name, self.codes, self.about):
            head.addWidget(label)
        column.addLayout(head)
        strips = QVBoxLayout()
        strips.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        strips.setSpacing(theme.px(6))
        strips.addWidget(self.trouble)
        strips.addWidget(self.read_only)
        column.addLayout(strips)
        column.addWidget(self.tabs)
        self.fronts = QStackedWidget()
        for front in (*self.parts, self.trial, self.versions, self.tree):
            self.fronts.addWidget(front)
        column.addWidget(self.fronts, 1)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        self.list.setFixedWidth(theme.px(308))
        self.side.setFixedWidth(theme.px(300 if narrow else 336))

    @override
    def top_bar(self) -> QWidget:
        self.bar = TopBar(self.title)
        return self.bar

    @override
    def action_bar(self) -> ActionBar:
        self.foot.lead(self.subject)
        for button in (
            self.drop_button,
            self.batch_button,
            self.waiting_button,
            self.main_button,
        ):
            self.foot.add(button)
        self.foot.offer(self._actions.may_edit or self._actions.may_publish)
        return self.foot

    @override
    def regions(self) -> Sequence[QWidget]:
        front = self.fronts.currentWidget()
        found = [self.side.findings] if self.side.findings.isVisible() else []
        inside: list[QWidget] = [self.tabs]
        if isinstance(front, PartTab):
            form = front.form()
            inside += [front.outline, *([form] if form else [])]
        elif front is self.trial and self.trial.is_ready():
            form = self.trial.part.form()
            inside += [self.trial.part.outline, *([form] if form else []), self.trial.list]
        elif front is not None:
            inside.append(self.tree.list if front is self.tree else front)
        shown = inside if self.stack.currentWidget() is self.work else []
        return (self.list.search, self.list.table, *shown, *found, self.side.preview)

    @override
    def first_focus(self) -> QWidget:
        return self.list.table

    def _today(self) -> date:
        return local_date(self._actions.here.now())
