"""Fetching the chosen certificate, and telling the library of those only looked at."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, CertificateSummary, CertificateUse
from clerk.domain.certificate_matching import HolderRelation, MaterialMatch
from clerk.domain.errors import ClerkError
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import CertificateActions
from clerk.values import dataclass

Fetched = tuple[CertificateUse, tuple[StoredFile, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One certificate that is to be used for one material of ``case``."""

    case: Case
    leave: Authorisation
    row: MaterialMatch
    relation: HolderRelation | None
    looked: bool


class Uses(QObject):
    """What was looked at in one dialog, and the one that is being fetched.

    It belongs to the lanes, not to the dialog: an answer that arrives after 取消 or after the
    dialog was closed still has to be taken back. ``used`` carries what was fetched, ``failed``
    known trouble.
    """

    used = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, actions: CertificateActions, jobs: Jobs, case: Case) -> None:
        super().__init__(jobs)
        self._actions, self._jobs, self._case = actions, jobs, case
        self._seen: dict[str, tuple[Authorisation, CertificateSummary]] = {}
        self._fetching = ""
        self._stopped: set[str] = set()
        self._ended = False
        self.say: Callable[[str], None] | None = None
        """Where trouble is said of which the dialog can no longer tell."""

    @property
    def busy(self) -> bool:
        """Whether one is being fetched whose answer still counts."""
        return bool(self._fetching) and self._fetching not in self._stopped

    def saw(self, leave: Authorisation, certificate: CertificateSummary) -> None:
        """Note that the face of a certificate was shown."""
        self._seen.setdefault(certificate.certificate_id, (leave, certificate))

    def forget(self, certificate_id: str) -> None:
        """Tell nothing more of a certificate: the library knows what became of it."""
        self._seen.pop(certificate_id, None)

    def use(self, wanted: Use) -> None:
        """Fetch one; nothing while another one is under way."""
        if self._fetching:
            return
        self._case, chosen = wanted.case, wanted.row.certificate
        self._fetching = chosen.certificate_id
        self._seen.setdefault(self._fetching, (wanted.leave, chosen))
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(
                self._actions.use,
                wanted.case,
                wanted.row.material,
                wanted.leave,
                chosen,
                wanted.relation,
                wanted.looked,
            ),
            owner=self,
            then=self._on_fetched,
            failed=self._on_failed,
        )

    def stop(self) -> None:
        """Take no answer any more; the certificate counts as looked at only."""
        if self._fetching:
            self._stopped.add(self._fetching)
            self._actions.cancel(self._case)

    def end(self) -> None:
        """Tell the library of everything that was looked at and not used."""
        self._ended = True
        self.stop()
        for name in [name for name in self._seen if name != self._fetching]:
            self._drop(name)
        if not self._fetching:
            self.deleteLater()

    def _on_fetched(self, fetched: Fetched) -> None:
        name, counts = self._fetching, self.busy
        self._arrived()
        if counts:
            self._seen.pop(name, None)
            self.used.emit(fetched)

    def _on_failed(self, error: ClerkError) -> None:
        counts = self.busy
        self._arrived()
        if counts:
            self.failed.emit(error)

    def _arrived(self) -> None:
        name, self._fetching = self._fetching, ""
        self._stopped.discard(name)
        if self._ended:
            self._drop(name)
            self.deleteLater()

    def _drop(self, name: str) -> None:
        if name not in self._seen:
            return
        leave, certificate = self._seen.pop(name)
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(self._actions.drop, self._case, leave, certificate),
            owner=self._jobs,
            then=_told,
            failed=partial(_untold, self.say),
        )


def _told(_answer: object) -> None:
    """The report waits in the outbox; there is nobody left here to tell of it."""


def _untold(say: Callable[[str], None] | None, error: ClerkError) -> None:
    """The report could not even be kept: the status bar says so, the dialog may be gone."""
    if say is not None:
        say(str(error))
