"""Reminding of papers that are still to come: by a ladder of days, each time with its proof."""

from datetime import UTC, date, datetime

import pytest

from clerk.domain import deferral, reminders
from clerk.domain.case import CaseEventKind
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.reminder import ReminderWay
from clerk.domain.tasks import TaskKind, subjects_open, tasks_after
from tests.domain.at_the_window import CLERK, accepted_case, rules, session
from tests.domain.test_deferral import at, promised, put_off

LAST_DAY = date(2026, 3, 25)
"""PREMISES may come five working days after Wednesday, 18 March."""


def waiting():
    return accepted_case(put_off("PREMISES"))


def due(case):
    return subjects_open(case, TaskKind.REMIND_DEFERRAL)


def test_the_ladder_begins_three_working_days_before_the_last_day():
    assert due(waiting()) == {"PREMISES": date(2026, 3, 20)}


def test_the_notice_itself_reminds_so_a_short_term_begins_with_the_next_step():
    """Three working days from the 18th: the first step would be the day of the notice."""
    assert due(promised()) == {"RULES": date(2026, 3, 20)}


def test_each_reminder_leads_to_the_next_step_and_the_last_day_is_the_last():
    first = remind(waiting(), at(20))
    second = remind(first, at(24))
    third = remind(second, at(25))

    assert due(first) == {"PREMISES": date(2026, 3, 24)}
    assert due(second) == {"PREMISES": LAST_DAY}
    assert due(third) == {}


def remind(case, when, way=ReminderWay.PHONE, proof="13800000147，张示例接听", by=CLERK):
    return reminders.remind(rules(), case, way, proof, by, when)


def test_what_proves_a_reminder_is_kept_with_the_case_and_in_its_course():
    case = remind(waiting(), at(20))

    kept = case.reminders[-1]
    assert (kept.about, kept.to, kept.by) == (
        "remind_deferral/PREMISES",
        "示例县清河面馆（个体工商户）",
        "zhou",
    )
    told = [e for e in case.events if e.kind is CaseEventKind.REMINDED]
    assert told[0].detail == {"to": kept.to, "way": "phone", "proof": "13800000147，张示例接听"}


def test_the_receipt_of_a_message_proves_it_without_a_person():
    case = remind(waiting(), at(20), ReminderWay.MESSAGE, "messages-00000007", None)

    assert case.reminders[-1].by == ""
    assert due(case) == {"PREMISES": date(2026, 3, 24)}


def test_without_proof_nobody_was_reminded():
    with pytest.raises(NotAcceptable, match="凭据"):
        remind(waiting(), at(20), proof=" ")


def test_nobody_is_reminded_of_nothing():
    with pytest.raises(NotAcceptable, match="没有没补"):
        remind(accepted_case(), at(20))


def test_more_time_begins_the_ladder_anew():
    supervisor = session(Role.SUPERVISOR, account_id="wu")
    case = deferral.excuse(
        rules(), waiting(), "PREMISES", date(2026, 3, 31), "住院", supervisor, at(20)
    )

    assert due(case) == {"PREMISES": date(2026, 3, 26)}


def test_the_tasks_follow_again_from_the_events_alone():
    case = remind(waiting(), at(20))

    assert tasks_after({}, case.events) == case.tasks


def test_days_are_counted_in_the_hall_and_not_in_utc():
    late = datetime(2026, 3, 19, 23, 0, tzinfo=UTC)  # seven in the morning of the 20th

    assert due(remind(waiting(), late)) == {"PREMISES": date(2026, 3, 24)}
