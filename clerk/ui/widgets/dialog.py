"""Dialogs inside the window, on a scrim: one level deep, Esc goes back, nothing is discarded."""

from collections.abc import Callable, Iterator, Sequence

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.acts import Act, acts_of
from clerk.ui.overriding import override
from clerk.ui.pieces import Pieces
from clerk.ui.timers import timer
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.ground import Ground
from clerk.ui.widgets.keycap import Keycap
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.last_picture import draw_part, last_picture

_SAID_MS = 8000
"""So long it is said why a key did nothing, as at the foot of the window."""
_BANDS = 4
"""In so many pieces a page is painted anew when the dialog above it has gone."""


class Dialog(Ground):
    """Content of a dialog: ``body`` for what it shows, ``foot`` for its buttons.

    Sub-classes fill both and may override ``acts`` (keys that work while it is open) and
    ``first_focus``. ``closed`` is emitted once, after the focus went back to the opener.
    """

    closed = pyqtSignal()

    def __init__(self, title: str, *, width: int = 560, height: int | None = None) -> None:
        super().__init__("dialog")
        self.title = title
        self._stop_instead: Callable[[], None] | None = None
        self.setAccessibleName(title)
        self.setFixedWidth(theme.px(width))
        if height is not None:
            self.setFixedHeight(theme.px(height))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(20), theme.px(14), theme.px(12), theme.px(10))
        head.setSpacing(theme.px(16))
        self.heading = Label(title, size=16, bold=True)
        self.refusal = Label(size=13, tone="warn", elide=True)
        head.addWidget(self.heading)
        head.addWidget(self.refusal, 1)
        back = Button("返回", key="Esc", kind="quiet", small=True)
        back.clicked.connect(self.ask_to_close)
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.addWidget(back)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(theme.px(20), 0, theme.px(20), theme.px(12))
        self.body.setSpacing(theme.px(8))
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(theme.px(20), 0, theme.px(20), theme.px(16))
        self.foot.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)

    def acts(self) -> Sequence[Act]:
        """Acts that work, alone, while the dialog is open."""
        return ()

    def first_focus(self) -> QWidget | None:
        """What gets the focus when the dialog opens; None takes the first that can."""
        return None

    def keep_open(self, stop: Callable[[], None] | None) -> None:
        """Let Esc call ``stop`` and not close, until None: what runs still has something to say."""
        self._stop_instead = stop

    def say_why_not(self, why: str) -> None:
        """Say why a key did nothing: what the foot of the window says is not seen meanwhile."""
        self.refusal.setText(why)

    def ask_to_close(self) -> None:
        """Esc, 返回: close, or stop what runs."""
        if self._stop_instead is None:
            self.close_dialog()
        else:
            self._stop_instead()

    def close_dialog(self) -> None:
        """Close; the focus returns to what opened it."""
        scrim = self.parentWidget()
        if isinstance(scrim, Scrim):
            scrim.close_dialog()


class Scrim(QWidget):
    """Darkens the window, holds one dialog and keeps the focus inside it.

    Whoever below asks for the focus, such as a page that comes late, gets it when the dialog has
    gone. While the window is locked, nothing of the dialog is seen and no key reaches it.

    What lies below is not painted meanwhile but stands as a picture. Until the next turn, while
    the page may still have to be painted for it, the scrim waits beside the window. When the
    dialog has gone, the picture gives way from the foot upwards: the page is painted in pieces.
    """

    def __init__(self, window: QWidget, dialog: Dialog) -> None:
        super().__init__(window)
        self._dialog = dialog
        self._opener = QApplication.focusWidget()
        self._below: QImage | None = None
        self._going = Pieces(self)
        self._open = True
        dialog.setParent(self)
        window.installEventFilter(self)
        self.setGeometry(window.rect().translated(window.width(), 0))
        self._coming = timer(self, 0, self._come, once=True)
        self._quieten = timer(self, _SAID_MS, self._forget_why_not, once=True)
        self._came = False
        self._keys = acts_of(window)
        if self._keys is not None:
            self._keys.push(self, dialog.acts())
            self._keys.changed.connect(self._show_unless_locked)
            self._keys.doing.connect(self._forget_why_not)
            self._keys.refused.connect(self._say_why_not)
        dialog.show()
        self._place()
        self.hide()
        self._show_unless_locked()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _show_unless_locked(self) -> None:
        locked = self._keys is not None and self._keys.is_silent()
        if not self._open or self.isHidden() is locked:
            return
        self.setHidden(locked)
        if not locked:
            self.raise_()  # the page has come to the front when the lock went
        if not locked and self._came:
            self._take_focus(self._dialog.focusWidget())
        elif not locked:
            self._take_focus(None)
            self._coming.start()

    def _forget_why_not(self) -> None:
        self._dialog.say_why_not("")

    def _say_why_not(self, why: str) -> None:
        window = self.parentWidget()
        if self._open and window is not None and open_scrims(window)[-1] is self:
            self._dialog.say_why_not(why)
            self._quieten.start()

    def _take_focus(self, where: QWidget | None) -> None:
        """Go to ``where`` in the dialog, or to where it begins; what rests there takes no key."""
        first = where or self._dialog.first_focus()
        if first is None or not first.isEnabled():
            first = self._dialog
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if first is self._dialog:
            self._dialog.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.focusNextPrevChild(True)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Take the focus back from what lies below; it is the first to get it afterwards."""
        if now is None or not self._open or self.isHidden() or self.isAncestorOf(now):
            return
        window = self.parentWidget()
        if window is not None and now.window() is window and open_scrims(window)[-1] is self:
            self._opener = now
            self._take_focus(self._dialog.focusWidget())

    def _come(self) -> None:
        """Cover the window, which has been painted up to now."""
        window = self.parentWidget()
        if window is not None and not self.isHidden():
            self._came = True
            self._below = _picture_below(window, self)
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, self._below is not None)
            self.setGeometry(window.rect())

    def is_settled(self) -> bool:
        """Whether it neither comes nor gives way at the moment."""
        return self._open and not self._coming.isActive()

    def is_open(self) -> bool:
        """Whether its dialog has not been closed."""
        return self._open

    @property
    def below(self) -> QImage | None:
        """What the window showed when the dialog was opened."""
        return self._below

    def close_dialog(self) -> None:
        """Take the dialog away and give the focus back."""
        if not self._open:
            return
        self._open = False
        self._coming.stop()
        if self._keys is not None:
            self._keys.pop(self)
        if self._below is None:
            self.hide()
        else:
            self._dialog.hide()
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.update()
        opener = self._opener
        if opener is not None and not sip.isdeleted(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self._dialog.closed.emit()
        self._going.begin(self._giving_way())

    def _giving_way(self) -> Iterator[None]:
        """One piece of the page after the other."""
        whole = self.height()
        for left in range(_BANDS - 1, 0, -1):
            if self._below is None:
                break
            self.resize(self.width(), whole * left // _BANDS)
            yield
        self.hide()
        self.deleteLater()

    def _place(self) -> None:
        self._dialog.adjustSize()
        rect = self._dialog.rect()
        rect.setHeight(min(rect.height(), self.height() - theme.px(16)))
        self._dialog.resize(rect.size())
        self._dialog.move(
            max(0, (self.width() - rect.width()) // 2), max(0, (self.height() - rect.height()) // 2)
        )

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        window = self.parentWidget()
        if event is not None and window is not None and event.type() == QEvent.Type.Resize:
            self._coming.stop()
            self._came = True
            self._below = None
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
            self.setGeometry(window.rect())
            if self._open:
                self._place()
            else:
                self._going.finish()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._dialog.ask_to_close()
            return
        if event is not None:
            event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """A click beside the dialog reaches nothing below it."""

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        inside = [
            widget
            for widget in self._dialog.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not inside:
            return True
        focus = QApplication.focusWidget()
        at = inside.index(focus) if focus in inside else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        if event is None:
            return
        painter = QPainter(self)
        if self._below is not None:
            draw_part(painter, self._below, event.rect())
        if self._open:
            painter.fillRect(event.rect(), QColor.fromRgba(theme.color("scrim")))


def _picture_below(window: QWidget, new: Scrim) -> QImage | None:
    """What a new dialog lies on; that of the one before, while it is still giving way."""
    found = window.findChildren(Scrim, options=Qt.FindChildOption.FindDirectChildrenOnly)
    before = [scrim for scrim in found if scrim is not new and scrim.isVisible()]
    return before[-1].below if before else last_picture(window)


def open_scrims(window: QWidget) -> list[Scrim]:
    """What lies over ``window`` with a dialog, the one in front last."""
    found = window.findChildren(Scrim, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [scrim for scrim in found if scrim.is_open()]


def close_dialogs(window: QWidget) -> None:
    """Close every dialog over ``window``: who had opened them has gone."""
    for scrim in reversed(open_scrims(window)):
        scrim.close_dialog()
        scrim.hide()


def open_dialog(host: QWidget, dialog: Dialog) -> None:
    """Open ``dialog`` over the window of ``host``; it owns itself until it is closed.

    The one way dialogs are opened; a panel takes it as an argument, so that a test can answer
    in its place.
    """
    Scrim(host.window() or host, dialog)


class KeyLine(QWidget):
    """One line of a key sheet: the key and what it does."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        holder = QWidget()
        holder.setFixedWidth(theme.px(92))
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Keycap(key))
        inner.addStretch()
        row.addWidget(holder)
        row.addWidget(Label(text, size=13), 1)
