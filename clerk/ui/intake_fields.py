"""Form lines as widgets: a box to type in, or a list to choose from, with what is offered."""

from collections.abc import Callable
from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.case import FieldValue
from clerk.domain.case_list import EarlierValue
from clerk.domain.party import Source as ValueSource
from clerk.domain.standard import FormField
from clerk.ui import theme
from clerk.ui.chips import Source
from clerk.ui.intake_typing import normal_text
from clerk.ui.intake_words import field_hint
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Field
from clerk.ui.widgets.combo import Combo
from clerk.ui.widgets.headed import Headed
from clerk.ui.widgets.label import as_plain_tooltip
from clerk.wording import SOURCES, clock
from clerk.wording_reuse import earlier_offer, earlier_offer_again

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


class _Combo(Combo):
    """A list whose lines are chosen by digit."""

    entered = pyqtSignal()
    left = pyqtSignal()

    @override
    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.left.emit()

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


class _OfferButton(Button):
    """Takes an earlier value; a double click counts once, it never ticks and takes in one."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            event.accept()


class ChoiceField(Headed):
    """A form line with listed answers."""

    committed = pyqtSignal(str)
    next_gap = pyqtSignal()

    def __init__(self) -> None:
        editor = _Combo()
        super().__init__("", editor)
        self.editor = editor
        self._options: tuple[str, ...] = ()
        self._known = False
        self.editor.activated.connect(self._on_activated)
        self.editor.entered.connect(self.next_gap)

    def ask_for(self, label: str, options: tuple[str, ...]) -> None:
        """Become the open question of another line."""
        self.show_heading(label)
        self.show_source(None)
        self.show_error("")
        if options != self._options:
            self._options = options
            self.editor.clear()
            self.editor.addItems(self._rows())
        self.editor.setCurrentIndex(-1)
        self.set_known(False)
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
        self.show_source(source, text, tip)

    def is_known(self) -> bool:
        """Whether the heading is paled."""
        return self._known

    def set_known(self, known: bool) -> None:
        """Show what is known as quiet text without a box and without its digit."""
        if known is not self._known:
            self._known = known
            for at, text in enumerate(self._rows()):
                self.editor.setItemText(at, text)
            self.editor.set_known(known)
            self.set_pale(known)

    def set_error(self, text: str) -> None:
        """Show what is wrong in the heading's place."""
        self.show_error(text)
        self._speak()

    def commit(self) -> None:
        """A choice is committed when it is made."""

    def focus_editor(self) -> None:
        """Put the focus on the list."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self) -> list[str]:
        if self._known:
            return list(self._options)
        return [f"{number} {text}" for number, text in enumerate(self._options, start=1)]

    def _on_activated(self, _row: int) -> None:
        self._speak()
        self.committed.emit(self.value())

    def _speak(self) -> None:
        parts = (self.heading(), self.error(), self.value() or "要补，按数字选")
        self.say("，".join(part for part in parts if part))


class FormLine(QWidget):
    """One line of the form with the earlier value that is offered under it.

    ``committed`` carries the field's code and its text in the form's own spelling, ``taken``
    that the earlier value was taken. A line is made once and asks for another field in the next
    case: ``choice`` says whether it has a list or a box.
    """

    committed = pyqtSignal(str, str)
    typed = pyqtSignal()
    next_gap = pyqtSignal()
    taken = pyqtSignal(str)

    def __init__(self, today: Callable[[], date], *, choice: bool) -> None:
        super().__init__()
        self._today = today
        self._line: FormField | None = None
        self._shown: tuple[object, ...] = ()
        self._offer: EarlierValue | None = None
        self._offered: tuple[EarlierValue | None, FieldValue | None] = (None, None)
        self._ticked = False
        self._offer_button: Button | None = None
        self.field: Field | ChoiceField = ChoiceField() if choice else Field("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self.field)
        self.field.committed.connect(self._on_committed)
        self.field.next_gap.connect(self.next_gap)
        if isinstance(self.field, Field):
            self.field.editor.textEdited.connect(self.typed)
            self.field.editor.left.connect(self._show_beginning)
        self.field.editor.left.connect(self._untick)

    @property
    def line(self) -> FormField:
        """The line of the standard it stands for now."""
        if self._line is None:
            raise RuntimeError("the line stands for nothing yet")
        return self._line

    def stand_for(self, line: FormField) -> None:
        """Ask for another line; whatever stood here before is forgotten."""
        self._line, self._shown = line, ()
        self.show_offer(None)
        if isinstance(self.field, ChoiceField):
            self.field.ask_for(line.label, tuple(option.label for option in line.options))
        else:
            self.field.ask_for(line.label, line.unit)

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
        if self.field.error() != error:
            self.field.set_error(error)
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

    def show_offer(self, offer: EarlierValue | None, held: FieldValue | None = None) -> None:
        """Offer what was typed in an earlier case, with its age; None takes the offer away.

        Beside ``held``, which is another value, both are named, and it is taken only when it was
        ticked before and the cursor has not left the line since.
        """
        shown = (offer, held if offer is not None else None)
        if shown == self._offered:
            return
        self._offered, self._offer, self._ticked = shown, offer, held is None
        self.offer_button.setVisible(offer is not None)
        self._say_offer()

    def take_offer(self) -> None:
        """Take the earlier value; one that differs from what is known is ticked first."""
        if self._offer is None:
            return
        if self._ticked:
            self.taken.emit(self.line.code)
            return
        held = self._offered[1]
        if held is None:
            return
        if not self.has_focus():
            self.field.focus_editor()  # to leave the line is to take the tick back
        self._ticked = True
        said = earlier_offer_again(self._offer, held, self.line.unit)
        self.offer_button.setText(said)
        self.offer_button.setAccessibleName(said)

    def _say_offer(self) -> None:
        offer, held = self._offered
        if offer is not None:
            said = earlier_offer(offer, held, self.line.unit, self._today())
            button = self.offer_button
            button.setText(said)
            button.setToolTip(as_plain_tooltip(f"{said}，办件 {offer.case_label}，按 ↓ 取用"))
            button.setAccessibleName(f"取用：{said}")

    def _untick(self) -> None:
        """Ask once more for a value that differs, after the cursor was elsewhere."""
        if self._ticked and self._offered[1] is not None:
            self._ticked = False
            self._say_offer()

    @property
    def offer_button(self) -> Button:
        """The button under the field, made for the first offer: most lines never have one."""
        if self._offer_button is None:
            button = self._offer_button = _OfferButton("", key="↓", kind="text", small=True)
            button.hide()
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setFocusProxy(self.field.editor)  # pressed, it leaves the cursor in the line
            button.clicked.connect(self.take_offer)
            column = self.layout()
            if column is not None:
                column.addWidget(button)
        return self._offer_button

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
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take the offer on ↓, which means nothing to a box of one line; a held key counts once."""
        down = event is not None and event.key() == Qt.Key.Key_Down
        if event is None or not (down and self._offer and isinstance(self.field, Field)):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.take_offer()
