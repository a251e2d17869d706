"""Cases, people and papers of the window's tests: plain values."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from clerk.domain.case import (
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
)
from clerk.domain.case_list import (
    CaseLine,
    Deliveries,
)
from clerk.domain.certificate import AuthorisationMode, CertificateStatus, CertificateUse, Holder
from clerk.domain.deadlines import WorkCalendar, calendar_from
from clerk.domain.findings import Headline, NextAct, Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Account, Role, Session
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.party import Applicant, Party, PartyKind, Source
from clerk.domain.standard import ItemStandard, Way
from clerk.domain.standard_parsing import standard_from

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
