"""What is done to many items at once after they were proposed: published, taken back, reverted.

Each shows how far it is and can be stopped; stopped, nothing was done.
"""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.standard_draft import Proposal
from clerk.jobs import Jobs
from clerk.ui.acts import Act
from clerk.ui.long_work import GoOn, LongWork
from clerk.ui.overriding import override
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_codes import STATES
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording import short_day

MANY = 50
"""More items than this are done with their progress before one's eyes."""

_CANCELLED = dict(STATES)["3"]


class ManyDialog(Dialog):
    """Work on many items that somebody starts here; ``done`` carries what came of it.

    ``work`` answers None where it was stopped.
    """

    done = pyqtSignal(object)

    def __init__(
        self,
        title: str,
        said: Sequence[str],
        doing: str,
        work: Callable[[GoOn], object],
        jobs: Jobs,
    ) -> None:
        super().__init__(title, width=640, height=260)
        self._doing, self._work, self._begin = doing, work, f"开始{title.removeprefix('整批')}"
        first, *others = said
        self.said = Label(first, size=14, bold=True, wrap=True)
        self.notice = Notice("bad")
        self.work = LongWork(jobs, "项")
        self.button = Button(self._begin, key="F9", kind="compact")
        self.body.addWidget(self.said)
        for words in others:
            self.body.addWidget(Label(words, wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(lambda _: self.go_on())
        self.work.changed.connect(self._show)
        self.closed.connect(self.work.stop)

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name=self._begin, key="F9", trigger=self.go_on),)

    @override
    def first_focus(self) -> QWidget:
        return self.button

    def _show(self) -> None:
        self.button.setText("停下" if self.work.running else self._begin)

    def go_on(self) -> None:
        """Begin; while it runs, stop it."""
        if self.work.running:
            self.work.stop()
            return
        self.notice.clear()
        self.work.begin(self._doing, self._work, self._on_done, self._on_trouble)

    def _on_done(self, came: object) -> None:
        if came is None:
            self.work.say("已停下，什么都没有改动")
            return
        self.close_dialog()
        self.done.emit(came)

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.show_error(error)


def _said(proposal: Proposal) -> tuple[str, str]:
    day = short_day(proposal.effective_on)
    return (
        f"{proposal.item_count:,} 项，{day}起生效",
        f"{proposal.proposed_by_name}提交：{proposal.reason}",
    )


def publishing(proposal: Proposal, actions: StandardsActions, jobs: Jobs) -> ManyDialog:
    """Publish all of a proposal; a verdict that nobody expected stops it and is said."""

    def work(go_on: GoOn) -> Proposal | None:
        return actions.publish(proposal.proposal_id, lambda done: go_on(done, proposal.item_count))

    return ManyDialog("整批发布", _said(proposal), "正在跑样例、发布", work, jobs)


def taken_back(proposal: Proposal, drafts: object) -> str:
    """Say what was taken back, and of how many items there is a draft again."""
    said = f"{proposal.item_count:,} 项已取回"
    if drafts == proposal.item_count:
        return f"{said}，草稿可以接着改"
    return f"{said}，{drafts:,} 项的草稿可以接着改，其余的已另有草稿"


def taking_back(
    proposal: Proposal, reason: str, actions: StandardsActions, jobs: Jobs
) -> ManyDialog:
    """Take a publication back before its day; tells how many drafts are there again."""

    def work(go_on: GoOn) -> int | None:
        return actions.take_back(
            proposal.proposal_id, reason, lambda done: go_on(done, proposal.item_count)
        )

    said = (*_said(proposal), f"取回的理由：{reason}")
    return ManyDialog("整批取回", said, "正在取回", work, jobs)


def giving_back(
    word: str, proposal: Proposal, reason: str, actions: StandardsActions, jobs: Jobs
) -> ManyDialog:
    """Let the drafts of what lies with the publisher be edited again: 收回 or 退回 (``word``)."""
    act = actions.withdraw_proposal if word == "收回" else actions.send_back

    def work(go_on: GoOn) -> Proposal | None:
        return act(proposal.proposal_id, reason, lambda done: go_on(done, proposal.item_count))

    said = (*_said(proposal), f"{word}的理由：{reason}")
    return ManyDialog(f"整批{word}", said, f"正在{word}", work, jobs)


def given_back(word: str, proposal: Proposal) -> str:
    """Say what can be edited again."""
    return f"{proposal.item_count:,} 项已{word}，草稿可以接着改"


def reverting(proposal: Proposal, batch: str, actions: StandardsActions, jobs: Jobs) -> ManyDialog:
    """Begin drafts of what was in force before a publication."""

    def work(go_on: GoOn) -> int | None:
        return actions.revert(
            proposal.proposal_id, batch, _CANCELLED, lambda done: go_on(done, proposal.item_count)
        )

    says = "按这次发布以前的版本起草，新增的事项改为取消。草稿另外提交，由另一个人发布"
    return ManyDialog("整批改回", (*_said(proposal), says), "正在起草", work, jobs)
