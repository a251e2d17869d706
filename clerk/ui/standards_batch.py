"""A whole import at once (整批): its samples run, laid before a publisher, or dropped again."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError, StandardFaulty
from clerk.domain.standard_draft import ExpectedChange, Proposal, Rehearsal
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act
from clerk.ui.long_work import GoOn, LongWork
from clerk.ui.overriding import override
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_propose import day_fault, typed_day
from clerk.ui.standards_reasons import ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.standards_trial import changed_reason
from clerk.ui.widgets import Button, Choice, Dialog, Field, Label, Notice
from clerk.values import dataclass
from clerk.wording import short_day
from clerk.wording_standard import fault_words

_MOST_FAULTS = 4
_AT_ONCE = 200
_MEANT = 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is laid before the publisher."""

    batch: str
    on: date
    reason: str
    expected: tuple[ExpectedChange, ...]


class BatchDialog(Dialog):
    """Every draft of one import; ``done`` carries what is said when something was done.

    The samples of all of them run first; verdicts that change are listed, and only who says that
    they are meant lays them before the publisher. Nothing is dropped by one key: the first press
    asks, the second does it.
    """

    done = pyqtSignal(str)

    def __init__(self, batch: str, actions: StandardsActions, jobs: Jobs, today: date) -> None:
        super().__init__("整批处理", width=760, height=560)
        self._batch, self._actions, self._jobs, self._today = batch, actions, jobs, today
        self._count = 0
        self._result: Rehearsal | None = None
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
        self.samples = Label(
            "提交前先跑所有事项的样例，结论变了的列在这里", size=13, tone="t2", wrap=True
        )
        self.changed = ReasonList("结论变了的样例")
        self.more = Button("", kind="text", small=True)
        self.more.hide()
        self.meant = Choice((), label="结论变化是不是预期的")
        self.meant.hide()
        self.body.addWidget(self.samples)
        self.body.addWidget(scrolled(self.changed, self.more), 1)
        self.body.addWidget(self.meant)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.drop_button)
        self.foot.addWidget(self.button)
        self.more.clicked.connect(lambda _: self.show_more())
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
            Act(name="再列一些结论变了的样例", trigger=self.show_more),
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
            self.notice.show_trouble(trouble or "这一批没有可送审的草稿")
            return
        self.notice.clear()
        self._asked_to_drop = False
        if self._result is None:
            self.work.begin("正在跑样例", self._rehearse, self._on_rehearsed, self._on_trouble)
        elif self._result.changed and self.meant.chosen() != _MEANT:
            meant = _meant_words(len(self._result.changed))[_MEANT]
            self.notice.show_trouble(f"有样例的结论变了。逐个看过就选“{meant}”，不是就回去改")
        else:
            asked = _Asked(self._batch, on, self.reason.value(), _expected(self._result))
            self.work.begin(
                "正在逐项核对", partial(self._propose, asked), self._on_proposed, self._on_trouble
            )

    def _rehearse(self, go_on: GoOn) -> Rehearsal | None:
        return self._actions.rehearse_batch(self._batch, lambda done: go_on(done, self._count))

    def _on_rehearsed(self, result: Rehearsal | None) -> None:
        if result is None:
            self.work.say("已停下，什么都没有送审")
            return
        self._result = result
        changed = result.changed
        self._list_changed(_AT_ONCE)
        self.meant.set_options(_meant_words(len(changed)))
        self.meant.setVisible(bool(changed))
        if changed:
            items = len({one.item_code for one in changed})
            said = f"{result.samples:,} 个样例，{items} 项的 {len(changed):,} 个结论变了"
            self.samples.setText(f"{said}，逐个看过再说是不是预期的")
            self.meant.setFocus()
        else:
            self.samples.setText(f"{result.samples:,} 个样例的结论都没有变")
            self.propose()

    def show_more(self) -> None:
        """List the next changed verdicts; what is meant can be seen, all of it."""
        self._list_changed(len(self.changed.lines()) + _AT_ONCE)

    def _list_changed(self, most: int) -> None:
        changed = self._result.changed if self._result else ()
        self.changed.show_lines([changed_reason(one) for one in changed[:most]])
        left = max(0, len(changed) - most)
        self.more.setText(f"还有 {left:,} 个，再列 {min(left, _AT_ONCE)} 个")
        self.more.setVisible(left > 0)

    def _propose(self, asked: _Asked, go_on: GoOn) -> Proposal | None:
        return self._actions.propose_batch(
            asked.batch,
            asked.on,
            asked.reason,
            lambda done: go_on(done, self._count),
            asked.expected,
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
            lambda go_on: self._actions.drop_batch(
                self._batch, lambda done: go_on(done, self._count)
            ),
            self._on_dropped,
            self._on_trouble,
        )

    def _on_dropped(self, dropped: int | None) -> None:
        if dropped is None:
            self._asked_to_drop = False
            self._show()
            self.work.say("已停下，一份草稿也没有删除")
            return
        self.close_dialog()
        self.done.emit(f"{dropped:,} 份草稿已删除，现行的版本没有变化")

    def _on_trouble(self, error: ClerkError) -> None:
        if isinstance(error, StandardFaulty):
            self.notice.show_trouble(
                str(error), "；".join(map(fault_words, error.faults[:_MOST_FAULTS]))
            )
        else:
            self.notice.show_error(error)


def _meant_words(changed: int) -> tuple[str, str]:
    return "不是预期的", f"{changed:,} 个都是预期的"


def _expected(result: Rehearsal) -> tuple[ExpectedChange, ...]:
    return tuple(
        ExpectedChange(item_code=one.item_code, sample=one.sample) for one in result.changed
    )
