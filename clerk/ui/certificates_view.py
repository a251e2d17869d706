"""How 调证照 is laid out: strip, then list and face side by side, or one over the other."""

from collections.abc import Callable, Iterator, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.certificates_face import CertificateFace
from clerk.ui.certificates_list import CertificateModel
from clerk.ui.certificates_parts import Message, Owners, Reasons, Waiting
from clerk.ui.certificates_strip import LeaveStrip
from clerk.ui.certificates_words import DUTY_REASONS
from clerk.ui.overriding import override
from clerk.ui.pieces import AHEAD_MS, Pieces
from clerk.ui.tables import Table
from clerk.ui.tables_grouped import GroupedTable
from clerk.ui.widgets import Button, Dialog, Label, Line, Notice
from clerk.ui.widgets.search_box import Hit, SearchBox
from clerk.wording_certificates import RELATIONS

_LIST_WIDTH = 420
_MARGIN = 14


class CertificatesView(Dialog):
    """The widgets of the dialog; ``compact`` is for windows below 1120×740.

    The compact one has a single column: the face takes the list's place, and checks and fills
    stand in two lines below the list.
    """

    def __init__(
        self, title: str, *, compact: bool, code_ms: int, find: Callable[[str], Sequence[Hit]]
    ) -> None:
        """``find`` answers what is typed into the search of the list."""
        width, height = (820, 520) if compact else (1020, 690)
        super().__init__(title, width=width, height=height)
        self.compact = compact
        self.strip = LeaveStrip(compact=compact, code_ms=code_ms)
        self.trouble = Notice("bad")
        self.message, self.waiting = Message(), Waiting()
        self.heading_of_list = Label(size=12, tone="t3")
        self.search = SearchBox(
            "在列出的里找：名称、编号、首字母",
            key="F3",
            width=_LIST_WIDTH - 2 * _MARGIN,
            search=find,
            advice="这里只找列出来的证照",
        )
        self.summary = Label(size=12, tone="t2", wrap=True)
        self.use_button = Button("用这份", key="Enter", kind="compact" if compact else "primary")
        self.all_button = Button("可用的都用", key="Ctrl Enter")
        self.face_button = Button("看照面" if compact else "看大图", key="Space")
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
        self._reasons = Reasons(
            "依职责核验，选一条理由", "理由写进用证记录，持证人可查。不选就不调取", DUTY_REASONS
        )
        self.stack.addWidget(self._reasons)
        yield
        self._relations = Reasons(
            "", "关系写进本件和用证记录，审批人看得到。不选就不用", tuple(RELATIONS.values())
        )
        self.stack.addWidget(self._relations)
        yield
        self._model = CertificateModel()
        self._table = GroupedTable(
            self._model,
            heading_of=self._model.heading_of,
            widths=[None, 168],
            row_height=60,
            row_keys=[Qt.Key.Key_Space],
            name="可以调取的证照",
        )
        yield
        self._face = CertificateFace()
        self._table.row_key.connect(lambda _key: self.swap_face())
        self.face_button.clicked.connect(self.swap_face)
        self._owner_tabs = Owners()
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
    def owner_tabs(self) -> Owners:
        """Those who gave leave."""
        self._making.finish()
        return self._owner_tabs

    @property
    def relations(self) -> Reasons:
        """What the holder may be to the applicant."""
        self._making.finish()
        return self._relations

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
        self.foot.addWidget(self.all_button)
        self.foot.addWidget(self.use_button)

    def _choosing_part(self) -> QWidget:
        made, left = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.px(10), 0, theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self._owner_tabs)
        column.addWidget(self.search, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.heading_of_list)
        column.addWidget(self._table, 1)
        column.addWidget(self.summary)
        self.summary.setVisible(self.compact)
        for label in (self.heading_of_list, self.summary):
            label.setContentsMargins(theme.px(_MARGIN), 0, theme.px(_MARGIN), 0)
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
        self.all_button.setVisible(listed)
        self.face_button.setVisible(listed)

    def is_listed(self) -> bool:
        """Whether the list is in front."""
        return self._whole and self.stack.currentWidget() is self._choosing

    def asks_for_reason(self) -> bool:
        """Whether the reasons are in front."""
        return self._whole and self.stack.currentWidget() is self._reasons

    def asks_for_relation(self) -> bool:
        """Whether it is asked what the holder is to the applicant."""
        return self._whole and self.stack.currentWidget() is self._relations

    def face_is_over_list(self) -> bool:
        """Whether the face stands in the list's place."""
        if not self._whole:
            return False
        return self.swap.currentWidget() is self._face if self.compact else self.swap.isHidden()

    def swap_face(self) -> None:
        """Show the face over the list, or in the large dialog in its place, or the list again."""
        if not self.compact:
            large = not self.swap.isHidden()
            self.swap.setVisible(not large)
            self.face.set_large(large)
            self.face_button.setText("看列表" if large else "看大图")
            (self.face if large else self.table).setFocus()
        else:
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
