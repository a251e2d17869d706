from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.alarms import Alarm, AlarmLine
from clerk.domain.case import Case, CaseState
from clerk.domain.case_list import CaseView, Deliveries, Today
from clerk.domain.deadlines import Term
from clerk.domain.errors import RemoteUnavailable, StoreTrouble
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, TaskLine
from clerk.ui.actions import Connection
from clerk.ui.hand_out import HandOutDialog
from clerk.ui.rail import Place
from clerk.ui.today import TodayPage
from clerk.ui.today_reading import days_ahead, in_order
from tests.ui.case_values import NOW, TODAY, calendar, line, nothing_to_deliver, session
from tests.ui.case_world import World, in_window, result_waiting, returned

READY = (
    Connection(name="省证照库", state="ready", detail="0.6 秒"),
    Connection(name="部门系统", state="broken", detail=""),
)


def a_day(**changes):
    quiet = Today(
        due_today=0,
        over_promised=0,
        over_statutory=0,
        drafts=0,
        with_applicant=0,
        result_waiting=0,
        to_decide=0,
        accepted_today=3,
        first=(),
        due_by_day=(),
        deliveries=nothing_to_deliver(),
    )
    return replace(quiet, **changes)


class Desk:
    """今日 in the real window; what it asked of others is kept."""

    def __init__(self, world, jobs, on_screen, qtbot, **more):
        self.world = world
        self.views: list[CaseView] = []
        self.opened: list[UUID] = []
        self.new: list[bool] = []
        self.papers: list[Case] = []
        self.delivered: list[bool] = []

        def deliver():
            self.delivered.append(True)
            return 2

        def make(shell):
            return TodayPage(
                world.actions(),
                more.pop("connections", lambda: READY),
                more.pop("deliver", deliver),
                jobs,
                self.views.append,
                self.opened.append,
                lambda: self.new.append(True),
                show_papers=self.papers.append,
                say=shell.say,
                **more,
            )

        self.window, self.shell, self.page = in_window(jobs, on_screen, Place.TODAY, make)
        if world.trouble is None:
            due = self.page.tiles[CaseView.DUE_TODAY]
            qtbot.waitUntil(lambda: due.number() != "")


@pytest.fixture
def desk(jobs, on_screen, qtbot):
    def _desk(today=None, world=None, **more):
        shown = world or World(rows=0)
        shown.today_is = today or a_day()
        return Desk(shown, jobs, on_screen, qtbot, **more)

    return _desk


def test_five_numbers_open_their_lists(desk, hands):
    shown = desk(a_day(over_promised=1, with_applicant=3, drafts=2))
    tiles = shown.page.tiles
    assert [tile.number() for tile in tiles.values()] == ["0", "0", "3", "0", "2"]

    for view in (CaseView.WITH_APPLICANT, CaseView.DRAFTS):
        hands.click(tiles[view])

    assert shown.views == [CaseView.WITH_APPLICANT, CaseView.DRAFTS]
    assert "1 件超承诺时限，没有超法定" in tiles[CaseView.DUE_TODAY].accessibleName()


def test_the_first_rows_keep_the_rules_of_qt(desk, qtmodeltester):
    shown = desk(a_day(first=(line(0), line(1))))

    qtmodeltester.check(shown.page.model)


def test_arrows_choose_and_enter_does_the_one_act(desk, hands):
    late = date(2026, 3, 17)
    first = (line(0, due_on=late, next_due_on=late), line(1))
    shown = desk(a_day(first=first))
    model = shown.page.model
    assert model.index(0, 0).data() == "超承诺时限 1 天"
    assert "法定时限 3 月 30 日，还没到" in model.index(0, 1).data()
    assert model.index(0, 2).data() == "看进度"

    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)

    assert shown.opened == [line(1).case_id]


def test_what_the_window_can_act_on_comes_first_among_equals():
    """By time left, then by whether the clerk can do something; a draft is due in four days."""
    slow = line(1, due_on=TODAY, next_due_on=TODAY)
    mine = line(2, due_on=TODAY, next_due_on=TODAY, returned=True)
    draft = line(3, state=CaseState.DRAFT, due_on=None, next_due_on=None)
    late = date(2026, 3, 17)
    over = line(4, due_on=late, next_due_on=late)
    later = line(5, due_on=date(2026, 4, 1), next_due_on=date(2026, 4, 1))

    assert in_order([later, draft, slow, mine, over], TODAY, calendar()) == (
        over,
        mine,
        slow,
        draft,
        later,
    )


def test_the_bars_are_the_next_five_working_days():
    """Saturday and Sunday are left out."""
    due = {TODAY: 2, date(2026, 3, 20): 1, date(2026, 3, 23): 4}

    assert days_ahead(TODAY, due, calendar()) == (
        ("今天", 2),
        ("周四", 0),
        ("周五", 1),
        ("周一", 4),
        ("周二", 0),
    )


def test_a_waiting_result_is_handed_out_from_here(desk, hands, qtbot):
    at_window, case = result_waiting(0)
    world = World(rows=1, special={0: at_window}, cases={at_window.case_id: case})
    shown = desk(a_day(result_waiting=1), world)
    qtbot.waitUntil(lambda: shown.page.model.rowCount() == 1)
    assert shown.page.model.index(0, 2).data() == "送达"

    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: shown.window.findChild(HandOutDialog) is not None)
    assert shown.opened == []


def test_a_press_on_the_act_of_a_row_does_it(desk, hands, qtbot):
    back, case = returned(0)
    world = World(rows=1, special={0: back}, cases={back.case_id: case})
    shown = desk(a_day(first=(back,)), world)
    table = shown.page.table
    assert shown.page.model.index(0, 2).data() == "补核"

    hands.click(table.viewport(), table.visualRect(shown.page.model.index(0, 2)).center())

    assert shown.opened == [back.case_id]


def test_nothing_to_do_says_what_comes_next(desk, hands):
    shown = desk()
    assert shown.page.empty.isVisible()
    assert shown.page.empty.title.text() == "待办都清了"

    button = shown.page.empty.findChildren(type(shown.page.again_button))[0]
    hands.click(button)

    assert shown.new == [True]


def test_a_delivery_that_waits_too_long_turns_amber_and_can_be_sent_again(desk, hands, qtbot):
    stuck = Deliveries(
        delivered=12,
        waiting=3,
        stuck=1,
        oldest_waiting_at=NOW - timedelta(minutes=42),
        last_trouble="部门系统没有回，已受理的件不受影响，后台接着送",
    )
    shown = desk(a_day(deliveries=stuck))
    states = {one.name: (one.state, one.detail) for one in shown.page.delivered.standings()}
    assert states["等待转办"] == ("warning", "3 份，已等 42 分")
    assert states["送不出去"] == ("broken", "1 份，要人看")

    hands.click(shown.page.again_button)

    qtbot.waitUntil(lambda: shown.delivered == [True])
    assert shown.world.retried == 1
    qtbot.waitUntil(lambda: shown.shell.status.said.text() == "送出和收到 2 份")


def test_a_fresh_delivery_is_not_a_trouble(desk):
    fresh = Deliveries(
        delivered=12,
        waiting=1,
        stuck=0,
        oldest_waiting_at=NOW - timedelta(minutes=5),
        last_trouble="",
    )
    shown = desk(a_day(deliveries=fresh))

    assert shown.page.again_button.isHidden()


def test_connections_are_asked_on_entry_and_again(desk, qtbot):
    asked = []

    def connections():
        asked.append(True)
        return READY

    shown = desk(connections=connections, refresh_ms=30)

    qtbot.waitUntil(lambda: len(asked) > 2)
    assert [(one.name, one.detail) for one in shown.page.connected.standings()] == [
        ("省证照库", "0.6 秒"),
        ("部门系统", "连不上"),
    ]


def test_trouble_is_told_where_it_happened_and_the_rest_stays(desk, qtbot):
    def silent():
        raise RemoteUnavailable("部门系统没有回，件都在本机", kind="silent", sent="no")

    shown = desk(a_day(first=(line(0),)), connections=silent)

    qtbot.waitUntil(lambda: "件都在本机" in shown.page.trouble.text())
    assert shown.page.model.rowCount() == 1


def test_a_store_that_does_not_answer_is_told_and_f5_tries_again(desk, hands, qtbot):
    world = World(rows=0, trouble=StoreTrouble("读不到库，已存的都在。再试一次"))
    shown = desk(world=world)
    qtbot.waitUntil(lambda: "已存的都在" in shown.page.trouble.text())

    world.trouble = None
    hands.press(Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: shown.page.trouble.text() == "")


def test_a_chief_representative_sees_what_waits_for_him(desk):
    chief = session(Role.CHIEF_REPRESENTATIVE, account_id="zheng", name="郑范例")
    shown = desk(a_day(to_decide=9), World(rows=0, who=chief))

    assert shown.page.tiles[CaseView.TO_DECIDE].number() == "9"
    assert CaseView.DRAFTS not in shown.page.tiles


def test_what_waits_for_a_chief_representative_is_his_to_decide(desk):
    """Not 看进度: it is his turn; what he sent back is with the window."""
    chief = session(Role.CHIEF_REPRESENTATIVE, account_id="zheng", name="郑范例")
    others = line(2, item_code="990123-GLJT")
    shown = desk(a_day(first=(line(0), line(1, returned=True), others)), World(rows=0, who=chief))

    model = shown.page.model
    acts = {model.line(row).case_id: model.index(row, 2).data() for row in range(3)}
    assert acts == {
        line(0).case_id: "审批",
        line(1).case_id: "看进度",
        others.case_id: "看进度",
    }


def test_what_was_sent_in_the_background_is_shown_at_once(desk, qtbot):
    """The page does not wait for its own half minute."""
    waiting = Deliveries(
        delivered=4,
        waiting=1,
        stuck=0,
        oldest_waiting_at=NOW - timedelta(minutes=2),
        last_trouble="",
    )
    shown = desk(a_day(deliveries=waiting))
    assert [one.name for one in shown.page.delivered.standings()] == ["已签收", "等待转办"]

    shown.world.today_is = a_day(deliveries=replace(waiting, delivered=5, waiting=0))
    shown.page.look_again()

    qtbot.waitUntil(lambda: len(shown.page.delivered.standings()) == 1)
    assert shown.page.delivered.standings()[0].detail == "5 份"


def test_a_term_about_to_end_is_told_until_somebody_has_seen_it(desk, hands, qtbot):
    ringing = AlarmLine(
        case_id=UUID(int=1),
        label="20260316-0000",
        item_name="食品经营许可新办",
        applicant_name="示例县青石餐馆",
        with_whom="郑范例",
        alarm=Alarm(term=Term.PROMISED, due_on=TODAY, step=0),
        raised_at=NOW,
    )
    world = World(rows=0, alarms=[ringing])
    card = desk(world=world).page.alarms

    shown = [(one.name, one.detail) for one in card.standings()]
    hands.click(card.seen_button)

    assert shown == [("示例县青石餐馆", "承诺时限，今天到期")]
    qtbot.waitUntil(lambda: world.seen_alarms == [UUID(int=1)])


def test_what_is_to_be_done_stands_beside_and_its_list_is_one_press_away(desk, hands):
    to_check = TaskLine(
        case_id=UUID(int=1),
        label="99012320260318001",
        item_name="食品经营许可新办",
        applicant_name="张示例",
        clerk="周模拟",
        kind=TaskKind.AFTER_CHECK,
        subject="LEASE",
        due_on=TODAY,
    )
    shown = desk(world=World(rows=0, tasks=[to_check]))
    card = shown.page.tasks

    stands = [(one.name, one.detail) for one in card.standings()]
    hands.click(card.all_button)

    assert stands == [("承诺事后核查", "今天，张示例")]
    assert shown.views == [CaseView.TASKS]
