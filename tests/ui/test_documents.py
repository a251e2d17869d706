"""文书 with real keys: papers are made on entry, shown, printed, saved; nothing of it is lost."""

from dataclasses import replace

from PyQt6.QtCore import Qt

from clerk.domain.case import CaseState
from clerk.domain.errors import BadInput, PaperTrouble
from clerk.domain.papers import PaperKind
from clerk.ui.documents import DocumentsPage
from clerk.ui.documents_panel import Tick
from tests.ui.paper_office import office, page, paper, rows
from tests.ui.seal_world import SEALED

__all__ = ["office", "page"]


def test_a_paper_with_a_blank_for_a_rare_character_tells_the_clerk_to_write_it_in(office, page):
    first = paper(office.case, PaperKind.ACCEPTANCE, 37)
    office.stored = [replace(first, pdf=replace(first.pdf, by_hand=("\U000313f0",)))]

    made = page()

    assert "有字要手写" in rows(made)[0]
    assert "字库里没有 U+313F0" in made.by_hand.text()
    made.list.table.go_to(1)
    assert made.by_hand.text() == ""


def test_entering_makes_what_the_case_is_due_and_shows_the_first_paper(office, page):
    made = page()

    assert [one.title for one in office.stored] == ["受理通知书", "收件凭证"]
    assert "待打印，09:00 生成，示审批受〔2026〕0037 号" in rows(made)[0]
    assert made.view.canvas.accessibleName() == "受理通知书，第 1 页，共 2 页"
    assert made.standing.accessibleName() == "09:00 已受理"
    assert made.panel.printer.currentText() == "3 号窗激光打印机"
    assert made.print_button.words() == "打印 2 份"
    assert made.list.later_title.isVisible()
    assert made.print_button.hasFocus()


def test_ctrl_p_prints_the_paper_and_notes_it_in_the_journal(office, page, hands, qtbot):
    made = page()

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.printers.came == [("3 号窗激光打印机", "受理通知书", "受理通知书".encode(), 2)]
    assert office.journal.noted == [("受理通知书", "3 号窗激光打印机", 2)]
    assert "刚打印 2 份" in rows(made)[0]
    assert office.said == ["3 号窗激光打印机打好了"]


def test_earlier_prints_are_counted_when_the_papers_are_shown_again(office, page, hands, qtbot):
    made = page()
    earlier = replace(office.stored[0], copies_printed=2)
    office.stored[0] = earlier
    hands.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "已打印 2 份" in rows(made)[0])

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert "刚打印 2 份，共 4 份" in rows(made)[0]


def test_papers_that_go_along_are_printed_in_as_many_copies(office, page, hands, qtbot):
    made = page()
    box = made.panel.findChild(Tick)
    box.setFocus()
    hands.press(Qt.Key.Key_Space)
    made.panel.copies.setFocus()
    hands.press(Qt.Key.Key_Up)
    assert made.print_button.words() == "打印 6 份"

    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert [(title, copies) for _, title, _, copies in office.printers.came] == [
        ("受理通知书", 3),
        ("收件凭证", 3),
    ]


def test_without_a_printer_the_page_says_so_and_the_pdf_can_be_saved(office, page, hands, qtbot):
    office.printers.offered = []
    office.path = "/media/usb/notice.pdf"
    made = page()

    assert "没有装打印机" in made.panel.no_printer.text()
    assert not made.print_button.isEnabled()
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))

    assert office.saved == [("受理通知书", "/media/usb/notice.pdf")]
    assert office.said == ["已另存到 /media/usb/notice.pdf"]


def test_a_name_for_the_copy_is_offered_and_choosing_nothing_saves_nothing(
    office, jobs, on_screen, qtbot, hands
):
    offered = []

    def choose(_host, name):
        offered.append(name)
        return ""

    made = DocumentsPage(
        office.actions(),
        jobs,
        office.leave,
        say=office.said.append,
        printers=office.printers,
        choose_path=choose,
    )
    on_screen(made)
    made.show_case(office.case)
    qtbot.waitUntil(made.view.has_pages)

    made.save()

    assert offered == ["受理通知书 示审批受〔2026〕0037 号.pdf"]
    assert office.saved == []


def test_a_place_that_cannot_be_written_is_said_in_its_own_words(office, page, hands, qtbot):
    office.path = "/nowhere/x.pdf"
    office.saving_trouble = BadInput("这个位置写不进去，文书还在办件里。换一个文件夹再存")
    made = page()

    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: "写不进去" in made.notice.text())


def test_a_paper_that_could_not_be_made_leaves_the_others_and_f5_tries_again(
    office, page, hands, qtbot
):
    office.stored = [paper(office.case, PaperKind.RECEIPT, 38)]
    office.making_trouble = PaperTrouble("受理通知书没有生成，办件没有变。按 F5 再试")
    made = page()
    assert "受理通知书没有生成" in made.notice.text()
    assert len(rows(made)) == 1
    assert made.view.has_pages()

    office.making_trouble = None
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: len(rows(made)) == 2)
    assert made.notice.text() == ""


def test_a_draft_has_no_paper_yet(office, page):
    office.case = replace(office.case, state=CaseState.DRAFT, accepted_at=None, received_at=None)
    office.kinds = []

    made = page()

    assert "还没有文书" in made.notice.text()
    assert not made.print_button.isEnabled()


def test_the_page_of_another_paper_is_gone_before_this_one_is_there(page, qtbot):
    made = page()
    assert made.view.has_pages()

    made.list.table.go_to(1)

    assert not made.view.has_pages()
    qtbot.waitUntil(made.view.has_pages)


def test_a_button_that_is_barred_hands_the_keyboard_back(office, page, qtbot):
    made = page()
    qtbot.waitUntil(made.print_button.hasFocus)

    office.printers.offered = []
    made.sending.look_for_printers()

    qtbot.waitUntil(lambda: not made.print_button.isEnabled())
    assert made.list.table.hasFocus()


def test_esc_goes_back(office, page, hands):
    page()

    hands.press(Qt.Key.Key_Escape)

    assert office.left == 1


def test_the_seal_is_not_said_to_be_more_than_it_is(office, page):
    office.looks["受理通知书"] = SEALED

    made = page()

    said = made.panel.seal.text()
    assert "签章完好，未接入国密验签" in said
    assert "没有法律效力" in said


def test_a_paper_without_a_seal_asks_for_the_stamp(office, page):
    made = page()

    assert "没有电子签章" in made.panel.seal.text()
    assert "打印后在圈里盖章" in made.panel.seal.text()
