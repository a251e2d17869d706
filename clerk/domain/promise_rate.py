"""How many promises of an item were found false (不实承诺率)."""

from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRate:
    """Promised proofs of one item, by what the last check of each found.

    ``promised`` counts all that were taken in; those that are in none of the other counts were not
    looked at yet.
    """

    item_code: str
    item_name: str
    promised: int
    found_true: int
    found_false: int
    unclear: int

    @property
    def false_percent(self) -> float | None:
        """Of those that could be found out, how many in a hundred; None while there is none."""
        known = self.found_true + self.found_false
        return round(100 * self.found_false / known, 1) if known else None
