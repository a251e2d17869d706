"""The file of the case in hand: its materials, their pages, and the form beside them."""

from collections.abc import Collection, Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.material import Evidence
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs
from clerk.ui.actions import FileActions
from clerk.ui.approval_compare import CompareTable, comparisons, instead_of_pages
from clerk.ui.approval_viewer import MaterialTab, MaterialTabs, Viewer
from clerk.ui.widgets import Line, Notice
from clerk.values import replace
from clerk.wording import day


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
        self.older = Notice("warn")
        self._version = 0
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
        inner.addWidget(self.older)
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
        self.tabs.show_tabs(self._materials, place)
        self._show_version(0)
        self.compare.show_comparisons(comparisons(standard, case, tab.code))
        self.shown.emit(tab.code)

    def step_older(self) -> bool:
        """Show the next older pages, behind the oldest the present ones; False without any."""
        held = self._held()
        if held is None or not held.older:
            return False
        self._show_version((self._version + 1) % (len(held.older) + 1))
        return True

    def show_older_of(self, code: str) -> None:
        """Bring a material to the front with the pages that were replaced last."""
        self.show_code(code)
        held = self._held()
        if held is not None and held.older:
            self._show_version(1)

    def _held(self) -> Evidence | None:
        code = self.current_code()
        return self._case.evidence.get(code) if self._case is not None and code else None

    def _show_version(self, version: int) -> None:
        """Show the pages as they are now (0), or as they were so many versions ago."""
        held = self._held()
        if held is None:
            return
        self._version = version
        shown = (held, *held.older)[version]
        self.viewer.show_files(shown.files, instead_of_pages(shown))
        if version == 0:
            self.older.clear()
            return
        which = f"第 {version} 份，共 {len(held.older)} 份" if len(held.older) > 1 else ""
        taken = f"{day(local_date(shown.at))}收的"
        self.older.show_trouble(
            "这是换下的旧页，不作审批依据",
            "，".join(part for part in (taken, which) if part) + "。",
            "按 F8 看下一份，看完回到现在的页",
        )

    def step(self, by: int) -> None:
        """Go on to the next material or back, round the end."""
        if self._materials:
            self.show_material((max(0, self._current) + by) % len(self._materials))

    def _on_tab(self, place: int) -> None:
        self.show_material(place)
        self.viewer.setFocus()
