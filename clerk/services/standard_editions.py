"""Drafts made ready to be versions: every fault of every one, and what their samples say."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from clerk.domain.errors import BadInput, SamplesFaulty, StandardFaulty
from clerk.domain.sample_editing import without_empty
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import (
    ChangedVerdict,
    ExpectedChange,
    Plain,
    Proposal,
    Rehearsal,
    StandardDraft,
    standard_of,
)
from clerk.domain.standard_versions import NEW_ITEM
from clerk.services.sample_bench import SampleBench
from clerk.storage import standards
from clerk.storage.lots import lots
from clerk.values import dataclass, replace

GoOn = Callable[[int], bool]
"""Told how many items are done; False stops it, and nothing of it is kept."""

AT_ONCE: Final = 50
"""Items in memory together; of a province's each has a hundred kilobytes while it is looked at."""
MOST_FAULTS: Final = 1000
"""Faults that are told at once; who has more mends these first."""


class Stopped(Exception):
    """The person does not want it any more."""


def to_the_end(_done: int) -> bool:
    """Go on, whatever is done."""
    return True


def each_lot(done_so_far: Iterable[int], go_on: GoOn) -> int:
    """Let lots be changed one after the other; returns how many rows there were.

    Raises:
        Stopped: ``go_on`` said so.
    """
    done = 0
    for done in done_so_far:
        if not go_on(done):
            raise Stopped
    return done


@dataclass(frozen=True, slots=True)
class _Ready:
    """A draft without faults, the version it makes, and the samples that go with it.

    ``samples`` is None where there are none and never were.
    """

    draft: StandardDraft
    made: ItemStandard
    samples: Plain | None


class Readying:
    """Looks at the drafts of a proposal, lot by lot, inside one transaction."""

    def __init__(
        self, tx: Connection, proposal: Proposal, bench: SampleBench | None = None
    ) -> None:
        """Look in ``tx``; without ``bench`` no sample is run."""
        self._tx = tx
        self._proposal = proposal
        self._bench = bench
        self._day = bench.on(proposal.effective_on) if bench else None
        self._faults: list[str] = []
        self._changed: list[ChangedVerdict] = []
        self._samples = 0

    def each(
        self,
        drafts: Iterable[StandardDraft],
        go_on: GoOn,
        keep: Callable[[Sequence[tuple[standards.Edition, Plain | None]]], None] | None = None,
    ) -> Rehearsal:
        """Look at every draft and hand those without faults to ``keep``.

        Raises:
            StandardFaulty: some have faults; all of them are listed.
            Stopped: ``go_on`` said so.
        """
        done = 0
        for lot in lots(drafts, AT_ONCE):
            numbers = standards.numbers_of(self._tx, [draft.item_code for draft in lot])
            ready = [
                self._ready(draft, numbers.get(draft.item_code, standards.Numbers()))
                for draft in lot
            ]
            if keep is not None and not self._faults:
                keep([self._edition(one) for one in ready if one is not None])
            done += len(lot)
            if not go_on(done):
                raise Stopped
            if len(self._faults) > MOST_FAULTS:
                break
        if self._faults:
            raise StandardFaulty(
                f"草稿里有{len(self._faults)}处问题，没有送审或发布。请按所列各处改正后再来",
                tuple(self._faults[:MOST_FAULTS]),
            )
        return Rehearsal(samples=self._samples, changed=tuple(self._changed))

    def _ready(self, draft: StandardDraft, numbers: standards.Numbers) -> _Ready | None:
        """Return a draft as a version, None where it has faults."""
        if numbers.newest != draft.base_version:
            overtaken = BadInput(
                f"{draft.name} 起草后又发布了第{numbers.newest}版，请以新版为底稿重做这份草稿"
            )
            self._faults.append(str(overtaken))
            return None
        try:
            made = standard_of(draft, numbers.highest + 1, self._proposal.effective_on)
            samples = self._rehearsed(draft, made)
        except StandardFaulty as faulty:
            self._faults += faulty.faults
            return None
        except SamplesFaulty as faulty:
            self._faults += [str(BadInput(f"{draft.name} 样例 {fault}")) for fault in faulty.faults]
            return None
        return _Ready(draft, made, samples)

    def _edition(self, ready: _Ready) -> tuple[standards.Edition, Plain | None]:
        made = standards.edition_of(ready.made, self._proposal.proposal_id, ready.draft)
        return made, ready.samples

    def _rehearsed(self, draft: StandardDraft, made: ItemStandard) -> Plain | None:
        """Run the samples and return those that the version is kept with.

        That all were taken away is kept too: else those that shipped with the item would count.
        """
        if self._bench is None or self._day is None:
            return None if draft.samples is None else without_empty(draft.samples)
        has_base = draft.base_version != NEW_ITEM
        old: Plain = {}
        if has_base:
            old = self._bench.kept(self._tx, draft.item_code, draft.base_version)
        new = old if draft.samples is None else without_empty(draft.samples)
        before = None
        if old and has_base:
            before = standards.find(self._tx, draft.item_code, draft.base_version)
        run, changed = self._day.changed(before, made, old, new)
        self._samples += run
        self._changed += [
            replace(one, expected=_named(one) in self._proposal.expected) for one in changed
        ]
        never = not new and not old and self._bench.shipped(draft.item_code) is None
        return None if never else new


def _named(change: ChangedVerdict) -> ExpectedChange:
    return ExpectedChange(item_code=change.item_code, sample=change.sample)
