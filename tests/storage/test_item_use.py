"""What a window takes in most lately comes first when an item is looked for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from clerk.storage import cases
from clerk.storage.engine import Store
from clerk.storage.item_use import most_used
from tests.storage.invented import a_draft


def test_the_items_a_window_took_in_most_come_first(
    place: Path | str, open_store: Callable[..., Store]
):
    taken = ("old", "food", "age", "food", "rest", "age", "food")
    counter = a_draft(1).counter_code

    with open_store(place).begin() as tx:
        for serial, item_code in enumerate(taken, start=1):
            cases.add(tx, replace(a_draft(serial), item_code=item_code))

        assert most_used(tx, counter) == ("food", "age", "old", "rest")
        assert most_used(tx, "another window") == ()
