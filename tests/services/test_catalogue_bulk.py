"""What an import brings becomes drafts all at once or not at all, and versions in the same way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.opening import read_sounds
from clerk.domain.errors import BadInput, StandardFaulty
from clerk.domain.standard_draft import CatalogueQuery, NewDraft, Proposal, ProposalState
from clerk.services import catalogue as services_catalogue
from clerk.services import standard_drafts, standard_proposals
from clerk.services import standard_publishing as publishing
from clerk.services.standards_at_hand import MOST, StandardsAtHand
from clerk.storage import standard_drafts as kept_drafts
from clerk.storage import standards
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.services.catalogue_office import BENCH, ITEM, SOON, TODAY, Office, always, renamed, table
from tests.services.window import KEY, STATION, Window

ROOT = Path(__file__).parents[2]
BATCH = "2026年春季清单"


@pytest.fixture
def office(bare_window: Window, catalogue) -> Office:
    one = Office.over(bare_window)
    one.put(catalogue[ITEM])
    return one


def brought(catalogue, number: int) -> Iterator[NewDraft]:
    """So many items of an import, the first of them one that is there already."""
    for count in range(number):
        code = ITEM if count == 0 else f"item_{count:06}"
        yield NewDraft(table=table(catalogue[ITEM], code))


def taken(office: Office, drafts, go_on=always) -> int | None:
    return standard_drafts.take_drafts(office.desk, office.editor, drafts, BATCH, "春季清单", go_on)


def proposed(office: Office) -> Proposal:
    made = standard_proposals.propose_batch(
        office.desk, office.editor, BATCH, SOON, "春季清单", always
    )
    assert made is not None
    return made


def drafts_there(office: Office) -> list[str]:
    page = services_catalogue.catalogue_page(
        office.desk, office.editor, CatalogueQuery(drafts=True)
    )
    return [row.item_code for row in page.rows]


def test_an_import_becomes_drafts_that_are_published_together(office, catalogue):
    told: list[int] = []

    def go_on(done: int) -> bool:
        told.append(done)
        return True

    assert taken(office, brought(catalogue, 210), go_on) == 210
    proposal = proposed(office)
    published = office.publish(proposal)
    assert published is not None

    assert told == [200, 210]
    assert (published.state, published.item_count) == (ProposalState.PUBLISHED, 210)
    assert drafts_there(office) == []
    assert [office.version_on(day, ITEM) for day in (TODAY, SOON)] == [1, 2]
    assert [office.version_on(day, "item_000209") for day in (TODAY, SOON)] == [None, 1]
    items = standard_proposals.proposed_items(
        office.desk, office.editor, published.proposal_id, "", 2
    )
    assert [(one.item_code, one.base_version, one.version) for one in items] == [
        (ITEM, 1, 2),
        ("item_000001", 0, 1),
    ]


def test_a_stopped_import_leaves_nothing(office, catalogue):
    before = office.acts()

    assert taken(office, brought(catalogue, 300), lambda done: done < 200) is None

    assert (drafts_there(office), office.acts()) == ([], before)


def test_an_import_over_what_somebody_is_editing_leaves_nothing(office, catalogue):
    office.drafted(name="正在改")

    with pytest.raises(BadInput, match=f"{ITEM} 等1个事项已有草稿"):
        taken(office, reversed(list(brought(catalogue, 300))))

    assert drafts_there(office) == [ITEM]


def test_a_code_twice_in_one_list_leaves_nothing(office, catalogue):
    twice = [*brought(catalogue, 3), *brought(catalogue, 2)]

    with pytest.raises(BadInput, match="重复出现"):
        taken(office, twice)
    assert drafts_there(office) == []


def test_a_stopped_publication_leaves_every_draft_and_no_version(office, catalogue):
    taken(office, brought(catalogue, 210))
    proposal = proposed(office)

    stopped = publishing.publish(
        office.desk, office.publisher, BENCH, proposal.proposal_id, lambda done: done < 200
    )

    assert stopped is None
    assert office.version_on(SOON, "item_000001") is None
    still = standard_proposals.proposals(office.desk, office.publisher)
    assert [one.proposal_id for one in still] == [proposal.proposal_id]


def test_the_faults_of_all_drafts_of_an_import_are_told_at_once(office, catalogue):
    faulty = [NewDraft(table={**one.table, "requirements": []}) for one in brought(catalogue, 30)]
    taken(office, faulty)

    with pytest.raises(StandardFaulty) as refused:
        standard_proposals.propose_batch(office.desk, office.editor, BATCH, SOON, "清单", always)

    assert len([one for one in refused.value.faults if one.endswith("至少要有一项")]) == 30
    assert standard_proposals.proposals(office.desk, office.editor) == ()


def test_what_is_left_of_an_import_is_dropped_together(office, catalogue):
    taken(office, brought(catalogue, 5))
    office.proposed(SOON, "item_000003")

    assert standard_drafts.drop_batch(office.desk, office.editor, BATCH) == 4
    assert drafts_there(office) == ["item_000003"]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from clerk.storage import standards
now = lambda: datetime(2026, 3, 18, 1, tzinfo=UTC)
store = Store.open(Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2]), now=now,
                   station=sys.argv[3], room=Room(ballast_bytes=0))
with store.read() as tx:
    item = standards.find(tx, "business_rest_filing", 1)
from dataclasses import replace
with store.begin() as tx:
    for number in range(3):
        lot = [replace(item, item_code=f"k{number}{count:03}", version=1) for count in range(20)]
        standards.publish_all(tx, [standards.edition_of(one) for one in lot], now())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_publication_killed_half_way_leaves_nothing(office, tmp_path):
    """The machine goes down after the last row and before the end of the transaction."""
    with office.desk.store.read() as tx:
        before = standards.count_of_items(tx), standards.stamp(tx)
    office.desk.store.close()
    file = tmp_path / "clerk.db"
    command = [sys.executable, "-c", KILLED, str(file), KEY.hex(), STATION]

    killed = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)

    assert killed.returncode == -signal.SIGKILL
    again = standards_after(file, office)
    assert again == before


def standards_after(file: Path, office: Office) -> tuple[int, int]:
    store = Store.open(
        file, key=KEY, now=office.window.clock, station=STATION, room=Room(ballast_bytes=0)
    )
    with store.read() as tx:
        found = standards.count_of_items(tx), standards.stamp(tx)
    store.close()
    return found


def test_a_window_finds_what_another_has_published(office):
    """Published for today it is there at the next round, with its version."""
    found = CatalogueAtHand(office.desk.store, read_sounds(), STATION)
    assert found.current(ITEM, TODAY) == 1

    office.published(TODAY, name="停业登记", aliases=[])

    assert found.refresh()
    assert not found.refresh()
    assert found.current(ITEM, TODAY) == 2
    assert [hit.name for hit in found.find("tydj", on=TODAY)] == ["停业登记"]


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


def test_the_drafts_of_an_import_are_read_page_by_page(office, catalogue):
    taken(office, brought(catalogue, 210))

    with office.desk.store.read() as tx:
        codes = [draft.item_code for draft in kept_drafts.of_batch(tx, BATCH)]
        counted = kept_drafts.count_of_batch(tx, BATCH)

    assert (len(codes), counted, codes[0]) == (210, 210, ITEM)
    assert codes == sorted(codes)
