"""The line at the foot of the window: devices and connections, what was saved, who, when."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clerk.domain.days import local_time
from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.keycap import Keycap
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.marks import Dot
from clerk.values import dataclass

_WEEKDAYS = "一二三四五六日"
_SAID_MS = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class DotSpec:
    """One device or connection; ``state`` as in ``Dot``, ``group`` sets kinds apart."""

    name: str
    state: str = "ready"
    detail: str = ""
    group: int = 0


class StatusBar(QFrame):
    """Everything here is quiet; what a clerk must act on stands in a page."""

    def __init__(
        self, *, now: Callable[[], datetime], said_ms: int = _SAID_MS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.setFixedHeight(theme.px(27))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 1, theme.px(14), 0)
        row.setSpacing(theme.px(16))
        self._dots = QHBoxLayout()
        self._dots.setSpacing(theme.px(16))
        row.addLayout(self._dots)
        self.said = Label(size=12, tone="t1", elide=True)
        row.addWidget(self.said, 1)
        self.background = Label(size=12, tone="t2")
        self.saved = Label(size=12, tone="t2")
        self.person = Label(size=12, tone="t2")
        self.clock = Label(size=12, tone="t2")
        for label in (self.background, self.saved):
            row.addWidget(label)
        for icon, beside in (("user", self.person), ("lock", Keycap("Ctrl L"))):
            pair = QHBoxLayout()
            pair.setSpacing(theme.px(5))
            pair.addWidget(Icon(icon, 14))
            pair.addWidget(beside)
            row.addLayout(pair)
        row.addWidget(self.clock)
        self._quieten = QTimer(self)
        self._quieten.setSingleShot(True)
        self._quieten.setInterval(said_ms)
        self._quieten.timeout.connect(self.said.clear)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_time)
        self._tick.start()
        self.show_time()

    def show_dots(self, dots: Sequence[DotSpec]) -> None:
        """Show these devices and connections instead of the former ones."""
        while (item := self._dots.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        group = dots[0].group if dots else 0
        for dot in dots:
            if dot.group != group:
                self._dots.addWidget(Label("│", size=12, tone="t3"))
                group = dot.group
            self._dots.addWidget(_mark(dot))

    def say(self, text: str) -> None:
        """Say a passing word, such as why a key does nothing now."""
        self.said.setText(text)
        self._quieten.start()

    def hush(self) -> None:
        """Take the passing word away: the clerk has gone on."""
        self._quieten.stop()
        self.said.setText("")

    def show_time(self) -> None:
        """Show the clock as it stands."""
        now = local_time(self._now())
        day = f"{now.month}月{now.day}日 周{_WEEKDAYS[now.weekday()]}"
        text = f"{day} {now:%H:%M}"
        if text != self.clock.text():
            self.clock.setText(text)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))


def _mark(dot: DotSpec) -> Dot:
    """Return the dot; of trouble its first clause stands there, the whole can be heard and hovered."""
    broken = dot.state == "broken"
    made = Dot(dot.state, dot.name, dot.detail.partition("，")[0] if broken else dot.detail)
    if broken:
        made.setAccessibleName(f"{dot.name}，{dot.detail}")
        made.setToolTip(dot.detail)
    return made
