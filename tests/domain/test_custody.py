"""Originals (原件): every one that was laid on the counter is accounted for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.custody import (
    EVERY,
    ask_where,
    originals_of,
    owed,
    place_originals,
    return_originals,
    unaccounted,
)
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.material import Origin
from clerk.domain.originals import OriginalPlace
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_window import CLERK, FOOD, NOW, TODAY, accepted_case, rules

NEXT_WEEK = date(2026, 3, 25)


def codes(lines):
    return {line.material for line in lines}


def placed(case, material, place, **words):
    return place_originals(rules(), case, material, place, CLERK, NOW, **words)


def test_originals_belong_to_the_applicant_unless_they_were_made_for_the_case():
    """申请表格文书 stays in the file; a proof or another paper is somebody's own."""
    case = accepted_case()

    assert codes(originals_of(FOOD, case)) >= {"HEAD_ID", "LAYOUT", "RULES"}
    assert codes(unaccounted(FOOD, case)) == {"HEAD_ID", "LAYOUT", "RULES"}


def test_a_card_that_was_read_was_never_let_go_of():
    case = accepted_case()
    read = replace(case.evidence["HEAD_ID"], origin=Origin.READ_FROM_CARD)
    case = replace(case, evidence={**case.evidence, "HEAD_ID": read})

    assert "HEAD_ID" not in codes(unaccounted(FOOD, case))


def test_where_they_are_is_to_be_said_by_the_end_of_the_day():
    case = ask_where(rules(), accepted_case(), NOW)

    assert case.tasks == {TaskKind.PLACE_ORIGINALS.value: TODAY}
    assert ask_where(rules(), case, NOW) is case


def test_once_everything_is_said_the_task_is_done():
    case = ask_where(rules(), accepted_case(), NOW)

    said = placed(case, EVERY, OriginalPlace.SEEN)

    assert not unaccounted(FOOD, said)
    assert said.tasks == {}


def test_what_is_kept_is_to_go_back_by_a_day():
    case = placed(accepted_case(), "LAYOUT", OriginalPlace.KEPT, back_by_on=NEXT_WEEK)

    assert codes(owed(FOOD, case)) == {"LAYOUT"}
    assert case.tasks[TaskKind.RETURN_ORIGINALS.value] == NEXT_WEEK
    assert case.events[-2].detail["place"] == "kept"


@pytest.mark.parametrize("day", [None, TODAY - timedelta(days=1)])
def test_nothing_is_kept_without_a_day_to_give_it_back(day):
    with pytest.raises(BadInput):
        placed(accepted_case(), "LAYOUT", OriginalPlace.KEPT, back_by_on=day)


def test_what_goes_on_to_the_department_has_its_slip():
    with pytest.raises(BadInput):
        placed(accepted_case(), "RULES", OriginalPlace.HANDED_ON, back_by_on=NEXT_WEEK)

    case = placed(
        accepted_case(),
        "RULES",
        OriginalPlace.HANDED_ON,
        number="流转 7",
        bag=" d-17 ",
        back_by_on=NEXT_WEEK,
    )

    assert case.custody["RULES"].number == "流转 7"
    assert case.custody["RULES"].to == FOOD.body.short_name
    assert case.custody["RULES"].bag == "D-17"


def test_what_went_back_is_owed_no_more_and_the_task_is_done():
    case = placed(accepted_case(), "LAYOUT", OriginalPlace.KEPT, back_by_on=NEXT_WEEK)

    back = return_originals(rules(), case, "LAYOUT", "张示例", CLERK, NOW)

    assert not owed(FOOD, back)
    assert not is_open(back, TaskKind.RETURN_ORIGINALS)
    assert back.custody["LAYOUT"].to == "张示例"


def test_nothing_goes_back_to_nobody_or_twice():
    case = placed(accepted_case(), "LAYOUT", OriginalPlace.KEPT, back_by_on=NEXT_WEEK)
    with pytest.raises(BadInput):
        return_originals(rules(), case, "LAYOUT", " ", CLERK, NOW)
    back = return_originals(rules(), case, "LAYOUT", "张示例", CLERK, NOW)

    with pytest.raises(NotAcceptable):
        return_originals(rules(), back, "LAYOUT", "张示例", CLERK, NOW)
    with pytest.raises(NotAcceptable):
        placed(back, "LAYOUT", OriginalPlace.FILED)


def test_what_was_never_laid_on_the_counter_is_not_kept():
    with pytest.raises(NotAcceptable):
        placed(accepted_case(), "LICENCE", OriginalPlace.FILED)


def test_no_act_on_originals_moves_the_case():
    case = placed(accepted_case(), EVERY, OriginalPlace.FILED)

    assert case.state is accepted_case().state
    assert case.terms == accepted_case().terms
