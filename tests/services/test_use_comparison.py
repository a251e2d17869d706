"""The library's list beside ours: what differs is found, shown, printed, and noted once."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from clerk.domain.errors import BadInput, RemoteUnavailable
from clerk.domain.identity import Role
from clerk.domain.use_list import Differs
from clerk.services.use_comparison import (
    compare_day,
    compare_days_before,
    comparison_document,
    comparisons,
    days_that_differ,
    look_at_comparison,
)
from clerk.storage import certificate_calls
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import named, with_licence_called
from tests.services.noodle_shop import opened as opened_case

DAY = date(2026, 3, 18)


@pytest.fixture
def used(window):
    """A certificate was used and told; the day after, only this window's calls are listed."""
    case = with_licence_called(window, opened_case(window))
    window.deliver()
    mine = {str(call.message_id): call for call in _calls(window)}
    others = [line["id"] for line in window.peer("certlib").log() if line["id"] not in mine]
    window.clock.goes_on(days=1)
    plant(window, hide=others)
    yield window, {call.operation: call for call in mine.values()}, others, case
    plant(window)


def _calls(window):
    begin = window.clock() - timedelta(hours=12)
    return window.read(lambda tx: certificate_calls.of_span(tx, begin, begin + timedelta(days=1)))


def plant(window, **uses):
    window.peer("platform").control({"uses": uses})


def supervisor(window):
    return window.session(Role.SUPERVISOR)


def test_two_lists_that_say_the_same_do_not_differ(used):
    window, *_ = used

    found = compare_day(window.desk, supervisor(window), DAY)

    assert found.listed == 3
    assert found.differences == ()
    assert days_that_differ(window.desk) == []


def test_planted_differences_are_found_each_by_its_kind(used, read_text):
    window, calls, others, _ = used
    stranger = str(uuid4())
    plant(
        window,
        hide=[*others, str(calls["verify_use_code"].message_id)],
        change={
            str(calls["report_use"].message_id): {
                "outcome": "VIEWED",
                "certificateId": "1.2.156.3005.2.9",
            }
        },
        add=[
            {
                "messageId": stranger,
                "operation": "FetchCertificateFile",
                "at": "2026-03-18T03:00:00+00:00",
            }
        ],
    )

    found = compare_day(window.desk, supervisor(window), DAY)

    kinds = {(one.kind, one.message_id) for one in found.differences}
    reported = calls["report_use"].message_id
    assert kinds == {
        (Differs.MISSING_THERE, calls["verify_use_code"].message_id),
        (Differs.CERTIFICATE, reported),
        (Differs.OUTCOME, reported),
        (Differs.UNKNOWN_HERE, UUID(stranger)),
    }
    text = read_text(comparison_document(window.desk, supervisor(window), found))
    assert "对不上的4条" in text
    assert stranger in text
    assert "本大厅没有" in text


def test_a_day_that_differs_is_shown_until_somebody_took_note_of_it(used):
    window, calls, others, _ = used
    plant(window, hide=[*others, str(calls["verify_use_code"].message_id)])

    assert compare_days_before(window.desk, window.clerk) == 1
    assert compare_days_before(window.desk, window.clerk) == 0
    assert [day.on for day in days_that_differ(window.desk)] == [DAY]
    look_at_comparison(window.desk, supervisor(window), DAY)

    assert days_that_differ(window.desk) == []
    (kept,) = comparisons(window.desk, supervisor(window))
    assert kept.looked_by == supervisor(window).account.account_id
    acts = [line.act for line in window.lines()]
    assert acts.count("certificate_uses.compared") == 1
    assert acts[-1] == "certificate_uses.differences_seen"


def test_a_platform_that_is_down_is_asked_again_later(used):
    window, *_ = used
    with window.trouble("platform", "down"), pytest.raises(RemoteUnavailable):
        compare_days_before(window.desk, window.clerk)

    assert compare_days_before(window.desk, window.clerk) == 0
    assert comparisons(window.desk, supervisor(window)) == []
    window.clock.goes_on(minutes=11)
    compare_days_before(window.desk, window.clerk)

    assert len(comparisons(window.desk, supervisor(window))) == 1


def test_the_days_on_which_nobody_worked_are_compared_once_the_hall_opens(used):
    """On Monday not only Sunday is compared, but Friday too, which had the calls."""
    window, calls, others, _ = used
    plant(window, hide=[*others, str(calls["verify_use_code"].message_id)])
    window.clock.goes_on(days=2)

    found = []
    for _ in range(4):
        found.append(compare_days_before(window.desk, window.clerk))
        window.clock.goes_on(minutes=11)

    assert found == [1, 0, 0, 0]
    compared = [day.on for day in comparisons(window.desk, supervisor(window))]
    assert compared == [DAY + timedelta(days=2), DAY + timedelta(days=1), DAY]
    assert [day.on for day in days_that_differ(window.desk)] == [DAY]


def test_a_day_before_the_ledger_began_is_not_compared_by_itself(window):
    by_code(window, named(window))

    assert compare_days_before(window.desk, window.clerk) == 0

    assert comparisons(window.desk, supervisor(window)) == []


def test_a_day_that_is_not_over_is_not_compared(window):
    with pytest.raises(BadInput):
        compare_day(window.desk, supervisor(window), window.desk.today())
