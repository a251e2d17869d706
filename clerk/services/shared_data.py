"""Asking shared data (数据核验, D9): for a purpose, by consent or duty, each in the ledger of calls.

Intent before, outcome after, as with every call of a certificate: whom it is about can have it
printed. A source that is silent leaves the case as it is: the paper is taken, or it is asked again.
"""

from clerk.domain.case import Case
from clerk.domain.certificate import Holder, Purpose
from clerk.domain.certificate_call import ASK_SHARED_DATA, CallAbout
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identity import Act, Session
from clerk.domain.shared_asking import question_for
from clerk.domain.shared_data import (
    SharedAnswer,
    SharedBasis,
    SharedOutcome,
    SharedQuestion,
    SharedSource,
)
from clerk.domain.standard import ItemStandard
from clerk.services.call_journal import journaled
from clerk.services.desk import Desk
from clerk.services.ports import SharedData


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
    on = desk.today()
    asked = asked_of(standard, facts_of(case, on, desk.calendar))
    question = question_for(asked, case, source, basis, reason, on)
    call = desk.call(session, case.case_id)
    try:
        return journaled(
            desk,
            call,
            f"{ASK_SHARED_DATA}:{source.value}",
            _material(standard, source),
            lambda: _sources(desk).ask(call, question),
            _about(standard, case, question),
        )
    except RemoteTrouble as trouble:
        return _silent(desk, question, str(trouble))


def _material(standard: ItemStandard, source: SharedSource) -> str:
    """Return the first material that the source stands in for; empty where it fills lines only."""
    named = (one.code for one in standard.requirements if one.shared_source is source)
    return next(named, "")


def _about(standard: ItemStandard, case: Case, question: SharedQuestion) -> CallAbout:
    return CallAbout(
        purpose=Purpose(
            item_code=standard.task_code,
            item_name=standard.name,
            business_number=case.label or str(case.case_id),
            reason=question.reason,
        ),
        holder=Holder(name=question.name, id_type=question.id_type, id_number=question.id_number),
        basis=question.basis,
    )


def _sources(desk: Desk) -> SharedData:
    if desk.shared_data is None:
        raise RemoteUnavailable(
            "本窗口没有接共享数据，没有查询，按收材料办，请系统管理员接上",
            kind="absent",
            sent="no",
        )
    return desk.shared_data


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
