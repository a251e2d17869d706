"""One line of a condition: what is looked at, and how it is compared."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.draft_conditions import SEVERAL, leading_word
from clerk.ui import theme
from clerk.ui.standards_choices import PickField
from clerk.ui.standards_condition_shape import changed, fresh, shape, values
from clerk.ui.standards_form import EditField, made_field
from clerk.ui.standards_sentence import ConditionField
from clerk.ui.standards_shape import Coded, Element, word
from clerk.ui.standards_words import LEADS
from clerk.ui.widgets import Label

_LEADS: Final[Coded] = tuple(LEADS.items())


class LineForm(QWidget):
    """``edited`` carries the line as it is to be."""

    edited = pyqtSignal(object)

    def __init__(self, table: Mapping[str, object]) -> None:
        super().__init__()
        self._table = table
        self._line: Mapping[str, object] = {}
        self._shape: tuple[Element, ...] = ()
        self._fields: list[EditField] = []
        self.lead = PickField(word("lead", "看什么", _LEADS))
        self.note = Label(size=12, tone="t3", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._column.addWidget(self.lead)
        self._column.addWidget(self.note)
        self.lead.edited.connect(self._on_lead)

    def first(self) -> QWidget:
        """What the cursor goes to first."""
        return self.lead.editor

    def focus_first(self) -> None:
        """Go to what is looked at."""
        self.lead.focus_editor()

    def fields(self) -> Sequence[EditField]:
        """The fields behind the first one."""
        return tuple(self._fields)

    def show_line(self, line: object) -> None:
        """Show a line; the fields stay where its kind is the same."""
        self._line = line if isinstance(line, Mapping) else {}
        lead = leading_word(self._line)
        self.lead.show_value(lead or None, "", True)
        wanted = shape(self._line, self._table)
        if wanted != self._shape:
            self._rebuild(wanted)
        shown = values(self._line)
        for element, field in zip(self._shape, self._fields, strict=True):
            if not isinstance(field, ConditionField):
                field.show_value(shown.get(str(element.path[0])), "", True)
        self.note.setText("按 Ins 在里面加一行" if lead in SEVERAL else "")
        self.note.setVisible(bool(self.note.text()))

    def _rebuild(self, wanted: tuple[Element, ...]) -> None:
        """Keep the fields that are wanted still, so that the cursor stays where it is."""
        kept = dict(zip(self._shape, self._fields, strict=True))
        self._shape, self._fields = wanted, []
        for element in wanted:
            field = kept.pop(element, None)
            if field is None:
                field = made_field(element)
                field.edited.connect(partial(self._on_edited, str(element.path[0])))
            self._fields.append(field)
        for gone in kept.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, field in enumerate(self._fields, start=2):
            self._column.insertWidget(place, field)

    def _on_lead(self, lead: object) -> None:
        if isinstance(lead, str) and lead != leading_word(self._line):
            self.edited.emit(dict(fresh(lead)))

    def _on_edited(self, key: str, value: object) -> None:
        self.edited.emit(changed(self._line, key, value))
