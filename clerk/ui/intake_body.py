"""The three columns of one case, and how they give way on a low or narrow screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from PyQt6.QtCore import QCoreApplication, QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.form import facts_of
from clerk.domain.step_times import Step
from clerk.ui import theme
from clerk.ui.actions import Here
from clerk.ui.guide import LEFT_WIDTH, RIGHT_WIDTH, GuideFace
from clerk.ui.guide_words import step_of_region
from clerk.ui.intake_after import AfterCard
from clerk.ui.intake_applicant import ApplicantCard
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_form import FormCard
from clerk.ui.intake_item import ItemCard, QuestionsCard
from clerk.ui.intake_materials import MaterialsCard
from clerk.ui.intake_rows import material_rows
from clerk.ui.intake_stops import Region, Stop
from clerk.ui.intake_verdict import VerdictCard
from clerk.ui.overriding import override
from clerk.ui.pieces import AHEAD_MS, Pieces
from clerk.ui.widgets import Notice
from clerk.ui.widgets.growing import Growing
from clerk.wording_proof import proof_of

_SHORT = 720 - 46 - 64 - 27
"""Content heights below this belong to screens of less than 720 px."""
_NARROW = 1320 - 68
_TEXT_LINES, _CHOICE_LINES = 18, 4
"""What is made beforehand, about as much as the larger starter items show at first."""


class IntakeBody(QWidget):
    """Everything of one case between top bar and action bar.

    Its cards are made in pieces; nothing of them may be used before it is whole.
    """

    page_wanted = pyqtSignal(str)
    typed = pyqtSignal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._opened: OpenCase | None = None
        self._crowded = self._whole = False
        self._ready: frozenset[QWidget] = frozenset()
        self._here: Here | None = None
        self._today = today
        self.guide = GuideFace(self)
        self._columns: list[QVBoxLayout] = []
        self._making = Pieces(self)

    def prepare(self) -> None:
        """Make the cards while nobody waits for them."""
        if not self._whole and not self._making.busy():
            self._making.begin(self._made(), pause_ms=AHEAD_MS)

    def is_whole(self) -> bool:
        """Whether the cards are there."""
        return self._whole

    def complete(self) -> None:
        """Make what is not made yet, now."""
        self.prepare()
        self._making.finish()

    def completing(self) -> Iterator[None]:
        """Make what is not made yet for somebody who waits, one piece at each step."""
        self.prepare()
        while not self._whole:
            self._making.step()
            yield

    def _made(self) -> Iterator[None]:
        left, middle, right = self._lay_out()
        self.item, self.questions = ItemCard(), QuestionsCard()
        yield from _put(left, self.item, self.questions)
        self.applicant = ApplicantCard()
        yield from _put(left, self.applicant, stretch=1)
        self.form = FormCard(self._today)
        yield from _put(middle, self.form)
        self.materials = MaterialsCard(self._today)
        yield from _put(middle, self.materials, stretch=1)
        self.verdict = VerdictCard()
        yield from _put(right, self.verdict, stretch=1)
        self.after = AfterCard()
        yield from _put(right, self.after)
        yield from self.form.prepare(_TEXT_LINES, _CHOICE_LINES)
        yield from self.verdict.prepare()
        self.materials.moved.connect(lambda _code: self._show_strip())
        self.form.laid_out.connect(self._fit_form)
        self.form.typed.connect(self.typed)
        self._left.laid_out.connect(self._fold_if_crowded)
        for column in self._columns:
            column.addStretch(0)  # a card that stands alone is no taller than it wants to be
        self._whole = True
        self.guide.arrange()

    def _lay_out(self) -> tuple[QVBoxLayout, QVBoxLayout, QVBoxLayout]:
        """Make the three columns, still empty."""
        self.notice = Notice("bad")
        self._left, self.middle, self.right = Growing(), QWidget(), QWidget()
        self.left = QScrollArea()
        self.left.setWidgetResizable(True)
        self.left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setProperty("scrolled", True)
        self.left.setWidget(self._left)
        self._row = QHBoxLayout()
        self._row.addWidget(self.left)
        self._row.addWidget(self.middle, 1)
        self._row.addWidget(self.right)
        self._row.addStretch(0)  # takes what is over where nothing else grows
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.notice)
        self._outer.addLayout(self._row, 1)
        return self._column(self._left), self._column(self.middle), self._column(self.right)

    def take_guide(self, head: QWidget, steps: QWidget, bring: QWidget) -> None:
        """Give the parts of the guided face their places: above, at the left, beside the left."""
        self._outer.insertWidget(1, head)
        self._row.insertWidget(0, steps)
        self._row.insertWidget(2, bring, 1)

    def _column(self, holder: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._columns.append(column)
        return column

    def showing(self, opened: OpenCase, here: Here) -> Iterator[None]:
        """Show the case column by column; each card touches only what changed in it.

        Of another case than before nothing stays in sight.
        """
        turned = opened is not self._opened
        self._opened, self._here = opened, here
        if turned:
            for later in (self.form, self.materials, self.right):
                later.hide()
            self._crowded = False
            self._ready = frozenset()
            self.questions.set_short(self._is_short())
            self.item.show_item(opened.standard)
        self.questions.show_case(opened, facts_of(opened.case, self._today(), here.calendar))
        self.applicant.show_case(opened, self._today(), here.office)
        self._let_see()
        yield
        self.form.show_case(opened)
        self._let_see(self.form)
        yield
        self.materials.show_rows(material_rows(opened))
        self.materials.reuse.show_case(opened)
        self._show_strip()
        self._let_see(self.materials)
        yield
        verdict = self.verdict.showing(opened)
        next(verdict, None)
        self.after.show_case(opened, here)
        self._let_see(self.right)
        yield
        yield from verdict

    def _let_see(self, *cards: QWidget) -> None:
        """Show cards that stand for the case in front now, as far as the face that is on does."""
        self._ready |= {*cards}
        if self.guide.on and self._opened is not None:
            self.guide.show_case(self._opened, self._ready)
        else:
            for card in cards:
                card.show()

    def show_again(self) -> None:
        """Show what stands for the case in front, after the face or the step is another one."""
        if self._opened is not None and self._here is not None:
            for _ in self.showing(self._opened, self._here):
                pass

    def _show_strip(self) -> None:
        opened, code = self._opened, self.materials.current()
        strip = self.materials.strip
        if opened is None or not code:
            strip.show_material(0, None, None, "", editable=False)
            return
        held = opened.case.evidence.get(code)
        row = self.materials.row(code)
        asked = opened.standard.requirement(code)
        proof = proof_of(asked, held, opened.case).line if held else ""
        at_source = row.detail if row and asked.shared_source and not held else ""
        strip.show_material(
            row.number if row else 0,
            asked,
            held,
            opened.trouble.get(code, "") or proof or at_source or asked.acceptance_standard,
            editable=opened.editable,
        )
        if held is not None and held.files:
            self.page_wanted.emit(code)

    def commit_typing(self) -> None:
        """Commit what is being typed in the form, as if the field had been left."""
        if self._whole:
            self.form.commit()

    def half_typed(self) -> Mapping[str, str]:
        """Return what is typed in the form and not committed yet, by field code."""
        return self.form.half_typed() if self._whole else {}

    def clear_notice(self) -> None:
        """Take the notice above the columns away."""
        if self._whole:
            self.notice.clear()

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
        if self._opened is not None:
            self.guide.turn_to(self._opened, step_of_region(stop.region))
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

    def reopen_questions(self) -> None:
        """Unfold the questions and go to the first one, whichever step is shown."""
        if self._opened is not None:
            self.guide.turn_to(self._opened, Step.QUESTIONS)
        self.questions.reopen()

    def turn_all_fields(self) -> None:
        """Show every line of the form or only what matters again, whichever step is shown."""
        if self._opened is not None:
            self.guide.turn_to(self._opened, Step.FORM)
        self.form.show_all(not self.form.shows_all())

    def material_in_sight(self) -> str:
        """Return the current material; one step at a time its row is brought into sight."""
        code = self.materials.current()
        if code and self.guide.on:
            self.go_to(Stop(Region.MATERIAL, code))
        return code

    def regions(self) -> Sequence[QWidget]:
        """Regions in reading order, for F6."""
        if self.guide.on:
            return self.guide.regions(self._opened)
        return (self._left, self.form, self.materials, self.right)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._whole:
            self._fit()

    def take_room(self, room: QSize) -> None:
        """Lay out for ``room`` while still hidden, so that it is not done twice on showing."""
        if self.size() != room:
            self.resize(room)
            self._fit()

    def refit(self) -> None:
        """Lay out anew for the face that is on."""
        self._fit()

    def _is_short(self) -> bool:
        """Whether rooms are so low that the questions fold; a step alone has room enough."""
        return self.height() < theme.px(_SHORT) and not self.guide.on

    def _fit(self) -> None:
        short, narrow = self.height() < theme.px(_SHORT), self.width() < theme.px(_NARROW)
        gap = theme.px(10 if short else 12)
        self._outer.setContentsMargins(gap, gap, gap, gap)
        self._outer.setSpacing(gap)
        self._row.setSpacing(gap)
        for column in self._columns:
            column.setSpacing(gap)
        guided = self.guide.on
        left, right = (236, 300) if narrow else (292, 324)
        self.left.setFixedWidth(theme.px(LEFT_WIDTH if guided else left))
        self.right.setFixedWidth(theme.px(RIGHT_WIDTH if guided else right))
        self._crowded = False
        self.questions.set_short(self._is_short())
        self.form.set_short(short and not guided)
        self.verdict.set_short(short and not guided)
        self.materials.set_row_height(38 if short else 42)
        self.materials.strip.set_short(short)
        self._fit_form()

    def _fit_form(self) -> None:
        """Give the form what it wants, but leave the materials half of the column."""
        share = 1.0 if self.guide.on else 0.38 if self.height() < theme.px(_SHORT) else 0.5
        height = self.height() - self.guide.head_height()
        self.form.set_room(max(theme.px(150), round(height * share)))
        self._fold_if_crowded()

    def _fold_if_crowded(self) -> None:
        """Fold the questions once all are answered and the people below do not fit."""
        opened = self._opened
        if opened is None or self._crowded or self.guide.on or self.height() < theme.px(_SHORT):
            return
        done = all(code in opened.case.answers for code in opened.verdict.questions)
        if done and self._left.sizeHint().height() > self.left.height():
            self._crowded = True
            self.questions.set_short(True)
            self._settle()

    @staticmethod
    def _settle() -> None:
        """Lay out now what was folded: else it is painted once with the room of before."""
        for _ in range(2):  # the cards, then the column and its scroll bar
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _put(column: QVBoxLayout, *cards: QWidget, stretch: int = 0) -> Iterator[None]:
    """Put cards into a column and let the style sheet look at them, while they are hidden."""
    for card in cards:
        column.addWidget(card, stretch)
        yield
        for widget in card.findChildren(QWidget):
            widget.ensurePolished()
        yield
