"""The chief representative's acts (首席代表审批): look, decide, return internally."""

from collections.abc import Sequence
from uuid import UUID

from clerk.domain.case import Case, Decision, InternalReturn
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView
from clerk.domain.decision_bars import decision_bar
from clerk.domain.decisions import answer_point, answer_return, decide, return_internally
from clerk.domain.errors import NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import decision_body
from clerk.domain.identity import Act, Session
from clerk.domain.papers import PaperKind
from clerk.domain.review import PointOutcome
from clerk.services.desk import Desk
from clerk.services.numbers import numbered_paper
from clerk.services.records import record, tell
from clerk.storage import case_list, cases

QUEUE = 200


def approval_queue(desk: Desk, session: Session) -> Sequence[CaseLine]:
    """Return what waits for a decision of this person's department, most urgent first."""
    session.require(Act.DECIDE)
    items = tuple(sorted(session.account.decides_items))
    if not items:
        return ()
    query = CaseQuery(view=CaseView.TO_DECIDE, on=desk.today(), items=items)
    with desk.store.read() as tx:
        return case_list.page(tx, query, limit=QUEUE)


def answer_review_point(
    desk: Desk,
    session: Session,
    case_id: UUID,
    point: str,
    outcome: PointOutcome,
    remark: str = "",
) -> Case:
    """Write down what was found at one review point; the decision stands on it.

    Raises:
        NotAllowed: this person may not decide the case, so what he saw counts for nothing.
        NotAcceptable: the point is not asked, or it does not hold and nobody wrote why.
    """
    session.require(Act.DECIDE)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        standard = desk.standard(case.item_code, case.standard_version)
        if decision_bar(standard, case, session, desk.now()) is not None:
            raise NotAllowed("这件不能由你决定，没有记下看过。转给有授权的首席代表")
        answered = answer_point(standard, case, point, outcome, remark, session, desk.now())
        seen = cases.save(tx, answered)
        record(desk, tx, session, "case.looked_at", case_id, point=point, outcome=outcome.value)
    return seen


def decide_case(desk: Desk, session: Session, case_id: UUID, granted: bool, opinion: str) -> Case:
    """Decide a case and queue the decision for the department; its receipt moves the case on.

    Raises:
        PinNeeded: this person has not proved himself lately enough.
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: something was not looked at, or the case has moved on meanwhile.
    """
    session.require(Act.DECIDE)
    now = desk.now()
    desk.leases.require(session, now)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        case = numbered_paper(desk, tx, session, case, PaperKind.DECISION)
        decision = Decision(
            granted=granted,
            opinion=opinion,
            at=now,
            by=session.account.account_id,
            by_name=session.account.display_name,
            number=case.paper_numbers[PaperKind.DECISION.value],
        )
        saved = cases.save(tx, decide(desk.rules(case), case, decision, session))
        tell(desk, tx, case_id, MessageKind.SUBMIT_DECISION, decision_body(saved))
        record(desk, tx, session, "case.decided", case_id, granted=granted, number=decision.number)
    return saved


def send_back(
    desk: Desk,
    session: Session,
    case_id: UUID,
    points: Sequence[str],
    materials: Sequence[str],
    remark: str,
) -> Case:
    """Return a case inside the house by the standard's points; the clock runs on.

    Raises:
        NotAllowed: another department's case.
        NotAcceptable: no point, one that is not listed, or the case has moved on meanwhile.
    """
    session.require(Act.RETURN_INTERNALLY)
    returned = InternalReturn(
        points=tuple(points),
        materials=tuple(materials),
        remark=remark.strip(),
        at=desk.now(),
        by=session.account.display_name,
    )
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        saved = cases.save(tx, return_internally(desk.rules(case), case, returned, session))
        record(desk, tx, session, "case.returned", case_id, points=list(points))
    return saved


def answer_return_of(desk: Desk, session: Session, case_id: UUID) -> Case:
    """The window has dealt with what was sent back; the case lies with the chief again."""
    session.require(Act.EDIT_CASE)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        saved = cases.save(tx, answer_return(desk.rules(case), case, session, desk.now()))
        record(desk, tx, session, "case.return_answered", case_id)
    return saved
