"""核共享数据 by keys: which source, by what right, and an answer that says which of three it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.shared_data import SharedOutcome
from clerk.domain.standard import Way
from clerk.ui.intake_rows import material_summary
from tests.ui.example_values import NOW
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import CTRL, FOOD, opened_for

KEY = Qt.Key
CLOSING = "sole_trader_cancellation"


@pytest.fixture
def counter():
    return SmallCounter(items=(FOOD, CLOSING))


def asked(page, counter, hands, qtbot, outcome):
    """The dialog after the tax office was asked on the owner's consent."""
    counter.shared_says = outcome
    opened = opened_for(page, counter, qtbot, CLOSING)
    hands.press(KEY.Key_U, CTRL)
    dialog = counter.dialogs[-1]
    assert "清税信息" in dialog.sources.accessibleName()
    dialog.rights.toggle(0)
    dialog.confirm()
    qtbot.waitUntil(lambda: dialog.notice.text() != "")
    return opened, dialog


def test_what_was_found_satisfies_the_material_and_says_its_record(page, counter, hands, qtbot):
    opened, dialog = asked(page, counter, hands, qtbot, SharedOutcome.FOUND)

    assert opened.case.evidence["TAX_CLEAR"].way is Way.SHARED_DATA
    assert "已结清" in dialog.notice.text()
    assert "查到" in dialog.sources.accessibleName()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (SharedOutcome.NOT_FOUND, "没有这个人或单位"),
        (SharedOutcome.NO_ANSWER, "没有答复，不等于查不到"),
    ],
)
def test_not_found_and_no_answer_are_two_texts(page, counter, hands, qtbot, outcome, said):
    opened, dialog = asked(page, counter, hands, qtbot, outcome)

    assert said in dialog.notice.text()
    assert "TAX_CLEAR" not in opened.case.evidence


def test_nobody_is_asked_without_a_right(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot, CLOSING)
    hands.press(KEY.Key_U, CTRL)
    dialog = counter.dialogs[-1]

    dialog.confirm()

    assert "还没选凭什么核" in dialog.notice.text()


def test_an_item_without_shared_data_says_so(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot)

    assert page.materials.shared.why_not() == "这件的情形没有可核的共享数据"


def test_ctrl_u_on_a_row_asks_for_that_row(page, counter, hands, qtbot):
    opened = opened_for(page, counter, qtbot, CLOSING)
    page.body.materials.focus_row("TAX_CLEAR")
    assert "核数据" in [act.words for act in page.body.materials.row("TAX_CLEAR").acts]

    hands.press(KEY.Key_U, CTRL)
    dialog = counter.dialogs[-1]
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_F9)

    qtbot.waitUntil(lambda: "TAX_CLEAR" in opened.case.evidence)
    row = page.body.materials.row("TAX_CLEAR")
    assert dialog.sources.chosen() == (0,)
    assert row.chip.text == "数据已核"
    assert "清税信息 记录 TAX-0001" in row.proof


def test_a_silent_source_is_asked_again_by_itself_until_it_answers(page, counter, hands, qtbot):
    opened, _ = asked(page, counter, hands, qtbot, SharedOutcome.NO_ANSWER)
    assert "没有答复" in page.body.materials.row("TAX_CLEAR").detail

    counter.shared_says = SharedOutcome.FOUND
    page.materials.shared.ask_again()

    qtbot.waitUntil(lambda: "TAX_CLEAR" in opened.case.evidence)
    assert "接通了" in counter.said[-1]


def test_an_answer_of_an_earlier_day_is_counted_as_to_be_asked_again(page, counter, hands, qtbot):
    opened, _ = asked(page, counter, hands, qtbot, SharedOutcome.FOUND)
    held = opened.case.evidence["TAX_CLEAR"]
    older = replace(held, shared=replace(held.shared, at=NOW - timedelta(days=1)))

    page.desk.edit(lambda case: replace(case, evidence={**case.evidence, "TAX_CLEAR": older}))

    assert page.body.materials.row("TAX_CLEAR").chip.text == "今天再核"
    summary = material_summary(page.body.materials.model.rows())
    assert "今天再核 1" in summary
    assert "要点没看" not in summary


def test_a_source_that_says_nothing_of_what_is_wanted_is_told_so(page, counter, hands, qtbot):
    opened, _ = asked(page, counter, hands, qtbot, SharedOutcome.FOUND)
    held = opened.case.evidence["TAX_CLEAR"]
    silent = replace(held, shared=replace(held.shared, values={}))

    page.desk.edit(lambda case: replace(case, evidence={**case.evidence, "TAX_CLEAR": silent}))

    assert "源头没有写，要“已结清”" in page.body.materials.row("TAX_CLEAR").why


def test_a_late_answer_does_not_take_the_place_of_what_was_handed_in_meanwhile(
    page, counter, hands, qtbot
):
    opened = opened_for(page, counter, qtbot, CLOSING)
    page.body.materials.focus_row("TAX_CLEAR")
    counter.shared_says = SharedOutcome.NO_ANSWER
    hands.press(KEY.Key_U, CTRL)
    dialog = counter.dialogs[-1]
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_F9)
    qtbot.waitUntil(lambda: dialog.notice.text() != "")
    dialog.close_dialog()
    page.materials.act("8", "TAX_CLEAR")

    counter.shared_says = SharedOutcome.FOUND
    page.materials.shared.ask_again()

    qtbot.waitUntil(lambda: any("接通了" in words for words in counter.said))
    assert opened.case.evidence["TAX_CLEAR"].way is Way.PAPER


def test_an_objection_takes_the_data_away_and_says_what_the_applicant_says(
    page, counter, hands, qtbot
):
    opened, dialog = asked(page, counter, hands, qtbot, SharedOutcome.FOUND)

    dialog.object_to()
    hands.compose("税早就清了两次")
    hands.press(KEY.Key_Return)

    assert opened.case.shared[0].objection == "税早就清了两次"
    assert "TAX_CLEAR" not in opened.case.evidence
    assert "有异议" in page.body.materials.row("TAX_CLEAR").detail
