"""办件: the list, how it is searched and narrowed, and the drawer beside it."""

import threading
from datetime import timedelta

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseView
from clerk.domain.errors import StoreTrouble
from clerk.jobs import Lane
from clerk.ui.paging import PAGE
from clerk.wording_cases import VIEWS
from tests.ui.case_values import NOW, TODAY, line
from tests.ui.case_world import World, desk, result_waiting

__all__ = ["desk"]

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_list_keeps_the_rules_of_qt(desk, qtmodeltester):
    shown = desk(World(rows=450))

    qtmodeltester.check(shown.list.model)


def test_a_hundred_thousand_cases_are_one_page_away(desk, qtbot, hands):
    """The last row is reached with one key, and few pages are asked for."""
    world = World(rows=100_000)
    shown = desk(world)
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 100_000)

    hands.press(Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: shown.list.current() == line(99_999))

    assert shown.list.table.current_row() == 99_999
    assert all(limit == PAGE for _, limit, _ in world.pages)
    assert len(world.pages) < 12


def test_enter_opens_the_case_and_arrows_move(desk, hands):
    shown = desk(World(rows=3))

    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)

    assert shown.opened == [line(1).case_id]


def test_typing_in_f3_finds_by_number_and_esc_brings_all_back(desk, hands, qtbot):
    shown = desk(World(rows=30))

    hands.press(Qt.Key.Key_F3)
    hands.type("0316-0012")
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    hands.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is shown.list.table
    qtbot.waitUntil(lambda: shown.list.current() == line(12))

    hands.press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 30)


def test_each_key_finds_at_once_and_the_case_is_read_when_the_typing_rests(desk, hands, qtbot):
    """What flashes by is neither counted nor read: reading a case is a line of the journal."""
    world = World(rows=30)
    shown = desk(world)
    qtbot.waitUntil(shown.list.is_measured)
    shown.list._typing.setInterval(60_000)
    read = []
    world.before_load = lambda: read.append(world.asked[-1].text)

    hands.press(Qt.Key.Key_F3)
    hands.type("0316-0012")
    qtbot.waitUntil(lambda: shown.list.current() == line(12))

    assert shown.list.is_typing()
    assert not shown.list.is_measured()
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.list.is_measured() and bool(read))
    assert read == ["0316-0012"]
    assert shown.drawer.number.text() == line(12).label


def test_enter_never_opens_what_stood_there_before_the_search_has_its_answer(
    desk, jobs, hands, qtbot
):
    shown = desk(World(rows=30))
    qtbot.waitUntil(shown.list.is_measured)
    answers = threading.Event()
    jobs.run(Lane.STORE, answers.wait, owner=shown.page, then=lambda _: None, failed=print)

    hands.press(Qt.Key.Key_F3)
    hands.type("0316-0012")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    assert shown.opened == []

    answers.set()
    qtbot.waitUntil(lambda: shown.list.current() == line(12))
    hands.press(Qt.Key.Key_Return)
    assert shown.opened == [line(12).case_id]


def test_nothing_found_says_so_and_offers_the_way_back(desk, hands, qtbot):
    shown = desk(World(rows=5))
    hands.press(Qt.Key.Key_F3)
    hands.type("9999-9999")
    qtbot.waitUntil(shown.list.empty.isVisible)
    assert shown.list.empty.title.text() == "没有符合的办件"
    assert not shown.drawer.isVisible()

    hands.click(shown.list.clear_button)

    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 5)


def test_a_digit_on_the_table_changes_the_view(desk, hands, qtbot):
    """1 to 7 in the order of the views; the cursor stays in the table."""
    world = World(rows=40, special={7: result_waiting(7)[0]})
    shown = desk(world)

    hands.press(getattr(Qt.Key, f"Key_{list(VIEWS).index(CaseView.RESULT_WAITING) + 1}"))

    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    assert world.asked[-1].view is CaseView.RESULT_WAITING
    assert QApplication.focusWidget() is shown.list.table
    place = list(VIEWS).index(CaseView.RESULT_WAITING)
    qtbot.waitUntil(lambda: shown.list.views.pills[place].count == 1)


def test_filters_can_be_put_on_and_taken_off(desk, hands, qtbot):
    world = World(rows=5)
    shown = desk(world)

    hands.click(shown.list.mine)
    qtbot.waitUntil(lambda: world.asked[-1].clerk == "zhou")
    qtbot.waitUntil(lambda: shown.list.current() is not None)
    hands.click(shown.list.same_item)
    qtbot.waitUntil(lambda: world.asked[-1].items == ("food_business_permit",))
    qtbot.waitUntil(lambda: shown.list.current() is not None)
    hands.click(shown.list.same_item)
    hands.click(shown.list.mine)

    qtbot.waitUntil(lambda: (world.asked[-1].items, world.asked[-1].clerk) == ((), ""))


def test_the_drawer_tells_both_limits_the_hand_and_the_course(desk):
    shown = desk(World(rows=2))

    facts = {name: label.text() for name, label in shown.drawer.facts.items()}
    assert facts["承诺时限"] == "3 月 23 日（周一），剩 3 个工作日"
    assert facts["法定时限"] == "3 月 30 日（周一），剩 8 个工作日"
    assert facts["在谁手里"] == "郑范例（首席代表）"
    assert facts["转办"] == "已送达，对方已签收"
    assert facts["证件"] == "居民身份证 990123 ******** 0010"
    steps = shown.drawer.timeline.steps()
    assert steps[0].title == "已转县行政审批服务局，对方已签收"
    assert steps[-1].title == "起件"
    assert "亮证扫码" in steps[3].note


def test_while_a_case_is_read_the_drawer_shows_what_the_list_knows_and_nothing_else(
    desk, hands, qtbot
):
    """No label without a value, and no value of the case before."""
    read = threading.Event()
    read.set()
    world = World(rows=2, special={1: line(1, applicant_name="李样本", deferred=True)})
    world.before_load = lambda: read.wait(10)
    shown = desk(world)
    read.clear()

    hands.press(Qt.Key.Key_Down)

    facts = {name: label.text() for name, label in shown.drawer.facts.items()}
    assert shown.drawer.applicant.text() == "李样本"
    assert facts["承诺时限"] == "3 月 23 日（周一），剩 3 个工作日"
    assert (facts["容缺"], facts["证件"]) == ("…", "…")
    assert all(text for name, text in facts.items() if name not in {"督办", "待做", "服务"})
    assert shown.drawer.timeline.steps() == ()
    read.set()
    qtbot.waitUntil(lambda: shown.drawer.facts["证件"].text() != "…")


def test_a_search_that_finds_too_much_says_that_it_holds_the_newest(desk, hands, qtbot):
    world = World(rows=200, too_many=True)
    shown = desk(world)
    hands.press(Qt.Key.Key_F3)
    hands.type("0316")

    qtbot.waitUntil(lambda: "只列最新的 200 件" in shown.list.said.text())


def test_on_another_day_the_days_left_are_counted_anew(desk, qtbot):
    world = World(rows=3)
    shown = desk(world, refresh_ms=30)
    assert shown.list.model.index(0, 0).data() == "剩 3 天"

    world.now = NOW + timedelta(days=1)

    qtbot.waitUntil(lambda: shown.list.model.index(0, 0).data() == "剩 2 天")
    qtbot.waitUntil(lambda: world.asked[-1].on == TODAY + timedelta(days=1))


def test_esc_closes_the_drawer_and_right_opens_it(desk, hands):
    shown = desk(World(rows=2))
    assert shown.drawer.isVisible()

    hands.press(Qt.Key.Key_Escape)
    assert not shown.drawer.isVisible()
    hands.press(Qt.Key.Key_Right)

    assert shown.drawer.isVisible()


def test_changes_are_told_and_move_nothing_until_f5(desk, hands, qtbot):
    """30 s refresh: the row under the cursor stays where it is."""
    world = World(rows=5)
    shown = desk(world, refresh_ms=30)
    hands.press(Qt.Key.Key_Down)

    world.special[1] = line(1, state=CaseState.GRANTED)
    qtbot.waitUntil(lambda: shown.page.stale.text() == "有 1 件变化")
    assert shown.list.current() == line(1)
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: shown.list.current() == world.special[1])
    assert shown.list.table.current_row() == 1
    assert shown.page.stale.text() == ""


def test_a_store_that_does_not_answer_is_told_and_f5_tries_again(desk, hands, qtbot):
    world = World(rows=5, trouble=StoreTrouble("读不到库，已存的都在。再试一次"))
    shown = desk(world)
    qtbot.waitUntil(lambda: "已存的都在" in shown.page.trouble.text())

    world.trouble = None
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: shown.list.current() is not None)
    assert shown.page.trouble.text() == ""
