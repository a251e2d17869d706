"""Shared data is asked with purpose and right, over HTTP, and each question is in the journal."""

import json

import pytest

from clerk.domain import intake
from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Role
from clerk.domain.shared_data import SharedBasis, SharedOutcome, SharedSource
from clerk.services import drafts
from clerk.services.shared_data import ask_shared_data
from tests.domain.at_the_window import shop
from tests.services import noodle_shop

CONSENT = "本人当场书面同意"


@pytest.fixture
def closing(window):
    """The noodle shop's owner closes it: the tax office says whether anything is owed."""
    standard = window.catalogue["sole_trader_cancellation"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    owner = noodle_shop.read_card(window)
    case = intake.with_person(case, owner, standard.applicant_kinds)
    return intake.with_body(case, shop())


def ask(window, case, basis=SharedBasis.CONSENT, reason=CONSENT, who=None):
    return ask_shared_data(window.desk, who or window.clerk, case, SharedSource.TAX, basis, reason)


def test_the_source_answers_and_both_ledgers_know_why_it_was_asked(window, closing):
    answer = ask(window, closing)

    assert answer.outcome is SharedOutcome.FOUND
    assert answer.values["清税状态"] == "已结清"
    line = window.lines()[-1]
    assert (line.act, line.case_id) == ("shared_data.asked", closing.case_id)
    told = json.loads(line.detail)
    assert (told["basis"], told["reason"]) == ("consent", CONSENT)


def test_a_source_that_is_down_is_no_word_about_anybody(window, closing, peers):
    peers.province.start("shared_data")
    peers.province.kill("shared_data")

    answer = ask(window, closing)

    assert answer.outcome is SharedOutcome.NO_ANSWER
    assert answer.trouble


def test_without_a_reason_nobody_is_asked_about(window, closing):
    with pytest.raises(BadInput):
        ask(window, closing, reason="")


@pytest.mark.parametrize("role", [Role.RESULT_CLERK, Role.AUDITOR])
def test_who_calls_no_certificates_asks_no_sources(window, closing, role):
    with pytest.raises(NotAllowed):
        ask(window, closing, who=window.session(role))
