"""Papers that an applicant leaves for re-use (材料留用), and what of them a later case may take.

Only his own scans and files, only where he said so, and only until he takes his word back. What
was taken over is a paper like any other of the new case: its review points are looked at anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import Finding, Outcome
from clerk.domain.form import facts_of
from clerk.domain.identity import Session
from clerk.domain.intake import editable, with_evidence
from clerk.domain.material import Evidence, Leave, Origin, TakenFrom
from clerk.domain.material_checks import check_material
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass, replace

_HIS_OWN = frozenset({Origin.SCANNED, Origin.CHOSEN_FILE, Origin.EARLIER})
_COPIES = frozenset({Way.SCAN, Way.FILE})
_CALLED_ANEW = frozenset({Way.CERTIFICATE, Way.SHARED_DATA})


class PaperChange(StrEnum):
    """What is different since the paper was left, so that it is looked at apart."""

    STANDARD = "standard"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPaper:
    """A paper of an earlier case that may be used again, with what was asked of it then.

    ``replaced`` tells that a later case has another paper for the same material.
    """

    case_id: UUID
    case_label: str
    item_code: str
    item_name: str
    code: str
    name: str
    acceptance_standard: str
    evidence: Evidence
    replaced: bool = False

    @property
    def came_at(self) -> datetime:
        """When the paper first came to a window, however often it was used since."""
        held = self.evidence
        return held.taken_from.at if held.taken_from else held.at


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOffer:
    """A left paper beside the material it could stand for now.

    ``failed`` is what today's check would find against it; where there is any, it is not taken.
    """

    asked: Requirement
    paper: LeftPaper
    changes: tuple[PaperChange, ...]
    failed: tuple[Finding, ...] = ()


def reusable(asked: Requirement) -> bool:
    """Whether an earlier paper may stand for the material at all.

    Not where a certificate or shared data can be called: that is done anew in every case. Nor
    where the program makes the paper or the card reader reads it.
    """
    ways = set(asked.ways)
    by_itself = asked.generated_from_form or bool(asked.read_from_card)
    return bool(_COPIES & ways) and not _CALLED_ANEW & ways and not by_itself


def leavable(standard: ItemStandard, case: Case, codes: Iterable[str]) -> tuple[Requirement, ...]:
    """Return the materials whose paper the applicant may leave for re-use."""
    asked = map(standard.requirement, codes)
    return tuple(one for one in asked if may_be_left(one, case.evidence.get(one.code)))


def may_be_left(asked: Requirement, held: Evidence | None) -> bool:
    """Whether it is the applicant's own scan or file, and nobody marked it unfit."""
    return reusable(asked) and _his_own(held)


def _his_own(held: Evidence | None) -> bool:
    return (
        held is not None
        and held.way in _COPIES
        and held.origin in _HIS_OWN
        and bool(held.files)
        and not held.fault
    )


def leave_paper(case: Case, asked: Requirement, session: Session, at: datetime) -> Case:
    """Write down that the applicant lets this paper be used again.

    Raises:
        NotAcceptable: the case is no longer being taken in, or the paper is none of his own.
    """
    editable(case)
    held = case.evidence.get(asked.code)
    if held is None or not may_be_left(asked, held):
        raise NotAcceptable(f"{asked.name}不能留用，没有改动。只有本人交的扫描件、文件可以留")
    if held.leave is not None:
        return case
    leave = Leave(at=at, by=session.account.account_id)
    return _noted(case, asked, replace(held, leave=leave), CaseEventKind.PAPER_LEFT, session, at)


def take_leave_back(case: Case, asked: Requirement, session: Session, at: datetime) -> Case:
    """Take the applicant's word back, whatever has become of the case; nothing where none stood."""
    held = case.evidence.get(asked.code)
    if held is None or held.leave is None:
        return case
    kind = CaseEventKind.LEAVE_TAKEN_BACK
    return _noted(case, asked, replace(held, leave=None), kind, session, at)


def _noted(
    case: Case,
    asked: Requirement,
    held: Evidence,
    kind: CaseEventKind,
    session: Session,
    at: datetime,
) -> Case:
    event = event_by(session, kind, at, subject=asked.code, material=asked.name)
    return replace(case, evidence={**case.evidence, asked.code: held}).with_event(event)


def still_left(held: Evidence | None) -> bool:
    """Whether the applicant's word stands, for a paper that is fit."""
    return held is not None and held.leave is not None and _his_own(held)


def left_papers(earlier: Sequence[tuple[Case, ItemStandard]]) -> tuple[LeftPaper, ...]:
    """Return what was left in these cases of one applicant, given the newest first.

    The same files are named once, and not at all where a later case found them unfit.
    """
    found: list[LeftPaper] = []
    seen: set[tuple[str, frozenset[str]]] = set()
    later: list[LeftPaper] = []
    unfit: set[frozenset[str]] = set()
    for case, standard in earlier:
        papers = [_paper(case, one) for one in standard.requirements if one.code in case.evidence]
        unfit |= {_digests(one) for one in papers if one.evidence.fault and one.evidence.files}
        for one in papers:
            digests = _digests(one)
            stands = still_left(one.evidence)
            if stands and digests not in unfit and (one.name, digests) not in seen:
                seen.add((one.name, digests))
                replaced = any(_same(one, new) and _digests(new) != digests for new in later)
                found.append(replace(one, replaced=replaced))
        later += [one for one in papers if one.evidence.way not in _NO_PAPER]
    return tuple(found)


_NO_PAPER = frozenset({Way.COMMITMENT, Way.DEFERRAL, Way.EXEMPT})


def _paper(case: Case, asked: Requirement) -> LeftPaper:
    return LeftPaper(
        case_id=case.case_id,
        case_label=case.label,
        item_code=case.item_code,
        item_name=case.item_name,
        code=asked.code,
        name=asked.name,
        acceptance_standard=asked.acceptance_standard,
        evidence=case.evidence[asked.code],
    )


def _digests(paper: LeftPaper) -> frozenset[str]:
    return frozenset(file.sha256 for file in paper.evidence.files)


def _same(left: LeftPaper, right: LeftPaper) -> bool:
    return left.name == right.name or ((left.item_code, left.code) == (right.item_code, right.code))


def fitting(
    standard: ItemStandard, case: Case, codes: Iterable[str], papers: Sequence[LeftPaper]
) -> Iterator[tuple[Requirement, LeftPaper]]:
    """Pair what the case asks for and does not have yet with what was left for it.

    Of the same item by code or name, of another item by name.
    """
    for code in codes:
        asked = standard.requirement(code)
        if code in case.evidence or not reusable(asked):
            continue
        for paper in papers:
            of_item = paper.item_code == standard.item_code and paper.code == code
            if of_item or paper.name == asked.name:
                yield asked, paper


def paper_offers(
    standard: ItemStandard,
    case: Case,
    codes: Iterable[str],
    papers: Sequence[LeftPaper],
    session: Session,
    at: datetime,
    calendar: WorkCalendar,
) -> tuple[PaperOffer, ...]:
    """Return what may be offered now, each with what has changed and what today's check says."""
    return tuple(
        PaperOffer(
            asked=asked,
            paper=paper,
            changes=_changes(asked, paper),
            failed=_failed(standard, case, asked, taken(asked, paper, session, at), calendar),
        )
        for asked, paper in fitting(standard, case, codes, papers)
    )


def _changes(asked: Requirement, paper: LeftPaper) -> tuple[PaperChange, ...]:
    then, now = (paper.name, paper.acceptance_standard), (asked.name, asked.acceptance_standard)
    changes = {PaperChange.STANDARD: then != now, PaperChange.REPLACED: paper.replaced}
    return tuple(change for change, happened in changes.items() if happened)


def _failed(
    standard: ItemStandard,
    case: Case,
    asked: Requirement,
    held: Evidence,
    calendar: WorkCalendar,
) -> tuple[Finding, ...]:
    tried = replace(case, evidence={**case.evidence, asked.code: held})
    facts = facts_of(tried, local_date(held.at), calendar)
    findings = check_material(standard, asked, tried, facts)
    return tuple(one for one in findings if one.outcome is Outcome.FAIL)


def taken(asked: Requirement, paper: LeftPaper, session: Session, at: datetime) -> Evidence:
    """Return a left paper as it stands for a material of another case, looked at by nobody yet."""
    held = paper.evidence
    other = Way.FILE if held.way is Way.SCAN else Way.SCAN
    return Evidence(
        way=held.way if held.way in asked.ways or other not in asked.ways else other,
        origin=Origin.EARLIER,
        at=at,
        by=session.account.account_id,
        files=held.files,
        issued_on=held.issued_on,
        valid_until_on=held.valid_until_on,
        signed=held.signed if asked.signature_by else None,
        sealed=held.sealed if asked.needs_seal else None,
        taken_from=TakenFrom(case_id=paper.case_id, case_label=paper.case_label, at=paper.came_at),
    )


def with_paper_reused(case: Case, offer: PaperOffer, session: Session, at: datetime) -> Case:
    """Let a left paper stand for the material, and write down where it came from.

    Raises:
        NotAcceptable: the case is no longer being taken in, the material is there by now, or the
            paper would not pass today.
    """
    editable(case)
    asked, paper = offer.asked, offer.paper
    if asked.code in case.evidence:
        raise NotAcceptable(f"{asked.name}已经有了，没有改动。要换，先按 Del 去掉")
    if offer.failed:
        raise NotAcceptable(f"上次留下的{asked.name}今天不合格，没有取用。请收新的")
    event = event_by(
        session,
        CaseEventKind.PAPER_REUSED,
        at,
        subject=asked.code,
        material=asked.name,
        case_id=str(paper.case_id),
        label=paper.case_label,
        came_on=local_date(paper.came_at).isoformat(),
        changes=" ".join(offer.changes),
    )
    return with_evidence(case, asked.code, taken(asked, paper, session, at)).with_event(event)
