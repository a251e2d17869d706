"""What a key of the search in 办件 makes the window do."""

import pytest
from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QApplication

from clerk.domain.case import CaseState
from tests.ui.case_values import line
from tests.ui.case_world import World, desk

__all__ = ["desk"]


class Paints(QObject):
    """Counts how often the rows of a table are painted."""

    def __init__(self, table):
        super().__init__(table)
        self.times = 0
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802
        self.times += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def searching(desk, hands, qtbot):
    """Stand in the search of a list that rests, and whose typing never does."""

    def _searching(world, **more):
        shown = desk(world, **more)
        qtbot.waitUntil(shown.list.is_measured)
        shown.list._typing.setInterval(60_000)
        return shown

    return _searching


def _settle():
    for _ in range(3):  # a paint may be followed by what a layout has put off
        QApplication.processEvents()


def _key(shown, hands, qtbot, key):
    """Type one key; return how often the rows were painted until all is quiet."""
    _settle()
    paints = Paints(shown.list.table)
    hands.type(key)
    qtbot.waitUntil(lambda: shown.list.is_loaded() and paints.times > 0)
    _settle()
    return paints.times


def test_each_key_of_a_search_paints_the_list_once(searching, hands, qtbot):
    shown = searching(World(rows=300))
    hands.press(Qt.Key.Key_F3)

    assert [_key(shown, hands, qtbot, key) for key in "0316-0012"] == [1] * 9
    assert shown.list.current() == line(12)


def test_the_first_key_of_a_search_paints_the_list_once_though_changes_were_told(
    searching, hands, qtbot
):
    """The bar above the list goes when the answer comes: the rows are not painted for it alone."""
    world = World(rows=300)
    shown = searching(world, refresh_ms=30)
    world.special[1] = line(1, state=CaseState.GRANTED)
    qtbot.waitUntil(lambda: shown.page.stale.text() == "有 1 件变化")
    shown.page._refresh.stop()
    hands.press(Qt.Key.Key_F3)

    assert _key(shown, hands, qtbot, "0") == 1
    assert shown.page.stale.text() == ""


def test_the_columns_keep_their_places_when_a_search_makes_the_list_short_and_long(
    searching, hands, qtbot
):
    shown = searching(World(rows=300))
    table = shown.list.table

    def columns():
        return [table.columnViewportPosition(column) for column in range(7)]

    long = columns()
    hands.press(Qt.Key.Key_F3)
    hands.type("0316-0012")
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    _settle()
    assert columns() == long
    shown.list.search.editor.selectAll()

    assert _key(shown, hands, qtbot, "0") == 1
    assert columns() == long


def test_a_search_that_finds_as_many_begins_at_the_first_of_them(desk, hands, qtbot):
    """The rows are others, though there are as many: the cursor and the drawer follow."""
    shown = desk(World(rows=9))
    for _ in range(3):
        hands.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown.drawer.number.text() == line(3).label)

    hands.press(Qt.Key.Key_F3)
    hands.type("0316")
    qtbot.waitUntil(lambda: shown.list.is_measured() and shown.list.query().text == "0316")

    assert (shown.list.model.rowCount(), shown.list.table.current_row()) == (9, 0)
    qtbot.waitUntil(lambda: shown.drawer.number.text() == line(0).label)


def test_enter_before_the_answer_goes_to_the_first_row_also_after_a_search_without_any(
    desk, hands, qtbot
):
    """The table is hidden when Enter goes there; the row is marked when it comes."""
    shown = desk(World(rows=9))
    hands.press(Qt.Key.Key_F3)
    hands.type("9999")
    qtbot.waitUntil(lambda: shown.list.stack.currentWidget() is shown.list.empty)
    shown.list.search.editor.selectAll()

    hands.type("0316")
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.list.is_measured() and shown.list.query().text == "0316")

    marked = shown.list.table.selectionModel().selectedRows()
    assert [index.row() for index in marked] == [0]
    assert shown.list.table.hasFocus()
