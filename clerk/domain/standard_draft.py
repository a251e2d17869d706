"""Drafts of item standards, and how they become versions in force (事项标准的草稿、送审、发布).

A draft is a plain mapping that may be faulty. An editor proposes drafts for a day, another person
publishes them; a version that is published is never changed, only followed by the next one.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.catalogue_line import CANCELLED, IN_FORCE, CatalogueLine
from clerk.domain.errors import ClerkError, StandardFaulty
from clerk.domain.sample_run import SampleDifference
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from
from clerk.values import dataclass

Plain = Mapping[str, object]
"""What ``tomllib`` reads of a standard's file (docs/standard-format.md), faulty or not."""


class DraftChanged(ClerkError):
    """Somebody else saved the draft since it was read."""


class VerdictChanged(ClerkError):
    """Sample cases come out otherwise and the proposal did not say so; nothing was published."""

    def __init__(self, message: str, changed: "tuple[ChangedVerdict, ...]") -> None:
        super().__init__(message)
        self.changed = changed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """What an import brings for one item; ``table`` names the item.

    ``after`` is the version that has to be the newest when it is kept, None for whichever is.
    """

    table: Plain
    samples: Plain | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardDraft:
    """The one draft of an item, kept until it is published or dropped.

    ``base_version`` is the newest version there was when it was begun, 0 for a new item; it is
    refused once there is a newer one. ``revision`` counts every save. While ``proposal_id`` is set it lies with the publisher and is not edited. ``batch`` names
    the import it came with. ``samples`` None stands for those of the base version. ``hands`` are
    the accounts of everybody who changed it.
    """

    item_code: str
    table: Plain
    base_version: int
    changed_at: datetime
    changed_by: str
    changed_by_name: str
    note: str = ""
    revision: int = 0
    proposal_id: UUID | None = None
    batch: str = ""
    samples: Plain | None = None
    hands: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The item's name as the draft has it, else its code."""
        named = self.table.get("name")
        return named if isinstance(named, str) and named.strip() else self.item_code


class ItemState(StrEnum):
    """Where an item of the catalogue stands on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    NEW = "new"


class ProposalState(StrEnum):
    """Where a proposal stands; only the first one is open."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedChange:
    """A sample case whose other verdict the proposal names beforehand."""

    item_code: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedVerdict:
    """A sample case that comes out otherwise than it says, and otherwise than before.

    ``why`` is what the editor wrote when he took the other outcome for right.
    """

    item_code: str
    sample: str
    differences: tuple[SampleDifference, ...]
    expected: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What the sample cases of some drafts said (试办)."""

    samples: int
    changed: tuple[ChangedVerdict, ...]

    @property
    def unexpected(self) -> tuple[ChangedVerdict, ...]:
        """What nobody named beforehand; this stops a publication."""
        return tuple(one for one in self.changed if not one.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Drafts that an editor lays before a publisher for a day (送审).

    ``settled_*`` say who ended it, when and why: published, sent back, withdrawn or taken back.
    """

    proposal_id: UUID
    state: ProposalState
    effective_on: date
    reason: str
    item_count: int
    proposed_at: datetime
    proposed_by: str
    proposed_by_name: str
    expected: tuple[ExpectedChange, ...] = ()
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_by_name: str = ""
    settled_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItem:
    """One item of a proposal; ``version`` is 0 until it is published."""

    item_code: str
    name: str
    base_version: int
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueQuery:
    """Which items a list shows; ``drafts``, ``proposed`` and ``batch`` only those with such a draft.

    ``coming`` are those of which a version waits for its day, ``stopped`` those that are ended,
    suspended or cancelled.
    """

    text: str = ""
    state: ItemState | None = None
    drafts: bool = False
    proposed: bool = False
    coming: bool = False
    stopped: bool = False
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMark:
    """That an item has a draft, and whose it is."""

    changed_at: datetime
    changed_by: str
    changed_by_name: str
    proposed: bool
    note: str
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One item of the list: the version that counts today, and one that waits for its day."""

    item_code: str
    name: str
    body: str
    state: ItemState
    version: int
    effective_on: date | None
    ended_on: date | None
    next_version: int
    next_on: date | None
    draft: DraftMark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """A page of the list; ``after`` asks for the next one, empty on the last.

    ``total`` is told with the first page, unless counting would mean to look at every item.
    """

    rows: tuple[CatalogueRow, ...]
    after: str
    total: int | None


def as_version(table: Plain, version: int, effective_on: date) -> dict[str, object]:
    """Return a draft's table as the version it is to be; its own number and day do not count."""
    return {**table, "version": version, "effective_on": effective_on}


def draft_faults(table: Plain, on: date) -> tuple[str, ...]:
    """Return everything that keeps a draft from being published for ``on``; empty if nothing."""
    try:
        standard_from(as_version(table, 1, on))
    except StandardFaulty as faulty:
        return faulty.faults
    return ()


def standing_of(lines: Iterable[CatalogueLine], on: date) -> CatalogueLine | None:
    """Return of one item's versions what counts on a day: in force, else last, else next."""
    known = sorted(lines, key=lambda line: (line.effective_on, line.version))
    begun = [line for line in known if line.effective_on <= on]
    running = [line for line in begun if line.ended_on is None or line.ended_on >= on]
    return next(iter([*running[-1:], *begun[-1:], *known[:1]]), None)


def coming_of(lines: Iterable[CatalogueLine], on: date) -> CatalogueLine | None:
    """Return the next version that waits for its day."""
    waiting = [line for line in lines if line.effective_on > on]
    return min(waiting, key=lambda line: (line.effective_on, -line.version), default=None)


def state_of(line: CatalogueLine | None, on: date) -> ItemState:
    """Say where an item stands whose line counts on ``on``; None is one only drafted so far."""
    if line is None:
        return ItemState.NEW
    if line.state_code == CANCELLED:
        return ItemState.CANCELLED
    if line.ended_on is not None and line.ended_on < on:
        return ItemState.ENDED
    if line.state_code != IN_FORCE:
        return ItemState.SUSPENDED
    return ItemState.COMING if line.effective_on > on else ItemState.IN_FORCE


def standard_of(draft: StandardDraft, version: int, effective_on: date) -> ItemStandard:
    """Return the version that a draft makes.

    Raises:
        StandardFaulty: it has faults, each with the item's name before it.
    """
    try:
        return standard_from(as_version(draft.table, version, effective_on))
    except StandardFaulty as faulty:
        named = tuple(f"{draft.name} {fault}" for fault in faulty.faults)
        raise StandardFaulty(str(faulty), named) from faulty
