"""受理: materials by digits, what was looked at, promise, deferral, the application itself."""

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.errors import DeviceTrouble
from clerk.domain.material import Origin
from clerk.domain.party import Source
from clerk.domain.standard import Way
from clerk.ui.intake_words import evidence_summary
from tests.domain.at_the_window import held
from tests.ui.example_cases import with_licence
from tests.ui.intake_world import CTRL, answered, complete


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


def test_a_certificate_fills_its_lines_and_marks_where_they_come_from(page, counter, qtbot):
    opened = answered(page, counter, qtbot)

    page.desk.edit(lambda case: with_licence(case, "LICENCE", counter.session))

    assert opened.case.values["premises"].source is Source.CERTIFICATE
    page.show_all_fields()
    assert page.body.form.line_of("premises").field.is_known()


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


@pytest.mark.parametrize(
    ("originals", "copies", "words"),
    [
        (1, 0, "纸质件，原件 1 份"),
        (1, 2, "纸质件，原件 1 份，复印件 2 份"),
        (0, 1, "纸质件，复印件 1 份"),
    ],
)
def test_of_a_paper_only_what_lies_there_is_counted(originals, copies, words):
    assert evidence_summary(held(originals=originals, copies=copies)) == words
