"""Sample cases as they are edited: nothing is lost on the way, and a case becomes one without names."""

import re
import tomllib
from dataclasses import replace

import pytest

from clerk import assets
from clerk.app.sample_files import read_hall
from clerk.domain.errors import BadInput, SamplesFaulty
from clerk.domain.party import Source
from clerk.domain.sample_case import samples_from
from clerk.domain.sample_editing import (
    as_came_out,
    as_kept,
    editable,
    read_sample,
    same_samples,
    without_empty,
)
from clerk.domain.sample_of_case import sample_of_case
from clerk.domain.sample_run import run_sample, sample_case
from tests.domain.at_the_window import CALENDAR, FOOD
from tests.domain.starter_items import TODAY, item

ITEMS = ("food_business_permit", "old_age_allowance", "house_first_registration")


@pytest.fixture(scope="module")
def hall():
    return read_hall(TODAY)


def shipped(item_code):
    return tomllib.loads(assets.read_text("resources", f"samples/{item_code}.toml"))


@pytest.mark.parametrize("item_code", ITEMS)
def test_what_was_edited_and_put_back_says_the_same_of_every_sample(item_code):
    raw = shipped(item_code)

    kept = as_kept(item_code, editable(raw))

    assert samples_from(kept) == samples_from(raw)
    assert same_samples(raw, kept)


def test_a_sample_that_expects_what_came_out_agrees_with_its_check(hall):
    for line in editable(shipped(ITEMS[0])):
        settled = as_came_out(hall, FOOD, {**line, "expect": "receive", "names": []}, "改了")

        sample = read_sample(ITEMS[0], settled)
        assert run_sample(hall, FOOD, sample).differences == ()
        assert sample.why == "改了"


def test_a_sample_that_names_what_is_not_there_is_left_as_it_is(hall):
    line = editable(shipped(ITEMS[0]))[0]

    with pytest.raises(SamplesFaulty) as faulty:
        as_came_out(hall, FOOD, {**line, "answers": {"nothing": "at_all"}})

    assert faulty.value.faults == ("answers：没有问题 nothing",)


def test_a_case_becomes_a_sample_with_the_same_outcome_and_nobody_in_it(hall):
    """Each shipped sample is laid on the desk as a case of somebody else, and made a sample again."""
    for sample in samples_from(shipped(ITEMS[0])).samples:
        if any(given.face for given in sample.materials.values()):
            continue  # what a certificate shows is never taken over
        laid = sample_case(hall, FOOD, sample, "03", TODAY)
        applicant = laid.applicant
        assert applicant is not None
        real = replace(applicant.party, name="真名真姓", address="真住址")
        values = {
            code: replace(held, value="真名真姓") if held.value == applicant.party.name else held
            for code, held in laid.values.items()
        }
        case = replace(laid, applicant=replace(applicant, party=real), values=values)

        line = sample_of_case(FOOD, case, hall.people, CALENDAR)

        again = as_came_out(hall, FOOD, {**line, "name": sample.name})
        assert "真" not in repr(again)
        assert (sample.name, again["expect"]) == (sample.name, sample.expect.value)


def test_a_card_number_that_was_typed_is_not_frozen_and_the_person_keeps_age_and_sex(hall):
    """The invented card has another number every day: written down, it would be wrong tomorrow."""
    allowance = item(ITEMS[1])
    sample = samples_from(shipped(ITEMS[1])).samples[0]
    laid = sample_case(hall, allowance, sample, "03", TODAY)
    assert laid.applicant is not None
    someone = laid.applicant.party
    typed = {code: replace(held, source=Source.TYPED) for code, held in laid.values.items()}
    assert someone.id_number in {held.value for held in typed.values()}

    for sex, word in (("1", "male"), ("2", "female")):
        of_sex = replace(laid.applicant, party=replace(someone, sex=sex))
        case = replace(laid, values=typed, applicant=of_sex)
        line = sample_of_case(allowance, case, hall.people, CALENDAR)
        who = line["applicant"]
        assert isinstance(who, dict)
        assert (who["sex"], who["age"]) == (word, sample.applicant.age or who["age"])
        assert someone.id_number not in repr(line)
        assert not set(re.findall(r"[0-9]{17}[0-9X]", repr(line)))


def test_a_kind_of_body_that_nobody_stands_for_is_refused(hall):
    laid = sample_case(hall, FOOD, samples_from(shipped(ITEMS[0])).samples[0], "03", TODAY)

    with pytest.raises(BadInput, match="没有这一类申请人"):
        sample_of_case(FOOD, laid, replace(hall.people, bodies={}), CALENDAR)


def test_an_empty_list_of_an_earlier_draft_means_that_there_are_no_samples():
    old = {"item_code": "x", "samples": []}
    some = {"item_code": "x", "samples": [{"name": "一"}]}

    assert without_empty(old) == {} == without_empty({})
    assert without_empty(some) is some
