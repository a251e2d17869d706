"""The file of the case in hand: its materials, their pages, and the form beside them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs
from clerk.ui.actions import FileActions
from clerk.ui.approval_compare import CompareTable, comparisons, instead_of_pages
from clerk.ui.approval_viewer import MaterialTab, MaterialTabs, Viewer
from clerk.ui.widgets import Line


class FileColumn(QWidget):
    """Tabs, pages and comparison; ``shown`` carries the code of the material in front."""

    shown = pyqtSignal(str)

    def __init__(self, jobs: Jobs, files: FileActions) -> None:
        super().__init__()
        self._case: Case | None = None
        self._standard: ItemStandard | None = None
        self._materials: tuple[MaterialTab, ...] = ()
        self._current = -1
        self.tabs = MaterialTabs()
        self.viewer = Viewer(jobs, files.pages)
        self.compare = CompareTable()
        self._lay_out()
        self.tabs.chosen.connect(self._on_tab)
        self.viewer.material_step.connect(self.step)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(Line(upright=True))
        inner = QVBoxLayout()
        inner.setSpacing(0)
        row.addLayout(inner, 1)
        column.addLayout(row, 1)
        inner.addWidget(self.tabs)
        inner.addWidget(self.viewer, 1)
        inner.addWidget(self.compare)

    def show_case(self, standard: ItemStandard, case: Case, asked: Sequence[str]) -> None:
        """Show the materials that were handed in of those the case is asked for."""
        self._standard, self._case, self._current = standard, case, -1
        self._materials = tuple(
            MaterialTab(code=one.code, title=one.name, to_see=False)
            for one in standard.requirements
            if one.code in case.evidence and (not asked or one.code in asked)
        )
        self.tabs.show_tabs(self._materials, 0)

    def materials(self) -> tuple[MaterialTab, ...]:
        """The materials in order."""
        return self._materials

    def current_code(self) -> str:
        """Code of the material in front, empty without one."""
        if 0 <= self._current < len(self._materials):
            return self._materials[self._current].code
        return ""

    def show_to_see(self, codes: Collection[str]) -> None:
        """Mark the materials on which something must still be looked at."""
        self._materials = tuple(replace(tab, to_see=tab.code in codes) for tab in self._materials)
        self.tabs.show_tabs(self._materials, max(0, self._current))

    def show_code(self, code: str) -> None:
        """Bring a material to the front by its code."""
        for place, tab in enumerate(self._materials):
            if tab.code == code:
                self.show_material(place)

    def show_material(self, place: int) -> None:
        """Bring a material to the front; the one in front stays as it was left."""
        case, standard = self._case, self._standard
        if case is None or standard is None:
            return
        if not self._materials:
            self.viewer.show_files((), "这件没有收材料，按申请表和共享数据核")
            self.compare.show_comparisons(())
            return
        if place == self._current:
            return
        self._current = place
        tab = self._materials[place]
        held = case.evidence[tab.code]
        self.tabs.show_tabs(self._materials, place)
        self.viewer.show_files(held.files, instead_of_pages(held))
        self.compare.show_comparisons(comparisons(standard, case, tab.code))
        self.shown.emit(tab.code)

    def step(self, by: int) -> None:
        """Go on to the next material or back, round the end."""
        if self._materials:
            self.show_material((max(0, self._current) + by) % len(self._materials))

    def _on_tab(self, place: int) -> None:
        self.show_material(place)
        self.viewer.setFocus()
