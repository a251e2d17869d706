"""What is still to be done: set by one event, done by another, and never moving the case."""

from datetime import date

import pytest

from clerk.domain.case import CaseState
from clerk.domain.course import done, settled
from clerk.domain.life import withdraw
from clerk.domain.tasks import (
    TaskKind,
    is_open,
    kinds_of,
    subjects_open,
    task_done,
    task_set,
    tasks_after,
)
from tests.domain.at_the_window import CLERK, NOW, accepted_case, rules

K = TaskKind
SOON, LATER = date(2026, 3, 25), date(2026, 4, 8)


def test_a_task_stands_until_it_is_done_and_the_case_stays_where_it_was():
    case = accepted_case()

    to_check = done(rules(), case, task_set(K.AFTER_CHECK, SOON, NOW, "LEASE"))
    checked = done(rules(), to_check, task_done(K.AFTER_CHECK, CLERK, NOW, "LEASE"))

    assert subjects_open(to_check, K.AFTER_CHECK) == {"LEASE": SOON}
    assert (to_check.state, to_check.terms) == (CaseState.ACCEPTED, case.terms)
    assert not is_open(checked, K.AFTER_CHECK, "LEASE")


def test_tasks_follow_from_the_events_alone():
    case = settled(
        rules(),
        accepted_case(),
        (
            task_set(K.AFTER_CHECK, SOON, NOW, "LEASE"),
            task_set(K.FILE_REVIEW, SOON, NOW),
            task_set(K.FILE_REVIEW, LATER, NOW),
            task_done(K.AFTER_CHECK, None, NOW, "LEASE"),
        ),
    )

    assert case.tasks == tasks_after({}, case.events) == {"file_review": LATER}


def test_each_person_is_shown_the_tasks_of_his_roles():
    assert K.REMIND_RESULT in kinds_of(CLERK.account.roles)
    assert K.AFTER_CHECK not in kinds_of(CLERK.account.roles)


@pytest.mark.parametrize("subject", ["two words", "a:b"])
def test_a_subject_that_could_not_be_read_back_is_a_bug_of_ours(subject):
    with pytest.raises(ValueError, match=subject):
        task_set(K.AFTER_CHECK, SOON, NOW, subject)


def test_a_reminder_is_over_when_the_case_has_ended_otherwise():
    case = settled(rules(), accepted_case(), (task_set(K.REMIND_DEFERRAL, SOON, NOW, "RULES"),))

    gone = withdraw(rules(), case, "不办了", CLERK, NOW)

    assert (len(case.tasks), dict(gone.tasks)) == (1, {})
