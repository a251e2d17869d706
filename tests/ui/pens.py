"""Hands on a pad: a mouse, a pen that is pressed, a finger, as the window system tells of them."""

from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QEventPoint, QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PyQt6.QtWidgets import QApplication

WAVE = [QPoint(40 + 12 * step, 60 + (step % 5) * 14) for step in range(20)]
PEN = QPointingDevice(
    "笔",
    1,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    1,
)
FINGER = QPointingDevice(
    "手指",
    2,
    QInputDevice.DeviceType.TouchScreen,
    QPointingDevice.PointerType.Finger,
    QInputDevice.Capability.Position,
    5,
    0,
)


def by_mouse(qtbot, pad):
    """Draw one stroke with the left button, as a hand does."""
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=WAVE[0])
    for place in WAVE[1:]:
        qtbot.mouseMove(pad, place)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=WAVE[-1])


def by_pen(pad):
    """Draw one stroke with a pen that is pressed ever more firmly."""
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * 18, QEvent.Type.TabletRelease]
    for step, (kind, place) in enumerate(zip(kinds, WAVE, strict=True)):
        at, left = QPointF(place), Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, PEN, at, at, step / 19, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, left, left
        )
        QApplication.sendEvent(pad, event)


def by_finger(pad):
    """Draw one stroke with a finger on the screen."""
    kinds = [QEvent.Type.TouchBegin, *[QEvent.Type.TouchUpdate] * 18, QEvent.Type.TouchEnd]
    state = {
        QEvent.Type.TouchBegin: QEventPoint.State.Pressed,
        QEvent.Type.TouchUpdate: QEventPoint.State.Updated,
        QEvent.Type.TouchEnd: QEventPoint.State.Released,
    }
    for kind, place in zip(kinds, WAVE, strict=True):
        at = QPointF(place)
        point = QEventPoint(0, state[kind], at, pad.mapToGlobal(at))
        event = QTouchEvent(kind, FINGER, Qt.KeyboardModifier.NoModifier, [point])
        QApplication.sendEvent(pad, event)


def read_to_the_end(dialog, hands):
    """Turn page by page, then say that it was read."""
    for _ in range(20):
        if dialog.sheet.on.isEnabled():
            hands.click(dialog.sheet.on)
    hands.click(dialog.sheet.finished)
