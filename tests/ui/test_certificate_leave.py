"""The leave comes first: by code, by phone, by mandate, by duty; without it nothing is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.certificate import AuthorisationMode, AuthorisationState
from clerk.domain.identity import Role
from clerk.domain.party import MandateAct
from tests.ui.certificate_counter import Counter, show_code
from tests.ui.certificate_library import shop_case, with_helper
from tests.ui.example_values import NOW


@pytest.fixture
def counter(jobs, on_screen):
    return Counter(jobs, on_screen, (1440, 868))


def test_before_the_leave_nothing_is_asked_and_nothing_is_named(counter):
    dialog = counter.open(shop_case(counter.small))

    assert counter.library.calls == []
    assert dialog.model.rowCount() == 0
    assert "营业执照（副本）" not in counter.texts()
    assert "先请示例县清河面馆授权" in counter.texts()
    assert not dialog.use_button.isVisible()
    assert dialog.strip.code.hasFocus()


def test_the_code_is_hidden_kept_from_the_input_method_and_wiped_after_its_time(
    counter, hands, qtbot
):
    dialog = counter.open(shop_case(counter.small), code_ms=60)
    code = dialog.strip.code

    hands.type("990")

    assert len(code.displayText()) == 3
    assert "990" not in code.displayText()
    assert not code.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.waitUntil(lambda: code.text() == "")
    assert "没有发出" in counter.texts()
    assert counter.library.calls == []


@pytest.mark.parametrize("code", ["12345", "abc", "9" * 201])
def test_a_code_that_cannot_be_one_is_not_sent(counter, hands, code):
    counter.open(shop_case(counter.small))

    hands.type(code)
    hands.press(Qt.Key.Key_Return)

    assert counter.library.calls == []
    assert "亮证码要 6 到 200 位" in counter.texts()


def test_the_phone_is_asked_until_the_holder_agrees(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small), poll_ms=5)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls == ["ask phone", "poll", "poll", "match"]
    assert "已在手机上同意" in counter.texts()


def test_a_holder_who_says_no_is_an_answer(counter, hands, qtbot):
    counter.library.answer_to_poll = AuthorisationState.DENIED
    dialog = counter.open(shop_case(counter.small), poll_ms=5)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "持证人没有同意" in counter.texts())

    assert "match" not in counter.library.calls
    assert dialog.strip.code.isVisible()


def test_silence_ends_the_asking(counter, hands, qtbot):
    counter.library.polls_until_granted = 1000
    dialog = counter.open(shop_case(counter.small), poll_ms=1)

    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "两分钟里没有等到确认" in counter.texts())

    assert counter.library.calls.count("poll") == 40
    assert dialog.strip.code.isVisible()


def test_esc_stops_waiting_for_the_phone_and_keeps_the_dialog(counter, hands, qtbot):
    counter.library.polls_until_granted = 1000
    dialog = counter.open(shop_case(counter.small), poll_ms=1)
    hands.click(dialog.strip.phone)
    qtbot.waitUntil(lambda: "poll" in counter.library.calls)

    hands.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(counter.settled)
    asked = counter.library.calls.count("poll")

    assert not dialog.leave.waits_for_holder
    assert dialog.strip.code.hasFocus()
    assert counter.library.calls.count("poll") == asked


def test_by_duty_needs_a_listed_reason(counter, hands, qtbot):
    dialog = counter.open(shop_case(counter.small))

    hands.click(dialog.strip.duty)
    assert counter.library.calls == []
    hands.press(Qt.Key.Key_2)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls == ["ask by_duty", "match"]
    assert counter.library.reasons == ["持证人到场，手机不能亮码，按事项标准核验"]
    assert "依职责核验示例县清河面馆的证照" in counter.texts()


def test_a_handler_without_a_signed_mandate_calls_nothing(counter, hands):
    case = with_helper(shop_case(counter.small), signed=False, acts=frozenset())
    dialog = counter.open(case)

    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_F5)

    assert counter.library.calls == []
    assert "授权委托书还没有委托人签名，什么都没有调取" in counter.texts()
    assert not dialog.strip.code.isVisible()
    assert not dialog.strip.phone.isVisible()


def test_a_mandate_that_covers_certificates_is_leave_of_its_own(counter, hands, qtbot):
    acts = frozenset({MandateAct.AUTHORISE_CERTIFICATES})
    dialog = counter.open(with_helper(shop_case(counter.small), signed=True, acts=acts), poll_ms=5)

    hands.click(dialog.strip.entrusted)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)

    assert counter.library.calls[0] == "ask entrusted"


def test_a_mandate_without_that_act_leaves_only_the_holders_own_code(counter):
    acts = frozenset({MandateAct.SUBMIT})
    dialog = counter.open(with_helper(shop_case(counter.small), signed=True, acts=acts))

    assert dialog.strip.code.isVisible()
    assert not dialog.strip.phone.isVisible()
    assert "请持证人自己亮码" in counter.texts()


def test_an_account_without_the_right_calls_nothing(counter):
    session = counter.small.session
    account = replace(session.account, roles=frozenset({Role.RESULT_CLERK}))
    counter.small.here = replace(counter.small.here, session=replace(session, account=account))

    counter.open(shop_case(counter.small))

    assert "当前账号不能调证照" in counter.texts()


def test_when_the_leave_runs_out_nothing_is_shown_any_longer(counter, hands, qtbot):
    counter.library.lasts = timedelta(seconds=30)
    dialog = counter.open(shop_case(counter.small))
    show_code(counter, hands, qtbot)
    assert dialog.model.rowCount() == 1

    counter.library.now = NOW + timedelta(seconds=31)

    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert "授权已到期" in counter.texts()
    assert dialog.strip.code.hasFocus()


def test_a_way_of_giving_leave_that_the_library_does_not_know_is_not_offered(counter):
    counter.library.modes = frozenset({AuthorisationMode.CODE})

    dialog = counter.open(shop_case(counter.small))

    assert dialog.strip.code.isVisible()
    assert not dialog.strip.phone.isVisible()
    assert not dialog.strip.duty.isVisible()
    assert "推送到手机" not in counter.texts()
