"""督办 names the person and the clock, asks for an answer by a day, and moves nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.case import CaseEventKind
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.days import local_date
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.office_lists import UrgingRung
from clerk.domain.tasks import TaskKind, is_open, subjects_open
from clerk.domain.urging import answer, gone_up, last_urging, urge
from tests.domain.at_the_window import CLERK, NOW, accepted_case, rules, session

SUPERVISOR = session(Role.SUPERVISOR, account_id="wu")
BY = date(2026, 3, 20)


def urged():
    return urge(rules(), accepted_case(), "群众来问了两次", BY, SUPERVISOR, NOW)


def test_it_names_whoever_has_the_case_and_the_term_that_ends_first():
    before, case = accepted_case(), urged()
    told = last_urging(case)
    assert told is not None
    assert case.due_on is not None

    assert told.subject == before.with_whom
    assert told.detail["term"] == "promised"
    assert told.detail["term_ends_on"] == case.due_on.isoformat()
    assert (case.state, case.terms) == (before.state, before.terms)


def test_an_answer_is_awaited_until_it_is_given():
    case = urged()
    answered = answer(rules(), case, "今天已补录，明天送审", CLERK, NOW)

    assert is_open(case, TaskKind.ANSWER_URGING)
    assert not is_open(answered, TaskKind.ANSWER_URGING)


def test_nobody_is_urged_twice_before_he_has_answered():
    with pytest.raises(NotAcceptable, match="还没回复"):
        urge(rules(), urged(), "再催", BY, SUPERVISOR, NOW)


@pytest.mark.parametrize(("words", "by"), [(" ", BY), ("快办", date(2026, 3, 17))])
def test_it_says_what_is_wanted_by_a_day_still_to_come(words, by):
    with pytest.raises(NotAcceptable):
        urge(rules(), accepted_case(), words, by, SUPERVISOR, NOW)


def test_only_a_supervisor_urges():
    bars = {one.act: one.bar for one in acts_on(rules(), accepted_case(), CLERK, NOW)}

    assert bars[CaseAct.URGE] is ActBar.NOT_YOUR_ROLE
    assert bars[CaseAct.ANSWER_URGING] is ActBar.NOTHING_URGED


LADDER = (
    UrgingRung(account_id="wu", name="值班长吴督导", workdays=2),
    UrgingRung(account_id="zhu", name="中心主任朱主任", workdays=3),
)


def named():
    return replace(rules(), office=replace(rules().office, urging_ladder=LADDER))


def passed(case, days):
    at = NOW + timedelta(days=days)
    return gone_up(named(), case, local_date(at), at)


def test_an_answer_that_does_not_come_by_its_day_goes_up_once_to_each_named_one():
    """2026-03-20 is the day for the answer; two working days later the next one hears of it."""
    case = urged()
    assert passed(case, 2) is case

    first = passed(case, 3)
    assert passed(first, 3) is first
    assert dict(subjects_open(first, TaskKind.URGING_UNANSWERED)) == {"wu": date(2026, 3, 24)}
    assert passed(first, 6) is first

    second = passed(first, 7)
    assert set(subjects_open(second, TaskKind.URGING_UNANSWERED)) == {"zhu"}
    assert passed(second, 60) is second


def test_it_names_the_person_and_the_clock_and_moves_nothing():
    case = urged()
    up = passed(case, 3)
    told = next(event for event in up.events if event.kind is CaseEventKind.URGING_WENT_UP)

    assert (told.subject, told.actor) == ("值班长吴督导", "")
    assert told.detail["person"] == case.with_whom
    assert told.detail["asked_by_on"] == "2026-03-20"
    assert told.detail["term"] == "promised"
    assert (up.state, up.terms, up.with_whom) == (case.state, case.terms, case.with_whom)


def test_with_the_answer_everybody_is_done():
    answered = answer(
        named(), passed(passed(urged(), 3), 7), "已送审", CLERK, NOW + timedelta(days=8)
    )

    assert not is_open(answered, TaskKind.ANSWER_URGING)
    assert subjects_open(answered, TaskKind.URGING_UNANSWERED) == {}
    assert passed(answered, 30) is answered


def test_an_office_that_names_nobody_tells_nobody():
    case = urged()

    assert gone_up(rules(), case, date(2026, 5, 1), NOW + timedelta(days=44)) is case
