"""The list of visits to be made at home (上门服务名单): a line a case, by day."""

from datetime import date
from uuid import UUID

from clerk.domain.case import Case, CaseState
from clerk.domain.findings import Verdict
from clerk.domain.notice_points import notice_findings
from clerk.domain.standard import ItemStandard, Way
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """What whoever goes there must know; ``lacking`` names what the case still asks for.

    ``marks`` are those of ``Care``. A ``draft`` is finished at the window, not from the list.
    """

    case_id: UUID
    wanted_on: date
    label: str
    item_name: str
    applicant_name: str
    marks: tuple[str, ...]
    address: str
    phone: str
    lacking: tuple[str, ...]
    result_waits: bool
    draft: bool


def visit_line(standard: ItemStandard, case: Case, verdict: Verdict) -> VisitLine | None:
    """Return the line of the visit that is still to be made, None where none is."""
    care = case.care
    if care is None or care.visit is None:
        return None
    return VisitLine(
        case_id=case.case_id,
        wanted_on=care.visit.wanted_on,
        label=case.label,
        item_name=case.item_name,
        applicant_name=case.applicant_name,
        marks=tuple(mark for mark in care.marks if mark != "visit"),
        address=care.visit.address,
        phone=care.visit.phone,
        lacking=_lacking(standard, case, verdict),
        result_waits=case.state is CaseState.RESULT_WAITING,
        draft=case.state is CaseState.DRAFT,
    )


_ASKING = frozenset({CaseState.DRAFT, CaseState.RECEIVED, CaseState.CORRECTION_DUE})


def _lacking(standard: ItemStandard, case: Case, verdict: Verdict) -> tuple[str, ...]:
    """Return what is missing before acceptance, and behind it the papers that may follow."""
    if case.state in _ASKING:
        return tuple(dict.fromkeys(one.subject_name for one in notice_findings(verdict)))
    return tuple(
        asked.name
        for asked in standard.requirements
        if (held := case.evidence.get(asked.code)) is not None and held.way is Way.DEFERRAL
    )
