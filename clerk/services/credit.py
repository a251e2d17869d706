"""The applicant's credit (信用): asked before his word is taken, and again while it runs.

Only ever about the applicant of a case, each time with a line of the journal. Where nobody
answers, the counter goes on and it is asked again by itself; what comes to light then is set as a
task before a person. Nothing here writes to anybody's record but ``report_false_promise``, which
is a supervisor's act after a hearing.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.credit import CreditAnswer, CreditOccasion, CreditOutcome
from clerk.domain.credit_gate import (
    asked_again,
    false_promise_body,
    subject_of,
    with_next_question,
)
from clerk.domain.credit_gate import report_false_promise as reported
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Act, Session
from clerk.domain.tasks import TaskKind, is_open
from clerk.services.desk import Desk
from clerk.services.ports import CreditSource
from clerk.services.records import record, tell
from clerk.storage import cases, settings, tasks

NEXT_ROUND: Final = "credit.next_round_at"
BETWEEN_ROUNDS: Final = timedelta(minutes=5)
AT_ONCE: Final = 10


def credit_source(desk: Desk) -> CreditSource:
    """Return the source that this window is connected to.

    Raises:
        RemoteUnavailable: it is connected to none.
    """
    if desk.credit is None:
        raise RemoteUnavailable(
            "本窗口没有接信用平台，没有查到信用，不影响办理，请系统管理员接上",
            kind="absent",
            sent="no",
        )
    return desk.credit


def ask_credit(desk: Desk, session: Session, case: Case, occasion: CreditOccasion) -> CreditAnswer:
    """Ask about the applicant of a draft before his word is taken; never raises for a silent peer.

    The caller lets the answer stand with the case by ``credit_gate.with_credit``.

    Raises:
        NotAcceptable: it is not known yet who applies.
    """
    session.require(Act.EDIT_CASE)
    answer = _answer(desk, session, case, occasion)
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "credit.asked",
            case.case_id,
            occasion=occasion.value,
            outcome=answer.outcome.value,
        )
    return answer


def ask_again(desk: Desk, session: Session) -> int:
    """Ask about the applicants whose turn it is; how many cases changed by what was answered.

    Called behind the window every few seconds; a source that does not answer is left alone for
    ``BETWEEN_ROUNDS``.
    """
    now = desk.now()
    with desk.store.read() as tx:
        said = settings.get(tx, settings.COUNTER, NEXT_ROUND)
        if said and now < datetime.fromisoformat(said) <= now + BETWEEN_ROUNDS:
            return 0  # one that lies further ahead was written by a clock that was wrong
        waiting = tasks.due_by(tx, desk.today(), {TaskKind.ASK_CREDIT}, AT_ONCE)
    changed = 0
    for line in waiting:
        with desk.store.read() as tx:
            case = cases.load(tx, line.case_id)
        answer = _answer(desk, session, case, CreditOccasion.WHILE_OPEN)
        changed += _keep_answer(desk, session, line.case_id, answer)
        if answer.outcome is CreditOutcome.SERVICE_DOWN:
            break
    if waiting:
        with desk.store.begin() as tx:
            later = (desk.now() + BETWEEN_ROUNDS).isoformat()
            settings.put(tx, settings.COUNTER, NEXT_ROUND, later)
    return changed


def report_false_promise(desk: Desk, session: Session, case_id: UUID, fact: str) -> Case:
    """Report a promise that was proven false, after a hearing; a person's act and no clock's.

    Raises:
        NotAllowed: only a supervisor reports.
        NotAcceptable: nothing was promised, nobody was heard, or it was reported before.
    """
    session.require(Act.REPORT_FALSE_PROMISE)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        saved = cases.save(tx, reported(desk.rules(case), case, fact, session, desk.now()))
        tell(desk, tx, case_id, MessageKind.REPORT_FALSE_PROMISE, false_promise_body(saved))
        record(desk, tx, session, "credit.false_promise_reported", case_id)
    return saved


def _answer(desk: Desk, session: Session, case: Case, occasion: CreditOccasion) -> CreditAnswer:
    """Ask once; a source that does not answer is an answer of its own, and never a bad one."""
    subject = subject_of(case)
    try:
        return credit_source(desk).ask(desk.call(session, case.case_id), subject, occasion)
    except RemoteTrouble as trouble:
        return CreditAnswer(
            outcome=CreditOutcome.SERVICE_DOWN,
            about=subject.id_number,
            at=desk.now(),
            trouble=str(trouble),
        )


def _keep_answer(desk: Desk, session: Session, case_id: UUID, answer: CreditAnswer) -> bool:
    """Let the answer stand with the case as it is now; whether anybody must be told."""
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules, now = desk.rules(case), desk.now()
        if not is_open(with_next_question(rules, case, now), TaskKind.ASK_CREDIT):
            cases.save(tx, with_next_question(rules, case, now))  # decided meanwhile
            return False
        before = case.credit.outcome if case.credit else None
        cases.save(tx, asked_again(rules, case, answer, session, now))
        record(
            desk,
            tx,
            session,
            "credit.asked",
            case_id,
            occasion=CreditOccasion.WHILE_OPEN.value,
            outcome=answer.outcome.value,
        )
    return answer.outcome is not before
