"""The right side of 调证照: what a certificate says, what was checked, what it fills."""

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QRect, Qt, QTimer
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.certificate import CertificateSummary
from clerk.ui import theme
from clerk.ui.certificates_fill import Fill
from clerk.ui.certificates_words import fills as fills_words
from clerk.ui.overriding import override
from clerk.ui.widgets import Chip, ChipKind, ChipSpec, Choice, Icon, Label
from clerk.ui.widgets.ground import Ground

Checks = Sequence[tuple[bool | None, str]]
_TYPED, _TAKEN = 0, 1
_SLANT = -20


class CertificateFace(QScrollArea):
    """Face values, checks and fills of one certificate, scrolled when they are many.

    It is no picture of the certificate: the file is fetched only when the certificate is used.
    """

    def __init__(self) -> None:
        super().__init__()
        self._mark = ""
        self._next: tuple[CertificateSummary, Checks, Sequence[Fill]] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_next)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("证照照面")
        self._choices: dict[str, Choice] = {}
        self.clear()

    def set_mark(self, mark: str) -> None:
        """Say who is looking; it stands faintly behind the face values."""
        self._mark = mark

    def clear(self) -> None:
        """Show nothing."""
        self._next = None
        self._choices = {}
        self.setWidget(_inside())

    def show_certificate(
        self, certificate: CertificateSummary, checks: Checks, fills: Sequence[Fill]
    ) -> None:
        """Show another certificate; every typed value stays until it is chosen otherwise.

        It is put together in the next turn: what the clerk only passes by is never shown.
        """
        self._next = certificate, checks, fills
        self._soon.start()

    @property
    def choices(self) -> Mapping[str, Choice]:
        """Where the certificate differs from what was typed, by field."""
        self._show_next()
        return self._choices

    def _show_next(self) -> None:
        if self._next is None:
            return
        (certificate, checks, fills), self._next = self._next, None
        self._choices = {}
        inside = _inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(14))
        column.setSpacing(theme.px(12))
        column.addWidget(_face(certificate, self._mark))
        column.addLayout(_checks(checks))
        self._add_fills(column, fills)
        column.addStretch(1)
        self.setWidget(inside)

    def taken(self) -> frozenset[str]:
        """The fields where the certificate's value was chosen over the typed one."""
        return frozenset(
            field for field, choice in self.choices.items() if choice.chosen() == _TAKEN
        )

    def _add_fills(self, column: QVBoxLayout, fills: Sequence[Fill]) -> None:
        conflicts = [fill for fill in fills if fill.conflict]
        if fills:
            column.addWidget(Label(fills_words(len(fills), len(conflicts)), bold=True))
        for fill in conflicts:
            column.addWidget(
                Label(f"{fill.label}：{fill.old} → {fill.new}", size=13, tone="t2", wrap=True)
            )
            choice = Choice(["用手填的", "用证照的"], label=f"{fill.label}以哪个为准")
            choice.set_chosen(_TYPED)
            self._choices[fill.field] = choice
            column.addWidget(choice)
        rest = [fill for fill in fills if not fill.conflict]
        if rest:
            words = "，".join(
                f"{fill.label} {fill.new}"
                if fill.old == fill.new or not fill.old
                else f"{fill.label} {fill.old} → {fill.new}"
                for fill in rest
            )
            column.addWidget(Label(words, size=13, tone="t2", wrap=True))


def _inside() -> QWidget:
    inside = QWidget()
    inside.setProperty("scrolled", True)
    return inside


class _Marked(Ground):
    """A box that carries who is looking, so that a photograph of the screen can be traced."""

    def __init__(self, mark: str) -> None:
        super().__init__("box")
        self._mark = mark

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("line"))
        painter.translate(self.rect().center())
        painter.rotate(_SLANT)
        step = theme.px(90)
        for line in range(-3, 4):
            wide = QRect(-self.width(), line * step, 2 * self.width(), step)
            painter.drawText(wide, Qt.AlignmentFlag.AlignCenter, "　　　　".join([self._mark] * 3))


def _face(certificate: CertificateSummary, mark: str) -> QFrame:
    box = _Marked(mark)
    column = QVBoxLayout(box)
    column.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(14))
    column.setSpacing(theme.px(8))
    head = QHBoxLayout()
    head.setSpacing(theme.px(8))
    head.addWidget(Icon("file-check", 20, "accentT"))
    head.addWidget(Label(certificate.type_name, size=16, bold=True), 1)
    head.addWidget(Label("照面信息，不是证照原图", size=12, tone="t3"))
    column.addLayout(head)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(4))
    grid.setColumnStretch(1, 1)
    lines = (
        *certificate.fields.items(),
        ("证照编号", certificate.number),
        ("签发机关", f"{certificate.issuer_name}，{certificate.issued_on}"),
    )
    for row, (name, value) in enumerate(lines):
        said = Label(value, size=13, wrap=True)
        said.setAccessibleName(f"{name}，{value}")
        grid.addWidget(Label(name, size=13, tone="t3"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1)
    column.addLayout(grid)
    return box


def _checks(checks: Checks) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(6))
    for place, (holds, words) in enumerate(checks):
        kind = {True: ChipKind.OK, False: ChipKind.BAD, None: ChipKind.NEUTRAL}[holds]
        grid.addWidget(Chip(ChipSpec(kind, words)), place // 2, place % 2)
    grid.setColumnStretch(2, 1)
    return grid
