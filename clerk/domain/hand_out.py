"""The result leaves the window (送达): who may take it, how that is known, and the proof."""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind, HandOut
from clerk.domain.certificate_making import handed_with
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.custody import owed, return_originals, unaccounted
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.parcel import ResultWay
from clerk.domain.parcels import require_ready
from clerk.domain.party import MandateAct, Party
from clerk.domain.receiving import ReceiverRole, Receiving
from clerk.domain.unclaimed import lies_there, no_more_reminders
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Somebody who may take the result without further papers, and by what right."""

    party: Party
    role: ReceiverRole


def ready_for_hand_out(rules: CaseRules, case: Case, at: datetime, actor_name: str) -> Case:
    """The result lies at the window (待出件), and the first reminder has its day."""
    ready = CaseEvent(kind=CaseEventKind.RESULT_READY, at=at, actor="", actor_name=actor_name)
    there = settled(rules, replace(case, with_whom=""), (ready,))
    return lies_there(rules, there, at)


def takers(case: Case, on: date) -> tuple[Taker, ...]:
    """Return who may take the result on this day: a body takes it by its representative."""
    found = []
    if case.applicant is not None:
        head = case.applicant.representative
        role = ReceiverRole.REPRESENTATIVE if head else ReceiverRole.APPLICANT
        found.append(Taker(party=head or case.applicant.party, role=role))
    handler = case.handler
    if handler is not None and handler.mandate.carries(MandateAct.COLLECT, on):
        found.append(Taker(party=handler.party, role=ReceiverRole.HANDLER))
    return tuple(found)


def taker_of(case: Case, name: str, id_number: str, on: date) -> Taker | None:
    """Return the one of ``takers`` who stands there: the number decides, and the name agrees."""
    number = id_number.strip().upper()
    return next(
        (
            one
            for one in takers(case, on)
            if one.party.id_number.upper() == number and one.party.name == name.strip()
        ),
        None,
    )


def hand_out(
    rules: CaseRules, case: Case, receiving: Receiving, session: Session, at: datetime
) -> Case:
    """Give the result to whoever may take it (送达).

    Raises:
        NotAcceptable: no result is waiting, a paper that was to come later is still missing, a
            charge is not paid, or originals are kept and nobody says why they stay.
        NotAllowed: the person may not take it.
        BadInput: nobody is named, or the reason is missing.
    """
    require_ready(rules, case)
    granted = case.decision is None or case.decision.granted
    if granted and facts_of(rules.law, case.events).deferred:
        raise NotAcceptable("容缺材料还没补齐，结果先不发。等材料补齐再送达")
    if not receiving.name.strip() or not receiving.id_number.strip():
        raise BadInput("还没写谁来领，没有登记送达。放上领取人的身份证，或填姓名和证件号")
    role = _role(case, receiving, session, local_date(at))
    settled_case = _with_originals(rules, case, receiving, session, at)
    handed = HandOut(
        at=at,
        by=session.account.account_id,
        receiver=receiving.name.strip(),
        receiver_id_number=receiving.id_number.strip(),
        way=_way(case, role).value,
        role=role,
        identity=receiving.identity,
        mandate=receiving.mandate.strip(),
        reason=receiving.reason.strip(),
        phone=receiving.phone.strip(),
    )
    given = event_by(
        session,
        CaseEventKind.HANDED_OUT,
        at,
        receiver=handed.receiver,
        role=role.value,
        reason=handed.reason,
    )
    given = replace(given, detail={**given.detail, **handed_with(case)})
    left = replace(settled_case, hand_out=handed, with_whom="")
    return done(rules, left, given, *no_more_reminders(case, session, at))


def _way(case: Case, role: ReceiverRole) -> ResultWay:
    """Return how it reached whoever took it: a proxy's is his own way, also at the van."""
    if role is ReceiverRole.PROXY:
        return ResultWay.PROXY
    plan = case.result_plan
    return ResultWay.VAN if plan is not None and plan.way is ResultWay.VAN else ResultWay.WINDOW


def _role(case: Case, receiving: Receiving, session: Session, on: date) -> ReceiverRole:
    taker = taker_of(case, receiving.name, receiving.id_number, on)
    if taker is not None:
        return taker.role
    if receiving.mandate.strip():
        if not receiving.reason.strip():
            raise BadInput("还没写代领的原因，没有登记送达。写明申请人为什么不能自己来")
        return ReceiverRole.PROXY
    if not receiving.let_through:
        raise NotAllowed(
            f"{receiving.name.strip()}不是可以领结果的人，没有登记送达。"
            "请带授权委托书和双方证件，或由值班长写明理由放行"
        )
    if not session.may(Act.LET_THROUGH):
        raise NotAllowed("放行要由值班长办，没有登记送达。请值班长登录")
    if not receiving.reason.strip():
        raise BadInput("还没写放行的理由，没有登记送达。写明理由再办")
    return ReceiverRole.LET_THROUGH


def _with_originals(
    rules: CaseRules, case: Case, receiving: Receiving, session: Session, at: datetime
) -> Case:
    """Give kept originals back along with the result, unless a reason says why they stay."""
    standard = rules.standard
    unknown = unaccounted(standard, case)
    if unknown:
        names = "、".join(line.name for line in unknown)
        raise NotAcceptable(f"原件还没登记去向：{names}，没有登记送达。在其他处理里登记")
    if not owed(standard, case) or receiving.originals_stay.strip():
        return case
    after = case
    for line in owed(standard, case):
        after = return_originals(rules, after, line.material, receiving.name, session, at)
    return after
