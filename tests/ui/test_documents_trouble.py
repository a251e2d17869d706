"""Printers in trouble: asked before, followed until the sheets are out, never said to be done."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.printing import PrinterTrouble, PrintProgress, PrintState
from tests.ui.paper_office import Office, page, rows
from tests.ui.paper_printers import HALL, LASER

__all__ = ["page"]

CTRL = Qt.KeyboardModifier.ControlModifier
JAMMED = PrintProgress(state=PrintState.STUCK, troubles=(PrinterTrouble.JAM,))


@pytest.fixture
def office():
    return Office()


def print_it(hands):
    hands.press(Qt.Key.Key_P, CTRL)


def jammed_half_way(office, made, hands, qtbot):
    office.printers.jam_at[LASER] = JAMMED
    print_it(hands)
    qtbot.waitUntil(lambda: "没有打出来" in made.hang.text())


def test_a_printer_out_of_paper_is_told_before_anything_is_sent(office, page, hands, qtbot):
    office.printers.jam[LASER] = PrinterTrouble.NO_PAPER
    made = page()
    assert made.panel.no_printer.text() == "缺纸"

    print_it(hands)
    qtbot.waitUntil(lambda: bool(made.hang.text()))

    said = made.hang.text()
    assert said.startswith(f"{LASER}缺纸，受理通知书（示审批受〔2026〕0037 号）没有送去打")
    assert "装上 A4 纸再重试" in said
    assert office.printers.jobs == {}
    assert "没有打出来，缺纸" in rows(made)[0]


def test_what_a_printer_said_last_may_be_over_and_is_printed_all_the_same(
    office, page, hands, qtbot
):
    office.printers.jam[LASER] = PrinterTrouble.JAM
    made = page()
    print_it(hands)
    qtbot.waitUntil(lambda: "卡纸" in made.hang.text())

    hands.press(Qt.Key.Key_5, CTRL)

    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", LASER, 2)])


def test_a_jam_keeps_the_job_counts_nothing_and_another_printer_takes_it(
    office, page, hands, qtbot
):
    made = page()
    jammed_half_way(office, made, hands, qtbot)
    assert "任务还在，没有记成已打印" in made.hang.text()
    assert office.journal.noted == []

    hands.press(Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", HALL, 2)])

    assert office.printers.dropped == ["1"]
    qtbot.waitUntil(lambda: made.hang.text() == "")
    assert "刚打印 2 份" in rows(made)[0]
    assert made.panel.printer.currentText() == HALL


def test_a_jam_that_is_cleared_goes_on_by_itself(office, page, hands, qtbot):
    made = page()
    jammed_half_way(office, made, hands, qtbot)

    office.printers.jam_at.clear()

    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", LASER, 2)])
    qtbot.waitUntil(lambda: made.hang.text() == "")
    assert office.printers.dropped == []


def test_what_hangs_goes_out_as_a_file(office, page, hands, qtbot):
    office.path = "/media/usb/notice.pdf"
    made = page()
    jammed_half_way(office, made, hands, qtbot)

    hands.press(Qt.Key.Key_3, CTRL)

    qtbot.waitUntil(lambda: office.printers.dropped == ["1"])
    assert office.journal.handed == [("受理通知书", "/media/usb/notice.pdf")]
    assert office.journal.noted == []
    assert made.hang.text() == ""


def test_what_a_pen_has_to_add_to_is_not_handed_over_as_a_file(office, page, hands, qtbot):
    first, *_ = office.make_due(office.case.case_id)
    office.stored[0] = replace(first, pdf=replace(first.pdf, by_hand=("\U000313f0",)))
    office.path = "/media/usb/notice.pdf"
    made = page()
    jammed_half_way(office, made, hands, qtbot)

    hands.press(Qt.Key.Key_3, CTRL)

    assert "有字要用笔写" in made.notice.text()
    assert office.journal.handed == []
    assert made.hang.text()


def test_given_up_it_is_as_before(office, page, hands, qtbot):
    made = page()
    jammed_half_way(office, made, hands, qtbot)

    hands.press(Qt.Key.Key_4, CTRL)

    qtbot.waitUntil(lambda: office.printers.dropped == ["1"])
    qtbot.waitUntil(lambda: "待打印" in rows(made)[0])
    assert office.journal.noted == []


def test_where_nobody_can_say_a_person_looks(office, page, hands, qtbot):
    office.printers.jam_at[LASER] = PrintProgress(state=PrintState.UNKNOWN)
    made = page()
    print_it(hands)
    qtbot.waitUntil(lambda: "不知道受理通知书" in made.hang.text())

    hands.press(Qt.Key.Key_6, CTRL)

    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", LASER, 2)])
    qtbot.waitUntil(lambda: made.hang.text() == "")


def test_what_was_under_way_at_the_end_of_the_program_is_followed_again(office, page, qtbot):
    (first, *_) = office.make_due(office.case.case_id)
    office.journal.actions().sent(first, office.printers.send(LASER, job()), 1)

    page()

    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", LASER, 1)])


def job():
    return type("Job", (), {"title": "受理通知书", "pdf": b"", "copies": 1})()


def test_as_many_copies_as_the_last_time(office, page, hands, qtbot):
    made = page()
    made.panel.copies.setFocus()
    hands.press(Qt.Key.Key_Up)
    print_it(hands)
    qtbot.waitUntil(lambda: office.journal.noted == [("受理通知书", LASER, 3)])

    made.list.table.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert made.panel.copies.value() == 2
    hands.press(Qt.Key.Key_Up)
    assert made.panel.copies.value() == 3


def test_paper_that_runs_low_is_seen_beside_the_printer(office, page):
    office.printers.low = True

    assert "快用完" in page().panel.no_printer.text()


def test_a_paper_that_no_printer_makes_is_made_by_hand_with_a_reason(office, page, hands, qtbot):
    made = page()
    jammed_half_way(office, made, hands, qtbot)

    hands.press(Qt.Key.Key_7, CTRL)
    hands.compose("两台打印机都坏了")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已记成手工出具，原因在打印登记里" in office.said)

    assert office.journal.by_hand == [("受理通知书", "两台打印机都坏了")]
    qtbot.waitUntil(lambda: made.hang.text() == "")


def test_without_any_printer_too_a_paper_may_be_made_by_hand(office, page, hands, qtbot):
    office.printers.offered = []
    page()

    hands.press(Qt.Key.Key_H, CTRL)
    hands.compose("停电，手写")
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: office.journal.by_hand == [("受理通知书", "停电，手写")])
