"""What is picked or put together shown as the words it reads as, with the key that opens its dialog."""

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from clerk.ui import paint, theme
from clerk.ui.approval_findings import wrapped
from clerk.ui.overriding import override
from clerk.ui.standards_shape import Element, Kind
from clerk.ui.widgets.headed import Headed

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
_KEY = "Enter"


class Sentence(QAbstractButton):
    """Words in a box; Enter changes them, Del takes them away."""

    dropped = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._always = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say("", can_edit=False)

    def say(self, words: str, *, can_edit: bool, nothing: str = "") -> None:
        """Show ``words``, or quietly that there is no condition."""
        self._always = not words
        self.setText(words or nothing)
        self.setEnabled(can_edit)
        self._fit()
        self.update()

    def _room(self) -> int:
        key = paint.keycap_size(_KEY).width() + theme.px(8)
        return max(theme.px(40), self.width() - theme.px(24) - key)

    def _fit(self) -> None:
        self.setFixedHeight(
            max(theme.px(34), wrapped(self.text(), 13, self._room()) + theme.px(14))
        )

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled():
            inset = 1.0 if self.hasFocus() else 0.5
            edge, wide = ("focus", 2) if self.hasFocus() else ("control", 1)
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color(edge), wide))
            frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
            size = paint.keycap_size(_KEY)
            left = self.width() - size.width() - theme.px(8)
            top = (self.height() - size.height()) / 2
            paint.draw_keycap(painter, QRectF(left, top, size.width(), size.height()), _KEY)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("t3" if self._always else "t1"))
        left = theme.px(10) if self.isEnabled() else 0
        painter.drawText(QRectF(left, 0, self._room(), self.height()), _WRAP, self.text())


class ConditionField(Headed):
    """A condition, or what was picked from a list.

    ``change_wanted`` asks for its dialog, ``edited`` carries None to drop it.
    """

    edited = pyqtSignal(object)
    change_wanted = pyqtSignal()

    def __init__(self, element: Element) -> None:
        self.editor = Sentence()
        super().__init__(element.label, self.editor)
        always = element.kind is Kind.CONDITION
        self._nothing = "没有条件，总是这样" if always else "没有选"
        self.editor.clicked.connect(lambda _: self.change_wanted.emit())
        self.editor.dropped.connect(lambda: self.edited.emit(None))

    def show_words(self, words: str, fault: str, can_edit: bool) -> None:
        """Show what it reads as."""
        self.editor.say(words, can_edit=can_edit, nothing=self._nothing)
        self.show_error(fault)
        self.say("，".join(part for part in (self.heading(), self.editor.text(), fault) if part))

    def focus_editor(self) -> None:
        """Go to the sentence."""
        self.editor.setFocus()
