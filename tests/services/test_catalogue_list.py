"""The list of items as those who keep the catalogue page through it."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.standard_draft import CatalogueQuery, ItemState
from clerk.services import catalogue as services_catalogue
from clerk.services import standard_drafts
from tests.services.catalogue_office import ITEM, SOON, renamed


def test_the_list_says_where_every_item_stands(office, catalogue):
    item = catalogue[ITEM]
    stopped = replace(renamed(item, "a_stopped"), state=replace(item.state, code="2"))
    ended = replace(renamed(item, "b_ended"), ended_on=date(2026, 3, 17))
    later = replace(renamed(item, "d_later"), effective_on=SOON)
    office.put(stopped, ended, later)
    standard_drafts.new_draft(office.desk, office.editor, {"item_code": "z_new", "name": "新事项"})
    office.published(SOON, name="歇业备案（新）")

    page = _page(office)

    assert [(row.item_code, row.state) for row in page.rows] == [
        ("a_stopped", ItemState.SUSPENDED),
        ("b_ended", ItemState.ENDED),
        (ITEM, ItemState.IN_FORCE),
        ("d_later", ItemState.COMING),
        ("z_new", ItemState.NEW),
    ]
    row = page.rows[2]
    assert (row.version, row.next_version, row.next_on) == (1, 2, SOON)
    assert (page.total, page.after) == (5, "")


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (CatalogueQuery(text="歇业"), [ITEM]),
        (CatalogueQuery(text="没有这样的"), []),
        (CatalogueQuery(state=ItemState.NEW), ["z_new"]),
        (CatalogueQuery(drafts=True), [ITEM, "z_new"]),
        (CatalogueQuery(proposed=True), [ITEM]),
        (CatalogueQuery(stopped=True), []),
        (CatalogueQuery(batch="没有"), []),
    ],
    ids=str,
)
def test_the_list_is_narrowed(office, wanted, codes):
    standard_drafts.new_draft(office.desk, office.editor, {"item_code": "z_new", "name": "新"})
    office.drafted()
    office.proposed()

    assert [row.item_code for row in _page(office, wanted).rows] == codes


def test_what_comes_or_is_stopped_is_found_by_every_name_it_has(office, catalogue):
    """By the one it still has, by the one it will have, and by the one that is being written."""
    item = catalogue[ITEM]
    office.put(replace(renamed(item, "b_ended"), ended_on=date(2026, 3, 17)))
    office.published(SOON, name="停业登记", aliases=[])
    office.drafted("b_ended", name="重开登记")
    standard_drafts.new_draft(office.desk, office.editor, {"item_code": "z_new", "name": "重开"})

    def found(**wanted):
        return [row.item_code for row in _page(office, CatalogueQuery(**wanted)).rows]

    assert [found(coming=True, text=name) for name in ("歇业备案", "停业登记", "重开")] == [
        [ITEM],
        [ITEM],
        [],
    ]
    assert [found(stopped=True, text=name) for name in ("重开", "停业登记", "")] == [
        ["b_ended"],
        [],
        ["b_ended"],
    ]


def test_the_list_goes_on_where_the_page_before_ended(office, catalogue):
    office.put(*(renamed(catalogue[ITEM], f"x{number:02}") for number in range(7)))

    seen, after = [], ""
    while True:
        page = _page(office, CatalogueQuery(), after, 3)
        seen += [row.item_code for row in page.rows]
        after = page.after
        if not after:
            break

    assert seen == [ITEM, *(f"x{number:02}" for number in range(7))]


def _page(office, query=None, after="", limit=100):
    return services_catalogue.catalogue_page(
        office.desk, office.editor, query or CatalogueQuery(), after, limit
    )
