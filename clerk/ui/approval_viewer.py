"""Materials as tabs, and the pages of the one in front: leaf through, mark as seen."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.domain.issued import PageImage
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs
from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.widgets import KeyHint
from clerk.ui.widgets.page_canvas import Fit, PageCanvas
from clerk.ui.widgets.page_view import PICTURE_WIDTH, PageView
from clerk.values import dataclass

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


class _Pages(PageCanvas):
    """Pages on which Space and the arrows to the sides mean the case, not the page."""

    seen = pyqtSignal()
    material_step = pyqtSignal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        match event.key():
            case Qt.Key.Key_Space:
                self.seen.emit()
            case Qt.Key.Key_Left:
                self.material_step.emit(-1)
            case Qt.Key.Key_Right:
                self.material_step.emit(1)
            case _:
                super().keyPressEvent(event)


class Viewer(PageView):
    """The pages of one material's files, one file after the other.

    Space says that the current point was seen (``seen``), ←→ change the material
    (``material_step``); the other keys are those of any pages.
    """

    def __init__(self, jobs: Jobs, pages: Callable[[StoredFile, int], Sequence[PageImage]]) -> None:
        canvas = _Pages()
        super().__init__(jobs, name="原件", canvas=canvas)
        self._ask_pages = pages
        self.seen, self.material_step = canvas.seen, canvas.material_step
        if self.bar is not None:
            self.bar.leave_focus()
            self.bar.add_hints(
                KeyHint(["Space"], "符合，下一处", keys_last=True),
                KeyHint(["←", "→"], "换材料", keys_last=True),
            )

    def show_files(self, files: Sequence[StoredFile], instead: str) -> None:
        """Show the files of a material, or the words ``instead`` where there are none.

        The pages of the material before go at once: they must not stand under another's name.
        """
        self.canvas.set_fit(Fit.PAGE)
        if not files:
            self.show_words(instead)
            return
        self.clear()
        self.load(
            lambda: [page for file in files for page in self._ask_pages(file, PICTURE_WIDTH)],
            said="正在读原件",
        )
