"""办件: what waits to be done, who is urged, since when it lies there, and views of one's own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_list import CaseView
from clerk.domain.deadlines import Term
from clerk.domain.parcel import ResultWay
from clerk.domain.tasks import TaskKind
from clerk.ui.cases import CasesPage
from clerk.ui.cases_chips import (
    holder_cell,
    is_urged,
    number_cell,
    standing_chip,
    task_chip,
    task_clock,
)
from clerk.ui.cases_saved import SavedView, dump, load
from clerk.ui.chips import LinesSpec
from clerk.ui.rail import Place
from clerk.wording_cases import held
from clerk.wording_events import event_title
from tests.ui.case_values import NOW, TODAY, calendar, case_of, event, food, line
from tests.ui.case_world import World, in_window

CTRL = Qt.KeyboardModifier.ControlModifier
KINDS = frozenset({TaskKind.ANSWER_URGING, TaskKind.PAY_FEE})
URGED = line(
    0,
    tasks=(("answer_urging", date(2026, 3, 20)), ("pay_fee/copy", date(2026, 3, 25))),
    term=Term.PROMISED,
    held_at=NOW - timedelta(days=1),
)


def test_an_urged_line_names_the_clock_and_whose_hands_it_is_in():
    """督办 names a person and a clock; it never changes where the case stands."""
    assert is_urged(URGED)
    assert standing_chip(URGED).text == "督办，承诺时限"
    assert held(URGED, TODAY) == "郑范例（首席代表），3 月 17 日 09:00 起"
    assert holder_cell(URGED, TODAY, calendar()).sub == "1 天"
    assert standing_chip(line(1)).text == "审批中"


def test_a_line_says_which_task_waits_and_by_when():
    assert task_chip(URGED, KINDS).text == "回复督办、缴费"
    assert task_clock(URGED, KINDS, TODAY, calendar()).text == "3月20日前"
    fee = frozenset({TaskKind.PAY_FEE})
    assert task_chip(URGED, fee).text == "缴费"
    late = line(0, tasks=(("pay_fee", date(2026, 3, 16)),))
    assert task_clock(late, fee, TODAY, calendar()).text == "3月16日已过"
    today = line(0, tasks=(("pay_fee", TODAY),))
    assert task_clock(today, fee, TODAY, calendar()).text == "今天要办"


def test_the_list_leaves_out_what_all_numbers_of_the_year_begin_with():
    waiting = line(0, label="LS03-20260318-001", provisional=True)

    assert number_cell(line(18), TODAY) == LinesSpec("0316-0018", beside=True)
    assert number_cell(waiting, TODAY) == LinesSpec("临 0318-001", beside=True)
    last_year = line(0, label="20251230-0007")
    assert number_cell(last_year, TODAY) == LinesSpec("20251230-0007", beside=True)


def test_views_are_kept_as_they_were():
    views = (
        SavedView(name="我的餐饮", view=CaseView.RETURNED, text="青石", mine=True),
        SavedView(name="全部", view=CaseView.ALL, item_code="x", item_name="小餐饮登记"),
    )

    assert load(dump(views)) == views
    assert load("") == ()


@pytest.fixture
def settings():
    return {}


@pytest.fixture
def page(jobs, on_screen, qtbot, settings):
    def _page(world, open_window=True):
        _, _, page = in_window(
            jobs,
            on_screen,
            Place.CASES,
            lambda shell: CasesPage(
                world.actions(),
                jobs,
                lambda _: None,
                lambda _: None,
                say=shell.say,
                load_setting=lambda key: settings.get(key, ""),
                save_setting=settings.__setitem__,
            ),
        )
        qtbot.waitUntil(lambda: page.list.current() is not None)
        return page

    return _page


def names(page):
    return [pill.text() for pill in page.list.saved.pills if pill.isVisible()]


def test_a_view_is_kept_under_a_name_found_after_a_restart_and_deleted(
    page, hands, qtbot, settings
):
    """View, search and filters together; by keys only."""
    world = World(rows=30)
    shown = page(world)
    hands.press(Qt.Key.Key_F3)
    hands.type("0003")
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    hands.press(Qt.Key.Key_S, CTRL)
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: names(shown) == ["0003"])
    assert shown.list.saved.pills[0].isChecked()

    again = page(world)
    qtbot.waitUntil(lambda: names(again) == ["0003"])
    assert again.list.model.rowCount() == 30
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("0003")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.list.model.rowCount() == 1)
    assert again.list.search.editor.text() == "0003"

    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("0003")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(again) == [])
    assert load(settings["case_views"]) == ()


def test_views_without_room_are_counted_and_the_chosen_one_stays(page, hands, qtbot, settings):
    wanted = [SavedView(name=f"很长的视图名字第{n}", view=CaseView.ALL) for n in range(6)]
    wanted[5] = SavedView(name="最后一个", view=CaseView.DRAFTS)
    settings["case_views"] = dump(wanted)
    shown = page(World(rows=3, special={0: line(0, state=CaseState.DRAFT)}))
    qtbot.waitUntil(lambda: len(shown.list.saved.pills) == 6)

    shown.list.show_saved(wanted[5])

    assert "最后一个" in names(shown)
    assert shown.list.saved.more.text() == f"+{6 - len(names(shown))}"


def test_the_view_of_tasks_says_what_and_by_when(page, hands, qtbot):
    shown = page(World(rows=2, special={0: URGED}))
    place = shown._views.index(CaseView.TASKS)
    hands.press(Qt.Key(Qt.Key.Key_1 + place))
    qtbot.waitUntil(lambda: shown.list.is_loaded() and shown._query.view is CaseView.TASKS)

    cells = shown.list.model.cells(0)
    assert cells is not None
    assert [cells[0].spec.text, cells[4].spec.text] == ["3月20日前", "回复督办、缴费"]
    assert "回复督办，3 月 20 日" in shown.drawer.facts["待做"].text()


DETAILS = {
    CaseEventKind.BUNDLE_LINE: {"outcome": "taken"},
    CaseEventKind.BRINGING_OFFERED: {"answer": "accepted"},
    CaseEventKind.ORIGINALS_MOVED: {"place": "returned"},
    CaseEventKind.TRANSFER_RECEIVED: {"count": "2"},
    CaseEventKind.NUMBER_VOIDED: {"void": "1 号", "number": "2 号", "reason": "纸坏了"},
    CaseEventKind.PARCEL_MOVED: {"state": "booked"},
    CaseEventKind.FEE_CHANGED: {"state": "paid"},
    CaseEventKind.REMINDED: {"way": "phone", "to": "张示例"},
    CaseEventKind.WAY_CHANGED: {"way": "window"},
    CaseEventKind.CERTIFICATE_FILED: {"change": "submitted"},
    CaseEventKind.CERTIFICATE_QUESTIONED: {"state": "received", "type": "营业执照"},
}
ABOUT = {
    CaseEventKind.TASK_SET: TaskKind.PAY_FEE.value,
    CaseEventKind.TASK_DONE: TaskKind.PAY_FEE.value,
    CaseEventKind.BRINGING_OFFERED: ResultWay.COURIER.value,
}


@pytest.mark.parametrize("kind", CaseEventKind)
def test_every_kind_of_event_has_a_title(kind):
    """The course of a case leaves nothing out, whatever happened to it."""
    standard = food()
    about = ABOUT.get(kind, standard.requirements[0].code)
    told = replace(event(kind, 1, **DETAILS.get(kind, {})), subject=about)

    assert event_title(told, case_of(line(0)), standard).strip("：")
