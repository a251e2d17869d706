"""分步用时 over the page: which step an item's time goes to, and no word of any person."""

from typing import cast

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.domain.errors import StoreTrouble
from clerk.domain.identity import Act, Role
from clerk.domain.step_times import MeasuredIntake, Step, summed_up
from clerk.ui.step_times import StepTimesDialog, StepTimesWork, spent
from clerk.ui.widgets import Label, open_dialog
from tests.domain.at_the_window import session


def measured(item, name, count, **seconds):
    one = MeasuredIntake(
        item_code=item,
        item_name=name,
        seconds={step: seconds.get(step.value, 0) for step in Step},
    )
    return [one] * count


FOOD = measured("food_business_permit", "食品经营许可新办", 6, form=95, materials=205)
CLINIC = measured("clinic_filing", "诊所备案", 2, form=30)
FOUND = summed_up([*FOOD, *CLINIC])


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1000, 700)
    on_screen(made)
    yield made
    made.close()


def lines(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def opened(host, jobs, found, count=lambda _months: ()):
    dialog = StepTimesDialog(count, found, jobs)
    open_dialog(host, dialog)
    return dialog


def test_an_item_names_its_longest_step_and_each_step_its_seconds(host, jobs):
    dialog = opened(host, jobs, FOUND)

    assert lines(dialog.items)[0] == [
        "食品经营许可新办",
        "6",
        "5 分 00 秒以内",
        "5 分 00 秒以内",
        "材料",
    ]
    assert lines(dialog.steps) == [
        ["填表", "6", "1 分 35 秒以内", "1 分 35 秒以内", "32%"],
        ["材料", "6", "3 分 25 秒以内", "3 分 25 秒以内", "68%"],
    ]


def test_an_item_with_few_cases_is_counted_and_not_told_of(host, jobs, hands):
    dialog = opened(host, jobs, FOUND)
    assert QApplication.focusWidget() is dialog.item_table

    hands.press(Qt.Key.Key_Down)

    assert lines(dialog.items)[1][:3] == ["诊所备案", "2", "不足 5 件，先不列"]
    assert lines(dialog.steps) == []
    assert dialog.step_head.text() == "诊所备案：不足 5 件，先不列"


def test_it_says_that_nobody_is_ranked_and_which_time_is_left_out(host, jobs):
    dialog = opened(host, jobs, FOUND)

    (said,) = [one.text() for one in dialog.findChildren(Label) if "名次" in one.text()]
    assert "不记是谁办的" in said
    assert "停手超过 2 分钟、锁屏" in said


def test_a_month_without_any_says_so_and_a_digit_takes_a_longer_period(host, jobs, hands, qtbot):
    asked = []

    def count(months):
        asked.append(months)
        return FOUND

    dialog = opened(host, jobs, (), count)
    assert dialog.empty.isVisible()
    assert dialog.empty.title.text() == "这段时间还没有记下用时"
    assert QApplication.focusWidget() is dialog.period

    hands.press(Qt.Key.Key_3)

    qtbot.waitUntil(dialog.tables.isVisible)
    assert asked == [12]
    assert not dialog.empty.isVisible()


def test_a_store_that_cannot_be_read_is_said_in_the_dialog(host, jobs, hands, qtbot):
    def count(_months):
        raise StoreTrouble("库正忙，没有读到用时。过一会再看")

    dialog = opened(host, jobs, FOUND, count)
    dialog.period.setFocus()
    hands.press(Qt.Key.Key_2)

    qtbot.waitUntil(dialog.notice.isVisible)
    assert "库正忙" in dialog.notice.text()
    assert lines(dialog.items)


def test_it_is_counted_when_it_is_opened(host, jobs, qtbot):
    shown: list[StepTimesDialog] = []
    work = StepTimesWork(
        host,
        lambda months: FOUND if months == 1 else (),
        jobs,
        lambda _words: None,
        show=lambda _host, dialog: shown.append(cast("StepTimesDialog", dialog)),
    )

    work.open()

    qtbot.waitUntil(lambda: bool(shown))
    assert len(lines(shown[0].items)) == 2


def test_who_may_not_see_it_reads_why(host, jobs, qtbot):
    said: list[str] = []
    me = session(Role.WINDOW_CLERK)

    def count(_months):
        me.require(Act.SEE_STEP_TIMES)
        return FOUND

    work = StepTimesWork(host, count, jobs, said.append)
    work.open()

    qtbot.waitUntil(lambda: bool(said))
    assert "没有这项权限，未做任何改动" in said[0]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 秒"), (59.6, "1 分 00 秒"), (42, "42 秒"), (185, "3 分 05 秒")]
)
def test_a_length_of_time_is_said_in_minutes_and_seconds(seconds, words):
    assert spent(seconds) == words
