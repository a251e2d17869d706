"""现场核查: two people, told before, recorded with pictures, seen before the decision."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.case import CaseState
from clerk.domain.check_records import SiteCheck, SiteOutcome
from clerk.domain.course import derived_again
from clerk.domain.decisions import points_to_look_at
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.site_check import POINT, SiteNote, agree, agreed_on, record, still_to_be_held
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_check import CHIEF, at
from tests.domain.at_the_window import FOOD, TRADER, accepted_case, rules, scan

DAY = date(2026, 3, 20)
AGREED = SiteCheck(
    on=DAY,
    time="上午 9 点半",
    people=("孙核查", "钱勘验"),
    told_how="电话告知张示例",
    recused=(),
    at=at(date(2026, 3, 18)),
    by_name="周模拟",
)
NOTE = SiteNote(
    outcome=SiteOutcome.UNFIT,
    failed=("EQUIPMENT",),
    said="没有独立的消毒柜",
    witness="张示例",
    held_on=DAY,
    files=(scan("后厨.jpg"),),
)


def agreed(**changed):
    meant = replace(AGREED, **changed)
    return agree(rules(), accepted_case(), meant, CHIEF, at(date(2026, 3, 19)))


def recorded(**changed):
    return record(rules(), agreed(), replace(NOTE, **changed), CHIEF, at(DAY))


def test_a_check_that_was_agreed_on_is_a_task_and_pauses_no_term():
    before = accepted_case()

    case = agreed()

    assert is_open(case, TaskKind.SITE_CHECK)
    assert (case.state, case.due_on, case.terms) == (before.state, before.due_on, before.terms)


@pytest.mark.parametrize("people", [(), ("孙核查",), ("孙核查", "孙核查"), ("孙核查", " ")])
def test_fewer_than_two_people_do_not_go(people):
    """行政许可法 art. 34: two staff or more."""
    with pytest.raises(NotAcceptable, match="两个人"):
        agreed(people=people)


@pytest.mark.parametrize(
    ("people", "recused"),
    [(("孙核查", "张示例"), ()), (("孙核查", "钱勘验"), ("钱勘验",))],
)
def test_who_stands_on_the_applicants_side_or_was_declared_related_does_not_go(people, recused):
    with pytest.raises(NotAllowed, match="回避"):
        agreed(people=people, recused=recused)


@pytest.mark.parametrize("changed", [{"on": date(2026, 3, 18)}, {"told_how": ""}, {"time": " "}])
def test_the_applicant_is_told_before_of_a_day_to_come(changed):
    with pytest.raises(NotAcceptable):
        agreed(**changed)


def test_an_item_without_a_check_on_site_has_none():
    with pytest.raises(NotAcceptable, match="没有列现场核查"):
        agree(rules(TRADER), accepted_case(), AGREED, CHIEF, at(DAY))


def test_put_off_is_agreed_on_anew():
    case = agree(
        rules(), agreed(), replace(AGREED, on=date(2026, 3, 23)), CHIEF, at(date(2026, 3, 19))
    )

    assert [one.on for one in case.checks.site] == [date(2026, 3, 23)]
    assert case.tasks["site_check"] == date(2026, 3, 23)


def test_the_record_is_part_of_what_the_decision_stands_on():
    case = recorded()

    assert POINT in points_to_look_at(FOOD, case)
    assert POINT not in points_to_look_at(FOOD, agreed())
    assert not still_to_be_held(case)
    assert case.checks.site[0].record is not None
    assert case.checks.site[0].record.files == NOTE.files
    assert derived_again(rules(), case) == case


def test_while_a_check_is_agreed_on_and_not_recorded_it_is_still_to_be_held():
    assert still_to_be_held(agreed())
    assert agreed_on(agreed()) is not None
    assert agreed_on(recorded()) is None


def test_a_second_check_must_be_looked_at_again():
    seen = replace(recorded(), looked_at=frozenset({POINT}))
    again = agree(rules(), seen, replace(AGREED, on=date(2026, 3, 23)), CHIEF, at(DAY))

    case = record(
        rules(),
        again,
        replace(NOTE, outcome=SiteOutcome.FIT, failed=(), held_on=date(2026, 3, 23)),
        CHIEF,
        at(date(2026, 3, 23)),
    )

    assert case.looked_at == frozenset()
    assert len(case.checks.site) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"failed": ("NOT_LISTED",)},
        {"said": " "},
        {"witness": ""},
        {"held_on": date(2026, 3, 21)},
        {"outcome": SiteOutcome.FIT},
    ],
)
def test_a_record_that_cannot_be_right_is_not_kept(changed):
    with pytest.raises(NotAcceptable):
        recorded(**changed)


def test_nothing_is_recorded_that_was_not_agreed_on():
    with pytest.raises(NotAcceptable, match="约好"):
        record(rules(), accepted_case(), NOTE, CHIEF, at(DAY))


def test_where_nobody_opened_the_record_says_so_and_the_case_goes_on():
    case = recorded(outcome=SiteOutcome.NOT_HELD, failed=(), said="铁门锁着", witness="")

    assert case.state is CaseState.ACCEPTED
    assert not still_to_be_held(case)
