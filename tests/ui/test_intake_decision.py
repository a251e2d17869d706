"""受理: the one decision and the other ways out, and what is told on paper."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseState
from clerk.domain.errors import StoreTrouble
from clerk.ui.intake import IntakePage
from tests.ui.example_values import NOW
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import (
    CTRL,
    FOOD,
    SHIFT,
    Window,
    complete,
    in_front,
    opened_for,
)


def test_f9_accepts_after_the_pause_and_shows_number_and_due_day(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    clipboard.setText("990123198803120010")
    assert "可以受理" in page.bars.primary.accessibleName()
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    assert page.desk.current is not None
    counter.commit_waiting()

    qtbot.waitUntil(lambda: counter.papers != [])
    assert page.idle.said() == "已受理，办件编号 990123-0318-0037"
    assert "3 月 25 日（周三）" in page.idle.result.hint.text()
    assert counter.papers[0].state is CaseState.ACCEPTED
    assert page.desk.cases == []
    assert clipboard.text() == ""


def test_what_was_taken_back_can_be_edited_again(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    page.body.form.committed.emit("area", "50")
    assert opened.case.values["area"].value == "46"
    counter.take_back()
    page.body.form.committed.emit("area", "50")

    assert opened.case.values["area"].value == "50"
    assert counter.papers == []


def test_a_refused_acceptance_brings_the_case_back(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    counter.take_in_trouble = StoreTrouble("磁盘满了，没有受理，草稿还在。腾出空间再按 F9")
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    counter.commit_waiting()

    qtbot.waitUntil(lambda: "磁盘满了" in page.body.notice.text())
    assert page.desk.current is opened
    assert opened.editable


def test_a_case_that_could_not_be_saved_after_f9_has_no_papers_drawn_minute_after_minute(
    jobs, on_screen, qtbot, hands
):
    """Whoever waits for no paper any more is not waited for by the press either."""
    counter = SmallCounter()
    begun, at = monotonic(), NOW

    def now():
        return at + timedelta(seconds=monotonic() - begun)

    counter.here = replace(counter.here, now=now)
    page = IntakePage(jobs, counter.actions(), counter.frame(), idle_ms=5, most_ms=20, poll_ms=5)
    window = on_screen(Window(page))
    page.entered()
    opened = complete(page, counter, qtbot)
    qtbot.waitUntil(lambda: counter.stored.get(opened.case.case_id) is not None)
    counter.save_trouble = StoreTrouble("磁盘满了，草稿没存上。腾出空间后会自动再存")
    page.desk.drafts.touch(opened)
    begun, at = monotonic(), NOW.replace(second=59, microsecond=500_000)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    counter.commit_waiting()

    qtbot.waitUntil(lambda: "磁盘满了" in page.body.notice.text())
    drawn = len(counter.drawn_ahead)
    qtbot.waitUntil(lambda: now() > NOW + timedelta(minutes=1, milliseconds=300))
    assert len(counter.drawn_ahead) == drawn
    assert window.page is page


def test_without_delegation_f9_receives_and_promises_nothing(jobs, on_screen, qtbot, hands):
    counter = SmallCounter(counter_code="07")
    page = IntakePage(jobs, counter.actions(), counter.frame(), idle_ms=5, most_ms=20, poll_ms=5)
    window = on_screen(Window(page))
    assert window.page is page
    page.entered()
    complete(page, counter, qtbot)
    assert page.bars.primary.words() == "收件并转部门"
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    counter.commit_waiting()

    qtbot.waitUntil(lambda: counter.papers != [])
    assert page.idle.said().startswith("已收件，尚未受理")


def test_f9_with_gaps_goes_to_the_next_gap(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)

    assert page.body.questions.choice("business").hasFocus()
    assert counter.waiting == []


def test_a_notice_is_previewed_and_confirmed_by_enter(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    page.materials.act("Del", "RULES")
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.dialogs != [])
    dialog = counter.dialogs[-1]
    dialog.remarks["RULES"].editor.setText("写上留样制度")
    dialog.confirm.setFocus()
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: counter.papers != [])
    assert counter.papers[0].state is CaseState.CORRECTION_DUE
    assert counter.remarks == {"RULES": "写上留样制度"}


def test_escape_leaves_the_notice_and_nothing_is_sent(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    page.materials.act("Del", "RULES")
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.dialogs != [])
    hands.press(Qt.Key.Key_Escape)

    assert page.bars.primary.hasFocus()
    assert opened.case.state is CaseState.DRAFT
    assert counter.papers == []


def test_an_item_that_needs_no_permit_is_declined_with_its_listed_reason(
    page, counter, hands, qtbot
):
    opened_for(page, counter, qtbot)
    page.body.questions.picked.emit("business", "sale")
    page.body.questions.picked.emit("prepackaged", "yes")
    assert page.bars.primary.words() == "不受理"
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.dialogs != [])
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: counter.papers != [])
    assert counter.papers[0].state is CaseState.DECLINED


def test_another_ways_menu_says_why_one_is_absent(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_F9, SHIFT)

    menu = counter.dialogs[-1]
    assert menu.buttons[0].isEnabled()
    assert not menu.buttons[1].isEnabled()


def test_a_case_that_was_taken_in_is_shown_and_cannot_be_changed(page, counter):
    case = replace(counter.open_case(FOOD), state=CaseState.ACCEPTED, version=2)

    page.open_case(case)
    page.body.form.committed.emit("area", "46")

    assert "area" not in in_front(page).values
    assert counter.said[-1] == "这件已经收下，材料和表格不再改动"


def test_reasons_name_every_check_with_its_clause(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_I, CTRL)

    text = counter.dialogs[-1].text.toPlainText()
    assert "申请人资格" in text
    assert "依据 食品安全法第三十五条" in text
