"""How a person is to be served: suggested by age, marked by a person, carried to the visit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.act_rules import bar_of
from clerk.domain.care import Care, HomeVisit, ServiceNeed
from clerk.domain.caring import care_of_words, note_care, record_visit, suggests_elderly
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.course import derived_again
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.intake import with_person
from clerk.domain.office import OfficeRules, office_from
from clerk.domain.party import PartyKind
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_window import (
    CLERK,
    NOW,
    TODAY,
    accepted_case,
    draft,
    person,
    rules,
    session,
)

VISIT = HomeVisit(
    address="示例县清河镇演示路 9 号", phone="13800000147", wanted_on=date(2026, 3, 20)
)
CARE = Care(needs=(ServiceNeed.ELDERLY, ServiceNeed.DISABLED), green_channel=True, visit=VISIT)


def somebody(birth_on):
    """A draft of a person born on this day."""
    return with_person(
        draft(), replace(person(), birth_on=birth_on, kind=PartyKind.PERSON), (PartyKind.PERSON,)
    )


@pytest.mark.parametrize(
    ("office", "birth_on", "suggested"),
    [
        (OfficeRules(), date(1966, 3, 18), True),
        (OfficeRules(), date(1966, 3, 19), False),
        (OfficeRules(elderly_from_age=65), date(1966, 3, 18), False),
        (office_from({"elderly_from_age": 65}), date(1961, 3, 18), True),
    ],
)
def test_the_age_in_the_number_suggests_from_the_halls_own_age_on(office, birth_on, suggested):
    case = somebody(birth_on)

    assert suggests_elderly(case, office, TODAY) is suggested
    assert case.care is None  # and marks nothing by itself


def test_what_is_marked_is_suggested_no_more():
    case = note_care(somebody(date(1943, 1, 1)), CARE, CLERK, NOW)

    assert not suggests_elderly(case, OfficeRules(), TODAY)


def test_a_body_has_no_age():
    assert not suggests_elderly(accepted_case(), OfficeRules(), TODAY)


@pytest.mark.parametrize("case", [draft(), accepted_case()])
def test_a_mark_stands_on_the_case_with_its_event_and_moves_nothing(case):
    marked = note_care(case, CARE, CLERK, NOW)

    assert marked.care == replace(CARE, noted_by=CLERK.account.account_id, noted_at=NOW)
    kinds = [event.kind for event in marked.events[len(case.events) :]]
    assert kinds == [CaseEventKind.CARE_NOTED, CaseEventKind.TASK_SET]
    assert marked.tasks[TaskKind.HOME_VISIT.value] == VISIT.wanted_on
    assert (marked.state, marked.terms, marked.due_on) == (case.state, case.terms, case.due_on)


def test_tasks_and_terms_of_a_marked_case_follow_from_its_events():
    marked = note_care(accepted_case(), CARE, CLERK, NOW)

    again = derived_again(rules(), marked)

    assert (again.tasks, again.terms, again.state) == (marked.tasks, marked.terms, marked.state)


def test_the_address_is_not_in_the_course():
    marked = note_care(draft(), CARE, CLERK, NOW)

    told = " ".join(" ".join(event.detail.values()) for event in marked.events)
    assert VISIT.address not in told
    assert VISIT.phone not in told


def test_the_same_mark_again_changes_nothing():
    marked = note_care(draft(), CARE, CLERK, NOW)

    again = replace(CARE, needs=(ServiceNeed.DISABLED, ServiceNeed.ELDERLY))
    assert note_care(marked, again, CLERK, NOW + timedelta(hours=1)) is marked


@pytest.mark.parametrize(
    "visit",
    [
        replace(VISIT, address=" "),
        replace(VISIT, phone=""),
        replace(VISIT, wanted_on=TODAY - timedelta(days=1)),
    ],
)
def test_a_visit_needs_place_telephone_and_a_day_to_come(visit):
    with pytest.raises(BadInput):
        note_care(draft(), replace(CARE, visit=visit), CLERK, NOW)


def test_a_visit_that_is_no_longer_wanted_is_no_task():
    marked = note_care(draft(), CARE, CLERK, NOW)

    without = note_care(marked, replace(CARE, visit=None), CLERK, NOW)

    assert not is_open(without, TaskKind.HOME_VISIT)


def test_a_visit_that_was_made_is_kept_with_what_came_of_it():
    marked = note_care(accepted_case(), CARE, CLERK, NOW)

    made = record_visit(marked, "收了银行卡复印件，本人签了字", CLERK, NOW)

    (visit,) = made.visits
    assert (visit.on, visit.address) == (TODAY, VISIT.address)
    assert visit.note.startswith("收了银行卡")
    assert made.care is not None
    assert made.care.visit is None
    assert made.care.needs == CARE.needs
    assert not is_open(made, TaskKind.HOME_VISIT)
    with pytest.raises(NotAcceptable):
        record_visit(made, "再去一次", CLERK, NOW)


def test_a_visit_says_what_came_of_it():
    marked = note_care(draft(), CARE, CLERK, NOW)

    with pytest.raises(BadInput):
        record_visit(marked, "  ", CLERK, NOW)


def test_a_closed_case_is_not_marked():
    closed = replace(accepted_case(), state=CaseState.HANDED_OUT)

    with pytest.raises(NotAcceptable):
        note_care(closed, CARE, CLERK, NOW)
    assert bar_of(rules(), closed, CLERK, CaseAct.NOTE_CARE, NOW) is ActBar.NOT_IN_THIS_STATE


def test_only_who_serves_people_at_a_window_marks_what_they_need():
    chief = session(Role.CHIEF_REPRESENTATIVE)

    bar = bar_of(rules(), accepted_case(), chief, CaseAct.NOTE_CARE, NOW)

    assert bar is ActBar.NOT_YOUR_ROLE


def test_what_is_written_down_becomes_the_mark():
    words = ActWords(
        seen=("elderly", "green", "large"),
        note=" 演示路 9 号 ",
        number="13800000147",
        until_on=VISIT.wanted_on,
    )

    care = care_of_words(words)

    assert care.needs == (ServiceNeed.ELDERLY,)
    assert care.green_channel
    assert care.large_print
    assert care.visit == replace(VISIT, address="演示路 9 号")
    assert care_of_words(replace(words, until_on=None)).visit is None


def test_lists_show_marks_and_never_an_address():
    assert CARE.marks == ("green", "elderly", "disabled", "visit")
    assert Care().empty
    assert not CARE.empty
