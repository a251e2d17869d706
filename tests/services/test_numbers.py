"""Case numbers: leased beforehand, given at F9, temporary where none is left, mapped once."""

import pytest

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.papers import PaperKind
from clerk.services import acceptance, numbers, paper_making
from clerk.storage import numbers as kept_numbers
from tests.services.noodle_shop import accepted, incomplete, received
from tests.services.window import STATION


def test_numbers_are_given_in_the_order_of_the_block(window):
    first, second = accepted(window), accepted(window)

    assert int(second.label[-4:]) == int(first.label[-4:]) + 1
    assert first.number is not None
    assert len(first.number.query_code) == 6


def test_an_empty_block_gives_a_temporary_number_that_cannot_be_mistaken(bare_window):
    first, second = accepted(bare_window), accepted(bare_window)

    assert (first.number, first.label) == (None, "LS03-20260318-001")
    assert second.label == "LS03-20260318-002"
    assert first.state is CaseState.ACCEPTED
    assert first.due_on is not None


def test_temporary_numbers_begin_anew_each_day(bare_window):
    accepted(bare_window)
    bare_window.clock.goes_on(days=1)

    assert accepted(bare_window).label == "LS03-20260319-001"


def test_a_temporary_number_is_mapped_once_and_both_are_kept(bare_window):
    window, case = bare_window, accepted(bare_window)
    assert numbers.map_provisional(window.desk, window.clerk) == 0
    window.lease()

    mapped = numbers.map_provisional(window.desk, window.clerk)
    again = numbers.map_provisional(window.desk, window.clerk)

    after = window.stored(case)
    assert (mapped, again) == (1, 0)
    assert not after.number.provisional
    assert after.provisional_number == "LS03-20260318-001"
    assert [e.kind for e in after.events].count(CaseEventKind.NUMBER_MAPPED) == 1
    assert after.events[-1].detail == {
        "number": after.number.text,
        "provisional": "LS03-20260318-001",
    }


def test_the_platform_learns_the_temporary_number_and_then_the_final_one(bare_window):
    """On a day of its own: the platform of the session knows the other tests' numbers."""
    window = bare_window
    window.clock.goes_on(days=5)
    case = accepted(window)
    window.deliver()
    window.lease()
    numbers.map_provisional(window.desk, window.clerk)

    window.deliver()

    claims = window.peer("platform").state()["claims"]
    mine = [claim["number"] for claim in claims if claim["case_id"] == str(case.case_id)]
    assert mine == ["LS03-20260323-001", window.stored(case).label]


def test_the_oldest_case_is_mapped_first(bare_window):
    window = bare_window
    first, second = accepted(window), accepted(window)
    window.lease()

    numbers.map_provisional(window.desk, window.clerk)

    assert window.stored(first).label < window.stored(second).label


def test_a_block_is_leased_only_while_few_numbers_are_left(window):
    assert window.lease() is False
    taken = 0
    while window.read(lambda tx: kept_numbers.left(tx, STATION)) >= numbers.LOW:
        with window.desk.store.begin() as tx:
            kept_numbers.take(tx, STATION, window.desk.new_id(), window.clock())
        taken += 1

    assert taken == numbers.BLOCK - numbers.LOW + 1
    assert window.lease() is True


def test_the_window_goes_on_while_the_platform_is_down(bare_window):
    window = bare_window
    window.peer("platform").control({"fault": "down", "count": 1})

    with pytest.raises(RemoteUnavailable):
        window.lease()

    assert accepted(window).label.startswith("LS03-")


def test_a_case_that_was_told_keeps_one_number_through_the_mapping(bare_window):
    window = bare_window
    told = acceptance.tell_once(window.desk, window.clerk, incomplete(window), {})
    window.lease()

    numbers.map_provisional(window.desk, window.clerk)

    after = window.stored(told)
    assert (after.state, after.provisional_number) == (
        CaseState.CORRECTION_DUE,
        "LS03-20260318-001",
    )
    assert after.number is not None


def test_under_a_temporary_number_there_is_a_receipt_and_the_notice_follows(bare_window):
    """受理通知书 bears the final number; the applicant does not leave empty-handed before that."""
    window, case = bare_window, accepted(bare_window)

    now = [p.kind for p in paper_making.make_due_papers(window.desk, window.clerk, case.case_id)]
    window.lease()
    numbers.map_provisional(window.desk, window.clerk)
    later = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    assert now == [PaperKind.RECEIPT]
    assert {p.kind for p in later} == {PaperKind.RECEIPT, PaperKind.ACCEPTANCE}
    (notice,) = (p for p in later if p.kind is PaperKind.ACCEPTANCE)
    assert notice.number == case.paper_numbers["acceptance"]


def test_a_received_case_is_mapped_like_an_accepted_one(bare_window):
    window, case = bare_window, received(bare_window)
    window.lease()

    assert numbers.map_provisional(window.desk, window.clerk) == 1
    assert window.stored(case).state is CaseState.RECEIVED
