"""整批授权受理: which windows may accept the items of the list, from when to when, by what document."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.delegating import Delegated, DelegationOrder, UnknownWindows
from clerk.domain.errors import ClerkError
from clerk.domain.standard_draft import CatalogueQuery
from clerk.jobs import Jobs
from clerk.ui.acts import Act
from clerk.ui.long_work import GoOn, LongWork
from clerk.ui.overriding import override
from clerk.ui.standards_propose import typed_day
from clerk.ui.widgets import Button, Choice, Dialog, Field, Label, Notice

Delegate = Callable[[CatalogueQuery, DelegationOrder, str, Callable[[int], bool]], Delegated | None]
"""Query, order, name of the batch; what there is now, None where it was stopped."""

_GIVE, _END = 0, 1


class DelegationDialog(Dialog):
    """``done`` carries the name of the batch as soon as its drafts are there, and what is said."""

    done = pyqtSignal(str, str)

    def __init__(
        self,
        query: CatalogueQuery,
        count: int,
        delegate: Delegate,
        jobs: Jobs,
        today: date,
    ) -> None:
        super().__init__("整批授权受理", width=640)
        self._query, self._count, self._delegate, self._today = query, count, delegate, today
        self._batch = ""
        self._sure: frozenset[str] = frozenset()
        named = f"查找“{query.text}”的" if query.text else "左边列表的"
        said = f"{named} {count:,} 项，有草稿的、没生效的和有新版待生效的不动"
        self.what = Choice(("授权受理", "收回授权"), label="授权还是收回")
        self.what.set_chosen(_GIVE)
        self.counters = Field("哪些窗口，用顿号分开，如 03、07")
        self.document = Field("授权文件，文号或名称")
        self.from_on = Field("从哪天起可以受理")
        self.until_on = Field("到哪天止")
        self.from_on.set_value(today.isoformat())
        self.notice = Notice("bad")
        self.work = LongWork(jobs, "项")
        self.button = Button("起草", key="F9", kind="compact")
        self.body.addWidget(Label(said, size=14, bold=True, wrap=True))
        for widget in (self.what, self.counters, self.document, self.from_on, self.until_on):
            self.body.addWidget(widget)
        says = "先起草，再整批提交，由另一个人发布。没有授权的窗口只收件，由部门决定是否受理"
        self.body.addWidget(Label(says, size=12, tone="t3", wrap=True))
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.button)
        self.what.picked.connect(lambda _: self._show())
        self.button.clicked.connect(lambda _: self.go_on())
        self.work.changed.connect(self._show)
        self.closed.connect(self.work.stop)
        self._show()

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="起草", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.go_on),)

    @override
    def first_focus(self) -> QWidget:
        return self.counters.editor

    def _ends(self) -> bool:
        return self.what.chosen() == _END

    def _show(self) -> None:
        for field in (self.from_on, self.until_on):
            field.setVisible(not self._ends())
        self.button.setText("停下" if self.work.running else "起草")

    def go_on(self) -> None:
        """Begin the drafts; while that runs, stop it."""
        if self.work.running:
            self.work.stop()
            return
        order = self._order()
        if order is None:
            self.notice.show_trouble("日期写成 2026-03-25 这样")
            return
        self.notice.clear()
        word = "收回授权" if order.ends else "授权受理"
        self._batch = f"{self._today:%Y-%m-%d} {word} {'、'.join(order.counters)} 号窗"
        self.work.begin("正在起草", partial(self._run, order), self._on_done, self._on_trouble)

    def _order(self) -> DelegationOrder | None:
        ends = self._ends()
        begin = self._today if ends else typed_day(self.from_on.value())
        end = self._today if ends else typed_day(self.until_on.value())
        if begin is None or end is None:
            return None
        typed = self.counters.value().replace("、", " ").replace("，", " ").replace(",", " ")
        return DelegationOrder(
            counters=tuple(dict.fromkeys(typed.split())),
            document=self.document.value(),
            from_on=begin,
            until_on=end,
            ends=ends,
            sure=self._sure,
        )

    def _run(self, order: DelegationOrder, go_on: GoOn) -> Delegated | None:
        return self._delegate(
            self._query, order, self._batch, lambda done: go_on(done, self._count)
        )

    def _on_done(self, made: Delegated | None) -> None:
        if made is None:
            self.work.say("已停下，什么都没有起草")
            return
        self.close_dialog()
        said = f"{made.drafts:,} 项授权受理的草稿已起草，整批提交给发布人"
        if made.busy:
            said += f"。{made.busy:,} 项有草稿或待生效的新版，没有起草"
        self.done.emit(self._batch, said)

    def _on_trouble(self, error: ClerkError) -> None:
        if isinstance(error, UnknownWindows):
            self._sure |= error.counters  # pressing again says that they are there
        self.notice.show_error(error)
