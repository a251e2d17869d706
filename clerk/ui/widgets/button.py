"""Buttons with their key drawn in them.

On the way to the first paint: see ``clerk.ui.early``.
"""

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from clerk.ui import early, icons, paint, theme
from clerk.ui.overriding import override

_HEIGHTS = {"primary": 42, "compact": 32}
_LARGE = 56
_RING = 4


class Button(QAbstractButton):
    """A button: text is verb and object, ``key`` the key that does the same.

    ``kind`` is ``primary`` (the one solid button of a screen), ``compact`` (solid, but low),
    ``secondary``, ``quiet``, ``text`` (a link) or ``danger``. A primary button leaves 4 px
    around its body for the focus ring. ``small`` is the size inside table rows, ``large`` that of
    a screen which the applicant touches.
    """

    def __init__(
        self,
        text: str,
        *,
        key: str = "",
        kind: str = "secondary",
        icon: str = "",
        small: bool = False,
        large: bool = False,
        key_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._kind, self._icon = key, kind, icon
        self._small, self._large, self._key_first = small, large, key_first
        self.setProperty("focusPolicy", early.STRONG_FOCUS)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @override
    def setText(self, text: str | None) -> None:
        escaped = (text or "").replace("&", "&&")
        if escaped != self.text():
            super().setText(escaped)
            self.updateGeometry()

    def words(self) -> str:
        """The text as it is read, without Qt's mark for a mnemonic."""
        return self.text().replace("&&", "&")

    def set_key(self, key: str) -> None:
        """Draw another key, or none."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """Draw another icon, or none."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    @property
    def _solid(self) -> bool:
        return self._kind in {"primary", "compact"}

    @property
    def _ring(self) -> int:
        return theme.px(_RING) if self._kind == "primary" else 0

    @property
    def _size(self) -> int:
        if self._large:
            return 20
        return 16 if self._kind == "primary" else 13 if self._small else 14

    @property
    def _padding(self) -> int:
        if self._large:
            return theme.px(24)
        if self._kind == "text":
            return theme.px(4)
        return theme.px(18 if self._kind == "primary" else 8 if self._small else 12)

    def _content_width(self) -> int:
        width = paint.text_width(self.words(), self._size, self._solid)
        if self._icon:
            width += theme.px(16) + (self._gap if self.words() else 0)
        if self._key:
            width += paint.keycap_size(self._key).width() + self._gap
        return round(width) + 1

    @property
    def _gap(self) -> int:
        return theme.px(12 if self._kind == "primary" else 6)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter presses a focused button that draws it; Qt alone takes the space bar only."""
        if (
            event is not None
            and self._key == "Enter"
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self.click()
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        usual = _HEIGHTS.get(self._kind, 28 if self._small else 32)
        height = theme.px(_LARGE if self._large else usual)
        width = self._content_width() + 2 * self._padding
        return QSize(max(width, height) + 2 * self._ring, height + 2 * self._ring)

    @override
    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        if self.isEnabled():
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self._ring
        body = QRectF(self.rect()).adjusted(ring, ring, -ring, -ring)
        self._paint_body(painter, body)
        self._paint_content(painter, body)
        if self.hasFocus():
            self._paint_ring(painter, body)

    def _paint_body(self, painter: QPainter, body: QRectF) -> None:
        radius = theme.px(8 if self._kind == "primary" else 6)
        ground, edge = self._fill()
        if ground and not edge:
            paint.fill_round(painter, body, radius, ground)
        elif edge:
            painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color(edge))
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _fill(self) -> tuple[str, str]:
        """Tokens of ground and edge as the button stands now."""
        if not self.isEnabled():
            return "", "" if self._kind in {"quiet", "text"} else "line"
        if self._solid:
            state = "P" if self.isDown() else "H" if self.underMouse() else ""
            return f"accent{state}", ""
        hovered = self.underMouse() or self.isDown()
        if self._kind in {"quiet", "text"}:
            return ("hover" if hovered and self._kind == "quiet" else ""), ""
        return ("hover" if hovered else "surface"), "line2"

    def _tone(self) -> str:
        if not self.isEnabled():
            return "tdis"
        if self._solid:
            return "on"
        return {"quiet": "t2", "text": "accentT", "danger": "bad"}.get(self._kind, "t1")

    def _paint_content(self, painter: QPainter, body: QRectF) -> None:
        tone, gap = self._tone(), self._gap
        at = body.center().x() - self._content_width() / 2
        middle = body.center().y()
        if self._key and self._key_first:
            at = self._paint_key(painter, at, middle) + gap
        if self._icon:
            icons.draw(painter, self._icon, QPointF(at, middle - theme.px(8)), 16, tone)
            at += theme.px(16) + gap
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font(self._size, self._solid))
        width = paint.text_width(self.words(), self._size, self._solid)
        painter.drawText(
            QRectF(at, body.top(), width + 2, body.height()),
            early.LEFT,
            self.words(),
        )
        if self._key and not self._key_first:
            self._paint_key(painter, at + width + gap, middle)

    def _paint_key(self, painter: QPainter, at: float, middle: float) -> float:
        size = paint.keycap_size(self._key)
        rect = QRectF(round(at), middle - size.height() / 2, size.width(), size.height())
        tone = "on" if self._solid and self.isEnabled() else "t3"
        paint.draw_keycap(painter, rect, self._key, tone if self.isEnabled() else "tdis")
        return rect.right()

    def _paint_ring(self, painter: QPainter, body: QRectF) -> None:
        if self._kind == "primary":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            outer = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(outer, theme.px(11), theme.px(11))
        elif self._solid:
            paint.draw_focus_ring(painter, body, 6, "surface")
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
