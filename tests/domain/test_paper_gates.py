"""Which papers a step waits for: the slips of the very bag, and none that the case does not owe."""

from dataclasses import replace

from clerk.domain.case import Decision
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.originals import OriginalHeld, OriginalPlace
from clerk.domain.paper_gates import numbers_a_result_awaits, numbers_awaited
from clerk.domain.papers import PaperKind
from tests.domain.at_the_window import NOW, accepted_case


def on_its_way(bag, slip, **changed):
    place = OriginalPlace.HANDED_ON
    return OriginalHeld(place=place, count=1, at=NOW, by="zhou", bag=bag, number=slip, **changed)


def awaited(case, bag):
    return numbers_awaited(case, CaseAct.RECEIVE_TRANSFER, ActWords(number=bag))


def test_whoever_signs_for_a_bag_signs_the_slips_of_that_bag():
    custody = {
        "LICENCE": on_its_way("D-017", "流转 1 号"),
        "LAYOUT": on_its_way("D-018", "流转 2 号"),
        "HEAD_ID": on_its_way("D-018", "流转 2 号"),
        "RULES": on_its_way("D-017", "流转 3 号"),
        "PREMISES": on_its_way("D-017", "流转 4 号", signed_at=NOW),
    }
    case = replace(accepted_case(), custody=custody)

    assert awaited(case, " d-017") == ("流转 1 号", "流转 3 号")
    assert awaited(case, "D-018") == ("流转 2 号",)
    assert awaited(case, "D-019") == ()


def test_a_decision_that_was_given_elsewhere_is_no_paper_of_this_window():
    decided = Decision(
        granted=True, opinion="", at=NOW, by="", by_name="示例局", number="示局 3 号"
    )
    case = replace(accepted_case(), decision=decided)
    ours = {**case.paper_numbers, PaperKind.DECISION.value: "示审批决 4 号"}

    assert numbers_a_result_awaits(case) == ()
    assert numbers_a_result_awaits(replace(case, paper_numbers=ours)) == ("示审批决 4 号",)
