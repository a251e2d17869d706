"""How 审批 is laid out: queue, file, verdict, and the buttons of the action bar."""

from collections.abc import Iterator

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import ApprovalActions
from clerk.ui.approval_file import FileColumn
from clerk.ui.approval_queue import QueueView, hits_in
from clerk.ui.approval_verdict import VerdictColumn
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar, Page, TopBar
from clerk.ui.widgets import Button, Empty, Label, Notice, SearchBox
from clerk.wording_cases import refusal_name

_NARROW = 1300


class ApprovalFrame(Page):
    """The parts of the page; what they do is in ``ApprovalPage``.

    ``counted`` carries how many cases wait.
    """

    counted = pyqtSignal(int)

    def __init__(self, actions: ApprovalActions, jobs: Jobs) -> None:
        super().__init__("审批")
        self._actions, self._jobs = actions, jobs

    def _made(self) -> Iterator[None]:
        """Make the parts, and connect them last."""
        self.queue = QueueView(self._actions.here.calendar)
        yield
        self.file = FileColumn(self._jobs, self._actions.files)
        yield
        self.verdict = VerdictColumn()
        yield
        self.trouble = Notice("bad")
        self.subject = Label(size=13, tone="t2", elide=True)
        self.batch_button = Button("批量审批", key="Ctrl B", kind="quiet", small=True)
        self.search = SearchBox(
            "办件号、申请人",
            key="F3",
            search=lambda asked: hits_in(self.queue.lines(), asked),
            advice="这里只找等你审的件，别的到办件里查",
        )
        self.skip_button = Button("跳过", key="Ctrl ↓", kind="quiet")
        self.refuse_button = Button("不予许可", kind="quiet")
        self.return_button = Button("退回补核，选原因", key="Shift F9")
        self.grant_button = Button("同意并办结", key="F9", kind="primary")
        self.foot = ActionBar()
        yield
        self._lay_out()
        yield
        self._connect()

    def _connect(self) -> None:
        """Connect the parts with what they do."""

    def _lay_out(self) -> None:
        """The holders first, from the page inwards: what comes into them moves only once."""
        self.empty = Empty("stamp", "没有等你审的件", "新转来的件会出现在这里，按 F5 看最新")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget(self)
        column.addWidget(self.stack)
        work = QWidget(self.stack)
        self.stack.addWidget(work)
        self.stack.addWidget(self.empty)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), 0)
        left.addWidget(self.queue)
        row.addLayout(left)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.trouble)
        middle.addWidget(self.file, 1)
        row.addLayout(middle, 1)
        row.addWidget(self.verdict)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        self.queue.setFixedWidth(theme.px(212 if narrow else 246))
        self.verdict.setFixedWidth(theme.px(336 if narrow else 368))

    @override
    def top_bar(self) -> QWidget:
        self.bar = TopBar(self.title)
        held = self._actions.mandates()
        if held:
            self.bar.add(Label(held, size=12, tone="t3"))
        self.bar.add(self.batch_button)
        self.bar.add(self.search)
        return self.bar

    @override
    def action_bar(self) -> ActionBar:
        self.foot.lead(self.subject)
        for button in (
            self.skip_button,
            self.refuse_button,
            self.return_button,
            self.grant_button,
        ):
            self.foot.add(button)
        self.show_buttons(None, None, "")
        return self.foot

    def show_buttons(self, case: Case | None, standard: ItemStandard | None, why_not: str) -> None:
        """Offer only what this person may do with the case in hand, and say why not."""
        may = case is not None and not why_not
        for button in (self.refuse_button, self.return_button, self.grant_button):
            button.setVisible(may)
        self.skip_button.setVisible(case is not None)
        self.foot.offer(case is not None or self.queue.current() is not None)
        if case is None or standard is None:
            self.subject.setText("")
            return
        self.refuse_button.setText(refusal_name(standard))
        reason = f"，{why_not}" if why_not else ""
        subject = f"{case.item_name}，{case.applicant_name}，{case.label}{reason}"
        self.subject.setText(subject)
        self.grant_button.setAccessibleName(
            f"同意并办结，{self.verdict.headline.text()}，{subject}"
        )
