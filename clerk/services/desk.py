"""What a window has at hand: the frozen bundle that every use case takes first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clerk.documents.press import Press
from clerk.domain.call import Call
from clerk.domain.case import Case
from clerk.domain.clock import case_law
from clerk.domain.counter import Counter
from clerk.domain.course import CaseRules
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.findings import Verdict
from clerk.domain.identity import Session
from clerk.domain.kind_law import KindLaw
from clerk.domain.office import OfficeRules
from clerk.domain.standard import ItemStandard, LawKind
from clerk.domain.state_codes import StateCodeSet
from clerk.domain.window_profile import WindowProfile
from clerk.services.calls_under_way import CallsUnderWay
from clerk.services.certificate_memory import CertificateMemory
from clerk.services.last_round import LastRound
from clerk.services.last_verdict import LastVerdict
from clerk.services.lease import Leases
from clerk.services.library_watch import LibraryWatch
from clerk.services.ports import (
    BackOffice,
    CallTraces,
    CardReader,
    CertificateFiles,
    CertificateLibrary,
    Courier,
    CreditSource,
    MessageChannel,
    PaperSeal,
    Platform,
    Scanner,
    SharedData,
)
from clerk.services.standards_at_hand import MOST
from clerk.storage.engine import Store
from clerk.values import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Built once in ``app``; ``standard`` answers any published version, in force or not."""

    store: Store
    station: str
    counter: Counter
    calendar: WorkCalendar
    kind_laws: Mapping[LawKind, KindLaw]
    standard: Callable[[str, int], ItemStandard]
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    press: Press
    card_reader: CardReader
    scanner: Scanner
    certificates: CertificateLibrary
    certificate_files: CertificateFiles
    back_office: BackOffice
    platform: Platform
    courier: Courier | None = None
    credit: CreditSource | None = None
    messages: MessageChannel | None = None
    shared_data: SharedData | None = None
    call_traces: CallTraces | None = None
    paper_seal: PaperSeal | None = None
    """None: papers are sealed by hand, after they were printed."""
    state_codes: tuple[StateCodeSet, ...] = ()
    office: OfficeRules = field(default_factory=OfficeRules)
    profile: WindowProfile = field(default_factory=WindowProfile)
    checked: LastVerdict = field(default_factory=LastVerdict)
    leases: Leases = field(default_factory=Leases)
    rounds: LastRound = field(default_factory=LastRound, init=False, compare=False)
    calls: CallsUnderWay = field(default_factory=CallsUnderWay, init=False, compare=False)
    library: LibraryWatch = field(default_factory=LibraryWatch, init=False, compare=False)
    certificate_memory: CertificateMemory = field(
        default_factory=CertificateMemory, init=False, repr=False, compare=False
    )
    _rules: dict[tuple[str, int], CaseRules] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By item and version. A desk with another calendar or another law begins both anew."""

    def today(self) -> date:
        """Return the hall's day."""
        return local_date(self.now())

    def rules(self, case: Case) -> CaseRules:
        """Return what governs this case, under the version it was taken in."""
        standard = self.standard(case.item_code, case.standard_version)
        key = case.item_code, case.standard_version
        known = self._rules.get(key)
        if known is None or known.standard is not standard:
            law = case_law(standard, self.kind_laws[standard.law_kind])
            law = replace(law, deferral_pauses=self.office.deferral_pauses)
            known = CaseRules(
                standard=standard, law=law, calendar=self.calendar, office=self.office
            )
            if len(self._rules) >= MOST:
                self._rules.clear()  # a standard that nobody else keeps any more goes with it
            self._rules[key] = known
        return known

    def verdict(self, session: Session, case: Case) -> Verdict:
        """Return the check of the case as it stands, by the hall's day."""
        standard = self.standard(case.item_code, case.standard_version)
        return self.checked.of(standard, case, session.counter_code, self.today(), self.calendar)

    def call(self, session: Session, case_id: UUID | None, message_id: UUID | None = None) -> Call:
        """Say who calls, for which case; a repeat passes the message id it was stored under."""
        return Call(
            message_id=message_id or self.new_id(),
            case_id=case_id,
            account_id=session.account.account_id,
            display_name=session.account.display_name,
            counter_code=session.counter_code,
            sent_at=self.now(),
        )
