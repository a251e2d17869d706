"""督办 names the person and the clock, asks for an answer by a day, and moves nothing."""

from datetime import date

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.domain.urging import answer, last_urging, urge
from tests.domain.at_the_window import CLERK, NOW, TODAY, accepted_case, rules, session

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
    bars = {one.act: one.bar for one in acts_on(rules(), accepted_case(), CLERK, TODAY)}

    assert bars[CaseAct.URGE] is ActBar.NOT_YOUR_ROLE
    assert bars[CaseAct.ANSWER_URGING] is ActBar.NOTHING_URGED
