"""Drafts of the simulated day: everything there but what the certificate library may stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from benchmarks.counter import Counter
from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identifiers import IdKind
from clerk.domain.intake import (
    new_case,
    on_paper,
    with_answer,
    with_evidence,
    with_person,
    with_value,
    without_evidence,
)
from clerk.domain.material import Evidence
from clerk.domain.party import Party, PartyKind, Source
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard, Requirement
from integrations.practice.people import DISPATCH_COMPANY, LI_YANGBEN

ALLOWANCE = "old_age_allowance"
_ANSWERS = {"age_band": "from_80"}
_VALUES = {
    "sex": "女",
    "phone": LI_YANGBEN.phone,
    "contact_name": "陈演示",
    "contact_relation": "女儿",
    "bank": "示例县农村信用合作社",
    "account": "6200000099012300424",
    "living": "与家人同住",
    "household_income": "900",
}
_LICENCE = {
    "founded_on": DISPATCH_COMPANY.registered_on.isoformat(),
    "licence_scope": DISPATCH_COMPANY.scope,
    "registrar": "示例县市场监督管理局",
}
"""What is typed from the licence on the desk."""

OTHER_ACCOUNT = "6200000099012300432"
"""What somebody mistyped from the card: the library will say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who comes to the window: a draft without ``certificates``, and the code he shows for them."""

    case: Case
    certificates: tuple[str, ...]
    use_code: str


def company(counter: Counter, case_id: UUID, at: datetime) -> Visitor:
    """A company asks for its food permit; its licence is in the library."""
    case = without_evidence(counter.draft(case_id, at), "LICENCE")
    for line, value in _LICENCE.items():
        case = with_value(case, line, value, at)
    return Visitor(case=case, certificates=("LICENCE",), use_code=DISPATCH_COMPANY.use_code)


def pensioner(counter: Counter, case_id: UUID, at: datetime, *, mistyped: bool) -> Visitor:
    """An old woman asks for her allowance; household book and social card are in the library."""
    item = next(one for one in counter.catalogue if one.item_code == ALLOWANCE)
    case = new_case(case_id, item, counter.session, at)
    case = with_person(case, _old_woman(at), item.applicant_kinds)
    for question in item.questions:
        option = _ANSWERS.get(question.code, question.options[0].code)
        case = with_answer(case, question.code, option, at)
    case = prefilled(item, case, at, counter.calendar)
    values = _VALUES | ({"account": OTHER_ACCOUNT} if mistyped else {})
    case = _filled(counter, item, case, values, at)
    codes = ("HOUSEHOLD", "SOCIAL_CARD")
    for code in codes:
        case = without_evidence(case, code)
    return Visitor(case=case, certificates=codes, use_code=LI_YANGBEN.use_code)


def paper(counter: Counter, asked: Requirement, at: datetime) -> Evidence:
    """The paper on the desk, every point of it looked at."""
    held = on_paper(asked, counter.session, at)
    return replace(held, points={point.code: True for point in asked.review_points})


def _filled(
    counter: Counter, item: ItemStandard, case: Case, values: Mapping[str, str], at: datetime
) -> Case:
    asked = asked_of(item, facts_of(case, local_date(at), counter.calendar))
    for line in asked.fields:
        if line.code not in case.values:
            case = with_value(case, line.code, values[line.code], at)
    on_desk = partial(paper, counter, at=at)
    for wanted in asked.requirements:
        case = with_evidence(case, wanted.code, on_desk(wanted))
    return case


def _old_woman(at: datetime) -> Party:
    return Party(
        kind=PartyKind.PERSON,
        name=LI_YANGBEN.name,
        id_kind=IdKind.RESIDENT_ID,
        id_number=LI_YANGBEN.id_number,
        source=Source.ID_CARD,
        identified_at=at,
        address=LI_YANGBEN.address,
        birth_on=LI_YANGBEN.birth_on,
        id_valid_until_on=date(2040, 1, 1),
    )
