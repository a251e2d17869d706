"""A province's items at a counter that the first password opens."""

from dataclasses import replace

import pytest

from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.door import Door
from clerk.app.opening import read_sounds

pytestmark = pytest.mark.own_window(signed_in=False)


def test_items_are_found_where_the_store_was_opened_by_signing_in(counter):
    counter.until(lambda: counter.station.door is not None)
    door = counter.station.door
    desk = door.opened.desk
    items = CatalogueAtHand(desk.store, read_sounds(), desk.counter.code, at_once=0)
    opened = replace(door.opened, items=items)
    counter.station.door = Door(door.choices, None, lambda _name, _word: opened)
    counter.station.sign_in.set_ready(counter.station.door.sign_in, door.choices)

    counter.enter()
    counter.until(lambda: counter.floor.shell.page() is not None)
    counter.press("F2")
    counter.type("歇业")

    counter.until_seen("歇业备案")
