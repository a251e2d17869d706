"""Saves drafts as they are typed: 0.7 s after the last key, at most 2 s after the first."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.errors import CaseChanged, ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.intake_flow import OpenCase
from clerk.values import replace

IDLE_MS = 700
MOST_MS = 2000


class Drafts(QObject):
    """Writes open cases in the background and keeps the version each was written at.

    ``snapshot`` returns the case with the text that is still being typed. What is edited while a
    write is under way is written by the next one. ``saved`` and ``failed`` tell how it went.
    """

    saved = pyqtSignal(object)
    failed = pyqtSignal(object, object)

    def __init__(
        self,
        jobs: Jobs,
        save: Callable[[Case], Case],
        *,
        snapshot: Callable[[OpenCase], Case],
        idle_ms: int = IDLE_MS,
        most_ms: int = MOST_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._save_draft, self._snapshot = jobs, save, snapshot
        self._waiting: dict[str, OpenCase] = {}
        self._idle, self._most = QTimer(self), QTimer(self)
        for timer, length in ((self._idle, idle_ms), (self._most, most_ms)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.save_now)

    def touch(self, opened: OpenCase) -> None:
        """Note that something was typed; it is saved soon."""
        opened.dirty = True
        self._waiting[opened.key] = opened
        self._idle.start()
        if not self._most.isActive():
            self._most.start()

    def save_now(self) -> None:
        """Save whatever was typed since the last time."""
        self._idle.stop()
        self._most.stop()
        waiting, self._waiting = self._waiting, {}
        for opened in waiting.values():
            self._save(opened)

    def forget(self, opened: OpenCase) -> None:
        """Save this one no more: it is closed or destroyed."""
        self._waiting.pop(opened.key, None)
        opened.dirty = False

    def settle(self, opened: OpenCase, then: Callable[[], None]) -> None:
        """Call ``then`` once the store holds the case exactly as it stands.

        If the write fails, ``then`` is not called and ``failed`` says why.
        """
        opened.waiters.append(then)
        if opened.case.version == 0:
            opened.dirty = True
        self._save(opened)

    def _save(self, opened: OpenCase) -> None:
        if opened.saving:
            return
        if not opened.dirty:
            self._release(opened)
            return
        opened.dirty, opened.saving = False, True
        self._jobs.run(
            Lane.STORE,
            partial(self._save_draft, self._snapshot(opened)),
            owner=self,
            then=partial(self._on_saved, opened),
            failed=partial(self._on_failed, opened),
        )

    def _on_saved(self, opened: OpenCase, saved: Case) -> None:
        opened.saving = False
        opened.case = replace(opened.case, version=saved.version)
        self.saved.emit(opened)
        if not opened.dirty:
            self._release(opened)
        elif opened.waiters:
            self._save(opened)

    def _on_failed(self, opened: OpenCase, error: ClerkError) -> None:
        opened.saving = False
        opened.waiters.clear()
        if isinstance(error, CaseChanged):
            opened.closed_because = str(error)
        else:
            opened.dirty = True
            self._waiting[opened.key] = opened
            self._most.start()
        self.failed.emit(opened, error)

    def _release(self, opened: OpenCase) -> None:
        waiters, opened.waiters = opened.waiters, []
        for then in waiters:
            then()
