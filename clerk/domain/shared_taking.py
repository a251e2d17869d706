"""What an answer of shared data does to a case: it stands with it, and in for the paper it proves."""

from dataclasses import replace
from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.form import Asked
from clerk.domain.identity import Session
from clerk.domain.intake import editable, with_evidence, without_evidence
from clerk.domain.material import Evidence, Origin
from clerk.domain.shared_asking import subject_of
from clerk.domain.shared_data import SharedAnswer, SharedOutcome
from clerk.domain.standard import Way


def with_answer(
    asked: Asked, case: Case, answer: SharedAnswer, session: Session, at: datetime
) -> Case:
    """Let an answer stand with the case, over what the same source said before.

    What was found stands in for the materials that name this source and have nothing yet. Where
    the source finds it no more, its own evidence goes; silence changes nothing. An answer about
    somebody whom the case is no longer about is dropped.

    Raises:
        NotAcceptable: the case is no longer being taken in.
    """
    editable(case)
    subject = subject_of(case, answer.source)
    if subject is None or subject.id_number != answer.about:
        return case
    others = tuple(one for one in case.shared if one.source is not answer.source)
    event = event_by(
        session,
        CaseEventKind.SHARED_DATA_ASKED,
        at,
        subject=answer.source.value,
        outcome=answer.outcome.value,
        basis=answer.basis.value,
        reason=answer.reason,
        record=answer.record_number,
    )
    case = replace(case, events=(*case.events, case.stamped(event)))
    if answer.outcome is SharedOutcome.NO_ANSWER:
        before = any(one.source is answer.source for one in case.shared)
        return case if before else replace(case, shared=(*others, answer))
    case = replace(case, shared=(*others, answer))
    for one in asked.requirements:
        if one.shared_source is not answer.source or Way.SHARED_DATA not in one.ways:
            continue
        held = case.evidence.get(one.code)
        if answer.outcome is SharedOutcome.FOUND and held is None:
            case = with_evidence(case, one.code, _proof(answer, session))
        elif answer.outcome is not SharedOutcome.FOUND and held and held.way is Way.SHARED_DATA:
            case = without_evidence(case, one.code)
    return case


def _proof(answer: SharedAnswer, session: Session) -> Evidence:
    return Evidence(
        way=Way.SHARED_DATA,
        origin=Origin.LIBRARY,
        at=answer.at,
        by=session.account.account_id,
        issued_on=answer.as_of,
    )
