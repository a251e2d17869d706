"""Results by courier (寄递): the address agreed, the waybill as proof, the way back."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.hand_out import hand_out
from clerk.domain.parcel import ParcelEvent, ParcelState, ResultPlan, ResultWay
from clerk.domain.parcels import (
    apply_parcel,
    booked,
    change_way,
    not_booked,
    plan_of,
    send_result,
    under_way,
)
from clerk.domain.receiving import ReceiverRole
from clerk.domain.tasks import TaskKind, subjects_open
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_result import granted, scanned_case, waiting
from tests.domain.at_the_window import (
    CASE_ID,
    CLERK,
    FOOD,
    NOW,
    accepted_case,
    noodle_shop_complete,
    rules,
    typed,
)
from tests.domain.test_hand_out import OWNER

PARCEL_ID = UUID("0199a000-0000-7000-8000-0000000000aa")
HOME = ResultPlan(
    way=ResultWay.COURIER,
    receiver=ZHANG_SHILI.name,
    phone=ZHANG_SHILI.phone,
    address="示例省示例市示例县清河镇演示路 9 号",
)
NUMBER = "LX0000000001"


def sent():
    case = change_way(rules(), waiting(), HOME, "申请人来电", CLERK, NOW)
    return send_result(rules(), case, PARCEL_ID, CLERK, NOW)


def told(state, minutes=1, **words):
    return ParcelEvent(
        event_id=f"E{minutes}",
        case_id=CASE_ID,
        waybill_number=NUMBER,
        state=state,
        at=NOW + timedelta(minutes=minutes),
        **words,
    )


def handed(case):
    assert case.hand_out is not None
    return case.hand_out


def carried():
    return booked(rules(), sent(), NUMBER, NOW)


def test_the_way_is_chosen_on_the_form():
    posted = accepted_case(typed(noodle_shop_complete(), {"delivery": "寄递"}))

    plan = plan_of(FOOD, posted)

    assert plan_of(FOOD, scanned_case()).way is ResultWay.WINDOW
    assert (plan.way, plan.receiver, plan.phone) == (
        ResultWay.COURIER,
        ZHANG_SHILI.name,
        ZHANG_SHILI.phone,
    )
    assert plan.can_be_sent


def test_the_way_can_be_changed_and_says_who_asked():
    case = change_way(rules(), granted(scanned_case()), HOME, "申请人来电", CLERK, NOW)

    assert plan_of(FOOD, case) == HOME
    assert case.events[-1].detail["reason"] == "申请人来电"
    assert case.state is CaseState.GRANTED


@pytest.mark.parametrize(
    "plan",
    [
        replace(HOME, address=""),
        replace(HOME, phone=""),
        ResultPlan(way=ResultWay.PROXY),
    ],
)
def test_a_way_that_cannot_be_gone_is_not_agreed(plan):
    with pytest.raises(BadInput):
        change_way(rules(), waiting(), plan, "申请人来电", CLERK, NOW)


def test_nothing_is_sent_without_an_address():
    with pytest.raises(NotAcceptable):
        send_result(rules(), waiting(), PARCEL_ID, CLERK, NOW)


def test_while_it_is_carried_nobody_fetches_it_nor_is_reminded():
    case = carried()

    assert case.parcels[-1].waybill_number == NUMBER
    assert under_way(case) is case.parcels[-1]
    assert not subjects_open(case, TaskKind.REMIND_RESULT)
    with pytest.raises(NotAcceptable):
        hand_out(rules(), case, OWNER, CLERK, NOW)
    with pytest.raises(NotAcceptable):
        send_result(rules(), case, PARCEL_ID, CLERK, NOW)


def test_signed_for_delivers_the_case_with_the_waybill_as_proof():
    case = apply_parcel(rules(), carried(), told(ParcelState.PICKED_UP))

    out = apply_parcel(rules(), case, told(ParcelState.DELIVERED, 2, taken_by="张示例"))

    assert out.state is CaseState.HANDED_OUT
    assert (handed(out).way, handed(out).proof) == ("courier", NUMBER)
    assert handed(out).role is ReceiverRole.AT_THE_DOOR
    assert [e.kind for e in out.events[-2:]] == [
        CaseEventKind.PARCEL_MOVED,
        CaseEventKind.HANDED_OUT,
    ]


def test_somebody_else_at_the_door_is_named():
    out = apply_parcel(rules(), carried(), told(ParcelState.DELIVERED, taken_by="李样本"))

    assert handed(out).receiver == "李样本"


def test_what_came_back_lies_at_the_window_again_and_is_reminded_of_anew():
    case = apply_parcel(rules(), carried(), told(ParcelState.CAME_BACK, trouble="收件人拒收"))

    assert case.state is CaseState.RESULT_WAITING
    assert under_way(case) is None
    assert case.parcels[-1].trouble == "收件人拒收"
    assert list(subjects_open(case, TaskKind.REMIND_RESULT)) == ["1"]
    assert hand_out(rules(), case, OWNER, CLERK, NOW + timedelta(hours=1)).closed


def test_what_comes_late_twice_or_of_another_parcel_moves_nothing():
    case = apply_parcel(rules(), carried(), told(ParcelState.IN_TRANSIT, 3))

    for event in (
        told(ParcelState.PICKED_UP, 4),
        told(ParcelState.IN_TRANSIT, 3),
        replace(told(ParcelState.DELIVERED, 5), waybill_number="LX0000000009"),
    ):
        assert apply_parcel(rules(), case, event) is case


def test_a_parcel_that_the_courier_will_not_carry_never_left():
    case = not_booked(rules(), sent(), "这个地址快递不送", NOW)

    assert under_way(case) is None
    assert list(subjects_open(case, TaskKind.REMIND_RESULT)) == ["1"]
    assert booked(rules(), case, NUMBER, NOW) is case
