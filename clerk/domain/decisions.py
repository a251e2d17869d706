"""The decision on a case and what follows from it, as pure functions.

Who may decide, what must be looked at before, the return inside the house, and the hand-out.
"""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from clerk.domain.case import (
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
    Decision,
    HandOut,
    InternalReturn,
)
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by, must_be, settled
from clerk.domain.days import local_date
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.standard import DecidedBy, ItemStandard


class DecisionBar(StrEnum):
    """Why a person may not decide a case; the words are in ``clerk.wording``."""

    BACK_OFFICE_DECIDES = "back_office_decides"
    NO_MANDATE = "no_mandate"
    OUTSIDE_MANDATE = "outside_mandate"
    OWN_INTAKE = "own_intake"


def decision_bar(
    standard: ItemStandard, case: Case, session: Session, on: date
) -> DecisionBar | None:
    """Return why this person may not decide this case, None where he may.

    Nobody decides a case with a promised limit (承诺件) that he took in himself; for an
    on-the-spot case (即办件) the office may allow it in writing.
    """
    if standard.decided_by is not DecidedBy.CHIEF:
        return DecisionBar.BACK_OFFICE_DECIDES
    mandate = session.account.mandate
    if mandate is None:
        return DecisionBar.NO_MANDATE
    if not mandate.covers(case.item_code, on):
        return DecisionBar.OUTSIDE_MANDATE
    mine = {case.clerk, *(event.actor for event in case.events if _is_intake(event))}
    if session.account.account_id not in mine:
        return None
    permitted = (
        standard.on_the_spot
        and mandate.own_intake_permit
        and mandate.own_intake_until_on is not None
        and on <= mandate.own_intake_until_on
    )
    return None if permitted else DecisionBar.OWN_INTAKE


def _is_intake(event: CaseEvent) -> bool:
    return event.kind in {CaseEventKind.OPENED, CaseEventKind.RECEIVED, CaseEventKind.ACCEPTED}


def points_to_look_at(standard: ItemStandard, case: Case) -> tuple[str, ...]:
    """Return the codes of everything a person must look at before deciding.

    Chief points are the item's own; a material's review point counts as ``material/point``.
    """
    own = tuple(point.code for point in standard.chief_points)
    of_materials = tuple(
        f"{asked.code}/{point.code}"
        for asked in standard.requirements
        if asked.code in case.evidence
        for point in asked.review_points
        if point.for_chief
    )
    return (*of_materials, *own)


def decide(rules: CaseRules, case: Case, decision: Decision, session: Session) -> Case:
    """Decide the case (决定): grant or refuse.

    Raises:
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: something was not looked at, a deferred paper is open, or no opinion.
    """
    standard = rules.standard
    must_be(case, CaseState.ACCEPTED, CaseState.UNDER_REVIEW)
    if decision_bar(standard, case, session, local_date(decision.at)) is not None:
        raise NotAllowed("这件不能由你决定，没有作出决定。转给有授权的首席代表")
    missing = set(points_to_look_at(standard, case)) - case.looked_at
    if missing:
        raise NotAcceptable(f"还有 {len(missing)} 处没看过，没有作出决定。按空格逐处看")
    if decision.granted and facts_of(rules.law, case.events).deferred:
        raise NotAcceptable("容缺材料还没补齐，不能准予。等材料补齐，或按规定终止")
    if not decision.opinion.strip():
        raise NotAcceptable("还没写审查意见，没有作出决定。按 Ctrl 1 选常用意见")
    taken = event_by(
        session,
        CaseEventKind.DECIDED,
        decision.at,
        granted=decision.granted,
        number=decision.number,
    )
    decided = replace(case, decision=decision, with_whom=standard.body.short_name)
    return done(rules, decided, taken)


def return_internally(
    rules: CaseRules, case: Case, returned: InternalReturn, session: Session
) -> Case:
    """Send the case back inside the house; the clock runs on, the applicant is asked nothing.

    Raises:
        NotAllowed: another department's case; one's own intake may be sent back.
        NotAcceptable: no point was named, or one that the standard does not list.
    """
    standard = rules.standard
    must_be(case, CaseState.ACCEPTED, CaseState.UNDER_REVIEW)
    bar = decision_bar(standard, case, session, local_date(returned.at))
    if bar is not None and bar is not DecisionBar.OWN_INTAKE:
        raise NotAllowed("这件不归你审批，没有退回。转给有授权的首席代表")
    listed = {reason.code for reason in standard.return_reasons}
    if not returned.points or not listed.issuperset(returned.points):
        raise NotAcceptable("退回只能用事项标准列出的原因，没有退回。按数字选一条或几条")
    back = replace(case, returns=(*case.returns, returned), with_whom=case.clerk_name)
    points = "、".join(returned.points)
    sent = event_by(session, CaseEventKind.RETURNED_INTERNALLY, returned.at, points=points)
    return settled(rules, back, (sent,))


def answer_return(rules: CaseRules, case: Case, session: Session, at: datetime) -> Case:
    """The window has dealt with what the chief representative sent back.

    Raises:
        NotAcceptable: nothing was sent back.
    """
    if not case.returns or case.returns[-1].answered_at is not None:
        raise NotAcceptable("这件没有退回补核，没有改动。按 F5 刷新后看最新进度")
    answered = replace(case.returns[-1], answered_at=at)
    returns = (*case.returns[:-1], answered)
    back = replace(case, returns=returns, with_whom=rules.standard.body.short_name)
    return settled(rules, back, (event_by(session, CaseEventKind.RETURN_ANSWERED, at),))


def look_at(case: Case, point: str) -> Case:
    """Mark one thing as looked at by the person who decides (看过)."""
    return replace(case, looked_at=case.looked_at | {point})


def ready_for_hand_out(rules: CaseRules, case: Case, at: datetime, actor_name: str) -> Case:
    """The result lies at the window (待出件)."""
    ready = CaseEvent(kind=CaseEventKind.RESULT_READY, at=at, actor="", actor_name=actor_name)
    return settled(rules, replace(case, with_whom=""), (ready,))


def hand_out(rules: CaseRules, case: Case, handed: HandOut, session: Session) -> Case:
    """Give the result to whoever may take it (送达).

    Raises:
        NotAcceptable: no result is waiting, a paper that was to come later is still missing, or
            nobody is named who takes it.
    """
    must_be(case, CaseState.RESULT_WAITING)
    if facts_of(rules.law, case.events).deferred:
        raise NotAcceptable("容缺材料还没补齐，结果先不发。等材料补齐再送达")
    if not handed.receiver.strip():
        raise NotAcceptable("还没写谁来领，没有登记送达。放上领取人的身份证，或填姓名")
    given = event_by(session, CaseEventKind.HANDED_OUT, handed.at, receiver=handed.receiver)
    return done(rules, replace(case, hand_out=handed, with_whom=""), given)
