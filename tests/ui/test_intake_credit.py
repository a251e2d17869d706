"""容缺 and 承诺 at the counter: what the applicant's credit bars, and that nobody waits for it."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.credit import CreditOutcome
from clerk.domain.findings import Check
from clerk.domain.standard import Way
from clerk.ui.intake import IntakePage
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import Window, answered, complete

KEY = Qt.Key


@pytest.fixture
def counter():
    return SmallCounter()


@pytest.fixture
def page(counter, jobs, on_screen, qtbot):
    made = IntakePage(jobs, counter.actions(), counter.frame(), idle_ms=5, most_ms=20, poll_ms=5)
    shown = on_screen(Window(made))
    made.entered()
    yield made
    counter.credit_waits.set()
    counter.letter_waits.set()
    shown.hide()
    made.desk.drafts.save_now()
    qtbot.waitUntil(lambda: not any(jobs.pending().values()))


def rules_missing(page, counter, qtbot):
    """Everything but the rules of hygiene and the premises."""
    opened = complete(page, counter, qtbot)
    for code in ("RULES", "PREMISES"):
        page.materials.act("Del", code)
    page.body.materials.focus_row("PREMISES")
    return opened


def test_the_question_goes_out_with_the_dialog_and_its_answer_stands_with_the_case(
    page, counter, hands, qtbot
):
    opened = rules_missing(page, counter, qtbot)

    hands.press(KEY.Key_5)
    dialog = counter.dialogs[-1]

    qtbot.waitUntil(lambda: "没有失信记录" in dialog.credit.said.text())
    assert opened.case.credit.outcome is CreditOutcome.GOOD


def test_nobody_waits_for_a_platform_that_takes_its_time(page, counter, hands, qtbot):
    counter.credit_waits.clear()
    opened = rules_missing(page, counter, qtbot)

    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)

    assert opened.case.evidence["PREMISES"].way is Way.DEFERRAL
    counter.credit_waits.set()
    qtbot.waitUntil(lambda: opened.case.credit is not None)


@pytest.mark.parametrize("outcome", [CreditOutcome.UNKNOWN, CreditOutcome.SERVICE_DOWN])
def test_unknown_and_down_say_so_and_bar_nothing(page, counter, hands, qtbot, outcome):
    counter.credit = outcome
    opened = rules_missing(page, counter, qtbot)

    hands.press(KEY.Key_5)
    dialog = counter.dialogs[-1]
    qtbot.waitUntil(lambda: "不算失信" in dialog.credit.said.text())
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)

    assert opened.case.evidence["PREMISES"].way is Way.DEFERRAL


@pytest.mark.parametrize("key", [KEY.Key_4, KEY.Key_5], ids=["promise", "deferral"])
def test_a_bad_record_bars_both_paths_and_shows_the_way_back(page, counter, hands, qtbot, key):
    counter.credit = CreditOutcome.BAD
    opened = rules_missing(page, counter, qtbot)

    hands.press(key)
    dialog = counter.dialogs[-1]
    qtbot.waitUntil(dialog.credit.bars)

    assert "改正后申请信用修复" in dialog.credit.notice.text()
    assert not dialog.confirm.isEnabled()
    dialog.close_dialog()
    keys = {act.key for act in page.body.materials.row("PREMISES").acts}
    assert not keys & {"4", "5"}
    page.body.materials.focus_row("PREMISES")
    hands.press(key)
    assert "示例县信用办" in counter.dialogs[-1].line.notice.text()
    assert counter.dialogs[-1] is not dialog
    assert "PREMISES" not in opened.case.evidence


def test_a_record_that_comes_after_the_yes_keeps_the_case_from_acceptance(
    page, counter, hands, qtbot
):
    counter.credit = CreditOutcome.BAD
    counter.credit_waits.clear()
    opened = rules_missing(page, counter, qtbot)
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)

    counter.credit_waits.set()

    qtbot.waitUntil(lambda: opened.case.credit is not None)
    assert any(found.check is Check.CREDIT_CLEAR for found in opened.verdict.findings)
    assert page.body.materials.row("PREMISES").chip.text == "不合规"


def test_the_main_papers_come_first_and_the_word_says_which(page, counter, hands, qtbot):
    answered(page, counter, qtbot)
    page.body.materials.focus_row("PREMISES")

    hands.press(KEY.Key_5)

    assert counter.said[-1].startswith("主件要先齐，还差")
    assert "经营场所、设备布局图" in counter.said[-1]
    assert counter.asked_credit == []


def test_an_answer_that_comes_while_the_letter_is_signed_signs_nothing_twice(
    page, counter, hands, qtbot
):
    opened = rules_missing(page, counter, qtbot)
    counter.credit_waits.clear()
    counter.letter_waits.clear()
    hands.press(KEY.Key_4)
    dialog = counter.dialogs[-1]
    hands.press(KEY.Key_1)
    qtbot.waitUntil(dialog.read.isEnabled)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)

    counter.credit_waits.set()

    qtbot.waitUntil(lambda: opened.case.credit is not None)
    assert not dialog.confirm.isEnabled()
    counter.letter_waits.set()
    qtbot.waitUntil(lambda: "PREMISES" in opened.case.evidence)
    assert QApplication.focusWidget() is page.body.materials.table


def test_nobody_goes_both_ways_with_one_paper(page, counter, hands, qtbot):
    opened = rules_missing(page, counter, qtbot)
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Space)
    hands.press(KEY.Key_Return)
    assert opened.case.evidence["PREMISES"].way is Way.DEFERRAL

    page.body.materials.focus_row("PREMISES")
    hands.press(KEY.Key_4)

    assert "已经办了容缺" in counter.said[-1]
