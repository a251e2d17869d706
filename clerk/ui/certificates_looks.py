"""The files behind the list: fetched ahead once the holder gave leave, and their pages drawn."""

from collections.abc import Callable, Iterable
from functools import partial
from threading import Event

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation
from clerk.domain.certificate_file import FileLook, SealState
from clerk.domain.certificate_matching import CertificateLook, MaterialMatch
from clerk.domain.errors import CertificateFileRefused, ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import CertificateActions
from clerk.ui.unpacking import unpacked

MOST_AHEAD = 8
"""So many files are fetched before anybody wants to see them."""
DPI = 110.0


class Looks(QObject):
    """Knows by certificate what its file showed.

    ``changed`` follows every answer; ``drawn`` carries certificate, page from 1 and picture.
    """

    changed = pyqtSignal()
    drawn = pyqtSignal(str, int, object)

    def __init__(
        self, actions: CertificateActions, jobs: Jobs, case: Case, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs, self._case = actions, jobs, case
        self._asked: set[str] = set()
        self._told: set[str] = set()
        self._drawing: set[tuple[str, int]] = set()
        self._over = Event()
        self.looks: dict[str, CertificateLook] = {}
        self.refused: dict[str, ClerkError] = {}
        self.broken: dict[str, ClerkError] = {}

    def fetch_ahead(self, leave: Authorisation, rows: Iterable[MaterialMatch]) -> None:
        """Fetch the files of what can be used, the first ones first."""
        for row in [row for row in rows if row.usable][:MOST_AHEAD]:
            self.want(leave, row)

    def want(self, leave: Authorisation, row: MaterialMatch) -> None:
        """Fetch one file, once; what broke off is fetched again when it is wanted again."""
        name = row.certificate.certificate_id
        if name in self._asked or name in self.refused:
            return
        self._asked.add(name)
        look = partial(self._actions.look, self._case, row.material, leave, row.certificate)
        over = self._over
        self._jobs.run(
            Lane.CERTIFICATES,
            lambda: None if over.is_set() else look(),
            owner=self,
            then=partial(self._on_looked, name),
            failed=partial(self._on_failed, name),
        )

    def end(self) -> None:
        """Nobody looks any more: what still waits for its turn is not fetched."""
        self._over.set()

    def draw(self, leave: Authorisation, row: MaterialMatch, page: int) -> None:
        """Draw one page; nothing while it is being drawn already."""
        name = row.certificate.certificate_id
        if (name, page) in self._drawing:
            return
        self._drawing.add((name, page))
        draw = partial(
            self._actions.picture, self._case, row.material, leave, row.certificate, page, DPI
        )
        self._jobs.run(
            Lane.PAGES,
            _unpacking(draw),
            owner=self,
            then=partial(self._on_drawn, name, page),
            failed=partial(self._on_not_drawn, name, page),
        )

    def _on_drawn(self, name: str, page: int, image: QImage) -> None:
        self._drawing.discard((name, page))
        self.drawn.emit(name, page, image)

    def _on_not_drawn(self, name: str, page: int, error: ClerkError) -> None:
        self._drawing.discard((name, page))
        self._on_failed(name, error)

    def look_of(self, row: MaterialMatch) -> FileLook | None:
        """Return what the file showed, None before it is at hand."""
        held = self.looks.get(row.certificate.certificate_id)
        return held.look if held else None

    def renewed(self, row: MaterialMatch) -> bool:
        """Whether the library changed the file while it came; told once."""
        name = row.certificate.certificate_id
        held = self.looks.get(name)
        new = held is not None and held.restarted and name not in self._told
        if new:
            self._told.add(name)
        return new

    def seals(self) -> dict[str, SealState]:
        """What is known of the seals, by certificate."""
        return {name: held.look.seal for name, held in self.looks.items()}

    def trouble_of(self, row: MaterialMatch) -> str:
        """Why there is no picture, empty where there is one or it is on its way."""
        name = row.certificate.certificate_id
        found = self.refused.get(name) or self.broken.get(name)
        return str(found) if found else ""

    def _on_looked(self, name: str, look: CertificateLook | None) -> None:
        if look is None:
            return
        self.looks[name] = look
        self.broken.pop(name, None)
        self.changed.emit()

    def _on_failed(self, name: str, error: ClerkError) -> None:
        self._asked.discard(name)
        if isinstance(error, CertificateFileRefused):
            self.refused[name] = error
        else:
            self.broken[name] = error
        self.changed.emit()


def _unpacking(draw: Callable[[], bytes]) -> Callable[[], QImage]:
    return lambda: unpacked(draw())
