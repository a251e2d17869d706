"""What an answer of shared data does to a case: it stands with it, and in for the paper it proves."""

from datetime import datetime
from typing import Final

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.form import Asked
from clerk.domain.identity import Session
from clerk.domain.intake import editable, with_evidence, without_evidence
from clerk.domain.material import Evidence, Origin
from clerk.domain.party import Source
from clerk.domain.shared_asking import shared_name, standing_answer, subject_of, unlike
from clerk.domain.shared_data import SharedAnswer, SharedOutcome, SharedSource
from clerk.domain.standard import FormField, Way
from clerk.values import replace

LONGEST_OBJECTION: Final = 100
"""Characters."""


def with_answer(
    asked: Asked, case: Case, answer: SharedAnswer, session: Session, at: datetime, row: str = ""
) -> Case:
    """Let an answer stand with the case, over what the same source said before.

    What was found and is as the material wants it stands in for the materials that name this source
    and have nothing yet, and for ``row``, whose clerk asked for it, whatever lies there. Where the
    source does not say so any more, its own evidence goes; silence changes nothing. An answer about
    somebody whom the case is no longer about is dropped. Lines that somebody objected to are the
    source's again where it says something; else what was typed there stays.

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
    case = case.with_event(event)
    if answer.outcome is SharedOutcome.NO_ANSWER:
        before = any(one.source is answer.source for one in case.shared)
        return case if before else replace(case, shared=(*others, answer))
    case = _locked_again(asked, replace(case, shared=(*others, answer)), answer)
    for one in asked.requirements:
        if one.shared_source is not answer.source or Way.SHARED_DATA not in one.ways:
            continue
        held = case.evidence.get(one.code)
        does = answer.outcome is SharedOutcome.FOUND and unlike(one, answer) is None
        free = held is None or held.way is Way.SHARED_DATA or one.code == row
        if does and free:
            case = with_evidence(case, one.code, _proof(answer, session))
        elif not does and held and held.way is Way.SHARED_DATA:
            case = without_evidence(case, one.code)
    return case


def with_objection(
    asked: Asked, case: Case, source: SharedSource, words: str, session: Session, at: datetime
) -> Case:
    """Note that the person says otherwise than the source (异议): a paper or his word must come.

    The answer proves nothing any more and its own evidence goes. The lines it filled are free to be
    typed and show what the source had said; asking the source again locks them again.

    Raises:
        NotAcceptable: the case is no longer being taken in, or the source said nothing to object to.
        BadInput: it is not said what is wrong.
    """
    editable(case)
    answer = standing_answer(case, source)
    if answer is None or not answer.proves:
        raise NotAcceptable("这一类没有查到的数据可提异议，没有改动。没查到的，收纸质材料照常办")
    said = words.strip()
    if not said:
        raise BadInput("还没写哪里不对，没有改动。写明再提异议")
    if len(said) > LONGEST_OBJECTION:
        raise BadInput(f"说明超过 {LONGEST_OBJECTION} 个字，没有改动。写短一些再提异议")
    disputed = replace(answer, objection=said)
    shared = tuple(disputed if one is answer else one for one in case.shared)
    case = replace(_unlocked(asked, case, source, at), shared=shared)
    for one in asked.requirements:
        held = case.evidence.get(one.code)
        if one.shared_source is source and held is not None and held.way is Way.SHARED_DATA:
            case = without_evidence(case, one.code)
    return case.with_event(
        event_by(
            session,
            CaseEventKind.SHARED_DATA_DISPUTED,
            at,
            subject=source.value,
            reason=said,
            record=answer.record_number,
        )
    )


def _names(line: FormField, source: SharedSource) -> bool:
    return any(shared_name(path, source) for path in line.prefill)


def _unlocked(asked: Asked, case: Case, source: SharedSource, at: datetime) -> Case:
    """Hand the source's lines to the clerk as they stand, with what the source said beside them."""
    values = dict(case.values)
    for line in asked.fields:
        held = values.get(line.code)
        if held is not None and held.source is Source.SHARED_DATA and _names(line, source):
            values[line.code] = replace(
                held,
                source=Source.TYPED,
                at=at,
                record="",
                replaced=held.value,
                replaced_source=Source.SHARED_DATA,
            )
    return replace(case, values=values)


def _locked_again(asked: Asked, case: Case, answer: SharedAnswer) -> Case:
    """Give lines back that had been freed of the source: prefilling puts what it says now there."""
    freed = {
        line.code
        for line in asked.fields
        if any(answer.values.get(shared_name(path, answer.source)) for path in line.prefill)
        and line.code in case.values
        and case.values[line.code].replaced_source is Source.SHARED_DATA
    }
    kept = {code: held for code, held in case.values.items() if code not in freed}
    return replace(case, values=kept)


def _proof(answer: SharedAnswer, session: Session) -> Evidence:
    return Evidence(
        way=Way.SHARED_DATA,
        origin=Origin.SHARED_DATA,
        at=answer.at,
        by=session.account.account_id,
        issued_on=answer.as_of,
        shared=answer,
    )
