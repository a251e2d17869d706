"""Where the seconds of an intake go, step by step (分步用时): for the item, never for a person.

Seconds are counted between two signs of life at the window. What lies between two that are
further apart than ``LONGEST_PAUSE_S`` is not counted at all: nobody knows what was done then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final

from clerk.values import dataclass, replace

LONGEST_PAUSE_S: Final = 120.0
FEWEST_CASES: Final = 5
"""Smaller groups are not shown (design 5.9): one case would tell of one person."""


class Step(StrEnum):
    """A step of an intake, in the order in which it is gone through."""

    NOTICE = "notice"
    APPLICANT = "applicant"
    QUESTIONS = "questions"
    FORM = "form"
    MATERIALS = "materials"
    CHECK = "check"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWatch:
    """A stopwatch over the steps of one case; all times are seconds of one monotonic clock.

    ``since`` is when the step at hand was last known to be worked on, None while it stands still.
    """

    seconds: Mapping[Step, float] = field(default_factory=dict)
    step: Step = Step.NOTICE
    since: float | None = None

    def at(self, step: Step, now: float) -> "StepWatch":
        """Go on at ``step``; what went by counts for the step before."""
        return replace(self.stopped(now), step=step, since=now)

    def stopped(self, now: float) -> "StepWatch":
        """Stand still: locked, another client, another page."""
        if self.since is None:
            return self
        passed = now - self.since
        if not 0 <= passed <= LONGEST_PAUSE_S:
            return replace(self, since=None)
        known = self.seconds.get(self.step, 0.0)
        seconds = MappingProxyType({**self.seconds, self.step: known + passed})
        return replace(self, seconds=seconds, since=None)

    def whole_seconds(self) -> Mapping[Step, int]:
        """Return every step, rounded to seconds; 0 where nobody was."""
        return {step: round(self.seconds.get(step, 0.0)) for step in Step}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredIntake:
    """The seconds of one case that was taken in; it names neither the case nor who took it in."""

    item_code: str
    item_name: str
    seconds: Mapping[Step, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """One step over several cases, in seconds; ``cases`` are those in which somebody was there.

    ``share`` of all the seconds of the item, from 0 to 1.
    """

    step: Step
    cases: int
    median: float
    p90: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTimes:
    """An item's steps in their order, and the whole; ``steps`` is empty for too small a group."""

    item_code: str
    item_name: str
    cases: int
    steps: tuple[StepTime, ...] = ()
    whole_median: float = 0.0
    whole_p90: float = 0.0


def summed_up(measured: Iterable[MeasuredIntake]) -> tuple[ItemTimes, ...]:
    """Return one entry an item, most cases first; an item bears the name it had last."""
    in_order = sorted(measured, key=lambda one: one.item_code)
    items = (_item(list(group)) for _, group in groupby(in_order, key=lambda one: one.item_code))
    return tuple(sorted(items, key=lambda item: (-item.cases, item.item_code)))


def _item(group: list[MeasuredIntake]) -> ItemTimes:
    last = group[-1]
    head = ItemTimes(item_code=last.item_code, item_name=last.item_name, cases=len(group))
    if len(group) < FEWEST_CASES:
        return head
    sums = sorted(sum(one.seconds.values()) for one in group)
    total = sum(sums)
    steps = []
    for step in Step:
        there = sorted(s for one in group if (s := one.seconds.get(step, 0)) > 0)
        if len(there) >= FEWEST_CASES:
            steps.append(
                StepTime(
                    step=step,
                    cases=len(there),
                    median=percentile(there, 0.5),
                    p90=percentile(there, 0.9),
                    share=sum(there) / total,
                )
            )
    return replace(
        head,
        steps=tuple(steps),
        whole_median=percentile(sums, 0.5),
        whole_p90=percentile(sums, 0.9),
    )


def percentile(in_order: list[int], part: float) -> float:
    """Return the value below which ``part`` of ``in_order`` (ascending, not empty) lies.

    Between two values it goes straight from one to the other, as PERCENTILE_CONT of SQL does.
    """
    at = part * (len(in_order) - 1)
    low = int(at)
    high = min(low + 1, len(in_order) - 1)
    return in_order[low] + (in_order[high] - in_order[low]) * (at - low)


def first_month(today: date, months: int) -> date:
    """Return the first day of the month with which a period of ``months`` up to today begins."""
    count = today.year * 12 + today.month - months
    return date(count // 12, count % 12 + 1, 1)
