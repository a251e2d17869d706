"""What a key on a material's row does: scan, file, certificate, promise, deferral, sign, drop."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.certificate_recheck import agreeable
from clerk.domain.credit import CreditOccasion
from clerk.domain.days import local_date
from clerk.domain.deferral_gate import deferral_bar
from clerk.domain.intake import (
    deferred,
    on_paper,
    with_evidence,
    with_fault,
    with_issue_day,
    with_point,
    without_evidence,
)
from clerk.domain.issued import PageImage
from clerk.domain.material_ways import exempted
from clerk.domain.on_the_spot import corrected
from clerk.domain.promise import torn_up
from clerk.domain.standard import Requirement, Way
from clerk.jobs import Jobs
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_credit import CreditAsking
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_dialogs import ReasonDialog
from clerk.ui.intake_exempt import ExemptDialog
from clerk.ui.intake_files import MaterialFiles
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_letters import DeferralDialog
from clerk.ui.intake_pages import PAGE_WIDTH, PagesDialog
from clerk.ui.intake_points import points_in_sight
from clerk.ui.intake_promise import PromiseWork
from clerk.ui.intake_reuse import ReuseWork
from clerk.ui.intake_rows import refusal
from clerk.ui.intake_shared import SharedDataWork
from clerk.ui.intake_spot import SpotDialog
from clerk.values import replace
from clerk.wording_deferral import why_not_later

_WORDS_GIVEN = {"4": Way.COMMITMENT, "5": Way.DEFERRAL}
"""The keys that rest on the applicant's word."""


class MaterialWork(QObject):
    """Acts of the rows of the case in front; ``date_wanted`` asks for the day a paper bears."""

    date_wanted = pyqtSignal()

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
        *,
        next_gap: Callable[[], None],
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._actions = host, jobs, actions
        self._frame, self._desk, self._next_gap = frame, desk, next_gap
        self.files = MaterialFiles(host, jobs, actions, frame, desk)
        self.credit = CreditAsking(host, jobs, actions, desk)
        self.shared = SharedDataWork(host, jobs, actions, frame, desk)
        self.reuse = ReuseWork(host, jobs, actions, frame, desk)
        self.promise = PromiseWork(host, jobs, actions, frame, desk, self.credit)

    def act(self, key: str, code: str) -> None:
        """Do what ``key`` stands for on the row of ``code``, or say why it does not work."""
        opened = self._desk.current
        if opened is None:
            return
        if key == "Alt Y":
            self.reuse.open()
            return
        if key == "Alt V":
            self.agree_to_later_check()
            return
        asked = opened.standard.requirement(code)
        held = opened.case.evidence.get(code)
        if key == "Enter":
            self._on_enter(opened, asked)
            return
        why = refusal(key, asked, held, opened.case)
        if not why and not opened.editable and key != "Space":
            why = opened.closed_because or "这件已经收下，材料不再改动"
        way_back = self.credit.way_back(opened) if _WORDS_GIVEN.get(key) in asked.ways else None
        if way_back is not None:
            self._frame.open_dialog(self._host, way_back)
            return
        if why:
            self._frame.say(why)
            return
        acts: dict[str, Callable[[OpenCase, Requirement], None]] = {
            "1": self.files.scan,
            "2": self.files.choose,
            "3": self._certificate,
            "4": self.promise.offer,
            "5": self._defer,
            "6": self._sign,
            "8": self._take_paper,
            "Ctrl U": self._ask_source,
            "Alt M": self._exempt,
            "9": self._correct,
            "0": self._mark,
            "Space": self._look,
            "Del": self._drop,
        }
        if key in acts:
            acts[key](opened, asked)
        else:
            self._frame.say(f"{key} 在材料上没有用")

    def give(self, code: str, given: Sequence[Path | QImage]) -> None:
        """Take files that were dropped or pasted onto the row of ``code``, or say why not."""
        opened = self._desk.current
        if opened is None:
            return
        asked = opened.standard.requirement(code)
        why = refusal("2", asked, opened.case.evidence.get(code), opened.case)
        if not why and not opened.editable:
            why = opened.closed_because or "这件已经收下，材料不再改动"
        if not why and not given:
            why = "剪贴板里没有文件或图像，没有存。复制文件或截图后再按 Ctrl V"
        if why:
            self._frame.say(why)
        else:
            self.files.give(opened, asked, given)

    def turn_point(self, code: str, point: str, holds: object) -> None:
        """Record what was seen at one review point; None takes the answer back."""

        def change(case: Case) -> Case:
            if isinstance(holds, bool):
                return with_point(case, code, point, holds)
            held = case.evidence[code]
            points = {key: seen for key, seen in held.points.items() if key != point}
            return replace(case, evidence={**case.evidence, code: replace(held, points=points)})

        self._desk.edit(change)

    def date_paper(self, code: str, issued_on: date | None) -> None:
        """Record the day a paper bears."""
        self._desk.edit(lambda case: with_issue_day(case, code, issued_on))

    def _on_enter(self, opened: OpenCase, asked: Requirement) -> None:
        """Take the paper, confirm the points that were looked at, or go on."""
        held = opened.case.evidence.get(asked.code)
        if held is None:
            if asked.generated_from_form:
                self._sign(opened, asked)
            elif Way.PAPER in asked.ways and not asked.read_from_card:
                self._take_paper(opened, asked)
            else:
                self._next_gap()
            return
        looked_at = points_in_sight(asked, held.points)
        unseen = [point.code for point in looked_at if point.code not in held.points]
        if unseen and held.way in {Way.PAPER, Way.FILE, Way.SCAN} and opened.editable:
            seen = {**held.points, **dict.fromkeys(unseen, True)}
            self._desk.edit(
                lambda case: replace(
                    case, evidence={**case.evidence, asked.code: replace(held, points=seen)}
                )
            )
        by_hand = held.way in {Way.PAPER, Way.FILE, Way.SCAN}
        if by_hand and opened.editable and asked.ages and not held.issued_on:
            self.date_wanted.emit()
        else:
            self._next_gap()

    def _certificate(self, opened: OpenCase, asked: Requirement) -> None:
        opened.trouble.pop(asked.code, None)
        self._frame.open_certificates(
            opened.case, asked.code, lambda case: self._desk.apply(opened, case)
        )

    def _defer(self, opened: OpenCase, asked: Requirement) -> None:
        here = self._actions.here
        at = here.now()
        on = local_date(at)
        barred = deferral_bar(opened.standard, asked, opened.case, opened.verdict, on)
        if barred is not None:
            self._frame.say(why_not_later(asked.name, barred))
            return
        evidence = deferred(opened.standard, asked, here.calendar, here.session, at, on)
        if evidence.due_on is None:
            return

        def take() -> None:
            self._desk.edit(lambda case: with_evidence(case, asked.code, evidence))

        credit = self.credit.line_for(opened, CreditOccasion.DEFERRAL)
        self._frame.open_dialog(self._host, DeferralDialog(asked, evidence.due_on, take, credit))

    def _sign(self, opened: OpenCase, asked: Requirement) -> None:
        """Sign on the spot; for the application this means making it again, signed."""
        if asked.generated_from_form:
            self._desk.edit(lambda case: without_evidence(case, asked.code))
            self._desk.make_application()
            if asked.code not in opened.busy:
                self._frame.say("申请表还没填全，填好就自动生成。按 F4 看下一处")
            return

        def change(case: Case) -> Case:
            signed = replace(case.evidence[asked.code], signed=True, fault="")
            return replace(case, evidence={**case.evidence, asked.code: signed})

        self._desk.edit(change, undo_words=f"{asked.name}补签")

    def _take_paper(self, _opened: OpenCase, asked: Requirement) -> None:
        here = self._actions.here
        evidence = on_paper(asked, here.session, here.now())
        self._desk.edit(lambda case: with_evidence(case, asked.code, evidence))

    def _ask_source(self, _opened: OpenCase, asked: Requirement) -> None:
        self.shared.open(asked.code)

    def _exempt(self, _opened: OpenCase, asked: Requirement) -> None:
        here = self._actions.here

        def take() -> None:
            evidence = exempted(asked, here.session, here.now())
            self._desk.edit(
                lambda case: with_evidence(case, asked.code, evidence),
                undo_words=f"{asked.name}免提交",
            )

        self._frame.open_dialog(self._host, ExemptDialog(asked, take))

    def _mark(self, opened: OpenCase, asked: Requirement) -> None:
        if opened.case.evidence[asked.code].fault:
            self._desk.edit(lambda case: with_fault(case, asked.code, ""))
            return
        self._frame.open_dialog(
            self._host,
            ReasonDialog(
                f"标不合规：{asked.name}",
                "写明哪里不合规，这句话会写进告知书",
                lambda why: self._desk.edit(lambda case: with_fault(case, asked.code, why)),
                words="标不合规",
            ),
        )

    def _look(self, opened: OpenCase, asked: Requirement) -> None:
        files = opened.case.evidence[asked.code].files

        def pages() -> Sequence[PageImage]:
            drawn = (self._actions.files.pages(file, PAGE_WIDTH) for file in files)
            return tuple(page for of_file in drawn for page in of_file)

        self._frame.open_dialog(self._host, PagesDialog(asked.name, self._jobs, pages))

    def _correct(self, opened: OpenCase, asked: Requirement) -> None:
        """Note an obvious slip that was put right on the paper (当场更正)."""
        here, signer = self._actions.here, _who_stands_here(opened.case)

        def take(what: str, who: str) -> None:
            self._desk.edit(
                lambda case: corrected(case, asked, what, who, here.session, here.now())
            )
            self._frame.say(f"{asked.name}当场更正已记下")

        self._frame.open_dialog(self._host, SpotDialog(asked.name, signer, take))

    def _drop(self, _opened: OpenCase, asked: Requirement) -> None:
        here = self._actions.here

        def change(case: Case) -> Case:
            return without_evidence(torn_up(case, asked.code, here.session, here.now()), asked.code)

        self._desk.edit(change, undo_words=f"去掉{asked.name}")
        self._frame.say(f"已去掉{asked.name}，Ctrl Z 撤回")

    def why_not_agree(self) -> str:
        """Why nobody can agree to one later check; empty where the holder stands here and may."""
        opened = self._desk.current
        if opened is None:
            return "还没有开件。放上身份证，或按 F2 搜事项"
        if opened.editable and agreeable(opened.standard, opened.case):
            return ""
        if any(one.unasked and not one.unasked.consent_at for one in opened.case.evidence.values()):
            return "持证人没有登记在本件上，或不在场，不能替他同意。先登记申请人，或以后由人核验"
        return "没有证照库不通时收的材料，不用同意"

    def agree_to_later_check(self) -> None:
        """Note the holder's word that the library may be asked once when it is back (Alt V)."""
        if not self.why_not_agree():
            self._desk.edit(self._actions.agree_to_later_check, undo_words="同意通了再核一次")
            self._frame.say("已记：证照库通了自动再核一次，Ctrl Z 撤回")


def _who_stands_here(case: Case) -> str:
    """The name of the handler, the representative or the applicant, whoever it is."""
    applicant = case.applicant
    if case.handler is not None:
        return case.handler.party.name
    if applicant is not None and applicant.representative is not None:
        return applicant.representative.name
    return case.applicant_name
