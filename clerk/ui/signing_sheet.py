"""What the applicant has before him: the very page, in large type, and the pad below it.

The pen opens only when he has come to the end and said so (我已看完).
"""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QScroller, QVBoxLayout, QWidget

from clerk.domain.handwriting import Point
from clerk.domain.issued import ShownPages
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.documents_aloud import aloud
from clerk.ui.overriding import override
from clerk.ui.placed import mark_of
from clerk.ui.signing_pad import SigningPad
from clerk.ui.speech import Speech
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Label, Line, Notice
from clerk.ui.widgets.page_view import Fit, PageView

_PAD_HEIGHT: Final = 190
_MARGIN: Final = 16
"""Below the last page there is nothing to read."""
_ALOUD, _SILENT = "念给我听", "停止朗读"
_TO_READ: Final = "请从头看到末尾，有不明白的随时问工作人员"
_TO_AGREE: Final = "已到末尾，看明白了点“我已看完”"
_TO_WRITE: Final = "在框里签上名字，写坏了可以重写"


class SigningSheet(QWidget):
    """Page and pad. ``done`` follows 签好了 and ``refused`` 不签; ``moved`` whatever he does.

    ``stage_changed`` says to the clerk's side how far he is; see ``stage``.
    """

    done = pyqtSignal()
    refused = pyqtSignal()
    moved = pyqtSignal()
    stage_changed = pyqtSignal()

    def __init__(
        self, jobs: Jobs, title: str, signer: str, *, speech: Speech | None = None
    ) -> None:
        super().__init__()
        self._text = ""
        self._shown = self._read = self._sent = False
        self._speech = speech or Speech(self)
        self._going = timer(self, 0, self._go_to_place, once=True)
        self.heading = Label(title, size=20, bold=True)
        self.who = Label(f"签字人：{signer}", size=16, tone="t2")
        self.view = PageView(jobs, bar=False, fit=Fit.WIDTH, name=title)
        self.notice = Notice("bad")
        self.hint = Label(_TO_READ, size=16, tone="t2")
        self.pad = SigningPad()
        self.aloud = Button(_ALOUD, large=True)
        self.on = Button("往下看", large=True)
        self.finished = Button("我已看完", kind="compact", large=True)
        self.decline = Button("不签", large=True)
        self.undo = Button("撤一笔", large=True)
        self.again = Button("重写", large=True)
        self.sign = Button("签好了", kind="compact", large=True)
        self._lay_out()
        self._connect()
        self._follow()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(10))
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.who)
        self.view.setMaximumWidth(theme.px(1100))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.view, 100)
        middle.addStretch(1)
        self.pad.setFixedHeight(theme.px(_PAD_HEIGHT))
        below = QVBoxLayout()
        below.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(14))
        below.setSpacing(theme.px(10))
        below.addWidget(self.notice)
        below.addWidget(self.pad)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(self.aloud)
        foot.addWidget(self.hint, 1)
        for button in self._buttons():
            foot.addWidget(button)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addLayout(middle, 1)
        column.addWidget(Line())
        column.addLayout(below)

    def _buttons(self) -> Sequence[Button]:
        return (self.decline, self.on, self.finished, self.undo, self.again, self.sign)

    def _connect(self) -> None:
        self.aloud.clicked.connect(self._turn_speech)
        self._speech.ended.connect(self._show_quiet)
        self.on.clicked.connect(lambda _=False: self.view.canvas.turn_by(1))
        self.finished.clicked.connect(self._on_finished)
        self.decline.clicked.connect(lambda _=False: self.refused.emit())
        self.undo.clicked.connect(lambda _=False: self.pad.undo())
        self.again.clicked.connect(lambda _=False: self.pad.wipe())
        self.sign.clicked.connect(lambda _=False: self.done.emit())
        self.pad.changed.connect(self._on_written)
        self.view.loaded.connect(self._on_loaded)
        scroll = self.view.canvas.verticalScrollBar()
        port = self.view.canvas.viewport()
        if scroll is not None and port is not None:
            scroll.valueChanged.connect(self._on_moved)
            scroll.rangeChanged.connect(self._on_moved)
            QScroller.grabGesture(port, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        for button in (self.aloud, *self._buttons()):
            button.clicked.connect(self.moved)

    # What is shown ----------------------------------------------------------

    def show_pages(self, shown: ShownPages) -> None:
        """Begin anew with these pages; the place that is signed is set off."""
        self.be_silent()
        self._text = aloud(shown.text, shown.quotes)
        self._shown = self._read = self._sent = False
        self.pad.wipe()
        places = [mark_of(value) for value in shown.placed if value.field == SIGN_PLACE]
        self.view.load(lambda: shown.pages, said="正在取要签的页面", marks=places)
        self._follow()

    def wipe(self) -> None:
        """Leave nothing of this applicant on the screen."""
        self.be_silent()
        self._text = ""
        self._shown = self._read = False
        self.pad.wipe()
        self.view.clear()
        self.notice.clear()
        self._follow()

    def be_silent(self) -> None:
        """Stop reading aloud."""
        self._speech.stop()
        self._show_quiet()

    def hold(self) -> None:
        """Take nothing while what was written is being kept."""
        self._sent = True
        self._follow()

    def show_trouble(self, said: str) -> None:
        """Say why it was not taken; he may write again."""
        self._sent = False
        self.notice.show_trouble(said)
        self._follow()

    def written(self) -> tuple[Sequence[tuple[Point, ...]], int, int]:
        """What stands on the pad: strokes, the pad's width and height."""
        return (self.pad.strokes(), *self.pad.frame())

    def stage(self) -> str:
        """How far he is, in words for the clerk."""
        if self._sent:
            return "签好了，正在放进文书"
        if self._read:
            return "已看完，等签字" if self.pad.is_empty() else "正在签字"
        count = self.view.canvas.count()
        return (
            f"正在看第 {self.view.canvas.page() + 1} 页，共 {count} 页" if count else "正在取页面"
        )

    # How it goes on ---------------------------------------------------------

    def _at_end(self) -> bool:
        scroll = self.view.canvas.verticalScrollBar()
        if not self._shown or scroll is None:
            return False
        return scroll.value() >= scroll.maximum() - theme.px(_MARGIN)

    def _on_loaded(self) -> None:
        self._shown = True
        self._follow()
        self.view.setFocus()

    def _on_moved(self) -> None:
        self.moved.emit()
        self._follow()

    def _on_finished(self) -> None:
        self._read = True
        self.notice.clear()
        self._follow()
        self._going.start()
        self.pad.setFocus()

    def _go_to_place(self) -> None:
        """Keep what he signs in view above the pad, once that has taken its room."""
        scroll = self.view.canvas.verticalScrollBar()
        if not self.view.canvas.show_mark(SIGN_PLACE) and scroll is not None:
            scroll.setValue(scroll.maximum())

    def _on_written(self) -> None:
        self.moved.emit()
        if not self.pad.is_empty():
            self.notice.clear()
        self._follow()

    def _follow(self) -> None:
        """Offer what is next, and nothing else."""
        at_end, written = self._at_end(), not self.pad.is_empty()
        reading = not self._read
        for button in (self.on, self.finished):
            button.setVisible(reading)
        for widget in (self.pad, self.undo, self.again, self.sign):
            widget.setVisible(not reading)
        self.on.setEnabled(self._shown and not at_end)
        self.finished.setEnabled(at_end)
        self.decline.setEnabled(self._shown and not self._sent)
        self.pad.setEnabled(not self._sent)
        for button in (self.undo, self.again, self.sign):
            button.setEnabled(written and not self._sent)
        self.hint.setText(_TO_WRITE if self._read else _TO_AGREE if at_end else _TO_READ)
        self.stage_changed.emit()

    # Reading aloud ----------------------------------------------------------

    def _turn_speech(self) -> None:
        if self._speech.speaks():
            self.be_silent()
            return
        trouble = self._speech.read(self._text)
        self.aloud.setText(_ALOUD if trouble else _SILENT)
        if trouble:
            self.notice.show_trouble(trouble)

    def _show_quiet(self) -> None:
        self.aloud.setText(_ALOUD)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("surface"))
