"""People, sessions and cases of the practice hall as the tests of the domain take them.

The day is 2026-03-18, a Wednesday, nine o'clock in the hall.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from clerk import assets
from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.certificate import (
    AuthorisationMode,
    CertificateStatus,
    CertificateUse,
    Holder,
)
from clerk.domain.checking import check_case
from clerk.domain.clock import case_law
from clerk.domain.course import CaseRules
from clerk.domain.deadlines import calendar_from
from clerk.domain.findings import Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Account, Role, Session
from clerk.domain.kind_law import kind_laws_from
from clerk.domain.life import accept
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.party import Applicant, Handler, Mandate, MandateAct, Party, PartyKind, Source
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard, Way
from integrations.practice.people import (
    CHEN_YANSHI,
    NOODLE_SHOP,
    SCHOOL,
    ZHANG_SHILI,
    PracticeFirm,
    PracticePerson,
)
from tests.domain.starter_items import item

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 18)
CALENDAR = calendar_from(
    tomllib.loads(assets.read_text("resources", f"calendar/{year}.toml")) for year in (2025, 2026)
)
KIND_LAWS = kind_laws_from(
    tomllib.loads(assets.read_text("resources", name)) for name in assets.names("resources", "laws")
)
FOOD = item("food_business_permit")
TRADER = item("sole_trader_registration")
ALLOWANCE = item("old_age_allowance")
DISPATCH = item("labour_dispatch_permit")
WINDOW = "03"
CASE_ID = UUID("0199a000-0000-7000-8000-000000000001")
NUMBER = CaseNumber(text="20260318-0001", query_code="123456", provisional=False)
TEMPORARY = CaseNumber(text="LS03-20260318-001", query_code="", provisional=True)
LICENCE_TYPE = "11990123MB0000094P001"


def session(
    role: Role = Role.WINDOW_CLERK,
    *,
    account_id: str = "zhou",
    mandate: ApprovalMandate | None = None,
) -> Session:
    return Session(
        account=Account(
            account_id=account_id,
            display_name="周模拟",
            roles=frozenset({role}),
            mandates=(mandate,) if mandate else (),
        ),
        counter_code=WINDOW,
        counter_name="3 号窗",
        signed_in_at=NOW,
    )


def approval_mandate(**changed: object) -> ApprovalMandate:
    mandate = ApprovalMandate(
        number="示授〔2026〕1 号",
        department="示例县行政审批服务局",
        items=frozenset({FOOD.item_code, TRADER.item_code}),
        from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31),
    )
    return replace(mandate, **changed)  # type: ignore[arg-type]  # named by the test


def chief(mandate: ApprovalMandate | None = None, *, account_id: str = "zheng") -> Session:
    return session(
        Role.CHIEF_REPRESENTATIVE,
        account_id=account_id,
        mandate=mandate or approval_mandate(),
    )


CLERK = session()


def person(who: PracticePerson = ZHANG_SHILI) -> Party:
    """A person as the card reader tells him."""
    return Party(
        kind=PartyKind.PERSON,
        name=who.name,
        id_kind=IdKind.RESIDENT_ID,
        id_number=who.id_number,
        source=Source.ID_CARD,
        identified_at=NOW,
        address=who.address,
        sex="1" if who.sex == "男" else "2",
        birth_on=who.birth_on,
        id_valid_until_on=date(2039, 8, 1),
    )


def shop(firm: PracticeFirm = NOODLE_SHOP, kind: PartyKind = PartyKind.SOLE_TRADER) -> Party:
    """A body as it is typed."""
    return Party(
        kind=kind,
        name=firm.name,
        id_kind=IdKind.UNIFIED_CODE,
        id_number=firm.code,
        source=Source.TYPED,
        identified_at=NOW,
        address=firm.address,
    )


def school() -> Party:
    return shop(SCHOOL, PartyKind.INSTITUTION)


def mandate_of(*acts: MandateAct, signed: bool = True, **changed: object) -> Mandate:
    mandate = Mandate(
        acts=frozenset(acts), from_on=TODAY, until_on=date(2026, 6, 30), signed=signed
    )
    return replace(mandate, **changed)  # type: ignore[arg-type]  # named by the test


def applicant_of(case: Case) -> Applicant:
    """Whoever asks; a case without anybody fails the test."""
    assert case.applicant is not None
    return case.applicant


def handler(mandate: Mandate) -> Handler:
    return Handler(party=person(CHEN_YANSHI), relation="员工", mandate=mandate)


def answered(case: Case, **answers: str) -> Case:
    for question, option in answers.items():
        case = intake.with_answer(case, question, option, NOW)
    return case


def typed(case: Case, values: Mapping[str, str]) -> Case:
    for field, value in values.items():
        case = intake.with_value(case, field, value, NOW)
    return case


def draft(standard: ItemStandard = FOOD) -> Case:
    return intake.new_case(CASE_ID, standard, CLERK, NOW)


def scan(name: str = "扫描件.png", pages: int = 1) -> StoredFile:
    return StoredFile(
        sha256="ab" * 32, name=name, media_type="image/png", size_bytes=1000, pages=pages
    )


def with_paper(standard: ItemStandard, case: Case, code: str) -> Case:
    """Lay the paper on the desk and look at each of its points."""
    asked = standard.requirement(code)
    case = intake.with_evidence(case, code, intake.on_paper(asked, CLERK, NOW))
    for point in asked.review_points:
        case = intake.with_point(case, code, point.code, True)
    return case


def licence_use(**changed: object) -> CertificateUse:
    """The noodle shop's licence as the library gave it for this case."""
    use = CertificateUse(
        certificate_id="1.2.156.3005.2.X",
        type_code=LICENCE_TYPE,
        type_name="营业执照",
        number=NOODLE_SHOP.code,
        holder_name=NOODLE_SHOP.name,
        holder=Holder(name=NOODLE_SHOP.name, id_type="001", id_number=NOODLE_SHOP.code),
        issuer_name="示例县市场监督管理局",
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorisation_id="SQ-1",
        mode=AuthorisationMode.CODE,
        fetched_at=NOW,
        fields={
            "名称": NOODLE_SHOP.name,
            "统一社会信用代码": NOODLE_SHOP.code,
            "经营者": ZHANG_SHILI.name,
            "经营场所": NOODLE_SHOP.address,
        },
    )
    return replace(use, **changed)  # type: ignore[arg-type]  # named by the test


def with_licence(case: Case, use: CertificateUse | None = None) -> Case:
    """Let the library's licence stand for the paper."""
    evidence = intake.from_certificate(use or licence_use(), (scan(),), CLERK, NOW)
    return intake.with_evidence(case, "LICENCE", evidence)


FOOD_VALUES = {
    "phone": ZHANG_SHILI.phone,
    "premises": NOODLE_SHOP.address,
    "warehouse": "无",
    "area": "46",
    "staff": "3",
    "opening_on": "2026-04-01",
    "safety_officer": "张示例",
    "delivery": "短信 + 窗口领取",
}


def rules(standard: ItemStandard = FOOD) -> CaseRules:
    law = case_law(standard, KIND_LAWS[standard.law_kind])
    return CaseRules(standard=standard, law=law, calendar=CALENDAR)


def noodle_shop_begun() -> Case:
    """The noodle shop asks for its food permit; everything is known, no paper is there yet."""
    case = intake.with_person(draft(), person(), FOOD.applicant_kinds)
    case = intake.with_body(case, shop())
    case = answered(case, business="catering", dishes="hot", online="no")
    return prefilled(FOOD, typed(case, FOOD_VALUES), NOW, CALENDAR)


def noodle_shop_complete() -> Case:
    """The same with every paper on the desk and looked at."""
    case = noodle_shop_begun()
    for code in ("LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES"):
        case = with_paper(FOOD, case, code)
    made = intake.made_by_system(scan("申请书.pdf"), CLERK, NOW)
    return intake.with_evidence(case, "APPLICATION", made)


def accepted_case(case: Case | None = None, law: CaseRules | None = None) -> Case:
    """The noodle shop's case after 受理 at window 03 on 2026-03-18, under its own law by default."""
    complete = case or noodle_shop_complete()
    return accept(law or rules(), complete, check(complete), NUMBER, CLERK, NOW)


def check(case: Case, standard: ItemStandard = FOOD, on: date = TODAY) -> Verdict:
    return check_case(standard, case, WINDOW, on, CALENDAR)


def held(way: Way = Way.PAPER, origin: Origin = Origin.HANDED_IN, **changed: object) -> Evidence:
    evidence = Evidence(way=way, origin=origin, at=NOW, by="zhou", originals=1, copies=1)
    return replace(evidence, **changed)  # type: ignore[arg-type]  # named by the test
