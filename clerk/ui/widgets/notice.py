"""Trouble said where it happened, and places with nothing in them.

On the way to the first paint: see ``clerk.ui.early``.
"""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.ui import theme
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.ground import Ground
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.label import Label

_ICONS = {
    "warn": ("circle-alert", "warn"),
    "bad": ("circle-x", "bad"),
    "info": ("info", "accentT"),
    "ok": ("circle-check", "ok"),
}


class Notice(Ground):
    """A strip in the region that failed; it stays until it is resolved and hides when empty.

    With ``below`` the ways out stand under the words, where there are many.

    The pattern is: what happened, what is safe, what to do now.
    """

    def __init__(
        self, kind: str = "warn", parent: QWidget | None = None, *, below: bool = False
    ) -> None:
        super().__init__(kind, parent)
        name, tone = _ICONS[kind]
        self.icon = Icon(name, 16, tone)
        self.what = Label(size=13, wrap=True)
        self.detail = Label(size=12, tone="t2", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(8))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(8))
        beside = QVBoxLayout()
        beside.addWidget(self.icon)
        beside.addStretch()
        row.addLayout(beside)
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(self.what)
        column.addWidget(self.detail)
        row.addLayout(column, 1)
        if below:
            self._buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
            column.addLayout(self._buttons)
        else:
            row.addLayout(self._buttons)
        self.hide()

    def set_kind(self, kind: str) -> None:
        """``warn``, ``bad``, ``info`` or ``ok``."""
        name, tone = _ICONS[kind]
        self.icon.show_icon(name, tone)
        self.set_ground(kind)

    def show_trouble(
        self, what: str, safe: str = "", then: str = "", buttons: Sequence[Button] = ()
    ) -> None:
        """Say what happened, what is safe, what comes next, and offer the ways out."""
        self.what.setText(what)
        self.detail.setText("".join(part for part in (safe, then) if part))
        self.detail.setVisible(bool(safe or then))
        self._drop_buttons()
        for button in buttons:
            self._buttons.addWidget(button)
        self.setAccessibleName("，".join(part for part in (what, safe, then) if part))
        if self.parentWidget() is not None:
            self.show()
        else:  # shown with its parent later; show() would make it a window of its own
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
            self.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)

    def show_error(self, error: ClerkError, buttons: Sequence[Button] = ()) -> None:
        """Say known trouble in its own sentence."""
        self.show_trouble(str(error), buttons=buttons)

    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return "" if self.isHidden() else self.accessibleName()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._drop_buttons()
        self.hide()

    def _drop_buttons(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()


class Empty(QWidget):
    """A place with nothing in it: what that means, and what to do next."""

    def __init__(self, icon: str, title: str, hint: str = "", *buttons: Button) -> None:
        super().__init__()
        self.title = Label(title, size=16, bold=True)
        self.hint = Label(hint, size=13, tone="t2", parent=self)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch()
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon(icon, 26, "t3", disc=56), 0, middle)
        column.addWidget(self.title, 0, middle)
        column.addWidget(self.hint, 0, middle)
        self.hint.setVisible(bool(hint))
        column.addSpacing(theme.px(4))
        for button in buttons:
            column.addWidget(button, 0, middle)
        column.addStretch()
