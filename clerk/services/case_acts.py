"""Acts on a case that was taken in: 补件, 撤回, 终止, 特别程序, 延长, 作废; one transaction each."""

from datetime import datetime
from uuid import UUID

from clerk.domain import deferral, life, special
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct, OfferedAct, acts_on, right_of
from clerk.domain.checking import check_case
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import case_body
from clerk.domain.identity import Act, Session
from clerk.domain.intake import on_paper
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import cases


def offered_acts(desk: Desk, session: Session, case: Case) -> tuple[OfferedAct, ...]:
    """Return every act on the case with what keeps this person from it today."""
    session.require(Act.READ_CASE)
    return acts_on(desk.rules(case), case, session, desk.today())


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
        NotAcceptable: state, term or words do not allow it; nothing was changed.
    """
    session.require(right_of(act))
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules = desk.rules(case)
        after = _acted(rules, case, act, words, session, now)
        saved = cases.save(tx, after)
        verdict = check_case(rules.standard, saved, session.counter_code, desk.today())
        tell(
            desk,
            tx,
            saved.case_id,
            MessageKind.SUBMIT_CASE,
            case_body(rules.standard, saved, verdict),
        )
        record(desk, tx, session, f"case.{act.value}", saved.case_id, reason=words.reason)
    return saved


def _acted(
    rules: CaseRules, case: Case, act: CaseAct, words: ActWords, session: Session, at: datetime
) -> Case:
    match act:
        case CaseAct.SUPPLY:
            asked = rules.standard.requirement(words.material)
            paper = on_paper(asked, session, at)
            return deferral.supply(rules, case, words.material, paper, session, at)
        case CaseAct.EXCUSE:
            if words.until_on is None:
                raise BadInput("还没写新的期限，没有延期。选一天再办")
            return deferral.excuse(
                rules, case, words.material, words.until_on, words.reason, session, at
            )
        case CaseAct.FAIL_DEFERRAL:
            return deferral.fail(rules, case, words.reason, session, at)
        case CaseAct.LAPSE:
            return life.lapse(rules, case, session, at)
        case CaseAct.WITHDRAW:
            return life.withdraw(rules, case, words.reason, session, at)
        case CaseAct.START_PROCEDURE:
            return special.start_procedure(
                rules, case, words.procedure, words.document, session, at
            )
        case CaseAct.END_PROCEDURE:
            return special.end_procedure(rules, case, words.reason, session, at)
        case CaseAct.EXTEND:
            granted = special.Extension(
                workdays=words.workdays,
                reason=words.reason,
                approved_by=words.approved_by,
                document=words.document,
            )
            return special.extend(rules, case, granted, session, at)
        case CaseAct.VOID:
            return life.void(rules, case, words.reason, session, at)
