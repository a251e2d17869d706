"""受理 with hands on the keyboard: real key events, real lanes, a small counter in memory."""

from dataclasses import replace
from datetime import timedelta

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication

from clerk.domain.case_list import EarlierValue
from clerk.domain.errors import NoCard, StoreTrouble
from clerk.domain.findings import NextAct
from clerk.domain.intake import with_body
from clerk.domain.party import Source
from clerk.ui.intake import IntakePage
from clerk.ui.intake_problems import problems_of
from tests.domain.starter_items import item
from tests.ui.example_values import NOW, card, identity_number
from tests.ui.intake_world import (
    CTRL,
    FOOD,
    SHIFT,
    Window,
    answered,
    complete,
    in_front,
    opened_for,
    trader,
)

ALLOWANCE = "old_age_allowance"


def test_an_idle_page_says_how_to_start(page):
    assert page.idle.said() == "放上身份证，或按 F2"
    assert QApplication.focusWidget() is page.bars.search.editor


def test_a_placed_card_and_a_searched_item_open_a_case_with_its_applicant(
    page, counter, hands, qtbot
):
    counter.card = card()
    qtbot.waitUntil(lambda: "张示例" in page.idle.said())

    hands.type("spjy")
    hands.press(Qt.Key.Key_Return)

    opened = page.desk.current
    assert opened is not None
    assert opened.case.item_name == "食品经营许可新办"
    assert opened.case.applicant.representative.name == "张示例"
    assert opened.case.evidence["HEAD_ID"].valid_until_on.isoformat() == "2038-03-12"


def test_a_digit_answers_a_question_and_goes_on_to_the_next_one(page, counter, hands, qtbot):
    opened = opened_for(page, counter, qtbot)
    page.body.questions.focus_question("business")
    before = len(opened.verdict.asked)

    hands.press(Qt.Key.Key_2)

    assert opened.case.answers["business"].option == "catering"
    assert page.body.questions.choice("dishes").hasFocus()
    assert len(opened.verdict.asked) <= before


def test_enter_commits_a_field_and_goes_to_the_next_gap(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.form.focus_line("area")

    hands.type("46")
    hands.press(Qt.Key.Key_Return)

    assert opened.case.values["area"].value == "46"
    assert page.body.form.line_of("staff").has_focus()


def test_a_day_is_typed_with_four_digits(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.form.focus_line("opening_on")

    hands.type("0401")
    hands.press(Qt.Key.Key_Return)

    assert opened.case.values["opening_on"].value == "2026-04-01"


def test_chinese_text_from_an_input_method_reaches_the_case(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.form.focus_line("safety_officer")

    hands.compose("李样本")
    hands.press(Qt.Key.Key_Return)

    assert opened.case.values["safety_officer"].value == "李样本"


def test_half_typed_text_reaches_the_draft_and_the_cursor_stays(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.form.focus_line("phone")

    hands.type("1380000")
    qtbot.waitUntil(lambda: _stored_value(counter, opened, "phone") == "1380000")
    hands.type("0147")
    hands.press(Qt.Key.Key_Return)

    assert opened.case.values["phone"].value == "13800000147"


def _stored_value(counter, opened, code):
    stored = counter.stored.get(opened.case.case_id)
    held = stored.values.get(code) if stored else None
    return held.value if held else ""


def test_a_wrong_number_is_said_at_the_field_and_in_the_verdict_alike(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    page.body.form.focus_line("phone")

    hands.type("1380")
    hands.press(Qt.Key.Key_Return)

    said = page.body.form.line_of("phone").field.error()
    assert said == "联系电话要 11 位手机号"
    assert said in [problem.title for problem in _problems(page)]


def _problems(page):
    return problems_of(page.desk.current)


def test_an_earlier_value_is_offered_and_taken_by_one_key(page, counter, hands, qtbot):
    counter.earlier = [
        EarlierValue(field="phone", value="13900000285", at=NOW, case_label="990123-0011")
    ]
    opened = opened_for(page, counter, qtbot)
    line = page.body.form.line_of("phone")
    qtbot.waitUntil(line.offer_button.isVisible)
    assert "phone" not in opened.case.values

    page.body.form.focus_line("phone")
    hands.press(Qt.Key.Key_Down)

    assert opened.case.values["phone"].value == "13900000285"
    assert opened.case.values["phone"].source is Source.EARLIER


def test_an_earlier_value_that_differs_from_a_known_one_stands_beside_it_and_needs_a_tick(
    page, counter, hands, qtbot
):
    """Old and new with source and age; nothing is put in until it was ticked and taken."""
    counter.earlier = [
        EarlierValue(
            field="residence",
            value="示例县清河镇演示路1号",
            at=NOW - timedelta(days=120),
            case_label="990123-0011",
        )
    ]
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    counter.standards[ALLOWANCE] = item(ALLOWANCE)
    page.open_item(ALLOWANCE)
    opened = page.desk.current
    qtbot.waitUntil(lambda: bool(opened.offers))
    page.body.form.show_all(False)
    line = page.body.form.line_of("residence")
    known = opened.case.values["residence"]
    assert known.source is Source.ID_CARD
    said = line.offer_button.text()
    for part in ("2025-11-18（4 个月前）填过 示例县清河镇演示路1号", f"现在身份证是 {known.value}"):
        assert part in said
    assert "1 项和以前填的不一样" in page.body.form.head.hint.text()

    page.body.form.focus_line("residence")
    hands.press(Qt.Key.Key_Down)
    again = f"再按一次，用以前填的 示例县清河镇演示路1号 代替现在身份证的 {known.value}"
    assert line.offer_button.text() == again
    held_down(line)
    assert opened.case.values["residence"] == known
    line.field.editor.clearFocus()
    assert line.offer_button.text() == said
    hands.click(line.offer_button)
    qtbot.mouseDClick(line.offer_button, Qt.MouseButton.LeftButton)
    assert opened.case.values["residence"] == known
    assert line.offer_button.text() == again
    hands.click(line.offer_button)

    taken = opened.case.values["residence"]
    assert (taken.value, taken.source) == ("示例县清河镇演示路1号", Source.EARLIER)
    assert (taken.replaced, taken.replaced_source) == (known.value, Source.ID_CARD)


def held_down(line) -> None:
    """Let ↓ come again by itself, as a key does that is held down."""
    no_other = Qt.KeyboardModifier.NoModifier
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, no_other, "", autorep=True)
    QApplication.sendEvent(line.field.editor, again)


def test_a_card_laid_down_right_after_one_lifted_before_it_was_read_is_noticed(
    page, counter, qtbot
):
    opened_for(page, counter, qtbot)
    counter.card = None
    qtbot.waitUntil(lambda: not page.people.lies_there())
    counter.reader_trouble = NoCard("读卡器上没有卡")
    counter.card = card("陈演示", "99012319790226004")
    qtbot.waitUntil(page.body.notice.isVisible)

    counter.reader_trouble = None

    qtbot.waitUntil(lambda: counter.dialogs != [])
    assert "陈演示" in counter.dialogs[-1].title


def test_another_persons_card_asks_what_it_means(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    counter.card = None
    qtbot.waitUntil(lambda: not page.people.lies_there())
    counter.card = card("陈演示", "99012319790226004")

    qtbot.waitUntil(lambda: counter.dialogs != [])
    hands.press(Qt.Key.Key_2)
    dialog = counter.dialogs[-1]
    dialog.relation.editor.setText("女儿")
    dialog.signed.click()
    dialog.confirm.click()

    assert opened.case.handler.party.name == "陈演示"
    assert opened.case.handler.mandate.signed
    assert "MANDATE" in opened.verdict.asked


def test_an_unsigned_mandate_keeps_the_principals_certificates_closed(page, counter, qtbot):
    opened = answered(page, counter, qtbot)
    page.people.open_handler()
    dialog = counter.dialogs[-1]
    dialog.name.editor.setText("陈演示")
    dialog.number.editor.setText(identity_number("99012319790226004"))
    dialog.relation.editor.setText("女儿")
    dialog.confirm.click()

    assert page.body.materials.row("LICENCE").chip.text == "待委托人授权"
    page.materials.act("3", "LICENCE")
    assert "LICENCE" not in opened.case.evidence
    assert "还没在委托书上签名" in counter.said[-1]


def test_a_typed_number_with_a_wrong_last_digit_says_which_one_is_right(page, counter):
    page.open_item(FOOD)
    page.desk.edit(lambda case: with_body(case, trader()))
    page.people.type_applicant()
    dialog = counter.dialogs[-1]
    right = identity_number("99012319880312001")
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    dialog.name.editor.setText("张示例")
    dialog.number.editor.setText(wrong)

    dialog.confirm.click()

    assert dialog.number.error().startswith(f"身份证号第 18 位不对，应为 {right[-1]}")
    assert in_front(page).applicant.representative is None


def test_a_key_that_comes_before_the_case_is_shown_waits_for_it(page, counter, hands, qtbot):
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    page.open_item(FOOD)

    hands.press(Qt.Key.Key_2)

    assert in_front(page).answers["business"].option == "catering"


def test_f4_right_after_opening_goes_to_the_first_gap(page, counter, hands, qtbot):
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    page.open_item(FOOD)

    hands.press(Qt.Key.Key_F4)

    assert page.body.questions.choice("business").hasFocus()


def test_a_body_of_which_only_the_owner_is_known_carries_no_mark(page, counter, qtbot):
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    page.open_item(FOOD)

    section = page.body.applicant.applicant
    assert section.person.name.text() == "还差名称"
    assert not section.mark.isVisible()

    page.desk.edit(lambda case: with_body(case, trader()))
    assert page.body.applicant.applicant.mark.isVisible()


def test_nothing_of_the_case_before_stays_in_a_line_of_the_form(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot)
    line = page.body.form.line_of("phone")
    line.field.focus_editor()
    hands.type("13800000147")
    page.go_on()

    page.start_new()
    page.open_item("sole_trader_registration")

    shown = [page.body.form.line_of(code).field.value() for code in page.body.form.order()]
    assert "13800000147" not in shown
    assert not any(page.body.form.line_of(code).half_typed() for code in page.body.form.order())


def test_the_papers_are_drawn_as_soon_as_the_case_can_be_taken_in(page, counter, qtbot):
    opened = complete(page, counter, qtbot)

    qtbot.waitUntil(lambda: bool(counter.drawn_ahead))

    assert counter.drawn_ahead == [opened.verdict.act] == [NextAct.ACCEPT_AND_PASS_ON]


def test_a_parked_case_comes_back_as_it_was(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.form.focus_line("area")
    hands.type("46")

    hands.press(Qt.Key.Key_W, CTRL)
    assert page.desk.current is None
    hands.press(Qt.Key.Key_Tab, CTRL)

    assert in_front(page) is opened.case
    assert in_front(page).values["area"].value == "46"


def test_drafts_of_the_last_day_are_back_as_tabs(counter, jobs, on_screen, qtbot):
    left = replace(counter.open_case(FOOD), version=3)
    counter.stored[left.case_id] = left
    page = IntakePage(jobs, counter.actions(), counter.frame(), poll_ms=5)
    window = on_screen(Window(page))
    assert window.page is page

    page.entered()
    qtbot.waitUntil(lambda: len(page.bars.tabs.tabs()) == 1)
    page.choose(str(left.case_id))

    qtbot.waitUntil(lambda: page.desk.current is not None and page.body.is_whole())
    assert in_front(page).case_id == left.case_id


def test_a_draft_that_cannot_be_saved_says_so_and_is_tried_again(page, counter, qtbot):
    counter.save_trouble = StoreTrouble("磁盘满了，草稿没存上。腾出空间后会自动再存")
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: "磁盘满了" in page.body.notice.text())

    counter.save_trouble = None

    qtbot.waitUntil(lambda: opened.case.case_id in counter.stored)


def test_on_a_low_screen_answered_questions_fold_and_alt_q_opens_them(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    window = page.window()
    window.resize(1366, 640)
    choice = page.body.questions.choice("business")
    qtbot.waitUntil(lambda: not choice.isVisible())

    hands.press(Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(choice.isVisible)


def test_discarding_a_draft_asks_and_removes_it_from_the_store(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: opened.case.version > 0 and not opened.saving)

    hands.press(Qt.Key.Key_F9, SHIFT)
    hands.press(Qt.Key.Key_4)
    hands.press(Qt.Key.Key_1)

    qtbot.waitUntil(lambda: counter.destroyed == [opened.case.case_id])
    assert page.desk.cases == []
