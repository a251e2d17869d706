"""The status of certificates is read again ahead of F9, so that F9 itself asks nobody."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PyQt6.QtCore import QObject

from clerk.domain.certificate_status import READ_AHEAD, StatusRead, unread, with_statuses
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.wording_certificates import READING_AGAIN, not_read

Then = Callable[[], None]
_AGAIN = timedelta(minutes=1)


class FreshStatus(QObject):
    """Reads what is older than a few minutes as soon as the case could be accepted.

    Asked by F9 it goes on once the answer stands with the case and the check still says yes. Where
    the library does not answer, or the certificate holds no longer, the row says so and nothing is
    accepted.
    """

    def __init__(
        self, jobs: Jobs, actions: IntakeActions, desk: IntakeDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._actions, self._desk = jobs, actions, desk
        self._reading: dict[str, Then | None] = {}
        self._tried_at: dict[str, datetime] = {}

    def ahead(self, opened: OpenCase) -> None:
        """Read what must be read, if this case can be accepted; once a minute where it fails."""
        if not (opened.editable and _accepts(opened) and self._due(opened)):
            return
        now, tried_at = self._actions.here.now(), self._tried_at.get(opened.key)
        if tried_at is None or now - tried_at >= _AGAIN:
            self._tried_at[opened.key] = now
            self._read(opened, None)

    def before(self, opened: OpenCase, then: Then) -> None:
        """Do ``then`` at once where every status is fresh, else after it was read again."""
        if not self._due(opened):
            then()
        else:
            self._read(opened, then)

    def _due(self, opened: OpenCase) -> tuple[str, ...]:
        return unread(opened.case, self._actions.here.now(), READ_AHEAD)

    def _read(self, opened: OpenCase, then: Then | None) -> None:
        """One question at a time for a case; F9 waits for the one that is under way."""
        if opened.key in self._reading:
            self._reading[opened.key] = then or self._reading[opened.key]
            return
        self._reading[opened.key] = then
        codes = self._due(opened)
        for code in codes:
            opened.busy[code] = READING_AGAIN
            opened.unread.discard(code)
        self._desk.changed.emit()
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(self._actions.read_statuses, opened.case),
            owner=self,
            then=partial(self._on_read, opened, codes),
            failed=partial(self._on_not_read, opened, codes),
        )

    def _on_read(self, opened: OpenCase, codes: Sequence[str], reads: Sequence[StatusRead]) -> None:
        then = self._over(opened, codes)
        if not opened.editable:
            return
        session = self._actions.here.session
        self._desk.apply(opened, with_statuses(opened.case, reads, session))
        if then is not None and _accepts(opened) and opened is self._desk.current:
            then()

    def _on_not_read(self, opened: OpenCase, codes: Sequence[str], error: ClerkError) -> None:
        wanted = self._over(opened, codes) is not None
        opened.unread.update(codes)
        self._desk.changed.emit()
        if wanted:
            self._desk.said.emit(not_read(str(error)))

    def _over(self, opened: OpenCase, codes: Sequence[str]) -> Then | None:
        for code in codes:
            opened.busy.pop(code, None)
        return self._reading.pop(opened.key, None)


def _accepts(opened: OpenCase) -> bool:
    return opened.verdict.act is NextAct.ACCEPT_AND_PASS_ON
