"""A whole import at once (整批): laid before a publisher, dropped again, or published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError, StandardFaulty
from clerk.domain.standard_draft import Proposal
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act
from clerk.ui.long_work import GoOn, LongWork
from clerk.ui.overriding import override
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_propose import day_fault, typed_day
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording import short_day

MANY = 50
"""More items than this are published with their progress before one's eyes."""
_MOST_FAULTS = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is laid before the publisher."""

    batch: str
    on: date
    reason: str


class BatchDialog(Dialog):
    """Every draft of one import; ``done`` carries what is said when something was done.

    Nothing is dropped by one key: the first press asks, the second does it.
    """

    done = pyqtSignal(str)

    def __init__(self, batch: str, actions: StandardsActions, jobs: Jobs, today: date) -> None:
        super().__init__("整批处理这次导入", width=640, height=380)
        self._batch, self._actions, self._jobs, self._today = batch, actions, jobs, today
        self._count = 0
        self._asked_to_drop = False
        self.said = Label(f"{batch}，正在数草稿", size=14, bold=True, wrap=True)
        self.day = Field("从哪天起生效，今天或以后")
        self.day.set_value(today.isoformat())
        self.reason = Field("改了什么，为什么改")
        self.notice = Notice("bad")
        self.work = LongWork(jobs, "项")
        self.drop_button = Button("删除这批草稿")
        self.button = Button("整批提交给发布人", key="F9", kind="compact")
        for widget in (self.said, self.day, self.reason):
            self.body.addWidget(widget)
        hint = "样例在发布时一起跑，结论变了又没说明的不会发布。要单独说明的事项先逐项提交"
        self.body.addWidget(Label(hint, size=12, tone="t3", wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.drop_button)
        self.foot.addWidget(self.button)
        self.drop_button.clicked.connect(lambda _: self.drop())
        self.button.clicked.connect(lambda _: self.propose())
        self.work.changed.connect(self._show)
        self.closed.connect(self.work.stop)
        self._show()
        self._jobs.run(
            Lane.COUNT,
            partial(actions.count_of_batch, batch),
            owner=self,
            then=self._on_counted,
            failed=self.notice.show_error,
        )

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="整批提交给发布人",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.propose,
            ),
            Act(name="删除这批草稿", trigger=self.drop),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.reason.editor

    def _on_counted(self, count: int) -> None:
        self._count = count
        self.said.setText(f"{self._batch}，{count:,} 份草稿还没有送审")
        self._show()

    def _show(self) -> None:
        running = self.work.running
        self.button.setText("停下" if running else "整批提交给发布人")
        self.button.setEnabled(running or self._count > 0)
        self.drop_button.setEnabled(not running and self._count > 0)
        self.drop_button.setText(
            f"再按一次，删除 {self._count:,} 份草稿" if self._asked_to_drop else "删除这批草稿"
        )

    def propose(self) -> None:
        """Lay all of them before the publisher; while that runs, stop it."""
        if self.work.running:
            self.work.stop()
            return
        trouble = day_fault(self.day.value(), self._today)
        if not trouble and not self.reason.value():
            trouble = "还没写改了什么、为什么改"
        on = typed_day(self.day.value())
        if trouble or on is None or not self._count:
            self.notice.show_trouble(trouble or "这次导入没有可送审的草稿")
            return
        self.notice.clear()
        self._asked_to_drop = False
        asked = _Asked(self._batch, on, self.reason.value())
        self.work.begin(
            "正在逐项核对", partial(self._propose, asked), self._on_proposed, self._on_trouble
        )

    def _propose(self, asked: _Asked, go_on: GoOn) -> Proposal | None:
        return self._actions.propose_batch(
            asked.batch, asked.on, asked.reason, lambda done: go_on(done, self._count)
        )

    def _on_proposed(self, proposal: Proposal | None) -> None:
        if proposal is None:
            self.work.say("已停下，什么都没有送审")
            return
        self.close_dialog()
        day = short_day(proposal.effective_on)
        self.done.emit(f"{proposal.item_count:,} 项已送审，发布后{day}起生效")

    def drop(self) -> None:
        """Ask first, then delete what came with the import and was not proposed."""
        if self.work.running or not self._count:
            return
        if not self._asked_to_drop:
            self._asked_to_drop = True
            self._show()
            return
        self.work.begin(
            "正在删除",
            lambda _: self._actions.drop_batch(self._batch),
            self._on_dropped,
            self._on_trouble,
        )

    def _on_dropped(self, dropped: int) -> None:
        self.close_dialog()
        self.done.emit(f"{dropped:,} 份草稿已删除，现行的版本没有变化")

    def _on_trouble(self, error: ClerkError) -> None:
        if isinstance(error, StandardFaulty):
            self.notice.show_trouble(str(error), "；".join(error.faults[:_MOST_FAULTS]))
        else:
            self.notice.show_error(error)


class PublishBatchDialog(Dialog):
    """Many items published in one go, with how far it is; stopped, nothing is published.

    ``done`` carries what is said when they are.
    """

    done = pyqtSignal(str)

    def __init__(self, proposal: Proposal, actions: StandardsActions, jobs: Jobs) -> None:
        super().__init__("整批发布", width=640, height=260)
        self._proposal, self._actions = proposal, actions
        count, day = proposal.item_count, short_day(proposal.effective_on)
        self.said = Label(f"{count:,} 项，{day}起生效", size=14, bold=True, wrap=True)
        self.notice = Notice("bad")
        self.work = LongWork(jobs, "项")
        self.button = Button("开始发布", key="F9", kind="compact")
        self.body.addWidget(self.said)
        self.body.addWidget(Label(f"{proposal.proposed_by_name}提交：{proposal.reason}", wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(lambda _: self.publish())
        self.work.changed.connect(self._show)
        self.closed.connect(self.work.stop)

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="开始发布", key="F9", trigger=self.publish),)

    @override
    def first_focus(self) -> QWidget:
        return self.button

    def _show(self) -> None:
        self.button.setText("停下" if self.work.running else "开始发布")

    def publish(self) -> None:
        """Publish all of them; while that runs, stop it."""
        if self.work.running:
            self.work.stop()
            return
        self.notice.clear()
        self.work.begin("正在跑样例、发布", self._publish, self._on_published, self._on_trouble)

    def _publish(self, go_on: GoOn) -> Proposal | None:
        one = self._proposal
        return self._actions.publish(one.proposal_id, lambda done: go_on(done, one.item_count))

    def _on_published(self, published: Proposal | None) -> None:
        if published is None:
            self.work.say("已停下，什么都没有发布")
            return
        self.close_dialog()
        day = short_day(published.effective_on)
        self.done.emit(f"已发布 {published.item_count:,} 项，{day}起生效")

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.show_error(error)
