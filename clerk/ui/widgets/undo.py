"""The strip that lets an act be taken back for a few seconds."""

from collections.abc import Callable

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.label import Label

_TICK_MS = 1000


class UndoStrip(QWidget):
    """Counts down; then, or on 立即生效, the act takes effect, exactly once; or it is taken back.

    With ``seconds`` 0 nothing runs down and only a key or button decides (手动确认).
    """

    ended = pyqtSignal()

    def __init__(self, *, tick_ms: int = _TICK_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(tick_ms)
        self._timer.timeout.connect(self._on_tick)
        self._left, self._what = 0, ""
        self._counts = True
        self._commit: Callable[[], None] | None = None
        self._undo: Callable[[], None] | None = None
        self.words = Label(size=14)
        self.now_button = Button("立即生效", key="F9", kind="compact")
        self.undo_button = Button("撤回", key="Ctrl Z")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Icon("timer", 20, "accentT"))
        row.addWidget(self.words, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.now_button)
        self.now_button.clicked.connect(self.commit_now)
        self.undo_button.clicked.connect(self.take_back)
        self.hide()

    def is_open(self) -> bool:
        """Whether an act waits to take effect."""
        return self._commit is not None

    def offer(
        self,
        what: str,
        *,
        commit: Callable[[], None],
        undo: Callable[[], None],
        seconds: int = 5,
    ) -> None:
        """Start the countdown for ``what``; an act that still waits takes effect first."""
        self.commit_now()
        self._what, self._left, self._counts = what, seconds, seconds > 0
        self._commit, self._undo = commit, undo
        self._say()
        self.show()
        self.now_button.setFocus()
        if self._counts:
            self._timer.start()

    def commit_now(self) -> None:
        """Let the waiting act take effect, if there is one."""
        self._end(self._commit)

    def take_back(self) -> None:
        """Undo the waiting act, if there is one."""
        self._end(self._undo)

    def _end(self, act: Callable[[], None] | None) -> None:
        if act is None:
            return
        self._timer.stop()
        self._commit = self._undo = None
        self.hide()
        self.ended.emit()
        act()

    def _on_tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.commit_now()
        else:
            self._say()

    def _say(self) -> None:
        when = f"{self._left} 秒后生效" if self._counts else "等你确认"
        self.words.setText(f"{when}：{self._what}")
        self.now_button.setAccessibleName(f"立即生效，{self._what}，按 Ctrl Z 撤回")
