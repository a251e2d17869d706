"""What every test of the window needs: the look of the program, the lanes, two hands."""

from functools import partial

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.jobs import Jobs
from clerk.ui import theme
from tests.ui.approval_world import Chief
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import shown_in_window
from tests.ui.standards_hall import Hall
from tests.ui.standards_world import FOOD, SmallBureau


class Hands:
    """Real events to whatever has the focus, as a clerk's hands send them."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release one key."""
        self._qtbot.keyClick(QApplication.focusWidget(), key, modifiers)

    def type(self, text: str) -> None:
        """Type ASCII text."""
        self._qtbot.keyClicks(QApplication.focusWidget(), text)

    def compose(self, text: str) -> None:
        """Commit text as a Chinese input method does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click the left button in the middle of ``widget`` or at a point of it."""
        place = widget.rect().center() if at is None else at
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture(autouse=True)
def look(qapp):
    """Every test begins with the light theme at the standard size."""
    wanted = (theme.Scheme.LIGHT, theme.Scale.STANDARD)
    if qapp.property("look") is None or theme.active() != wanted:
        theme.apply(qapp)
        qapp.setProperty("look", True)


@pytest.fixture
def jobs(qapp):
    lanes = Jobs(qapp)
    yield lanes
    for shown in qapp.topLevelWidgets():
        shown.close()  # the window goes before its lanes, as in the program
    assert lanes.close()


@pytest.fixture
def hands(qtbot):
    return Hands(qtbot)


@pytest.fixture
def on_screen(qtbot):
    """Show a widget as the active window and return it."""

    def _on_screen(widget):
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return _on_screen


@pytest.fixture
def chief(jobs, on_screen, qtbot):
    """审批 in its window, made as a test wants it."""
    return partial(Chief, jobs, on_screen, qtbot)


@pytest.fixture
def counter():
    """A small counter in memory, for the tests of 受理."""
    return SmallCounter()


@pytest.fixture
def window(counter, jobs, on_screen, qtbot):
    """受理 in its window."""
    yield from shown_in_window(counter, jobs, on_screen, qtbot)


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def hall(jobs, on_screen, qtbot):
    """The page over a bureau, at the food permit unless it has other items."""
    shown = []

    def _hall(bureau=None, *, wait=True):
        bureau = bureau or SmallBureau(codes=(FOOD,))
        made = on_screen(Hall(bureau, jobs))
        made.page.entered()
        if wait:
            qtbot.waitUntil(
                lambda: made.page.open is not None and made.page.open.result is not None
            )
        shown.append(made)
        return made

    yield _hall
    for made in shown:
        made.hide()
    qtbot.waitUntil(lambda: not any(jobs.pending().values()))
