from datetime import UTC, datetime

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QVBoxLayout

from clerk.ui.acts import Act, key_text
from clerk.ui.command_palette import CommandPalette, KeySheet
from clerk.ui.main_window import MainWindow
from clerk.ui.no_places import NoPlacesPage
from clerk.ui.page import ActionBar, Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from clerk.ui.status_bar import DotSpec
from clerk.ui.widgets import Button, Field

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Clock:
    """Milliseconds that pass when the test says so."""

    ms = 0

    def __call__(self):
        return self.ms


class Counted(Page):
    """A page that counts what was done on it."""

    def __init__(self, title):
        super().__init__(title)
        self.done, self.allowed = [], True
        self.field, self.other = Field("经营面积"), Button("甲")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)

    def action_bar(self):
        bar = ActionBar()
        self.decide = Button("受理并转审批", key="F9", kind="primary")
        bar.add(self.decide)
        return bar

    def acts(self):
        return (
            Act(
                name=f"{self.title}的决定",
                key="F9",
                also=("Ctrl+Return",),
                trigger=lambda: self.done.append("F9"),
                enabled=lambda: self.allowed,
                why_not=lambda: "还差经营面积",
            ),
            Act(name="扫描", key="1", local=True, trigger=lambda: self.done.append("1")),
        )

    def regions(self):
        return (self.field, self.other)

    def first_focus(self):
        return self.field.editor


class Slow(Counted):
    """A page that is made in three parts."""

    def __init__(self, title):
        super().__init__(title)
        self.made = 0
        self.make(self._parts_of_it(), in_pieces=True)

    def _parts_of_it(self):
        for number in range(3):
            self.made = number + 1
            yield


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def window(on_screen, jobs, clock):
    shown = MainWindow(SignInPage(jobs, hall="示例大厅"))
    shown.acts._elapsed_ms = clock
    shown.resize(1366, 696)
    on_screen(shown)
    shell = Shell(shown.acts, jobs, now=lambda: NOW)
    shell.add_place(Place.TODAY, Counted("今日"))
    shell.add_place(Place.INTAKE, Counted("受理"))
    shown.show_shell(shell)
    shell.go(Place.INTAKE)
    return shown


def test_the_digits_of_places_that_are_not_built_stay_free(hands, window):
    hands.press(Qt.Key.Key_1, ALT)
    assert window.shell.place() is Place.TODAY
    hands.press(Qt.Key.Key_4, ALT)
    assert window.shell.place() is Place.TODAY
    hands.press(Qt.Key.Key_2, ALT)

    assert window.shell.place() is Place.INTAKE
    assert not window.shell.rail.item(Place.APPROVAL).isVisible()


def test_a_page_that_is_made_for_a_key_comes_in_pieces_and_takes_the_keys_after_it(
    hands, qtbot, window
):
    window.shell.add_place_later(Place.CASES, lambda: Slow("办件"))
    hands.press(Qt.Key.Key_3, ALT)
    assert window.shell.place() is Place.INTAKE

    hands.press(Qt.Key.Key_4)
    hands.press(Qt.Key.Key_6)

    assert window.shell.place() is Place.CASES
    assert window.shell.page().field.value() == "46"


def test_a_page_that_is_made_for_a_key_comes_by_itself(hands, qtbot, window):
    window.shell.add_place_later(Place.CASES, lambda: Slow("办件"))

    hands.press(Qt.Key.Key_3, ALT)

    qtbot.waitUntil(lambda: window.shell.place() is Place.CASES)
    assert window.shell.page().made == 3
    hands.press(Qt.Key.Key_F9)
    assert window.shell.page().done == ["F9"]


def test_a_page_whose_making_was_broken_off_is_made_whole_by_whoever_asks_next(window):
    page = Slow("文书")
    begun = window.shell.taking_in(page)
    next(begun)
    begun.close()

    for _ in window.shell.taking_in(page):
        pass

    assert page.made == 3
    window.shell.show_page(page)
    assert window.shell.page() is page


def test_a_key_after_the_one_that_makes_a_page_is_read_there(hands, window):
    window.shell.add_place_later(Place.CASES, lambda: Slow("办件"))
    left = window.shell.page()

    hands.press(Qt.Key.Key_3, ALT)
    hands.press(Qt.Key.Key_F9)

    assert left.done == []
    assert window.shell.page().done == ["F9"]


def test_a_key_that_comes_before_the_first_page_leads_there_at_once(on_screen, hands, jobs):
    shown = MainWindow(SignInPage(jobs, hall="示例大厅"))
    on_screen(shown)
    shell = Shell(shown.acts, jobs, now=lambda: NOW)
    shell.add_place_later(Place.CASES, lambda: Slow("办件"))
    shown.show_shell(shell)
    shell.setFocus()

    hands.press(Qt.Key.Key_3, ALT)

    assert shell.place() is Place.CASES


def test_a_key_reaches_only_the_page_on_screen(hands, window):
    hands.press(Qt.Key.Key_F9)

    assert window.shell.page().done == ["F9"]
    hands.press(Qt.Key.Key_1, ALT)
    assert window.shell.page().done == []


def test_two_presses_of_the_decision_within_250_ms_count_once(hands, window, clock):
    hands.press(Qt.Key.Key_F9)
    clock.ms = 249
    hands.press(Qt.Key.Key_F9)
    assert window.shell.page().done == ["F9"]

    clock.ms = 600
    hands.press(Qt.Key.Key_Return, CTRL)
    assert window.shell.page().done == ["F9", "F9"]


def test_an_act_that_is_not_possible_says_why(hands, window):
    page = window.shell.page()
    page.allowed = False

    hands.press(Qt.Key.Key_F9)

    assert page.done == []
    assert window.shell.status.said.text() == "还差经营面积"


def test_a_passing_word_goes_when_the_clerk_goes_on(hands, window):
    window.shell.say("高拍仪下面是设备布局图")

    hands.press(Qt.Key.Key_F9)

    assert window.shell.status.said.text() == ""


def test_f6_goes_round_the_regions_and_the_action_bar(hands, window):
    page = window.shell.page()
    seen = []

    for _ in range(3):
        hands.press(Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [page.other, page.decide, page.field.editor]

    hands.press(Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is page.decide


def test_the_palette_finds_an_act_by_its_name_and_does_it(hands, window):
    hands.press(Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    palette.editor.setText("决定")
    assert [hit.key for hit in palette.list.hits()] == ["F9"]

    hands.press(Qt.Key.Key_Return)

    assert window.shell.page().done == ["F9"]
    assert QApplication.focusWidget() is window.shell.page().field.editor


def test_while_a_dialog_is_open_no_key_reaches_the_page_behind(hands, window):
    hands.press(Qt.Key.Key_F1)
    assert window.findChild(KeySheet) is not None

    hands.press(Qt.Key.Key_F9)
    assert window.shell.page().done == []
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_F9)

    assert window.shell.page().done == ["F9"]


def test_f9_again_lets_a_waiting_act_take_effect_at_once(hands, window, clock):
    done = []
    window.shell.offer_undo("受理", commit=lambda: done.append("生效"), undo=lambda: None)

    clock.ms = 400
    hands.press(Qt.Key.Key_F9)

    assert done == ["生效"]
    assert window.shell.page().done == []
    assert QApplication.focusWidget() is window.shell.page().field.editor


def test_ctrl_z_takes_a_waiting_act_back(hands, window):
    done = []
    window.shell.offer_undo(
        "受理", commit=lambda: done.append("生效"), undo=lambda: done.append("撤回")
    )

    hands.press(Qt.Key.Key_Z, CTRL)

    assert done == ["撤回"]


def test_every_act_with_a_key_stands_on_the_key_sheet(window):
    listed = {act.title: act.key for _, act in window.acts.listed()}

    assert listed["受理的决定"] == "F9"
    assert listed["扫描"] == "1"
    assert listed["到今日"] == "Alt+1"
    assert key_text("Ctrl+Down") == "Ctrl ↓"


def test_the_status_bar_shows_devices_and_the_halls_own_time(window):
    window.shell.show_dots(
        [DotSpec(name="读卡器"), DotSpec(name="打印机", state="warning", detail="纸少")]
    )

    assert window.shell.status.clock.text() == "3月18日 周三 09:00"


def test_ctrl_l_asks_for_the_lock(hands, qtbot, window):
    with qtbot.waitSignal(window.shell.lock_wanted):
        hands.press(Qt.Key.Key_L, CTRL)


def test_an_account_without_cases_is_offered_what_it_may_do(on_screen, hands):
    done: list[str] = []
    acts = [Act(name="用证对账", trigger=lambda: done.append("compared"))]
    page = on_screen(NoPlacesPage(lambda: done.append("left"), acts))
    page.first_focus().setFocus()

    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)

    assert done == ["compared", "left"]
