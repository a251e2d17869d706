"""The pages of a paper whose quoted values can be pointed at: by the mouse, or one after the other."""

from collections.abc import Mapping

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent

from clerk.ui.overriding import override
from clerk.ui.widgets.label import as_plain_tooltip
from clerk.ui.widgets.page_canvas import PageCanvas


class QuotedCanvas(PageCanvas):
    """← and → go from value to value, Enter or a click opens the one in hand.

    ``stepped`` carries the field that a key went to, ``opened`` the one that was opened. What is
    told of each (``explain``) stands beside the mouse, and is read out with the page's name.
    """

    stepped = pyqtSignal(str)
    opened = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._told: Mapping[str, str] = {}
        self._port.setMouseTracking(True)
        self.mark_clicked.connect(self.opened)

    def explain(self, told: Mapping[str, str]) -> None:
        """Say what is told of each field; a mark without words is no value that leads anywhere."""
        self._told = dict(told)

    def step(self, by: int) -> None:
        """Go to the next value on the pages, or the one before; round at the ends."""
        names = [name for name in self.mark_names() if name in self._told]
        if not names:
            return
        here = self._marked
        at = names.index(here) + by if here in names else (0 if by > 0 else -1)
        name = names[at % len(names)]
        self.show_mark(name)
        self.setAccessibleDescription(self._told[name])
        self.stepped.emit(name)

    @override
    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        super().mouseMoveEvent(event)
        if event is not None:
            told = self._told.get(self.mark_at(event.position()), "")
            shape = Qt.CursorShape.PointingHandCursor if told else Qt.CursorShape.ArrowCursor
            if self._port.toolTip() != as_plain_tooltip(told):
                self._port.setToolTip(as_plain_tooltip(told))
                self._port.setCursor(shape)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in steps and self._told:
            self.step(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._marked in self._told:
            self.opened.emit(self._marked)
        else:
            super().keyPressEvent(event)
