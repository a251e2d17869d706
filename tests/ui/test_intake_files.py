"""受理: files come onto a row by choosing, dropping and pasting; and a row may be let off."""

import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PyQt6.QtWidgets import QApplication

from clerk.domain.errors import BadInput
from clerk.domain.material import Origin
from clerk.domain.standard import Way
from clerk.ui.intake_files import read_chosen
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import (
    CTRL,
    SHIFT,
    answered,
    complete,
    in_front,
    opened_for,
    shown_in_window,
)

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
RENEWAL = "food_permit_renewal"


@pytest.fixture
def paper(tmp_path):
    """A page that lies in a folder, as a scanner's own program leaves it."""
    path = tmp_path / "布局图.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    return path


def urls(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def clipboard():
    found = QGuiApplication.clipboard()
    assert found is not None
    return found


def dropped(page, code, data):
    """Drag ``data`` over the row of ``code`` and let it fall there; whether it was taken."""
    table = page.body.materials.table
    view = table.viewport()
    codes = [row.code for row in page.body.materials.model.rows()]
    at = table.visualRect(table.model().index(codes.index(code), 2)).center()
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(at), copy, data, left, none)
    QApplication.sendEvent(view, enter)
    drop = QDropEvent(QPointF(at), copy, data, left, none)
    QApplication.sendEvent(view, drop)
    return enter.isAccepted() and drop.isAccepted()


def test_files_dropped_on_a_row_stand_for_its_material_in_their_order(
    page, counter, qtbot, paper, tmp_path
):
    second = tmp_path / "布局图2.pdf"
    second.write_bytes(b"%PDF-1.7 page")
    opened = answered(page, counter, qtbot)

    assert dropped(page, "LAYOUT", urls(paper, second))

    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)
    held = opened.case.evidence["LAYOUT"]
    assert (held.way, held.origin) == (Way.FILE, Origin.CHOSEN_FILE)
    assert [file.name for file in held.files] == ["布局图.png", "布局图2.pdf"]


def test_what_is_no_file_is_not_taken(page, counter, qtbot):
    opened = answered(page, counter, qtbot)
    words = QMimeData()
    words.setText("不是文件")

    assert not dropped(page, "LAYOUT", words)
    assert "LAYOUT" not in opened.case.evidence


def test_a_copied_file_and_a_cut_out_of_the_screen_are_pasted_on_the_row(
    page, counter, hands, qtbot, paper
):
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")
    clipboard().setMimeData(urls(paper))

    hands.press(KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)

    page.body.materials.focus_row("RULES")
    picture = QImage(20, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    clipboard().setImage(picture)
    hands.press(KEY.Key_V, CTRL)

    qtbot.waitUntil(lambda: "RULES" in opened.case.evidence)
    content, name, media_type = counter.kept[-1]
    assert (content[:4], name[-4:], media_type) == (b"\x89PNG", ".png", "image/png")
    clipboard().clear()


def test_pasting_nothing_says_what_can_be_pasted(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")
    clipboard().clear()

    hands.press(KEY.Key_V, CTRL)

    assert counter.said[-1].startswith("剪贴板里没有文件或图像，没有存")
    assert "LAYOUT" not in opened.case.evidence


def test_one_unfit_file_of_several_and_nothing_is_kept(page, counter, qtbot, paper, tmp_path):
    sheet = tmp_path / "清单.xlsx"
    sheet.write_bytes(b"PK")
    opened = answered(page, counter, qtbot)

    dropped(page, "LAYOUT", urls(paper, sheet))

    qtbot.waitUntil(lambda: "清单.xlsx不是能收的文件" in page.body.materials.row("LAYOUT").why)
    assert "LAYOUT" not in opened.case.evidence
    assert counter.kept == []


def test_of_several_files_the_damaged_one_is_named(page, counter, qtbot, paper, tmp_path):
    damaged = tmp_path / "第二页.pdf"
    damaged.write_bytes(b"%PDF-damaged")
    opened = answered(page, counter, qtbot)

    dropped(page, "LAYOUT", urls(paper, damaged))

    qtbot.waitUntil(lambda: "第二页.pdf：这个文件打不开" in page.body.materials.row("LAYOUT").why)
    assert "LAYOUT" not in opened.case.evidence


def test_nothing_is_decided_while_a_file_is_still_being_read(page, counter, hands, qtbot, paper):
    """What the applicant handed in must not come a second too late for the decision."""
    opened = complete(page, counter, qtbot)
    counter.file_waits.clear()
    dropped(page, "LAYOUT", urls(paper))

    hands.press(KEY.Key_F9)
    assert "文件还没读完" in counter.said[-1]
    hands.press(KEY.Key_F9, SHIFT)
    assert (counter.waiting, counter.dialogs) == ([], [])

    counter.file_waits.set()
    qtbot.waitUntil(lambda: opened.case.evidence["LAYOUT"].way is Way.FILE)
    page.materials.act("Enter", "LAYOUT")
    page.bars.primary.click()
    assert counter.waiting


def test_a_file_that_comes_after_its_case_was_closed_brings_nothing_back(
    page, counter, hands, qtbot, paper
):
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: opened.case.version > 0 and not opened.saving)
    counter.file_waits.clear()
    dropped(page, "LAYOUT", urls(paper))
    page.desk.discard(opened)
    qtbot.waitUntil(lambda: opened.case.case_id in counter.destroyed)

    counter.file_waits.set()

    qtbot.waitUntil(lambda: any("没有放进去" in words for words in counter.said))
    page.desk.drafts.save_now()
    assert opened.case.evidence.keys() == {"HEAD_ID"}
    assert opened.case.case_id not in counter.stored


def test_every_page_of_every_file_of_a_material_can_be_looked_at(
    page, counter, hands, qtbot, paper, tmp_path
):
    second = tmp_path / "布局图2.pdf"
    second.write_bytes(b"%PDF-1.7 page")
    opened = answered(page, counter, qtbot)
    dropped(page, "LAYOUT", urls(paper, second))
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)
    page.body.materials.focus_row("LAYOUT")

    hands.press(KEY.Key_Space)

    dialog = counter.dialogs[-1]
    qtbot.waitUntil(lambda: dialog.view.canvas.count() == 2)


def test_an_ofd_is_a_file_that_is_taken(tmp_path):
    path = tmp_path / "证明.OFD"
    path.write_bytes(b"PK\x03\x04")

    assert read_chosen(path)[2] == "application/ofd"
    with pytest.raises(BadInput, match="PDF、OFD、JPG 或 PNG"):
        read_chosen(tmp_path / "证明.docx")


@pytest.fixture
def renewing(jobs, on_screen, qtbot):
    counter = SmallCounter(items=(RENEWAL,))
    for window in shown_in_window(counter, jobs, on_screen, qtbot):
        opened_for(window.page, counter, qtbot, RENEWAL)
        yield window.page, counter


def test_a_material_that_the_standard_lets_off_is_let_off_by_a_person(renewing, hands, qtbot):
    page, counter = renewing
    page.body.materials.focus_row("OLD_PERMIT")
    hands.press(KEY.Key_M, ALT)
    dialog = counter.dialogs[-1]
    assert not dialog.confirm.isEnabled()
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)

    held = in_front(page).evidence["OLD_PERMIT"]
    row = page.body.materials.row("OLD_PERMIT")
    assert (held.way, row.chip.text) == (Way.EXEMPT, "免提交")
    assert row.proof.startswith("免提交，本机关核发")
    assert "周模拟" in row.proof
    hands.press(KEY.Key_Z, CTRL)
    assert "OLD_PERMIT" not in in_front(page).evidence


def test_a_material_that_is_asked_of_everybody_says_so(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")

    hands.press(KEY.Key_M, ALT)

    assert "按标准不能免" in counter.said[-1]
