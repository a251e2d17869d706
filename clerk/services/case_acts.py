"""Acts on a case that was taken in: 补件, 撤回, 终止, 特别程序, 延长, 作废; one transaction each."""

from uuid import UUID

from clerk.domain.act_rules import acts_on, bar_of, right_of
from clerk.domain.acting import act_on
from clerk.domain.case import Case
from clerk.domain.case_acts import STAYS_HERE, ActWords, CaseAct, OfferedAct
from clerk.domain.checking import check_case
from clerk.domain.custody import ask_where
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import case_body, result_body
from clerk.domain.identity import Act, Session
from clerk.domain.paper_gates import WAITS_FOR, numbers_awaited
from clerk.domain.papers_due import paper_of, with_number
from clerk.services.certificate_rechecks import taken_in
from clerk.services.correction import correct_case_decision
from clerk.services.credit import report_false_promise
from clerk.services.desk import Desk
from clerk.services.issued_certificates import withdraw_issued
from clerk.services.numbers import numbered_paper
from clerk.services.paper_prints import require_in_hand
from clerk.services.parcels import send_by_courier
from clerk.services.promises import ask_online
from clerk.services.records import record, tell
from clerk.storage import cases


def offered_acts(desk: Desk, session: Session, case: Case) -> tuple[OfferedAct, ...]:
    """Return every act on the case with what keeps this person from it today."""
    session.require(Act.READ_CASE)
    return acts_on(desk.rules(case), case, session, desk.now())


def do_act(desk: Desk, session: Session, case_id: UUID, act: CaseAct, words: ActWords) -> Case:
    """Do one act on the case and queue what the department must know of it.

    Args:
        desk: what the window has at hand.
        session: who acts.
        case_id: which case; what the act asks is looked at in the store as it is now, so that a
            receipt that came in meanwhile stops nobody, and another window's act does.
        act: which act.
        words: what he wrote down for it.

    Raises:
        NotAllowed: the role does not carry the act.
        NotAcceptable: state, term or words do not allow it, or the paper it rests on is not in
            anybody's hand; nothing was changed.
        PinNeeded: the act is a decision, and this person has not proved himself for it.
    """
    session.require(right_of(act))
    if act is CaseAct.CORRECT_DECISION:  # takes a 文号 and a PIN, and is told as a decision
        return correct_case_decision(desk, session, case_id, words.reason, words.note)
    if act is CaseAct.SEND_RESULT:  # tells the courier, not the department
        return send_by_courier(desk, session, case_id)
    if act is CaseAct.CHECK_ONLINE:  # asks the certificate library, tells nobody
        return ask_online(desk, session, case_id, words.material)
    if act is CaseAct.REPORT_FALSE_PROMISE:  # tells the credit platform, not the department
        return report_false_promise(desk, session, case_id, words.reason)
    now = desk.now()
    if act is CaseAct.REVOKE:  # takes a decision back, and so is one
        desk.leases.require(session, now)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules = desk.rules(case)
        kind = paper_of(act, words)
        numbered = numbered_paper(desk, tx, session, case, kind) if kind else case
        after = ask_where(rules, act_on(rules, numbered, act, words, session, now), now)
        if bar_of(rules, case, session, act, now) is not None:
            raise NotAcceptable("这件现在不能这样办，没有改动。按 F5 刷新后看最新进度")
        if act in WAITS_FOR:
            require_in_hand(tx, case, WAITS_FOR[act], numbers_awaited(case, act, words))
        if act is CaseAct.SUPPLY:
            after = taken_in(desk, after, now)
        if kind:
            after = with_number(case, after, kind, numbered.paper_numbers[kind.value])
        saved = cases.save(tx, after)
        if act not in STAYS_HERE:
            verdict = check_case(
                rules.standard, saved, session.counter_code, desk.today(), rules.calendar
            )
            body = case_body(rules.standard, saved, verdict, desk.state_codes)
            tell(desk, tx, saved.case_id, MessageKind.SUBMIT_CASE, body)
        if act is CaseAct.REVOKE:
            revoked = result_body(rules.standard, saved, "revoked")
            tell(desk, tx, saved.case_id, MessageKind.REPORT_RESULT, revoked)
            withdraw_issued(desk, tx, saved, words.reason)
        record(desk, tx, session, f"case.{act.value}", saved.case_id, reason=words.reason)
    return saved
