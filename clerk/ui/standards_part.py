"""One editing tab: the outline of its lines at the left, the form of the current one beside it."""

from collections.abc import Iterator, Mapping

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.draft_editing import (
    Path,
    copied_line,
    free_code,
    lines_at,
    moved_line,
    with_line,
    with_value,
    without_line,
)
from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.standards_form import ElementForm, Faults
from clerk.ui.standards_outline import Outline, OutlineRow, rows_of
from clerk.ui.standards_shape import Element, Lines, Tab
from clerk.ui.standards_words import line_sentence
from clerk.ui.widgets import Button, Empty, Label, Line

_NARROW = 700


class PartTab(QWidget):
    """The lines of one tab; ``edited`` carries the whole table as it is to be.

    ``condition_wanted`` carries the path and the name of a condition that is to be changed,
    ``choice_wanted`` the line and the element of something that is to be picked.
    """

    edited = pyqtSignal(object)
    condition_wanted = pyqtSignal(object, str)
    choice_wanted = pyqtSignal(object, object)

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self._tab = tab
        self._table: Mapping[str, object] = {}
        self._faults: Faults = ()
        self._can_edit = False
        self._forms: dict[int, ElementForm] = {}
        self.outline = Outline(tab.name)
        self.add_button = Button("加一条", key="Ins", small=True)
        self.below_button = Button("加选项", key="Ctrl Ins", small=True)
        self.copy_button = Button("复制", key="Ctrl D", kind="quiet", small=True)
        self.drop_button = Button("删掉", key="Del", kind="quiet", small=True)
        self.empty = Empty("list", "还没有", "按 Ins 加第一条")
        self.reads = Label(size=12, tone="t2", wrap=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.outline, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, theme.px(6))
        foot.setSpacing(0)
        foot.addWidget(Line())
        left.addWidget(self._foot)
        for buttons in ((self.add_button, self.below_button), (self.copy_button, self.drop_button)):
            holder = QHBoxLayout()
            holder.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), 0)
            holder.setSpacing(theme.px(6))
            for button in buttons:
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                holder.addWidget(button)
            holder.addStretch(1)
            foot.addLayout(holder)
        row.addWidget(self._left)
        row.addWidget(Line(upright=True))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        held = QVBoxLayout()
        held.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), 0)
        held.addWidget(self.reads)
        right.addLayout(held)
        right.addWidget(self.stack, 1)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.outline.moved.connect(lambda _: self._show_form())
        self.outline.opened.connect(lambda _: self._enter_form())
        self.outline.row_key.connect(self._on_key)
        self.outline.move_wanted.connect(self.shift)
        self.add_button.clicked.connect(lambda _: self.add())
        self.below_button.clicked.connect(lambda _: self.add_below())
        self.copy_button.clicked.connect(lambda _: self.copy())
        self.drop_button.clicked.connect(lambda _: self.drop())

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(theme.px(214 if self.width() < theme.px(_NARROW) else 244))

    def show_tab(self, tab: Tab) -> None:
        """Edit lines of another shape from now on."""
        if tab is self._tab:
            return
        self._tab = tab
        for form in self._forms.values():
            self.stack.removeWidget(form)
            form.deleteLater()
        self._forms.clear()

    def show_table(
        self, table: Mapping[str, object], faults: Faults, *, can_edit: bool, at: Path | None = None
    ) -> None:
        """Show a draft, or a version that is only read; ``at`` is the line to go to."""
        self._table, self._faults, self._can_edit = table, faults, can_edit
        before = max(0, self.outline.current_row())
        self.outline.rows.show_rows(tuple(rows_of(self._tab, table, faults)))
        place = -1 if at is None else self.outline.rows.row_at(at)
        last = self.outline.rows.rowCount() - 1
        with QSignalBlocker(self.outline):  # the form is shown once
            self.outline.go_to(place if place >= 0 else min(before, last))
        self._show_form()

    def go_to(self, path: Path) -> None:
        """Go to the line and the element at ``path``."""
        self.outline.go_to(max(0, self.outline.rows.row_at(path)))
        self._show_form()
        form = self.form()
        if form is None or not form.go_to(path):
            self.outline.setFocus()

    def form(self) -> ElementForm | None:
        """The form in front."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, ElementForm) else None

    def commit(self) -> None:
        """Take what was typed and rests in its field still."""
        form = self.form()
        if form is not None:
            form.commit()

    def _show_form(self) -> None:
        row = self.outline.current()
        self._show_buttons(row)
        reads = line_sentence(self._table, row.path) if row and not row.heading else ""
        self.reads.setText(reads)
        self.reads.setVisible(bool(reads))
        if row is None or not row.elements:
            name = row.lines.name if row and row.lines else self._tab.name
            self.empty.title.setText(f"还没有{name}" if not self._has_lines(row) else name)
            hint = "选左边的一条看" if self._has_lines(row) else ""
            self.empty.hint.setText("按 Ins 加一条" if self._can_edit else hint)
            self.empty.hint.setVisible(bool(self.empty.hint.text()))
            self.stack.setCurrentWidget(self.empty)
            return
        form = self._form_of(row.elements)
        form.show_line(self._table, row.base, self._faults, can_edit=self._can_edit)
        if self.stack.currentWidget() is not form:
            form.ensureVisible(0, 0)
        self.stack.setCurrentWidget(form)

    def _has_lines(self, row: OutlineRow | None) -> bool:
        return row is not None and bool(row.path) and bool(lines_at(self._table, row.path))

    def forms_ahead(self) -> Iterator[None]:
        """Make the forms of this tab before anybody goes there, some fields at each step."""
        for section in self._tab.sections:
            lines: Lines | None = section.lines
            if section.elements:
                yield from self._form_of(section.elements).filling()
                yield
            while lines is not None:
                yield from self._form_of(lines.elements).filling()
                yield
                lines = lines.below

    def _form_of(self, elements: tuple[Element, ...]) -> ElementForm:
        kind = id(elements)
        if kind not in self._forms:
            form = ElementForm(elements)
            form.edited.connect(self._on_edited)
            form.condition_wanted.connect(self.condition_wanted)
            form.choice_wanted.connect(self.choice_wanted)
            self._forms[kind] = form
            self.stack.addWidget(form)
        return self._forms[kind]

    def _show_buttons(self, row: OutlineRow | None) -> None:
        lines = row.lines if row else None
        line = row is not None and not row.heading
        below = lines.below if lines and line else None
        self._foot.setVisible(self._can_edit and lines is not None)
        self.add_button.setVisible(self._can_edit and lines is not None)
        self.below_button.setVisible(self._can_edit and below is not None)
        for button in (self.copy_button, self.drop_button):
            button.setVisible(self._can_edit and line)
        if lines:
            self.add_button.setText(f"加{lines.name}")
        if below:
            self.below_button.setText(f"加{below.name}")

    def _enter_form(self) -> None:
        form = self.form()
        if form is not None:
            form.focus_first()

    def _on_key(self, key: int) -> None:
        match key:
            case Qt.Key.Key_Right:
                self._enter_form()
            case Qt.Key.Key_Insert:
                self.add()
            case Qt.Key.Key_Delete:
                self.drop()

    # ---- what can be done ------------------------------------------------------------------

    def add(self) -> None:
        """Put a new line behind the current one, or first below its heading."""
        row = self.outline.current()
        if row is None or row.lines is None or not self._can_edit:
            return
        at, place = (row.path, 0) if row.heading else (row.path[:-1], int(row.path[-1]) + 1)
        self._put(row.lines, at, place)

    def add_below(self) -> None:
        """Put a new line at the end of those below the current one."""
        row = self.outline.current()
        below = row.lines.below if row and row.lines and not row.heading else None
        if row is not None and below is not None and self._can_edit:
            at = (*row.path, below.key)
            self._put(below, at, len(lines_at(self._table, at)))

    def copy(self) -> None:
        """Put a copy of the current line behind it."""
        row = self._line()
        if row is not None:
            at, place = row.path[:-1], int(row.path[-1])
            self._tell(copied_line(self._table, at, place), (*at, place + 1))

    def drop(self) -> None:
        """Take the current line away; Ctrl Z brings it back."""
        row = self._line()
        if row is not None:
            self._tell(without_line(self._table, row.path[:-1], int(row.path[-1])), None)

    def shift(self, by: int) -> None:
        """Move the current line up or down among its like."""
        row = self._line()
        if row is not None:
            table, to = moved_line(self._table, row.path[:-1], int(row.path[-1]), by)
            self._tell(table, (*row.path[:-1], to))

    def _line(self) -> OutlineRow | None:
        row = self.outline.current()
        return row if row is not None and not row.heading and self._can_edit else None

    def _put(self, lines: Lines, at: Path, place: int) -> None:
        fresh = dict(lines.fresh)
        if isinstance(stem := fresh.get("code"), str):
            fresh["code"] = free_code(lines_at(self._table, at), stem)
        self._tell(with_line(self._table, at, fresh, place), (*at, place))
        self._enter_form()

    def _tell(self, table: Mapping[str, object], at: Path | None) -> None:
        self.show_table(table, self._faults, can_edit=True, at=at)
        self.edited.emit(table)

    def _on_edited(self, path: Path, value: object) -> None:
        self._table = with_value(self._table, path, value)
        self.edited.emit(self._table)
