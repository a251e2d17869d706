"""What the machine checked (自动核对): what failed first, with reasons where they are wanted."""

from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.domain.findings import Finding, Outcome, Verdict
from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.wording import basis, finding, remedy

_WRAP = int(Qt.TextFlag.TextWordWrap)
_FAR = 10_000
_ICONS: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.PASS: ("check", "ok"),
    Outcome.FAIL: ("circle-x", "bad"),
    Outcome.CANNOT_TELL: ("circle-dashed", "warn"),
}


class FindingsList(QWidget):
    """自动核对: what failed first; with reasons on, each with its basis."""

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self._reasons = False
        self._lines: tuple[tuple[Outcome, str, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_findings(self, verdict: Verdict) -> None:
        """Show what was checked: failed, not known, passed."""
        soft = tuple(f for f in verdict.findings if f.outcome is not Outcome.PASS and not f.hard)
        self._findings = (*verdict.failed, *verdict.open, *soft, *verdict.passed)
        self._fill()

    def show_reasons(self, wanted: bool) -> None:
        """Show under each line why, and where it is written."""
        self._reasons = wanted
        self._fill()

    def shows_reasons(self) -> bool:
        """Whether the reasons are shown."""
        return self._reasons

    def lines(self) -> tuple[str, ...]:
        """The lines as they read now, reasons included where they are shown."""
        return tuple(
            "，".join(part for part in (text, why) if part) for _, text, why in self._lines
        )

    def _fill(self) -> None:
        self._lines = tuple(_line(found, self._reasons) for found in self._findings)
        self.setAccessibleName("自动核对：" + "。".join(self.lines()))
        self._fit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(sum(sum(self._heights(line)) for line in self._lines))

    def _room(self) -> int:
        return max(1, self.width() - theme.px(42 + 14))

    def _heights(self, line: tuple[Outcome, str, str]) -> tuple[int, int]:
        outcome, text, why = line
        bold = outcome is Outcome.FAIL
        below = wrapped(why, 12, self._room()) + theme.px(4) if why else 0
        return wrapped(text, 13, self._room(), bold=bold) + theme.px(6), below

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        top, left, room = 0, theme.px(42), self._room()
        for line in self._lines:
            outcome, text, why = line
            above, below = self._heights(line)
            icon, tone = _ICONS[outcome]
            at = QPointF(theme.px(18), top + theme.px(6))
            icons.draw(painter, icon, at, 14, tone, stroke="2.25")
            painter.setFont(theme.font(13, bold=outcome is Outcome.FAIL))
            painter.setPen(theme.color("t2" if outcome is Outcome.PASS else tone))
            painter.drawText(QRect(left, top + theme.px(3), room, above), _WRAP, text)
            if why:
                painter.setFont(theme.font(12))
                painter.setPen(theme.color("t3"))
                painter.drawText(QRect(left, top + above, room, below), _WRAP, why)
            top += above + below
        if self.hasFocus():
            paint.draw_focus_ring(painter, QRectF(self.rect()), 4, "surface")


def _line(found: Finding, reasons: bool) -> tuple[Outcome, str, str]:
    why = "，".join(part for part in (remedy(found), basis(found)) if part) if reasons else ""
    softly = found.outcome is Outcome.FAIL and not found.hard  # worth a look, no failure
    return Outcome.CANNOT_TELL if softly else found.outcome, finding(found), why


def wrapped(text: str, size: int, room: int, *, bold: bool = False) -> int:
    """How tall ``text`` is when it may take as many lines as it needs."""
    metrics = QFontMetrics(theme.font(size, bold))
    return metrics.boundingRect(QRect(0, 0, room, _FAR), _WRAP, text).height() + 1
