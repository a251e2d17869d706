"""Acts of the window on a case, and what a back office tells of it, as pure functions.

From which state, what they write, which dates follow. The clock here is the first part of the
statutory clock: limits in working or calendar days and the five working days of a received permit
(行政许可法 art. 32, 42, 82). No rule for permits touches another kind of item: what governs an
item stands in its standard.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState, Decision, Notice
from clerk.domain.course import event_by, must_be
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar, due_date
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct, Verdict
from clerk.domain.hand_off import CaseNumber, RemoteEvent, RemoteEventKind
from clerk.domain.identity import Session
from clerk.domain.standard import DeclineReason, ItemStandard, Limit, LimitUnit


def _numbered(case: Case, number: CaseNumber) -> Case:
    return replace(
        case,
        number=None if number.provisional else number,
        provisional_number=number.text if number.provisional else case.provisional_number,
    )


def _received(
    standard: ItemStandard, case: Case, number: CaseNumber, at: datetime, calendar: WorkCalendar
) -> Case:
    decide_by = None
    estimated = case.dates_estimated
    if standard.decision_limit_workdays is not None:
        limit = Limit(amount=standard.decision_limit_workdays, unit=LimitUnit.WORKDAYS)
        decide_by = due_date(local_date(at), limit, calendar)
        estimated = estimated or decide_by.estimated
    return replace(
        _numbered(case, number),
        state=CaseState.RECEIVED,
        received_at=at,
        decide_by_on=decide_by.on if decide_by else None,
        dates_estimated=estimated,
    )


def receive(
    standard: ItemStandard,
    case: Case,
    number: CaseNumber,
    session: Session,
    at: datetime,
    calendar: WorkCalendar,
) -> Case:
    """Take the case in for the department to decide on (收件); nothing is accepted by it.

    Raises:
        NotAcceptable: nobody is known who applies, or the case is no longer a draft.
    """
    must_be(case, CaseState.DRAFT)
    if not case.applicant_name:
        raise NotAcceptable("还不知道申请人是谁，没有收件。放上身份证，或按 F4 补上")
    received = _received(standard, case, number, at, calendar)
    received = replace(received, with_whom=standard.body.short_name)
    return received.with_event(event_by(session, CaseEventKind.RECEIVED, at, number=number.text))


def accept(
    standard: ItemStandard,
    case: Case,
    verdict: Verdict,
    number: CaseNumber,
    session: Session,
    at: datetime,
    calendar: WorkCalendar,
) -> Case:
    """Accept the case in the department's name (受理); the limits run from this day.

    Raises:
        NotAcceptable: the check still finds something, or the case is no longer a draft.
        NotAllowed: the window holds no delegation for the item today.
    """
    must_be(case, CaseState.DRAFT)
    if not verdict.delegated:
        raise NotAllowed("本窗口没有受理授权，没有受理。可以收件，由主管部门决定")
    if verdict.act is not NextAct.ACCEPT_AND_PASS_ON:
        raise NotAcceptable("还有没核过的项目，没有受理。按 F4 看下一处")
    received = _received(standard, case, number, at, calendar)
    started = with_limits(standard, received, at, calendar)
    return replace(
        started,
        state=CaseState.ACCEPTED,
        decide_by_on=None,
        with_whom=standard.body.short_name,
        events=(
            *started.events,
            event_by(session, CaseEventKind.RECEIVED, at),
            event_by(session, CaseEventKind.ACCEPTED, at, number=number.text),
        ),
    )


def with_limits(standard: ItemStandard, case: Case, at: datetime, calendar: WorkCalendar) -> Case:
    """Start the promised and the statutory limit on the day of ``at``, which is not counted."""
    on = local_date(at)
    promised = due_date(on, standard.promised_limit, calendar)
    statutory = due_date(on, standard.statutory_limit, calendar)
    return replace(
        case,
        accepted_at=at,
        due_on=promised.on,
        statutory_due_on=statutory.on,
        dates_estimated=promised.estimated or statutory.estimated,
    )


def notify_once(case: Case, number: CaseNumber, notice: Notice, session: Session) -> Case:
    """Tell everything that is missing, once (一次性告知, 行政许可法 art. 32 (4)).

    Raises:
        NotAcceptable: it was told before, or there is nothing to tell.
    """
    must_be(case, CaseState.DRAFT, CaseState.RECEIVED)
    if case.notice is not None:
        raise NotAcceptable("这件已经一次性告知过，没有再发。要再次告知，由值班长写明理由后办理")
    if not notice.points:
        raise NotAcceptable("没有要告知的内容，没有发告知书")
    told = replace(
        _numbered(case, number),
        state=CaseState.CORRECTION_DUE,
        with_whom=case.applicant_name,
        decide_by_on=None,
        received_at=case.received_at or notice.at,
        notice=notice,
    )
    return told.with_event(
        event_by(session, CaseEventKind.NOTIFIED_ONCE, notice.at, points=str(len(notice.points)))
    )


def with_paper_number(case: Case, kind: str, number: str) -> Case:
    """Give a paper of the case its 文号 (kind is the paper's code)."""
    return replace(case, paper_numbers={**case.paper_numbers, kind: number})


def decline(
    case: Case, reason: DeclineReason, competent_body: str, session: Session, at: datetime
) -> Case:
    """Say before acceptance that this is not ours or not needed (不予受理、不受理).

    Raises:
        NotAcceptable: nobody is known to whom it is said, or the reason needs the competent
            body's name and it is missing.
    """
    must_be(case, CaseState.DRAFT, CaseState.RECEIVED)
    if not case.applicant_name:
        raise NotAcceptable("还不知道申请人是谁，没有出决定书。放上身份证，或按 F4 补上")
    if reason.needs_competent_body and not competent_body.strip():
        raise NotAcceptable("要写明该去哪个机关，没有出决定书。填上有权办理的机关")
    declined = replace(case, state=CaseState.DECLINED, with_whom="")
    return declined.with_event(
        event_by(
            session,
            CaseEventKind.DECLINED,
            at,
            reason=reason.code,
            competent_body=competent_body.strip(),
        )
    )


_STATE_AFTER: Mapping[RemoteEventKind, CaseState] = MappingProxyType(
    {
        RemoteEventKind.ACCEPTED: CaseState.ACCEPTED,
        RemoteEventKind.GRANTED: CaseState.GRANTED,
        RemoteEventKind.REFUSED: CaseState.REFUSED,
        RemoteEventKind.RESULT_READY: CaseState.RESULT_WAITING,
    }
)
_RESULT_IS_HERE = frozenset({CaseState.RESULT_WAITING, CaseState.HANDED_OUT})
_COURSE: Mapping[RemoteEventKind, CaseEventKind] = MappingProxyType(
    {
        RemoteEventKind.SIGNED_FOR: CaseEventKind.SIGNED_FOR,
        RemoteEventKind.ACCEPTED: CaseEventKind.ACCEPTED,
        RemoteEventKind.CORRECTION_ASKED: CaseEventKind.NOTIFIED_ONCE,
        RemoteEventKind.GRANTED: CaseEventKind.DECIDED,
        RemoteEventKind.REFUSED: CaseEventKind.DECIDED,
        RemoteEventKind.RESULT_READY: CaseEventKind.RESULT_READY,
        RemoteEventKind.RETURNED: CaseEventKind.RETURNED_INTERNALLY,
    }
)


def apply_remote(
    standard: ItemStandard, case: Case, event: RemoteEvent, calendar: WorkCalendar
) -> Case:
    """Take over what a back office says; it wins where it disagrees with us.

    Messages arrive late and out of order: a closed case keeps its state and only notes the event,
    and so does one that was accepted or decided just so before, since the dates of its acceptance
    are in the applicant's hands. That a result is ready is no news where its own receipt said so.
    """
    if event.kind is RemoteEventKind.RESULT_READY and case.state in _RESULT_IS_HERE:
        return case
    noted = case.with_event(
        CaseEvent(
            kind=_COURSE[event.kind],
            at=event.at,
            actor="",
            actor_name=event.actor,
            detail=dict(event.detail),
        )
    )
    state = _STATE_AFTER.get(event.kind)
    if state is None or case.closed or _known_before(case, event.kind):
        return noted
    if event.kind is RemoteEventKind.ACCEPTED:
        noted = replace(with_limits(standard, noted, event.at, calendar), decide_by_on=None)
    if event.kind in {RemoteEventKind.GRANTED, RemoteEventKind.REFUSED}:
        noted = replace(
            noted,
            decision=Decision(
                granted=event.kind is RemoteEventKind.GRANTED,
                opinion=event.detail.get("opinion", ""),
                at=event.at,
                by="",
                by_name=event.actor,
                number=event.detail.get("number", ""),
            ),
        )
    return replace(noted, state=state)


def _known_before(case: Case, kind: RemoteEventKind) -> bool:
    decided = case.decision
    match kind:
        case RemoteEventKind.ACCEPTED:
            return case.accepted_at is not None or decided is not None
        case RemoteEventKind.GRANTED | RemoteEventKind.REFUSED:
            granted = kind is RemoteEventKind.GRANTED
            return decided is not None and decided.granted == granted
        case _:
            return False


def handed_off(case: Case, at: datetime, to_whom: str) -> Case:
    """The other side has signed for the case (转办已送达); an accepted one is now under review."""
    event = CaseEvent(kind=CaseEventKind.HANDED_OFF, at=at, actor="", actor_name=to_whom, detail={})
    state = CaseState.UNDER_REVIEW if case.state is CaseState.ACCEPTED else case.state
    return replace(case, state=state).with_event(event)
