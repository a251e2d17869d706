"""Charges (收费): nothing outside the list, no money at the window, no result before it is paid."""

from dataclasses import replace

import pytest

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.fee_lines import FeeState
from clerk.domain.fee_terms import Payee
from clerk.domain.fees import amount_of, charged, next_states, settle_fee, unpaid
from clerk.domain.hand_out import hand_out
from clerk.domain.intake import with_answer, with_value
from clerk.domain.parcels import postage
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_result import SAMPLE_FEE, charging, scanned_case, waiting
from tests.domain.at_the_window import CLERK, NOW, rules
from tests.domain.starter_items import item
from tests.domain.test_catalogue_checked import person, whole_case
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
        settled(scanned_case(), S.EXEMPT, exemption="low_income", proof="低保证 7 号")
        .fees["SAMPLE"]
        .proof
        == "低保证 7 号"
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


HOUSE = item("house_first_registration")


def house(use="home", certificates="3", delivery="窗口领取"):
    """A house to be registered for the first time, with so many certificates."""
    _, case = whole_case("house_first_registration", person())
    case = with_answer(case, "use", use, NOW)
    case = with_value(case, "certificates", certificates, NOW)
    return with_value(case, "delivery", delivery, NOW)


@pytest.mark.parametrize(
    ("use", "certificates", "asked"),
    [
        ("home", "3", {"REGISTER_HOME": 8000, "COPIES": 2000}),
        ("garage", "1", {"REGISTER_HOME": 8000}),
        ("other", "2", {"REGISTER_OTHER": 55000, "COPIES": 1000}),
    ],
)
def test_the_list_says_the_amount_by_answer_and_by_count_and_the_first_copy_is_free(
    use, certificates, asked
):
    """发改价格规〔2016〕2559号: 80 yuan a home, 550 another house, 10 yuan each further certificate."""
    case = house(use, certificates)

    assert {fee.code: amount_of(fee, case) for fee in charged(HOUSE, case)} == asked


def test_what_was_noticed_stays_noticed_when_the_form_is_changed_later():
    governed = replace(rules(), standard=HOUSE)
    told = settle_fee(
        governed, replace(scanned_case(), **_form()), "COPIES", S.NOTIFIED, CLERK, NOW
    )
    more = with_value_of(told, "certificates", "9")

    paid = settle_fee(governed, more, "COPIES", S.PAID, CLERK, NOW, number="票 9")

    assert (paid.fees["COPIES"].amount_fen, paid.fees["COPIES"].count) == (2000, 3)


def _form():
    case = house()
    return {"answers": case.answers, "values": case.values, "item_code": HOUSE.item_code}


def with_value_of(case, code, value):
    return replace(case, values={**case.values, code: replace(case.values[code], value=value)})


def test_the_couriers_charge_is_told_but_never_the_halls():
    case = house(delivery="寄递")
    (post,) = postage(HOUSE, case)

    assert post.payee is Payee.COURIER
    assert post not in charged(HOUSE, case)
    assert postage(HOUSE, house()) == ()
    with pytest.raises(NotAcceptable, match="窗口不收也不代收"):
        settle_fee(replace(rules(), standard=HOUSE), case, "POSTAGE", S.NOTIFIED, CLERK, NOW)


def test_a_listed_reason_counts_only_with_its_proof():
    with pytest.raises(BadInput, match="低保证"):
        settled(scanned_case(), S.EXEMPT, exemption="low_income")
