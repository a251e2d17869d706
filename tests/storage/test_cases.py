"""Cases are kept whole, once, and never over another's work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from clerk.domain.deadlines import DueDate, Term
from clerk.domain.errors import CaseChanged
from clerk.domain.hand_off import CaseNumber
from clerk.storage import cases, files
from clerk.storage.engine import Store
from tests.storage.invented import NOW, a_draft, a_full_case, an_id


def test_a_case_comes_back_as_it_was_kept(tx: Connection) -> None:
    kept = cases.add(tx, a_full_case())

    assert kept.version == 1
    assert cases.load(tx, kept.case_id) == kept


def test_a_saved_case_carries_the_next_version(tx: Connection) -> None:
    kept = cases.add(tx, a_draft())

    saved = cases.save(tx, replace(kept, with_whom="市监局"))

    assert saved.version == 2
    assert cases.load(tx, kept.case_id).with_whom == "市监局"


def test_the_second_of_two_windows_is_told_and_writes_nothing(store: Store) -> None:
    with store.begin() as tx:
        read_twice = cases.add(tx, a_draft())
    with store.begin() as tx:
        cases.save(tx, replace(read_twice, with_whom="第一个窗口"))

    with store.begin() as tx, pytest.raises(CaseChanged, match="没有写入"):
        cases.save(tx, replace(read_twice, with_whom="第二个窗口"))

    with store.read() as tx:
        assert cases.load(tx, read_twice.case_id).with_whom == "第一个窗口"


def test_a_case_is_kept_for_the_first_time_once(store: Store) -> None:
    """A window that never heard of the first save is told like one that read an older version."""
    with store.begin() as tx:
        kept = cases.add(tx, a_draft())

    with store.begin() as tx, pytest.raises(CaseChanged, match="没有写入"):
        cases.add(tx, replace(a_draft(), with_whom="第二个窗口"))

    with store.read() as tx:
        assert cases.load(tx, kept.case_id) == kept


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        cases.add(tx, a_draft(cases.add(tx, a_draft()).version // 0))

    with store.read() as tx:
        assert cases.find(tx, an_id(1)) is None


def test_two_cases_never_bear_one_number(store: Store) -> None:
    twin = replace(a_full_case(2), number=a_full_case(1).number)
    with store.begin() as tx:
        cases.add(tx, a_full_case(1))

    with pytest.raises(IntegrityError), store.begin() as tx:
        cases.add(tx, twin)


def test_a_case_is_found_by_either_of_its_numbers(tx: Connection) -> None:
    kept = cases.add(tx, a_draft(provisional_number="LSW01-20260318-001"))
    final = CaseNumber(text="99012320260001", query_code="1", provisional=False)
    assert cases.with_provisional_number(tx) == [kept.case_id]

    cases.save(tx, replace(kept, number=final))

    assert cases.id_of_number(tx, "LSW01-20260318-001") == kept.case_id
    assert cases.id_of_number(tx, "99012320260001") == kept.case_id
    assert cases.with_provisional_number(tx) == []


def test_a_destroyed_draft_leaves_nothing_behind(tx: Connection) -> None:
    kept = cases.add(tx, a_draft())

    assert cases.discard_draft(tx, kept.case_id)

    assert cases.find(tx, kept.case_id) is None
    assert tx.execute(text("SELECT count(*) FROM case_bodies")).scalar_one() == 0
    assert not cases.discard_draft(tx, kept.case_id)


def test_an_accepted_case_cannot_be_destroyed(tx: Connection) -> None:
    kept = cases.add(tx, a_full_case())

    assert not cases.discard_draft(tx, kept.case_id)
    assert cases.load(tx, kept.case_id) == kept


def test_a_case_cannot_name_a_file_that_is_not_there(store: Store) -> None:
    case = a_full_case()
    with store.begin() as tx:
        file = files.keep(tx, b"%PDF-", name="a.pdf", media_type="application/pdf", at=NOW)
    lost = replace(file, sha256="0" * 64)
    evidence = {"LEASE": replace(case.evidence["LEASE"], files=(lost,))}

    with pytest.raises(IntegrityError), store.begin() as tx:
        cases.add(tx, replace(case, evidence=evidence))


@pytest.mark.parametrize(
    ("ends", "due_on"),
    [
        ({Term.DEFERRAL: 25, Term.PROMISED: 28, Term.STATUTORY: 31}, date(2026, 3, 25)),
        ({Term.NOTICE: 20}, date(2026, 3, 20)),
        ({}, cases.NOTHING_DUE),
    ],
)
def test_what_is_due_next_is_the_first_term_to_end(ends: dict[Term, int], due_on: date) -> None:
    terms = {term: DueDate(on=date(2026, 3, day), estimated=False) for term, day in ends.items()}

    assert cases.next_due_on(replace(a_full_case(), terms=terms)) == due_on


def test_the_store_survives_closing_and_opening(
    place: object, open_store: Callable[..., Store], clock: Callable[[], object]
) -> None:
    first = open_store(place)
    with first.begin() as tx:
        kept = cases.add(tx, a_full_case())
    first.close()

    again = open_store(place)

    with again.read() as tx:
        assert cases.load(tx, kept.case_id) == kept
    assert kept.opened_at - NOW == timedelta(seconds=1)
