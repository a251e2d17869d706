"""A program that dies between intent and result: every call is settled, none is made again."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clerk.domain.certificate_call import CallEnd
from clerk.domain.errors import RemoteUnavailable
from clerk.services.call_settling import (
    note_open_calls,
    open_calls,
    settle_calls,
    unsettled_calls,
)
from clerk.storage import certificate_calls, journal
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import named, with_licence_called
from tests.services.noodle_shop import opened as opened_case
from tests.services.window import KEY, STATION

ROOT = Path(__file__).parents[2]


def store_at(place, now):
    return Store.open(place, key=KEY, now=now, station=STATION, room=Room(ballast_bytes=0))


def killed_while_calling(place, library, url):
    """Two calls under way, one the library has acted on and one it has not; then kill -9."""
    before = {line["id"] for line in library.log()}
    library.control({"fault": "slow", "operation": "VerifyUseCode", "count": 1})
    library.control({"fault": "silent", "operation": "VerifyUseCode", "count": 1})
    command = [sys.executable, "-m", "tests.services.calling_child", str(place), url, str(uuid4())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        ids = {child.stdout.readline().strip() for _ in range(2)}
        heard: set[str] = set()
        while not heard and child.poll() is None:
            heard = {line["id"] for line in library.log()} - before
        child.kill()
    library.control({"fault": "none"})
    assert heard < ids
    return heard, ids - heard


def test_calls_of_a_killed_program_are_settled_by_their_receipts(window, empty, tmp_path):
    place = tmp_path / "killed.db"
    shutil.copy(empty, place)
    library = window.peer("certlib")
    acted, never = killed_while_calling(place, library, window.province.urls["certlib"])

    store = store_at(place, window.clock)
    desk = replace(window.desk, store=store)
    assert {str(call.message_id) for call in open_calls(desk)} == acted | never
    assert note_open_calls(desk) == 2
    assert settle_calls(desk, window.clerk) == 2

    with store.read() as tx:
        assert journal.verify(tx, STATION) is None
        ends = {}
        for message_id in acted | never:
            call = certificate_calls.find(tx, UUID(message_id))
            assert call is not None
            ends[message_id] = call.end
            assert bool(call.receipt_id) is (message_id in acted)
        acts = [act for _, act, _ in journal.acts_like(tx, STATION, "certificate.")]
    assert {ends[one] for one in acted} == {CallEnd.ACTED}
    assert {ends[one] for one in never} == {CallEnd.NEVER_ACTED}
    assert acts == ["certificate.verify_use_code"] * 2 + [
        "certificate.left_open",
        *["certificate.settled"] * 2,
    ]
    assert open_calls(desk) == []
    assert settle_calls(desk, window.clerk) == 0
    heard = [line["id"] for line in library.log() if line["operation"] == "VerifyUseCode"]
    assert [heard.count(one) for one in acted | never if one in heard] == [1]
    store.close()


def test_a_lost_answer_is_settled_once_the_library_answers_again(window):
    case = named(window)
    with window.trouble("certlib", "drop_answer"), pytest.raises(RemoteUnavailable):
        by_code(window, case)
    (call,) = open_calls(window.desk)
    assert call.outcome == "broken-connection/unknown"

    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        settle_calls(window.desk, window.clerk)
    assert settle_calls(window.desk, window.clerk) == 0
    window.clock.goes_on(minutes=1)
    assert settle_calls(window.desk, window.clerk) == 1

    settled = window.read(lambda tx: certificate_calls.find(tx, call.message_id))
    assert settled.end is CallEnd.ACTED
    assert settled.receipt_id.startswith("certlib-")
    assert unsettled_calls(window.desk) == 0


def test_a_call_the_library_cannot_tell_of_is_shown_as_such(window):
    with window.trouble("certlib", "drop_answer"), pytest.raises(RemoteUnavailable):
        by_code(window, named(window))

    with window.trouble("certlib", "fault:ACCESS_DENIED", "GetReceipt"):
        assert settle_calls(window.desk, window.clerk) == 1

    assert unsettled_calls(window.desk) == 1
    assert open_calls(window.desk) == []


def test_a_lost_answer_to_a_report_leaves_exactly_one_use(window):
    case = with_licence_called(window, opened_case(window))
    window.peer("certlib").control({"fault": "drop_answer", "operation": "ReportUse", "count": 1})

    window.deliver()

    uses = window.peer("certlib").state()["uses"]
    mine = [one for one in uses if one["business_number"] == str(case.case_id)]
    assert [one["outcome"] for one in mine] == ["ATTACHED"]
    assert open_calls(window.desk) == []
