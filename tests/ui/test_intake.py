"""受理 with hands on the keyboard: real key events, real lanes, a small counter in memory."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clerk.domain.case import CaseState
from clerk.domain.case_list import EarlierValue
from clerk.domain.errors import DeviceTrouble, StoreTrouble
from clerk.domain.identifiers import IdKind
from clerk.domain.intake import with_body
from clerk.domain.material import Origin
from clerk.domain.party import Party, PartyKind, Source
from clerk.domain.standard import Way
from clerk.ui.acts import Acts
from clerk.ui.intake import IntakePage
from clerk.ui.intake_problems import problems_of
from tests.ui.examples import NOW, SmallCounter, card, identity_number, with_licence

FOOD = "food_business_permit"
NO = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Window(QWidget):
    """A window around one page, with its keys bound as the shell binds them."""

    def __init__(self, page: IntakePage) -> None:
        super().__init__()
        self.acts = Acts(self, elapsed_ms=lambda: 0)
        self.page = page
        self.refused: list[str] = []
        column = QVBoxLayout(self)
        for widget in (page.top_bar(), page, page.action_bar()):
            column.addWidget(widget)
        self.acts.put(page.title, page.acts())
        self.acts.activate(page.title)
        self.acts.refused.connect(self.refused.append)
        self.resize(1366, 860)


@pytest.fixture
def counter():
    return SmallCounter()


@pytest.fixture
def window(counter, jobs, on_screen, qtbot):
    made = IntakePage(jobs, counter.actions(), counter.frame(), idle_ms=5, most_ms=20, poll_ms=5)
    shown = on_screen(Window(made))
    made.entered()
    first = made.first_focus()
    assert first is not None
    first.setFocus()
    yield shown
    shown.hide()  # nothing is begun any more; what was typed last is still being saved
    made.desk.drafts.save_now()
    qtbot.waitUntil(lambda: not any(jobs.pending().values()))


@pytest.fixture
def page(window):
    return window.page


def in_front(page):
    """The case on the screen."""
    assert page.desk.current is not None
    return page.desk.current.case


def trader() -> Party:
    return Party(
        kind=PartyKind.SOLE_TRADER,
        name="示例县清河面馆（个体工商户）",
        id_kind=IdKind.UNIFIED_CODE,
        id_number="92990123MA00TE5T2G",
        source=Source.TYPED,
        identified_at=NOW,
    )


def opened_for(page, counter, qtbot):
    """A food permit of a trader who placed his card, nothing answered yet."""
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    page.open_item(FOOD)
    page.desk.edit(lambda case: with_body(case, trader()))
    return page.desk.current


def answered(page, counter, qtbot):
    opened = opened_for(page, counter, qtbot)
    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        page.body.questions.picked.emit(question, option)
    return opened


def complete(page, counter, qtbot):
    """Everything given: F9 may accept."""
    opened = answered(page, counter, qtbot)
    page.materials.act("3", "LICENCE")
    delivery = next(line for line in opened.standard.fields if line.code == "delivery")
    for code, text in (
        ("phone", "13800000147"),
        ("warehouse", "无"),
        ("area", "46"),
        ("staff", "3"),
        ("opening_on", "2026-04-01"),
        ("safety_officer", "张示例"),
        ("delivery", delivery.options[0].label),
    ):
        page.body.form.committed.emit(code, text)
    for code in ("LAYOUT", "RULES"):
        page.materials.act("1", code)
        qtbot.waitUntil(lambda code=code: code in opened.case.evidence)
        page.materials.act("Enter", code)
    page.materials.act("8", "PREMISES")
    qtbot.waitUntil(lambda: "APPLICATION" in opened.case.evidence)
    return opened


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


def test_digits_on_a_row_scan_and_enter_confirms_what_was_looked_at(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")

    hands.press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)
    assert page.body.materials.row("LAYOUT").chip.text == "要点没看"
    hands.press(Qt.Key.Key_Return)

    assert page.body.materials.row("LAYOUT").chip.text == "合格"
    assert opened.case.evidence["LAYOUT"].way is Way.SCAN


def test_a_key_the_standard_does_not_allow_answers_with_the_reason(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")

    hands.press(Qt.Key.Key_4)

    assert counter.said[-1].startswith("经营场所、设备布局图不在告知承诺清单内")


def test_a_scanner_that_fails_says_so_in_the_row_and_the_case_is_as_before(
    page, counter, hands, qtbot
):
    counter.scan_trouble = DeviceTrouble("高拍仪断开了，没有新增页。插好 USB 线再按 1")
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")

    hands.press(Qt.Key.Key_1)

    qtbot.waitUntil(lambda: "高拍仪断开了" in page.body.materials.row("LAYOUT").why)
    assert "LAYOUT" not in opened.case.evidence


def test_a_dropped_attachment_comes_back_with_ctrl_z(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    page.body.materials.focus_row("RULES")

    hands.press(Qt.Key.Key_Delete)
    assert "RULES" not in opened.case.evidence
    hands.press(Qt.Key.Key_Z, CTRL)

    assert opened.case.evidence["RULES"].origin is Origin.SCANNED
    assert all(opened.case.evidence["RULES"].points.values())


def test_an_unfit_material_needs_a_reason_that_is_shown(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")

    hands.press(Qt.Key.Key_0)
    hands.compose("没有标出备餐间")
    hands.press(Qt.Key.Key_Return)

    assert opened.case.evidence["LAYOUT"].fault == "没有标出备餐间"
    assert page.body.materials.row("LAYOUT").chip.text == "不合规"
    assert page.bars.primary.words() == "一次性告知"


def test_a_promise_is_the_applicants_choice_and_read_before_it_is_signed(
    page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("PREMISES")

    hands.press(Qt.Key.Key_4)
    dialog = counter.dialogs[-1]
    qtbot.waitUntil(dialog.pages.has_pages)
    assert not dialog.confirm.isEnabled()
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: "PREMISES" in opened.case.evidence)
    assert opened.case.evidence["PREMISES"].letter.signer == "张示例"


def test_a_deferral_names_its_day_and_needs_a_yes(page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    page.body.materials.focus_row("PREMISES")

    hands.press(Qt.Key.Key_5)
    assert not counter.dialogs[-1].confirm.isEnabled()
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Space)

    assert opened.case.evidence["PREMISES"].due_on.isoformat() == "2026-03-25"


def test_the_application_is_made_when_the_form_is_full_and_again_when_it_changes(
    page, counter, qtbot
):
    opened = complete(page, counter, qtbot)
    first = opened.case.evidence["APPLICATION"]

    page.body.form.committed.emit("area", "52")
    assert "APPLICATION" not in opened.case.evidence

    qtbot.waitUntil(lambda: "APPLICATION" in opened.case.evidence)
    assert opened.case.evidence["APPLICATION"].way is first.way


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

    qtbot.waitUntil(lambda: page.desk.current is not None)
    assert in_front(page).case_id == left.case_id


def test_a_case_that_was_taken_in_is_shown_and_cannot_be_changed(page, counter):
    case = replace(counter.open_case(FOOD), state=CaseState.ACCEPTED, version=2)

    page.open_case(case)
    page.body.form.committed.emit("area", "46")

    assert "area" not in in_front(page).values
    assert counter.said[-1] == "这件已经收下，材料和表格不再改动"


def test_a_draft_that_cannot_be_saved_says_so_and_is_tried_again(page, counter, qtbot):
    counter.save_trouble = StoreTrouble("磁盘满了，草稿没存上。腾出空间后会自动再存")
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: "磁盘满了" in page.body.notice.text())

    counter.save_trouble = None

    qtbot.waitUntil(lambda: opened.case.case_id in counter.stored)


def test_reasons_name_every_check_with_its_clause(page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    page.bars.primary.setFocus()

    hands.press(Qt.Key.Key_I, CTRL)

    text = counter.dialogs[-1].text.toPlainText()
    assert "申请人资格" in text
    assert "依据 食品安全法第三十五条" in text


def test_on_a_low_screen_answered_questions_fold_and_alt_q_opens_them(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    window = page.window()
    window.resize(1366, 640)
    choice = page.body.questions.choice("business")
    qtbot.waitUntil(lambda: not choice.isVisible())

    hands.press(Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(choice.isVisible)


def test_a_certificate_fills_its_lines_and_marks_where_they_come_from(page, counter, qtbot):
    opened = answered(page, counter, qtbot)

    page.desk.edit(lambda case: with_licence(case, "LICENCE", counter.session))

    assert opened.case.values["premises"].source is Source.CERTIFICATE
    page.show_all_fields()
    assert page.body.form.line_of("premises").field.is_known()


def test_discarding_a_draft_asks_and_removes_it_from_the_store(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: opened.case.version > 0 and not opened.saving)

    hands.press(Qt.Key.Key_F9, SHIFT)
    hands.press(Qt.Key.Key_4)
    hands.press(Qt.Key.Key_1)

    qtbot.waitUntil(lambda: counter.destroyed == [opened.case.case_id])
    assert page.desk.cases == []


def test_every_problem_has_room_for_its_words_and_buttons(page, counter, qtbot):
    """A block that is filled anew takes the height its words need at the width it has."""
    answered(page, counter, qtbot)

    def cut() -> list[str]:
        shown = [block for block in page.body.verdict.blocks() if block.isVisible()]
        return [one.words() for one in shown if one.height() < one.heightForWidth(one.width())]

    qtbot.waitUntil(lambda: page.body.verdict.isVisible() and not cut())
    for option in ("retail", "catering"):
        page.body.questions.picked.emit("business", option)
        qtbot.waitUntil(lambda: not cut())
