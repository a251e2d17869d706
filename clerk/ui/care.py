"""服务需求: what a person needs, ticked by the clerk; and where and when somebody is visited."""

from collections.abc import Callable, Sequence
from datetime import date

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clerk.domain.care import Care
from clerk.domain.caring import GREEN, LARGE, care_of_words
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.parcels import PHONE_FIELD
from clerk.ui import paint_chips, theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.chips import ChipKind, ChipSpec
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording_care import TICKS, mark_words, visit_words
from clerk.wording_course import ACTS

_CHIP_ROW = 26
_SAYS = "按申请人说的选，不影响办件的条件和时限。不上门就不填日期"


class CareForm(QWidget):
    """What may be ticked, by digit, and the visit below it; what is marked already is ticked."""

    def __init__(self, case: Case, hint: str = "") -> None:
        super().__init__()
        held = case.care or Care()
        self._codes = list(TICKS)
        self.ticks = TickList(list(TICKS.values()), many=True, name="服务需求")
        for code in _codes_of(held):
            self.ticks.toggle(self._codes.index(code))
        self.wanted_on = Field("哪天上门，如 2026-03-20")
        self.phone = Field("上门电话")
        self.address = Field("上门地址")
        visit = held.visit
        self.wanted_on.set_value(visit.wanted_on.isoformat() if visit else "")
        self.phone.set_value(visit.phone if visit else _phone_of(case))
        self.address.set_value(visit.address if visit else _address_of(case))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Label(ACTS[CaseAct.NOTE_CARE], size=16, bold=True))
        column.addWidget(Label(hint or _SAYS, size=13, tone="t2", wrap=True))
        column.addWidget(self.ticks)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.wanted_on, 1)
        row.addWidget(self.phone, 1)
        column.addLayout(row)
        column.addWidget(self.address)
        column.addStretch(1)
        for before, after in ((self.wanted_on, self.phone), (self.phone, self.address)):
            before.next_gap.connect(after.focus_editor)

    def first(self) -> QWidget:
        """Where the keys go first."""
        return self.ticks

    def words(self) -> ActWords | str:
        """Return what was written down, or what is unreadable, as a sentence."""
        text = self.wanted_on.value().strip()
        day = _day(text)
        if text and day is None:
            self.wanted_on.focus_editor()
            return "上门的日子要写成 2026-03-20 这样"
        return ActWords(
            seen=tuple(self._codes[place] for place in self.ticks.chosen()),
            until_on=day,
            number=self.phone.value().strip() if day else "",
            note=self.address.value().strip() if day else "",
        )


class CareDialog(Dialog):
    """The same for a case that is still being taken in; ``take`` gets what was marked.

    While a visit is promised, what came of it is written down here too: ``visited`` gets it.
    """

    def __init__(
        self,
        case: Case,
        hint: str,
        take: Callable[[Care], None],
        visited: Callable[[str], None],
    ) -> None:
        super().__init__("服务需求", width=600)
        self._take, self._visited = take, visited
        self.form = CareForm(case, hint)
        self.made = Field("上门办了什么，办过了才写")
        self.made.setVisible(case.care is not None and case.care.visit is not None)
        self.notice = Notice("warn")
        self.button = Button("登记", key="F9", kind="compact")
        for widget in (self.form, self.made, self.notice):
            self.body.addWidget(widget)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)
        self.form.address.next_gap.connect(self.button.setFocus)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="登记", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.confirm),
            Act(name="选服务需求", key="1–8", trigger=self.form.ticks.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.form.ticks

    def confirm(self) -> None:
        """Take what is ticked and written."""
        words = self.form.words()
        if isinstance(words, str):
            self.notice.show_trouble(words, "还没登记", "改好再按 F9")
            return
        made = self.made.value().strip()
        self.close_dialog()
        self._take(care_of_words(words))
        if made:
            self._visited(made)


class ChipFlow(QWidget):
    """Chips side by side, in as many rows as the width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._chips: tuple[ChipSpec, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, chips: Sequence[ChipSpec]) -> None:
        """Show these."""
        if tuple(chips) != self._chips:
            self._chips = tuple(chips)
            self.setAccessibleName("，".join(chip.spoken for chip in self._chips))
            self.updateGeometry()
            self.update()

    def chips(self) -> tuple[ChipSpec, ...]:
        """The chips on show."""
        return self._chips

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rows = [row for row, _, _ in self._places(width)]
        return theme.px(_CHIP_ROW) * (1 + max(rows, default=0))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(110), self.heightForWidth(max(self.width(), theme.px(110))))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        for row, left, chip in self._places(self.width()):
            paint_chips.draw_chip(painter, left, theme.px(_CHIP_ROW) * (row + 0.5), chip)

    def _places(self, width: int) -> list[tuple[int, int, ChipSpec]]:
        """Return row and left edge of each chip."""
        placed, row, left = [], 0, 0
        for chip in self._chips:
            wide = paint_chips.chip_size(chip).width()
            if left and left + wide > width:
                row, left = row + 1, 0
            placed.append((row, left, chip))
            left += wide + theme.px(4)
        return placed


class CareStrip(QWidget):
    """On the applicant's card: what is marked as chips, the visit, and what the age suggests."""

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.flow = ChipFlow()
        self.hint = Label(size=12, tone="t2", wrap=True)
        self.button = Button("服务需求", key="Ctrl G", kind="text", small=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.addWidget(self.flow, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), 0, theme.px(8), theme.px(8))
        column.setSpacing(theme.px(2))
        column.addLayout(row)
        column.addWidget(self.hint)
        self.button.clicked.connect(self.wanted)

    def show_care(self, care: Care | None, suggested: str, *, editable: bool) -> None:
        """Show what is marked; ``suggested`` is what the clerk may ask, empty where nothing."""
        self.flow.show_chips(care_chips(care.marks if care else ()))
        visit = care.visit if care else None
        told = [visit_words(visit)] if visit else []
        if suggested and editable:
            told.append(suggested)
        self.hint.setText("；".join(told))
        self.hint.setVisible(bool(told))
        self.button.setVisible(editable)


def care_chips(marks: Sequence[str]) -> list[ChipSpec]:
    """Return a chip for each mark: green before all others, a need quiet."""
    kinds = {GREEN: ChipKind.GOOD, "visit": ChipKind.WARN}
    words = mark_words(marks)
    return [
        ChipSpec(kinds.get(mark, ChipKind.INFO), word)
        for mark, word in zip(marks, words, strict=True)
    ]


def care_chip(marks: Sequence[str]) -> ChipSpec | None:
    """Return the one chip that a line of a list has room for, None where nothing is marked."""
    chips = care_chips(marks)
    return ChipSpec(ChipKind.INFO, chips[0].text) if chips else None


def _codes_of(care: Care) -> tuple[str, ...]:
    green = (GREEN,) if care.green_channel else ()
    large = (LARGE,) if care.large_print else ()
    return (*care.needs, *green, *large)


def _phone_of(case: Case) -> str:
    held = case.values.get(PHONE_FIELD)
    return held.value if held else ""


def _address_of(case: Case) -> str:
    applicant = case.applicant
    if applicant is None:
        return ""
    return applicant.party.address or (
        applicant.representative.address if applicant.representative else ""
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
