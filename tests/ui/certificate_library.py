"""A certificate library in memory, with knobs for what it answers, and a case that asks it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from threading import Event

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    CertificateSummary,
    CertificateUse,
    Holder,
)
from clerk.domain.errors import ClerkError
from clerk.domain.identifiers import IdKind
from clerk.domain.intake import with_value
from clerk.domain.material import StoredFile
from clerk.domain.party import Applicant, Handler, Mandate, MandateAct, Party, PartyKind, Source
from clerk.ui.actions import CertificateActions
from tests.ui.example_values import LICENCE_TYPE, NOW, identity_number, stored_file
from tests.ui.examples import SmallCounter

LICENCE = "LICENCE"
SHOP, SHOP_CODE = "示例县清河面馆", "92990123MA00TE5T2G"
FACE = {
    "名称": SHOP,
    "统一社会信用代码": SHOP_CODE,
    "类型": "个体工商户",
    "经营者": "张示例",
    "成立日期": "2026-03-11",
    "登记机关": "示例县行政审批服务局",
    "经营场所": "示例县云溪镇石桥街 8 号",
    "经营范围": "许可项目：餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
}


def licence(number: str = "EX-1", **changed: object) -> CertificateSummary:
    made = CertificateSummary(
        certificate_id=number,
        type_code=LICENCE_TYPE,
        type_name="营业执照（副本）",
        number=number,
        holder_name=SHOP,
        issuer_name="示例县行政审批服务局",
        issuer_code="11990123",
        issued_on=date(2026, 3, 11),
        valid_from_on=None,
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorised=True,
        formats=("PDF",),
        fields=FACE,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


class Library:
    """Answers at once; ``wait`` holds an answer back until it is set."""

    def __init__(self, counter: SmallCounter) -> None:
        self.counter, self.now = counter, NOW
        self.calls: list[str] = []
        self.dropped: list[str] = []
        self.found: Sequence[CertificateSummary] = (licence(),)
        self.codes: list[str] = []
        self.reasons: list[str] = []
        self.polls_until_granted = 2
        self.answer_to_poll = AuthorisationState.GRANTED
        self.trouble: ClerkError | None = None
        self.use_trouble: ClerkError | None = None
        self.find_trouble: ClerkError | None = None
        self.lasts = timedelta(minutes=8, seconds=42)
        self.wait = Event()
        self.wait.set()

    def _called(self, name: str) -> None:
        self.calls.append(name)
        assert self.wait.wait(5)
        if self.trouble is not None:
            raise self.trouble

    def _leave(self, mode: AuthorisationMode, state: AuthorisationState) -> Authorisation:
        return Authorisation(
            authorisation_id="SQ-1",
            state=state,
            mode=mode,
            holder=Holder(name=SHOP, id_type="001", id_number=SHOP_CODE),
            valid_until_at=self.now + self.lasts,
        )

    def by_code(self, _case: Case, _requirement: str, code: str):
        self._called("by_code")
        self.codes.append(code)
        return self._leave(AuthorisationMode.CODE, AuthorisationState.GRANTED), self.found

    def ask(self, _case: Case, _requirement: str, mode: AuthorisationMode, reason: str):
        self._called(f"ask {mode.value}")
        self.reasons.append(reason)
        by_duty = mode is AuthorisationMode.BY_DUTY
        state = AuthorisationState.GRANTED if by_duty else AuthorisationState.PENDING
        return self._leave(mode, state)

    def poll(self, _case: Case, leave: Authorisation) -> Authorisation:
        self._called("poll")
        self.polls_until_granted -= 1
        if self.polls_until_granted > 0:
            return leave
        return replace(leave, state=self.answer_to_poll)

    def find(self, _case: Case, _requirement: str, _leave: Authorisation):
        self._called("find")
        if self.find_trouble is not None:
            raise self.find_trouble
        return self.found

    def use(
        self,
        _case: Case,
        _requirement: str,
        leave: Authorisation,
        chosen: CertificateSummary,
    ) -> tuple[CertificateUse, tuple[StoredFile, ...]]:
        self._called("use")
        if self.use_trouble is not None:
            raise self.use_trouble
        use = CertificateUse(
            certificate_id=chosen.certificate_id,
            type_code=chosen.type_code,
            type_name=chosen.type_name,
            number=chosen.number,
            holder_name=chosen.holder_name,
            holder=leave.holder,
            issuer_name=chosen.issuer_name,
            valid_until_on=chosen.valid_until_on,
            status=chosen.status,
            authorisation_id=leave.authorisation_id,
            mode=leave.mode,
            fetched_at=self.now,
            fields=chosen.fields,
        )
        return use, (stored_file("营业执照.pdf"),)

    def drop(self, _case: Case, _leave: Authorisation, seen: CertificateSummary) -> None:
        self.dropped.append(seen.certificate_id)

    def actions(self) -> CertificateActions:
        return CertificateActions(
            here=replace(self.counter.here, now=lambda: self.now),
            by_code=self.by_code,
            ask=self.ask,
            poll=self.poll,
            find=self.find,
            use=self.use,
            drop=self.drop,
        )


def shop_case(counter: SmallCounter, **typed: str) -> Case:
    """A shop's draft of the food permit; ``typed`` values stand in its form."""
    case = replace(
        counter.open_case("food_business_permit"),
        applicant=Applicant(
            party=_party(PartyKind.SOLE_TRADER, SHOP, IdKind.UNIFIED_CODE, SHOP_CODE),
            representative=_person("张示例", "99012319880312001"),
        ),
    )
    for field, value in typed.items():
        case = with_value(case, field, value, NOW)
    return case


def with_helper(case: Case, *, signed: bool, acts: frozenset[MandateAct]) -> Case:
    """Somebody acts for the shop."""
    mandate = Mandate(
        acts=acts, from_on=date(2026, 3, 1), until_on=date(2026, 12, 31), signed=signed
    )
    helper = _person("李样本", "99012319900101001")
    return replace(case, handler=Handler(party=helper, relation="同事", mandate=mandate))


def _person(name: str, body: str) -> Party:
    return _party(PartyKind.PERSON, name, IdKind.RESIDENT_ID, identity_number(body))


def _party(kind: PartyKind, name: str, id_kind: IdKind, number: str) -> Party:
    return Party(
        kind=kind,
        name=name,
        id_kind=id_kind,
        id_number=number,
        source=Source.ID_CARD,
        identified_at=NOW,
    )
