"""How the result goes out (领取方式、寄递): the way that was agreed, and the courier's parcels.

A parcel that was signed for delivers the case with the courier's proof; one that came back lies
at the window again, and somebody has to see to it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState, HandOut
from clerk.domain.certificate_making import handed_with
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.custody import owed, unaccounted
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.fee_terms import Fee, Payee
from clerk.domain.fees import unpaid
from clerk.domain.identity import Session
from clerk.domain.parcel import MOVING, Parcel, ParcelEvent, ParcelState, ResultPlan, ResultWay
from clerk.domain.receiving import IdentityCheck, ReceiverRole
from clerk.domain.standard import ItemStandard
from clerk.domain.unclaimed import no_more_reminders, waits_again
from clerk.values import replace

K = CaseEventKind
WAY_FIELD: Final = "delivery"
PHONE_FIELD: Final = "phone"
BY_POST: Final = "post"
"""The option of the form's line that asks for a courier, in every item that has one."""

_STEPS: Mapping[ParcelState, int] = {state: step for step, state in enumerate(ParcelState)}


def plan_of(standard: ItemStandard, case: Case) -> ResultPlan:
    """Return how the result is to go out: as changed since, else as the form says."""
    if case.result_plan is not None:
        return case.result_plan
    held = case.values.get(WAY_FIELD)
    line = next((one for one in standard.fields if one.code == WAY_FIELD), None)
    posted = {
        text
        for one in (line.options if line else ())
        if one.code == BY_POST
        for text in (one.code, one.label)
    }
    if held is None or held.value not in posted or case.applicant is None:
        return ResultPlan(way=ResultWay.WINDOW)
    who = case.applicant.representative or case.applicant.party
    phone = case.values.get(PHONE_FIELD)
    return ResultPlan(
        way=ResultWay.COURIER,
        receiver=who.name,
        phone=phone.value if phone else "",
        address=who.address or case.applicant.party.address,
    )


def postage(standard: ItemStandard, case: Case) -> tuple[Fee, ...]:
    """Return what the courier himself asks for, where the result goes by courier."""
    if plan_of(standard, case).way is not ResultWay.COURIER:
        return ()
    return tuple(fee for fee in standard.fees if fee.payee is Payee.COURIER)


def under_way(case: Case) -> Parcel | None:
    """Return the parcel that carries the result now, None where the result lies at the window."""
    last = case.parcels[-1] if case.parcels else None
    return last if last is not None and last.state in MOVING else None


def change_way(
    rules: CaseRules, case: Case, plan: ResultPlan, reason: str, session: Session, at: datetime
) -> Case:
    """Agree on another way for the result to reach the applicant (改领取方式).

    Raises:
        NotAcceptable: it is handed out already, or on its way.
        BadInput: a courier needs receiver, telephone and address, a proxy his name.
    """
    if case.closed or under_way(case) is not None:
        raise NotAcceptable("结果已送达或正在寄递，没有改领取方式。寄递退回后再改")
    if plan.way is ResultWay.COURIER and not plan.can_be_sent:
        raise BadInput("寄递要写收件人、电话和地址，没有改领取方式。补上再办")
    if plan.way is ResultWay.VAN and not (plan.receiver and plan.route):
        raise BadInput("直通车送要选哪一趟哪一站，没有改领取方式。用“提议送上门”登记")
    if plan.way is ResultWay.PROXY and not plan.receiver:
        raise BadInput("代领要写代领人姓名，没有改领取方式。补上再办")
    if not reason.strip():
        raise BadInput("还没写谁要求改的，没有改领取方式。写明再办")
    said = event_by(session, K.WAY_CHANGED, at, way=plan.way.value, reason=reason.strip())
    return done(rules, replace(case, result_plan=plan), said)


def send_result(
    rules: CaseRules, case: Case, parcel_id: UUID, session: Session, at: datetime
) -> Case:
    """Give the result to the courier (寄递); the case waits for the courier's proof.

    Raises:
        NotAcceptable: nothing waits, it is on its way already, a charge is not paid, originals are
            still to go back, or no address was agreed.
    """
    require_ready(rules, case)
    plan = plan_of(rules.standard, case)
    if not plan.can_be_sent:
        raise NotAcceptable("没有约定寄递地址，没有寄出。先用“改领取方式”写收件人、电话和地址")
    if owed(rules.standard, case) or unaccounted(rules.standard, case):
        raise NotAcceptable("还有没退还的原件，没有寄出。先退还，或随件寄回后登记退还")
    parcel = Parcel(
        parcel_id=parcel_id,
        receiver=plan.receiver,
        phone=plan.phone,
        address=plan.address,
        sent_by=session.account.account_id,
        sent_at=at,
        state=ParcelState.ASKED,
        at=at,
    )
    said = event_by(session, K.PARCEL_MOVED, at, state=parcel.state.value)
    after = replace(case, parcels=(*case.parcels, parcel))
    return done(rules, after, said, *no_more_reminders(case, session, at))


def require_ready(rules: CaseRules, case: Case) -> None:
    """Raise ``NotAcceptable`` unless the result lies at the window, complete and paid for."""
    if case.state is not CaseState.RESULT_WAITING:
        raise NotAcceptable("这件现在的状态不能这样办，没有改动。按 F5 刷新后看最新进度")
    if under_way(case) is not None:
        raise NotAcceptable("结果正在寄递，没有登记。等寄递签收，或退回窗口以后再办")
    owing = unpaid(rules.standard, case)
    if owing:
        names = "、".join(fee.name for fee in owing)
        raise NotAcceptable(f"{names}还没缴，结果先不发。登记财政票据号或免缴理由后再办")


def booked(rules: CaseRules, case: Case, waybill_number: str, at: datetime) -> Case:
    """The courier took the order and gave its number (运单号)."""
    last = under_way(case)
    if last is None or last.waybill_number:
        return case
    state = ParcelState.BOOKED
    moved = replace(last, state=state, at=at, waybill_number=waybill_number)
    after = replace(case, parcels=(*case.parcels[:-1], moved))
    return settled(rules, after, (_step(state, at, waybill_number),))


def not_booked(rules: CaseRules, case: Case, trouble: str, at: datetime) -> Case:
    """The courier will not carry it: the result never left the window."""
    last = under_way(case)
    if last is None or last.waybill_number:
        return case
    state = ParcelState.CAME_BACK
    moved = replace(last, state=state, at=at, trouble=trouble)
    told = settled(
        rules,
        replace(case, parcels=(*case.parcels[:-1], moved)),
        (_step(state, at, "", trouble),),
    )
    return settled(rules, told, (waits_again(rules, told, at),))


def apply_parcel(rules: CaseRules, case: Case, event: ParcelEvent) -> Case:
    """Take over what the courier tells of a parcel; what comes late or twice moves nothing.

    Signed for, it delivers the case with the waybill as proof; come back, the result lies at the
    window again and is reminded of anew.
    """
    last = under_way(case)
    if last is None or last.waybill_number != event.waybill_number:
        return case
    if _STEPS[event.state] <= _STEPS[last.state]:
        return case
    moved = replace(
        last, state=event.state, at=event.at, taken_by=event.taken_by, trouble=event.trouble
    )
    after = replace(case, parcels=(*case.parcels[:-1], moved))
    step = _step(event.state, event.at, event.waybill_number, event.trouble)
    match event.state:
        case ParcelState.DELIVERED:
            return _delivered(rules, after, moved, step)
        case ParcelState.CAME_BACK:
            told = settled(rules, after, (step,))
            return settled(rules, told, (waits_again(rules, told, event.at),))
        case _:
            return settled(rules, after, (step,))


def _delivered(rules: CaseRules, case: Case, parcel: Parcel, step: CaseEvent) -> Case:
    taken_by = parcel.taken_by or parcel.receiver
    handed = HandOut(
        at=parcel.at,
        by=parcel.sent_by,
        receiver=taken_by,
        receiver_id_number="",
        way=ResultWay.COURIER.value,
        role=ReceiverRole.AT_THE_DOOR,
        identity=IdentityCheck.BY_COURIER,
        proof=parcel.waybill_number,
    )
    out = CaseEvent(
        kind=K.HANDED_OUT,
        at=parcel.at,
        actor="",
        actor_name="",
        detail={
            "receiver": taken_by,
            "waybill": parcel.waybill_number,
            **handed_with(case),
        },
    )
    return settled(rules, replace(case, hand_out=handed, with_whom=""), (step, out))


def _step(state: ParcelState, at: datetime, number: str, trouble: str = "") -> CaseEvent:
    detail = {"state": state.value, "waybill": number}
    if trouble:
        detail["trouble"] = trouble
    return CaseEvent(kind=K.PARCEL_MOVED, at=at, actor="", actor_name="", detail=detail)
