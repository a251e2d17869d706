"""Invented cases, people and standards for the tests of the store."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from clerk.domain.case import Answer, Case, CaseEvent, CaseEventKind, CaseState, FieldValue
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    Comparison,
    FieldCompares,
    HandlerActs,
    Not,
)
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.hand_off import CaseNumber, LeasedNumber, NumberBlock
from clerk.domain.identifiers import IdKind
from clerk.domain.limits import Clause, Limit, LimitUnit
from clerk.domain.material import Evidence, Origin
from clerk.domain.party import (
    Applicant,
    Handler,
    Mandate,
    MandateAct,
    Party,
    PartyKind,
    Source,
)
from clerk.domain.standard import (
    CodedValue,
    DecidedBy,
    ImplementingBody,
    ItemResult,
    ItemStandard,
    LawKind,
    Question,
    Requirement,
    Way,
)

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 18)
KEY = bytes(range(32))
ID_NUMBER = "990123199001010015"
STATION = "W01"


def an_id(number: int) -> UUID:
    """A UUIDv7 made in the order of ``number``."""
    milliseconds = int(NOW.timestamp() * 1000) + number
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | number)


def a_party(name: str = "张示例", id_number: str = ID_NUMBER) -> Party:
    return Party(
        kind=PartyKind.PERSON,
        name=name,
        id_kind=IdKind.RESIDENT_ID,
        id_number=id_number,
        source=Source.TYPED,
        identified_at=NOW,
        birth_on=date(1990, 1, 1),
    )


def a_draft(serial: int = 1, **changed: object) -> Case:
    case = Case(
        case_id=an_id(serial),
        version=0,
        state=CaseState.DRAFT,
        item_code="990123-SPJY",
        item_name="食品经营许可（新办）",
        standard_version=1,
        opened_at=NOW + timedelta(seconds=serial),
        counter_code=STATION,
        clerk="lisi",
        clerk_name="李样本",
        applicant=Applicant(party=a_party()),
        with_whom="综合窗口 1",
    )
    return replace(case, **changed)  # type: ignore[arg-type]


def a_full_case(serial: int = 1) -> Case:
    """A case with something in every part."""
    paper = Evidence(way=Way.PAPER, origin=Origin.HANDED_IN, at=NOW, by="lisi", originals=1)
    deferred = Evidence(
        way=Way.DEFERRAL,
        origin=Origin.PROMISED_LATER,
        at=NOW,
        by="lisi",
        points={"LOOKED": True},
        due_on=date(2026, 3, 25),
        older=(paper,),
    )
    mandate = Mandate(
        acts=frozenset({MandateAct.SUBMIT, MandateAct.COLLECT}),
        from_on=TODAY,
        until_on=date(2026, 12, 31),
        signed=True,
    )
    return a_draft(
        serial,
        state=CaseState.ACCEPTED,
        handler=Handler(party=a_party("周模拟"), relation="同事", mandate=mandate),
        answers={"PREMISES": Answer(option="leased", source=Source.ANSWERED, at=NOW)},
        values={
            "NAME": FieldValue(
                value="示例小吃店", source=Source.TYPED, at=NOW, replaced_source=Source.ID_CARD
            )
        },
        evidence={"LEASE": paper, "HEALTH": deferred},
        number=CaseNumber(text=f"9901232026{serial:06d}", query_code="4821", provisional=False),
        received_at=NOW,
        accepted_at=NOW,
        terms={
            Term.DEFERRAL: DueDate(on=date(2026, 3, 25), estimated=False),
            Term.PROMISED: DueDate(on=date(2026, 4, 1), estimated=False),
            Term.STATUTORY: DueDate(on=date(2026, 4, 15), estimated=False),
        },
        due_on=date(2026, 4, 1),
        statutory_due_on=date(2026, 4, 15),
        looked_at=frozenset({"B", "A"}),
        events=(
            CaseEvent(
                kind=CaseEventKind.ACCEPTED,
                at=NOW,
                actor="lisi",
                actor_name="李样本",
                detail={"number": "9901232026000001"},
            ),
        ),
    )


def a_standard(version: int = 1, effective_on: date = TODAY) -> ItemStandard:
    coded = CodedValue(code="1", code_set="示例", label="示例")
    clause = Clause(law="示例法", article="第一条")
    body = ImplementingBody(
        name="示例市监局",
        short_name="市监局",
        code="990123",
        kind=coded,
        document_mark="示市监",
        phone="000",
        supervise_phone="000",
        address="示例路 1 号",
    )
    condition = AllOf(
        of=(
            AnyOf(of=(AnswerIs(question="PREMISES", options=("leased",)), HandlerActs())),
            Not(of=AgeCompares(comparison=Comparison.LESS, years=16)),
            FieldCompares(field="AREA", comparison=Comparison.AT_LEAST, than=Decimal("60.5")),
        )
    )
    requirement = Requirement(
        code="LEASE",
        name="经营场所使用证明",
        necessity=coded,
        material_kind=coded,
        copy_kind=coded,
        form=coded,
        originals=1,
        copies=0,
        source=coded,
        issuer="",
        where_to_get="",
        acceptance_standard="",
        basis=clause,
        main=False,
        ways=(Way.PAPER, Way.SCAN),
        when=condition,
    )
    limit = Limit(amount=10, unit=LimitUnit.WORKDAYS)
    return ItemStandard(
        item_code="990123-SPJY",
        name="食品经营许可（新办）",
        version=version,
        effective_on=effective_on,
        ended_on=None,
        state=coded,
        catalog_code="",
        task_code="",
        handle_item_code="",
        local_code="",
        item_type=coded,
        law_kind=LawKind.PERMIT,
        project_type=coded,
        decided_by=DecidedBy.CHIEF,
        body=body,
        bases=(clause,),
        use_level=coded,
        power_source=coded,
        service_objects=(coded,),
        applicant_kinds=(PartyKind.PERSON, PartyKind.COMPANY),
        statutory_limit=limit,
        promised_limit=limit,
        decision_limit_workdays=5,
        acceptance_conditions=(),
        process=(),
        special_procedures=(),
        handling_forms=(coded,),
        visits=0,
        visit_reason="",
        place="",
        hours="",
        consult="",
        fees=(),
        result=ItemResult(kind=coded, name="食品经营许可证"),
        remedies="",
        starter=True,
        delegations=(),
        questions=(Question(code="PREMISES", text="场所", options=(), basis=clause),),
        fields=(),
        requirements=(requirement,),
        rules=(),
        decline_reasons=(),
        elements={"其他要素": "原样保留"},
    )


def a_block(name: str, first: int, size: int) -> NumberBlock:
    return NumberBlock(
        block_id=name,
        numbers=tuple(
            LeasedNumber(number=f"990123{number:08d}", query_code=f"{number % 10000:04d}")
            for number in range(first, first + size)
        ),
    )


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at
