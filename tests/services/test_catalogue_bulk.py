"""What an import brings becomes drafts all at once or not at all, and versions in the same way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from clerk.domain.delegating import Delegated, DelegationOrder, UnknownWindows
from clerk.domain.errors import BadInput, StandardFaulty
from clerk.domain.standard_draft import (
    CatalogueQuery,
    ExpectedChange,
    NewDraft,
    Proposal,
    ProposalState,
)
from clerk.services import catalogue as services_catalogue
from clerk.services import delegating, standard_drafts, standard_proposals
from clerk.services import standard_publishing as publishing
from clerk.services import standard_reverting as reverting
from clerk.storage import standard_drafts as kept_drafts
from clerk.storage import standards
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.services.catalogue_office import (
    BENCH,
    ITEM,
    SOON,
    TODAY,
    Office,
    always,
    renamed,
    table,
)
from tests.services.window import KEY, STATION

ROOT = Path(__file__).parents[2]
BATCH = "2026年春季清单"


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

    assert told == [50, 100, 150, 200, 210]
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

    assert standard_drafts.drop_batch(office.desk, office.editor, BATCH, always) == 4
    assert drafts_there(office) == ["item_000003"]


def test_what_is_dropped_or_given_back_and_stopped_half_way_stays_as_it_was(office, catalogue):
    taken(office, brought(catalogue, 210))
    told: list[int] = []

    def half_way(done: int) -> bool:
        told.append(done)
        return done < 100

    assert standard_drafts.drop_batch(office.desk, office.editor, BATCH, half_way) is None
    assert standard_drafts.count_of_batch(office.desk, office.editor, BATCH) == 210
    proposal = proposed(office)
    back = (office.desk, office.publisher, proposal.proposal_id, "依据没写全")
    assert publishing.send_back(*back, half_way) is None
    withdrawn = (office.desk, office.editor, proposal.proposal_id, "看错")
    assert standard_proposals.withdraw_proposal(*withdrawn, half_way) is None
    # all of them still lie there
    assert standard_drafts.count_of_batch(office.desk, office.editor, BATCH) == 0

    settled = publishing.send_back(*back, always)

    assert settled is not None
    assert settled.state is ProposalState.SENT_BACK
    assert told == [50, 100] * 3
    assert standard_drafts.drop_batch(office.desk, office.editor, BATCH, always) == 210


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


def test_a_whole_publication_is_taken_back_with_how_far_it_is_and_stopped_leaves_all(
    office, catalogue
):
    taken(office, brought(catalogue, 210))
    published = office.publish(proposed(office))
    assert published is not None
    proposal_id = published.proposal_id
    told: list[int] = []

    def take_back(go_on):
        return reverting.take_back(office.desk, office.second, proposal_id, "省里推迟", go_on)

    def tell(done: int) -> bool:
        told.append(done)
        return True

    assert take_back(lambda done: done < 200) is None
    assert office.version_on(SOON, "item_000209") == 1
    assert drafts_there(office) == []

    back = take_back(tell)

    assert (back, told) == (210, [50, 100, 150, 200, 210])
    assert [office.version_on(SOON, code) for code in (ITEM, "item_000209")] == [1, None]
    with office.desk.store.read() as tx:
        assert kept_drafts.count_of_batch(tx, published.reason) == 210


def test_a_publication_in_force_is_reverted_as_a_whole_by_drafts_of_what_was_before(
    office, catalogue
):
    """Published by another person like any other; what was new is cancelled."""
    named = (
        NewDraft(table={**one.table, "name": "歇业备案（新）"}) for one in brought(catalogue, 3)
    )
    taken(office, named)
    published = office.publish(proposed(office))
    assert published is not None
    office.window.clock.goes_on(days=14)
    revert = partial(
        reverting.revert, office.desk, office.editor, BENCH, published.proposal_id, "改回", "取消"
    )

    assert revert(lambda _: False) is None
    assert revert(always) == 3
    again = standard_proposals.propose_batch(
        office.desk, office.editor, "改回", SOON, "省里撤回", always
    )
    assert again is not None
    office.publish(again)

    before, now = office.desk.standard(ITEM, 1), office.desk.standard(ITEM, 3)
    assert replace(now, version=1, effective_on=before.effective_on) == before
    assert office.desk.standard("item_000001", 2).state.label == "取消"
    with pytest.raises(BadInput, match="之后又发布了新版"):
        revert(always)
    overtaken = NewDraft(table=table(catalogue[ITEM], ITEM), after=2)
    with pytest.raises(BadInput, match="之后又发布了新版"):
        standard_drafts.take_drafts(office.desk, office.editor, [overtaken], "晚了", "", always)


def test_the_samples_of_a_whole_import_are_run_before_it_is_proposed(office, catalogue):
    only_people = {**table(catalogue[ITEM], ITEM), "applicant_kinds": ["person"]}
    taken(office, [NewDraft(table=only_people)])

    said = standard_proposals.rehearse_batch(office.desk, office.editor, BENCH, BATCH, always)
    assert said is not None
    assert said.samples
    assert said.unexpected
    expected = [ExpectedChange(item_code=one.item_code, sample=one.sample) for one in said.changed]
    made = standard_proposals.propose_batch(
        office.desk, office.editor, BATCH, SOON, "只收个人的", always, expected
    )
    assert made is not None
    assert office.publish(made) is not None


def test_windows_are_let_to_accept_many_items_by_one_publication(office, catalogue):
    office.put(*(renamed(catalogue[ITEM], f"item_{number}") for number in range(3)))
    busy = standard_drafts.begin_draft(office.desk, office.editor, "item_1", 1)
    order = DelegationOrder(
        counters=("07",), document="县审改办〔2026〕1号", from_on=SOON, until_on=date(2027, 3, 31)
    )

    def delegate(wanted, go_on=always):
        query = CatalogueQuery(text="歇业")
        return delegating.delegate(office.desk, office.editor, query, wanted, "授权", go_on)

    with pytest.raises(BadInput, match="早于第一天"):
        delegate(replace(order, until_on=TODAY))
    assert delegate(replace(order, sure=frozenset({"07"})), lambda _: False) is None
    assert drafts_there(office) == [busy.item_code]

    for wrong in ("7", "3"):
        with pytest.raises(BadInput, match=f"没有窗口 {wrong}，"):
            delegate(replace(order, counters=(wrong,)))
    assert drafts_there(office) == [busy.item_code]

    with pytest.raises(UnknownWindows, match="没有见过窗口 07，最像的是 03") as strange:
        delegate(order)
    assert drafts_there(office) == [busy.item_code]
    order = replace(order, sure=strange.value.counters)
    assert delegate(order) == Delegated(drafts=3, busy=1)
    made = standard_proposals.propose_batch(
        office.desk, office.editor, "授权", SOON, order.document, always
    )
    assert made is not None
    office.publish(made)

    for code in (ITEM, "item_0", "item_2"):
        given = {
            one.counter_code: one.until_on for one in office.desk.standard(code, 2).delegations
        }
        assert given["07"] == date(2027, 3, 31)
    with pytest.raises(BadInput, match="4 项有草稿或待生效的新版"):
        delegate(replace(order, counters=("08",), sure=frozenset({"08"})))
    office.window.clock.goes_on(days=14)
    with pytest.raises(BadInput, match="已经是这样"):
        delegate(order)
    assert delegate(replace(order, ends=True)) == Delegated(drafts=3, busy=0)


def standards_after(file: Path, office: Office) -> tuple[int, int]:
    store = Store.open(
        file, key=KEY, now=office.window.clock, station=STATION, room=Room(ballast_bytes=0)
    )
    with store.read() as tx:
        found = standards.count_of_items(tx), standards.stamp(tx)
    store.close()
    return found


def test_the_drafts_of_an_import_are_read_page_by_page(office, catalogue):
    taken(office, brought(catalogue, 210))

    with office.desk.store.read() as tx:
        codes = [draft.item_code for draft in kept_drafts.of_batch(tx, BATCH)]
        counted = kept_drafts.count_of_batch(tx, BATCH)

    assert (len(codes), counted, codes[0]) == (210, 210, ITEM)
    assert codes == sorted(codes)
