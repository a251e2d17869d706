"""One field of a form: plain text when it is known, a box when it is a gap."""

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from clerk.ui import paint, theme
from clerk.ui.chips import Source
from clerk.ui.overriding import override
from clerk.ui.widgets.headed import Headed
from clerk.ui.widgets.line import LineEdit

_COMES_BACK = frozenset({Qt.FocusReason.OtherFocusReason, Qt.FocusReason.PopupFocusReason})
_HEIGHT, _KNOWN_HEIGHT, _PADDING = 32, 22, 10
_INSET = 3
"""What Qt leaves free before the text of a line edit without padding, border included."""
_UNIT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FieldEdit(LineEdit):
    """A line edit that keeps Enter to itself: Enter commits, it presses no other button.

    What is known has no box until it is hovered or focused.

    Where the focus comes back by itself, after a dialog or the lock, typing goes on where it was.
    """

    entered = pyqtSignal()
    left = pyqtSignal()
    _left_at: tuple[str, int] | None = None
    _unit = ""
    _known = _faulty = False

    def set_unit(self, unit: str) -> None:
        """Write ``unit`` at the right end, or nothing."""
        if unit != self._unit:
            self._unit = unit
            self.fit()
            self.update()

    def set_known(self, known: bool) -> None:
        """Show the text without a box, or in one."""
        self._known = known
        self.fit()
        self.update()

    def set_faulty(self, faulty: bool) -> None:
        """Show that something is wrong with the text."""
        self._faulty = faulty
        self.update()

    @override
    def fit(self) -> None:
        boxed = not self._known or self.hasFocus() or self.underMouse()
        side = 1 + (theme.px(_PADDING) if boxed else 0)
        unit = round(paint.text_width(self._unit, 13)) + theme.px(5) if self._unit else 0
        inset = _INSET if self._known else 0
        self.take_room(_KNOWN_HEIGHT if self._known else _HEIGHT, side - inset, side + unit)

    @override
    def edge(self) -> tuple[str, int]:
        tone, width = super().edge()
        if self._known and tone == "control":
            return ("line2" if self.underMouse() else ""), 1
        if self._faulty and not self._known and tone != "line":
            return "bad", width
        return tone, width

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("t3"))
            box = self.rect().adjusted(0, 0, -theme.px(10), 0)
            painter.drawText(box, _UNIT_RIGHT, self._unit)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if (
            event is not None
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers()
            in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        ):
            event.accept()
            self.entered.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self._show_or_hide_box()
        by_itself = event is not None and event.reason() in _COMES_BACK
        if by_itself and self._left_at is not None and self._left_at[0] == self.text():
            self.setCursorPosition(self._left_at[1])

    @override
    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._show_or_hide_box()
        self._left_at = self.text(), self.cursorPosition()
        self.left.emit()

    @override
    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        self._show_or_hide_box()

    @override
    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        self._show_or_hide_box()

    def _show_or_hide_box(self) -> None:
        if self._known:
            self.fit()
            self.update()

    def forget(self) -> None:
        """Become empty and keep nothing of what was typed, undo steps included."""
        self.setText("")
        self._left_at = None


class Field(Headed):
    """Heading, source mark and editor.

    A known field has no box until it is hovered or focused; a gap has one. ``committed`` carries
    the text once per change, on Enter and on leaving; ``next_gap`` follows an Enter. An error
    takes the heading's place, so nothing moves.
    """

    committed = pyqtSignal(str)
    next_gap = pyqtSignal()

    def __init__(
        self,
        label: str,
        *,
        unit: str = "",
        known: bool = False,
        source: Source | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        editor = FieldEdit()
        super().__init__(label, editor, parent=parent)
        self.editor = editor
        self._unit, self._known, self._faulty, self._saved = unit, False, False, ""
        self.setObjectName(name)
        self.editor.set_unit(unit)
        self.editor.entered.connect(self._on_entered)
        self.editor.left.connect(self.commit)
        self.show_source(source)
        self.set_known(known)
        self._speak()

    def ask_for(self, label: str, unit: str) -> None:
        """Become the empty field of another line; nothing of the former one is left."""
        self._saved, self._unit = "", unit
        self.editor.forget()
        self.editor.set_unit(unit)
        self.show_heading(label)
        self.show_source(None)
        self.set_error("")
        self.set_known(False)
        self._speak()

    def value(self) -> str:
        """The text as it stands in the editor, without blanks around it."""
        return self.editor.text().strip()

    def set_value(self, text: str) -> None:
        """Show ``text`` as saved, which is no commit; text being typed is never overwritten."""
        if self.editor.hasFocus() and self.editor.isModified():
            return
        self._saved = text
        self.editor.setPlaceholderText("")
        self.editor.setText(text)
        self.editor.setCursorPosition(0)
        self._speak()

    def set_known(self, known: bool) -> None:
        """Show as plain text (known) or with a box (a gap)."""
        if known is not self._known:
            self._known = known
            self.editor.set_known(known)
            self.set_pale(known)
            self._speak()

    def is_known(self) -> bool:
        """Whether the field is shown without a box."""
        return self._known

    def set_source(self, source: Source | None, text: str = "", tip: str = "") -> None:
        """Show where the value comes from, or nothing."""
        self.show_source(source, text, tip)
        self._speak()

    def set_error(self, text: str) -> None:
        """Show what is wrong in the heading's place; empty clears it. What was typed stays."""
        self.show_error(text)
        if bool(text) is not self._faulty:
            self._faulty = bool(text)
            self.editor.set_faulty(self._faulty)
        self._speak()

    def commit(self) -> None:
        """Emit ``committed`` if the text differs from what was saved or committed last."""
        text = self.value()
        if text != self._saved:
            self._saved = text
            self.editor.setModified(False)
            self.committed.emit(text)

    def focus_editor(self) -> None:
        """Put the cursor into the editor with its text selected."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def _on_entered(self) -> None:
        self.commit()
        self.next_gap.emit()

    def _speak(self) -> None:
        parts = [self.heading(), self._unit]
        if self.error():
            parts.append(self.error())
        elif self._known:
            source = self.source()
            parts += [self._saved, f"来自{source.word}" if source else ""]
        else:
            parts.append("要补")
        self.say("，".join(part for part in parts if part))
