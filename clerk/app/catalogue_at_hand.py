"""The catalogue that a window searches, made anew whenever the store's lines have changed.

What the window takes in most is found first; that is looked up again in every round.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import Final

from clerk.domain.item_search import ItemHit, ItemSearch
from clerk.domain.sounds import Sounds
from clerk.domain.window_profile import WindowProfile
from clerk.storage import item_use, standards
from clerk.storage.engine import Store

_EVERYTHING: Final = WindowProfile()
AT_ONCE: Final = 20_000
"""So many items take less than a second; nobody waits longer than that to sign in."""


@contextmanager
def _not_looked_through() -> Iterator[None]:
    """Let nobody look for garbage in what is made, now or ever after.

    A look through a province's lines holds the window up for a tenth of a second, whichever
    thread it falls to; there is none in them.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looks:
            gc.enable()


class CatalogueAtHand:
    """Finds items by the lines of the store; the day comes with every question.

    A province's catalogue takes some seconds: it is made by ``refresh`` behind the sign-in page, or
    behind the first one where the password opens the store. Until then ``find`` has no answer.
    """

    def __init__(
        self, store: Store, sounds: Sounds, counter_code: str, *, at_once: int = AT_ONCE
    ) -> None:
        """Read the lines, unless there are more items than ``at_once``."""
        self._store = store
        self._sounds = sounds
        self._counter_code = counter_code
        self._frequent: tuple[str, ...] = ()
        self._lock = Lock()
        self._made: tuple[int, ItemSearch] | None = None
        with store.read() as tx:
            few = standards.count_of_items(tx) <= at_once
        if few:
            self.refresh()

    def find(
        self, query: str, *, on: date, profile: WindowProfile = _EVERYTHING
    ) -> tuple[ItemHit, ...] | None:
        """Return the items that answer a query best, see ``ItemSearch.find``; None: not yet made."""
        if self._made is None:
            return None
        return self._made[1].find(query, on=on, frequent=self._frequent, profile=profile)

    def current(self, item_code: str, on: date) -> int:
        """Return the version of an item that counts on ``on``, see ``ItemSearch.current``."""
        return self._search().current(item_code, on)

    def is_made(self) -> bool:
        """Whether ``find`` answers."""
        return self._made is not None

    def is_being_made(self) -> bool:
        """Whether it is being made for the first time, which takes some seconds."""
        return self._made is None and self._lock.locked()

    def refresh(self) -> bool:
        """Read the lines again if any has changed, here or at another window of the hall."""
        with self._lock, self._store.read() as tx:
            self._frequent = item_use.most_used(tx, self._counter_code)
            stamp = standards.stamp(tx)
            if self._made is not None and self._made[0] == stamp:
                return False
            with _not_looked_through():
                self._made = stamp, ItemSearch(standards.lines(tx), self._sounds)
        return True

    def _search(self) -> ItemSearch:
        made = self._made
        while made is None:
            self.refresh()
            made = self._made
        return made[1]
