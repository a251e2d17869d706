"""审批 asks for the PIN at the decision, or lets one be set."""

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.pin import PinState
from clerk.ui.pin_dialog import PinDialog, SetPinDialog
from tests.ui.approval_world import see_all

# 审批密码 -----------------------------------------------------------------------------------------


def test_the_pin_is_asked_at_the_decision_and_its_last_digit_sends_it(chief, hands, qtbot):
    shown = chief()
    shown.pin.left = 0
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.open_dialog(PinDialog) is not None)
    assert not shown.shell.undo.is_open()
    hands.type("111111")
    dialog = shown.open_dialog(PinDialog)
    qtbot.waitUntil(lambda: "还可以试 4 次" in dialog.notice.text())
    hands.type("135790")

    qtbot.waitUntil(shown.shell.undo.is_open)
    shown.wait_for(1)


def test_a_pin_that_still_holds_is_not_asked_again(chief, hands):
    shown = chief()
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)

    assert shown.shell.undo.is_open()


def test_a_pin_that_soon_ends_is_asked_before_the_strip(chief, hands, qtbot):
    """The decision takes effect some seconds later, and must be proved then too."""
    shown = chief()
    shown.pin.left = 5
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: shown.open_dialog(PinDialog) is not None)


@pytest.mark.parametrize("state", [PinState.ABSENT, PinState.LOCKED])
def test_whoever_has_no_usable_pin_sets_one_with_his_password(chief, hands, qtbot, state):
    shown = chief()
    shown.pin.left, shown.pin.state = 0, state
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.open_dialog(SetPinDialog) is not None)
    for text in ("practice", "927461", "927461"):
        hands.type(text)
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.open_dialog(PinDialog) is not None)
    hands.type("927461")

    qtbot.waitUntil(shown.shell.undo.is_open)


def test_two_pins_that_differ_are_not_kept(chief, hands, qtbot):
    shown = chief()
    shown.pin.left, shown.pin.state = 0, PinState.ABSENT
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.open_dialog(SetPinDialog) is not None)
    dialog = shown.open_dialog(SetPinDialog)
    for text in ("practice", "927461", "927462"):
        hands.type(text)
        hands.press(Qt.Key.Key_Return)

    assert "不一样" in dialog.notice.text()
    assert shown.pin.state is PinState.ABSENT
