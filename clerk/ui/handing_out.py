"""Registering a result (送达) from a page: its case is read anew, then the dialog is shown."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.id_card import IdCard
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import CaseActions
from clerk.ui.widgets import Dialog


class HandingOut(QObject):
    """Begins the registering of a result: the case is read anew, whatever a list has shown of it.

    ``handed_out`` carries the case as it is afterwards; ``failed`` carries a ``ClerkError``.
    """

    handed_out = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(
        self,
        host: QWidget,
        actions: CaseActions,
        jobs: Jobs,
        open_dialog: Callable[[QWidget, Dialog], None],
        *,
        read_card: Callable[[], IdCard] | None,
        show_papers: Callable[[Case], None],
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog, self._read_card, self._show_papers = open_dialog, read_card, show_papers
        self._reading = False

    def begin(self, case_id: UUID) -> None:
        """Read the case and ask who takes its result; once, however often it is pressed."""
        if self._reading:
            return
        self._reading = True
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.load_case, case_id),
            owner=self,
            then=self._on_case,
            failed=self._on_unread,
        )

    def _on_unread(self, error: ClerkError) -> None:
        self._reading = False
        self.failed.emit(error)

    def _on_case(self, case: Case) -> None:
        self._reading = False
        from clerk.ui.hand_out import HandOutDialog  # the largest of the dialogs, at its first need

        dialog = HandOutDialog(
            case,
            self._actions,
            self._jobs,
            read_card=self._read_card,
            show_papers=self._show_papers,
        )
        dialog.handed_out.connect(self.handed_out)
        self._open_dialog(self._host, dialog)
