"""A result nobody fetched is offered to be brought (送上门), and goes that way once he says yes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.bringing import BringingAnswer, bringings, offer_to_bring
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.hand_out import hand_out
from clerk.domain.office_lists import VanRoute
from clerk.domain.parcel import ResultPlan, ResultWay
from clerk.domain.tasks import TaskKind, is_open, subjects_open
from clerk.domain.unclaimed import LADDER
from tests.domain.at_the_result import waiting
from tests.domain.at_the_window import CLERK, NOW, rules
from tests.domain.test_hand_out import OWNER
from tests.domain.test_unclaimed import reminded

LATER = NOW + timedelta(days=50)
"""2026-05-07: all three reminders were given."""
ROUTES = (
    VanRoute(name="清河镇线", on=date(2026, 3, 25), stops=("样本村", "演示路"), every_days=14),
    VanRoute(name="城关镇线", on=date(2026, 4, 1), stops=("模型街",)),
)
ASKED = ResultPlan(way=ResultWay.WINDOW, receiver="张示例", phone="13800000147")
TO_DOOR = replace(ASKED, address="示例县清河镇演示路 9 号")


def governed():
    return replace(rules(), office=replace(rules().office, van_routes=ROUTES))


def unclaimed():
    case = waiting()
    for step in range(len(LADDER)):
        case = reminded(case, step)
    return case


def offered(case, code="van/0/1", answer=BringingAnswer.ACCEPTED, plan=ASKED, proof="9 点通话"):
    return offer_to_bring(governed(), case, code, answer, plan, proof, CLERK, LATER)


def test_the_vans_next_day_is_offered_stop_by_stop_beside_the_courier():
    found = bringings(governed(), date(2026, 5, 7))

    assert [(one.code, one.stop, one.on) for one in found] == [
        ("courier", "", None),
        ("van/0/0", "样本村", date(2026, 5, 20)),
        ("van/0/1", "演示路", date(2026, 5, 20)),
    ]


def test_his_yes_changes_the_way_and_the_van_has_its_task():
    case = offered(unclaimed())

    plan = case.result_plan
    assert plan is not None
    assert (plan.way, plan.address, plan.route) == (ResultWay.VAN, "演示路", "清河镇线")
    assert subjects_open(case, TaskKind.BRING_RESULT) == {"": date(2026, 5, 20)}
    assert not is_open(case, TaskKind.UNCLAIMED_RESULT)
    kinds = [event.kind for event in case.events]
    assert CaseEventKind.BRINGING_OFFERED in kinds
    assert CaseEventKind.WAY_CHANGED in kinds


def test_what_the_van_hands_over_is_signed_for_like_at_the_window():
    case = hand_out(governed(), offered(unclaimed()), OWNER, CLERK, LATER + timedelta(days=13))

    assert case.state is CaseState.HANDED_OUT
    assert case.hand_out is not None
    assert case.hand_out.way == ResultWay.VAN.value
    assert not is_open(case, TaskKind.BRING_RESULT)


def test_the_courier_needs_an_address():
    with pytest.raises(BadInput, match="地址"):
        offered(unclaimed(), "courier")

    case = offered(unclaimed(), "courier", plan=TO_DOOR)
    assert case.result_plan is not None
    assert case.result_plan.can_be_sent


@pytest.mark.parametrize("answer", [BringingAnswer.DECLINED, BringingAnswer.NO_ANSWER])
def test_without_his_yes_nothing_changes_but_the_day_of_the_next_look(answer):
    before = unclaimed()
    case = offered(before, answer=answer)

    assert case.result_plan is before.result_plan
    assert subjects_open(case, TaskKind.UNCLAIMED_RESULT) == {"": date(2026, 6, 17)}
    assert case.events[-2].detail["answer"] == answer.value


def test_nothing_is_offered_before_the_last_reminder():
    bars = {one.act: one.bar for one in acts_on(governed(), waiting(), CLERK, NOW)}

    assert bars[CaseAct.OFFER_TO_BRING] is ActBar.REMINDERS_RUN
    with pytest.raises(NotAcceptable, match="催领还没到最后一次"):
        offered(waiting())


@pytest.mark.parametrize(
    ("code", "plan", "proof", "trouble"),
    [
        ("van/9/0", ASKED, "9 点通话", NotAcceptable),
        ("van/0/0", replace(ASKED, receiver=""), "9 点通话", BadInput),
        ("van/0/0", ASKED, " ", BadInput),
    ],
)
def test_an_offer_says_whom_by_what_and_with_which_proof(code, plan, proof, trouble):
    with pytest.raises(trouble):
        offered(unclaimed(), code, plan=plan, proof=proof)
