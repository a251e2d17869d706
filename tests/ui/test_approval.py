from dataclasses import replace
from datetime import date

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import FieldValue
from clerk.domain.errors import CaseChanged
from clerk.domain.findings import Outcome
from clerk.domain.party import Source
from clerk.ui.approval_compare import comparisons
from clerk.ui.approval_points import PointDialog
from clerk.ui.approval_queue import QueueModel, grouped
from tests.ui.approval_world import EVIDENCE, found, see_all
from tests.ui.case_values import NOW, TODAY, calendar, case_of, food, licence, line
from tests.ui.case_world import typed

REASONS = "操作间没有独立的清洗水池，不符合要求"

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_queue_is_grouped_by_urgency():
    late = line(0, due_on=date(2026, 3, 17), next_due_on=date(2026, 3, 17))
    soon, later = line(1), line(2, due_on=date(2026, 4, 1), next_due_on=date(2026, 4, 1))

    rows = grouped([late, soon, later], TODAY, calendar())

    assert rows == ("超时限和今天到期　1", late, "3 天内　1", soon, "以后　1", later)


def test_the_queue_keeps_the_rules_of_qt(qtmodeltester):
    model = QueueModel(calendar())
    model.show_lines([line(0), line(1)], TODAY)

    qtmodeltester.check(model)


def test_it_opens_at_the_first_thing_to_look_at(chief):
    """The viewer has the focus and shows the material the point is on."""
    shown = chief()

    assert QApplication.focusWidget() is shown.page.file.viewer.canvas
    assert shown.page.file.current_code() == "LAYOUT"
    assert shown.page.verdict.headline.text() == "自动核对通过"
    assert "是否同意由你决定" in shown.page.verdict.counts.text()
    assert [tab.to_see for tab in shown.page.file.materials()] == [False, False, True]


def test_f3_finds_a_case_of_the_queue_by_its_number_and_opens_it(chief, hands):
    shown = chief()

    hands.press(Qt.Key.Key_F3)
    hands.type(line(1).label)
    hands.press(Qt.Key.Key_Return)

    shown.wait_for(1)
    assert shown.page.queue.current().case_id == line(1).case_id
    assert shown.page.search.editor.text() == ""
    assert QApplication.focusWidget() is shown.page.file.viewer.canvas


def test_what_does_not_wait_here_is_looked_for_in_another_place(chief, hands):
    shown = chief()

    hands.press(Qt.Key.Key_F3)
    hands.type("20990101")

    assert shown.page.search.hits() == ()
    assert "到办件里查" in shown.page.search.popup.said.text()


def test_f9_before_everything_was_seen_goes_to_what_was_not(chief, hands):
    shown = chief()

    hands.press(Qt.Key.Key_F9)

    assert shown.said().startswith("还有 3 处没看，先看：")
    assert not shown.shell.undo.is_open()


def test_space_marks_as_seen_and_f9_agrees_with_the_next_case_open_behind(chief, hands, qtbot):
    """Space three times, F9: the strip waits while the next case is there already."""
    shown = chief()
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)
    assert shown.shell.undo.is_open()
    shown.wait_for(1)
    assert QApplication.focusWidget() is shown.page.file.viewer.canvas
    assert shown.decided == []
    shown.shell.undo.commit_now()

    qtbot.waitUntil(lambda: len(shown.decided) == 1)
    assert shown.decided[0][:2] == (line(0).case_id, True)
    assert shown.decided[0][2] == shown.standard.opinions[0]
    qtbot.waitUntil(lambda: "已同意，文号 示审食〔2026〕31 号" in shown.said())


def test_ctrl_z_takes_the_agreement_back(chief, hands, qtbot):
    shown = chief()
    see_all(shown, hands)
    hands.press(Qt.Key.Key_F9)
    shown.wait_for(1)

    hands.press(Qt.Key.Key_Z, CTRL)

    shown.wait_for(0)
    assert shown.decided == []
    assert len(shown.page.queue.lines()) == 3


def test_an_agreement_that_fails_brings_the_case_back(chief, hands, qtbot):
    shown = chief()
    see_all(shown, hands)
    shown.trouble = CaseChanged("这件已被别人改过，没有作出决定。按 F5 看最新")

    hands.press(Qt.Key.Key_F9)
    shown.shell.undo.commit_now()

    qtbot.waitUntil(lambda: "没有作出决定" in shown.page.trouble.text())
    shown.wait_for(0)


def test_what_the_machine_found_wrong_cannot_be_agreed_to(chief, hands):
    shown = chief()
    shown.findings = (found(Outcome.FAIL), found(Outcome.PASS, "申请书"))
    shown.page._on_chosen(shown.lines[0])
    shown.qtbot.waitUntil(lambda: shown.page.verdict.headline.text() == "有 1 项没通过")
    see_all(shown, hands)

    hands.press(Qt.Key.Key_F9)

    assert "有 1 项没通过，不能同意" in shown.said()


def test_ones_own_intake_has_no_button_and_says_why(chief, hands):
    shown = chief(opened_by="zheng")

    assert shown.page.grant_button.isHidden()
    assert shown.page.return_button.isHidden()
    assert "自己收的件不能自己审批" in shown.page.subject.text()
    hands.press(Qt.Key.Key_F9)
    assert shown.said().startswith("自己收的件不能自己审批。现在没有别的首席代表能审")


def test_in_the_opinion_space_types_and_esc_goes_back_to_the_page(chief, hands):
    shown = chief()
    box = shown.page.verdict.opinion
    box.setFocus()
    box.selectAll()

    hands.type("a b")
    assert box.words() == "a b"
    assert not any(shown.seen())
    hands.press(Qt.Key.Key_Escape)

    assert QApplication.focusWidget() is shown.page.file.viewer.canvas


def test_ctrl_and_a_digit_takes_a_stock_opinion_and_it_stays_with_its_case(chief, hands):
    shown = chief()

    hands.press(Qt.Key.Key_2, CTRL)
    assert shown.page.verdict.opinion.words() == shown.standard.opinions[1]
    hands.press(Qt.Key.Key_Down, CTRL)
    shown.wait_for(1)
    assert shown.page.verdict.opinion.words() == shown.standard.opinions[0]
    hands.press(Qt.Key.Key_Up, CTRL)
    shown.wait_for(0)

    assert shown.page.verdict.opinion.words() == shown.standard.opinions[1]


def test_arrows_change_the_material_and_page_keys_turn_pages(chief, hands, qtbot):
    shown = chief()
    pages = shown.page.file.viewer.canvas
    qtbot.waitUntil(lambda: (pages.page(), pages.count()) == (0, 2))

    hands.press(Qt.Key.Key_PageDown)
    assert (pages.page(), pages.count()) == (1, 2)
    hands.press(Qt.Key.Key_Left)

    assert shown.page.file.current_code() == "LICENCE"


def test_ctrl_plus_zooms_the_page_and_leaves_the_type_size_alone(chief, hands, qtbot):
    """The same keys change the type size of the window where the viewer has no focus."""
    shown = chief()
    scales: list[object] = []
    shown.shell.scale_wanted.connect(scales.append)
    pages = shown.page.file.viewer.canvas
    qtbot.waitUntil(lambda: (pages.page(), pages.count()) == (0, 2))
    before = pages.zoom()

    hands.press(Qt.Key.Key_Equal, CTRL)
    assert pages.zoom() > before
    hands.press(Qt.Key.Key_0, CTRL)
    assert pages.zoom() == before
    assert scales == []
    shown.page.queue.setFocus()
    hands.press(Qt.Key.Key_Equal, CTRL)

    assert scales == [1]


def test_ctrl_i_moves_into_the_reasons_and_back(chief, hands):
    shown = chief()

    hands.press(Qt.Key.Key_I, CTRL)
    findings = shown.page.verdict.findings
    assert findings.hasFocus()
    assert "食品安全法第三十三条" in findings.lines()[0]
    hands.press(Qt.Key.Key_I, CTRL)

    assert QApplication.focusWidget() is shown.page.file.viewer.canvas


def test_the_form_is_compared_with_the_certificate_what_differs_first():
    standard = food()
    link = standard.requirement("LICENCE").certificate
    assert link is not None
    first, second = list(link.fills.items())[:2]
    held = licence()
    assert held.certificate is not None
    use = replace(held.certificate, fields={first[1]: "示例县青石餐馆", second[1]: "9299"})
    values = {
        first[0]: FieldValue(value="示例县青石餐馆", source=Source.CERTIFICATE, at=NOW),
        second[0]: typed("9298", replaced="9299"),
    }
    case = case_of(line(0), evidence={"LICENCE": replace(held, certificate=use)}, values=values)

    rows = comparisons(standard, case, "LICENCE")

    differs, proof, seal, same = rows
    assert (proof.name, proof.told) == ("凭什么", True)
    assert proof.material.startswith("电子证照，")
    assert (differs.form, differs.material, differs.same) == ("9298", "9299", False)
    assert (seal.name, seal.material, seal.told) == ("签章", "签章还没看，未接入国密验签", True)
    assert (same.form, same.material, same.same) == ("示例县青石餐馆", "示例县青石餐馆", True)
    on_form = comparisons(standard, case, "APPLICATION")
    assert [(row.form, row.material) for row in on_form] == [("9298（手填）", "9299（证照）")]


def test_a_material_without_pages_says_what_there_is(chief, hands):
    shown = chief()
    case = shown.cases[line(1).case_id]
    bare = replace(EVIDENCE["LICENCE"], files=())
    shown.cases[line(1).case_id] = replace(case, evidence={**EVIDENCE, "LICENCE": bare})
    hands.press(Qt.Key.Key_Down, CTRL)
    shown.wait_for(1)

    shown.page.file.show_code("LICENCE")

    assert "92990123MA00TE5T2G" in shown.page.file.viewer.canvas.accessibleName()


def test_an_empty_queue_says_so(chief):
    shown = chief(lines=0)

    shown.qtbot.waitUntil(shown.page.empty.isVisible)
    assert shown.page.grant_button.isHidden()


def test_everything_fits_a_small_screen(chief):
    """1366 by 696: nothing lies over anything else, the act stays in view."""
    shown = chief(size=(1366, 696))
    column = shown.page.verdict

    assert column.opinion.geometry().top() >= column.middle.geometry().bottom()
    assert shown.page.grant_button.isVisible()
    assert shown.page.file.viewer.width() > 600


def test_without_a_case_there_is_no_empty_bar(chief):
    empty = chief(lines=0)

    assert not empty.shell.foot.isVisible()


def test_a_case_that_was_chosen_elsewhere_is_opened(chief, qtbot):
    shown = chief()

    shown.page.choose(line(2).case_id)

    qtbot.waitUntil(lambda: line(2).label in shown.page.subject.text())
    assert shown.shell.foot.isVisible()


def test_a_case_that_waits_no_more_is_not_opened_and_that_is_said(chief, qtbot):
    shown = chief()

    shown.page.choose(line(9).case_id)

    qtbot.waitUntil(lambda: "在办件里看进度" in shown.shell.status.said.text())
    assert line(0).label in shown.page.subject.text()


# 审查要点 -----------------------------------------------------------------------------------------


def remarks(case):
    """What was written down at the points of a stored case."""
    return [answer.remark for answer in case.point_answers.values()]


def test_a_point_that_does_not_hold_is_written_down_with_its_reason(chief, hands, qtbot):
    """F7, digit, reason, F9; then F9 for the case says that it cannot be agreed to."""
    shown = chief()

    hands.press(Qt.Key.Key_F7)
    dialog = shown.open_dialog(PointDialog)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_F9)
    assert "还没写原因" in dialog.notice.text()
    hands.compose("两扇门相对，生熟交叉")
    hands.click(dialog.button)
    qtbot.waitUntil(lambda: shown.seen()[0])
    see_all(shown, hands)
    hands.click(shown.page.grant_button)

    assert shown.page.verdict.points.points()[0].found == "不符合"
    assert "有 1 处你看了不符合，不能同意" in shown.said()
    qtbot.waitUntil(lambda: "两扇门相对，生熟交叉" in remarks(shown.cases[line(0).case_id]))


def test_a_bare_word_of_agreement_is_sent_back_to_the_opinion(chief, hands):
    shown = chief()
    see_all(shown, hands)
    shown.page.verdict.opinion.setPlainText("同意")

    hands.press(Qt.Key.Key_F9)

    assert "只有结论没有理由" in shown.said()
    assert shown.page.verdict.opinion.hasFocus()
