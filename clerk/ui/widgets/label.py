"""Text on the screen."""

from typing import Self, cast

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLabel, QWidget

from clerk.ui import early
from clerk.ui.overriding import override


def restyle(widget: QWidget) -> None:
    """Let the look of the program follow the widget's properties, if it ever did before."""
    style = widget.style()
    if style is not None and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style.unpolish(widget)
        style.polish(widget)


class Label(QLabel):
    """Plain text, whatever it holds: nothing from outside is ever read as markup.

    ``size`` is one of 32 20 16 14 13 12, ``tone`` a text token. With ``elide`` the text gives way
    on the right and the whole of it is the tooltip. Only such a label is painted by Python: the
    others need not wait for the interpreter, of which a page has fifty.
    """

    def __new__(cls, *_given: object, elide: bool = False, **_named: object) -> Self:
        kind = _Eliding if elide and cls is Label else cls
        return cast("Self", super().__new__(kind))

    def __init__(
        self,
        text: str = "",
        *,
        size: int = 14,
        bold: bool = False,
        tone: str = "t1",
        elide: bool = False,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", early.PLAIN_TEXT)
        self.setProperty("type", str(size))
        self.setProperty("tone", tone)
        if bold:
            self.setProperty("bold", True)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._elide = elide
        self.setText(text)

    @override
    def setText(self, text: str | None) -> None:
        if (text or "") == self.text():
            return
        super().setText(text)
        if self._elide:
            self.setToolTip(as_plain_tooltip(text or ""))

    def set_tone(self, tone: str) -> None:
        """Show the text in another token's colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def set_bold(self, bold: bool) -> None:
        """Show the text bold or regular."""
        if bool(self.property("bold")) != bold:
            self.setProperty("bold", bold)
            restyle(self)


class _Eliding(Label):
    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setWidth(self.fontMetrics().horizontalAdvance("…"))
        return hint

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), text)


def as_plain_tooltip(text: str) -> str:
    """Keep Qt from taking a tooltip for markup, which it does by looking at the text."""
    return f"<span>{_escaped(text)}</span>" if "<" in text or "&" in text else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
