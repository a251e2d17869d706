"""Form lines as widgets: a box to type in, or a list to choose from, with what is offered."""

from collections.abc import Callable
from datetime import date

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import FieldValue
from clerk.domain.case_list import EarlierValue
from clerk.domain.days import local_date
from clerk.domain.party import Source as ValueSource
from clerk.domain.standard import FieldKind, FormField
from clerk.ui import theme
from clerk.ui.chips import Source
from clerk.ui.intake_typing import normal_text
from clerk.ui.intake_words import field_hint
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Field, Label, SourceMark
from clerk.ui.widgets.label import restyle
from clerk.wording import SOURCES, clock

MARKS = {
    ValueSource.ID_CARD: Source.CARD,
    ValueSource.CERTIFICATE: Source.CERTIFICATE,
    ValueSource.SHARED_DATA: Source.SHARED,
    ValueSource.EARLIER: Source.HISTORY,
    ValueSource.DERIVED: Source.DERIVED,
    ValueSource.TYPED: Source.TYPED,
    ValueSource.ANSWERED: Source.ANSWERED,
}


def source_tip(held: FieldValue) -> str:
    """Where a value comes from: source, time, record number, and what it stands over."""
    parts = [f"{SOURCES[held.source]}，{clock(held.at)}"]
    if held.record:
        parts.append(f"编号 {held.record}")
    if held.replaced:
        was = SOURCES[held.replaced_source] if held.replaced_source else ""
        parts.append(f"原来是“{held.replaced}”（{was}）")
    return "，".join(parts)


class _Combo(QComboBox):
    """A list whose lines are chosen by digit; the wheel never changes it by accident."""

    entered = pyqtSignal()

    @override
    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        text = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif len(text) == 1 and text in "123456789" and int(text) <= self.count():
            self.setCurrentIndex(int(text) - 1)
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ChoiceField(QWidget):
    """A form line with listed answers."""

    committed = pyqtSignal(str)
    next_gap = pyqtSignal()

    def __init__(self, label: str, options: tuple[str, ...]) -> None:
        super().__init__()
        self._text, self._options = label, options
        self._error, self._known = "", False
        self.label = Label(label, size=12, elide=True)
        self.mark = SourceMark(Source.TYPED)
        self.editor = _Combo()
        self.editor.addItems([f"{n} {text}" for n, text in enumerate(options, start=1)])
        self.editor.setCurrentIndex(-1)
        self.editor.setFixedHeight(theme.px(34))
        top = QHBoxLayout()
        top.setSpacing(theme.px(6))
        top.addWidget(self.label, 1)
        top.addWidget(self.mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(top)
        column.addWidget(self.editor)
        self.editor.activated.connect(self._on_activated)
        self.editor.entered.connect(self.next_gap)
        self.set_source(None)
        self._speak()

    def value(self) -> str:
        """The label chosen, or empty."""
        at = self.editor.currentIndex()
        return self._options[at] if at >= 0 else ""

    def set_value(self, text: str) -> None:
        """Show an answer without telling anybody."""
        self.editor.setCurrentIndex(self._options.index(text) if text in self._options else -1)
        self._speak()

    def set_source(self, source: Source | None, text: str = "", tip: str = "") -> None:
        """Show where the answer comes from, or nothing."""
        self.mark.setVisible(source is not None)
        if source is not None:
            self.mark.show_source(source, text, tip)

    def error(self) -> str:
        """The error shown, or empty."""
        return self._error

    def is_known(self) -> bool:
        """Whether the label is paled."""
        return self._known

    def set_known(self, known: bool) -> None:
        """Show what is known as quiet text without a box and without its digit."""
        if known is not self._known:
            self._known = known
            for at, text in enumerate(self._options):
                self.editor.setItemText(at, text if known else f"{at + 1} {text}")
            self.editor.setProperty("known", known)
            self.editor.setFixedHeight(theme.px(22 if known else 34))
            restyle(self.editor)
        self.label.set_tone("bad" if self._error else "t3" if known else "t1")

    def set_error(self, text: str) -> None:
        """Show what is wrong in the label's place."""
        self._error = text
        self.label.setText(text or self._text)
        self._speak()

    def commit(self) -> None:
        """A choice is committed when it is made."""

    def focus_editor(self) -> None:
        """Put the focus on the list."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_activated(self, _row: int) -> None:
        self._speak()
        self.committed.emit(self.value())

    def _speak(self) -> None:
        parts = (self._text, self._error, self.value() or "要补，按数字选")
        self.editor.setAccessibleName("，".join(part for part in parts if part))


class FormLine(QWidget):
    """One line of the form with the earlier value that is offered under it.

    ``committed`` carries the field's code and its text in the form's own spelling, ``offered``
    that the earlier value was taken.
    """

    committed = pyqtSignal(str, str)
    typed = pyqtSignal()
    next_gap = pyqtSignal()
    taken = pyqtSignal(str)

    def __init__(self, line: FormField, today: Callable[[], date]) -> None:
        super().__init__()
        self.line, self._today = line, today
        self._shown: tuple[object, ...] = ()
        self._offer: EarlierValue | None = None
        self.field: Field | ChoiceField = (
            ChoiceField(line.label, tuple(option.label for option in line.options))
            if line.kind is FieldKind.CHOICE
            else Field(line.label, unit=line.unit)
        )
        self.offer_button = Button("", key="↓", kind="text", small=True)
        self.offer_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offer_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self.field)
        column.addWidget(self.offer_button)
        self.field.committed.connect(self._on_committed)
        self.field.next_gap.connect(self.next_gap)
        self.offer_button.clicked.connect(lambda: self.taken.emit(line.code))
        if isinstance(self.field, Field):
            self.field.editor.textEdited.connect(self.typed)
            self.field.editor.left.connect(self._show_beginning)
            self.field.editor.installEventFilter(self)

    def show_value(self, held: FieldValue | None, error: str, *, known: bool, locked: bool) -> None:
        """Show what the case holds; only what changed is touched, the cursor stays."""
        text = held.value if held else ""
        shown = (held, error, known, locked)
        if shown == self._shown:
            return
        self._shown = shown
        if self.field.value() != text:
            self.field.set_value(text)
        self.field.set_source(
            MARKS[held.source] if held else None, tip=source_tip(held) if held else ""
        )
        if self.field.error() != error:  # both polish the style again: only where it changes
            self.field.set_error(error)
        if self.field.is_known() is not known:
            self.field.set_known(known)
        if isinstance(self.field, Field):
            self.field.editor.setReadOnly(locked)
            self.field.editor.setPlaceholderText(
                "" if known else self.line.hint or field_hint(self.line.kind)
            )
            if known and not self.field.editor.hasFocus():
                self.field.editor.setCursorPosition(0)
        else:
            self.field.editor.setEnabled(not locked)

    def show_offer(self, offer: EarlierValue | None) -> None:
        """Offer what was typed in an earlier case, with its age; None takes the offer away."""
        if offer == self._offer:
            return
        self._offer = offer
        self.offer_button.setVisible(offer is not None)
        if offer is not None:
            said = f"{local_date(offer.at):%Y-%m-%d} 填过 {offer.value}{self.line.unit}"
            self.offer_button.setText(said)
            self.offer_button.setToolTip(f"办件 {offer.case_label}，按 ↓ 取用")
            self.offer_button.setAccessibleName(f"取用：{said}")

    def half_typed(self) -> str | None:
        """Return the text that was typed and not committed yet, None where there is none."""
        if isinstance(self.field, Field) and self.field.editor.isModified():
            text = self.field.value()
            held = self._shown[0] if self._shown else None
            saved = held.value if isinstance(held, FieldValue) else ""
            return text if text != saved else None
        return None

    def has_focus(self) -> bool:
        """Whether the cursor is in it."""
        return self.field.editor.hasFocus()

    def _show_beginning(self) -> None:
        """Show a long text from its first character once the cursor has left it."""
        if isinstance(self.field, Field):
            self.field.editor.setCursorPosition(0)

    def _on_committed(self, text: str) -> None:
        normal = normal_text(self.line, text, self._today())
        if normal != text:
            self.field.set_value(normal)
        self.committed.emit(self.line.code, normal)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and self._offer is not None
        ):
            self.taken.emit(self.line.code)
            return True
        return super().eventFilter(watched, event)
