"""Obvious slips put right on the spot (当场更正, 行政许可法 art. 32 (3)): by whom, what, signed."""

from datetime import datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.domain.intake import editable
from clerk.domain.standard import Requirement


def corrected(
    case: Case, asked: Requirement, what: str, signer: str, session: Session, at: datetime
) -> Case:
    """Note what was put right on a paper and whose signature stands beside it.

    Raises:
        NotAcceptable: the case is no draft any more.
        BadInput: the paper is not there, or it is not said what was put right, or who signed.
    """
    editable(case)
    if asked.code not in case.evidence:
        raise BadInput(f"{asked.name}还没收到，没有记下更正。收下再更正")
    if not what.strip():
        raise BadInput("还没写更正了什么，没有记下。写明原来是什么、改成什么")
    if not signer.strip():
        raise BadInput("还没写谁在更正处签了字，没有记下。请申请人签字后再记")
    noted = event_by(
        session,
        CaseEventKind.CORRECTED_ON_THE_SPOT,
        at,
        subject=asked.code,
        what=what.strip(),
        signer=signer.strip(),
    )
    return case.with_event(noted)
