"""A box to search in, with at most nine hits below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.widgets.ground import Ground
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.keycap import Keycap
from clerk.ui.widgets.label import Label

MOST_HITS = 9
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of an answer: ``value`` is what ``chosen`` carries; ``icon`` may be empty.

    ``near`` marks what is not what was asked for, only close to it.
    """

    value: object
    title: str
    hint: str = ""
    key: str = ""
    icon: str = ""
    near: bool = False


class HitList(QWidget):
    """The hits, painted; one of them is current. ``chosen`` carries the value."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._current = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show at most nine of ``hits``, the first one current."""
        self._hits, self._current = tuple(hits[:MOST_HITS]), 0
        self.setFixedHeight(theme.px(38) * len(self._hits))
        self._speak()
        self.update()

    def hits(self) -> tuple[Hit, ...]:
        """The hits on show."""
        return self._hits

    def current(self) -> Hit | None:
        """The hit that Enter takes."""
        return self._hits[self._current] if self._hits else None

    def move_by(self, step: int) -> None:
        """Make another hit current; the ends hold."""
        if self._hits:
            self._current = min(len(self._hits) - 1, max(0, self._current + step))
            self._speak()
            self.update()

    def take(self) -> None:
        """Choose the current hit."""
        hit = self.current()
        if hit is not None:
            self.chosen.emit(hit.value)

    def _speak(self) -> None:
        hit = self.current()
        place = f"第 {self._current + 1} 个，共 {len(self._hits)} 个"
        self.setAccessibleName(f"{hit.title}，{hit.hint}，{place}" if hit else "没有结果")

    @override
    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            row = int(event.position().y()) // theme.px(38)
            self.move_by(row - self._current)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self.take()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(38) * len(self._hits))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        for number, hit in enumerate(self._hits):
            self._paint_hit(painter, number, hit)

    def _paint_hit(self, painter: QPainter, number: int, hit: Hit) -> None:
        height = theme.px(38)
        row = QRectF(0, number * height, self.width(), height)
        if number == self._current:
            painter.fillRect(row, theme.color("selected"))
        if number:
            painter.fillRect(QRectF(0, row.top(), row.width(), 1), theme.color("line"))
        inner = row.adjusted(theme.px(12), 0, -theme.px(12), 0)
        key = hit.key or ("Enter" if number == self._current else "")
        if key:
            size = paint.keycap_size(key)
            top = row.center().y() - size.height() / 2
            cap = QRectF(inner.right() - size.width(), top, size.width(), size.height())
            paint.draw_keycap(painter, cap, key)
            inner.setRight(cap.left() - theme.px(8))
        if hit.icon:
            at = QPointF(inner.left(), row.center().y() - theme.px(8))
            icons.draw(painter, hit.icon, at, 16, "t3")
            inner.setLeft(inner.left() + theme.px(24))
        hint = paint.text_width(hit.hint, 12)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t3"))
        painter.drawText(inner, _RIGHT, hit.hint)
        inner.setRight(inner.right() - hint - theme.px(12))
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("t1"))
        title = painter.fontMetrics().elidedText(
            hit.title, Qt.TextElideMode.ElideRight, max(0, round(inner.width()))
        )
        painter.drawText(inner, _LEFT, title)


class SearchBox(QFrame):
    """Search as one types: ``asked`` carries the text, ``show_hits`` answers, late or at once.

    Enter takes the first hit, the arrows move, digits type. An answer to a text that has changed
    since is dropped when ``show_hits`` is told which text it answers.
    """

    asked = pyqtSignal(str)
    chosen = pyqtSignal(object)

    def __init__(
        self,
        placeholder: str,
        *,
        key: str = "",
        width: int = 300,
        search: Callable[[str], Sequence[Hit]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self.setFixedSize(theme.px(width), theme.px(32))
        self.editor = QLineEdit()
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(placeholder)
        self.editor.setProperty("bare", True)
        self.editor.installEventFilter(self)
        self.setFocusProxy(self.editor)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Icon("search", 16, "t3"))
        row.addWidget(self.editor, 1)
        if key:
            row.addWidget(Keycap(key))
        self.popup = _Popup()
        self.destroyed.connect(self.popup.deleteLater)  # it becomes a child of the window
        self.popup.list.chosen.connect(self._on_chosen)
        self.editor.textEdited.connect(self._on_edited)

    def show_hits(self, hits: Sequence[Hit], said: str = "", *, answers: str | None = None) -> None:
        """Show the answer; ``said`` is a line above it, such as 没有“spjjxk”，可能是."""
        if answers is not None and answers != self.editor.text().strip():
            return
        if not (hits or said) or not self.editor.hasFocus():
            self.popup.hide()
            return
        self.popup.fill(hits, said)
        self.popup.place_below(self)

    def hits(self) -> tuple[Hit, ...]:
        """The hits on show."""
        return self.popup.list.hits() if self.popup.isVisible() else ()

    def clear(self) -> None:
        """Empty the box and take the hits away."""
        self.editor.clear()
        self.popup.hide()

    def _on_edited(self, text: str) -> None:
        asked = text.strip()
        if not asked:
            self.popup.hide()
        elif self._search is not None:
            found = self._search(asked)
            self.show_hits(found, _said(asked, found))
        self.asked.emit(asked)

    def _on_chosen(self, value: object) -> None:
        self.clear()
        self.chosen.emit(value)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            if event.type() == QEvent.Type.FocusOut and not sip.isdeleted(self.popup):
                self.popup.hide()  # it is a child of the window and may go before this box
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if not self.popup.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self.popup.list.move_by(1)
            case Qt.Key.Key_Up:
                self.popup.list.move_by(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.popup.list.take()
            case Qt.Key.Key_Escape:
                self.popup.hide()
            case _:
                return False
        return True

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.editor.hasFocus()
        inset = 1.0 if focused else 0.5
        painter.setBrush(theme.color("surface"))
        pen = painter.pen()
        pen.setColor(theme.color("focus" if focused else "line2"))
        pen.setWidth(2 if focused else 1)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))


def _said(asked: str, found: Sequence[Hit]) -> str:
    if any(not hit.near for hit in found):
        return ""
    return f"没有“{asked}”，可能是" if found else f"没有“{asked}”"


class _Popup(Ground):
    """A child of the window, not a window of its own: no focus is taken, no manager is asked."""

    def __init__(self) -> None:
        super().__init__("popup")
        self.said = Label(size=12, tone="t3")
        self.said.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.list = HitList()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.said)
        column.addWidget(self.list)
        self.hide()

    def fill(self, hits: Sequence[Hit], said: str) -> None:
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.list.show_hits(hits)

    def place_below(self, box: QWidget) -> None:
        window = box.window()
        if window is None:
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        width = max(box.width(), theme.px(420))
        at = box.mapTo(window, QPoint(0, box.height() + theme.px(4)))
        left = max(theme.px(8), min(at.x(), window.width() - width - theme.px(8)))
        self.setGeometry(left, at.y(), width, self.sizeHint().height())
        self.show()
        self.raise_()
