"""当场更正: an obvious slip on a paper is put right at the window, and it is known by whom."""

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.on_the_spot import corrected
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    accepted_case,
    noodle_shop_begun,
    noodle_shop_complete,
)

RULES = FOOD.requirement("RULES")
WHAT = "落款日期 2062 年改为 2026 年"


def test_what_was_put_right_and_who_signed_stands_in_the_course():
    """行政许可法 art. 32 (3)."""
    case = corrected(noodle_shop_complete(), RULES, WHAT, "张示例", CLERK, NOW)

    event = case.events[-1]
    assert event.kind is CaseEventKind.CORRECTED_ON_THE_SPOT
    assert (event.subject, event.actor) == ("RULES", "zhou")
    assert (event.detail["what"], event.detail["signer"]) == (WHAT, "张示例")


@pytest.mark.parametrize(("what", "signer"), [(" ", "张示例"), (WHAT, "")])
def test_without_what_or_a_signature_nothing_is_noted(what, signer):
    with pytest.raises(BadInput):
        corrected(noodle_shop_complete(), RULES, what, signer, CLERK, NOW)


def test_a_paper_that_is_not_there_is_not_corrected():
    with pytest.raises(BadInput, match="还没收到"):
        corrected(noodle_shop_begun(), RULES, WHAT, "张示例", CLERK, NOW)


def test_after_acceptance_nothing_is_corrected_on_the_spot():
    with pytest.raises(NotAcceptable):
        corrected(accepted_case(), RULES, WHAT, "张示例", CLERK, NOW)
