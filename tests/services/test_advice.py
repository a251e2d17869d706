"""The list of what to bring, on paper and in the journal, without a case."""

import pytest

from clerk.domain.advice import Inquiry
from clerk.domain.errors import NotAllowed
from clerk.domain.identity import Role
from clerk.domain.party import PartyKind
from clerk.services import advice

ANSWERS = {"business": "catering", "dishes": "hot", "online": "no"}


def test_the_sheet_says_what_to_bring_where_it_comes_from_and_that_nothing_was_received(
    window, read_text
):
    food = window.catalogue["food_business_permit"]
    inquiry = Inquiry(applicant_kind=PartyKind.SOLE_TRADER, answers=ANSWERS)
    told = advice.advice_on(window.desk, window.clerk, food, inquiry)

    pdf = advice.advice_document(window.desk, window.clerk, told)

    text = read_text(pdf)
    for asked in told.asked.requirements:
        assert asked.name in text
    for part in ("没有收件", "热食", "承诺"):
        assert part in text
    line = window.lines()[-1]
    assert (line.act, line.case_id) == ("advice.given", None)


@pytest.mark.parametrize("role", [Role.CHIEF_REPRESENTATIVE, Role.AUDITOR])
def test_who_opens_no_cases_advises_nobody(window, role):
    food = window.catalogue["food_business_permit"]

    with pytest.raises(NotAllowed):
        advice.advice_on(window.desk, window.session(role), food, Inquiry())
