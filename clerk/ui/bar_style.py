"""How scroll bars are drawn: a rounded handle and nothing else, darker under the mouse.

A style of their own costs a bar nothing. A style sheet cost each more than the bar itself, and a
page has a dozen of them that are never shown. Not on the way to the first paint: see
``clerk.ui.style``.
"""

from functools import cache

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from clerk.ui import paint, theme
from clerk.ui.overriding import override

_THICK, _SHORTEST, _ROUND = 10, 28, 4
_EDGE = 2
"""Pixels that the handle keeps free at either end, in every scale."""


class BarStyle(QProxyStyle):
    """Fusion, but for what a scroll bar measures and looks like; for scroll bars alone."""

    def __init__(self) -> None:
        super().__init__("fusion")

    @override
    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric is QStyle.PixelMetric.PM_ScrollBarExtent:
            return theme.px(_THICK)
        if metric is QStyle.PixelMetric.PM_ScrollBarSliderMin:
            return theme.px(_SHORTEST) + 2 * _EDGE
        return super().pixelMetric(metric, option, widget)

    @override
    def subControlRect(
        self,
        cc: QStyle.ComplexControl,
        opt: QStyleOptionComplex | None,
        sc: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if not isinstance(opt, QStyleOptionSlider):
            return super().subControlRect(cc, opt, sc, widget)
        along = opt.orientation is Qt.Orientation.Horizontal
        wide, high = opt.rect.width(), opt.rect.height()
        room = wide if along else high
        begin, long = self._handle(opt, room)
        match sc:
            case QStyle.SubControl.SC_ScrollBarGroove:
                first, last = 0, room
            case QStyle.SubControl.SC_ScrollBarSlider:
                first, last = begin, begin + long
            case QStyle.SubControl.SC_ScrollBarSubPage:
                first, last = 0, begin
            case QStyle.SubControl.SC_ScrollBarAddPage:
                first, last = begin + long, room
            case _:
                return QRect()
        span = last - first
        return QRect(first, 0, span, high) if along else QRect(0, first, wide, span)

    def _handle(self, bar: QStyleOptionSlider, room: int) -> tuple[int, int]:
        """Where on the bar the handle begins, and how long it is, of ``room`` pixels."""
        span = bar.maximum - bar.minimum
        long = room
        if span > 0:
            shortest = theme.px(_SHORTEST) + 2 * _EDGE
            long = min(room, max(shortest, bar.pageStep * room // (span + bar.pageStep)))
        begin = QStyle.sliderPositionFromValue(
            bar.minimum, bar.maximum, bar.sliderPosition, room - long, bar.upsideDown
        )
        return begin, long

    @override
    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex | None,
        painter: QPainter | None,
        widget: QWidget | None = None,
    ) -> None:
        if painter is None or not isinstance(option, QStyleOptionSlider):
            return
        if option.maximum <= option.minimum:
            return  # its room is kept, but there is nothing to scroll
        handle = QStyle.SubControl.SC_ScrollBarSlider
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        over = hovered and option.activeSubControls == handle
        rect = self.subControlRect(control, option, handle, widget).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "control" if over else "line2"
        paint.fill_round(painter, QRectF(rect), theme.px(_ROUND) - 1, tone)


@cache
def bar_style() -> BarStyle:
    """The one style of all scroll bars; the application's own, so that no bar outlives it."""
    made = BarStyle()
    made.setParent(QApplication.instance())
    return made
