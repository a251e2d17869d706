"""审批 refuses a permit only with reason, basis and after the applicant was heard; or returns it."""

from PyQt6.QtCore import Qt

from clerk.domain.identity import Role
from clerk.domain.refusal import WAIVED, offer_statement, take_statement
from clerk.ui.approval_dialogs import RefuseDialog, ReturnDialog
from clerk.ui.approval_statement import StatementDialog
from tests.ui.approval_world import see_all
from tests.ui.case_values import NOW, line, session

REASONS = "操作间没有独立的清洗水池，不符合要求"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_shift_f9_returns_it_by_digits_each_tied_to_a_material(chief, hands, qtbot):
    """Reasons are the standard's; the material in the viewer is offered, ← → changes it."""
    shown = chief()

    hands.press(Qt.Key.Key_F9, SHIFT)
    dialog = shown.open_dialog(ReturnDialog)
    hands.press(Qt.Key.Key_Return)
    assert "还没选退回的原因" in dialog.notice.text()
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_Left)
    dialog.remark.focus_editor()
    hands.compose("第 2 页重扫")
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: len(shown.returned) == 1)
    assert shown.returned == [
        (["LAYOUT_UNCLEAR", "CERTIFICATE_CHECK"], ["LAYOUT", "LICENCE"], "第 2 页重扫")
    ]
    shown.wait_for(1)


def gave_up_speaking(shown):
    """The applicant of the first case was told of an intended refusal and gave up speaking."""
    case_id, clerk = line(0).case_id, session(Role.WINDOW_CLERK)
    told = offer_statement(shown.rules, shown.cases[case_id], REASONS, shown.who, NOW)
    heard = take_statement(shown.rules, told, WAIVED, "当面表示放弃", clerk, NOW)
    shown.cases[case_id] = heard
    shown.page._on_chosen(shown.lines[0])
    shown.wait_for(0)


def test_a_permit_is_refused_only_after_the_applicant_was_told(chief, hands, qtbot):
    """行政许可法 art. 7: the first press tells him why and until when he may speak."""
    shown = chief()
    see_all(shown, hands)

    hands.click(shown.page.refuse_button)
    dialog = shown.open_dialog(StatementDialog)
    hands.press(Qt.Key.Key_F9)
    assert "还没写清理由" in dialog.notice.text()
    hands.compose(REASONS)
    hands.click(dialog.button)

    qtbot.waitUntil(lambda: "可以陈述申辩到 3 月 23 日" in shown.said())
    hands.click(shown.page.refuse_button)
    assert "现在不能不予许可" in shown.said()
    assert shown.open_dialog(RefuseDialog) is None


def test_a_refusal_needs_reason_basis_and_a_second_confirmation(chief, hands, qtbot):
    shown = chief()
    gave_up_speaking(shown)
    see_all(shown, hands)
    hands.click(shown.page.refuse_button)
    dialog = shown.open_dialog(RefuseDialog)

    hands.press(Qt.Key.Key_Return, CTRL)
    assert "还没写理由" in dialog.notice.text()
    hands.compose("操作间没有独立的清洗水池。")
    hands.click(dialog.button)
    assert "还没选依据" in dialog.notice.text()
    hands.press(Qt.Key.Key_1)
    hands.click(dialog.button)
    assert "行政复议" in dialog.preview.text()
    assert "放弃：当面表示放弃" in dialog.preview.text()
    assert shown.decided == []
    hands.click(dialog.button)

    qtbot.waitUntil(lambda: len(shown.decided) == 1)
    case_id, granted, opinion = shown.decided[0]
    assert (case_id, granted) == (line(0).case_id, False)
    assert opinion == "操作间没有独立的清洗水池。依据食品安全法第三十五条，不予许可。"


def test_a_refusal_looks_at_everything_first(chief, hands):
    shown = chief()

    hands.click(shown.page.refuse_button)

    assert shown.open_dialog(RefuseDialog) is None
    assert shown.said().startswith("还有 3 处没看")
