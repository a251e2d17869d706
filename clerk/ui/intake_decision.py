"""The one decision (F9) and the other ways to end an intake (Shift F9)."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.domain.case import Case, CaseState
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Finding, NextAct, Remedy
from clerk.domain.notice_points import notice_findings
from clerk.domain.standard import DeclineReason, ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_advice import AdviceWork
from clerk.ui.intake_decide import DeclineDialog, NoticeDialog
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_dialogs import Choosable, MenuDialog
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_fresh import FreshStatus
from clerk.ui.intake_part import IntakePart
from clerk.wording import act_name, day, decline_name

_FILES_COMING = "材料的文件还没读完，没有办。读好存上了再按一次"
_BEING_WRITTEN = "正在受理，Ctrl Z 撤回后再改"


class DecisionWork(IntakePart):
    """Takes the case in front to its end; ``ended`` carries what to say to the clerk."""

    ended = pyqtSignal(str, str)

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host, jobs, actions, frame, desk)
        self.fresh = FreshStatus(jobs, actions, desk, self)
        self.advice = AdviceWork(host, jobs, actions.advice, frame, desk)

    def decide(self, opened: OpenCase) -> None:
        """Do the act of the verdict; asking for the next gap is the page's own."""
        if self._waits_for_files(opened):
            return
        match opened.verdict.act:
            case NextAct.ACCEPT_AND_PASS_ON:
                self.fresh.before(opened, partial(self._take_in_as_checked, opened))
            case NextAct.RECEIVE_AND_PASS_ON:
                self._take_in_as_checked(opened)
            case NextAct.NOTIFY_ONCE:
                self._notify(opened)
            case NextAct.DECLINE:
                self._decline(opened)
            case NextAct.NEXT_GAP | NextAct.NOTHING:
                pass

    def foresee(self) -> None:
        """What F9 will need: statuses that were read just now, papers that are drawn."""
        if self._desk.current is not None:
            self.fresh.ahead(self._desk.current)
        self._desk.foresee()

    def _take_in_as_checked(self, opened: OpenCase) -> None:
        self._take_in(opened, opened.verdict.act, act_name(opened.standard, opened.verdict))

    def _waits_for_files(self, opened: OpenCase) -> bool:
        """Whether files are on their way that would come too late for what ends the intake now."""
        if opened.arriving:
            self._frame.say(_FILES_COMING)
        return bool(opened.arriving)

    def open_menu(self, opened: OpenCase) -> None:
        """Offer every other way out, each with the reason why it is not there (Shift F9)."""
        if self._waits_for_files(opened):
            return
        verdict, standard = opened.verdict, opened.standard
        nobody = "还不知道申请人是谁，放上身份证再收" if opened.case.applicant is None else ""
        told = notice_findings(verdict)
        lines = [
            Choosable(
                words="收件并转部门（收到，尚未受理）",
                take=lambda: self._take_in(opened, NextAct.RECEIVE_AND_PASS_ON, "收件并转部门"),
                why_not=nobody,
            ),
            Choosable(
                words="一次性告知",
                take=lambda: self._notify(opened),
                why_not=nobody or ("" if told else "没有要告知的，材料和表格都齐了"),
            ),
            Choosable(
                words=f"{decline_name(standard, not_required=False)}",
                take=lambda: self._decline(opened),
                why_not="" if standard.decline_reasons else "事项标准里没有列出不受理的理由",
            ),
            Choosable(words="作废草稿", take=lambda: self._ask_discard(opened)),
        ]
        said = "" if opened.editable else "这件已经收下，不再从这里改办"
        if said:
            lines = []
        self._frame.open_dialog(self._host, MenuDialog("其他处理", said, lines))

    def _take_in(self, opened: OpenCase, act: NextAct, words: str) -> None:
        opened.closed_because = _BEING_WRITTEN
        self._desk.changed.emit()

        def back() -> None:
            self._desk.ahead.rest()
            opened.closed_because = ""
            self._desk.changed.emit()

        def commit() -> None:
            self._desk.ahead.rest()
            opened.closed_because = ""
            self._desk.leave(opened)
            self._desk.drafts.settle(opened, partial(self._write, opened, act))

        self._desk.ahead.until_written(opened.case, act)
        self._frame.offer_undo(words, commit=commit, undo=back)

    def _write(self, opened: OpenCase, act: NextAct) -> None:
        self._desk.ahead.stop()
        seconds = opened.watch.whole_seconds() if opened.watch is not None else None
        self._run(opened, partial(self._actions.take_in, opened.case, act, seconds))

    def _run(self, opened: OpenCase, work: Callable[[], Case]) -> None:
        self._jobs.run(
            Lane.STORE,
            work,
            owner=self,
            then=partial(self._on_written, opened),
            failed=partial(self._on_not_written, opened),
        )

    def _on_written(self, opened: OpenCase, case: Case) -> None:
        self._desk.close(opened)
        self.ended.emit(*result_words(case))
        self._frame.show_papers(case)
        self._wipe()
        self._frame.go_on(case)

    def _on_not_written(self, opened: OpenCase, error: ClerkError) -> None:
        self._desk.bring_up(opened)
        self._desk.failed.emit(error)

    def _wipe(self) -> None:
        """Leave nothing of this client where the next one could see or paste it."""
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.clear()

    def _notify(self, opened: OpenCase) -> None:
        """Open the notice once the store holds the case as it stands."""
        findings = notice_findings(opened.verdict)
        self._desk.drafts.settle(opened, lambda: self._open_notice(opened, findings))

    def _open_notice(self, opened: OpenCase, findings: tuple[Finding, ...]) -> None:
        self._frame.open_dialog(
            self._host,
            NoticeDialog(
                opened.case,
                findings,
                self._jobs,
                preview=self._actions.notice_preview,
                notify=self._actions.notify_once,
                done=partial(self._on_written, opened),
            ),
        )

    def _decline(self, opened: OpenCase) -> None:
        self._desk.drafts.settle(opened, lambda: self._open_decline(opened))

    def _open_decline(self, opened: OpenCase) -> None:
        not_required = opened.verdict.headline.value == "not_required"
        self._frame.open_dialog(
            self._host,
            DeclineDialog(
                opened.case,
                _reasons(opened),
                self._jobs,
                words=decline_name(opened.standard, not_required=not_required),
                body=_competent_body(opened.standard, opened.verdict.failed),
                preview=self._actions.decline_preview,
                decline=self._actions.decline,
                done=partial(self._on_written, opened),
            ),
        )

    def _ask_discard(self, opened: OpenCase) -> None:
        who = opened.case.applicant_name
        said = (
            f"{opened.standard.name}{'，' + who if who else ''}。草稿和已收的图像一起删，找不回来"
        )
        lines = [
            Choosable(words="作废草稿", take=lambda: self._desk.discard(opened)),
            Choosable(words="留着", take=lambda: None),
        ]
        self._frame.open_dialog(self._host, MenuDialog("作废草稿", said, lines))


def _reasons(opened: OpenCase) -> tuple[DeclineReason, ...]:
    """The listed reasons, those that fit the verdict first."""
    reasons = opened.standard.decline_reasons
    fits = opened.verdict.headline.value == "not_required"
    return tuple(sorted(reasons, key=lambda one: one.not_required is not fits))


def _competent_body(standard: ItemStandard, failed: tuple[Finding, ...]) -> str:
    """Who is competent instead, from the rule that says that the item is not ours."""
    ending = {f.subject for f in failed if Remedy.DECLINE in f.remedies}
    bodies = (rule.competent_body for rule in standard.rules if rule.code in ending)
    return next((body for body in bodies if body), "")


def result_words(case: Case) -> tuple[str, str]:
    """What was done and what comes next, for the empty page; it names no person any more."""
    number = f"，办件编号 {case.label}" if case.label else ""
    if case.number is None and case.provisional_number:
        number = f"，临时收件号 {case.provisional_number}"
    match case.state:
        case CaseState.ACCEPTED | CaseState.UNDER_REVIEW:
            until = f"{day(case.due_on)}前办结。" if case.due_on else ""
            return f"已受理{number}", f"{until}{case.item_name}"
        case CaseState.RECEIVED:
            until = f"{day(case.decide_by_on)}前答复是否受理。" if case.decide_by_on else ""
            return f"已收件，尚未受理{number}", f"{until}{case.item_name}"
        case CaseState.CORRECTION_DUE:
            return f"已一次性告知{number}", f"等申请人补正，{case.item_name}"
        case CaseState.DECLINED:
            return "已出具不受理文书", case.item_name
        case _:
            return f"已办好{number}", case.item_name
