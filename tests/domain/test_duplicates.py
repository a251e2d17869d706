"""The same person or the same case twice: told, and decided by a person with a reason."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_list import CaseLine
from clerk.domain.duplicates import LONGEST_REASON, Alike, decided, keep_beside
from clerk.domain.errors import BadInput, NotAcceptable
from tests.domain.at_the_window import CLERK, NOW, accepted_case, draft


def other(number: int, name: str = "示例县清河面馆（个体工商户）") -> CaseLine:
    """Another case of the list."""
    return CaseLine(
        case_id=UUID(int=number),
        state=CaseState.ACCEPTED,
        label=f"20260316-{number:04}",
        provisional=False,
        applicant_name=name,
        item_code="food_business_permit",
        item_name="食品经营许可新办",
        with_whom="县行政审批服务局",
        clerk="周模拟",
        opened_at=datetime(2026, 3, 16, 9, 0, tzinfo=NOW.tzinfo),
        received_at=None,
        accepted_at=None,
        next_due_on=None,
        due_on=None,
        statutory_due_on=None,
        dates_estimated=False,
        returned=False,
        deferred=False,
        undelivered=0,
    )


def test_the_decision_stands_in_the_course_with_its_reason():
    case = draft()

    kept = keep_beside(case, other(1), " 第二家店 ", CLERK, NOW)

    event = kept.events[-1]
    assert event.kind is CaseEventKind.KEPT_BESIDE
    assert (event.detail["label"], event.detail["reason"]) == ("20260316-0001", "第二家店")
    assert kept.state is case.state
    assert decided(kept) == {UUID(int=1)}


def test_what_was_decided_is_not_asked_again_and_the_rest_is():
    alike = Alike(same_item=(other(1), other(2)), other_names=(other(3, "李样本"),))
    case = keep_beside(draft(), other(1), "第二家店", CLERK, NOW)

    left = alike.undecided(case)

    assert [one.case_id.int for one in left.lines()] == [2, 3]


def test_a_case_that_is_both_is_laid_beside_once():
    assert Alike(same_item=(other(1),), other_names=(other(1),)).lines() == (other(1),)


@pytest.mark.parametrize("reason", ["", "  ", "长" * (LONGEST_REASON + 1)])
def test_no_reason_and_too_long_a_reason_are_refused(reason):
    with pytest.raises(BadInput):
        keep_beside(draft(), other(1), reason, CLERK, NOW)


def test_a_case_that_was_taken_in_is_decided_no_more():
    with pytest.raises(NotAcceptable):
        keep_beside(accepted_case(), other(1), "第二家店", CLERK, NOW)


def test_another_name_under_the_number_is_written_down_with_it():
    kept = keep_beside(draft(), other(3, "李样本"), "改过名，户口簿有记载", CLERK, NOW)

    assert kept.events[-1].detail["name"] == "李样本"
    assert replace(kept, events=kept.events[:-1]) == draft()
