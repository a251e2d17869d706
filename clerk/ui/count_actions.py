"""What is counted over all cases, by item; everything in COUNT."""

from collections.abc import Callable, Sequence

from clerk.domain.promise_rate import PromiseRate
from clerk.domain.step_times import ItemTimes
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CountActions:
    """Counts that tell of items and of no person."""

    promise_rates: Callable[[], Sequence[PromiseRate]]
    step_times: Callable[[int], Sequence[ItemTimes]]  # so many months, this one among them
