"""The list of what to bring, on paper and in the journal, without a case."""

import json

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
    inquiry = Inquiry(
        applicant_kind=PartyKind.SOLE_TRADER, answers=ANSWERS, have=frozenset({"LICENCE", "NONE"})
    )
    told = advice.advice_on(window.desk, window.clerk, food, inquiry)

    pdf = advice.advice_document(window.desk, window.clerk, told)

    text = read_text(pdf)
    for asked in told.asked.requirements:
        assert asked.name in text
    for part in ("一次性告知单", "没有收件", "热食", "承诺", "告知人", "申请人签收", "一式两份"):
        assert part in text
    lacking = len(told.asked.requirements) - 1
    assert text.count("已具备") == 2  # beside the licence, and in the sum
    assert f"还要带来{lacking}份" in text.replace(" ", "")
    line = window.lines()[-1]
    assert (line.act, line.case_id) == ("advice.given", None)
    said = json.loads(line.detail)
    assert (said["asked"], said["lacking"]) == (lacking + 1, lacking)


@pytest.mark.parametrize("role", [Role.CHIEF_REPRESENTATIVE, Role.AUDITOR])
def test_who_opens_no_cases_advises_nobody(window, role):
    food = window.catalogue["food_business_permit"]

    with pytest.raises(NotAllowed):
        advice.advice_on(window.desk, window.session(role), food, Inquiry())
