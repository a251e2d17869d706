"""A box to search in, with at most nine hits below it."""

from collections.abc import Callable, Iterator, Sequence

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.timers import timer
from clerk.ui.widgets.ground import Ground
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.keycap import Keycap
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.line import LineEdit
from clerk.values import dataclass

MOST_HITS = 9
AGAIN_MS = 200
NOT_READY = "正在准备，马上就好"
_WIDTH = 560
"""Of the list, at least: a name of forty characters stands in one line."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of an answer: ``value`` is what ``chosen`` carries; ``icon`` may be empty.

    ``near`` marks what is not what was asked for, only close to it. ``marks`` are the begins and
    ends of what matched, in ``also`` (another name of the same) where there is one, else in
    ``title``. ``barred`` says in full why it cannot be taken, and who tells more.
    """

    value: object
    title: str
    hint: str = ""
    key: str = ""
    icon: str = ""
    near: bool = False
    also: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    barred: str = ""


class HitList(QWidget):
    """The hits, painted; one of them is current. ``chosen`` carries the value."""

    chosen = pyqtSignal(object)
    moved = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._current = 0
        self.setMouseTracking(True)
        # painted whole: else each key press would paint again whatever lies behind the hits
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
            self.moved.emit()

    def take(self) -> None:
        """Choose the current hit."""
        hit = self.current()
        if hit is not None:
            self.chosen.emit(hit.value)

    def _speak(self) -> None:
        hit = self.current()
        if hit is None:
            self.setAccessibleName("没有结果")
            return
        said = (hit.title, hit.also, hit.barred or hit.hint)
        place = f"第 {self._current + 1} 个，共 {len(self._hits)} 个"
        self.setAccessibleName("，".join([*filter(None, said), place]))

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
        painter.fillRect(self.rect(), theme.color("surface"))
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
        takes = number == self._current and not hit.barred
        key = hit.key or ("Enter" if takes else "")
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
        marks = () if hit.also else hit.marks
        tone = "t3" if hit.barred else "t1"
        inner.setLeft(_draw_marked(painter, inner, hit.title, marks, 13, tone))
        if hit.also:
            inner.setLeft(inner.left() + theme.px(10))
            _draw_marked(painter, inner, hit.also, hit.marks, 12, "t3")


def _draw_marked(
    painter: QPainter,
    rect: QRectF,
    text: str,
    marks: Sequence[tuple[int, int]],
    size: int,
    tone: str,
) -> float:
    """Paint a text with what matched in bold, cut off where it is too long; return its right end."""
    if len(text) * theme.px(size) > rect.width():  # no character is wider than it is high
        bold = QFontMetricsF(theme.font(size, bold=True))
        text = bold.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.setPen(theme.color(tone))
    for part, marked in _parts(text, marks):
        painter.setFont(theme.font(size, bold=marked))
        painter.drawText(rect, _LEFT, part)
        rect = rect.adjusted(paint.text_width(part, size, marked), 0, 0, 0)
    return rect.left()


def _parts(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, with whether each is marked."""
    at = 0
    for begin, end in sorted(marks):
        if begin > at:
            yield text[at:begin], False
        yield text[max(at, begin) : end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False


class SearchBox(QFrame):
    """Search as one types: ``asked`` carries the text, ``show_hits`` answers, late or at once.

    Enter takes the first hit, the arrows move, digits type. An answer to a text that has changed
    since is dropped when ``show_hits`` is told which text it answers. ``advice`` says what else to
    try where nothing is found. A ``search`` that answers None is not ready: it is asked again soon.
    """

    asked = pyqtSignal(str)
    chosen = pyqtSignal(object)

    def __init__(
        self,
        placeholder: str,
        *,
        key: str = "",
        width: int = 300,
        search: Callable[[str], Sequence[Hit] | None] | None = None,
        advice: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._advice = search, advice
        self._again = timer(self, AGAIN_MS, self._ask_again, once=True)
        self.setFixedSize(theme.px(width), theme.px(32))
        self.editor = LineEdit(bare=True)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(placeholder)
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
        """Show the answer; ``said`` is a line above it, such as 没有“spjjxk”。您是不是要找."""
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

    def current(self) -> Hit | None:
        """The hit that Enter would take, None where none is on show."""
        return self.popup.list.current() if self.popup.isVisible() else None

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
            if found is None:
                self.show_hits((), NOT_READY)
                self._again.start()
            else:
                self.show_hits(found, _said(asked, found, self._advice))
        self.asked.emit(asked)

    def _ask_again(self) -> None:
        """Ask for what stands there by now, unless nobody looks any more."""
        if self.editor.hasFocus():
            self._on_edited(self.editor.text())

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


def _said(asked: str, found: Sequence[Hit], advice: str) -> str:
    if any(not hit.near for hit in found):
        return ""
    return f"没有“{asked}”。您是不是要找" if found else f"没有“{asked}”。{advice}".rstrip("。")


class _Popup(Ground):
    """A child of the window, not a window of its own: no focus is taken, no manager is asked."""

    def __init__(self) -> None:
        super().__init__("popup")
        self.said = Label(size=12, tone="t3", wrap=True)
        self.said.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.list = HitList()
        self.barred = Label(size=12, tone="warn", wrap=True)
        self.barred.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.list.moved.connect(self._say_why)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.said)
        column.addWidget(self.list)
        column.addWidget(self.barred)
        self.hide()

    def fill(self, hits: Sequence[Hit], said: str) -> None:
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.list.show_hits(hits)
        self._say_why()

    def _say_why(self) -> None:
        """Say below the list why the current one cannot be taken, and where to ask."""
        hit = self.list.current()
        self.barred.setText(hit.barred if hit is not None else "")
        was = self.barred.isVisibleTo(self)
        self.barred.setVisible(hit is not None and bool(hit.barred))
        if was != self.barred.isVisibleTo(self):
            self._fit()

    def _fit(self) -> None:
        column = self.layout()
        if column is not None and self.isVisible():
            column.activate()
            self.resize(self.width(), self._height(self.width()))

    def _height(self, width: int) -> int:
        height = 2 + self.list.height()
        for label in (self.said, self.barred):
            if label.isVisibleTo(self):
                height += label.heightForWidth(width - 2)
        return height

    def place_below(self, box: QWidget) -> None:
        window = box.window()
        if window is None:
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        width = min(max(box.width(), theme.px(_WIDTH)), window.width() - theme.px(16))
        at = box.mapTo(window, QPoint(0, box.height() + theme.px(4)))
        left = max(theme.px(8), min(at.x(), window.width() - width - theme.px(8)))
        self.setGeometry(left, at.y(), width, self._height(width))
        column = self.layout()
        if column is not None:
            column.activate()  # else the hits are painted twice: now, and once they have their place
        if not self.isVisible():
            self.show()
            self.raise_()
