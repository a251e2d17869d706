"""Hand-off: what waits, what is sent once, what is taken over."""

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseState
from clerk.domain.certificate_call import CallEnd
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import MessageKind
from clerk.domain.party import PartyKind
from clerk.services import acceptance, drafts, hand_off
from clerk.storage import cases, certificate_calls, inbox, outbox
from integrations.practice.people import DISPATCH_COMPANY
from tests.domain.at_the_window import shop
from tests.services import noodle_shop
from tests.services.noodle_shop import (
    accepted,
    decided,
    opened,
    received,
    with_licence_called,
)


def submissions(window, case):
    return [
        s["kind"]
        for s in window.peer("back_office").state()["submissions"]
        if s["case_id"] == str(case.case_id)
    ]


def states(window, case):
    return {entry.message.kind: entry.state for entry in window.messages(case)}


def test_what_the_department_does_not_answer_waits_and_is_sent_once_later(window):
    """A power cut at the other end: nothing is lost, nothing is told twice."""
    window.province.kill("back_office")
    try:
        case = accepted(window)
        window.deliver()
        waiting = [m.kind for m in window.waiting(case)]
        state = window.stored(case).state
    finally:
        window.province.start("back_office")
    window.clock.goes_on(seconds=10)

    window.deliver()
    window.deliver()

    assert (waiting, state) == ([MessageKind.SUBMIT_CASE], CaseState.ACCEPTED)
    assert window.waiting(case) == []
    assert submissions(window, case) == ["case"]
    assert window.stored(case).state is CaseState.UNDER_REVIEW


def test_a_department_that_is_down_holds_up_nothing_for_the_platform(window):
    window.peer("back_office").control({"fault": "busy", "count": 1})

    case = accepted(window)
    window.deliver()

    assert states(window, case) == {
        MessageKind.CLAIM_NUMBER: outbox.SendState.DELIVERED,
        MessageKind.SUBMIT_CASE: outbox.SendState.WAITING,
    }


def test_a_silent_department_is_asked_once_a_turn_whatever_waits(window):
    """Each wait would cost the lane its deadline."""
    undecided, other = accepted(window), accepted(window)
    window.deliver()
    chief_decided = decided(window, window.stored(undecided))
    third = accepted(window)
    window.peer("back_office").control({"fault": "down", "count": 5})
    try:
        hand_off.deliver(window.desk, window.clerk)
    finally:
        window.peer("back_office").control({"fault": "none"})

    attempts = [
        entry.attempts
        for case in (chief_decided, other, third)
        for entry in window.messages(case)
        if entry.state is outbox.SendState.WAITING and entry.message.kind.value.startswith("submit")
    ]
    assert sorted(attempts) == [0, 1]


def test_an_answer_that_was_lost_is_asked_for_again_and_changes_nothing(window):
    """The department acted and its receipt got lost: the same id, the same receipt."""
    window.peer("back_office").control({"fault": "drop_answer", "operation": "SubmitCase"})
    case = accepted(window)
    window.deliver()
    still_waiting = [m.kind for m in window.waiting(case)]
    window.clock.goes_on(seconds=10)

    window.deliver()

    (entry,) = (e for e in window.messages(case) if e.message.kind is MessageKind.SUBMIT_CASE)
    assert still_waiting == [MessageKind.SUBMIT_CASE]
    assert entry.receipt.replayed
    assert submissions(window, case) == ["case"]


def test_what_was_refused_waits_for_a_person_and_holds_up_its_own_case_only(window):
    window.peer("back_office").control(
        {"fault": "fault:INVALID_ARGUMENT", "operation": "SubmitCase"}
    )
    first, second = accepted(window), accepted(window)

    window.deliver()

    assert states(window, first)[MessageKind.SUBMIT_CASE] is outbox.SendState.STUCK
    assert states(window, second)[MessageKind.SUBMIT_CASE] is outbox.SendState.DELIVERED
    assert submissions(window, first) == []


def test_a_person_lets_what_was_given_up_be_sent_again(window):
    window.peer("back_office").control(
        {"fault": "fault:INVALID_ARGUMENT", "operation": "SubmitCase"}
    )
    case = accepted(window)
    window.deliver()

    tried = hand_off.try_stuck_again(window.desk, window.clerk)
    window.deliver()

    assert tried == 1
    assert submissions(window, case) == ["case"]
    assert window.stored(case).state is CaseState.UNDER_REVIEW


def test_each_failure_waits_longer_up_to_five_minutes(window):
    case = accepted(window)
    waits = []
    for _ in range(outbox.TRIES - 1):
        window.peer("back_office").control({"fault": "busy", "operation": "SubmitCase"})
        window.deliver()
        (entry,) = (e for e in window.messages(case) if e.message.kind is MessageKind.SUBMIT_CASE)
        waits.append((entry.next_try_at - window.clock()).total_seconds())
        window.clock.goes_on(seconds=waits[-1])

    assert waits == [2, 4, 8, 16, 32, 64, 128]
    assert entry.state is outbox.SendState.WAITING


def test_after_eight_failures_a_person_is_asked(window):
    case = accepted(window)
    for _ in range(outbox.TRIES):
        window.peer("back_office").control({"fault": "busy", "operation": "SubmitCase"})
        window.deliver()
        window.clock.goes_on(minutes=5)

    assert states(window, case)[MessageKind.SUBMIT_CASE] is outbox.SendState.STUCK


def test_a_decision_follows_its_case_and_never_comes_before_it(window):
    window.peer("back_office").control({"fault": "busy", "operation": "SubmitCase"})
    case = decided(window, accepted(window))
    window.deliver()
    before = submissions(window, case)
    window.clock.goes_on(seconds=10)

    window.deliver()

    assert before == []
    assert submissions(window, case) == ["case", "decision"]
    assert window.stored(case).state is CaseState.RESULT_WAITING


# 回传 ---------------------------------------------------------------------------------------------


def dispatch_case(window):
    """A case that its department decides: only received here."""
    standard = window.catalogue["labour_dispatch_permit"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    case = intake.with_body(case, shop(DISPATCH_COMPANY, PartyKind.COMPANY))
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.RECEIVE_AND_PASS_ON)


def test_what_the_department_decides_arrives_by_its_events(window):
    case = dispatch_case(window)
    window.deliver()
    office = window.peer("back_office")
    office.control({"event": "accepted", "case": str(case.case_id)})
    office.control({"decide": str(case.case_id), "granted": True})

    new = hand_off.take_over_events(window.desk, window.clerk)

    after = window.stored(case)
    assert new == 4  # signed for, accepted, granted, result ready
    assert (after.state, after.decision.granted) == (CaseState.RESULT_WAITING, True)
    assert after.due_on is not None


def test_an_event_that_is_told_again_changes_nothing(window):
    """As after a restore: the cursor is older than the events that were taken."""
    case = dispatch_case(window)
    window.deliver()
    cursor = window.read(lambda tx: inbox.cursor(tx, "back_office"))
    window.peer("back_office").control({"event": "accepted", "case": str(case.case_id)})
    hand_off.take_over_events(window.desk, window.clerk)
    before, lines = window.stored(case), len(window.lines())

    with window.desk.store.begin() as tx:
        inbox.move_cursor(tx, "back_office", cursor, window.clock())
    new = hand_off.take_over_events(window.desk, window.clerk)

    assert new == 0
    assert window.stored(case) == before
    assert len(window.lines()) == lines


def test_an_event_about_a_case_of_another_counter_changes_nothing_here(window, other_window):
    """It is kept, so that it can be told who heard what."""
    theirs = dispatch_case(other_window)
    other_window.deliver()

    new = hand_off.take_over_events(window.desk, window.clerk)

    kept = window.read(lambda tx: inbox.events(tx, "back_office"))
    assert new == 1
    assert theirs.case_id in {event.case_id for event in kept}
    assert window.read(lambda tx: cases.find(tx, theirs.case_id)) is None


def test_a_department_out_of_reach_loses_no_event(window):
    case = dispatch_case(window)
    window.deliver()
    window.peer("back_office").control({"event": "accepted", "case": str(case.case_id)})
    window.peer("back_office").control({"fault": "down", "operation": "GetEvents"})

    with pytest.raises(RemoteUnavailable):
        hand_off.take_over_events(window.desk, window.clerk)
    hand_off.take_over_events(window.desk, window.clerk)

    assert window.stored(case).state is CaseState.ACCEPTED


def test_a_case_out_of_reach_of_the_department_can_still_be_decided_here(window):
    """The chief sits in this hall; the department learns of it when it is back."""
    window.peer("back_office").control({"fault": "busy", "operation": "SubmitCase"})
    case = accepted(window)
    window.deliver()

    assert decided(window, case).state is CaseState.GRANTED


def test_a_received_case_stays_received_after_it_was_signed_for(window):
    case = received(window)

    window.deliver()
    hand_off.take_over_events(window.desk, window.clerk)

    assert window.stored(case).state is CaseState.RECEIVED
    assert window.stored(case).item_code == noodle_shop.FOOD


# 用证回执 -----------------------------------------------------------------------------------------


def told_use(window):
    """The report of one use, as the outbox has it."""
    case = with_licence_called(window, opened(window))
    return lambda: window.messages(case)[0]


def test_a_use_the_library_refuses_to_be_told_is_given_up_and_bothers_nobody(window):
    """It has said its last word; our ledger keeps it, and nothing waits on 今日 for ever."""
    report = told_use(window)
    with window.trouble("certlib", "fault:ACCESS_DENIED", "ReportUse"):
        window.deliver()

    assert report().state is outbox.SendState.ABANDONED
    assert window.read(outbox.stuck) == []
    told = window.read(lambda tx: certificate_calls.find(tx, report().message.message_id))
    assert (told.end, told.outcome) == (CallEnd.FAILED, "fault:ACCESS_DENIED/answered")


def test_a_library_that_is_down_is_told_of_a_use_for_a_day_and_not_for_ever(window):
    report = told_use(window)
    with window.trouble("certlib", "down", "ReportUse"):
        for _ in range(outbox.TRIES + 1):
            window.deliver()
            window.clock.goes_on(minutes=6)
        assert report().state is outbox.SendState.WAITING
        window.clock.goes_on(hours=24)
        window.deliver()

    assert report().state is outbox.SendState.ABANDONED
