"""留用 by keys: left by the applicant's word, offered later, chosen by digit, never in unseen."""

from dataclasses import replace
from uuid import UUID

from PyQt6.QtCore import Qt

from clerk.domain.errors import NotAcceptable
from clerk.domain.intake import from_file, with_evidence
from clerk.domain.material import Origin
from clerk.domain.reuse import leave_paper, left_papers
from clerk.ui.intake_rows import material_rows
from tests.ui.example_values import NOW, stored_file
from tests.ui.intake_world import CTRL, FOOD, answered, opened_for

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def left_before(counter, *codes):
    """Papers of one earlier case, each left by its owner; ``RULES`` was replaced since."""
    standard = counter.standards[FOOD]
    case = replace(counter.open_case(FOOD), case_id=UUID(int=7))
    for code in codes:
        asked = standard.requirement(code)
        file = stored_file(f"{code}.png", pages=2)
        held = from_file(asked, file, Origin.SCANNED, counter.session, NOW)
        case = leave_paper(with_evidence(case, code, held), asked, counter.session, NOW)
    papers = left_papers([(case, standard)])
    counter.left = [replace(one, replaced=one.code == "RULES") for one in papers]


def open_by(key, counter, hands, qtbot):
    """The dialog that the key opens, with the cursor in its list."""
    hands.press(key, ALT)
    dialog = counter.dialogs[-1]
    qtbot.waitUntil(lambda: dialog.first_focus().hasFocus())
    return dialog


def begun(page, counter, qtbot, *codes):
    left_before(counter, *codes)
    opened = answered(page, counter, qtbot)
    qtbot.waitUntil(lambda: bool(opened.left))
    return opened


def test_nothing_is_offered_where_nothing_was_left(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot)

    hands.press(KEY.Key_Y, ALT)
    hands.press(KEY.Key_L, ALT)

    assert counter.dialogs == []
    assert not page.body.materials.reuse.isVisible()


def test_it_is_told_and_nothing_is_put_in_or_chosen_beforehand(page, counter, hands, qtbot):
    opened = begun(page, counter, qtbot, "LAYOUT", "RULES")
    assert page.body.materials.reuse.isVisible()

    dialog = open_by(KEY.Key_Y, counter, hands, qtbot)
    hands.press(KEY.Key_F9)

    assert dialog.chosen() == []
    assert "还没选材料" in dialog.notice.text()
    assert "LAYOUT" not in opened.case.evidence
    assert counter.reused == []


def test_what_is_ticked_stands_on_its_row_with_where_it_came_from(page, counter, hands, qtbot):
    opened = begun(page, counter, qtbot, "LAYOUT", "RULES")
    open_by(KEY.Key_Y, counter, hands, qtbot)

    hands.press(KEY.Key_1)
    hands.press(KEY.Key_F9)
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)

    assert "RULES" not in opened.case.evidence
    assert [paper.code for paper in counter.reused] == ["LAYOUT"]
    row = next(one for one in material_rows(opened) if one.code == "LAYOUT")
    assert row.detail == "上次留下的，3 月 18 日，2 页"
    assert row.chip.text == "要点没看"


def test_what_changed_stands_apart_and_says_what(page, counter, hands, qtbot):
    opened = begun(page, counter, qtbot, "LAYOUT", "RULES")
    hands.click(page.body.materials.reuse.look)
    dialog = counter.dialogs[-1]
    assert "后来的办件换过一份" in dialog.changed.accessibleName()

    dialog.changed.toggle(0)
    dialog.use()
    qtbot.waitUntil(lambda: "RULES" in opened.case.evidence)

    assert "LAYOUT" not in opened.case.evidence


def test_a_word_taken_back_meanwhile_is_told_and_nothing_is_put_in(page, counter, hands, qtbot):
    opened = begun(page, counter, qtbot, "LAYOUT")
    counter.reuse_trouble = NotAcceptable("布局图刚刚不让再用了，一份都没有取用。请收新的")
    dialog = open_by(KEY.Key_Y, counter, hands, qtbot)

    hands.press(KEY.Key_1)
    hands.press(KEY.Key_F9)
    qtbot.waitUntil(lambda: "刚刚不让再用了" in dialog.notice.text())

    assert "LAYOUT" not in opened.case.evidence


def test_he_takes_his_word_back_in_a_later_case(page, counter, hands, qtbot):
    opened = begun(page, counter, qtbot, "LAYOUT")
    open_by(KEY.Key_Y, counter, hands, qtbot)

    hands.press(KEY.Key_1)
    hands.press(KEY.Key_T, CTRL)
    qtbot.waitUntil(lambda: not opened.left)

    assert counter.left == []
    assert not page.body.materials.reuse.isVisible()


def test_papers_of_this_case_are_left_by_digit_and_taken_back(page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    page.materials.act("1", "LAYOUT")
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)
    dialog = open_by(KEY.Key_L, counter, hands, qtbot)
    assert "不留用" in dialog.papers.accessibleName()

    hands.press(KEY.Key_F9)
    assert "还没选材料" in dialog.notice.text()
    hands.press(KEY.Key_1)
    dialog.leave()
    assert opened.case.evidence["LAYOUT"].leave is not None
    assert "允许再用" in dialog.papers.accessibleName()

    hands.press(KEY.Key_1)
    hands.press(KEY.Key_T, CTRL)
    assert opened.case.evidence["LAYOUT"].leave is None
