"""Which step of a case waits for which paper: the case moves on once that is in somebody's hand.

A step that takes something from the applicant, or hands him something, rests on a paper that told
him of it. That the paper was made, or sent to a printer, says nothing; see ``printing``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import papers_of_acts

WAITS_FOR: Final[Mapping[CaseAct, PaperKind]] = MappingProxyType(
    {
        CaseAct.SEND_RESULT: PaperKind.DECISION,
        CaseAct.LAPSE: PaperKind.CORRECTION_NOTICE,
        CaseAct.FAIL_DEFERRAL: PaperKind.DEFERRAL_NOTICE,
        CaseAct.REVOKE: PaperKind.HEARING_NOTICE,
        CaseAct.SERVE_REVOCATION: PaperKind.REVOCATION,
        CaseAct.RECEIVE_TRANSFER: PaperKind.TRANSFER_SLIP,
    }
)
"""Handing a result out at the window waits for the decision too; it is no act of this list."""


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
