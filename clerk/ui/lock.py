"""The lock screen: shows nothing of any applicant."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.days import local_time
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Session
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.password import PasswordEdit
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.icon import Icon
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.notice import Notice


class LockPage(QWidget):
    """Clock, who locked and how long ago, the password, and the way to another person.

    ``unlock`` runs in the store's lane with the password and raises a ``ClerkError`` where it is
    not the one. ``drafts`` counts the cases that wait behind the lock.
    """

    unlocked = pyqtSignal()
    other_person_wanted = pyqtSignal()

    def __init__(
        self,
        jobs: Jobs,
        session: Session,
        *,
        unlock: Callable[[str], object],
        now: Callable[[], datetime],
        drafts: int = 0,
    ) -> None:
        super().__init__()
        self._jobs, self._unlock, self._now = jobs, unlock, now
        self._who = f"{session.account.display_name}，{session.counter_name}"
        self._locked_at = now()
        self._trying = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.clock = Label(size=20, bold=True)
        self.who = Label(tone="t2")
        self.password = PasswordEdit("密码")
        self.password.setFixedWidth(theme.px(240))
        self.caps = Label("大写锁定已开", size=12, tone="warn")
        self.notice = Notice("bad")
        self.notice.setMaximumWidth(theme.px(360))
        self.other = Button("换人登录", kind="quiet")
        kept = f"手上 {drafts} 件草稿都在，解锁后回到原处" if drafts else "解锁后回到原处"
        self.hint = Label(kept, size=12, tone="t3")
        self._lay_out()
        self.caps.hide()
        self.password.caps.connect(self.caps.setVisible)
        self.password.entered.connect(self._on_entered)
        self.password.textEdited.connect(self.notice.clear)
        self.other.clicked.connect(self.other_person_wanted)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_time)
        self._tick.start()
        self.show_time()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch()
        for widget in (
            Icon("lock", 24, "t3", disc=56),
            self.clock,
            self.who,
            self.password,
            self.caps,
            self.notice,
            self.hint,
            self.other,
        ):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def show_time(self) -> None:
        """Show the clock and how long the screen has been locked."""
        now = self._now()
        minutes = int((now - self._locked_at).total_seconds()) // 60
        since = f"已锁 {minutes} 分钟" if minutes else "刚刚锁上"
        self.clock.setText(f"{local_time(now):%H:%M}")
        self.who.setText(f"{self._who}，{since}")

    def enter(self) -> None:
        """Wait for the password."""
        self.password.setFocus()

    def _on_entered(self) -> None:
        if self._trying:
            return
        self._trying = True
        self._jobs.run(
            Lane.STORE,
            partial(self._unlock, self.password.text()),
            owner=self,
            then=self._on_unlocked,
            failed=self._on_refused,
        )

    def _on_unlocked(self, _: object) -> None:
        self._trying = False
        self.password.clear()
        self.unlocked.emit()

    def _on_refused(self, error: ClerkError) -> None:
        self._trying = False
        self.notice.show_error(error)
        self.password.selectAll()
        self.password.setFocus()

    @override
    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.StyleChange:
            self.update()
