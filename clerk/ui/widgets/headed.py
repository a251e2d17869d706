"""An editor with its heading above it, the heading painted: a form has many of them."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from clerk.ui import paint_chips, theme
from clerk.ui.chips import Source, SourceSpec
from clerk.ui.overriding import override
from clerk.ui.widgets.label import as_plain_tooltip

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_GAP, _PALE_GAP = 4, 1


class Headed(QWidget):
    """Heading and source mark over one editor; an error takes the heading's place.

    What is painted is also in the editor's accessible name, which sub-classes put together.
    """

    def __init__(self, heading: str, editor: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._error, self._tip = heading, "", ""
        self._editor, self._pale = editor, False
        self._mark: SourceSpec | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        metrics = QFontMetrics(theme.font(12))
        self._high = max(metrics.height(), theme.px(16))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, self._high + theme.px(_GAP), 0, 0)
        self._column.addWidget(editor)
        self._show_words()

    def heading(self) -> str:
        """What the field is called, whatever stands above the editor now."""
        return self._heading

    def shown_heading(self) -> str:
        """What stands above the editor: the error, or what the field is called."""
        return self._error or self._heading

    def error(self) -> str:
        """The error shown, or empty."""
        return self._error

    def source(self) -> Source | None:
        """The source that is marked, if any."""
        return self._mark.source if self._mark else None

    def show_heading(self, heading: str) -> None:
        """Call the field something else."""
        if heading != self._heading:
            self._heading = heading
            self._show_words()

    def show_error(self, error: str) -> None:
        """Put what is wrong in the heading's place; empty puts the heading back."""
        if error != self._error:
            self._error = error
            self._show_words()

    def show_source(self, source: Source | None, text: str = "", tip: str = "") -> None:
        """Mark where the value comes from, or nothing; ``tip`` tells more to the mouse."""
        mark = None if source is None else SourceSpec(source, text)
        if mark != self._mark:
            self._mark = mark
            self.update()
        if tip != self._tip:
            self._tip = tip
            self._show_words()

    def set_pale(self, pale: bool) -> None:
        """Show the heading quietly and close to the editor: nothing is to be done here."""
        if pale is not self._pale:
            self._pale = pale
            gap = theme.px(_PALE_GAP if pale else _GAP)
            self._column.setContentsMargins(0, self._high + gap, 0, 0)
            self.update()

    def _show_words(self) -> None:
        """Paint the words anew; to the mouse the whole of them where they may not fit."""
        self.setToolTip(as_plain_tooltip(self._error or self._tip or self._heading))
        self.update()

    def say(self, words: str) -> None:
        """Let the editor be called ``words`` by a screen reader."""
        if self._editor.accessibleName() != words:
            self._editor.setAccessibleName(words)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        right = self.width()
        if self._mark is not None:
            right -= paint_chips.source_size(self._mark).width()
            paint_chips.draw_source(painter, right, self._high / 2, self._mark)
            right -= theme.px(6)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("bad" if self._error else "t3" if self._pale else "t1"))
        text = painter.fontMetrics().elidedText(
            self.shown_heading(), Qt.TextElideMode.ElideRight, max(0, right)
        )
        painter.drawText(QRectF(0, 0, right, self._high), _LEFT, text)
