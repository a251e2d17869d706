"""Correction of a decision (更正): a new version with its own 文号, and everybody is told again."""

from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.correcting import CORRECTABLE, correct_decision
from clerk.domain.course import must_be
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import decision_body, result_body
from clerk.domain.identity import Act, Session
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import with_number
from clerk.services.desk import Desk
from clerk.services.issued_certificates import submit_anew
from clerk.services.numbers import numbered_paper
from clerk.services.records import record, tell
from clerk.storage import cases
from clerk.values import replace


def correct_case_decision(
    desk: Desk, session: Session, case_id: UUID, reason: str, opinion: str
) -> Case:
    """Correct what a decision says, and queue it for the department; the result goes out again.

    Args:
        desk: what the window has at hand.
        session: the chief representative who corrects.
        case_id: a decided case.
        reason: what was wrong.
        opinion: the whole text as it should read.

    Raises:
        PinNeeded: this person has not proved himself lately enough.
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: nothing to correct, no reason, or nothing changed.
    """
    session.require(Act.CORRECT_DECISION)
    now = desk.now()
    desk.leases.require(session, now)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        must_be(case, *CORRECTABLE)
        old = case.decision
        if old is None:
            raise NotAcceptable("这件没有本窗口作出的决定，没有更正。由作出决定的部门更正")
        case = numbered_paper(desk, tx, session, case, PaperKind.DECISION)
        anew = replace(
            old,
            opinion=opinion,
            at=now,
            by=session.account.account_id,
            by_name=session.account.display_name,
            number=case.paper_numbers[PaperKind.DECISION.value],
        )
        numbered = numbered_paper(desk, tx, session, case, PaperKind.DECISION_CORRECTION)
        corrected = correct_decision(desk.rules(case), case, anew, reason, session)
        notice = numbered.paper_numbers[PaperKind.DECISION_CORRECTION.value]
        owed = with_number(case, corrected, PaperKind.DECISION_CORRECTION, notice)
        saved = cases.save(tx, owed)
        tell(desk, tx, case_id, MessageKind.SUBMIT_DECISION, decision_body(saved))
        changed = result_body(desk.rules(saved).standard, saved, "corrected")
        tell(desk, tx, case_id, MessageKind.REPORT_RESULT, changed)
        submit_anew(desk, tx, saved, reason)
        record(
            desk,
            tx,
            session,
            "case.decision_corrected",
            case_id,
            number=anew.number,
            replaces=old.number,
        )
    return saved
