"""How 调证照 is laid out: strip, then list and face side by side, or one over the other."""

from collections.abc import Iterator

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.certificates_face import CertificateFace
from clerk.ui.certificates_list import CertificateModel
from clerk.ui.certificates_parts import Message, Reasons, Waiting
from clerk.ui.certificates_strip import LeaveStrip
from clerk.ui.certificates_words import DUTY_REASONS
from clerk.ui.overriding import override
from clerk.ui.pieces import AHEAD_MS, Pieces
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Dialog, Label, Line, Notice

_LIST_WIDTH = 420


class CertificatesView(Dialog):
    """The widgets of the dialog; ``compact`` is for windows below 1120×740.

    The compact one has a single column: the face takes the list's place, and checks and fills
    stand in two lines below the list.
    """

    def __init__(self, title: str, *, compact: bool, code_ms: int) -> None:
        width, height = (820, 520) if compact else (1020, 690)
        super().__init__(title, width=width, height=height)
        self.compact = compact
        self.strip = LeaveStrip(compact=compact, code_ms=code_ms)
        self.trouble = Notice("bad")
        self.message, self.waiting = Message(), Waiting()
        self.heading_of_list = Label(size=12, tone="t3")
        self.summary = Label(size=12, tone="t2", wrap=True)
        self.use_button = Button("用这份", key="Enter", kind="compact" if compact else "primary")
        self.face_button = Button("看照面", key="Space")
        self.stack, self.swap = QStackedWidget(), QStackedWidget()
        self.stack.addWidget(self.message)
        self.stack.addWidget(self.waiting)
        self._whole = False
        self._lay_out()
        self._making = Pieces(self)
        self._making.begin(self._made(), pause_ms=AHEAD_MS)

    def _made(self) -> Iterator[None]:
        """Make what is needed after the first answer, while the leave is asked for."""
        yield
        self._reasons = Reasons(DUTY_REASONS)
        self.stack.addWidget(self._reasons)
        yield
        self._model = CertificateModel()
        self._table = Table(
            self._model,
            widths=[None, 168],
            row_height=60,
            header=False,
            row_keys=[Qt.Key.Key_Space],
            name="可以调取的证照",
        )
        yield
        self._face = CertificateFace()
        self._table.row_key.connect(lambda _key: self.swap_face())
        self.face_button.clicked.connect(self.swap_face)
        self._choosing = self._choosing_part()
        self.stack.addWidget(self._choosing)
        self.connect_parts()
        self._whole = True

    def connect_parts(self) -> None:
        """Connect what has been made now; for sub-classes."""

    def is_whole(self) -> bool:
        """Whether list, face and reasons are made already."""
        return self._whole

    @property
    def reasons(self) -> Reasons:
        """The reasons for a call by duty."""
        self._making.finish()
        return self._reasons

    @property
    def model(self) -> CertificateModel:
        """The certificates found."""
        self._making.finish()
        return self._model

    @property
    def table(self) -> Table:
        """The list of them."""
        self._making.finish()
        return self._table

    @property
    def face(self) -> CertificateFace:
        """What the current one says."""
        self._making.finish()
        return self._face

    @property
    def choosing(self) -> QWidget:
        """List and face."""
        self._making.finish()
        return self._choosing

    def _lay_out(self) -> None:
        self.body.setContentsMargins(1, 0, 1, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.strip)
        self.body.addWidget(Line())
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(Line())
        upright = theme.px(7 if self.compact else 8)
        self.foot.setContentsMargins(theme.px(20), upright, theme.px(14), upright)
        hint = Label("调取会写进用证记录，持证人可查", size=12, tone="t3", elide=True)
        self.foot.addWidget(hint, 1)
        self.foot.addWidget(self.face_button)
        self.foot.addWidget(self.use_button)

    def _choosing_part(self) -> QWidget:
        made, left = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.px(10), 0, theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self.heading_of_list)
        column.addWidget(self._table, 1)
        column.addWidget(self.summary)
        self.summary.setVisible(self.compact)
        for label in (self.heading_of_list, self.summary):
            label.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.swap.addWidget(left)
        row.addWidget(self.swap, 1)
        if self.compact:
            self.swap.addWidget(self._face)
        else:
            self.swap.setFixedWidth(theme.px(_LIST_WIDTH))
            row.addWidget(Line(upright=True))
            row.addWidget(self._face, 1)
        return made

    def show_part(self, part: QWidget) -> None:
        """Bring one of ``message``, ``waiting``, ``reasons`` and ``choosing`` to the front."""
        self.stack.setCurrentWidget(part)
        listed = self.is_listed()
        self.use_button.setVisible(listed)
        self.face_button.setVisible(listed and self.compact)

    def is_listed(self) -> bool:
        """Whether the list is in front."""
        return self._whole and self.stack.currentWidget() is self._choosing

    def asks_for_reason(self) -> bool:
        """Whether the reasons are in front."""
        return self._whole and self.stack.currentWidget() is self._reasons

    def face_is_over_list(self) -> bool:
        """Whether the compact dialog shows the face in the list's place."""
        return self.compact and self._whole and self.swap.currentWidget() is self._face

    def swap_face(self) -> None:
        """In the compact dialog, show the face over the list, or the list again."""
        if self.compact:
            over = not self.face_is_over_list()
            self.swap.setCurrentIndex(1 if over else 0)
            self.face_button.setText("看列表" if over else "看照面")
            (self.face if over else self.table).setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Space:
            self.swap_face()
        else:
            super().keyPressEvent(event)
