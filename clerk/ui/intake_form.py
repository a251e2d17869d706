"""The application form (申请表): gaps with boxes on top, what is known as quiet text below."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.case import Case, FieldValue
from clerk.domain.case_list import EarlierValue
from clerk.domain.findings import Check, Outcome, Verdict
from clerk.domain.party import Source
from clerk.domain.prefill import HELD_BY_PERSON
from clerk.domain.standard import FieldKind, FormField
from clerk.ui import theme
from clerk.ui.intake_fields import FormLine
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Card, KeyHint, Quiet
from clerk.ui.widgets.growing import Growing
from clerk.wording import finding

_COLUMNS = 3
_ROWS_SHOWN, _ROWS_SHOWN_SHORT = 3, 2
_MADE_AT_ONCE = 3
_FIELD_CHECKS = frozenset({Check.FIELD_FORM, Check.FIELD_BOUNDS, Check.FIELD_CONFLICT})


class FormCard(Card):
    """The lines of one case; a widget is used again for the next case, moved only if it must."""

    committed = pyqtSignal(str, str)
    taken = pyqtSignal(str)
    typed = pyqtSignal()
    next_gap = pyqtSignal()
    laid_out = pyqtSignal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._lines: dict[str, FormLine] = {}
        self._spare: dict[bool, list[FormLine]] = {True: [], False: []}
        self._made_for: tuple[str, int] = ("", 0)
        self._placed: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._all = self._short = False
        self._opened: OpenCase | None = None
        self.head = self.header("申请表")
        self.head.add(KeyHint(("Ctrl M",), "全部展开", keys_last=True))
        inside = Growing()
        inside.laid_out.connect(self.laid_out)
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._gaps, self._known = QWidget(), Quiet()
        self._gap_grid, self._known_grid = self._grid(self._gaps), self._grid(self._known)
        self._gap_grid.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(12))
        self._known_grid.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        column.addWidget(self._gaps)
        column.addWidget(self._known)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._inside = inside
        self.body.addWidget(self._scroll)

    def _grid(self, holder: QWidget) -> QGridLayout:
        grid = QGridLayout(holder)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme.px(60))
        return grid

    def show_case(self, opened: OpenCase) -> None:
        """Show the form of ``opened``; what did not change is not touched."""
        made_for = (opened.key, opened.standard.version)
        if made_for != self._made_for:
            self._drop_lines()
            self._made_for = made_for
        self._opened = opened
        case, verdict = opened.case, opened.verdict
        lines = [line for line in opened.standard.fields if line.code in verdict.fields]
        gaps, known = self._sorted(lines, case)
        self._say_counts(lines, gaps, case, verdict)
        shown = self._cut(known, -(-len(gaps) // _COLUMNS))
        by_code = {line.code: line for line in lines}
        for code in (*gaps, *shown):
            if code not in self._lines:
                self._lines[code] = self._line(by_code[code])
        self._place(gaps, shown)
        errors = _errors(verdict)
        for code in (*gaps, *shown):
            held = case.values.get(code)
            widget = self._lines[code]
            error = "" if widget.has_focus() and widget.half_typed() else errors.get(code, "")
            from_source = held is not None and held.source is Source.SHARED_DATA
            worked_out = by_code[code].computed is not None
            locked = not opened.editable or worked_out or from_source
            widget.show_value(held, error, known=code in known, locked=locked)
            widget.show_offer(_offer(widget.line, held, opened), held)

    def show_all(self, every: bool) -> None:
        """Show every line, also those that are known or need not be filled (Ctrl M)."""
        self._all = every
        self._again()

    def shows_all(self) -> bool:
        """Whether every line is shown."""
        return self._all

    def set_short(self, short: bool) -> None:
        """Keep fewer known lines on a low screen."""
        if short != self._short:
            self._short = short
            self._again()

    def _again(self) -> None:
        if self._opened is not None:
            self.show_case(self._opened)

    def set_room(self, height: int) -> None:
        """Use at most ``height`` pixels, scrolling inside beyond that."""
        wanted = self._inside.sizeHint().height()
        self._scroll.setFixedHeight(max(0, min(wanted, height - self.head.height() - 2)))

    def commit(self) -> None:
        """Commit what is being typed, as if the field had been left."""
        for line in self._lines.values():
            if line.has_focus():
                line.field.commit()

    def half_typed(self) -> Mapping[str, str]:
        """Return the texts that are typed and not committed yet, by field code."""
        found = {code: line.half_typed() for code, line in self._lines.items()}
        return {code: text for code, text in found.items() if text is not None}

    def focus_line(self, code: str) -> bool:
        """Put the cursor into a line; returns whether it is there."""
        if self._opened is None or code not in self._opened.verdict.fields:
            return False
        if code not in self.order():
            self.show_all(True)
        line = self._lines[code]
        self._scroll.ensureWidgetVisible(line)
        line.field.focus_editor()
        return True

    def line_of(self, code: str) -> FormLine:
        """The widget of one line."""
        return self._lines[code]

    def order(self) -> tuple[str, ...]:
        """The codes of the lines on show, in reading order."""
        return (*self._placed[0], *self._placed[1])

    def _sorted(
        self, lines: Sequence[FormField], case: Case
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Gaps and what a person typed on top; a line with the cursor in it stays put."""
        gaps: list[str] = []
        known: list[str] = []
        for line in lines:
            held = case.values.get(line.code)
            widget = self._lines.get(line.code)
            stays = widget is not None and widget.has_focus() and line.code in self._placed[0]
            if stays or _is_gap(line, held) or self._differs(line, held):
                gaps.append(line.code)
            elif held is not None or self._all:
                known.append(line.code)
        return tuple(gaps), tuple(known)

    def _differs(self, line: FormField, held: FieldValue | None) -> bool:
        """Whether an earlier value stands beside another one that is known now: both are seen."""
        offered = self._opened is not None and _offer(line, held, self._opened) is not None
        return held is not None and offered

    def _cut(self, known: tuple[str, ...], gap_rows: int) -> tuple[str, ...]:
        """The more rows of gaps, the fewer of what is known, at least one."""
        if self._all:
            return known
        rows = (_ROWS_SHOWN_SHORT if self._short else _ROWS_SHOWN) + 1 - gap_rows
        return known[: max(1, rows) * _COLUMNS]

    def prepare(self, texts: int, choices: int) -> Iterator[None]:
        """Make so many lines beforehand, a few at each step, that an item opens without delay."""
        for choice, count in ((False, texts), (True, choices)):
            for number in range(1, count + 1):
                self._spare[choice].append(self._make(choice))
                if number % _MADE_AT_ONCE == 0:
                    yield

    def _line(self, line: FormField) -> FormLine:
        choice = line.kind is FieldKind.CHOICE
        spare = self._spare[choice]
        taken = spare.pop() if spare else self._make(choice)
        taken.stand_for(line)
        return taken

    def _make(self, choice: bool) -> FormLine:
        made = FormLine(self._today, choice=choice)
        made.committed.connect(self.committed)
        made.taken.connect(self.taken)
        made.typed.connect(self.typed)
        made.next_gap.connect(self.next_gap)
        made.hide()
        made.setParent(self._inside)
        return made

    def _place(self, gaps: tuple[str, ...], known: tuple[str, ...]) -> None:
        if self._placed == (gaps, known):
            return
        focus = next((code for code, line in self._lines.items() if line.has_focus()), "")
        self._placed = (gaps, known)
        for grid, codes in ((self._gap_grid, gaps), (self._known_grid, known)):
            while grid.takeAt(0) is not None:
                pass
            for number, code in enumerate(codes):
                grid.addWidget(self._lines[code], number // _COLUMNS, number % _COLUMNS)
        shown = {*gaps, *known}
        for code, line in self._lines.items():
            line.setVisible(code in shown)
        self._gaps.setVisible(bool(gaps))
        self._known.setVisible(bool(known))
        self._set_tab_order()
        if focus and focus in shown and not self._lines[focus].has_focus():
            self._lines[focus].field.editor.setFocus()

    def _set_tab_order(self) -> None:
        editors = [self._lines[code].field.editor for code in self.order()]
        for first, second in pairwise(editors):
            QWidget.setTabOrder(first, second)

    def _say_counts(
        self, lines: Sequence[FormField], gaps: tuple[str, ...], case: Case, verdict: Verdict
    ) -> None:
        filled = sum(
            line.code in case.values and case.values[line.code].source not in HELD_BY_PERSON
            for line in lines
        )
        left = sum(found.check is Check.FIELD_FILLED for found in verdict.open)
        said = f"{len(lines)} 项里 {filled} 项已自动填好，"
        if not lines:
            self.head.hint.setText("这个事项没有要填的")
        else:
            apart = sum(self._differs(line, case.values.get(line.code)) for line in lines)
            missing = len(gaps) - apart
            typed = f"只需补 {missing} 项" if missing > 0 else "没有要补的"
            said = f"{said}{apart} 项和以前填的不一样，" if apart else said
            self.head.hint.setText(said + (f"还差 {left} 项" if left else typed))

    def _drop_lines(self) -> None:
        """Put the lines aside for the next case; what still has the cursor tells nobody."""
        for line in self._lines.values():
            line.blockSignals(True)
            line.hide()
            line.blockSignals(False)
            self._spare[line.line.kind is FieldKind.CHOICE].append(line)
        self._lines.clear()
        self._placed = ((), ())


def _is_gap(line: FormField, held: FieldValue | None) -> bool:
    if line.computed is not None:
        return False  # nobody types it: what it is worked out from is the gap
    if held is None:
        return line.required
    return held.source in HELD_BY_PERSON


def _offer(line: FormField, held: FieldValue | None, opened: OpenCase) -> EarlierValue | None:
    """What was typed earlier: for an empty line, and beside a known value that is another one."""
    if "earlier" not in line.prefill or not opened.editable:
        return None
    offer = opened.offers.get(line.code)
    if offer is None or held is None:
        return offer
    settled = held.source in HELD_BY_PERSON or held.source is Source.SHARED_DATA
    return None if settled or held.value == offer.value else offer


def _errors(verdict: Verdict) -> Mapping[str, str]:
    return {
        found.subject: finding(found)
        for found in verdict.findings
        if found.outcome is Outcome.FAIL and found.check in _FIELD_CHECKS
    }
