"""Materials as tabs, and the pages of the one in front: zoom, leaf through, mark as seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PyQt6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.issued import PageImage
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs, Lane
from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override

PAGE_WIDTH = 1240
_A4_WIDTH = 794
_STEP = 1.25
_LEAST, _MOST = 0.25, 4.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialTab:
    """One material of the case; ``to_see`` while a person must still look at something on it."""

    code: str
    title: str
    to_see: bool


class MaterialTabs(QWidget):
    """The materials in the standard's order; the current one is always in view."""

    chosen = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._tabs: tuple[MaterialTab, ...] = ()
        self._current = 0
        self.setFixedHeight(theme.px(44))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tabs(self, tabs: Sequence[MaterialTab], current: int) -> None:
        """Show ``tabs`` with one in front."""
        self._tabs, self._current = tuple(tabs), current
        here = self._tabs[current].title if 0 <= current < len(self._tabs) else "没有"
        self.setAccessibleName(f"材料，共 {len(self._tabs)} 份，正在看 {here}")
        self.update()

    def tabs(self) -> tuple[MaterialTab, ...]:
        """The tabs on show."""
        return self._tabs

    def _boxes(self) -> list[QRectF]:
        boxes, left = [], float(theme.px(8))
        for place, tab in enumerate(self._tabs):
            words = paint.text_width(f"{place + 1} {tab.title}", 13, bold=True)
            boxes.append(QRectF(left, 0, words + theme.px(40), self.height()))
            left += words + theme.px(42)
        if boxes and boxes[-1].right() > self.width():
            beyond = boxes[self._current].right() + theme.px(60) - self.width()
            shift = min(max(0.0, beyond), boxes[-1].right() - self.width())
            boxes = [box.translated(-shift, 0) for box in boxes]
        return boxes

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            for place, box in enumerate(self._boxes()):
                if box.contains(event.position()):
                    self.chosen.emit(place)
                    return

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        bottom = self.height() - 1
        painter.fillRect(0, bottom, self.width(), 1, theme.color("line"))
        for place, (tab, box) in enumerate(zip(self._tabs, self._boxes(), strict=True)):
            front = place == self._current
            icon, tone = ("square", "warn") if tab.to_see else ("check", "ok")
            at = QPointF(box.left() + theme.px(9), (self.height() - theme.px(14)) / 2)
            icons.draw(painter, icon, at, 14, tone, stroke="2.25")
            painter.setFont(theme.font(13, front))
            painter.setPen(theme.color("accentT" if front else "t2"))
            text = QRectF(box.left() + theme.px(28), 0, box.width(), box.height())
            painter.drawText(text, _LEFT, f"{place + 1} {tab.title}")
            if front:
                mark = QRectF(box.left(), bottom - 1, box.width(), 2)
                painter.fillRect(mark, theme.color("accent"))


class _Sheet(QWidget):
    """One page, or words where there is none to show."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.words = ""
        self._scaled = QPixmap()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        if self.picture.isNull():
            painter.setFont(theme.font(14))
            painter.setPen(theme.color("t2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self.words)
            return
        painter.drawPixmap(self.rect(), self._in_size())
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def show_picture(self, picture: QPixmap) -> None:
        """Show another page."""
        self.picture, self._scaled = picture, QPixmap()
        self.update()

    def _in_size(self) -> QPixmap:
        """The page in the size it is shown in, made small with care: thin lines must stay."""
        wanted = self.size() * self.devicePixelRatioF()
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self.picture.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return self._scaled


class Viewer(QScrollArea):
    """The pages of one material's files.

    Space says that the current point was seen, ←→ change the material, PgUp and PgDn the page;
    Ctrl + and Ctrl − zoom while it has the focus, Ctrl 0 fits the page in again.
    """

    seen = pyqtSignal()
    material_step = pyqtSignal(int)
    changed = pyqtSignal()

    def __init__(self, jobs: Jobs, pages: Callable[[StoredFile, int], Sequence[PageImage]]) -> None:
        super().__init__()
        self._jobs, self._ask_pages = jobs, pages
        self._pages: tuple[PageImage, ...] = ()
        self._page, self._zoom, self._fits = 0, 1.0, True
        self._round = 0
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("原件")

    def show_files(self, files: Sequence[StoredFile], instead: str) -> None:
        """Show the files of a material, or the words ``instead`` where there are none."""
        self._round += 1
        self._pages, self._page, self._fits = (), 0, True
        self._say("正在读原件" if files else instead)
        for file in files:
            self._jobs.run(
                Lane.PAPER,
                partial(self._ask_pages, file, PAGE_WIDTH),
                owner=self,
                then=partial(self._on_pages, self._round),
                failed=partial(self._on_failed, self._round),
            )

    def page(self) -> tuple[int, int]:
        """The page in front, counted from 1, and how many there are; 0 of 0 without any."""
        return (self._page + 1 if self._pages else 0), len(self._pages)

    def percent(self) -> int:
        """How large the page is shown; 100 is A4 at 96 dots per inch."""
        return round(self._zoom * 100)

    def zoom(self, by: float) -> None:
        """Show the page larger or smaller; 0 fits it in."""
        self._fits = by == 0
        if by:
            self._zoom = min(_MOST, max(_LEAST, self._zoom * by))
        self._show_page()

    def turn(self, by: int) -> None:
        """Turn pages; the ends hold."""
        if self._pages:
            self._page = min(len(self._pages) - 1, max(0, self._page + by))
            self._load_picture()

    def _on_pages(self, asked_in: int, pages: Sequence[PageImage]) -> None:
        if asked_in != self._round:
            return
        first = not self._pages
        self._pages += tuple(pages)
        if first and self._pages:
            self._load_picture()
        self.changed.emit()

    def _on_failed(self, asked_in: int, error: ClerkError) -> None:
        if asked_in == self._round and not self._pages:
            self._say(str(error))

    def _say(self, words: str) -> None:
        self._sheet.words = words
        self._sheet.show_picture(QPixmap())
        self._show_page()

    def _load_picture(self) -> None:
        """Only the page in front is unpacked: a scan of many pages would fill the memory."""
        picture = QPixmap()
        picture.loadFromData(self._pages[self._page].png)
        self._sheet.show_picture(picture)
        self._show_page()
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)

    def _show_page(self) -> None:
        room, margin = self.viewport(), theme.px(20)
        if room is None:
            return
        picture = self._sheet.picture
        if picture.isNull():
            self._sheet.setFixedSize(max(1, room.width() - 2 * margin), theme.px(200))
        else:
            if self._fits:
                wide = (room.width() - 2 * margin) / picture.width()
                tall = (room.height() - 2 * margin) / picture.height()
                fit = min(wide, tall) * picture.width() / theme.px(_A4_WIDTH)
                self._zoom = min(_MOST, max(_LEAST, fit))
            width = round(theme.px(_A4_WIDTH) * self._zoom)
            self._sheet.setFixedSize(width, round(width * picture.height() / picture.width()))
        number, count = self.page()
        said = f"第 {number} 页，共 {count} 页" if count else self._sheet.words
        self.setAccessibleName(f"原件，{said}")
        self._sheet.update()
        self.changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._show_page()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.rect(), theme.color("rail"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    @override
    def event(self, event: QEvent | None) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and _zoom_of(event) is not None
        ):
            event.accept()  # here these keys mean the page, not the type size of the window
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        zoom = _zoom_of(event)
        if zoom is not None:
            self.zoom(zoom)
            return
        match event.key():
            case Qt.Key.Key_Space:
                self.seen.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.material_step.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(400))


def _zoom_of(event: QKeyEvent) -> float | None:
    """By how much a key zooms; 0 fits the page in, None is another key."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    match event.key():
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            return _STEP
        case Qt.Key.Key_Minus:
            return 1 / _STEP
        case Qt.Key.Key_0:
            return 0.0
        case _:
            return None
