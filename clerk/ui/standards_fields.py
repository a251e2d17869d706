"""The fields a standard is edited in: each shows what stands in the draft and tells what was put.

``edited`` carries what is to stand there instead, None for nothing; it follows once for each
change: on Enter, on leaving, and when typing rests.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Final

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QFocusEvent
from PyQt6.QtWidgets import QPlainTextEdit

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.standards_shape import Element, Kind
from clerk.ui.timers import timer
from clerk.ui.widgets import Field
from clerk.ui.widgets.headed import Headed

REST_MS: Final = 700
"""How long typing rests before what was typed is kept."""

_BAD: Final[Mapping[Kind, str]] = {
    Kind.WHOLE: "写一个整数",
    Kind.NUMBER: "写一个数",
    Kind.DAY: "写成 2026-03-18 这样的日期",
}


class LineField(Field):
    """Text, number or day in one line."""

    edited = pyqtSignal(object)

    def __init__(self, element: Element) -> None:
        super().__init__(element.label, unit=element.unit)
        self._element, self._can_edit = element, True
        self._resting = timer(self, REST_MS, self._on_rest, once=True)
        self.editor.textEdited.connect(lambda _: self._resting.start())
        self.committed.connect(self._on_committed)

    def show_value(self, value: object, fault: str, can_edit: bool) -> None:
        """Show what stands in the draft, and what is wrong with it."""
        self._can_edit = can_edit
        self.editor.setReadOnly(not can_edit)
        self.set_known(not can_edit)
        self.set_value(as_text(value))
        self.set_error(fault)

    def _on_rest(self) -> None:
        if self._can_edit and self.editor.hasFocus():
            at = self.editor.cursorPosition()
            self.commit()
            self.editor.setCursorPosition(at)

    def _on_committed(self, text: str) -> None:
        self._resting.stop()
        if not self._can_edit:
            return
        read = read_as(self._element.kind, text)
        self.set_error(_BAD[self._element.kind] if read is None and text else "")
        if read is not None or not text:
            self.edited.emit(read)


class _Text(QPlainTextEdit):
    left = pyqtSignal()

    @override
    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextField(Headed):
    """Text of several lines, a list of texts, or a table of texts."""

    edited = pyqtSignal(object)

    def __init__(self, element: Element) -> None:
        editor = _Text()
        super().__init__(element.label, editor)
        self._element, self.editor = element, editor
        self._kept = ""
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(theme.px(58 if element.kind is Kind.LONG else 76))
        self._resting = timer(self, REST_MS, self.commit, once=True)
        editor.textChanged.connect(self._on_changed)
        editor.left.connect(self.commit)
        self.say(element.label)

    def show_value(self, value: object, fault: str, can_edit: bool) -> None:
        """Show what stands in the draft, and what is wrong with it."""
        text = _many_as_text(self._element.kind, value)
        self.editor.setReadOnly(not can_edit)
        typing = self.editor.hasFocus() and self._resting.isActive()
        if not typing and not text == self._kept == self._typed():
            self._kept = text
            self.editor.setPlainText(text)
        self.show_error(fault)
        self.say("，".join(part for part in (self.heading(), fault) if part))

    def focus_editor(self) -> None:
        """Put the cursor into the text."""
        self.editor.setFocus()

    def commit(self) -> None:
        """Tell what was typed, where it differs from what is kept."""
        self._resting.stop()
        text = self._typed()
        if text != self._kept and not self.editor.isReadOnly():
            self._kept = text
            self.edited.emit(_read_many(self._element.kind, text))

    def _typed(self) -> str:
        return self.editor.toPlainText()

    def _on_changed(self) -> None:
        if self._typed() != self._kept:
            self._resting.start()


def as_text(value: object) -> str:
    """A single value as it is typed."""
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def read_as(kind: Kind, text: str) -> object:
    """What the text says, None where it says nothing of that kind."""
    match kind:
        case Kind.WHOLE:
            return int(text) if text.isascii() and text.isdigit() else None
        case Kind.NUMBER:
            return _number(text)
        case Kind.DAY:
            return _day(text)
    return text or None


def _number(text: str) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _many_as_text(kind: Kind, value: object) -> str:
    if kind is Kind.LONG:
        return as_text(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{key} = {text}" for key, text in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return as_text(value)


def _read_many(kind: Kind, text: str) -> object:
    if kind is Kind.LONG:
        return text.strip() or None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind is Kind.LINES:
        return lines or None
    return _pairs(lines) or None


def _pairs(lines: Sequence[str]) -> Mapping[str, str]:
    split = (line.partition("=") for line in lines)
    return {key.strip(): text.strip() for key, _, text in split if key.strip()}
