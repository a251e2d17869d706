"""The first page of the current material as a small picture."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QObject

from clerk.domain.issued import PageImage
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import FileActions
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_materials import MaterialsCard
from clerk.ui.intake_strip import THUMBNAIL_WIDTH


class Thumbnails(QObject):
    """Fetches a page once and shows it as long as its material is the current one."""

    def __init__(
        self, jobs: Jobs, files: FileActions, desk: IntakeDesk, materials: MaterialsCard
    ) -> None:
        super().__init__(materials)
        self._jobs, self._files, self._desk, self._materials = jobs, files, desk, materials
        self._pages: dict[str, PageImage] = {}

    def load(self, code: str) -> None:
        """Show the first page of a material, as soon as it is there."""
        opened = self._desk.current
        held = opened.case.evidence.get(code) if opened else None
        if held is None or not held.files:
            return
        file = held.files[0]
        if file.sha256 in self._pages:
            self._show(code, file.sha256)
            return
        self._materials.strip.page.show_page(None)
        self._jobs.run(
            Lane.PAGES,
            partial(self._files.pages, file, THUMBNAIL_WIDTH * 2),
            owner=self,
            then=partial(self._on_pages, code, file.sha256),
            failed=lambda _error: None,
        )

    def _on_pages(self, code: str, sha256: str, pages: Sequence[PageImage]) -> None:
        if pages:
            self._pages = {**self._pages, sha256: pages[0]}
            self._show(code, sha256)

    def _show(self, code: str, sha256: str) -> None:
        if self._materials.current() == code:
            self._materials.strip.page.show_page(self._pages[sha256])
