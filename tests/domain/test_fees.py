"""Charges (收费): nothing outside the list, no money at the window, no result before it is paid."""

from dataclasses import replace

import pytest

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.fee_lines import FeeState
from clerk.domain.fees import next_states, settle_fee, unpaid
from clerk.domain.hand_out import hand_out
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_result import SAMPLE_FEE, charging, scanned_case, waiting
from tests.domain.at_the_window import CLERK, NOW, rules
from tests.domain.test_hand_out import OWNER

S = FeeState


def settled(case, state, code="SAMPLE", **words):
    return settle_fee(charging(), case, code, state, CLERK, NOW, **words)


def test_a_noticed_charge_is_a_task_and_paid_by_its_receipt_number():
    told = settled(scanned_case(), S.NOTIFIED)
    assert is_open(told, TaskKind.PAY_FEE, "1")

    paid = settled(told, S.PAID, number="票 990123")

    assert paid.fees["SAMPLE"].receipt_number == "票 990123"
    assert paid.fees["SAMPLE"].amount_fen == 1000
    assert not is_open(paid, TaskKind.PAY_FEE, "1")


def test_a_charge_that_the_item_does_not_list_cannot_be_entered():
    with pytest.raises(NotAcceptable):
        settled(scanned_case(), S.NOTIFIED, code="OTHER")
    with pytest.raises(NotAcceptable):
        settle_fee(rules(), scanned_case(), "SAMPLE", S.NOTIFIED, CLERK, NOW)


def test_nobody_pays_nothing_but_for_a_listed_reason():
    with pytest.raises(NotAcceptable):
        settled(scanned_case(), S.EXEMPT, exemption="acquaintance")

    assert (
        settled(scanned_case(), S.EXEMPT, exemption="low_income").fees["SAMPLE"].state is S.EXEMPT
    )


def test_paid_means_a_receipt_of_the_treasury():
    with pytest.raises(BadInput):
        settled(settled(scanned_case(), S.NOTIFIED), S.PAID)


@pytest.mark.parametrize("state", [S.PAID, S.REFUNDED])
def test_what_was_not_noticed_is_neither_paid_nor_refunded(state):
    with pytest.raises(NotAcceptable):
        settled(scanned_case(), state, number="票 1")


def test_what_was_paid_is_refunded_once_and_keeps_its_receipt():
    paid = settled(settled(scanned_case(), S.NOTIFIED), S.PAID, number="票 1")

    back = settled(paid, S.REFUNDED, number="退 1")

    assert (back.fees["SAMPLE"].receipt_number, back.fees["SAMPLE"].refund_number) == (
        "票 1",
        "退 1",
    )
    assert next_states(charging().standard, back) == ()


def test_the_result_waits_for_the_money():
    told = settled(waiting(), S.NOTIFIED)
    with pytest.raises(NotAcceptable):
        hand_out(charging(), told, OWNER, CLERK, NOW)

    paid = settled(told, S.PAID, number="票 1")

    assert hand_out(charging(), paid, OWNER, CLERK, NOW).state is CaseState.HANDED_OUT


def test_a_charge_that_may_come_later_holds_nothing_up():
    later = charging(replace(SAMPLE_FEE, before_result=False))

    assert unpaid(later.standard, waiting()) == ()


def test_an_item_without_charges_asks_nothing():
    assert unpaid(rules().standard, waiting()) == ()
    assert next_states(rules().standard, waiting()) == ()
