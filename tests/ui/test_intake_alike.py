"""The same person or the same case, told on the applicant's card and laid side by side."""

from dataclasses import replace

from PyQt6.QtCore import Qt

from clerk.domain.case import CaseEventKind
from clerk.domain.duplicates import Alike
from tests.domain.test_duplicates import other
from tests.ui.intake_world import CTRL, opened_for

KEY = Qt.Key


def strip(page):
    return page.body.applicant.alike


def test_nothing_is_said_where_nobody_was_here_before(page, counter, hands, qtbot):
    opened_for(page, counter, qtbot)

    hands.press(KEY.Key_D, CTRL)

    assert not strip(page).isVisible()
    assert counter.dialogs == []


def test_each_case_that_is_alike_is_decided_with_a_reason_and_asked_no_more(
    page, counter, hands, qtbot
):
    counter.alike = Alike(same_item=(other(41),), other_names=(other(42, "李样本"),))
    opened = opened_for(page, counter, qtbot)
    qtbot.waitUntil(lambda: strip(page).isVisible())
    assert strip(page).said.text() == "同事项还有 1 件没办完，同证件号 1 件是别的名字"

    hands.press(KEY.Key_D, CTRL)
    dialog = counter.dialogs[-1]
    hands.press(KEY.Key_F9)
    assert "还没写为什么仍要另办" in dialog.notice.text()
    hands.compose("第二家店")
    dialog.keep()
    assert dialog.head.text() == "同一证件号，名字不一样（第 2 件，共 2 件）"
    hands.compose("改过名")
    dialog.keep()

    kept = [e for e in opened.case.events if e.kind is CaseEventKind.KEPT_BESIDE]
    assert [event.detail["reason"] for event in kept] == ["第二家店", "改过名"]
    assert not strip(page).isVisible()
    assert not dialog.isVisible()


def test_a_case_that_was_opened_by_mistake_is_given_up_from_there(page, counter, hands, qtbot):
    counter.alike = Alike(same_item=(other(41),))
    opened_for(page, counter, qtbot)
    qtbot.waitUntil(lambda: strip(page).isVisible())
    hands.press(KEY.Key_D, CTRL)

    hands.click(counter.dialogs[-1].discard_button)

    assert page.desk.current is None


def test_the_other_case_is_looked_at_and_this_one_stays(page, counter, hands, qtbot):
    counter.alike = Alike(same_item=(other(41),))
    opened = opened_for(page, counter, qtbot)
    qtbot.waitUntil(lambda: strip(page).isVisible())
    there = replace(opened.case, case_id=other(41).case_id)
    counter.stored[there.case_id] = there
    hands.press(KEY.Key_D, CTRL)

    hands.click(counter.dialogs[-1].look_button)

    qtbot.waitUntil(lambda: page.desk.current is not opened)
    assert page.desk.current.case.case_id == there.case_id
    assert opened in page.desk.cases
