"""Which cases need not be looked at again in a day's rounds of alarms."""

from collections.abc import Iterable
from datetime import date

Running = tuple[int, str]
"""A case by its row, and its running terms as text."""


class LastRound:
    """Remembers of the last round which cases had every alarm kept that their terms have reached.

    An alarm follows from the terms and the day alone: as long as both are the same, nothing new
    can be found. A program that starts remembers nothing and compares everything once.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._last: tuple[date, frozenset[Running]] | None = None

    def not_looked_at(self, on: date, running: Iterable[Running]) -> list[Running]:
        """Return the cases of which the last round of this day does not tell."""
        last = self._last  # one read: another thread may end a round meanwhile
        if last is None or last[0] != on:
            return list(running)
        return [one for one in running if one not in last[1]]

    def keep(self, on: date, running: Iterable[Running]) -> None:
        """Remember that every alarm of these cases is kept."""
        self._last = on, frozenset(running)

    def forget(self) -> None:
        """Compare everything once more in the next round."""
        self._last = None
