"""The right side of 调证照: what a certificate says, what was checked, what it fills."""

from collections.abc import Iterator, Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.certificate import CertificateSummary
from clerk.domain.certificate_file import FileLook
from clerk.domain.certificate_matching import NEEDS_A_LOOK
from clerk.ui import theme
from clerk.ui.certificates_fill import Fill
from clerk.ui.certificates_mark import draw_mark
from clerk.ui.certificates_picture import CertificatePicture
from clerk.ui.certificates_words import fills as fills_words
from clerk.ui.intake_strip import Tick
from clerk.ui.overriding import override
from clerk.ui.pieces import Pieces
from clerk.ui.widgets import Chip, ChipKind, ChipSpec, Choice, Icon, Label
from clerk.ui.widgets.ground import Ground
from clerk.wording_certificates import SEALS

Checks = Sequence[tuple[bool | None, str]]
_TYPED, _TAKEN = 0, 1
_SMALL, _LARGE = 236, 460
_CHIP_CHARACTERS = 20
"""A longer check ends in dots; a firm's name may have sixty characters."""
_AMBER = frozenset(SEALS[state] for state in NEEDS_A_LOOK)


class CertificateFace(QScrollArea):
    """Face values, checks and fills of one certificate, scrolled when they are many.

    The words come with the list and stand at once; the page of the file comes above them when it
    is at hand. ``turned`` carries the page that is wanted, counted from 1.
    """

    turned = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._mark = ""
        self._showing = Pieces(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("证照照面")
        self._choices: dict[str, Choice] = {}
        self._large = False
        self.page = self.pages = 1
        self.clear()

    def set_mark(self, mark: str) -> None:
        """Say who is looking; it stands faintly behind the face values."""
        self._mark = mark

    def clear(self) -> None:
        """Show nothing."""
        self._showing.drop()
        self._choices = {}
        self._begin_parts()
        self.setWidget(_inside())

    def _begin_parts(self) -> None:
        self.page = self.pages = 1
        self.picture = CertificatePicture(self._mark)
        self.picture.set_tall(_LARGE if self._large else _SMALL)
        self.number = Label(size=12, tone="t3")
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.number.hide()
        self._tick = Tick("已看过原件，签章和内容没有问题", two_states=True)
        self._tick.hide()
        self._seal_checks = QWidget()

    def set_large(self, large: bool) -> None:
        """Give the picture more of the room."""
        self._large = large
        self.picture.set_tall(_LARGE if large else _SMALL)

    def show_look(self, checks: Checks, look: FileLook | None, trouble: str) -> None:
        """Say what the file showed; ``trouble`` why it could not be had."""
        self._showing.finish()
        _refill(self._seal_checks, checks)
        if trouble:
            self.picture.say(trouble)
        if look is not None:
            self.pages = look.pages
            self._tick.setVisible(look.seal in NEEDS_A_LOOK)
        self._say_page()

    def show_page(self, image: QImage, page: int) -> None:
        """Show a page of the file."""
        self._showing.finish()
        self.page = page
        self.picture.show_page(image, page, self.pages)
        self._say_page()

    def turn(self, by: int) -> None:
        """Ask for another page."""
        self._showing.finish()
        wanted = min(max(self.page + by, 1), self.pages)
        if wanted != self.page:
            self.turned.emit(wanted)

    def _say_page(self) -> None:
        self.number.setVisible(self.pages > 1)
        self.number.setText(f"第 {self.page} 页，共 {self.pages} 页，Ctrl PgDn 翻页")

    def show_certificate(
        self, certificate: CertificateSummary, checks: Checks, fills: Sequence[Fill]
    ) -> None:
        """Show another certificate; every typed value stays until it is chosen otherwise.

        It is put together from the next turn on: what the clerk only passes by is never shown.
        """
        self._showing.begin(self._parts_of(certificate, checks, fills))

    @property
    def choices(self) -> Mapping[str, Choice]:
        """Where the certificate differs from what was typed, by field."""
        self._showing.finish()
        return self._choices

    @property
    def tick(self) -> Tick:
        """That a person looked, where the seal could not be decided here."""
        self._showing.finish()
        return self._tick

    def _parts_of(
        self, certificate: CertificateSummary, checks: Checks, fills: Sequence[Fill]
    ) -> Iterator[None]:
        self._choices = {}
        self._begin_parts()
        inside = _inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(14))
        column.setSpacing(theme.px(12))
        column.addWidget(self.picture)
        column.addWidget(self.number)
        _refill(self._seal_checks, checks)
        column.addWidget(self._seal_checks)
        column.addWidget(self._tick)
        self._add_fills(column, fills)
        column.addStretch(1)
        self.setWidget(inside)
        yield
        face = _face(certificate, self._mark)
        column.insertWidget(column.count() - 1, face)

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
                Label(f"{fill.label}：{fill.said} → {fill.new}", size=13, tone="t2", wrap=True)
            )
            choice = Choice(["用原来的", "用证照的"], label=f"{fill.label}以哪个为准")
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
        middle = self.rect().toRectF().center()
        reach = max(self.width(), self.height())
        draw_mark(QPainter(self), middle, reach, self._mark, QColor(theme.color("line")))


def _face(certificate: CertificateSummary, mark: str) -> QFrame:
    box = _Marked(mark)
    column = QVBoxLayout(box)
    column.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(14))
    column.setSpacing(theme.px(8))
    head = QHBoxLayout()
    head.setSpacing(theme.px(8))
    head.addWidget(Icon("file-check", 20, "accentT"))
    head.addWidget(Label(certificate.type_name, size=16, bold=True), 1)
    head.addWidget(Label("库里的文字信息", size=12, tone="t3"))
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


def _refill(box: QWidget, checks: Checks) -> None:
    """Put other checks into the box."""
    for old in box.findChildren(Chip):
        old.hide()
        old.deleteLater()
    grid = box.layout()
    if not isinstance(grid, QGridLayout):
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(2, 1)
    for place, (holds, words) in enumerate(checks):
        amber = words in _AMBER
        kind = {True: ChipKind.OK, False: ChipKind.BAD, None: ChipKind.NEUTRAL}[holds]
        shown = words if len(words) <= _CHIP_CHARACTERS else f"{words[: _CHIP_CHARACTERS - 1]}…"
        chip = Chip(ChipSpec(ChipKind.WARN if amber else kind, shown))
        chip.setToolTip(words)
        chip.setAccessibleName(words)
        grid.addWidget(chip, place // 2, place % 2)
