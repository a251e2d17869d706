"""The pages of a paper as pictures, one below the other, at any size."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Final

from PyQt6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.widgets.page_marks import PageMark, paint_marks, place_of

_LONG_SIDE: Final = 1123
"""The long side of A4 at 96 dots per inch: what 100 % means."""
_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.76, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
_LINE: Final = 48
_GAP: Final = 12
_ZOOM_IN: Final = frozenset({Qt.Key.Key_Plus, Qt.Key.Key_Equal})


class Fit(Enum):
    """What the size of the pages follows (整页、适合宽度、自定)."""

    PAGE = "page"
    WIDTH = "width"
    FREE = "free"


class PageCanvas(QAbstractScrollArea):
    """Paints pages and their marks; wheel and keys scroll, Ctrl +, Ctrl − and Ctrl 0 change the size.

    Only the pages in view and their neighbours are held unpacked: one takes some 9 MB. ``wanted``
    carries a page that comes near, once, and ``put`` brings it. ``turned`` follows the page in view
    (first is 0), ``scaled`` the size. ``mark_clicked`` carries the name of a mark.
    """

    turned = pyqtSignal(int)
    scaled = pyqtSignal()
    wanted = pyqtSignal(int)
    mark_clicked = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._pages: tuple[QSize, ...] = ()
        self._held: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._marks: tuple[PageMark, ...] = ()
        self._marked = ""
        self._ready: dict[int, QPixmap] = {}
        self._fit, self._zoom = Fit.PAGE, 1.0
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._down = QScrollBar(Qt.Orientation.Vertical)
        self._across = QScrollBar(Qt.Orientation.Horizontal)
        for bar in (self._down, self._across):
            bar.setSingleStep(theme.px(_LINE))
            bar.valueChanged.connect(self._on_scrolled)
        self._port = QWidget()
        self.setVerticalScrollBar(self._down)
        self.setHorizontalScrollBar(self._across)
        self.setViewport(self._port)

    def show_pages(
        self,
        pages: Sequence[QSize],
        marks: Sequence[PageMark] = (),
        *,
        here: Mapping[int, QImage] | None = None,
    ) -> None:
        """Show other pages, by their sizes in pixels, from the first on; ``here`` are unpacked."""
        self._pages, self._marks, self._marked = tuple(pages), tuple(marks), ""
        self._held, self._asked = dict(here or {}), set()
        self._page = 0
        self._lay_out()
        self._vertical(0)
        self.turned.emit(0)

    def put(self, page: int, image: QImage) -> None:
        """Bring a page that was wanted; dropped where it is far from view by now."""
        self._asked.discard(page)
        if page in self._near():
            self._held[page] = image
            self._ready.pop(page, None)
            self._repaint()

    def sharpen(self, pages: Sequence[QSize]) -> None:
        """The same pages are there in more detail: ask for those near, show the old ones till then."""
        self._pages = tuple(pages)
        self._asked = set(self._near())
        for page in sorted(self._asked):
            self.wanted.emit(page)

    def shown_width(self) -> int:
        """How many pixels of the screen the page in view is wide."""
        if not self._pages:
            return 0
        return round(self._sizes()[self._page].width() * self.devicePixelRatioF())

    def held(self) -> frozenset[int]:
        """Which pages are held unpacked."""
        return frozenset(self._held)

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def page(self) -> int:
        """The page in view, 0 for the first."""
        return self._page

    def fit(self) -> Fit:
        """What the size follows."""
        return self._fit

    def zoom(self) -> float:
        """The size of the page in view; 1.0 shows an A4 page as large as it is at 96 dots per inch."""
        return self._scale(self._page)

    def set_fit(self, fit: Fit) -> None:
        """Follow the window's height or width, or keep the size as it is."""
        self._zoom = self._scale(self._page)
        self._fit = fit
        self._resized()

    def zoom_by(self, steps: int) -> None:
        """One step larger or smaller than now."""
        now = self._scale(self._page)
        wanted = [z for z in _STEPS if (z > now + 0.01 if steps > 0 else z < now - 0.01)]
        if wanted:
            self._fit, self._zoom = Fit.FREE, wanted[0] if steps > 0 else wanted[-1]
            self._resized()

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page into view; nothing where there is no such page."""
        if 0 <= page < len(self._pages):
            self._vertical(round(self._tops()[page]) - theme.px(_GAP))
            self._turn(page)

    def turn_by(self, step: int) -> None:
        """Scroll by a screenful, or to the neighbour page when this one was seen to its edge."""
        bar = self._down
        tops, sizes = self._tops(), self._sizes()
        if not tops:
            return
        view = self._port.height()
        low, high = tops[self._page], tops[self._page] + sizes[self._page].height()
        if step > 0 and high > bar.value() + view + 1:
            self._vertical(min(bar.value() + view - theme.px(_LINE), round(high - view)))
        elif step < 0 and low < bar.value() - 1:
            self._vertical(max(bar.value() - view + theme.px(_LINE), round(low) - theme.px(_GAP)))
        else:
            self.go_to_page(self._page + step)

    def show_mark(self, name: str) -> bool:
        """Set off the marks of that name and bring the first into view; False where none is."""
        self._marked = name
        found = next((mark for mark in self._marks if mark.name == name), None)
        if found is not None:
            top = self._tops()[found.page] + found.top * self._sizes()[found.page].height()
            self._vertical(round(top) - self._port.height() // 3)
        self._repaint()
        return found is not None

    def mark_names(self) -> tuple[str, ...]:
        """The names of the marks, each once, as they stand on the pages."""
        return tuple(dict.fromkeys(mark.name for mark in self._marks if mark.name))

    def mark_at(self, at: QPointF) -> str:
        """The name of the mark that lies there in the viewport, empty where none does."""
        rects = self._rects()
        lying = (m for m in self._marks if m.name and place_of(m, rects[m.page]).contains(at))
        return next((mark.name for mark in lying), "")

    def rect_of(self, page: int) -> QRect:
        """Where a page lies in the viewport now."""
        return self._rects()[page].toRect()

    # Geometry ------------------------------------------------------------

    def _natural(self, page: int) -> QSizeF:
        size = QSizeF(self._pages[page])
        return size * (theme.px(_LONG_SIDE) / max(size.width(), size.height(), 1.0))

    def _scale(self, page: int) -> float:
        if self._fit is Fit.FREE or not self._pages:
            return self._zoom
        natural = self._natural(page)
        edge = 2 * theme.px(_GAP)
        width = (self._port.width() - edge) / natural.width()
        if self._fit is Fit.PAGE:
            width = min(width, (self._port.height() - edge) / natural.height())
        return max(0.1, width)

    def _sizes(self) -> list[QSizeF]:
        return [self._natural(page) * self._scale(page) for page in range(len(self._pages))]

    def _tops(self) -> list[float]:
        tops, at = [], float(theme.px(_GAP))
        for size in self._sizes():
            tops.append(at)
            at += size.height() + theme.px(_GAP)
        return tops

    def _rects(self) -> list[QRectF]:
        wide = max(self._port.width(), self._across.maximum() + self._port.width())
        return [
            QRectF(
                (wide - size.width()) / 2 - self._across.value(),
                top - self._down.value(),
                size.width(),
                size.height(),
            )
            for top, size in zip(self._tops(), self._sizes(), strict=True)
        ]

    def _lay_out(self) -> None:
        self._ready.clear()
        sizes, gap = self._sizes(), theme.px(_GAP)
        height = sum(size.height() + gap for size in sizes) + gap
        width = max((size.width() for size in sizes), default=0) + 2 * gap
        port = self._port
        self._down.setRange(0, max(0, round(height) - port.height()))
        self._down.setPageStep(port.height())
        self._across.setRange(0, max(0, round(width) - port.width()))
        self._across.setPageStep(port.width())
        self._follow_view()
        self._repaint()

    def _resized(self) -> None:
        """Lay out anew with the page in view kept in view."""
        page = self._page
        self._lay_out()
        self.go_to_page(page)
        self.scaled.emit()

    def _vertical(self, value: int) -> None:
        self._down.setValue(value)

    def _repaint(self) -> None:
        self._port.update()

    # Events --------------------------------------------------------------

    def _on_scrolled(self) -> None:
        middle = self._port.height() / 2
        rects = self._rects()
        if rects:
            nearest = min(range(len(rects)), key=lambda at: abs(rects[at].center().y() - middle))
            self._turn(nearest)
        self._follow_view()
        self._repaint()

    def _near(self) -> range:
        """The pages in view, the one before and the one behind."""
        seen = QRectF(self._port.rect())
        shown = [page for page, rect in enumerate(self._rects()) if rect.intersects(seen)]
        if not shown:
            return range(0)
        return range(max(0, shown[0] - 1), min(len(self._pages), shown[-1] + 2))

    def _follow_view(self) -> None:
        """Let go of pages that are far from view, ask for those that come near."""
        near = self._near()
        for page in [page for page in self._held if page not in near]:
            del self._held[page]
            self._ready.pop(page, None)
        for page in near:
            if page not in self._held and page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page)

    def _turn(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.turned.emit(page)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._resized()

    @override
    def event(self, event: QEvent | None) -> bool:
        """Keep Ctrl +, Ctrl − and Ctrl 0 from the window, which would change the type size."""
        if (
            event is not None
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._sizing(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def _sizing(self, event: QKeyEvent) -> Callable[[], None] | None:
        """How a key changes the size, None for any other key."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        key = event.key()
        if key in _ZOOM_IN:
            return partial(self.zoom_by, 1)
        if key == Qt.Key.Key_Minus:
            return partial(self.zoom_by, -1)
        return partial(self.set_fit, Fit.PAGE) if key == Qt.Key.Key_0 else None

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        sizing = self._sizing(event)
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if sizing is not None:
            sizing()
        elif event.key() in turns:
            self.turn_by(turns[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self.go_to_page(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to_page(len(self._pages) - 1)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        name = self.mark_at(event.position())
        if name:
            self._marked = name
            self._repaint()
            self.mark_clicked.emit(name)

    @override
    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self._repaint()

    @override
    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._repaint()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        port = self._port
        painter = QPainter(port)
        painter.fillRect(port.rect(), theme.color("rail" if theme.is_dark() else "line"))
        seen = QRectF(port.rect())
        for page, rect in enumerate(self._rects()):
            if rect.intersects(seen):
                self._paint_page(painter, page, rect)
                on_it = [mark for mark in self._marks if mark.page == page]
                paint_marks(painter, on_it, rect, self._marked)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(seen.adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: int, rect: QRectF) -> None:
        """Paint what is seen of a page; one that is shown smaller is scaled once per size."""
        image, ratio = self._held.get(page), self.devicePixelRatioF()
        if image is None:
            painter.fillRect(rect, QColor(Qt.GlobalColor.white))
            return
        size = (rect.size() * ratio).toSize()
        if size.width() >= image.width():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)
            return
        if page not in self._ready:
            mode = Qt.TransformationMode.SmoothTransformation
            aspect = Qt.AspectRatioMode.IgnoreAspectRatio
            made = QPixmap.fromImage(image.scaled(size, aspect, mode))
            made.setDevicePixelRatio(ratio)
            self._ready[page] = made
        painter.drawPixmap(rect.topLeft(), self._ready[page])
