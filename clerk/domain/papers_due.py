"""Which paper an act hands out (文书), and which papers a case owes for what was done to it.

The number of such a paper is drawn with the act and stands in its event, so that each act has its
own paper, however often it is done.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.fee_lines import FeeState
from clerk.domain.originals import OriginalPlace
from clerk.domain.paper_numbers import numbers_now
from clerk.domain.papers import PaperKind
from clerk.domain.parcel import ParcelState
from clerk.values import dataclass, replace

K = CaseEventKind

PAPER_OF_ACT: Mapping[CaseAct, PaperKind] = MappingProxyType(
    {
        CaseAct.NOTIFY_AGAIN: PaperKind.CORRECTION_NOTICE,
        CaseAct.SUPPLY: PaperKind.SUPPLEMENT_RECEIPT,
        CaseAct.WITHDRAW_PROMISE: PaperKind.SUPPLEMENT_RECEIPT,
        CaseAct.FAIL_DEFERRAL: PaperKind.TERMINATION_NOTICE,
        CaseAct.LAPSE: PaperKind.TERMINATION_NOTICE,
        CaseAct.WITHDRAW: PaperKind.TERMINATION_NOTICE,
        CaseAct.START_PROCEDURE: PaperKind.PROCEDURE_NOTICE,
        CaseAct.EXTEND: PaperKind.EXTENSION_NOTICE,
        CaseAct.AGREE_SITE_CHECK: PaperKind.SITE_NOTICE,
        CaseAct.RECORD_SITE_CHECK: PaperKind.SITE_RECORD,
        CaseAct.ORDER_REPAIR: PaperKind.REPAIR_ORDER,
        CaseAct.OFFER_HEARING: PaperKind.HEARING_NOTICE,
        CaseAct.REVOKE: PaperKind.REVOCATION,
        CaseAct.OFFER_STATEMENT: PaperKind.STATEMENT_NOTICE,
        CaseAct.CONCLUDE: PaperKind.DECISION,
        CaseAct.TAKE_POSTED: PaperKind.POSTED_RECEIPT,
    }
)


def paper_of(act: CaseAct, words: ActWords) -> PaperKind | None:
    """Return the paper that the act hands out with these words, None where it hands out none."""
    if act is CaseAct.PLACE_ORIGINALS and words.choice == OriginalPlace.HANDED_ON:
        return PaperKind.TRANSFER_SLIP
    if act is CaseAct.SETTLE_FEE and words.choice.endswith(f"|{FeeState.NOTIFIED}"):
        return PaperKind.FEE_NOTICE
    return PAPER_OF_ACT.get(act)


_PAPER_OF_EVENT: Mapping[CaseEventKind, PaperKind] = MappingProxyType(
    {
        K.SUPPLIED: PaperKind.SUPPLEMENT_RECEIPT,
        K.CORRECTED: PaperKind.SUPPLEMENT_RECEIPT,
        K.PROMISE_WITHDRAWN: PaperKind.SUPPLEMENT_RECEIPT,
        K.LAPSED: PaperKind.TERMINATION_NOTICE,
        K.WITHDRAWN: PaperKind.TERMINATION_NOTICE,
        K.PROCEDURE_STARTED: PaperKind.PROCEDURE_NOTICE,
        K.EXTENDED: PaperKind.EXTENSION_NOTICE,
        K.SITE_CHECK_AGREED: PaperKind.SITE_NOTICE,
        K.SITE_CHECKED: PaperKind.SITE_RECORD,
        K.REPAIR_ORDERED: PaperKind.REPAIR_ORDER,
        K.HEARING_OFFERED: PaperKind.HEARING_NOTICE,
        K.DECISION_REVOKED: PaperKind.REVOCATION,
        K.STATEMENT_OFFERED: PaperKind.STATEMENT_NOTICE,
        K.DECISION_CORRECTED: PaperKind.DECISION_CORRECTION,
        K.FEE_CHANGED: PaperKind.FEE_NOTICE,
        K.ORIGINALS_MOVED: PaperKind.TRANSFER_SLIP,
        K.POSTED_IN: PaperKind.POSTED_RECEIPT,
    }
)


def with_number(before: Case, after: Case, kind: PaperKind, number: str) -> Case:
    """Return the case with the number in the event that owes a paper of this kind.

    Args:
        before: the case as it was before the act.
        after: the same after it, by one event or more.
        kind: the paper that the act hands out.
        number: its 文号; no event of the act owes such a paper: nothing is written.
    """
    events = list(after.events)
    for place in range(len(before.events), len(events)):
        if _PAPER_OF_EVENT.get(events[place].kind) is kind:
            detail = {**events[place].detail, "document": number}
            events[place] = replace(events[place], detail=detail)
            break
    return replace(after, events=tuple(events))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPaper:
    """A paper that is owed under its number; ``event`` is what owes it, None for the state."""

    kind: PaperKind
    number: str
    event: CaseEvent | None = None


def outdated(case: Case, kind: PaperKind, made_at: datetime) -> bool:
    """Whether it tells of a hand-out before the decision was corrected: it goes out again."""
    corrected = case.corrected_decisions
    return bool(corrected) and kind is PaperKind.DELIVERY and made_at < corrected[-1].corrected_at


def papers_of_acts(case: Case) -> tuple[ActPaper, ...]:
    """Return the papers of everything that was done to the case, newest first.

    One whose number became void is owed under the number that stands for it; where none does, the
    paper is not owed any more.
    """
    now = numbers_now(case.events)
    owed = (one for event in reversed(case.events) if (one := _owed_for(event)) is not None)
    standing = (replace(one, number=now.get(one.number, one.number)) for one in owed)
    return tuple(one for one in standing if one.number)


def _owed_for(event: CaseEvent) -> ActPaper | None:
    """A parcel's slip bears the courier's number; every other paper the one drawn with its act."""
    if event.kind is K.PARCEL_MOVED and event.detail.get("state") == ParcelState.BOOKED:
        return ActPaper(kind=PaperKind.COURIER_SLIP, number=event.detail["waybill"], event=event)
    kind, number = _PAPER_OF_EVENT.get(event.kind), event.detail.get("document")
    return ActPaper(kind=kind, number=number, event=event) if kind and number else None
