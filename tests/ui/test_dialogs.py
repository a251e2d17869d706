"""A dialog has the keys to itself, whatever the page below does meanwhile; the lock hides it."""

from datetime import UTC, datetime

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clerk.ui.acts import Act
from clerk.ui.command_palette import CommandPalette
from clerk.ui.main_window import MainWindow
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from clerk.ui.widgets import Button, Dialog, Field, open_dialog
from clerk.ui.widgets.dialog import Scrim

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier


class OneField(Page):
    """A page with a field that is gone to first."""

    def __init__(self, title):
        super().__init__(title)
        self.field = Field("经营面积")
        QVBoxLayout(self).addWidget(self.field)

    def first_focus(self):
        return self.field.editor


class Reason(Dialog):
    """A dialog with two fields."""

    def __init__(self):
        super().__init__("退回补核")
        self.reason, self.note = Field("原因"), Field("说明")
        self.body.addWidget(self.reason)
        self.body.addWidget(self.note)

    def first_focus(self):
        return self.reason.editor


class Cover(QWidget):
    """Covers the window as the lock does, and has one thing to type into."""

    def __init__(self):
        super().__init__()
        self.password = Field("密码")
        QVBoxLayout(self).addWidget(self.password)

    def enter(self):
        self.password.focus_editor()


@pytest.fixture
def window(on_screen, jobs):
    shown = MainWindow(SignInPage(jobs, hall="示例大厅"))
    shown.resize(1366, 696)
    on_screen(shown)
    shell = Shell(shown.acts, jobs, now=lambda: NOW)
    for place, title in ((Place.TODAY, "今日"), (Place.INTAKE, "受理")):
        shell.add_place(place, OneField(title))
    shown.show_shell(shell)
    shell.go(Place.INTAKE)
    return shown


def test_a_page_that_comes_late_leaves_the_keys_to_the_open_dialog(hands, window):
    hands.press(Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)

    window.shell.go(Place.TODAY)
    hands.type("f1")

    assert palette.editor.text() == "f1"
    assert window.shell.page().field.value() == ""
    hands.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.shell.page().field.editor


def test_typing_goes_on_where_it_was_in_the_dialog(hands, window):
    dialog = Reason()
    open_dialog(window.shell, dialog)
    hands.press(Qt.Key.Key_Tab)
    hands.type("ab")

    window.shell.page().field.focus_editor()
    hands.type("c")

    assert dialog.note.value() == "abc"


def test_a_dialog_whose_first_button_rests_has_the_keys_all_the_same(hands, window):
    dialog = Reason()
    dialog.reason.editor.setEnabled(False)
    window.shell.page().field.focus_editor()
    open_dialog(window.shell, dialog)

    hands.type("a")

    assert dialog.note.value() == "a"
    assert window.shell.page().field.value() == ""
    hands.press(Qt.Key.Key_Escape)
    assert window.shell.page().field.editor.hasFocus()


def test_of_two_dialogs_the_one_in_front_keeps_the_keys(hands, window):
    first, second = Reason(), Reason()
    open_dialog(window.shell, first)
    open_dialog(window.shell, second)

    window.shell.page().field.focus_editor()

    assert QApplication.focusWidget() is second.reason.editor
    second.close_dialog()
    first.close_dialog()
    assert QApplication.focusWidget() is window.shell.page().field.editor


class Sending(Reason):
    """A dialog with a key that may not be pressed yet, and one that may."""

    def acts(self):
        return (
            Act(
                name="发出",
                key="F9",
                trigger=lambda: None,
                enabled=lambda: False,
                why_not=lambda: "先查",
            ),
            Act(name="查", key="F8", trigger=lambda: None),
        )


def test_a_key_that_a_dialog_refuses_says_why_where_it_can_be_read(hands, window):
    """The foot of the window says it too, and stands as a picture below the dialog."""
    dialog = Sending()
    open_dialog(window, dialog)

    hands.press(Qt.Key.Key_F9)

    assert dialog.refusal.isVisible()
    assert dialog.refusal.text() == "先查"
    hands.press(Qt.Key.Key_F8)
    assert dialog.refusal.text() == ""


def test_an_opener_that_has_gone_meanwhile_gets_nothing(hands, window, qtbot):
    opener = Button("再试")
    window.shell.page().layout().addWidget(opener)
    opener.setFocus()
    dialog = Reason()
    open_dialog(window.shell, dialog)

    with qtbot.waitSignal(opener.destroyed):
        opener.deleteLater()
    hands.press(Qt.Key.Key_Escape)

    assert not dialog.isVisible()


def test_the_lock_hides_an_open_dialog_and_keeps_the_keys_from_it(hands, window):
    dialog, cover = Reason(), Cover()
    open_dialog(window.shell, dialog)
    hands.type("ab")

    window.lock(cover)

    assert not dialog.isVisible()
    for _ in range(3):
        hands.press(Qt.Key.Key_Tab)
        assert not dialog.isAncestorOf(QApplication.focusWidget())
    window.unlock()
    assert dialog.isVisible()
    hands.type("c")
    assert dialog.reason.value() == "abc"


def test_an_open_dialog_lies_above_the_page_again_when_the_lock_has_gone(hands, window, qtbot):
    dialog = Reason()
    open_dialog(window.shell, dialog)
    scrim = dialog.parentWidget()
    assert isinstance(scrim, Scrim)
    qtbot.waitUntil(scrim.is_settled)

    window.lock(Cover())
    window.unlock()

    middle = dialog.mapTo(window, dialog.rect().center())
    assert dialog.isAncestorOf(window.childAt(middle))


def test_a_dialog_that_opens_behind_the_lock_waits_for_its_end(hands, window, qtbot):
    dialog, cover = Reason(), Cover()
    window.lock(cover)

    open_dialog(window.shell, dialog)
    hands.type("word")

    assert not dialog.isVisible()
    assert cover.password.value() == "word"
    window.unlock()
    assert QApplication.focusWidget() is dialog.reason.editor
    scrim = dialog.parentWidget()
    assert isinstance(scrim, Scrim)
    qtbot.waitUntil(scrim.is_settled)
    assert scrim.geometry() == window.rect()


def test_a_dialog_goes_with_the_person_who_opened_it(hands, window):
    dialog = Reason()
    open_dialog(window.shell, dialog)

    window.show_sign_in()

    assert not dialog.isVisible()
