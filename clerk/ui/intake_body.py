"""The three columns of one case, and how they give way on a low or narrow screen."""

from collections.abc import Callable
from datetime import date

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.actions import Here
from clerk.ui.intake_after import AfterCard
from clerk.ui.intake_applicant import ApplicantCard
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_form import FormCard
from clerk.ui.intake_item import ItemCard, QuestionsCard
from clerk.ui.intake_materials import MaterialsCard
from clerk.ui.intake_rows import material_rows
from clerk.ui.intake_stops import Region, Stop
from clerk.ui.intake_verdict import VerdictCard
from clerk.ui.intake_words import evidence_summary
from clerk.ui.overriding import override
from clerk.ui.widgets import Notice

_SHORT = 720 - 46 - 64 - 27
"""Content heights below this belong to screens of less than 720 px."""
_NARROW = 1320 - 68


class IntakeBody(QWidget):
    """Everything of one case between top bar and action bar."""

    page_wanted = pyqtSignal(str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._opened: OpenCase | None = None
        self._crowded = False
        self.item, self.questions = ItemCard(), QuestionsCard()
        self.applicant, self.form = ApplicantCard(), FormCard(today)
        self.materials, self.verdict, self.after = MaterialsCard(), VerdictCard(), AfterCard()
        self.notice = Notice("bad")
        self._today = today
        self._row = QHBoxLayout()
        self._left, self._right = QWidget(), QWidget()
        self._columns: list[QVBoxLayout] = []
        left = self._column(self._left)
        left.addWidget(self.item)
        left.addWidget(self.questions)
        left.addWidget(self.applicant, 1)
        self._left_scroll = QScrollArea()
        self._left_scroll.setWidgetResizable(True)
        self._left_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setProperty("scrolled", True)
        self._left_scroll.setWidget(self._left)
        middle = QWidget()
        centre = self._column(middle)
        centre.addWidget(self.form)
        centre.addWidget(self.materials, 1)
        right = self._column(self._right)
        right.addWidget(self.verdict, 1)
        right.addWidget(self.after)
        self._row.addWidget(self._left_scroll)
        self._row.addWidget(middle, 1)
        self._row.addWidget(self._right)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addLayout(self._row, 1)
        self._outer = column
        self.materials.moved.connect(lambda _code: self._show_strip())
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self._fit_form)
        self._fit()

    def _column(self, holder: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._columns.append(column)
        return column

    def show_case(self, opened: OpenCase, here: Here) -> None:
        """Show the case; each card touches only what changed in it."""
        turned = opened is not self._opened
        self._opened = opened
        if turned:
            self._crowded = False
            self.questions.set_short(self.height() < theme.px(_SHORT))
            self.item.show_item(opened.standard)
        self.questions.show_case(opened)
        self.applicant.show_case(opened, self._today())
        self.form.show_case(opened)
        self.materials.show_rows(material_rows(opened))
        self.verdict.show_case(opened)
        self.after.show_case(opened, here)
        self._show_strip()
        self._fit_soon.start()

    def _show_strip(self) -> None:
        opened, code = self._opened, self.materials.current()
        strip = self.materials.strip
        if opened is None or not code:
            strip.show_material(0, None, None, "", editable=False)
            return
        held = opened.case.evidence.get(code)
        row = self.materials.row(code)
        strip.show_material(
            row.number if row else 0,
            opened.standard.requirement(code),
            held,
            evidence_summary(held)
            if held
            else opened.standard.requirement(code).acceptance_standard,
            editable=opened.editable,
        )
        if held is not None and held.files:
            self.page_wanted.emit(code)

    def focused_stop(self, focus: QWidget | None) -> Stop | None:
        """The place the focus is at."""
        if focus is None or self._opened is None:
            return None
        if self.materials.isAncestorOf(focus):
            return Stop(Region.MATERIAL, self.materials.current())
        if self.applicant.isAncestorOf(focus):
            return Stop(Region.APPLICANT, "")
        for code in self._opened.verdict.questions:
            if self.questions.choice(code).hasFocus():
                return Stop(Region.QUESTION, code)
        for code in self.form.order():
            if self.form.line_of(code).has_focus():
                return Stop(Region.FIELD, code)
        return None

    def go_to(self, stop: Stop) -> bool:
        """Put the focus on a place; returns whether it is there."""
        match stop.region:
            case Region.QUESTION:
                return self.questions.focus_question(stop.code)
            case Region.APPLICANT:
                self.applicant.first_button().setFocus()
                return True
            case Region.FIELD:
                return self.form.focus_line(stop.code)
            case Region.MATERIAL:
                return self.materials.focus_row(stop.code)

    def regions(self) -> tuple[QWidget, ...]:
        """Regions in reading order, for F6."""
        return (self._left, self.form, self.materials, self._right)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short, narrow = self.height() < theme.px(_SHORT), self.width() < theme.px(_NARROW)
        gap = theme.px(10 if short else 12)
        self._outer.setContentsMargins(gap, gap, gap, gap)
        self._outer.setSpacing(gap)
        self._row.setSpacing(gap)
        for column in self._columns:
            column.setSpacing(gap)
        self._left_scroll.setFixedWidth(theme.px(236 if narrow else 292))
        self._right.setFixedWidth(theme.px(300 if narrow else 324))
        self._crowded = False
        self.questions.set_short(short)
        self.form.set_short(short)
        self.verdict.set_short(short)
        self.materials.set_row_height(38 if short else 42)
        self.materials.strip.set_short(short)
        self._fit_form()

    def _fit_form(self) -> None:
        """Give the form what it wants, but leave the materials half of the column."""
        share = 0.38 if self.height() < theme.px(_SHORT) else 0.5
        self.form.set_room(max(theme.px(150), round(self.height() * share)))
        self._fold_if_crowded()

    def _fold_if_crowded(self) -> None:
        """Fold the questions once all are answered and the people below do not fit."""
        opened = self._opened
        if opened is None or self._crowded or self.height() < theme.px(_SHORT):
            return
        done = all(code in opened.case.answers for code in opened.verdict.questions)
        if done and self._left.sizeHint().height() > self._left_scroll.height():
            self._crowded = True
            self.questions.set_short(True)
