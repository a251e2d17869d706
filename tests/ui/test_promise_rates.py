"""承诺核查情况 over the page: one line an item, and a word where there is nothing yet."""

import pytest
from PyQt6.QtWidgets import QWidget

from clerk.domain.promise_rate import PromiseRate
from clerk.jobs import Jobs
from clerk.ui.promise_rates import PromiseRatesDialog, PromiseRateWork
from clerk.ui.widgets import Dialog, open_dialog

FOOD = PromiseRate(
    item_code="food_business_permit",
    item_name="食品经营许可新办",
    promised=7,
    found_true=3,
    found_false=1,
    unclear=1,
)
NOT_LOOKED_AT = PromiseRate(
    item_code="sole_trader_registration",
    item_name="个体工商户设立登记",
    promised=2,
    found_true=0,
    found_false=0,
    unclear=0,
)


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1000, 700)
    on_screen(made)
    yield made
    made.close()


def lines(dialog):
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_each_item_shows_how_many_promises_were_false_of_those_found_out(host):
    dialog = PromiseRatesDialog([FOOD, NOT_LOOKED_AT])
    open_dialog(host, dialog)

    assert lines(dialog) == [
        ["食品经营许可新办", "7", "3", "1", "1", "2", "25.0%"],
        ["个体工商户设立登记", "2", "0", "0", "0", "2", "还没查清的"],
    ]
    assert dialog.table.hasFocus()


def test_without_any_promise_it_says_so(host):
    dialog = PromiseRatesDialog([])
    open_dialog(host, dialog)

    assert dialog.shown is dialog.empty
    assert "还没有人作过告知承诺" in dialog.empty.title.text()


def test_the_promises_are_counted_when_it_is_opened(qtbot, host, jobs: Jobs):
    shown: list[Dialog] = []
    work = PromiseRateWork(
        host, lambda: [FOOD], jobs, lambda _words: None, show=lambda _, made: shown.append(made)
    )

    work.open()

    qtbot.waitUntil(lambda: bool(shown))
    (dialog,) = shown
    assert isinstance(dialog, PromiseRatesDialog)
    assert lines(dialog)[0][-1] == "25.0%"
