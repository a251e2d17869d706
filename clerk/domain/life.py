"""Acts of the window on a case before the decision, as pure functions: one event, or a few.

What may be done when, and which terms follow, is the clock's (``clerk.domain.clock``); here stands
what else an act asks for, and what it writes besides its events.
"""

from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState, Notice
from clerk.domain.course import (
    CaseRules,
    changed_since_asked,
    done,
    event_by,
    must_be,
    settled,
    standing,
)
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.deferral import after_acceptance, put_off_by
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct, Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.identity import Session
from clerk.domain.limits import Limit
from clerk.domain.party import MandateAct
from clerk.domain.posting import posted_correction_on
from clerk.domain.referral import Referral
from clerk.domain.standard import DeclineReason
from clerk.values import replace

K = CaseEventKind
BY_APPLICANT: Final = "applicant"
BY_HANDLER: Final = "handler"
"""Who brings a withdrawal."""


def _numbered(case: Case, number: CaseNumber, with_whom: str) -> Case:
    return replace(
        case,
        number=None if number.provisional else number,
        provisional_number=number.text if number.provisional else case.provisional_number,
        with_whom=with_whom,
    )


def receive(
    rules: CaseRules, case: Case, number: CaseNumber, session: Session, at: datetime
) -> Case:
    """Take the case in for the department to decide on (收件); nothing is accepted by it.

    Raises:
        NotAcceptable: nobody is known who applies, or the case is no longer a draft.
    """
    must_be(case, CaseState.DRAFT)
    if not case.applicant_name:
        raise NotAcceptable("还不知道申请人是谁，没有收件。放上身份证，或按 F4 补上")
    taken = _numbered(case, number, rules.standard.body.short_name)
    return done(rules, taken, event_by(session, K.RECEIVED, at, number=number.text))


def accept(
    rules: CaseRules,
    case: Case,
    verdict: Verdict,
    number: CaseNumber,
    session: Session,
    at: datetime,
) -> Case:
    """Accept the case in the department's name (受理); the limits run from this day.

    A case that came back complete from its correction is accepted as of the day all was received.

    Raises:
        NotAcceptable: the check still finds something, or the state does not allow it.
        NotAllowed: the window holds no delegation for the item today.
    """
    must_be(case, CaseState.DRAFT, CaseState.CORRECTION_DUE)
    if not verdict.delegated:
        raise NotAllowed("本窗口没有受理授权，没有受理。可以收件，由主管部门决定")
    if verdict.act is not NextAct.ACCEPT_AND_PASS_ON:
        raise NotAcceptable("还有没核过的项目，没有受理。按 F4 看下一处")
    first = K.RECEIVED if case.state is CaseState.DRAFT else K.CORRECTED
    taken = _numbered(case, number, _first_hands(rules))
    received = event_by(
        session,
        first,
        at,
        on=posted_correction_on(rules, case) if first is K.CORRECTED else None,
        changed=changed_since_asked(case),
    )
    accepting = event_by(session, K.ACCEPTED, at, number=number.text)
    accepted = done(rules, taken, received, accepting, *put_off_by(case, accepting))
    return after_acceptance(rules, accepted, at)


def _first_hands(rules: CaseRules) -> str:
    """Return whom an accepted case goes to: the first level of its chain, else the department."""
    chain = rules.standard.chain
    return chain[0].by if chain else rules.standard.body.short_name


def notify_once(
    rules: CaseRules,
    case: Case,
    number: CaseNumber,
    notice: Notice,
    within: Limit | None,
    session: Session,
) -> Case:
    """Tell everything that is missing, once (一次性告知, 行政许可法 art. 32 (4)).

    Args:
        rules: what governs the case.
        case: a draft, or a case that was received.
        number: the number it bears, or is given with this act.
        notice: what is told.
        within: the term for the corrections, None where none is set.
        session: who tells.

    Raises:
        NotAcceptable: it was told before, or there is nothing to tell.
    """
    must_be(case, CaseState.DRAFT, CaseState.RECEIVED)
    if case.notice is not None:
        raise NotAcceptable("这件已经一次性告知过，没有再发。要再次告知，由值班长写明理由后办理")
    if not notice.points:
        raise NotAcceptable("没有要告知的内容，没有发告知书")
    told = replace(
        _numbered(case, number, case.applicant_name),
        notice=notice,
        asked_at=standing(case),
    )
    points = str(len(notice.points))
    told_once = event_by(session, K.NOTIFIED_ONCE, notice.at, limit=within, points=points)
    if case.state is CaseState.RECEIVED:
        return done(rules, told, told_once)
    return done(rules, told, event_by(session, K.RECEIVED, notice.at), told_once)


def correct(rules: CaseRules, case: Case, verdict: Verdict, session: Session, at: datetime) -> Case:
    """Take in what had been asked for (补正交齐), for the department to accept.

    Raises:
        NotAcceptable: nothing was asked for, or the check still finds something.
    """
    if verdict.act is not NextAct.RECEIVE_AND_PASS_ON:
        raise NotAcceptable("补正还没交齐，没有登记。按 F4 看还差哪一处")
    taken = replace(case, with_whom=rules.standard.body.short_name)
    corrected = event_by(
        session,
        K.CORRECTED,
        at,
        on=posted_correction_on(rules, case),
        changed=changed_since_asked(case),
    )
    return done(rules, taken, corrected)


def with_paper_number(case: Case, kind: str, number: str) -> Case:
    """Give a paper of the case its 文号 (kind is the paper's code)."""
    return replace(case, paper_numbers={**case.paper_numbers, kind: number})


def decline(
    rules: CaseRules,
    case: Case,
    reason: DeclineReason,
    referral: Referral,
    session: Session,
    at: datetime,
) -> Case:
    """Say before acceptance that this is not ours or not needed (不予受理、不受理).

    Raises:
        NotAcceptable: nobody is known to whom it is said, or the reason sends him to another
            office and it is not said who receives him there.
    """
    must_be(case, CaseState.DRAFT, CaseState.RECEIVED)
    if not case.applicant_name:
        raise NotAcceptable("还不知道申请人是谁，没有出决定书。放上身份证，或按 F4 补上")
    sent_on = referral.stripped()
    if reason.needs_competent_body:
        sent_on.require_whole()
    why = event_by(
        session,
        K.DECLINED,
        at,
        reason=reason.code,
        competent_body=sent_on.office,
        receiver=sent_on.receiver,
        receiver_phone=sent_on.phone,
    )
    return done(rules, replace(case, with_whom=""), why)


def withdraw(
    rules: CaseRules,
    case: Case,
    reason: str,
    session: Session,
    at: datetime,
    *,
    by_handler: bool = False,
) -> Case:
    """Take note that the applicant takes his application back in writing (撤回).

    Raises:
        NotAcceptable: it is decided already, or not even received.
        NotAllowed: the handler brings it, and his mandate does not let him, or not today.
    """
    handler = case.handler
    if by_handler and not (
        handler is not None and handler.mandate.carries(MandateAct.WITHDRAW, local_date(at))
    ):
        raise NotAllowed(
            "委托书没有授权撤回，或不在期限内，没有撤回。请申请人本人书面撤回，或补委托书"
        )
    taken_back = event_by(session, K.WITHDRAWN, at, reason=reason.strip())
    return done(rules, replace(case, with_whom=""), taken_back)


def lapse(rules: CaseRules, case: Case, session: Session, at: datetime) -> Case:
    """End a case whose corrections did not come in their term (逾期未补正终止); a person says so.

    Raises:
        NotAcceptable: no term for corrections runs, or it has not passed.
    """
    must_be(case, CaseState.CORRECTION_DUE)
    term = case.terms.get(Term.CORRECTION)
    if term is None:
        raise NotAcceptable("这件没有补正期限，不能按逾期终止。可以请申请人书面撤回")
    if local_date(at) <= term.on:
        raise NotAcceptable(f"补正期限到 {term.on} 才满，没有终止。到期后再办")
    return done(rules, replace(case, with_whom=""), event_by(session, K.LAPSED, at))


def void(rules: CaseRules, case: Case, reason: str, session: Session, at: datetime) -> Case:
    """Void a case that should never have been one (作废), with the reason.

    Raises:
        NotAcceptable: no reason, or the case is decided already.
    """
    if not reason.strip():
        raise NotAcceptable("还没写作废的理由，没有作废。写明理由再办")
    gone = event_by(session, K.VOIDED, at, reason=reason.strip())
    return done(rules, replace(case, with_whom=""), gone)


def silence(rules: CaseRules, case: Case, today: date, at: datetime) -> CaseEvent | None:
    """Return the event by which silence accepts this case (视为受理), None where it does not.

    The term ends with its last day, so the event is due from the day after. The program writes
    it down; nobody needs to act, and nobody can forget.
    """
    term = case.terms.get(Term.NOTICE)
    if term is None or not rules.law.silence_accepts or today <= term.on:
        return None
    passed = term.on.isoformat()
    return CaseEvent(
        kind=K.DEEMED_ACCEPTED, at=at, actor="", actor_name="", detail={"passed_on": passed}
    )


def let_time_pass(rules: CaseRules, case: Case, today: date, at: datetime) -> Case:
    """Return the case with what time alone has brought, the same case where it brought nothing."""
    accepted = silence(rules, case, today, at)
    if accepted is None:
        return case
    taken = settled(rules, case, (accepted, *put_off_by(case, accepted)))
    return after_acceptance(rules, taken, at)


def handed_off(rules: CaseRules, case: Case, at: datetime, to_whom: str) -> Case:
    """The other side has signed for the case (转办已送达); an accepted one is now under review."""
    event = CaseEvent(kind=K.HANDED_OFF, at=at, actor="", actor_name=to_whom, detail={})
    return settled(rules, case, (event,))
