"""Where the tour plays: the real window, its folder, and the ways to look behind it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from clerk.app.workstation import Workstation
from clerk.domain.case import Case
from clerk.settings import Settings
from clerk.tour.eyes import Eyes
from clerk.tour.moves import StepFailed

T = TypeVar("T")


class Scene:
    """One performance; everything but ``eyes`` and ``station`` is read in a worker."""

    def __init__(
        self, station: Workstation, settings: Settings, out: Path, today: date
    ) -> None:
        self.station, self.settings, self.out, self.today = station, settings, out, today
        self.eyes = Eyes(station.window)
        self.cases: dict[str, UUID] = {}
        self.files: list[str] = []

    # The store, by a connection of its own

    @cached_property
    def _engine(self) -> Any:
        from clerk.storage import keyfile
        from clerk.storage.engine import file_engine

        key = keyfile.unlock(self.settings.key_file, "practice", keyfile.PRACTICE_PASSPHRASE)
        return file_engine(self.settings.store, key, read_only=True, pooled=False)

    def read(self, look: Callable[[Any], T]) -> T:
        """Look into the store through a second connection that cannot write."""
        with self._engine.begin() as tx:
            return look(tx)

    def newest_case(self, item_code: str) -> UUID:
        """Return the case of an item that was opened last."""
        from sqlalchemy import select

        from clerk.storage.tables import cases

        newest = select(cases.c.case_id).where(cases.c.item_code == item_code)
        newest = newest.order_by(cases.c.row_number.desc()).limit(1)
        found: UUID | None = self.read(lambda tx: tx.execute(newest).scalar())
        if found is None:
            raise StepFailed(f"库里没有 {item_code} 的件")
        return found

    def version_in_force(self, item_code: str) -> int:
        """Return which version of an item the store holds for the hall's day; 0 for none."""
        from clerk.storage import standards

        held = self.read(lambda tx: standards.in_force(tx, self.today))
        return next((item.version for item in held if item.item_code == item_code), 0)

    def case(self, name: str) -> Case:
        """Return the case that an earlier step kept under ``name``, as it is now."""
        from clerk.storage import cases

        return self.read(lambda tx: cases.load(tx, self.cases[name]))

    def journal_acts(self, case_id: UUID | None) -> list[str]:
        """Return the acts of the journal, of one case or of all, oldest first."""
        from sqlalchemy import select

        from clerk.storage.tables import journal

        lines = select(journal.c.act).order_by(journal.c.station, journal.c.sequence)
        if case_id is not None:
            lines = lines.where(journal.c.case_id == case_id)
        return list(self.read(lambda tx: list(tx.execute(lines).scalars())))

    # The peers, by their own controls

    def peer_log(self, peer: str) -> list[dict[str, Any]]:
        """Return what a peer has heard."""
        from integrations.practice import control

        return control.read_log(self._control(peer))

    def peer_state(self, peer: str) -> dict[str, Any]:
        """Return what a peer holds."""
        from integrations.practice import control

        return control.read_state(self._control(peer))

    def _control(self, peer: str) -> str:
        door = self.station.door
        if door is None or door.opened is None or door.opened.practice is None:
            raise StepFailed("练习环境没有打开")
        return door.opened.practice.province.control_url(peer)

    # The folder

    def keep(self, name: str, content: bytes) -> None:
        """Write a file into the output folder and name it in the step's report."""
        (self.out / name).write_bytes(content)
        self.files.append(name)
