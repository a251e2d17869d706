"""Below the list: the first page of the current material and what a person must look at."""

from collections.abc import Callable, Sequence
from datetime import date

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clerk.domain.issued import PageImage
from clerk.domain.material import Evidence
from clerk.domain.standard import Requirement
from clerk.ui import icons, paint, theme
from clerk.ui.intake_points import MOST_POINTS, points_in_sight
from clerk.ui.intake_typing import day_before
from clerk.ui.overriding import override
from clerk.ui.widgets import Field, KeyHint, Label, Quiet

THUMBNAIL_WIDTH = 138
_HEIGHT = 126
_SHORT_HEIGHT = 112
_LOW = 44
_DATE_WIDTH = 180
_EDGE, _SIDE, _GAP = 10, 14, 8


class Tick(QAbstractButton):
    """A line with a square to tick: not looked at, holds, does not hold, in turn.

    With ``two_states`` it is an ordinary tick. ``turned`` carries None, True or False.
    """

    turned = pyqtSignal(object)

    def __init__(self, text: str = "", *, two_states: bool = False) -> None:
        super().__init__()
        self._two_states = two_states
        self._holds: bool | None = False if two_states else None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(text)
        self.clicked.connect(self._on_clicked)

    def set_words(self, text: str) -> None:
        """Show another line."""
        escaped = text.replace("&", "&&")
        if escaped != self.text():
            self.setText(escaped)
        self._speak()

    def holds(self) -> bool | None:
        """What was ticked."""
        return self._holds

    def set_holds(self, holds: bool | None) -> None:
        """Show an answer without telling anybody."""
        if holds is not self._holds:
            self._holds = holds
            self._speak()
            self.update()

    def _on_clicked(self) -> None:
        if self._two_states:
            self.set_holds(not self._holds)
        else:
            self.set_holds({None: True, True: False, False: None}[self._holds])
        self.turned.emit(self._holds)

    def _speak(self) -> None:
        word = {True: "符合", False: "不符合", None: "还没看"}[self._holds]
        if self._two_states:
            word = "已勾" if self._holds else "没勾"
        said = f"{self.text()}，{word}"
        if said != self.accessibleName():
            self.setAccessibleName(said)

    @override
    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), 13) + theme.px(26)
        return QSize(round(width), theme.px(22))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            paint.draw_focus_ring(painter, QRectF(self.rect()), 4, "surface")
        refused = self._holds is False and not self._two_states
        name = "square-check" if self._holds else "circle-x" if refused else "square"
        tone = "ok" if self._holds else "bad" if refused else "t3"
        middle = self.height() / 2
        at = QRectF(theme.px(2), middle - theme.px(8), theme.px(16), theme.px(16))
        icons.draw(painter, name, at.topLeft(), 16, tone, stroke="2")
        painter.setPen(theme.color("t1"))
        painter.setFont(theme.font(13))
        box = QRectF(theme.px(24), 0, self.width() - theme.px(24), self.height())
        text = painter.fontMetrics().elidedText(
            self.text().replace("&&", "&"), Qt.TextElideMode.ElideRight, round(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


class Thumbnail(QWidget):
    """A small picture of a page; paper stays white in both themes."""

    def __init__(self) -> None:
        super().__init__()
        self._page: PageImage | None = None
        self._picture = QPixmap()
        self.hide()
        self.setFixedSize(theme.px(THUMBNAIL_WIDTH), theme.px(_HEIGHT - 24))

    def show_page(self, page: PageImage | None) -> None:
        """Show a page, or none."""
        if page is self._page:
            return
        self._page, self._picture = page, QPixmap()
        if page is not None:
            self._picture.loadFromData(page.png)
        self.setVisible(page is not None)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line2"))
        painter.setBrush(Qt.GlobalColor.white)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        if self._picture.isNull():
            return
        inner = frame.adjusted(3, 3, -3, -3)
        scale = min(inner.width() / self._picture.width(), inner.height() / self._picture.height())
        width, height = self._picture.width() * scale, self._picture.height() * scale
        target = QRectF(
            inner.center().x() - width / 2, inner.center().y() - height / 2, width, height
        )
        painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))


class MaterialStrip(Quiet):
    """The page, the review points and, where its age counts, the day of one material.

    ``dated`` carries the day the paper bears, or None where it was wiped out.
    """

    point = pyqtSignal(str, object)
    dated = pyqtSignal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._codes: tuple[str, ...] = ()
        self._height, self._tall, self._paged = _HEIGHT, False, False
        self.page = Thumbnail()
        self.title = Label(size=13, bold=True)
        self.said = Label(size=12, tone="t3", wrap=True)
        self.look = KeyHint(("Space",), "看原件", keys_last=True)
        self.advice = Label("要点由人看过才算合格", size=12, tone="t3")
        self.confirm = KeyHint(("Enter",), "都看过，符合")
        self.issued_on = Field("开具日期")
        self.issued_on.setFixedWidth(theme.px(_DATE_WIDTH))
        self.issued_on.committed.connect(self._on_dated)
        self.ticks: list[Tick] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(_SIDE), theme.px(_EDGE), theme.px(_SIDE), theme.px(_EDGE))
        row.setSpacing(theme.px(_SIDE))
        row.addWidget(self.page)
        column = QVBoxLayout()
        column.setSpacing(theme.px(1))
        self._heading = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._heading.addWidget(self.title)
        self._heading.addWidget(self.said, 1)
        column.addLayout(self._heading)
        below = QHBoxLayout()
        below.setSpacing(theme.px(_SIDE))
        self._points, self._foot = self._points_box(), self._foot_box()
        below.addLayout(self._points, 1)
        below.addLayout(self._foot)
        column.addLayout(below, 1)
        row.addLayout(column, 1)
        self.show_material(0, None, None, "", editable=False)

    def _points_box(self) -> QVBoxLayout:
        points = QVBoxLayout()
        points.setSpacing(theme.px(1))
        for place in range(MOST_POINTS):
            tick = Tick()
            tick.turned.connect(lambda holds, at=place: self._on_turned(at, holds))
            points.addWidget(tick)
            self.ticks.append(tick)
        points.addStretch(1)
        return points

    def _foot_box(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setSpacing(theme.px(4))
        foot.addWidget(self.look, 0, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self.issued_on)
        foot.addStretch(1)
        foot.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self.advice, 0, Qt.AlignmentFlag.AlignRight)
        return foot

    def set_short(self, short: bool) -> None:
        """Take less room on a low screen."""
        self._height = _SHORT_HEIGHT if short else _HEIGHT
        self.page.setFixedHeight(theme.px(self._height - 24))
        self._set_height()

    def _set_height(self) -> None:
        """Take the usual room, and more where what is said needs lines of its own."""
        name, room = self.title.sizeHint(), self._room()
        rest = room - name.width() - theme.px(_GAP)
        beside = paint.text_width(self.said.text(), 12) <= rest
        self._heading.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._heading.setSpacing(theme.px(_GAP if beside else 0))
        if beside:
            top = max(name.height(), self.said.heightForWidth(rest))
        else:
            top = name.height() + self.said.heightForWidth(room)
        below = 0
        for box in (self._points, self._foot):
            box.invalidate()  # what was hidden or shown in it since is not told to it
            below = max(below, box.sizeHint().height())
        usual = theme.px(self._height if self._tall else _LOW)
        edge = self.contentsMargins()
        edges = theme.px(2 * _EDGE + 1) + edge.top() + edge.bottom()
        self.setFixedHeight(max(usual, top + below + edges))

    def _room(self) -> int:
        """How wide the name and what is said may be; a page that is yet to come has its place."""
        room = self.width() - theme.px(2 * _SIDE)
        if self._paged:
            room -= theme.px(THUMBNAIL_WIDTH + _SIDE)
        return room

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.oldSize().width() != event.size().width():
            self._set_height()

    def show_material(
        self,
        number: int,
        asked: Requirement | None,
        held: Evidence | None,
        said: str,
        *,
        editable: bool,
    ) -> None:
        """Show what is to be looked at on the current material."""
        self.setVisible(asked is not None)
        if asked is None:
            return
        self.title.setText(f"{number} {asked.name}")
        self.said.setText(said)
        self.said.setToolTip(said)
        by_hand = held is not None and held.way.value in {"paper", "file", "scan"}
        points = points_in_sight(asked, held.points if held else {}) if by_hand else ()
        self._codes = tuple(point.code for point in points)
        self._show_points([point.text for point in points], held, editable=editable)
        self.look.setVisible(held is not None and bool(held.files))
        seen = held.points if held else {}
        unseen = any(code not in seen for code in self._codes)
        self.confirm.setVisible(editable and unseen)
        self.advice.setVisible(bool(points))
        self._show_day(asked, held if by_hand else None, editable=editable)
        dated = self.issued_on.isVisibleTo(self)
        self._paged = held is not None and bool(held.files)
        self._tall = bool(points) or dated or self._paged
        self._set_height()
        if not self._paged:
            self.page.show_page(None)

    def _show_day(self, asked: Requirement, held: Evidence | None, *, editable: bool) -> None:
        """Ask for the day the paper bears, where the standard bounds its age."""
        counts = held is not None and asked.ages
        self.issued_on.setVisible(counts)
        if held is not None and counts:
            self.issued_on.set_value(held.issued_on.isoformat() if held.issued_on else "")
            self.issued_on.editor.setPlaceholderText(_within(asked))
            self.issued_on.editor.setReadOnly(not editable)
            self.issued_on.set_error("")

    def _on_dated(self, text: str) -> None:
        today = self._today()
        day = day_before(text, today) if text else None
        if text and (day is None or day > today):
            self.issued_on.set_error("写成 2026-03-01，不晚于今天")
            return
        self.dated.emit(day)

    def _show_points(self, texts: Sequence[str], held: Evidence | None, *, editable: bool) -> None:
        for place, tick in enumerate(self.ticks):
            tick.setVisible(place < len(texts))
            if place < len(texts):
                tick.set_words(texts[place])
                tick.set_holds(held.points.get(self._codes[place]) if held else None)
                tick.setEnabled(editable)

    def _on_turned(self, place: int, holds: object) -> None:
        self.point.emit(self._codes[place], holds)


def _within(asked: Requirement) -> str:
    """How old the paper may be, in the unit of its standard."""
    if asked.max_age_months is not None:
        return f"{asked.max_age_months} 个月内"
    return f"{asked.max_age_days} 天内"
