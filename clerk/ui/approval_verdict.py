"""What the machine found, what a person must look at, and the opinion (审查意见)."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clerk.domain.findings import Verdict
from clerk.ui import icons, paint, theme
from clerk.ui.approval_changes import ChangesBlock
from clerk.ui.approval_findings import FindingsList, wrapped
from clerk.ui.overriding import override
from clerk.ui.widgets import Icon, KeyHint, Label, Line
from clerk.values import dataclass
from clerk.wording_cases import check_counts, check_headline

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP = int(Qt.TextFlag.TextWordWrap)
_SHORT = 640
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to look at: its code, the words, and the material it lies on, if any."""

    code: str
    text: str
    material: str
    seen: bool
    found: str = "看过"


class PointList(QWidget):
    """要你看的: Space marks the current one as seen.

    ``chosen`` carries the place of a point, ``moved`` where the current one stands, in pixels.
    """

    seen = pyqtSignal()
    chosen = pyqtSignal(int)
    moved = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[Point, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[Point], current: int) -> None:
        """Show ``points`` with one current; -1 for none."""
        self._points, self._current = tuple(points), current
        self._fit()
        self._speak()
        self.update()
        if 0 <= current < len(self._points):
            above = sum(self._tall(point) for point in self._points[:current])
            self.moved.emit(above + self._tall(self._points[current]) // 2)

    def _fit(self) -> None:
        self.setFixedHeight(sum(self._tall(point) for point in self._points))

    def _room(self) -> int:
        return max(1, self.width() - theme.px(42 + 66))

    def _tall(self, point: Point) -> int:
        """What must be looked at is never cut short: its text takes the lines it needs."""
        return wrapped(point.text, 14, self._room()) + theme.px(28)

    def _place_at(self, y: float) -> int:
        top = 0
        for place, point in enumerate(self._points):
            top += self._tall(point)
            if y < top:
                return place
        return len(self._points) - 1

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.oldSize().width() != event.size().width():
            self._fit()

    def points(self) -> tuple[Point, ...]:
        """The points on show."""
        return self._points

    def _speak(self) -> None:
        left = sum(not point.seen for point in self._points)
        here = ""
        if 0 <= self._current < len(self._points):
            point = self._points[self._current]
            here = f"，{point.text}，{point.found if point.seen else '还没看，按空格标符合'}"
        self.setAccessibleName(f"要你看的，还有 {left} 处{here}")

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        match event.key():
            case Qt.Key.Key_Space:
                self.seen.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self._points:
                step = -1 if event.key() == Qt.Key.Key_Up else 1
                self.chosen.emit(min(len(self._points) - 1, max(0, self._current + step)))
            case _:
                super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is None or not self._points:
            return
        self.chosen.emit(self._place_at(event.position().y()))
        if event.position().x() < theme.px(44):
            self.seen.emit()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        top = 0
        for place, point in enumerate(self._points):
            row = QRectF(0, top, self.width(), self._tall(point))
            self._paint_point(painter, row, point, place == self._current)
            top += self._tall(point)
        if self.hasFocus():
            paint.draw_focus_ring(painter, QRectF(self.rect()), 4, "surface")

    def _paint_point(self, painter: QPainter, row: QRectF, point: Point, current: bool) -> None:
        if current:
            painter.fillRect(row, theme.color("selected"))
        icon, tone = ("square-check", "ok") if point.seen else ("square", "control")
        at = QPointF(theme.px(18), row.top() + theme.px(7))
        icons.draw(painter, icon, at, 16, tone, stroke="2")
        left, room = theme.px(42), self._room()
        tall = wrapped(point.text, 14, room)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("t1"))
        painter.drawText(QRect(left, round(row.top()) + theme.px(5), room, tall), _WRAP, point.text)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t3"))
        below = QRectF(left, row.top() + theme.px(5) + tall, row.width() - left, theme.px(18))
        painter.drawText(below, _LEFT, point.material)
        self._paint_state(painter, row, point, current)

    def _paint_state(self, painter: QPainter, row: QRectF, point: Point, current: bool) -> None:
        if not point.seen and current:
            size = paint.keycap_size("Space")
            left = row.right() - size.width() - theme.px(14)
            cap = QRectF(left, row.top() + theme.px(6), size.width(), size.height())
            paint.draw_keycap(painter, cap, "Space")
            return
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t3"))
        box = QRectF(row.left(), row.top() + theme.px(5), row.width() - theme.px(14), theme.px(20))
        painter.drawText(box, _RIGHT, point.found if point.seen else "还没看")


class OpinionBox(QPlainTextEdit):
    """Where the opinion is written; Space types, Esc leaves, Tab goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName("审查意见，Esc 回到原件")
        self.setFixedHeight(theme.px(72))

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def words(self) -> str:
        """The opinion without blanks around it."""
        return self.toPlainText().strip()


class VerdictColumn(QFrame):
    """The right column of 审批."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.icon = Icon("circle-check", 20, "ok", stroke="2")
        self.headline = Label(size=20, bold=True)
        self.counts = Label(size=13, tone="t2", wrap=True)
        self.why_not = Label(size=13, tone="warn", wrap=True)
        self.points = PointList()
        self.checked = Label(size=12, tone="t3")
        self.findings = FindingsList()
        self.changes = ChangesBlock()
        self.opinion = OpinionBox()
        self.after = Label(size=12, tone="t3", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Line(upright=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(10))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        first.addWidget(self.icon)
        first.addWidget(self.headline, 1)
        head.addLayout(first)
        head.addWidget(self.counts)
        head.addWidget(self.why_not)
        self.why_not.hide()
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._scrolled(), 1)
        column.addWidget(Line())
        hint = KeyHint(["Ctrl 1–9"], "常用意见", keys_last=True)
        column.addLayout(_heading("审查意见", Label(size=12), hint))
        box = QVBoxLayout()
        box.setContentsMargins(theme.px(18), 0, theme.px(18), theme.px(10))
        box.setSpacing(theme.px(6))
        box.addWidget(self.opinion)
        box.addWidget(self.after)
        column.addLayout(box)

    def _scrolled(self) -> QScrollArea:
        """What to look at and what was checked; both may be longer than a small screen."""
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.changes)
        column.addLayout(_heading("要你看的", Label("看过才能同意", size=12, tone="t3")))
        column.addWidget(self.points)
        column.addWidget(Line())
        column.addLayout(_heading("自动核对", self.checked, KeyHint(["Ctrl I"], "看依据")))
        column.addWidget(self.findings)
        column.addStretch(1)
        self.middle = QScrollArea()
        self.middle.setWidget(inside)
        self.middle.setWidgetResizable(True)
        self.middle.setFrameShape(QFrame.Shape.NoFrame)
        self.middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.points.moved.connect(self._bring_into_view)
        return self.middle

    def _bring_into_view(self, middle: int) -> None:
        at = self.points.y() + middle
        self.middle.ensureVisible(0, at, 0, theme.px(50))

    def toggle_reasons(self) -> bool:
        """Show or hide the reasons; while they are shown the list has the focus."""
        wanted = not self.findings.shows_reasons()
        self.findings.show_reasons(wanted)
        bar = self.middle.verticalScrollBar()
        if wanted:
            self.findings.setFocus()
            if bar is not None:
                bar.setValue(self.findings.y() - theme.px(36))
        elif bar is not None:
            bar.setValue(0)
        return wanted

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.after.setVisible(self.height() > theme.px(_SHORT))

    def show_verdict(self, verdict: Verdict, to_look_at: int, why_not: str) -> None:
        """Show the machine's headline and all it checked."""
        passed = not (verdict.failed or verdict.open)
        self.icon.show_icon("circle-check" if passed else "circle-alert", "ok" if passed else "bad")
        self.headline.setText(check_headline(verdict))
        self.headline.set_tone("ok" if passed else "bad")
        self.counts.setText(check_counts(verdict, to_look_at))
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.checked.setText(f"{len(verdict.passed)} / {len(verdict.findings)}")
        self.findings.show_findings(verdict)


def _heading(title: str, hint: QWidget, *beside: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(theme.px(18), theme.px(6), theme.px(14), theme.px(6))
    row.setSpacing(theme.px(8))
    row.addWidget(Label(title, bold=True))
    row.addWidget(hint)
    row.addStretch(1)
    for widget in beside:
        row.addWidget(widget)
    return row
