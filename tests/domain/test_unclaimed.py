"""A result nobody fetches (催领): reminded by a ladder, then the supervisor's, never thrown away."""

from datetime import date, timedelta

import pytest

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.reminder import ReminderWay
from clerk.domain.tasks import TaskKind, subjects_open
from clerk.domain.unclaimed import LADDER, lies_there, open_rung, remind
from tests.domain.at_the_result import granted, scanned_case, waiting
from tests.domain.at_the_window import CLERK, NOW, rules

RUNGS = [date(2026, 3, 25), date(2026, 4, 9), date(2026, 4, 30)]
"""5, 15 and 30 working days after 2026-03-18, over Qingming."""


def reminded(case, days=0, who=CLERK):
    at = NOW + timedelta(days=days)
    return remind(rules(), case, "张示例", ReminderWay.PHONE, "9:30 通话 2 分钟", who, at)


def test_the_first_reminder_has_its_day_as_soon_as_the_result_is_there():
    case = waiting()

    assert subjects_open(case, TaskKind.REMIND_RESULT) == {"1": RUNGS[0]}
    assert lies_there(rules(), case, NOW) is case


def test_each_reminder_leads_to_the_next_and_the_last_to_the_supervisor():
    case, seen = waiting(), []
    for step in range(len(LADDER)):
        seen.append(subjects_open(case, TaskKind.REMIND_RESULT)[str(open_rung(case))])
        case = reminded(case, step)

    assert seen == RUNGS
    assert open_rung(case) is None
    assert subjects_open(case, TaskKind.UNCLAIMED_RESULT) == {"": RUNGS[-1]}
    assert case.state is CaseState.RESULT_WAITING
    assert [one.about for one in case.reminders] == [f"remind_result/{n}" for n in (1, 2, 3)]


def test_a_reminder_without_proof_is_none():
    with pytest.raises(BadInput):
        remind(rules(), waiting(), "张示例", ReminderWay.PHONE, " ", CLERK, NOW)


def test_the_program_itself_may_have_reminded():
    case = reminded(waiting(), who=None)

    assert case.reminders[-1].by == ""
    assert open_rung(case) == 2


def test_nobody_is_reminded_of_a_result_that_is_not_there():
    with pytest.raises(NotAcceptable):
        reminded(granted(scanned_case()))
