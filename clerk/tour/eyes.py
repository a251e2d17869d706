"""What can be read on the window, as a person or a screen reader would read it."""

from collections.abc import Iterator

from PyQt6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QWidget

from clerk.ui.tables import CELL_ROLE
from clerk.ui.widgets import Button, Dialog, Label
from clerk.ui.widgets.dialog import Scrim

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_WRITTEN = (Label, QLineEdit)


class Eyes:
    """Reads only what is visible now."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def sees(self, *words: str) -> bool:
        """Whether each of ``words`` stands somewhere on the window."""
        text = self.text()
        return all(word in text for word in words)

    def text(self) -> str:
        """Everything that is shown, one line a widget or row."""
        return "\n".join(_texts(self._window))

    def title(self) -> str:
        """The title of the window."""
        return self._window.windowTitle()

    def dialog(self) -> str:
        """The title of the dialog in front, empty where there is none."""
        shown = [
            dialog
            for scrim in self._scrims()
            for dialog in scrim.findChildren(Dialog, options=_DIRECT)
            if dialog.isVisible()
        ]
        return shown[-1].title if shown else ""

    def is_settled(self) -> bool:
        """Whether the window shows what it holds: no dialog is just coming or going."""
        return all(scrim.is_settled() for scrim in self._scrims() if scrim.isVisible())

    def _scrims(self) -> list[Scrim]:
        return self._window.findChildren(Scrim, options=_DIRECT)

    def focus(self) -> str:
        """What has the focus, as a screen reader names it, with the row it is on."""
        focus = QApplication.focusWidget()
        if focus is None:
            return ""
        name = focus.accessibleName() or (focus.words() if isinstance(focus, Button) else "")
        said = f"{name}，{focus.accessibleDescription()}"
        if isinstance(focus, QTableView):
            said += "，" + _row(focus, focus.currentIndex().row())
        return said

    def typed(self) -> str:
        """What stands in the field that has the focus."""
        focus = QApplication.focusWidget()
        return focus.text() if isinstance(focus, QLineEdit) else ""


def _shown(parent: QWidget) -> Iterator[QWidget]:
    """Go through what is visible, top down; what is hidden is not even entered."""
    left = [parent]
    while left:
        widget = left.pop()
        if widget is not parent:
            yield widget
        left += [
            child
            for child in reversed(widget.children())
            if isinstance(child, QWidget) and child.isVisible()
        ]


def _texts(window: QWidget) -> Iterator[str]:
    for widget in _shown(window):
        if isinstance(widget, _WRITTEN):
            yield widget.text()
        elif isinstance(widget, Button):
            yield widget.words()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QTableView):
            yield from _rows(widget)
        name = widget.accessibleName()
        if name:
            yield name


def _rows(table: QTableView) -> Iterator[str]:
    port = table.viewport()
    if port is None:
        return
    first = max(0, table.rowAt(0))
    last = table.rowAt(QPoint(0, port.height() - 1).y())
    model = table.model()
    count = model.rowCount() if model is not None else 0
    for row in range(first, count if last < 0 else last + 1):
        yield _row(table, row)


def _row(table: QTableView, row: int) -> str:
    model = table.model()
    if model is None or row < 0:
        return ""
    return "，".join(
        part
        for column in range(model.columnCount())
        for part in _cell(model, model.index(row, column, QModelIndex()))
    )


def _cell(model: QAbstractItemModel, index: QModelIndex) -> Iterator[str]:
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        text = model.data(index, role)
        if isinstance(text, str) and text:
            yield text
    spoken = getattr(model.data(index, CELL_ROLE), "spoken", "")
    if spoken:
        yield spoken
