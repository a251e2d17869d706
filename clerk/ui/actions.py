"""What the panels may ask for: use cases as callables, each with the lane it must run in.

Every callable may raise ``ClerkError``. A name in capitals behind it is the lane; a callable
without one answers at once from memory and may be called by the window itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from uuid import UUID

from clerk.domain.advice import Advice, Inquiry
from clerk.domain.alarms import AlarmLine
from clerk.domain.batch import Batch, BatchDone
from clerk.domain.blanks import BlankStock
from clerk.domain.bundles import Bundle, Gathering, LineOutcome
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct, OfferedAct
from clerk.domain.case_list import CaseLine, CaseQuery, EarlierValue, ListExtent, Today
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateSummary,
    CertificateUse,
)
from clerk.domain.certificate_making import CertificateOffer
from clerk.domain.certificate_matching import CertificateLook, HolderRelation, Matches
from clerk.domain.certificate_status import StatusRead
from clerk.domain.counter import Counter
from clerk.domain.course import CaseRules
from clerk.domain.credit import CreditAnswer, CreditOccasion
from clerk.domain.day_sheet import DaySection, DaySheet, SignedSheet
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.duplicates import Alike
from clerk.domain.file_review import FileReview
from clerk.domain.findings import NextAct, Verdict
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Session
from clerk.domain.issued import IssuedPaper, PageImage
from clerk.domain.item_search import ItemHit
from clerk.domain.late_paper_code import LatePaperCode
from clerk.domain.material import SignedLetter, StoredFile
from clerk.domain.office import OfficeRules
from clerk.domain.pin import PinState
from clerk.domain.quoted import QuotedValue
from clerk.domain.receiving import Receiving
from clerk.domain.referral import Referral
from clerk.domain.reuse import LeftPaper
from clerk.domain.review import PointOutcome
from clerk.domain.secret import Secret
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedSource
from clerk.domain.standard import ItemStandard
from clerk.domain.tasks import TaskLine
from clerk.domain.visits import VisitLine
from clerk.ui.count_actions import CountActions
from clerk.ui.documents_printer import Printers
from clerk.ui.guide_actions import GuideActions, TakeIn
from clerk.ui.print_actions import PrintActions
from clerk.ui.seal_actions import SealActions
from clerk.ui.signing_actions import SigningActions
from clerk.values import dataclass

ExportCases = Callable[[CaseQuery, str, str, Callable[[int, int], bool]], int | None]
"""Query, purpose, path, and what is told how many of how many are written and says whether to go
on; how many the list has, None where it was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where and who we are, and the time."""

    session: Session
    counter: Counter
    calendar: WorkCalendar
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    standard: Callable[[str, int], ItemStandard]
    """Item code and version → that version, in force or not."""
    office: OfficeRules = field(default_factory=OfficeRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileActions:
    """Files of the store."""

    keep: Callable[[bytes, str, str], StoredFile]  # content, name, media type; STORE or PAPER
    pages: Callable[[StoredFile, int], Sequence[PageImage]]  # file, width in pixels; PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadActions:
    """Papers drawn before they are asked for; everything in AHEAD, nothing is kept."""

    letter: Callable[[Case, str], None]  # requirement code; to be read, and as signed
    papers: Callable[[Case, NextAct, int], None]  # act, width in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceActions:
    """What 咨询 needs; nothing of it opens a case."""

    here: Here
    standard: Callable[[str], ItemStandard]  # item code → the version that counts today
    advise: Callable[[ItemStandard, Inquiry], Advice]
    document: Callable[[Advice], bytes]  # the PDF, for the printer; PAPER
    pages: Callable[[bytes, int], Sequence[PageImage]]  # width in pixels; PAPER
    printers: Printers | None = None  # None: the system's own


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeActions:
    """What 受理 needs."""

    here: Here
    files: FileActions
    find_items: Callable[[str], Sequence[ItemHit] | None]  # None: not ready yet
    open_case: Callable[[str], Case]  # item code → draft, prefilled; not stored yet
    prefill: Callable[[Case], Case]
    read_statuses: Callable[[Case], Sequence[StatusRead]]
    """Of the certificates whose status was not read lately; CERTIFICATES."""
    agree_to_later_check: Callable[[Case], Case]
    check: Callable[[Case], Verdict]
    save_draft: Callable[[Case], Case]  # returns it at its new version; STORE
    load_case: Callable[[UUID], Case]  # STORE
    drafts: Callable[[], Sequence[CaseLine]]  # my open drafts, newest first; STORE
    destroy_draft: Callable[[Case], None]  # STORE
    earlier_values: Callable[[Case], Sequence[EarlierValue]]  # of the case's person; STORE
    alike: Callable[[Case], Alike]  # of the case's applicant; STORE
    left_papers: Callable[[Case], Sequence[LeftPaper]]  # by the case's applicant; STORE
    use_left: Callable[[Case, Sequence[LeftPaper]], None]  # his word still stands; STORE
    take_back_left: Callable[[Case, Sequence[LeftPaper]], None]  # STORE
    card_present: Callable[[], bool]  # DEVICE
    read_card: Callable[[], IdCard]  # DEVICE
    scan: Callable[[], tuple[bytes, str]]  # a whole file and its media type; DEVICE
    application: Callable[[Case], StoredFile]  # 申请书 from the form; PAPER
    letter_preview: Callable[[Case, str], Sequence[PageImage]]  # requirement code; PAPER
    sign_letter: Callable[[Case, str], SignedLetter]  # on paper; requirement code; PAPER
    signing: SigningActions
    ask_shared_data: Callable[[Case, SharedSource, SharedBasis, str], SharedAnswer]
    """Of whom the case is about, by the right that is named; CERTIFICATES."""
    ask_credit: Callable[[Case, CreditOccasion], CreditAnswer]  # of its applicant; CERTIFICATES
    notice_preview: Callable[[Case, Mapping[str, str]], Sequence[PageImage]]  # remarks; PAPER
    decline_preview: Callable[[Case, str, Referral], Sequence[PageImage]]  # reason; PAPER
    take_in: TakeIn  # accept or receive; STORE
    notify_once: Callable[[Case, Mapping[str, str]], Case]  # remarks by subject; STORE
    decline: Callable[[Case, str, Referral], Case]  # reason code, to whom he is sent; STORE
    ahead: AheadActions
    advice: AdviceActions
    guide: GuideActions = field(default_factory=GuideActions)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateActions:
    """What 调证照 needs; everything in CERTIFICATES."""

    here: Here
    get_ready: Callable[[], None]
    """Starts what opens files, before one comes; PAGES."""
    leaves: Callable[[Case], Sequence[Authorisation]]
    """Given for this case and still running; in memory."""
    by_code: Callable[[Case, str, Secret], Authorisation]
    """Case, requirement code, the code shown."""
    ask: Callable[[Case, str, AuthorisationMode, str], Authorisation]
    """Case, requirement code, PHONE / ENTRUSTED / BY_DUTY, reason."""
    poll: Callable[[Case, Authorisation], Authorisation]
    duty_left: Callable[[], int]  # how often one may still call by duty today
    match: Callable[[Case, Authorisation, bool], Matches]
    """All materials at once; the flag asks the library again."""
    look: Callable[[Case, str, Authorisation, CertificateSummary], CertificateLook]
    """Fetches the file where it is not at hand."""
    picture: Callable[[Case, str, Authorisation, CertificateSummary, int, float], bytes]
    """A page counted from 1 and dots per inch, as PNG; PAGES."""
    use: Callable[
        [Case, str, Authorisation, CertificateSummary, HolderRelation | None, bool],
        tuple[CertificateUse, tuple[StoredFile, ...]],
    ]
    """Fetch, check, keep and report; the panel attaches the result to its draft."""
    cancel: Callable[[Case], None]
    """Closes the sockets of what is under way; returns at once."""
    drop: Callable[[Case, Authorisation, CertificateSummary], None]
    """Looked at and not used; told to the library."""
    initials: Callable[[str], str]
    """Pinyin initials of a Chinese text, its spellings apart by blanks."""
    modes: frozenset[AuthorisationMode] = frozenset(AuthorisationMode)
    """The ways of giving leave that this counter's library knows; no others are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperActions:
    """What 文书 needs."""

    here: Here
    make_due: Callable[[UUID], Sequence[IssuedPaper]]  # papers the state asks for; PAPER
    of_case: Callable[[UUID], Sequence[IssuedPaper]]  # STORE
    pages: Callable[[IssuedPaper, int], Sequence[PageImage]]  # width in pixels; PAPER
    save_as: Callable[[IssuedPaper, str], None]  # path chosen by the clerk; STORE
    prints: PrintActions
    document: Callable[[IssuedPaper], bytes]  # the PDF, for the printer; STORE
    quoted: Callable[[IssuedPaper], Sequence[QuotedValue]]  # with their origin; STORE
    signing: SigningActions
    seals: SealActions


@dataclass(frozen=True, slots=True, kw_only=True)
class PinActions:
    """The PIN at a decision (审批密码); ``hint`` is the practice hall's public one, else empty."""

    hint: str
    left_seconds: Callable[[], int]
    """How long one may still decide without typing it."""
    state: Callable[[], PinState]  # STORE
    open: Callable[[str], None]  # PIN; STORE
    set: Callable[[str, str], None]  # password, new PIN; STORE
    end: Callable[[], None]  # STORE, behind the decisions that wait


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchActions:
    """What 批量审批 needs."""

    allowed: Callable[[str], bool]
    """Whether a mandate of this person lets the item be decided many at once."""
    offer: Callable[[str], Batch]  # item code; STORE
    decide: Callable[[Batch, Sequence[UUID], str], BatchDone]  # chosen cases, opinion; STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalActions:
    """What 审批 needs."""

    here: Here
    files: FileActions
    queue: Callable[[], Sequence[CaseLine]]  # STORE
    load_case: Callable[[UUID], Case]  # STORE
    check: Callable[[Case], Verdict]
    to_look_at: Callable[[Case], Sequence[tuple[str, str, str]]]
    """(point code, what to look at, requirement code or empty), in order."""
    why_not: Callable[[Case], str]
    """Why this person may not decide it; empty where he may."""
    mandates: Callable[[], str]
    """What this person may decide now, in a line."""
    rules: Callable[[Case], CaseRules]
    answer_point: Callable[[Case, str, PointOutcome, str], Case]
    """Point code, what was found, remark; STORE."""
    decide: Callable[[Case, bool, str], Case]  # granted, opinion; STORE
    offer_statement: Callable[[Case, str], Case]  # reasons of the intended refusal; STORE
    pin: PinActions
    batch: BatchActions
    send_back: Callable[[Case, Sequence[str], Sequence[str], str], Case]
    """Return reasons, requirement codes, remark; STORE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePaperActions:
    """What taking in a late paper needs (收容缺补件)."""

    files: FileActions
    scan: Callable[[], tuple[bytes, str]]  # a whole file and its media type; DEVICE
    find: Callable[[LatePaperCode], Case]  # by the code on the notice; STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseActions:
    """What 办件 and 今日 need."""

    here: Here
    page: Callable[[CaseQuery, CaseLine | None, int, int], Sequence[CaseLine]]
    """Query, last line of the page before, offset, limit; STORE."""
    page_from_mark: Callable[[CaseQuery, bytes, int, int], Sequence[CaseLine]]
    """Query, mark of the extent, lines behind it, limit; STORE."""
    extent: Callable[[CaseQuery], ListExtent]  # COUNT
    count: Callable[[CaseQuery], int]  # COUNT
    export: ExportCases  # AHEAD
    load_case: Callable[[UUID], Case]  # STORE
    today: Callable[[date], Today]  # STORE
    hand_out: Callable[[Case, Receiving], Case]  # STORE
    answer_return: Callable[[UUID], Case]  # STORE
    rules: Callable[[Case], CaseRules]
    offered_acts: Callable[[Case], Sequence[OfferedAct]]
    do_act: Callable[[UUID, CaseAct, ActWords], Case]  # STORE
    keep_check_file: Callable[[bytes, str, str], StoredFile]  # content, name, media type; STORE
    late: LatePaperActions
    pin: PinActions
    alarms: Callable[[], Sequence[AlarmLine]]  # nobody has seen them yet; STORE
    see_alarms: Callable[[UUID], None]  # of one case; STORE
    tasks: Callable[[], Sequence[TaskLine]]  # of this person's roles; STORE
    hanging_prints: Callable[[], Sequence[tuple[str, str]]]  # applicant, paper; STORE
    retry_deliveries: Callable[[], int]  # how many messages are tried again; STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveActions:
    """What 归档 needs."""

    here: Here
    review: Callable[[UUID], FileReview]  # COUNT
    waiting: Callable[[], Sequence[UUID]]  # closed and not archived yet; COUNT
    last_folder: Callable[[], str]  # where this person put packages last, or empty; COUNT
    archive: Callable[[UUID, str, str], str]
    """Case, folder chosen, reason where a must fails → where the package lies; PAPER or AHEAD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingActions:
    """What 证照制作 needs; PAPER where nothing else is said."""

    here: Here
    offer: Callable[[UUID], CertificateOffer]  # case; STORE
    preview: Callable[[UUID, str, str, int], Sequence[PageImage]]  # blank, number, width
    make: Callable[[UUID, str, str], CertificateOffer]  # case, blank, number
    void: Callable[[UUID, str], CertificateOffer]  # case, reason; STORE
    pages: Callable[[UUID, int], Sequence[PageImage]]  # of the one it has, width in pixels
    document: Callable[[UUID], bytes]  # the PDF, for the printer; STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class DayActions:
    """What 日终核对, 空白证照台账 and 双公示 need."""

    here: Here
    sheet: Callable[[], DaySheet]  # STORE
    sign: Callable[[DaySheet, frozenset[DaySection]], SignedSheet]  # PAPER
    document: Callable[[SignedSheet], bytes]  # the PDF, for the printer; STORE
    pages: Callable[[StoredFile, int], Sequence[PageImage]]  # width in pixels; PAPER
    stocks: Callable[[], Sequence[BlankStock]]  # STORE
    receive_blanks: Callable[[str, str, str], Sequence[BlankStock]]  # kind, first, last; STORE
    use_blank: Callable[[str, str, str, str], Sequence[BlankStock]]
    """Kind, number, the case's number, the certificate's number; STORE."""
    spoil_blank: Callable[[str, str, str], Sequence[BlankStock]]  # kind, number, reason; STORE
    count_blanks: Callable[[str, int, str], Sequence[BlankStock]]  # kind, counted, reason; STORE
    publish: Callable[[date, date, str], int]  # first day, last day, path; rows; STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleActions:
    """What 批次上报, 收批次 and 批次名单 need; in STORE where nothing else is said."""

    here: Here
    to_hand_up: Callable[[], Sequence[Gathering]]
    hand_up: Callable[[str, Sequence[UUID], str], Bundle]  # level, cases, opinion
    open_bundles: Callable[[], Sequence[Bundle]]
    settle: Callable[[UUID, UUID, LineOutcome, str], Bundle]  # bundle, case, outcome, reason
    last: Callable[[], Sequence[Bundle]]  # the newest first
    make_roster: Callable[[UUID, bool], StoredFile]  # bundle, as it comes back; PAPER
    roster_pages: Callable[[StoredFile, int], Sequence[PageImage]]  # width in pixels; PAPER
    roster_document: Callable[[StoredFile], bytes]  # the PDF, for the printer


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitActions:
    """What 上门服务名单 needs."""

    visits: Callable[[], Sequence[VisitLine]]  # still to be made; STORE
    do_act: Callable[[UUID, CaseAct, ActWords], Case]  # STORE
    roster: Callable[[Sequence[VisitLine]], bytes]  # the PDF, for the printer; PAPER
    pages: Callable[[bytes, int], Sequence[PageImage]]  # of that PDF, width in pixels; PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How another system or a device stands; ``state`` is ready, warning, broken or absent."""

    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """What time and a new calendar brought: new alarms, terms with another last day.

    Not ``finished``: more open cases are to be counted, ask again.
    """

    alarms: int
    moved_terms: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """Everything a signed-in person's window may ask for."""

    intake: IntakeActions
    certificates: CertificateActions
    papers: PaperActions
    approval: ApprovalActions
    cases: CaseActions
    archive: ArchiveActions
    making: MakingActions
    connections: Callable[[], Sequence[Connection]]  # asks each peer once; BACK_OFFICE
    deliver: Callable[[], int]  # send what waits, take over events; how many moved; BACK_OFFICE
    load_setting: Callable[[str], str]  # per clerk; empty where unset; STORE
    save_setting: Callable[[str, str], None]  # STORE
    pass_time: Callable[[], TimePassed]  # what time alone has brought; STORE
    trust_the_clock: Callable[[], None]  # a person has compared it; STORE
    day: DayActions
    bundles: BundleActions
    visits: VisitActions
    counts: CountActions
