"""An invented hall in memory for the tests of 办件, 今日 and 审批: plain functions, no store."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from clerk.domain.act_rules import acts_on
from clerk.domain.alarms import AlarmLine
from clerk.domain.case import (
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
    Decision,
    FieldValue,
    HandOut,
    InternalReturn,
)
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import (
    MARK_ROWS,
    CaseLine,
    CaseQuery,
    CaseView,
    Deliveries,
    ListExtent,
    Today,
)
from clerk.domain.certificate import AuthorisationMode, CertificateStatus, CertificateUse, Holder
from clerk.domain.counter import Counter
from clerk.domain.course import CaseRules
from clerk.domain.deadlines import WorkCalendar, calendar_from
from clerk.domain.errors import ClerkError, NotAcceptable
from clerk.domain.findings import Headline, NextAct, Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Account, Role, Session
from clerk.domain.late_paper_code import LatePaperCode
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.party import Applicant, Party, PartyKind, Source
from clerk.domain.receiving import Receiving
from clerk.domain.standard import ItemStandard, Way
from clerk.domain.standard_parsing import standard_from
from clerk.domain.tasks import TaskLine
from clerk.ui.actions import CaseActions, FileActions, Here, LatePaperActions
from clerk.ui.main_window import MainWindow
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from tests.ui.examples import case_rules
from tests.ui.pin_world import Pin

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 18)
ID_NUMBER = "990123198803120010"
"""Its check digit is right; area code 990123 belongs to nobody."""


def food() -> ItemStandard:
    """The starter standard of 食品经营许可新办, delegated to counter 3 and decided by a chief."""
    path = ROOT / "resources/standards/food_business_permit/2025-01-01.toml"
    return standard_from(tomllib.loads(path.read_text(encoding="utf-8")))


def calendar() -> WorkCalendar:
    """The shipped calendar of 2026."""
    path = ROOT / "resources/calendar/2026.toml"
    return calendar_from([tomllib.loads(path.read_text(encoding="utf-8"))])


def session(*roles: Role, account_id: str = "zhou", name: str = "周模拟") -> Session:
    """Somebody of the practice hall, signed in at counter 3."""
    mandate = None
    if Role.CHIEF_REPRESENTATIVE in roles:
        mandate = ApprovalMandate(
            number="示授〔2026〕1 号",
            department="示例县行政审批服务局",
            items=frozenset({"food_business_permit"}),
            from_on=date(2026, 1, 1),
            until_on=date(2026, 12, 31),
        )
    return Session(
        account=Account(
            account_id=account_id,
            display_name=name,
            roles=frozenset(roles or {Role.WINDOW_CLERK}),
            mandates=(mandate,) if mandate else (),
        ),
        counter_code="03",
        counter_name="3 号窗",
        signed_in_at=NOW,
    )


def person(name: str, number: str = ID_NUMBER) -> Party:
    """A person read from a card."""
    return Party(
        kind=PartyKind.SOLE_TRADER,
        name=name,
        id_kind=IdKind.RESIDENT_ID,
        id_number=number,
        source=Source.ID_CARD,
        identified_at=NOW,
    )


def line(number: int, **changes: object) -> CaseLine:
    """A line of the list, under review and due in three working days."""
    base = CaseLine(
        case_id=UUID(int=number + 1),
        state=CaseState.UNDER_REVIEW,
        label=f"20260316-{number:04}",
        provisional=False,
        applicant_name="示例县青石餐馆",
        item_code="food_business_permit",
        item_name="食品经营许可新办",
        with_whom="郑范例（首席代表）",
        clerk="周模拟",
        opened_at=NOW - timedelta(days=2),
        received_at=NOW - timedelta(days=2),
        accepted_at=NOW - timedelta(days=2),
        next_due_on=date(2026, 3, 23),
        due_on=date(2026, 3, 23),
        statutory_due_on=date(2026, 3, 30),
        dates_estimated=False,
        returned=False,
        deferred=False,
        undelivered=0,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # only a test's own keywords


def event(kind: CaseEventKind, hours_ago: float, who: str = "周模拟", **detail: str) -> CaseEvent:
    """Something that happened so many hours ago."""
    return CaseEvent(
        kind=kind, at=NOW - timedelta(hours=hours_ago), actor="zhou", actor_name=who, detail=detail
    )


def a_file(name: str) -> StoredFile:
    """A scanned page."""
    return StoredFile(
        sha256=name.encode().hex().ljust(64, "0")[:64],
        name=name,
        media_type="image/png",
        size_bytes=1000,
        pages=1,
    )


def scanned(name: str) -> Evidence:
    """A scanned material."""
    return Evidence(way=Way.SCAN, origin=Origin.SCANNED, at=NOW, by="周模拟", files=(a_file(name),))


def licence() -> Evidence:
    """A business licence from the library."""
    return Evidence(
        way=Way.CERTIFICATE,
        origin=Origin.LIBRARY,
        at=NOW,
        by="周模拟",
        files=(a_file("licence"),),
        certificate=CertificateUse(
            certificate_id="1.2.156.3005.2.990123.1",
            type_code="11100000000013338W001",
            type_name="营业执照",
            number="92990123MA00TE5T2G",
            holder_name="示例县青石餐馆",
            holder=Holder(name="示例县青石餐馆", id_type="001", id_number="92990123MA00TE5T2G"),
            issuer_name="示例县市场监督管理局",
            valid_until_on=None,
            status=CertificateStatus.VALID,
            authorisation_id="A1",
            mode=AuthorisationMode.CODE,
            fetched_at=NOW,
            fields={},
        ),
    )


def case_of(of: CaseLine, **changes: object) -> Case:
    """The whole case behind a line."""
    standard = food()
    base = Case(
        case_id=of.case_id,
        version=3,
        state=of.state,
        item_code=of.item_code,
        item_name=of.item_name,
        standard_version=standard.version,
        opened_at=of.opened_at,
        counter_code="03",
        clerk="zhou",
        clerk_name="周模拟",
        applicant=Applicant(party=person(of.applicant_name), representative=person("张示例")),
        number=CaseNumber(text=of.label, query_code="1234", provisional=False)
        if of.label
        else None,
        received_at=of.received_at,
        accepted_at=of.accepted_at,
        due_on=of.due_on,
        statutory_due_on=of.statutory_due_on,
        dates_estimated=of.dates_estimated,
        with_whom=of.with_whom,
        events=(
            event(CaseEventKind.OPENED, 48.4),
            event(CaseEventKind.CARD_READ, 48.3, name="张示例"),
            event(CaseEventKind.CERTIFICATE_USED, 48.2, certificate="营业执照", mode="code"),
            event(CaseEventKind.RECEIVED, 48),
            event(CaseEventKind.ACCEPTED, 48, number=of.label),
            event(CaseEventKind.HANDED_OFF, 47.9, "县行政审批服务局"),
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # only a test's own keywords


def verdict() -> Verdict:
    """A check with nothing in it."""
    return Verdict(
        headline=Headline.ACCEPTABLE,
        act=NextAct.ACCEPT_AND_PASS_ON,
        findings=(),
        delegated=True,
        delegated_until="",
        asked=(),
        dropped=(),
        fields=(),
        questions=(),
    )


def nothing_to_deliver() -> Deliveries:
    """Everything was signed for."""
    return Deliveries(delivered=0, waiting=0, stuck=0, oldest_waiting_at=None, last_trouble="")


@dataclass
class World:
    """A hall whose cases are made when they are asked for, so there may be any number."""

    rows: int = 3
    special: dict[int, CaseLine] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    who: Session = field(default_factory=session)
    trouble: ClerkError | None = None
    asked: list[CaseQuery] = field(default_factory=list)
    pages: list[tuple[int, int, bool]] = field(default_factory=list)
    handed: list[tuple[str, str]] = field(default_factory=list)
    today_is: Today | None = None
    retried: int = 0
    done: list[tuple[CaseAct, ActWords]] = field(default_factory=list)
    alarms: list[AlarmLine] = field(default_factory=list)
    tasks: list[TaskLine] = field(default_factory=list)
    seen_alarms: list[UUID] = field(default_factory=list)
    too_many: bool = False
    now: datetime = NOW
    before_load: Callable[[], object] = lambda: None

    def here(self) -> Here:
        """Counter 3 of the invented hall."""
        standard = food()
        return Here(
            session=self.who,
            counter=Counter(
                code="03",
                name="3 号窗",
                hall="示例县政务服务中心",
                org_code="11990123MB0000019Y",
                phone="0999-8000001",
                address="示例县政务大道1号",
                practice=True,
            ),
            calendar=calendar(),
            now=lambda: self.now,
            new_id=lambda: UUID(int=99),
            standard=lambda _code, _version: standard,
        )

    def at(self, number: int) -> CaseLine:
        """The line at a place of the whole list."""
        return self.special.get(number) or line(number)

    def lines(self, query: CaseQuery) -> Sequence[int]:
        """Which of the lines a query has."""
        if query.view is CaseView.ALL and not query.text:
            return range(self.rows)
        wanted = {
            CaseView.RESULT_WAITING: CaseState.RESULT_WAITING,
            CaseView.DRAFTS: CaseState.DRAFT,
            CaseView.WITH_APPLICANT: CaseState.CORRECTION_DUE,
        }.get(query.view)
        return [
            number
            for number in range(min(self.rows, 300))
            if (wanted is None or self.at(number).state is wanted)
            and query.text in self.at(number).label + self.at(number).applicant_name
        ]

    def page(
        self, query: CaseQuery, after: CaseLine | None, offset: int, limit: int
    ) -> Sequence[CaseLine]:
        if self.trouble is not None:
            raise self.trouble
        self.asked.append(query)
        self.pages.append((offset, limit, after is not None))
        found = self.lines(query)
        first = offset
        if after is not None:
            first = next(n for n in found if self.at(n).case_id == after.case_id) + 1
        return [self.at(number) for number in found[first : first + limit]]

    def page_from_mark(
        self, query: CaseQuery, mark: bytes, behind: int, limit: int
    ) -> Sequence[CaseLine]:
        return self.page(query, None, int(mark) + behind, limit)

    def extent(self, query: CaseQuery) -> ListExtent:
        rows = self.count(query)
        marks = () if query.text else tuple(b"%d" % n for n in range(0, rows, MARK_ROWS))
        return ListExtent(rows=rows, complete=not self.too_many, marks=marks)

    def count(self, query: CaseQuery) -> int:
        return len(self.lines(query))

    def load(self, case_id: UUID) -> Case:
        self.before_load()
        known = self.cases.get(case_id)
        return known or case_of(self.at(case_id.int - 1))

    def hand_out(self, case: Case, receiving: Receiving) -> Case:
        if case.state is not CaseState.RESULT_WAITING:
            raise NotAcceptable("没有待领的结果")
        self.handed.append((receiving.name, receiving.id_number))
        row = case.case_id.int - 1
        self.special[row] = replace(self.at(row), state=CaseState.HANDED_OUT, with_whom="")
        handed = HandOut(
            at=NOW,
            by="zhou",
            receiver=receiving.name,
            receiver_id_number=receiving.id_number,
            way="window",
        )
        self.cases[case.case_id] = replace(case, state=CaseState.HANDED_OUT, hand_out=handed)
        return self.cases[case.case_id]

    def answer_return(self, case: Case) -> Case:
        row = case.case_id.int - 1
        self.special[row] = replace(self.at(row), returned=False, with_whom="郑范例（首席代表）")
        return replace(case, with_whom="郑范例（首席代表）")

    def today(self, on: date) -> Today:
        if self.trouble is not None:
            raise self.trouble
        assert on == TODAY
        assert self.today_is is not None
        return self.today_is

    def retry(self) -> int:
        self.retried += 1
        return self.retried

    def find_late(self, code: LatePaperCode) -> Case:
        if self.trouble is not None:
            raise self.trouble
        return next(case for case in self.cases.values() if case.label == code.number)

    def rules_of(self, case: Case) -> CaseRules:
        return case_rules(self.here().standard(case.item_code, case.standard_version))

    def do_act(self, case_id: UUID, act: CaseAct, words: ActWords) -> Case:
        if self.trouble is not None:
            raise self.trouble
        self.done.append((act, words))
        return self.cases[case_id]

    def actions(self) -> CaseActions:
        """What 办件 and 今日 are given."""
        return CaseActions(
            here=self.here(),
            page=self.page,
            page_from_mark=self.page_from_mark,
            extent=self.extent,
            count=self.count,
            load_case=self.load,
            today=self.today,
            hand_out=self.hand_out,
            answer_return=self.answer_return,
            rules=self.rules_of,
            offered_acts=lambda case: acts_on(self.rules_of(case), case, self.who, TODAY),
            keep_check_file=lambda _, name, __: a_file(name),
            do_act=self.do_act,
            pin=Pin().actions(),
            late=LatePaperActions(
                files=FileActions(
                    keep=lambda _, name, __: a_file(name), pages=lambda _file, _width: []
                ),
                scan=lambda: (b"PNG", "image/png"),
                find=self.find_late,
            ),
            alarms=lambda: self.alarms,
            see_alarms=self.seen_alarms.append,
            tasks=lambda: self.tasks,
            retry_deliveries=self.retry,
        )


def result_waiting(number: int) -> tuple[CaseLine, Case]:
    """A case whose permit lies at the window."""
    at_window = line(number, state=CaseState.RESULT_WAITING, with_whom="")
    decided = Decision(
        granted=True,
        opinion="材料齐全，准予许可。",
        at=NOW - timedelta(hours=3),
        by="zheng",
        by_name="郑范例",
        number="示审食〔2026〕31 号",
    )
    return at_window, case_of(at_window, decision=decided)


def returned(number: int) -> tuple[CaseLine, Case]:
    """A case the chief representative sent back."""
    back = line(number, returned=True, with_whom="周模拟")
    sent = InternalReturn(
        points=("LAYOUT_UNCLEAR",),
        materials=("LAYOUT",),
        remark="第 2 页扫得不清，重扫即可",
        at=NOW - timedelta(hours=1),
        by="郑范例",
    )
    return back, case_of(back, returns=(sent,))


def typed(value: str, replaced: str = "") -> FieldValue:
    """A value typed at the counter, over a sourced one where there was one."""
    return FieldValue(
        value=value,
        source=Source.TYPED,
        at=NOW,
        replaced=replaced,
        replaced_source=Source.CERTIFICATE if replaced else None,
    )


def in_window(jobs, on_screen, place, make_page, *, size=(1440, 868), undo_tick_ms=20):
    """Show the page that ``make_page(shell)`` makes in the real window; keep what is returned."""
    window = MainWindow(SignInPage(jobs, hall="示例县政务服务中心"))
    shell = Shell(window.acts, jobs, now=lambda: NOW, undo_tick_ms=undo_tick_ms)
    page = make_page(shell)
    shell.add_place(place, page)
    window.resize(*size)
    on_screen(window)
    window.show_shell(shell)
    shell.go(place)
    return window, shell, page
