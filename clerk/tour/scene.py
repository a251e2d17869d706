"""Where the tour plays: the real window, its folder, and the ways to look behind it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from clerk.app.workstation import Workstation
from clerk.domain.case import Case
from clerk.domain.case_list import Today
from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper
from clerk.domain.material import StoredFile
from clerk.jobs import Lane
from clerk.settings import Settings
from clerk.tour.eyes import Eyes
from clerk.tour.moves import StepFailed
from clerk.ui.pieces import Pieces

T = TypeVar("T")


class Scene:
    """One performance; everything but ``eyes`` and ``station`` is read in a worker."""

    def __init__(self, station: Workstation, settings: Settings, out: Path, today: date) -> None:
        self.station, self.settings, self.out, self.today = station, settings, out, today
        self.eyes = Eyes(station.window)
        self.cases: dict[str, UUID] = {}
        self.numbers: dict[str, str] = {}
        self.files: list[str] = []

    def is_warm(self) -> bool:
        """Whether all is started that the window starts while people sign in.

        The clerk's day is played, not the first minute after the machine was switched on. The
        second witness gets his key now, too: that takes every core, and no counter does it.
        """
        jobs = self.station.jobs
        if self.station.door is None or any(jobs.pending().values()):
            return False
        if "_engine" in vars(self):
            return True
        jobs.run(
            Lane.COUNT,
            lambda: self._engine,
            owner=self.station.window,
            then=lambda _: None,
            failed=_give_up,
        )
        return False

    def is_made_ahead(self) -> bool:
        """Whether the pages stand that the window makes while the clerk reads his day.

        A warm window has them; the tour reads no day and would have them made under its fingers.
        """
        floor = self.station.floor
        return floor is not None and not any(one.busy() for one in floor.findChildren(Pieces))

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

        held = self.read(lambda tx: standards.version_on(tx, item_code, self.today))
        return held or 0

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

    def delivered_kinds(self, case_id: UUID) -> list[str]:
        """Return the kinds of the case's messages that were signed for."""
        from clerk.storage import outbox

        entries = self.read(lambda tx: outbox.of_case(tx, case_id))
        return [one.message.kind.value for one in entries if one.receipt is not None]

    def last_account(self) -> str:
        """Return who signed in last, by the journal."""
        from sqlalchemy import select

        from clerk.storage.tables import journal

        last = select(journal.c.detail).where(journal.c.act == "account.signed_in")
        last = last.order_by(journal.c.sequence.desc()).limit(1)
        return str(json.loads(self.read(lambda tx: tx.execute(last).scalar_one()))["account"])

    def today_counts(self) -> Today:
        """Return what the store counts for the clerk's day."""
        from clerk.storage import case_list

        return self.read(lambda tx: case_list.today(tx, self.today, clerk="zhou"))

    def papers(self, case_id: UUID) -> list[IssuedPaper]:
        """Return the papers that were made for a case."""
        from clerk.storage import papers

        return self.read(lambda tx: papers.of_case(tx, case_id))

    def content(self, file: StoredFile) -> bytes:
        """Return a file of the store."""
        from clerk.storage import files

        return self.read(lambda tx: files.content_of(tx, file.sha256))

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

    def keep_file(self, title: str, file: StoredFile) -> None:
        """Write a file of the store into the output folder and name it in the step's report."""
        ending = Path(file.name).suffix or f".{file.media_type.rpartition('/')[2]}"
        name = f"{title}-{file.sha256[:8]}{ending}"
        (self.out / name).write_bytes(self.content(file))
        self.files.append(name)

    def text_of(self, file: StoredFile) -> str:
        """Return the text of a PDF of the store, as another program reads it."""
        program = shutil.which("pdftotext")
        if program is None:
            raise StepFailed("没有 pdftotext，文书没有第二个见证")
        arguments = [program, "-layout", "-", "-"]
        read = subprocess.run(
            arguments, input=self.content(file), capture_output=True, check=False, timeout=20
        )
        return read.stdout.decode("utf-8", "replace")


def _give_up(error: ClerkError) -> None:
    """Without a second witness there is no tour."""
    raise StepFailed(str(error)) from error
