"""One field of a form: plain text when it is known, a box when it is a gap."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.chips import Source
from clerk.ui.overriding import override
from clerk.ui.widgets.label import Label, restyle
from clerk.ui.widgets.marks import SourceMark

_READING = "读取中"
_COMES_BACK = frozenset({Qt.FocusReason.OtherFocusReason, Qt.FocusReason.PopupFocusReason})
_INSET = 3
"""What Qt leaves free before the text of a line edit without padding, border included."""


class FieldEdit(QLineEdit):
    """A line edit that keeps Enter to itself: Enter commits, it presses no other button.

    Where the focus comes back by itself, after a dialog or the lock, typing goes on where it was.
    """

    entered = pyqtSignal()
    left = pyqtSignal()
    _left_at: tuple[str, int] | None = None

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
        by_itself = event is not None and event.reason() in _COMES_BACK
        if by_itself and self._left_at is not None and self._left_at[0] == self.text():
            self.setCursorPosition(self._left_at[1])

    @override
    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._left_at = self.text(), self.cursorPosition()
        self.left.emit()


class Field(QWidget):
    """Label, source mark and editor.

    A known field has no box until it is hovered or focused; a gap has one. ``committed`` carries
    the text once per change, on Enter and on leaving; ``next_gap`` follows an Enter. An error
    takes the label's place, so nothing moves.
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
        super().__init__(parent)
        self._text, self._unit, self._known = label, unit, known
        self._source, self._error, self._saved = source, "", ""
        self.setObjectName(name)
        self.editor = FieldEdit(self)
        self.label = Label(label, size=12, tone="t3", elide=True)
        self.label.setBuddy(self.editor)
        self.mark = SourceMark(source or Source.TYPED)
        self._unit_label = Label(unit, size=13, tone="t3", parent=self.editor)
        self._lay_out()  # only now may a part be shown: without a parent it were a window
        self.mark.setVisible(source is not None)
        self.editor.entered.connect(self._on_entered)
        self.editor.left.connect(self.commit)
        self.set_known(known)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.px(6))
        top.addWidget(self.label, 1)
        top.addWidget(self.mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.editor)
        inside = QHBoxLayout(self.editor)
        inside.setContentsMargins(0, 0, theme.px(10), 0)
        inside.addStretch()
        inside.addWidget(self._unit_label)
        self._unit_label.setVisible(bool(self._unit))

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

    def set_pending(self) -> None:
        """Say that the value is being read; the field stays usable."""
        self.editor.setPlaceholderText(_READING)

    def set_known(self, known: bool) -> None:
        """Show as plain text (known) or with a box (a gap)."""
        self._known = known
        self.editor.setProperty("known", known)
        self.label.set_tone("bad" if self._error else "t3" if known else "t1")
        restyle(self.editor)
        unit = self._unit_label.sizeHint().width() + theme.px(4) if self._unit else 0
        self.editor.setTextMargins(-_INSET if known else 0, 0, unit, 0)
        column = self.layout()
        if column is not None:
            column.setSpacing(theme.px(1 if known else 4))
        self._speak()

    def is_known(self) -> bool:
        """Whether the field is shown without a box."""
        return self._known

    def set_source(self, source: Source | None, text: str = "", tip: str = "") -> None:
        """Show where the value comes from, or nothing."""
        self._source = source
        self.mark.setVisible(source is not None)
        if source is not None:
            self.mark.show_source(source, text, tip)
        self._speak()

    def set_error(self, text: str) -> None:
        """Show what is wrong in the label's place; empty clears it. What was typed stays."""
        self._error = text
        self.label.setText(text or self._text)
        self.editor.setProperty("faulty", bool(text))
        self.set_known(self._known)

    def error(self) -> str:
        """The error shown, or empty."""
        return self._error

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
        parts = [self._text, self._unit]
        if self._error:
            parts.append(self._error)
        elif self._known:
            word = self._source.word if self._source else ""
            parts += [self._saved, f"来自{word}" if word else ""]
        else:
            parts.append("要补")
        self.editor.setAccessibleName("，".join(part for part in parts if part))
