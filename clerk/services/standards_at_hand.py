"""Item standards as a window asks for them: one by one from the store, the last ones kept.

A province has over 100,000 items; a window works with some dozens of them.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final

from clerk.domain.errors import UnknownItem
from clerk.domain.standard import ItemStandard
from clerk.storage import standards
from clerk.storage.engine import Store

MOST: Final = 128
"""Versions kept in memory, some 100 kB each."""


class StandardsAtHand:
    """Answers any published version, in force or not; a version never changes."""

    def __init__(self, store: Store) -> None:
        """Ask ``store``, from whatever thread."""
        self._store = store
        self._kept: OrderedDict[tuple[str, int], ItemStandard] = OrderedDict()
        self._lock = Lock()

    def __call__(self, item_code: str, version: int) -> ItemStandard:
        """Return a version.

        Raises:
            UnknownItem: it was never published here.
            StoreTrouble: it cannot be read.
        """
        key = item_code, version
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        with self._store.read() as tx:
            found = standards.find(tx, item_code, version)
        if found is None:
            raise UnknownItem("这件用的事项标准不在本机，没有改动。请标准管理员补发这一版")
        with self._lock:
            # two that asked at once get the same one
            found = self._kept.setdefault(key, found)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found
