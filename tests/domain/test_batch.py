"""Which cases may be granted together (批量审批), and which of them are drawn to be opened."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from clerk.domain.batch import (
    BatchBar,
    BatchCandidate,
    batch_bar,
    batch_rule_for,
    to_be_opened,
)
from clerk.domain.case import InternalReturn
from clerk.domain.decisions import return_internally
from clerk.domain.mandate import BatchRule
from clerk.domain.review import PointOutcome
from tests.domain.at_the_window import (
    FOOD,
    NOW,
    accepted_case,
    approval_mandate,
    check,
    chief,
    rules,
)
from tests.domain.test_approval_acts import answered, found

BATCH = BatchRule(items=frozenset({FOOD.item_code}), most=20, open_one_in=5)


def batcher(**changed):
    return chief(approval_mandate(batch=BATCH, **changed))


def why_left_out(case, who=None):
    return batch_bar(rules(), case, check(case), who or batcher(), NOW)


def test_a_clean_case_of_a_marked_item_goes_into_the_batch():
    assert why_left_out(answered(accepted_case())) is None
    assert batch_rule_for(batcher().account, FOOD.item_code, NOW) == BATCH


def test_an_item_without_the_mark_and_a_mandate_that_ended_make_no_batch():
    ended = batcher(until_on=date(2026, 3, 1))

    assert why_left_out(answered(accepted_case()), chief()) is BatchBar.NOT_MARKED
    assert batch_rule_for(ended.account, FOOD.item_code, NOW) is None
    assert why_left_out(answered(accepted_case()), ended) is BatchBar.MAY_NOT_DECIDE


def test_what_must_be_looked_at_and_was_not_is_left_out():
    assert why_left_out(accepted_case()) is BatchBar.NOT_LOOKED_AT


def test_a_case_with_a_doubt_or_a_return_is_left_out():
    doubted = found(answered(accepted_case()), "ON_SITE", PointOutcome.NOT_MET, "一人签名")
    sent = InternalReturn(points=("LAYOUT_UNCLEAR",), materials=(), remark="", at=NOW, by="郑范例")
    back = return_internally(rules(), answered(accepted_case()), sent, chief())

    assert why_left_out(doubted) is BatchBar.NOT_CLEAN
    assert why_left_out(back) is BatchBar.NOT_CLEAN


def test_of_what_nobody_opened_some_must_be_and_never_none():
    """Drawn by the id, at least one of every batch; what was looked at needs no drawing."""
    unseen = [
        BatchCandidate(case_id=UUID(int=number), item_code="x", opened=False)
        for number in range(40)
    ]
    seen = [replace(one, opened=True) for one in unseen]

    drawn = to_be_opened(unseen, 5)

    assert 2 <= len(drawn) <= 20
    assert to_be_opened(list(reversed(unseen)), 5) == drawn
    assert len(to_be_opened(unseen[:1], 1000)) == 1
    assert to_be_opened(seen, 5) == frozenset()
