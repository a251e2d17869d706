import threading

import pytest
from PyQt6.QtCore import QRect, Qt

from clerk.domain.case_list import MARK_ROWS, ListExtent
from clerk.domain.errors import StoreTrouble
from clerk.ui.chips import LinesSpec, days_left
from clerk.ui.paging import PAGE, Column, PageAsked, PagedTableModel
from clerk.ui.tables import CELL_ROLE, Table

COLUMNS: tuple[Column[int], ...] = (
    Column(title="剩余", text=lambda n: f"剩 {n} 天", cell=lambda n: days_left(n % 9)),
    Column(title="办件号", text=lambda n: f"0318-{n:06}"),
    Column(title="事项", text=str, cell=lambda n: LinesSpec("食品经营许可新办", str(n))),
)


def _model(jobs, rows, asked=None, **more):
    def fetch(page):
        if asked is not None:
            asked.append(page)
        return range(page.first, min(rows, page.first + page.limit))

    marks = tuple(b"%d" % row for row in range(0, rows, MARK_ROWS))
    return PagedTableModel(
        jobs,
        measure=lambda: ListExtent(rows=rows, marks=marks),
        fetch=fetch,
        columns=COLUMNS,
        **more,
    )


def _loaded(qtbot, model):
    with qtbot.waitSignal(model.measured):
        model.reload()
    return model


def test_a_table_keeps_the_rules_of_qt(qtbot, qtmodeltester, jobs):
    model = _loaded(qtbot, _model(jobs, 450))

    qtmodeltester.check(model)


def test_a_hundred_thousand_cases_open_with_one_page(qtbot, jobs):
    asked: list[PageAsked[int]] = []
    model = _loaded(qtbot, _model(jobs, 100_000, asked))

    assert model.rowCount() == 100_000
    assert [page.first for page in asked] == [0]
    assert model.index(3, 1).data() == "0318-000003"


def test_any_row_can_be_jumped_to_and_few_pages_stay_in_memory(qtbot, jobs):
    asked: list[PageAsked[int]] = []
    model = _loaded(qtbot, _model(jobs, 100_000, asked, kept=3))
    table = Table(model, widths=[120, 120, None])
    qtbot.addWidget(table)
    table.show()

    for row in (87_654, 12_345, 99_999, 50_000):
        table.go_to(row)
        qtbot.waitUntil(lambda row=row: model.row(row) == row)

    assert model.pages_in_memory() <= 3
    assert all(page.limit == PAGE for page in asked)


def test_the_page_after_a_known_one_is_asked_for_by_its_last_row(qtbot, jobs):
    asked: list[PageAsked[int]] = []
    model = _loaded(qtbot, _model(jobs, 1_000, asked))

    model.row(PAGE)
    qtbot.waitUntil(lambda: model.row(PAGE) == PAGE)
    model.row(900)
    qtbot.waitUntil(lambda: model.row(900) == 900)

    assert [(page.first, page.after) for page in asked] == [(0, None), (32, 31), (896, None)]


def test_a_jump_counts_from_the_mark_before_it(qtbot, jobs):
    """However long the list, the store steps over fewer lines than lie between two marks."""
    asked: list[PageAsked[int]] = []
    model = _loaded(qtbot, _model(jobs, 100_000, asked))

    model.row(87_654)
    qtbot.waitUntil(lambda: model.row(87_654) == 87_654)

    assert (asked[-1].first, asked[-1].mark, asked[-1].behind) == (87_648, b"87040", 608)


def test_rows_are_shown_before_they_are_counted(qtbot, jobs):
    counted = threading.Event()

    def measure():
        counted.wait(10)
        return ListExtent(rows=5_000)

    model = PagedTableModel(
        jobs, measure=measure, fetch=lambda page: range(page.limit), columns=COLUMNS
    )
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert (model.row(3), model.rowCount(), model.extent()) == (3, PAGE, None)

    counted.set()

    qtbot.waitUntil(lambda: model.rowCount() == 5_000)


def test_a_list_that_has_become_shorter_loses_its_last_rows(qtbot, qtmodeltester, jobs):
    rows = [500]

    def fetch(page):
        return range(page.first, min(rows[0], page.first + page.limit))

    model = PagedTableModel(
        jobs, measure=lambda: ListExtent(rows=rows[0]), fetch=fetch, columns=COLUMNS
    )
    _loaded(qtbot, model)
    model.row(499)
    qtbot.waitUntil(lambda: model.row(499) == 499)

    rows[0] = 130
    _loaded(qtbot, model)

    assert (model.rowCount(), model.row(499)) == (130, None)
    qtmodeltester.check(model)


def test_scrolling_asks_for_the_next_page_before_it_is_reached(qtbot, jobs):
    asked: list[PageAsked[int]] = []
    model = _loaded(qtbot, _model(jobs, 1_000, asked))

    model.cells(PAGE - 5)

    qtbot.waitUntil(lambda: [page.first for page in asked] == [0, PAGE])


def test_rows_looked_for_before_the_new_answer_do_not_continue_the_former_one(qtbot, jobs):
    model = _loaded(qtbot, _model(jobs, 1_000))

    def other(page):
        first = page.first + 5_000 if page.after is None else page.after + 1
        return range(first, first + page.limit)

    with qtbot.waitSignal(model.measured):
        model.ask(measure=lambda: ListExtent(rows=1_000), fetch=other, rows=1_000)
        assert model.row(PAGE) is None

    qtbot.waitUntil(lambda: model.row(PAGE) is not None)
    assert model.row(PAGE) == 5_000 + PAGE


def test_an_answer_to_the_former_question_is_dropped(qtbot, jobs):
    released = threading.Event()
    model = _loaded(qtbot, _model(jobs, 10))

    def late(_):
        released.wait(10)
        return range(100, 110)

    model.ask(measure=lambda: ListExtent(rows=10), fetch=late)
    model.ask(measure=lambda: ListExtent(rows=3), fetch=lambda _: (7, 8, 9))
    released.set()

    qtbot.waitUntil(lambda: model.rowCount() == 3 and model.row(0) == 7)


def test_as_many_other_rows_take_the_place_of_those_before_without_a_reset(qtbot, jobs):
    """A key of a search: the headers stay, and who looks at a row is told of the other one there."""
    model = _loaded(qtbot, _model(jobs, 5))
    table = Table(model, widths=[120, 120, None])
    qtbot.addWidget(table)
    model.replaced.connect(table.leave_rows)
    table.go_to(2)
    resets: list[bool] = []
    moved: list[int] = []
    model.modelReset.connect(lambda: resets.append(True))
    table.moved.connect(moved.append)
    changed = qtbot.waitSignal(model.dataChanged)

    with changed, qtbot.waitSignal(model.loaded):
        model.ask(measure=lambda: ListExtent(rows=5), fetch=lambda _: range(70, 75))
    first, last = changed.args[:2]
    assert (first.row(), last.row(), table.current_row(), resets) == (0, 4, -1, [])
    table.go_to(2)

    assert (table.current_row(), moved, model.row(2)) == (2, [2], 72)


def test_a_store_that_cannot_be_read_is_told_and_can_be_asked_again(qtbot, jobs):
    def broken(_):
        raise StoreTrouble("读不到库，已存的都在。再试一次")

    model = PagedTableModel(jobs, measure=lambda: ListExtent(rows=5), fetch=broken, columns=COLUMNS)
    with qtbot.waitSignal(model.failed) as told:
        model.reload()

    assert "再试" in str(told.args[0])


def test_every_painted_cell_can_be_heard(qtbot, jobs):
    model = _loaded(qtbot, _model(jobs, 3))

    for row in range(3):
        for column in range(3):
            index = model.index(row, column)
            assert index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(0, 0).data(CELL_ROLE).text == "今天到期"


@pytest.fixture
def table(on_screen, qtbot, jobs):
    model = _loaded(qtbot, _model(jobs, 30))
    shown = Table(model, widths=[120, 120, None], row_keys=[Qt.Key.Key_Space])
    shown.resize(700, 400)
    on_screen(shown)
    shown.setFocus()
    shown.go_to(0)
    return shown


def test_arrows_move_enter_opens_and_digits_act_on_the_row(hands, table):
    opened: list[object] = []
    digits: list[object] = []
    keys: list[object] = []
    table.opened.connect(opened.append)
    table.digit.connect(digits.append)
    table.row_key.connect(keys.append)

    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_4)
    hands.press(Qt.Key.Key_Space)

    assert (opened, digits, keys) == ([1], [4], [Qt.Key.Key_Space])
    assert table.current_row() == 1


def test_rows_have_one_height_and_no_widgets(table):
    assert {table.rowHeight(row) for row in range(30)} == {36}
    assert table.indexWidget(table.model().index(0, 0)) is None
    assert not table.grab(QRect(0, 0, 200, 100)).isNull()
