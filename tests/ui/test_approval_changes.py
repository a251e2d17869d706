"""审批 after something was sent back: old beside new, field by field and page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.case import CaseEventKind, InternalReturn
from clerk.domain.changes import Change, ChangeKind
from clerk.ui.approval_changes import change_words
from tests.ui.approval_world import Chief
from tests.ui.case_values import NOW, a_file, event, food

CHANGED = (
    Change(kind=ChangeKind.FIELD, code="area", before="46", after="52"),
    Change(kind=ChangeKind.MATERIAL, code="LAYOUT", before="scan", after="scan", pages=(1, 2)),
)


def came_back(case, kind=CaseEventKind.RETURN_ANSWERED, changed=CHANGED, answered_at=NOW):
    back = InternalReturn(
        points=("LAYOUT_UNCLEAR",),
        materials=("LAYOUT",),
        remark="",
        at=NOW,
        by="郑范例",
        answered_at=answered_at,
    )
    old = case.evidence["LAYOUT"]
    new = replace(
        old, files=(a_file("new"),), older=(replace(old, at=NOW - timedelta(days=1)), old)
    )
    answer = replace(event(kind, 1), changed=changed)
    return replace(
        case,
        events=(*case.events, answer),
        returns=(back,),
        evidence={**case.evidence, "LAYOUT": new},
    )


@pytest.fixture
def chief(jobs, on_screen, qtbot):
    def _chief(change=came_back):
        shown = Chief(jobs, on_screen, qtbot, lines=2)
        second = shown.lines[1].case_id
        shown.cases[second] = change(shown.cases[second])
        shown.page.queue.step(1)
        shown.wait_for(1)
        return shown

    return _chief


def test_what_changed_stands_above_what_is_to_be_looked_at(chief):
    shown = chief()
    block = shown.page.verdict.changes

    assert block.isVisible()
    assert block.title.text() == "补核改了什么"
    assert block.words() == ("经营面积", "46 → 52", "经营场所、设备布局图", "第 1、2 页换过")


def test_f8_leafs_through_the_pages_that_were_replaced_and_back(chief, hands):
    shown = chief()
    shown.page.file.show_code("LAYOUT")

    hands.press(Qt.Key.Key_F8)
    assert "这是换下的旧页" in shown.page.file.older.text()
    assert "3 月 17 日（周二）收的，第 1 份，共 2 份" in shown.page.file.older.text()
    hands.press(Qt.Key.Key_F8)
    assert "第 2 份" in shown.page.file.older.text()
    hands.press(Qt.Key.Key_F8)
    assert shown.page.file.older.text() == ""


def test_the_button_beside_a_change_shows_its_old_pages(chief, hands):
    shown = chief()
    shown.page.file.show_material(0)

    hands.click(shown.page.verdict.changes.buttons[0])

    assert shown.page.file.current_code() == "LAYOUT"
    assert "这是换下的旧页" in shown.page.file.older.text()
    shown.page.file.step(1)
    assert shown.page.file.older.text() == ""


def test_a_material_that_nobody_renewed_has_no_older_pages(chief, hands):
    shown = chief()
    shown.page.file.show_code("APPLICATION")

    hands.press(Qt.Key.Key_F8)

    assert shown.page.file.older.text() == ""


def test_without_anything_sent_back_nothing_is_said(chief):
    assert chief(lambda case: case).page.verdict.changes.isHidden()
    still_open = chief(lambda case: came_back(case, answered_at=None))
    assert still_open.page.verdict.changes.isHidden()


def test_an_answer_without_any_change_says_so(chief):
    block = chief(lambda case: came_back(case, changed=())).page.verdict.changes

    assert block.words()[0] == "内容和页都没有换"


def test_a_correction_is_called_by_its_own_name(chief):
    shown = chief(lambda case: came_back(case, CaseEventKind.CORRECTED))

    assert shown.page.verdict.changes.title.text() == "补正改了什么"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(kind=ChangeKind.FIELD, code="area", before="", after="9"), "没填 → 9"),
        (Change(kind=ChangeKind.FIELD, code="area", before="9", after=""), "9 → 清空"),
        (
            Change(kind=ChangeKind.MATERIAL, code="LAYOUT", before="", after="scan", pages=(1,)),
            "没有 → 扫描，第 1 页",
        ),
        (
            Change(kind=ChangeKind.MATERIAL, code="LAYOUT", before="scan", after="paper"),
            "扫描 → 收纸质件",
        ),
    ],
)
def test_each_change_reads_old_before_new(change, said):
    assert change_words(change, food())[1] == said
