"""Where the sample cases of drafts are run before they are published (试办)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from clerk.domain.draft_editing import lines_at
from clerk.domain.sample_case import samples_from
from clerk.domain.sample_editing import same_samples
from clerk.domain.sample_run import SampleDifference, SampleHall, run_samples
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import ChangedVerdict, Plain
from clerk.storage import standard_proposals


@dataclass(frozen=True, kw_only=True)
class SampleBench:
    """Runs sample cases; ``shipped`` are those that came with an item of the starter catalogue."""

    read_hall: Callable[[date], SampleHall]
    shipped: Callable[[str], Plain | None]

    def kept(self, tx: Connection, item_code: str, version: int) -> Plain:
        """Return the samples that a version was published with, empty where there are none."""
        own = standard_proposals.samples_of(tx, item_code, version)
        return (self.shipped(item_code) or {}) if own is None else own

    def on(self, day: date) -> "BenchOnADay":
        """Return the bench as it stands on the day on which the drafts are to be in force."""
        return BenchOnADay(read_hall=self.read_hall, day=day)


@dataclass(frozen=True, kw_only=True)
class BenchOnADay:
    """The bench with its people, read when the first sample comes."""

    read_hall: Callable[[date], SampleHall]
    day: date

    @cached_property
    def hall(self) -> SampleHall:
        """The hall in which samples are run."""
        return self.read_hall(self.day)

    def changed(
        self, before: ItemStandard | None, after: ItemStandard, old: Plain, new: Plain
    ) -> tuple[int, tuple[ChangedVerdict, ...]]:
        """Return how many samples were run, and those that come out otherwise.

        Every old sample is run as it was, so that a sample that was bent to fit still tells; one
        that came out otherwise under the version before already is nothing new.

        Args:
            before: the version that the draft follows, None for a new item.
            after: what the draft is to be.
            old: the samples of the version before.
            new: the samples of the draft.

        Raises:
            SamplesFaulty: samples do not parse; every fault is listed.
        """
        found = dict(self._differing(after, new))
        run = _number(new)
        if old and not same_samples(old, new):
            found = {**dict(self._differing(after, old)), **found}
            run += _number(old)
        if found and before is not None and old:
            known = dict(self._differing(before, old))
            found = {name: how for name, how in found.items() if known.get(name) != how}
        why = _reasons(new)
        return run, tuple(
            ChangedVerdict(
                item_code=after.item_code, sample=name, differences=how, why=why.get(name, "")
            )
            for name, how in found.items()
        )

    def _differing(
        self, standard: ItemStandard, samples: Plain
    ) -> Iterator[tuple[str, tuple[SampleDifference, ...]]]:
        if not samples:
            return
        for result in run_samples(self.hall, standard, samples_from(samples)):
            if result.differences:
                yield result.sample.name, result.differences


def _reasons(samples: Plain) -> Mapping[str, str]:
    """What the editor says of samples whose outcome he changed, by their names."""
    lines = (one for one in lines_at(samples, ("samples",)) if isinstance(one, Mapping))
    return {str(one.get("name")): str(one["why"]) for one in lines if one.get("why")}


def _number(samples: Plain) -> int:
    lines = samples.get("samples")
    return len(lines) if isinstance(lines, list) else 0
