"""What a window has of the catalogue at hand: items to be found, and the last standards asked for."""

import weakref

from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.opening import read_sounds
from clerk.services.standards_at_hand import MOST, StandardsAtHand
from tests.services.catalogue_office import (
    ITEM,
    TODAY,
    renamed,
)
from tests.services.window import STATION


def test_a_window_finds_what_another_has_published(office):
    """Published for today it is there at the next round, with its version."""
    found = CatalogueAtHand(office.desk.store, read_sounds(), STATION)
    assert found.current(ITEM, TODAY) == 1

    office.published(TODAY, name="停业登记", aliases=[])

    assert found.refresh()
    assert not found.refresh()
    assert found.current(ITEM, TODAY) == 2
    assert [hit.name for hit in found.find("tydj", on=TODAY) or ()] == ["停业登记"]


def test_a_provinces_items_are_laid_out_behind_the_window_and_nothing_is_found_before(office):
    found = CatalogueAtHand(office.desk.store, read_sounds(), STATION, at_once=0)
    assert not found.is_made()
    assert found.find("xyba", on=TODAY) is None

    assert found.refresh()

    assert found.is_made()
    assert [hit.item_code for hit in found.find("歇业备案", on=TODAY) or ()] == [ITEM]


def test_the_catalogue_before_a_publication_is_not_kept_in_memory(office):
    """Nobody looks for garbage in one: of a province each would be a hundred megabytes."""
    found = CatalogueAtHand(office.desk.store, read_sounds(), STATION)
    found.find("xyba", on=TODAY)
    before = weakref.ref(found._made[1]) if found._made else None
    assert before is not None

    office.published(TODAY, name="停业登记", aliases=[])
    found.refresh()

    assert before() is None


def test_a_window_keeps_only_the_last_standards_in_memory(office, catalogue):
    at_hand = StandardsAtHand(office.desk.store)
    office.put(*(_other(catalogue, number) for number in range(MOST + 1)))
    first = at_hand("other_000", 1)

    assert at_hand("other_000", 1) is first
    for number in range(1, MOST + 1):
        at_hand(f"other_{number:03}", 1)

    assert at_hand("other_000", 1) is not first
    assert at_hand("other_000", 1) == first


def _other(catalogue, number: int):
    return renamed(catalogue[ITEM], f"other_{number:03}")
