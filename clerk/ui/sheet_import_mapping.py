"""对栏目: what each heading of a bureau's list means, changed by keys."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.sheet_checks import check_mapping
from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    NationalSet,
    SheetColumn,
    SheetLevel,
    SheetMapping,
    SheetVocabulary,
    bare,
    column_letter,
)
from clerk.domain.sheet_memory import with_meaning
from clerk.ui import theme
from clerk.ui.import_actions import Head
from clerk.ui.overriding import override
from clerk.ui.sheet_rows import RowsModel
from clerk.ui.tables import Table
from clerk.ui.tables_paint import Cell
from clerk.ui.widgets import Choice, Field, Label
from clerk.values import replace
from clerk.wording_sheet import fault

_KEPT = "不认识，原样保留"
_LEVELS = {SheetLevel.ITEM: "事项", SheetLevel.MATERIAL: "材料"}
_TYPES = (MaterialTypeMeaning.COPY_KIND, MaterialTypeMeaning.MATERIAL_KIND)
_SETS = (NationalSet.PLATFORM, NationalSet.STANDARD)


class MappingPage(QWidget):
    """The headings at the left, what they may mean at the right; ``changed`` after every choice."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._vocabulary: SheetVocabulary | None = None
        self._mapping: SheetMapping | None = None
        self._examples: tuple[str, ...] = ()
        self._places: list[int] = []
        self.about = Label("", size=13, tone="t2", wrap=True)
        self.model = RowsModel(("栏", "表头", "第一行写的是", "含义"), self)
        self.table = Table(
            self.model, widths=(56, 190, None, 190), name="表头和含义，按 Enter 改含义"
        )
        self.picker = MeaningPicker()
        self.type_label = Label("“材料类型”这一栏写的是", size=13, tone="t2")
        self.type_choice = Choice(("原件或复印件", "证件证明或申请表格"), label="材料类型写的是")
        self.set_choice = Choice(("国家平台", "GB/T 39046 附录A"), label="数字代码用的是")
        self._lay_out()
        self.table.opened.connect(lambda _: self.picker.begin())
        self.table.moved.connect(self._on_moved)
        self.picker.chosen.connect(self._on_chosen)
        self.picker.left.connect(self.table.setFocus)
        self.type_choice.picked.connect(self._on_type)
        self.set_choice.picked.connect(self._on_set)

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(theme.px(8))
        asked.addWidget(Label("数字代码用的是", size=13, tone="t2"))
        asked.addWidget(self.set_choice)
        asked.addSpacing(theme.px(16))
        asked.addWidget(self.type_label)
        asked.addWidget(self.type_choice)
        asked.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        sides.addWidget(self.table, 1)
        sides.addWidget(self.picker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.about)
        column.addLayout(asked)
        column.addLayout(sides, 1)

    def show_head(self, head: Head, vocabulary: SheetVocabulary) -> None:
        """Show the headings of another worksheet."""
        self._vocabulary, self._examples = vocabulary, head.examples
        self._mapping = head.mapping
        self._places = [at for at, heading in enumerate(head.mapping.headings) if heading]
        self.picker.offer(vocabulary)
        meaning = head.mapping.material_type
        self.type_choice.set_chosen(_TYPES.index(meaning) if meaning else None)
        self.set_choice.set_chosen(_SETS.index(head.mapping.national_set))
        self._say(known=head.known)
        self.model.show_rows([self._row(at) for at in self._places])
        self._show_type()
        self.table.go_to(0)

    @property
    def mapping(self) -> SheetMapping | None:
        """What the headings mean now."""
        return self._mapping

    def lacking(self) -> str:
        """What has still to be said before the list can be read; empty if nothing."""
        if self._mapping is None or self._vocabulary is None:
            return "还没有读到表头"
        found = [fault(one) for one in check_mapping(self._mapping, self._vocabulary)]
        return "；".join(found[:4])

    def first_focus(self) -> QWidget:
        """Where a person begins: what is asked, else the table."""
        asked = not self.type_choice.isHidden() and self.type_choice.chosen() is None
        return self.type_choice if asked else self.table

    def _say(self, *, known: bool) -> None:
        mapping = self._mapping
        if mapping is None:
            return
        understood = sum(bool(meaning) for meaning in mapping.meanings)
        kept = len(self._places) - understood
        again = "这套表头以前对过，已照旧。" if known else ""
        self.about.setText(
            f"{again}认得 {understood} 栏，{kept} 栏原样保留、导出时还在。"
            "不对的，选中按 Enter 改；对好的下次自动带出"
        )

    def _row(self, at: int) -> tuple[Cell, ...]:
        mapping, vocabulary = self._mapping, self._vocabulary
        if mapping is None or vocabulary is None:
            return ()
        meaning = mapping.meanings[at]
        means = vocabulary.columns[meaning].label if meaning else _KEPT
        example = " ".join(self._examples[at].split()) if at < len(self._examples) else ""
        return (
            Cell(text=column_letter(at), tone="t3"),
            Cell(text=mapping.headings[at]),
            Cell(text=example, tone="t2"),
            Cell(text=means, tone="t1" if meaning else "t3"),
        )

    def _on_moved(self, row: int) -> None:
        if self._mapping is not None and 0 <= row < len(self._places):
            at = self._places[row]
            self.picker.show_for(self._mapping, at)

    def _on_chosen(self, meaning: str) -> None:
        row = self.table.current_row()
        if self._mapping is None or not 0 <= row < len(self._places):
            return
        before = self._mapping
        self._mapping = with_meaning(before, self._places[row], meaning)
        for number, at in enumerate(self._places):
            if before.meanings[at] != self._mapping.meanings[at]:
                self.model.change_row(number, self._row(at))
        self._say(known=False)
        self._show_type()
        self.table.setFocus()
        self.table.go_to(min(row + 1, len(self._places) - 1))
        self.changed.emit()

    def _show_type(self) -> None:
        there = self._mapping is not None and "material_type" in self._mapping.meanings
        self.type_label.setVisible(there)
        self.type_choice.setVisible(there)

    def _on_type(self, chosen: int) -> None:
        if self._mapping is not None:
            self._mapping = replace(self._mapping, material_type=_TYPES[chosen])
            self.changed.emit()

    def _on_set(self, chosen: int) -> None:
        if self._mapping is not None:
            self._mapping = replace(self._mapping, national_set=_SETS[chosen])
            self.changed.emit()


class MeaningPicker(QWidget):
    """Every meaning a column may have, found by typing; Esc goes back to the headings."""

    chosen = pyqtSignal(str)
    left = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[SheetColumn, ...] = ()
        self._mapping: SheetMapping | None = None
        self._meaning = ""
        self._shown: list[str] = []
        self.setFixedWidth(theme.px(330))
        self.field = Field("找含义")
        self.model = RowsModel(("含义", "属于", "已用在"), self)
        self.table = Table(self.model, widths=(None, 52, 64), row_height=30, name="含义")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        self.field.editor.textChanged.connect(lambda _: self._fill())
        self.field.editor.entered.connect(self._choose)
        self.table.opened.connect(lambda _: self._choose())

    def offer(self, vocabulary: SheetVocabulary) -> None:
        """Offer the meanings of this vocabulary."""
        self._columns = tuple(vocabulary.columns.values())

    def show_for(self, mapping: SheetMapping, at: int) -> None:
        """Show what the heading at a place means, and what it could mean."""
        self._mapping, self._meaning = mapping, mapping.meanings[at]
        self.field.editor.setText("")
        self._fill()

    def begin(self) -> None:
        """Go to where the meaning is typed."""
        self.field.focus_editor()

    def _fill(self) -> None:
        typed = bare(self.field.value())
        found = [
            column
            for column in self._columns
            if not typed or any(typed in name for name in column.names)
        ]
        self._shown = [column.code for column in found]
        rows = [self._row(column) for column in found]
        if not typed:
            self._shown.append("")
            rows.append((Cell(text=_KEPT, tone="t2"), Cell(text=""), Cell(text="")))
        self.model.show_rows(rows)
        self.table.go_to(self._shown.index(self._meaning) if self._meaning in self._shown else 0)

    def _row(self, column: SheetColumn) -> tuple[Cell, ...]:
        meanings: Sequence[str] = self._mapping.meanings if self._mapping else ()
        used = column_letter(meanings.index(column.code)) if column.code in meanings else ""
        tone = "accentT" if column.code == self._meaning else "t1"
        return (
            Cell(text=column.label, tone=tone),
            Cell(text=_LEVELS[column.level], tone="t3"),
            Cell(text=used),
        )

    def _choose(self) -> None:
        row = self.table.current_row()
        if 0 <= row < len(self._shown):
            self.chosen.emit(self._shown[row])

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            row = self.table.current_row() + steps[Qt.Key(event.key())]
            self.table.go_to(max(0, min(len(self._shown) - 1, row)))
        else:
            super().keyPressEvent(event)
            return
        event.accept()
