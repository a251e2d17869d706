"""咨询: what to bring is told by the same rules as at intake, and no case is opened for it."""

from datetime import date
from itertools import product

from clerk.domain.advice import Inquiry, advise
from clerk.domain.party import PartyKind
from tests.domain.at_the_window import FOOD, TODAY

TRADER = PartyKind.SOLE_TRADER


def codes(advice):
    return {one.code for one in advice.asked.requirements}


def test_each_answer_makes_the_list_shorter_or_leaves_it():
    nothing = advise(FOOD, Inquiry(applicant_kind=TRADER), TODAY)
    some = advise(FOOD, Inquiry(applicant_kind=TRADER, answers={"business": "catering"}), TODAY)

    assert codes(some) <= codes(nothing)
    assert len(some.open) < len(FOOD.questions)


def test_an_answer_to_a_question_that_is_not_put_counts_for_nothing():
    told = advise(FOOD, Inquiry(applicant_kind=TRADER, answers={"nobody": "asked"}), TODAY)

    assert told.inquiry.answers == {}
    assert codes(told) == codes(advise(FOOD, Inquiry(applicant_kind=TRADER), TODAY))


def test_the_wrong_item_is_told_at_once_with_its_reason():
    ending = next(rule for rule in FOOD.rules if rule.ends and rule.must is not None)
    every = [
        {
            question.code: option.code
            for question, option in zip(FOOD.questions, chosen, strict=True)
        }
        for chosen in _choices()
    ]

    stopped = [advise(FOOD, Inquiry(applicant_kind=TRADER, answers=one), TODAY) for one in every]

    assert any(ending in one.ends for one in stopped)
    assert any(not one.ends for one in stopped)


def test_the_day_counts_on_which_it_was_asked():
    assert advise(FOOD, Inquiry(), date(2026, 1, 5)).on == date(2026, 1, 5)


def _choices():
    """Every way to answer, so few that they can all be tried."""
    return product(*(question.options for question in FOOD.questions))
