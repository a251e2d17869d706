"""The catalogue as pages of a list of any length.

The store continues from a key; where somebody jumps far ahead, the way there is gone once, in
large steps, and remembered.
"""

from collections.abc import Sequence
from typing import Final

from clerk.domain.case_list import ListExtent
from clerk.domain.standard_draft import CatalogueQuery, CatalogueRow
from clerk.ui.paging import PageAsked
from clerk.ui.standards_actions import StandardsActions

_STEP: Final = 1000


class CataloguePages:
    """The pages of one query; asked in one lane only."""

    def __init__(self, actions: StandardsActions, query: CatalogueQuery) -> None:
        self._actions, self.query = actions, query
        self._keys: dict[int, str] = {0: ""}
        self._total: int | None = None

    def fetch(self, asked: PageAsked[CatalogueRow]) -> Sequence[CatalogueRow]:
        """The rows of a page."""
        after = asked.after.item_code if asked.after else self._key_at(asked.first)
        if after is None:
            return ()
        page = self._actions.catalogue_page(self.query, after, asked.limit)
        self._total = page.total if page.total is not None else self._total
        if page.after:
            self._keys[asked.first + len(page.rows)] = page.after
        elif asked.first == 0:
            self._total = len(page.rows)
        return page.rows

    def measure(self) -> ListExtent:
        """How many rows there are, counted on the way where the store did not say."""
        if self._total is None:
            self._key_at(1 << 60)
        return ListExtent(rows=self._total or 0)

    def _key_at(self, first: int) -> str | None:
        """The key behind which the row ``first`` stands, None where there is no such row."""
        at = max(known for known in self._keys if known <= first)
        while at < first:
            step = min(_STEP, first - at)
            page = self._actions.catalogue_page(self.query, self._keys[at], step)
            at += len(page.rows)
            if not page.after:
                self._total = at
                return None
            self._keys[at] = page.after
        return self._keys[at]
