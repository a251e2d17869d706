"""What every part of 受理 that works on the case in front stands on."""

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.jobs import Jobs
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_frame import IntakeFrame


class IntakePart(QObject):
    """Works on the cases of ``desk``; its dialogs lie over ``host``."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._actions = host, jobs, actions
        self._frame, self._desk = frame, desk
