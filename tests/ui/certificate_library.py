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
from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from clerk.domain.certificate_matching import (
    CertificateLook,
    HolderRelation,
    Matches,
    match_certificates,
    wanted_of,
    wanted_of_holder,
)
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.identifiers import IdKind
from clerk.domain.intake import with_value
from clerk.domain.material import StoredFile
from clerk.domain.party import Applicant, Handler, Mandate, MandateAct, Party, PartyKind, Source
from clerk.domain.secret import Secret
from clerk.ui.actions import CertificateActions
from tests.ui.example_values import (
    LICENCE_TYPE,
    NOW,
    identity_number,
    page_picture,
    standard,
    stored_file,
)
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


def institution(number: str) -> CertificateSummary:
    """A certificate for another material of the same case."""
    asked = standard("food_business_permit").requirement("BODY_CERTIFICATE").certificate
    assert asked is not None
    return licence(number, type_code=asked.type_code, type_name=asked.type_name, fields={})


class Library:
    """Answers at once; ``wait`` holds an answer back until it is set."""

    def __init__(self, counter: SmallCounter) -> None:
        self.counter, self.now = counter, NOW
        self.calls: list[str] = []
        self.dropped: list[str] = []
        self.found: Sequence[CertificateSummary] = (licence(),)
        self.codes: list[str] = []
        self.held: tuple[Authorisation, ...] = ()
        self.looked: list[str] = []
        self.drawn: list[int] = []
        self.ticked: list[bool] = []
        self.cancelled: list[bool] = []
        self.modes = frozenset(AuthorisationMode)
        self.seals: dict[str, SealState] = {}
        self.pages, self.duty_left, self.restarted = 1, 50, False
        self.undigested = False
        self.look_trouble: ClerkError | None = None
        self.holder = Holder(name=SHOP, id_type="001", id_number=SHOP_CODE)
        self.reasons: list[str] = []
        self.polls_until_granted = 2
        self.answer_to_poll = AuthorisationState.GRANTED
        self.trouble: ClerkError | None = None
        self.use_trouble: ClerkError | None = None
        self.find_trouble: ClerkError | None = None
        self.lasts = timedelta(minutes=8, seconds=42)
        self.wait = Event()
        self.wait.set()
        self.wait_look = Event()
        self.wait_look.set()

    def _called(self, name: str) -> None:
        self.calls.append(name)
        assert self.wait.wait(5)
        if self.trouble is not None:
            raise self.trouble

    def leave(self, mode: AuthorisationMode, state: AuthorisationState) -> Authorisation:
        return Authorisation(
            authorisation_id="SQ-1",
            state=state,
            mode=mode,
            holder=self.holder,
            valid_until_at=self.now + self.lasts,
        )

    def by_code(self, _case: Case, _requirement: str, code: Secret) -> Authorisation:
        self._called("by_code")
        self.codes.append(code.take())
        return self.leave(AuthorisationMode.CODE, AuthorisationState.GRANTED)

    def ask(self, _case: Case, _requirement: str, mode: AuthorisationMode, reason: str):
        self._called(f"ask {mode.value}")
        self.reasons.append(reason)
        by_duty = mode is AuthorisationMode.BY_DUTY
        state = AuthorisationState.GRANTED if by_duty else AuthorisationState.PENDING
        return self.leave(mode, state)

    def poll(self, _case: Case, leave: Authorisation) -> Authorisation:
        self._called("poll")
        self.polls_until_granted -= 1
        if self.polls_until_granted > 0:
            return leave
        return replace(leave, state=self.answer_to_poll)

    def match(self, case: Case, leave: Authorisation, again: bool) -> Matches:
        self.calls.append("match again" if again else "match")
        assert self.wait.wait(5)
        if self.find_trouble is not None:
            raise self.find_trouble
        here = self.counter.here
        standard = here.standard(case.item_code, case.standard_version)
        wanted = wanted_of(standard, case, local_date(self.now), here.calendar)
        mine = wanted_of_holder(wanted, case, leave.holder)
        return match_certificates(mine, self.found, case, leave.holder, local_date(self.now))

    def look(
        self, _case: Case, _requirement: str, _leave: Authorisation, one: CertificateSummary
    ) -> CertificateLook:
        self.looked.append(one.certificate_id)
        assert self.wait_look.wait(5)
        if self.look_trouble is not None:
            raise self.look_trouble
        state = self.seals.get(one.certificate_id, SealState.INTACT)
        seal = SealFinding(state=state)
        if state is SealState.UNTRUSTED:
            seal = SealFinding(state=SealState.INTACT, trusted=False)
        return CertificateLook(
            look=FileLook(pages=self.pages, seals=(seal,)),
            restarted=self.restarted,
            undigested=self.undigested,
        )

    def picture(
        self,
        _case: Case,
        _requirement: str,
        _leave: Authorisation,
        _one: CertificateSummary,
        page: int,
        _dpi: float,
    ) -> bytes:
        self.drawn.append(page)
        return page_picture().png

    def use(
        self,
        _case: Case,
        _requirement: str,
        leave: Authorisation,
        chosen: CertificateSummary,
        relation: HolderRelation | None,
        looked: bool,
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
            relation=relation.value if relation else "",
        )
        self.ticked.append(looked)
        return use, (stored_file("营业执照.pdf"),)

    def drop(self, _case: Case, _leave: Authorisation, seen: CertificateSummary) -> None:
        self.dropped.append(seen.certificate_id)

    def actions(self) -> CertificateActions:
        return CertificateActions(
            here=replace(self.counter.here, now=lambda: self.now),
            by_code=self.by_code,
            ask=self.ask,
            poll=self.poll,
            get_ready=lambda: None,
            leaves=lambda _case: self.held,
            duty_left=lambda: self.duty_left,
            match=self.match,
            look=self.look,
            picture=self.picture,
            use=self.use,
            drop=self.drop,
            cancel=lambda _case: self.cancelled.append(True),
            initials=lambda text: {"营业执照": "yyzz"}.get(text, ""),
            modes=self.modes,
        )


def shop_case(
    counter: SmallCounter,
    *,
    unnamed: bool = False,
    item: str = "food_business_permit",
    **typed: str,
) -> Case:
    """A shop's draft of the food permit; ``typed`` values stand in its form.

    ``unnamed``: only its owner's identity card lies there.
    """
    name, code = ("", "") if unnamed else (SHOP, SHOP_CODE)
    case = replace(
        counter.open_case(item),
        applicant=Applicant(
            party=_party(PartyKind.SOLE_TRADER, name, IdKind.UNIFIED_CODE, code),
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
