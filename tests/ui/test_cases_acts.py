"""办件: what F9 and Ctrl P do with the case in front, and for whom."""

from dataclasses import replace
from datetime import date

from PyQt6.QtCore import Qt

from clerk.domain.case import CaseEvent, CaseEventKind, CaseState
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Role
from clerk.domain.residents import Sex
from tests.ui.case_values import ID_NUMBER, NOW, line, session
from tests.ui.case_world import World, desk, result_waiting, returned

__all__ = ["desk"]

CTRL = Qt.KeyboardModifier.ControlModifier
CARD = IdCard(
    kind=IdKind.RESIDENT_ID,
    name="张示例",
    sex=Sex.MALE,
    birth_on=date(1988, 3, 12),
    id_number=ID_NUMBER,
    valid_from_on=date(2020, 1, 1),
    valid_until_on=None,
)


def test_f9_hands_a_result_out_to_the_holder_of_the_card(desk, hands, qtbot):
    """Card, F9, receipt: the number is masked once it is registered."""
    at_window, case = result_waiting(0)
    world = World(rows=2, special={0: at_window}, cases={at_window.case_id: case})
    shown = desk(world, read_card=lambda: CARD)
    assert shown.drawer.step_button.words() == "登记送达"

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.dialog() is not None)
    dialog = shown.dialog()
    hands.press(Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: dialog.receiver.value() == "张示例")
    assert dialog.who.text() == "张示例可以领，证件号一致，法定代表人、负责人"
    hands.click(dialog.give_button)
    qtbot.waitUntil(dialog.receipt_button.isVisible)

    assert world.handed == [("张示例", ID_NUMBER)]
    assert dialog.id_number.value() == "990123 ******** 0010"
    hands.click(dialog.receipt_button)
    assert [given.state for given in shown.papers] == [CaseState.HANDED_OUT]


def test_f9_hands_out_what_the_store_holds_though_the_drawer_has_not_read_it_again(
    desk, hands, qtbot
):
    """A certificate was just printed: the blank that leaves with the result is told at once."""
    at_window, case = result_waiting(0)
    world = World(rows=1, special={0: at_window}, cases={at_window.case_id: case})
    shown = desk(world)
    printed = CaseEvent(
        kind=CaseEventKind.CERTIFICATE_PRINTED,
        at=NOW,
        actor="chu",
        actor_name="褚出件",
        subject="SY000102",
        detail={"kind_of_blank": "食品经营许可证", "number": "SLSP2026000001"},
    )
    world.cases[at_window.case_id] = replace(case, events=(*case.events, printed))

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.dialog() is not None)

    assert "空白证 SY000102" in shown.dialog().kept.text()


def test_without_a_reader_name_and_number_are_typed_and_checked(desk, hands, qtbot):
    at_window, case = result_waiting(0)
    world = World(rows=2, special={0: at_window}, cases={at_window.case_id: case})
    shown = desk(world)
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown.dialog() is not None)
    dialog = shown.dialog()

    hands.compose("李样本")
    hands.press(Qt.Key.Key_Return)
    hands.type("990123198803120018")
    hands.press(Qt.Key.Key_Return)

    assert dialog.id_number.error().startswith("身份证号第 18 位不对")
    assert "不在可以领的人里" in dialog.who.text()
    hands.press(Qt.Key.Key_F9)
    assert world.handed == []


def test_a_returned_case_is_answered_with_f9(desk, hands, qtbot):
    back, case = returned(0)
    world = World(rows=2, special={0: back}, cases={back.case_id: case})
    shown = desk(world)
    assert "布局图看不清" in shown.drawer.notice.text()

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: world.at(0).returned is False)
    qtbot.waitUntil(lambda: shown.list.current() == world.at(0))


def test_a_chief_representative_sees_his_own_items_and_hands_nothing_out(desk, hands):
    at_window, case = result_waiting(0)
    world = World(
        rows=1,
        special={0: at_window},
        cases={at_window.case_id: case},
        who=session(Role.CHIEF_REPRESENTATIVE, account_id="zheng", name="郑范例"),
    )
    shown = desk(world)

    hands.press(Qt.Key.Key_F9)

    assert world.asked[0].items == ("food_business_permit",)
    assert shown.dialog() is None
    assert shown.shell.status.said.text() == "这件现在没有要在这里办的。按 Enter 打开看"


def test_ctrl_p_shows_the_papers_of_the_case(desk, hands):
    shown = desk(World(rows=1))

    hands.press(Qt.Key.Key_P, CTRL)

    assert [case.case_id for case in shown.papers] == [line(0).case_id]
