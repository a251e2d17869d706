"""A small counter for panel tests: the starter catalogue, plain functions, everything in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from threading import Event
from uuid import UUID

from clerk.domain.advice import Advice, advise
from clerk.domain.case import Case, Notice
from clerk.domain.case_list import CaseLine, EarlierValue
from clerk.domain.certificate import CertificateStatus
from clerk.domain.certificate_recheck import agreed_to_later_check
from clerk.domain.certificate_status import StatusRead, certificates_held
from clerk.domain.checking import check_case
from clerk.domain.counter import Counter
from clerk.domain.course import CaseRules
from clerk.domain.credit import CreditAnswer, CreditOccasion, CreditOutcome
from clerk.domain.credit_gate import subject_of
from clerk.domain.days import local_date
from clerk.domain.duplicates import Alike
from clerk.domain.errors import BadInput, ClerkError, NoCard
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import CaseNumber
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Account, Role, Session
from clerk.domain.intake import new_case
from clerk.domain.item_search import ItemHit
from clerk.domain.life import accept, decline, notify_once, receive
from clerk.domain.material import SignedLetter, StoredFile
from clerk.domain.notice_points import notice_points
from clerk.domain.prefill import prefilled
from clerk.domain.referral import Referral
from clerk.domain.reuse import LeftPaper
from clerk.domain.shared_asking import subject_of as shared_subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.domain.standard import ItemStandard
from clerk.domain.step_times import Step
from clerk.ui.actions import AdviceActions, AheadActions, FileActions, Here, IntakeActions
from clerk.ui.documents_printer import Printers
from clerk.ui.guide_actions import GuideActions
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.widgets import open_dialog
from tests.ui.example_cases import as_hit, line_of, with_licence
from tests.ui.example_values import (
    BAD_RECORD,
    NOW,
    case_rules,
    page_picture,
    standard,
    stored_file,
    work_calendar,
)
from tests.ui.signing_world import SigningDesk


class SmallCounter:
    """What the use cases do, with a dictionary for a store; knobs say what goes wrong."""

    def __init__(self, *, counter_code: str = "03", items: Sequence[str] = ()) -> None:
        codes = items or ("food_business_permit", "sole_trader_registration")
        self.standards = {code: standard(code) for code in codes}
        self.signing = SigningDesk()
        self.stored: dict[UUID, Case] = {}
        self.destroyed: list[UUID] = []
        self.kept: list[tuple[bytes, str, str]] = []
        self.earlier: list[EarlierValue] = []
        self.alike = Alike()
        self.left: list[LeftPaper] = []
        self.reused: list[LeftPaper] = []
        self.reuse_trouble: ClerkError | None = None
        self.advised: list[Advice] = []
        self.printer: Printers | None = None
        self.shared_says = SharedOutcome.FOUND
        self.card: IdCard | None = None
        self.reader_trouble: ClerkError | None = None
        self.scan_trouble: ClerkError | None = None
        self.save_trouble: ClerkError | None = None
        self.take_in_trouble: ClerkError | None = None
        self.remarks: Mapping[str, str] = {}
        self.measured: Mapping[Step, int] | None = None
        self.faces: list[str] = []
        self.guide = GuideActions(save_face=self.faces.append)
        self.said: list[str] = []
        self.saved_words: list[str] = []
        self.papers: list[Case] = []
        self.dialogs: list[object] = []
        self.waiting: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self.saves = 0
        self.credit = CreditOutcome.GOOD
        self.asked_credit: list[str] = []
        self.credit_waits = Event()
        self.credit_waits.set()
        self.letter_waits = Event()
        self.letter_waits.set()
        self.file_waits = Event()
        self.file_waits.set()
        self.drawn_ahead: list[NextAct] = []
        self.statuses_read = 0
        self.status_now = CertificateStatus.VALID
        self.library_trouble: ClerkError | None = None
        self.page = page_picture()
        self._numbers, self._ids = count(37), count(1)
        self.calendar = work_calendar()
        account = Account(
            account_id="zhou", display_name="周模拟", roles=frozenset({Role.WINDOW_CLERK})
        )
        self.session = Session(
            account=account, counter_code=counter_code, counter_name="3 号窗", signed_in_at=NOW
        )
        self.here = Here(
            session=self.session,
            counter=Counter(
                code=counter_code,
                name="3 号窗",
                hall="示例县政务服务中心",
                org_code="990123",
                phone="0000-0000000",
                address="示例县云溪镇",
                practice=True,
            ),
            calendar=self.calendar,
            now=lambda: NOW,
            new_id=self.new_id,
            standard=lambda code, _version: self.standards[code],
        )

    def new_id(self) -> UUID:
        return UUID(int=next(self._ids))

    def find_items(self, text: str) -> Sequence[ItemHit]:
        found = [one for one in self.standards.values() if text in one.name or text in "spjyxk"]
        return [as_hit(one) for one in found]

    def open_case(self, item_code: str) -> Case:
        item = self.standards[item_code]
        return prefilled(item, new_case(self.new_id(), item, self.session, NOW), NOW, self.calendar)

    def prefill(self, case: Case) -> Case:
        return prefilled(self.standards[case.item_code], case, NOW, self.calendar)

    def check(self, case: Case):
        item = self.standards[case.item_code]
        return check_case(item, case, self.session.counter_code, local_date(NOW), self.calendar)

    def save_draft(self, case: Case) -> Case:
        if self.save_trouble is not None:
            raise self.save_trouble
        self.saves += 1
        saved = replace(case, version=case.version + 1)
        self.stored[case.case_id] = saved
        return saved

    def drafts(self) -> Sequence[CaseLine]:
        return [line_of(case) for case in self.stored.values()]

    def destroy_draft(self, case: Case) -> None:
        self.stored.pop(case.case_id, None)
        self.destroyed.append(case.case_id)

    def read_card(self) -> IdCard:
        if self.reader_trouble is not None:
            raise self.reader_trouble
        if self.card is None:
            raise NoCard("读卡器上没有卡，草稿没有变。放上身份证再读")
        return self.card

    def scan(self) -> tuple[bytes, str]:
        if self.scan_trouble is not None:
            raise self.scan_trouble
        return b"%PDF-scan", "application/pdf"

    def keep(self, content: bytes, name: str, media_type: str) -> StoredFile:
        """Keep a file; it may be looked at for as long as ``file_waits`` says."""
        self.file_waits.wait(20)
        if content.endswith(b"damaged"):
            raise BadInput("这个文件打不开，没有保存")
        self.kept.append((content, name, media_type))
        return stored_file(name)

    def sign_letter(self, _case: Case, code: str) -> SignedLetter:
        """The letter as signed; it may be kept waiting by ``letter_waits``."""
        self.letter_waits.wait(20)
        return SignedLetter(
            template="commitment",
            template_sha256="0" * 64,
            text_sha256="1" * 64,
            offered_at=NOW,
            signed_at=NOW,
            signer="张示例",
            docx=stored_file(f"{code}.docx"),
            pdf=stored_file(f"{code}.pdf"),
        )

    def rules(self, item: ItemStandard) -> CaseRules:
        return case_rules(item, self.calendar)

    def take_in(self, case: Case, act: NextAct, seconds: Mapping[Step, int] | None = None) -> Case:
        self.measured = seconds
        if self.take_in_trouble is not None:
            raise self.take_in_trouble
        number = CaseNumber(
            text=f"990123-0318-{next(self._numbers):04}", query_code="4821", provisional=False
        )
        item = self.standards[case.item_code]
        if act is NextAct.ACCEPT_AND_PASS_ON:
            done = accept(self.rules(item), case, self.check(case), number, self.session, NOW)
        else:
            done = receive(self.rules(item), case, number, self.session, NOW)
        self.stored[case.case_id] = done
        return done

    def notify_once(self, case: Case, remarks: Mapping[str, str]) -> Case:
        self.remarks = remarks
        number = CaseNumber(text="990123-0318-0099", query_code="1", provisional=False)
        told = Notice(
            points=notice_points(self.check(case)),
            remarks=remarks,
            at=NOW,
            reply_by_on=date(2026, 3, 25),
        )
        rules = self.rules(self.standards[case.item_code])
        done = notify_once(rules, case, number, told, None, self.session)
        self.stored[case.case_id] = done
        return done

    def decline(self, case: Case, code: str, referral: Referral) -> Case:
        item = self.standards[case.item_code]
        reason = next(one for one in item.decline_reasons if one.code == code)
        done = decline(self.rules(item), case, reason, referral, self.session, NOW)
        self.stored[case.case_id] = done
        return done

    def advice_sheet(self, told: Advice) -> bytes:
        """Draw what to bring: kept, to be looked at."""
        self.advised.append(told)
        return b"%PDF-"

    def use_left(self, _case: Case, papers: Sequence[LeftPaper]) -> None:
        """Note what is used again, unless ``reuse_trouble`` says why not."""
        if self.reuse_trouble is not None:
            raise self.reuse_trouble
        self.reused += papers

    def take_back_left(self, _case: Case, papers: Sequence[LeftPaper]) -> None:
        self.left = [one for one in self.left if one not in papers]

    def ask_shared_data(
        self, case: Case, source: SharedSource, basis: SharedBasis, reason: str
    ) -> SharedAnswer:
        """What a source of shared data says: ``shared_says``."""
        found = self.shared_says is SharedOutcome.FOUND
        party = shared_subject_of(case, source)
        return SharedAnswer(
            source=source,
            outcome=self.shared_says,
            about=party.id_number if party else "",
            at=NOW,
            basis=basis,
            reason=reason,
            record_number="TAX-0001" if found else "",
            values={"清税状态": "已结清"} if found else {},
        )

    def ask_credit(self, case: Case, _occasion: CreditOccasion) -> CreditAnswer:
        """What the credit source says; it may be kept waiting by ``credit_waits``."""
        self.credit_waits.wait(20)
        self.asked_credit.append(case.applicant_name)
        bad = self.credit is CreditOutcome.BAD
        return CreditAnswer(
            outcome=self.credit,
            about=subject_of(case).id_number,
            at=NOW,
            records=(BAD_RECORD,) if bad else (),
        )

    def read_statuses(self, case: Case) -> tuple[StatusRead, ...]:
        """What the library says now of every certificate of the case: ``status_now``."""
        self.statuses_read += 1
        if self.library_trouble is not None:
            raise self.library_trouble
        return tuple(
            StatusRead(
                material=code,
                certificate_id=use.certificate_id,
                status=self.status_now,
                valid_until_on=use.valid_until_on,
                at=self.here.now(),
            )
            for code, use in certificates_held(case).items()
        )

    def actions(self) -> IntakeActions:
        return IntakeActions(
            here=self.here,
            files=FileActions(keep=self.keep, pages=lambda _file, _width: [self.page]),
            find_items=self.find_items,
            open_case=self.open_case,
            prefill=self.prefill,
            read_statuses=self.read_statuses,
            agree_to_later_check=lambda case: agreed_to_later_check(
                self.standards[case.item_code], case, self.session, NOW
            ),
            check=self.check,
            save_draft=self.save_draft,
            load_case=lambda case_id: self.stored[case_id],
            drafts=self.drafts,
            destroy_draft=self.destroy_draft,
            earlier_values=lambda _case: self.earlier,
            alike=lambda _case: self.alike,
            left_papers=lambda _case: tuple(self.left),
            use_left=self.use_left,
            take_back_left=self.take_back_left,
            ask_shared_data=self.ask_shared_data,
            card_present=lambda: self.card is not None,
            read_card=self.read_card,
            scan=self.scan,
            application=lambda _case: stored_file("申请书.pdf", pages=2),
            letter_preview=lambda _case, _code: [self.page],
            sign_letter=self.sign_letter,
            signing=self.signing.actions(),
            ask_credit=self.ask_credit,
            notice_preview=lambda _case, _remarks: [self.page],
            decline_preview=lambda _case, _reason, _body: [self.page],
            take_in=self.take_in,
            notify_once=self.notify_once,
            decline=self.decline,
            ahead=AheadActions(
                letter=lambda _case, _code: None,
                papers=lambda _case, act, _width: self.drawn_ahead.append(act),
            ),
            advice=AdviceActions(
                here=self.here,
                standard=lambda code: self.standards[code],
                advise=lambda item, inquiry: advise(item, inquiry, local_date(NOW)),
                document=self.advice_sheet,
                pages=lambda _pdf, _width: [],
                printers=self.printer,
            ),
            guide=self.guide,
        )

    def frame(self, **changed) -> IntakeFrame:
        def offer_undo(what, *, commit, undo, seconds=5):
            self.said.append(f"{seconds} 秒后生效：{what}")
            self.waiting.append((commit, undo))

        def open_and_keep(host, dialog) -> None:
            self.dialogs.append(dialog)
            open_dialog(host, dialog)

        given = {
            "open_certificates": self.open_certificates,
            "show_papers": self.papers.append,
            "offer_undo": offer_undo,
            "commit_waiting": self.commit_waiting,
            "say": self.said.append,
            "show_saved": self.saved_words.append,
            "open_dialog": open_and_keep,
            "choose_path": lambda _host: None,
        }
        return IntakeFrame(**{**given, **changed})

    def commit_waiting(self) -> None:
        """Let the decision that waits take effect, as the strip does."""
        if self.waiting:
            commit, _ = self.waiting.pop()
            commit()

    def take_back(self) -> None:
        _, undo = self.waiting.pop()
        undo()

    def open_certificates(self, case, code, done) -> None:
        """Stand in for the picker: the licence is found and used at once."""
        done(with_licence(case, code, self.session))
