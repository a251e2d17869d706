"""批次上报 and 收批次: a week's cases handed up together, and dealt with person by person."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.bundles import Bundle, BundleLine, Gathering, LineOutcome, receives
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import BundleActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.documents_printer import Printers, SystemPrinters
from clerk.ui.overriding import override
from clerk.ui.rosters import RosterDialog
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, open_dialog
from clerk.wording_events import LINE_OUTCOMES

AT_ONCE = len(KEYS)
"""So many persons are shown together; the rest follow when these are done."""


class HandUpDialog(Dialog):
    """Which of the persons who wait at a level go up this time, with one opinion for all."""

    def __init__(
        self,
        gathering: Gathering,
        confirmed: Callable[[str, Sequence[UUID], str], None],
    ) -> None:
        super().__init__("批次上报", width=640)
        self._gathering, self._confirmed = gathering, confirmed
        self._cases = gathering.cases[:AT_ONCE]
        names = [f"{case.label}　{case.applicant_name}" for case in self._cases]
        self.choice = TickList(names, many=True, name="报哪几个人")
        for place in range(len(names)):
            self.choice.toggle(place)
        self.opinion = Field(f"{gathering.step_name}意见，每人相同")
        self.notice = Notice("warn")
        self.button = Button(f"上报这 {len(names)} 人", key="F9", kind="compact")
        more = len(gathering.cases) - len(self._cases)
        said = f"{gathering.from_by}，{gathering.step_name}同意后转下一级，有疑问的先不选"
        self.body.addWidget(Label(gathering.item_name, bold=True, elide=True))
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.choice)
        if more > 0:
            self.body.addWidget(Label(f"还有 {more} 人，下一批再报", size=12, tone="t3"))
        if gathering.barred:
            self.body.addWidget(Label(_left_to_others(gathering), size=12, tone="t3", wrap=True))
        self.body.addWidget(self.opinion)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.choice.changed.connect(self._count)
        self.button.clicked.connect(self.confirm)
        self.opinion.next_gap.connect(self.button.setFocus)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="上报选中的人",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.confirm,
            ),
            Act(name="选人", key="1–9、A–Q", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice

    def confirm(self) -> None:
        """Hand up whoever is chosen, if an opinion was written."""
        chosen = [self._cases[place].case_id for place in self.choice.chosen()]
        opinion = self.opinion.value().strip()
        if not chosen:
            self.notice.show_trouble("还没选人", "", "按数字选")
            self.choice.setFocus()
        elif not opinion:
            self.notice.show_trouble(f"还没写{self._gathering.step_name}意见", "", "写一句再按 F9")
            self.opinion.editor.setFocus()
        else:
            self.close_dialog()
            self._confirmed(self._gathering.step, chosen, opinion)

    def _count(self) -> None:
        self.button.setText(f"上报这 {len(self.choice.chosen())} 人")


class TakeBundleDialog(Dialog):
    """A bundle that came up: each person is taken, returned, or asked to complete.

    ``settle`` gets case, outcome and reason; ``show_bundle`` shows what came of it.
    """

    def __init__(self, bundle: Bundle, settle: Callable[[UUID, LineOutcome, str], None]) -> None:
        super().__init__("收批次", width=680)
        self._settle = settle
        self._lines: tuple[BundleLine, ...] = ()
        self.head = Label("", bold=True, elide=True)
        self.about = Label("", size=13, tone="t2", wrap=True)
        self.choice = TickList([], many=False, name="哪一个人")
        self.reason = Field("退回的原因，或要补什么（收下不用写）")
        self.notice = Notice("warn")
        self.take = Button("收下", key="F9", kind="compact")
        self.complete = Button("要求补全", key="F8")
        self.send_back = Button("退回", key="Shift F9")
        for widget in (self.head, self.about, self.choice, self.reason, self.notice):
            self.body.addWidget(widget)
        self.foot.addWidget(self.send_back)
        self.foot.addWidget(self.complete)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take)
        for button, outcome in (
            (self.take, LineOutcome.TAKEN),
            (self.complete, LineOutcome.TO_COMPLETE),
            (self.send_back, LineOutcome.RETURNED),
        ):
            button.clicked.connect(partial(self.settle, outcome))
        self.show_bundle(bundle)

    def show_bundle(self, bundle: Bundle) -> None:
        """Show who is still to be dealt with; with nobody left it closes."""
        done = {LineOutcome.TAKEN, LineOutcome.RETURNED}
        self._lines = tuple(line for line in bundle.lines if line.outcome not in done)[:AT_ONCE]
        if not self._lines:
            self.close_dialog()
            return
        self.head.setText(f"{bundle.item_name}，{bundle.from_by}报{bundle.to_by}")
        self.about.setText(
            f"{bundle.made_by_name}上报 {len(bundle.lines)} 人，还有 {bundle.open_lines} 人没处理。"
            f"{bundle.step_name}意见：{bundle.opinion}"
        )
        self.choice.show_texts([_line(line) for line in self._lines])
        self.choice.toggle(0)
        self.reason.set_value("")
        self.choice.setFocus()

    def show_failed(self, error: ClerkError) -> None:
        """Say why a person was not dealt with; nothing was changed."""
        self.notice.show_error(error, [])

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="收下", key="F9", trigger=partial(self.settle, LineOutcome.TAKEN)),
            Act(name="要求补全", key="F8", trigger=partial(self.settle, LineOutcome.TO_COMPLETE)),
            Act(name="退回", key="Shift+F9", trigger=partial(self.settle, LineOutcome.RETURNED)),
            Act(name="选人", key="1–9、A–Q", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice

    def settle(self, outcome: LineOutcome, *_: object) -> None:
        """Deal with the chosen person; without a reason only taking is possible."""
        chosen = self.choice.chosen()
        reason = self.reason.value().strip()
        if not chosen:
            self.notice.show_trouble("还没选人", "", "按数字选")
        elif outcome is not LineOutcome.TAKEN and not reason:
            self.notice.show_trouble("还没写原因", "还没处理", "写清楚再办")
            self.reason.editor.setFocus()
        else:
            self.notice.clear()
            self._settle(self._lines[chosen[0]].case_id, outcome, reason)


class BundleWork(QObject):
    """Opens the two dialogs; who may, is asked again by every use case."""

    def __init__(
        self,
        host: QWidget,
        actions: BundleActions,
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        printers: Printers | None = None,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._say = host, actions, jobs, say
        self._printers = printers or SystemPrinters()
        self._show = show

    def open_hand_up(self) -> None:
        """Show who could go up now, one item and level after the other."""
        self._jobs.run(
            Lane.STORE,
            self._actions.to_hand_up,
            owner=self,
            then=self._on_gatherings,
            failed=self._say_error,
        )

    def open_take(self) -> None:
        """Show the oldest bundle that is not done with."""
        self._jobs.run(
            Lane.STORE,
            self._actions.open_bundles,
            owner=self,
            then=self._on_bundles,
            failed=self._say_error,
        )

    def _on_gatherings(self, found: Sequence[Gathering]) -> None:
        mine = [one for one in found if one.cases]
        if mine:
            self._show(self._host, HandUpDialog(mine[0], self._hand_up))
        else:
            self._say(_left_to_others(found[0]) if found else "没有等着上报的件")

    def _hand_up(self, step: str, cases: Sequence[UUID], opinion: str) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.hand_up, step, cases, opinion),
            owner=self,
            then=self._on_handed_up,
            failed=self._say_error,
        )

    def _on_handed_up(self, made: Bundle) -> None:
        self._say(f"已上报 {len(made.lines)} 人，转{made.to_by}")
        self._show_rosters([made])

    def open_rosters(self) -> None:
        """Show the lists of the last bundles, the newest first."""
        self._jobs.run(
            Lane.STORE,
            self._actions.last,
            owner=self,
            then=self._show_rosters,
            failed=self._say_error,
        )

    def _show_rosters(self, found: Sequence[Bundle]) -> None:
        if found:
            self._show(self._host, RosterDialog(found, self._actions, self._jobs, self._printers))
        else:
            self._say("还没有上报过批次")

    def _on_bundles(self, found: Sequence[Bundle]) -> None:
        me = self._actions.here.session.account
        mine = [one for one in found if receives(one, me)]
        if not mine:
            own = "要收的批次是你自己上报的，由接收的一级另一个人收"
            self._say(own if found else "没有要收的批次")
            return
        bundle = mine[0]
        dialog = TakeBundleDialog(bundle, lambda *said: self._settle(dialog, bundle, *said))
        self._show(self._host, dialog)

    def _settle(
        self,
        dialog: TakeBundleDialog,
        bundle: Bundle,
        case_id: UUID,
        outcome: LineOutcome,
        reason: str,
    ) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.settle, bundle.bundle_id, case_id, outcome, reason),
            owner=dialog,
            then=partial(self._on_settled, dialog),
            failed=dialog.show_failed,
        )

    def _on_settled(self, dialog: TakeBundleDialog, bundle: Bundle) -> None:
        dialog.show_bundle(bundle)
        if not bundle.open_lines:
            self._show_rosters([bundle])

    def _say_error(self, error: ClerkError) -> None:
        self._say(str(error))


def _left_to_others(gathering: Gathering) -> str:
    """Whose cases wait here and are another's to hand up."""
    return f"另有 {gathering.barred} 件你收过或在另一级给过意见，由这一级的另一个人上报"


def _line(line: BundleLine) -> str:
    waits = f"，{LINE_OUTCOMES[line.outcome]}：{line.reason}" if line.outcome else ""
    return f"{line.label}　{line.applicant_name}{waits}"
