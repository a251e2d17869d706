"""批次上报 and 收批次 by keys: who goes up, and what is done with each person."""

from dataclasses import replace
from uuid import UUID

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.bundles import Gathering, LineOutcome, bundle_of, with_line
from clerk.ui.bundles import HandUpDialog, TakeBundleDialog
from clerk.ui.widgets import open_dialog
from tests.domain.at_the_window import CLERK, NOW, chief
from tests.domain.test_chain import ALL, VILLAGE, begun


@pytest.fixture
def host(qtbot, on_screen):
    made = QWidget()
    made.resize(1000, 760)
    on_screen(made)
    yield made
    made.close()


RECEIVER = chief()


def three():
    return tuple(replace(begun(), case_id=UUID(int=place + 1)) for place in range(3))


def came_up():
    return bundle_of(ALL, UUID(int=9), "village", three(), "情况属实", CLERK, NOW)


@pytest.fixture
def handed():
    return []


@pytest.fixture
def hand_up(host, handed):
    gathering = Gathering(
        item_code="food_business_permit",
        item_name="食品经营许可新办",
        step="village",
        step_name=VILLAGE.name,
        from_by=VILLAGE.by,
        cases=three(),
    )
    made = HandUpDialog(gathering, lambda *said: handed.append(said))
    open_dialog(host, made)
    return made


@pytest.fixture
def settled():
    return []


@pytest.fixture
def take(host, settled):
    made = TakeBundleDialog(came_up(), lambda *said: settled.append(said))
    open_dialog(host, made)
    return made


def test_everybody_is_chosen_and_one_in_doubt_is_left_out_by_a_digit(hand_up, hands, handed):
    hands.press(Qt.Key.Key_2)
    hand_up.opinion.set_value("入户核实，情况属实")

    hand_up.confirm()

    assert handed == [("village", [UUID(int=1), UUID(int=3)], "入户核实，情况属实")]


def test_nobody_goes_up_without_an_opinion(hand_up, handed):
    hand_up.confirm()

    assert "还没写村初审意见" in hand_up.notice.text()
    assert handed == []


def test_the_chosen_person_is_taken(take, hands, settled):
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    take.take.click()

    assert settled == [(UUID(int=2), LineOutcome.TAKEN, "")]


def test_a_return_asks_for_its_reason(take, settled):
    take.send_back.click()
    assert "还没写原因" in take.notice.text()

    take.reason.set_value("年龄不够")
    take.send_back.click()

    assert settled == [(UUID(int=1), LineOutcome.RETURNED, "年龄不够")]


def test_who_was_dealt_with_leaves_the_list_and_who_is_to_complete_stays(take):
    one = with_line(came_up(), UUID(int=1), LineOutcome.TAKEN, "", RECEIVER, NOW)
    two = with_line(one, UUID(int=2), LineOutcome.TO_COMPLETE, "缺复印件", RECEIVER, NOW)

    take.show_bundle(two)

    assert "还有 2 人没处理" in take.about.text()
    assert "批次里要求补全：缺复印件" in take.choice.accessibleName()
