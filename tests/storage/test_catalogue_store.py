"""The catalogue in both databases: lines follow versions, drafts and proposals keep their order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from clerk.domain.catalogue_line import line_of
from clerk.domain.identity import Account
from clerk.domain.standard_draft import (
    CatalogueQuery,
    DraftChanged,
    ExpectedChange,
    Proposal,
    ProposalState,
    StandardDraft,
)
from clerk.storage import (
    catalogue_list,
    codec,
    schema,
    standard_drafts,
    standard_proposals,
    standard_publications,
    standards,
)
from clerk.storage.catalogue_tables import standards as standards_table
from clerk.storage.engine import Store, file_engine, server_engine
from clerk.storage.plain_table import dump_table, load_table
from tests.storage.invented import KEY, NOW, a_standard, an_id

TODAY = date(2026, 3, 18)
NEXT = date(2026, 4, 1)
PUBLISHER = Account(account_id="fa", display_name="费发布", roles=frozenset())


def a_draft(item_code: str, **more: object) -> StandardDraft:
    given = {
        "item_code": item_code,
        "table": {"item_code": item_code, "name": "样本100%事项", "effective_on": TODAY},
        "base_version": 0,
        "changed_at": NOW,
        "changed_by": "bian",
        "changed_by_name": "边编写",
        "hands": ("bian",),
    }
    return StandardDraft(**{**given, **more})  # type: ignore[arg-type]


def a_proposal(number: int, items: int) -> Proposal:
    return Proposal(
        proposal_id=an_id(number),
        state=ProposalState.PROPOSED,
        effective_on=NEXT,
        reason="改依据",
        item_count=items,
        proposed_at=NOW + timedelta(minutes=number),
        proposed_by="bian",
        proposed_by_name="边编写",
        expected=(ExpectedChange(item_code="a", sample="齐全"),),
    )


def test_lines_follow_the_versions_and_what_is_taken_back_is_gone(store: Store) -> None:
    first, second = a_standard(1), a_standard(2, NEXT)
    code = first.item_code
    edition = replace(standards.edition_of(second, an_id(1)), hands=("bian", "an"))
    with store.begin() as tx:
        standards.publish_all(tx, [standards.edition_of(first)], NOW)
        before = standards.stamp(tx)
        standards.publish_all(tx, [edition], NOW)

        assert standards.stamp(tx) > before
        old, new = standards.lines(tx)
        assert (old.ended_on, new) == (date(2026, 3, 31), line_of(second))
        assert standards.version_on(tx, code, TODAY) == 1
        assert standards.version_on(tx, code, NEXT) == 2
        assert standards.begun(tx, [code]) == {(code, TODAY), (code, NEXT)}

        (back,) = standard_publications.take_back(tx, an_id(1))
        standards.settle_ends(tx, [code])

        assert (back.item_code, back.version, back.hands) == (code, 2, ("bian", "an"))
        assert list(standards.lines(tx)) == [line_of(first)]
        assert standards.version_on(tx, code, NEXT) == 1
        numbers = standards.numbers_of(tx, [code])[code]
        assert (numbers.newest, numbers.highest) == (1, 2)
        assert standards.find(tx, code, 2) == second


def test_drafts_are_laid_into_proposals_and_given_back(store: Store) -> None:
    with store.begin() as tx:
        kept = standard_drafts.add(tx, a_draft("a"))
        standard_drafts.add_all(tx, [a_draft("b", batch="清单"), a_draft("c", batch="清单")])
        with pytest.raises(DraftChanged):
            standard_drafts.add(tx, a_draft("a"))
        again = standard_drafts.save(tx, replace(kept, note="改过", samples={"samples": []}))
        with pytest.raises(DraftChanged):
            standard_drafts.save(tx, kept)
        assert standard_drafts.find(tx, "a") == again

        assert standard_drafts.propose(tx, ["a", "b", "nowhere"], an_id(1)) == 2
        standard_proposals.add(tx, a_proposal(1, 2))
        assert standard_proposals.load(tx, an_id(1)) == a_proposal(1, 2)
        with pytest.raises(DraftChanged):
            standard_drafts.save(tx, again)
        with pytest.raises(DraftChanged):
            standard_drafts.drop(tx, again)
        assert standard_drafts.has_hand(tx, an_id(1), "bian")
        assert not standard_drafts.has_hand(tx, an_id(1), "ian")
        assert [one.item_code for one in standard_drafts.of_proposal(tx, an_id(1))] == ["a", "b"]
        (found,) = catalogue_list.page(
            tx, CatalogueQuery(text="100%", proposed=True), date(2026, 3, 18), "a", 9
        )
        assert (found.item_code, found.draft_name) == ("b", "样本100%事项")

        assert list(standard_drafts.give_back(tx, an_id(1))) == [2]
        assert list(standard_drafts.drop_batch(tx, "清单")) == [2]
        assert standard_drafts.taken(tx, ["a", "b", "c"]) == {"a"}

        settled = standard_proposals.settle(
            tx, a_proposal(1, 2), ProposalState.SENT_BACK, PUBLISHER, NOW, "没写依据"
        )
        assert standard_proposals.load(tx, an_id(1)) == settled
        assert standard_proposals.newest(tx, ProposalState.PROPOSED) == ()
        standard_proposals.add(tx, a_proposal(2, 1))
        assert [one.proposal_id for one in standard_proposals.newest(tx)] == [an_id(2), an_id(1)]

        standard_proposals.keep_samples(tx, [("a", 1, {"samples": [{"name": "齐全"}]})])
        assert standard_proposals.samples_of(tx, "a", 1) == {"samples": [{"name": "齐全"}]}
        assert standard_proposals.samples_of(tx, "a", 2) is None


@pytest.mark.parametrize("revision", ["0001", "0004"])
def test_versions_published_before_get_their_lines(
    place: Path | str, open_store: Callable[..., Store], revision: str
) -> None:
    """Of two the higher one counted; now the older one ends where it begins."""
    engine = (
        file_engine(place, KEY, foreign_keys=False, pooled=False)
        if isinstance(place, Path)
        else server_engine(make_url(place))
    )
    both = [a_standard(1), a_standard(2, NEXT)]
    with engine.begin() as tx:
        schema.upgrade(tx, revision)
        for one in both:
            tx.execute(
                standards_table.insert().values(
                    item_code=one.item_code,
                    version=one.version,
                    effective_on=one.effective_on,
                    ended_on=one.ended_on,
                    digest="0" * 64,
                    published_at=NOW,
                    body=codec.dump(one),
                )
            )
    engine.dispose()

    with open_store(place).read() as tx:
        lines = list(standards.lines(tx))
        (entry, _) = standards.history(tx, both[0].item_code)
        bodies = tx.execute(select(standards_table.c.body)).scalars().all()

    ended = replace(line_of(both[0]), ended_on=date(2026, 3, 31))
    assert lines == [ended, line_of(both[1])]
    assert (entry.version, entry.published_at) == (2, NOW)
    assert [codec.load(body, type(both[0])) for body in bodies] == both


def test_a_draft_keeps_days_and_numbers_as_they_are() -> None:
    table = {
        "day": TODAY,
        "number": Decimal("0.10000000000000000001"),
        "float": 0.5,
        "flag": True,
        "lines": [{"from_on": TODAY, "rest": []}],
        "text": "2026-03-18",
    }

    assert load_table(dump_table(table)) == table


def test_what_a_draft_cannot_hold_is_our_own_bug() -> None:
    with pytest.raises(TypeError, match="no bytes"):
        dump_table({"x": b""})
