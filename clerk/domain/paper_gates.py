"""Which step of a case waits for which paper: the case moves on once that is in somebody's hand.

A step that takes something from the applicant, or hands him something, rests on a paper that told
him of it. That the paper was made, or sent to a printer, says nothing; see ``printing``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import papers_of_acts
from clerk.domain.transfer import bag_of, unsigned

WAITS_FOR: Final[Mapping[CaseAct, PaperKind]] = MappingProxyType(
    {
        CaseAct.LAPSE: PaperKind.CORRECTION_NOTICE,
        CaseAct.FAIL_DEFERRAL: PaperKind.DEFERRAL_NOTICE,
        CaseAct.REVOKE: PaperKind.HEARING_NOTICE,
        CaseAct.SERVE_REVOCATION: PaperKind.REVOCATION,
        CaseAct.RECEIVE_TRANSFER: PaperKind.TRANSFER_SLIP,
    }
)
"""What an act waits for; a result that goes out is no act of this list."""

RESULT_WAITS_FOR: Final = PaperKind.DECISION
"""A result leaves by no way, at the window or by courier, before this is in hand."""


def numbers_awaited(case: Case, act: CaseAct, words: ActWords) -> tuple[str, ...]:
    """Return the 文号 of the papers that an act waits for; none where the case owes no such paper.

    Whoever signs for a bag signs the slips of that bag, whatever went on in another one since.

    Raises:
        BadInput: no bag is named.
    """
    if act is CaseAct.RECEIVE_TRANSFER:
        bag = bag_of(words.number)
        slips = (held.number for _, held in unsigned(case) if held.bag == bag)
        return tuple(dict.fromkeys(slip for slip in slips if slip))
    return _numbers_owed(case, WAITS_FOR[act])


def numbers_a_result_awaits(case: Case) -> tuple[str, ...]:
    """Return the same for a result that leaves; none where it was decided elsewhere."""
    return _numbers_owed(case, RESULT_WAITS_FOR)


def _numbers_owed(case: Case, kind: PaperKind) -> tuple[str, ...]:
    number = number_owed(case, kind)
    return () if number is None else (number,)


def number_owed(case: Case, kind: PaperKind) -> str | None:
    """Return the 文号 of the latest paper of this kind that the case owes; None where it owes none."""
    of_acts = next((one.number for one in papers_of_acts(case) if one.kind is kind), None)
    if of_acts is not None:
        return of_acts
    return case.paper_numbers.get(kind.value) if _owed_by_state(case, kind) else None


def _owed_by_state(case: Case, kind: PaperKind) -> bool:
    match kind:
        case PaperKind.DECISION:
            return case.decision is not None
        case PaperKind.CORRECTION_NOTICE:
            return case.state is CaseState.CORRECTION_DUE
        case _:
            return kind is PaperKind.DEFERRAL_NOTICE
