"""办件: the shown list taken away for a purpose, and rows as tall as a clerk likes them."""

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.case_list import CaseView
from clerk.ui.cases import CasesPage
from clerk.ui.cases_export import ExportDialog
from clerk.ui.rail import Place
from clerk.ui.widgets import Dialog
from tests.ui.case_world import World, in_window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings():
    return {}


@pytest.fixture
def page(jobs, on_screen, qtbot, settings):
    def _page(world):
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
                choose_path=lambda _host, name, _ending: f"/hall/{name}",
            ),
        )
        qtbot.waitUntil(lambda: page.list.current() is not None)
        return page

    return _page


def exporting(page):
    return next((one for one in page.window().findChildren(ExportDialog) if one.isVisible()), None)


def test_the_shown_list_goes_out_for_a_purpose_by_keys(page, hands, qtbot):
    world = World(rows=30)
    shown = page(world)
    hands.press(Qt.Key.Key_F3)
    hands.type("0003")
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.compose("导出列出")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: exporting(shown) is not None)

    exporting(shown).go_on()
    assert world.exported == []
    hands.compose("周例会")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: len(world.exported) == 1)
    query, purpose, path = world.exported[0]
    assert (query.view, query.text, purpose) == (CaseView.ALL, "0003", "周例会")
    assert path == "/hall/办件2026-03-18.csv"
    qtbot.waitUntil(lambda: exporting(shown) is None)


def test_rows_are_as_tall_as_one_likes_and_stay_so(page, qtbot, settings):
    world = World(rows=30)
    shown = page(world)
    before = shown.list.table.rowHeight(0)

    shown.height_button.click()
    qtbot.waitUntil(lambda: settings.get("case_row_height") == "宽松")
    assert shown.list.table.rowHeight(0) > before

    again = page(world)
    qtbot.waitUntil(lambda: again.height_button.text() == "行高 宽松")
    assert again.list.table.rowHeight(0) == shown.list.table.rowHeight(0)
    assert not [one for one in again.window().findChildren(Dialog) if one.isVisible()]
