"""The cover of an archived file (案卷封面): what it says, and the PDF/A it is kept as."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from clerk import assets
from clerk.documents.plain import plain
from clerk.documents.press import Press
from clerk.domain.case import Case
from clerk.domain.clock import ALLOWED_FROM
from clerk.domain.file_review import FileReview
from clerk.domain.findings import Outcome
from clerk.domain.standard import ItemStandard, LawKind
from clerk.values import dataclass
from clerk.wording import STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """One line of the list of contents; ``path`` is where it lies in the package."""

    title: str
    path: str
    number: str = ""
    on: date | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Everything on the cover. The applicant is named in full, as an archive is searched by it."""

    title: str
    body_name: str
    number: str
    item_name: str
    item_version: int
    applicant_name: str
    received_on: date | None
    accepted_on: date | None
    outcome: str
    decision_number: str
    closed_on: date
    retention: str
    retention_basis: str
    passed: int
    failed: int
    cannot_tell: int
    reason: str
    archived_on: date
    archived_by: str
    practice: bool
    rows: tuple[CoverRow, ...]


@lru_cache(maxsize=1)
def _retention() -> tuple[str, dict[str, str]]:
    given = tomllib.loads(assets.read_text("resources", "review/retention.toml"))
    return str(given["basis"]), {str(kind): str(said) for kind, said in given["years"].items()}


def retention_of(kind: LawKind) -> str:
    """Return how long files of items under this law are kept."""
    return _retention()[1][kind.value]


def cover_of(
    case: Case,
    standard: ItemStandard,
    found: FileReview,
    rows: Sequence[CoverRow],
    *,
    reason: str,
    archived_on: date,
    archived_by: str,
    practice: bool,
) -> Cover:
    """Return what the cover of this file says."""
    decision = case.decision
    return Cover(
        title=plain(" ".join(part for part in (case.applicant_name, standard.name) if part)),
        body_name=standard.body.name,
        number=case.label,
        item_name=standard.name,
        item_version=standard.version,
        applicant_name=plain(case.applicant_name),
        received_on=case.received_on,
        accepted_on=case.accepted_on,
        outcome=STATES[case.state],
        decision_number=decision.number if decision else "",
        closed_on=_closed_on(case),
        retention=retention_of(standard.law_kind),
        retention_basis=_retention()[0],
        passed=found.count(Outcome.PASS),
        failed=found.count(Outcome.FAIL),
        cannot_tell=found.count(Outcome.CANNOT_TELL),
        reason=plain(reason),
        archived_on=archived_on,
        archived_by=plain(archived_by),
        practice=practice,
        rows=tuple(rows),
    )


def _closed_on(case: Case) -> date:
    """Return the day of the event that closed the case; notes in its course come later."""
    return next(event.day for event in reversed(case.events) if event.kind in ALLOWED_FROM)


def draw_cover(press: Press, cover: Cover) -> bytes:
    """Return the cover as PDF/A.

    Raises:
        PaperTrouble: it could not be drawn.
    """
    return press.print_cover({name: _as_json(getattr(cover, name)) for name in cover.__slots__})


def _as_json(value: object) -> object:
    if isinstance(value, CoverRow):
        return {name: _as_json(getattr(value, name)) for name in value.__slots__}
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
