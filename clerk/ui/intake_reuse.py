"""留用: papers the applicant leaves for re-use, and those of before that are offered again."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.reuse import (
    LeftPaper,
    PaperOffer,
    fitting,
    leavable,
    leave_paper,
    paper_offers,
    take_leave_back,
    with_paper_reused,
)
from clerk.domain.standard import Requirement
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_part import IntakePart
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording_reuse import failed_line, leave_line, offer_line

_NOBODY = "还没有开件。放上身份证，或按 F2 搜事项"
_WIDTH = 860


class ReuseStrip(QWidget):
    """Above the materials: one line that something of before could stand here, and the key."""

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.said = Label(size=13, tone="t2", wrap=True)
        self.look = Button("看一看", key="Alt Y", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(8))
        row.addWidget(self.said, 1)
        row.addWidget(self.look)
        self.look.clicked.connect(self.wanted)
        self.hide()

    def show_case(self, opened: OpenCase) -> None:
        """Say for how many materials something was left; nothing is put in by that."""
        pairs = fitting(opened.standard, opened.case, opened.verdict.asked, opened.left)
        count = len({asked.code for asked, _ in pairs}) if opened.editable else 0
        self.said.setText(f"申请人以前留下的材料，{count} 项这次可能用得上")
        self.setVisible(bool(count))


class ReuseDialog(Dialog):
    """What was left before, by digits; nothing is chosen beforehand, what changed stands apart.

    ``use`` gets what was chosen, ``take_back`` what the applicant does not leave any longer.
    """

    def __init__(
        self,
        offers: Sequence[PaperOffer],
        today: date,
        *,
        use: Callable[[Sequence[PaperOffer]], None],
        take_back: Callable[[Sequence[PaperOffer]], None],
    ) -> None:
        super().__init__("用以前留下的材料", width=_WIDTH)
        self._use, self._take_back, self._busy = use, take_back, False
        fit = [one for one in offers if not one.failed]
        self._same = [one for one in fit if not one.changes]
        self._changed = [one for one in fit if one.changes]
        self.same = self._list("没有变化的，按数字选，取用后审查要点重新看", self._same, today)
        self.changed = self._list(
            "留下以后有变化的，对照现在的要求，一份一份选", self._changed, today
        )
        for one in offers:
            if one.failed:
                self.body.addWidget(Label(failed_line(one, today), size=13, tone="t3", wrap=True))
        self.notice = Notice("bad")
        self.back_button = Button("撤回留用", key="Ctrl T")
        self.use_button = Button("取用选中的", key="F9", kind="compact")
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.use_button)
        self.back_button.clicked.connect(self.take_back)
        self.use_button.clicked.connect(self.use)

    def _list(self, heading: str, offers: Sequence[PaperOffer], today: date) -> TickList:
        ticks = TickList([offer_line(one, today) for one in offers], many=True, name=heading)
        if offers:
            self.body.addWidget(Label(heading, bold=True))
            self.body.addWidget(ticks)
        else:
            ticks.setParent(self)
            ticks.hide()
        return ticks

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="取用选中的", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.use),
            Act(name="申请人撤回留用", key="Ctrl+T", trigger=self.take_back),
            Act(name="选材料", key="1–9", trigger=self.first_focus().setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.same if self._same else self.changed if self._changed else self.use_button

    def chosen(self) -> list[PaperOffer]:
        """What is ticked in either list."""
        same = [self._same[place] for place in self.same.chosen()]
        return same + [self._changed[place] for place in self.changed.chosen()]

    def use(self) -> None:
        """Take what is ticked, and nothing else."""
        self._go(self._use)

    def take_back(self) -> None:
        """Let what is ticked be used no more."""
        self._go(self._take_back)

    def _go(self, then: Callable[[Sequence[PaperOffer]], None]) -> None:
        if self._busy:
            return
        chosen = self.chosen()
        twice = len({one.asked.code for one in chosen}) < len(chosen)
        if not chosen:
            self.notice.show_trouble("还没选材料", "没有改动", "按数字选一份，再按 F9")
        elif twice and then is self._use:
            self.notice.show_trouble("同一项材料选了两份", "没有取用", "留一份，去掉另一份")
        else:
            self._busy = True
            self.notice.clear()
            then(chosen)
            return
        self.first_focus().setFocus()

    def show_failed(self, error: ClerkError) -> None:
        """Say what did not work; nothing was changed."""
        self._busy = False
        self.notice.show_error(error)


class LeaveDialog(Dialog):
    """Which papers of this case the applicant leaves for re-use, by digits; none beforehand."""

    def __init__(
        self,
        case: Callable[[], Case],
        papers: Sequence[Requirement],
        *,
        leave: Callable[[Sequence[Requirement]], None],
        take_back: Callable[[Sequence[Requirement]], None],
    ) -> None:
        super().__init__("材料留用", width=620)
        self._case, self._papers = case, tuple(papers)
        self._leave, self._take_back = leave, take_back
        said = "只选申请人当面同意以后再用的，同意的时间会记下。证照、共享数据、承诺不留用"
        self.papers = TickList(self._lines(), many=True, name="材料留用")
        self.notice = Notice("bad")
        self.back_button = Button("撤回留用", key="Ctrl T")
        self.leave_button = Button("允许再用", key="F9", kind="compact")
        self.body.addWidget(Label(said, size=13, tone="t3", wrap=True))
        self.body.addWidget(self.papers)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave_button)
        self.back_button.clicked.connect(self.take_back)
        self.leave_button.clicked.connect(self.leave)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="允许再用", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.leave),
            Act(name="申请人撤回留用", key="Ctrl+T", trigger=self.take_back),
            Act(name="选材料", key="1–9", trigger=self.papers.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.papers

    def _lines(self) -> list[str]:
        held = self._case().evidence
        return [leave_line(one.name, held[one.code]) for one in self._papers]

    def leave(self) -> None:
        """Write down that the applicant leaves what is ticked."""
        self._go(self._leave)

    def take_back(self) -> None:
        """Write down that he leaves what is ticked no longer."""
        self._go(self._take_back)

    def _go(self, then: Callable[[Sequence[Requirement]], None]) -> None:
        chosen = [self._papers[place] for place in self.papers.chosen()]
        if chosen:
            self.notice.clear()
            then(chosen)
            self.papers.show_texts(self._lines())
        else:
            self.notice.show_trouble("还没选材料", "没有改动", "按数字选，再按 F9")
        self.papers.setFocus()


class ReuseWork(IntakePart):
    """Looks, whenever the applicant is another one, what he left; opens both dialogs."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host, jobs, actions, frame, desk)
        desk.turned.connect(self._look)

    def _look(self) -> None:
        opened = self._desk.current
        if opened is None or not opened.editable:
            return
        applicant = opened.case.applicant
        about = applicant.party.id_number if applicant else ""
        if about == opened.left_of:
            return
        opened.left_of, opened.left = about, ()
        if about:
            self._ask(opened)

    def _ask(self, opened: OpenCase) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.left_papers, opened.case),
            owner=self,
            then=partial(self._on_found, opened, opened.left_of),
            failed=self._desk.failed.emit,
        )

    def _on_found(self, opened: OpenCase, about: str, found: Sequence[LeftPaper]) -> None:
        if opened.left_of == about and opened.left != found:
            opened.left = found
            if opened is self._desk.current:
                self._desk.changed.emit()

    def why_not(self) -> str:
        """Why nothing of before is offered; empty where something is."""
        opened = self._desk.current
        if opened is None:
            return _NOBODY
        if not opened.editable:
            return "这件已经收下，材料不再改动"
        pairs = fitting(opened.standard, opened.case, opened.verdict.asked, opened.left)
        return "" if any(True for _ in pairs) else "申请人没有留下这次还缺的材料"

    def why_not_leave(self) -> str:
        """Why nothing can be left for re-use; empty where something can."""
        opened = self._desk.current
        if opened is None:
            return _NOBODY
        if not opened.editable:
            return "这件已经收下。撤回留用，到他下一件里按 Alt Y"
        return "" if self._leavable(opened) else "没有能留用的材料。只有本人交的扫描件、文件可以留"

    @staticmethod
    def _leavable(opened: OpenCase) -> Sequence[Requirement]:
        return leavable(opened.standard, opened.case, opened.verdict.asked)

    def open(self) -> None:
        """Offer what was left before (Alt Y)."""
        opened = self._desk.current
        if opened is None or self.why_not():
            return
        here = self._actions.here
        at = here.now()
        offers = paper_offers(
            opened.standard,
            opened.case,
            opened.verdict.asked,
            opened.left,
            here.session,
            at,
            here.calendar,
        )
        dialog = ReuseDialog(
            offers,
            local_date(at),
            use=lambda chosen: self._use(opened, dialog, chosen),
            take_back=lambda chosen: self._take_back(opened, dialog, chosen),
        )
        self._frame.open_dialog(self._host, dialog)

    def _use(self, opened: OpenCase, dialog: ReuseDialog, chosen: Sequence[PaperOffer]) -> None:
        here = self._actions.here

        def put_in(_: None) -> None:
            case = opened.case
            try:
                for one in chosen:
                    case = with_paper_reused(case, one, here.session, here.now())
            except ClerkError as error:
                dialog.show_failed(error)
                return
            self._desk.apply(opened, case)
            dialog.close_dialog()
            self._frame.say(f"取用 {len(chosen)} 份以前留下的材料，审查要点还要看")

        self._jobs.run(
            Lane.STORE,
            partial(self._actions.use_left, opened.case, [one.paper for one in chosen]),
            owner=self,
            then=put_in,
            failed=dialog.show_failed,
        )

    def _take_back(
        self, opened: OpenCase, dialog: ReuseDialog, chosen: Sequence[PaperOffer]
    ) -> None:
        papers = list({(one.paper.case_id, one.paper.code): one.paper for one in chosen}.values())

        def done(_: None) -> None:
            dialog.close_dialog()
            self._frame.say(f"已撤回 {len(papers)} 份材料的留用，以后不再提供")
            self._ask(opened)

        self._jobs.run(
            Lane.STORE,
            partial(self._actions.take_back_left, opened.case, papers),
            owner=self,
            then=done,
            failed=dialog.show_failed,
        )

    def open_leave(self) -> None:
        """Ask which papers of this case the applicant leaves for re-use (Alt L)."""
        opened = self._desk.current
        if opened is None or self.why_not_leave():
            return
        here = self._actions.here

        def leave(chosen: Sequence[Requirement]) -> None:
            def change(case: Case) -> Case:
                for asked in chosen:
                    case = leave_paper(case, asked, here.session, here.now())
                return case

            self._desk.edit(change)

        def take_back(chosen: Sequence[Requirement]) -> None:
            def change(case: Case) -> Case:
                for asked in chosen:
                    case = take_leave_back(case, asked, here.session, here.now())
                return case

            self._desk.edit(change)

        self._frame.open_dialog(
            self._host,
            LeaveDialog(
                lambda: opened.case, self._leavable(opened), leave=leave, take_back=take_back
            ),
        )
