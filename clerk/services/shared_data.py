"""Asking shared data (数据核验, D9): for a purpose, by consent or duty, each a line of the journal.

A source that is silent leaves the case as it is: the paper is taken, or it is asked again.
"""

from clerk.domain.case import Case
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.identity import Act, Session
from clerk.domain.shared_asking import question_for
from clerk.domain.shared_data import (
    SharedAnswer,
    SharedBasis,
    SharedOutcome,
    SharedQuestion,
    SharedSource,
)
from clerk.services.desk import Desk
from clerk.services.ports import SharedData
from clerk.services.records import record


def ask_shared_data(
    desk: Desk,
    session: Session,
    case: Case,
    source: SharedSource,
    basis: SharedBasis,
    reason: str,
) -> SharedAnswer:
    """Ask one source for a draft; never raises for a silent source.

    The caller lets the answer stand with the case by ``shared_taking.with_answer``.

    Raises:
        NotAllowed: the role does not call, or does not call by duty.
        NotAcceptable: the item does not ask this source, or nobody fit is known.
        BadInput: consent or duty is not written down.
    """
    session.require(Act.CALL_BY_DUTY if basis is SharedBasis.DUTY else Act.CALL_CERTIFICATE)
    standard = desk.standard(case.item_code, case.standard_version)
    question = question_for(standard, case, source, basis, reason)
    answer = _answer(desk, session, case, question)
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "shared_data.asked",
            case.case_id,
            source=source.value,
            basis=basis.value,
            reason=question.reason,
            outcome=answer.outcome.value,
        )
    return answer


def _sources(desk: Desk) -> SharedData:
    if desk.shared_data is None:
        raise RemoteUnavailable(
            "本窗口没有接共享数据，没有查询，按收材料办，请系统管理员接上",
            kind="absent",
            sent="no",
        )
    return desk.shared_data


def _answer(desk: Desk, session: Session, case: Case, question: SharedQuestion) -> SharedAnswer:
    try:
        return _sources(desk).ask(desk.call(session, case.case_id), question)
    except RemoteTrouble as trouble:
        return _silent(desk, question, str(trouble))


def _silent(desk: Desk, question: SharedQuestion, trouble: str) -> SharedAnswer:
    return SharedAnswer(
        source=question.source,
        outcome=SharedOutcome.NO_ANSWER,
        about=question.id_number,
        at=desk.now(),
        basis=question.basis,
        reason=question.reason,
        trouble=trouble,
    )
