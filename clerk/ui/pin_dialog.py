"""The PIN at a decision (审批密码): six digits, and how to set one the first time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PyQt6.QtCore import QObject, QRegularExpression
from PyQt6.QtGui import QRegularExpressionValidator
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.pin import DIGITS, PinState
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import PinActions
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.password import PasswordEdit
from clerk.ui.widgets import Button, Dialog, Label, Notice

MARGIN_SECONDS: Final = 15
"""A lease that ends sooner could run out while the strip of a decision still waits."""


class PinKeeper(QObject):
    """Lets a decision go on once its person has proved himself; asks only where he must."""

    def __init__(
        self,
        host: QWidget,
        pin: PinActions,
        jobs: Jobs,
        open_dialog: Callable[[QWidget, Dialog], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(host)
        self._host, self._pin, self._jobs = host, pin, jobs
        self._open_dialog, self._say = open_dialog, say
        self._asking = False

    def prove(self, what: str, then: Callable[[], None]) -> None:
        """Do ``then`` at once while the PIN still holds, else after it was typed."""
        if self._pin.left_seconds() > MARGIN_SECONDS:
            then()
        elif not self._asking:
            self._asking = True
            self._jobs.run(
                Lane.STORE,
                self._pin.state,
                owner=self,
                then=partial(self._ask, what, then),
                failed=self._on_trouble,
            )

    def _on_trouble(self, error: ClerkError) -> None:
        self._asking = False
        self._say(str(error))

    def _ask(self, what: str, then: Callable[[], None], state: PinState) -> None:
        self._asking = False
        dialog = (
            PinDialog(what, self._pin, self._jobs, then)
            if state is PinState.USABLE
            else SetPinDialog(self._pin, self._jobs, state, lambda: self.prove(what, then))
        )
        self._open_dialog(self._host, dialog)


class PinDialog(Dialog):
    """Asks for the six digits; the last one sends them, a wrong PIN says how many tries are left.

    ``proved`` is called once, after the dialog is gone.
    """

    def __init__(self, what: str, pin: PinActions, jobs: Jobs, proved: Callable[[], None]) -> None:
        super().__init__("输审批密码", width=420)
        self._pin, self._jobs, self._proved = pin, jobs, proved
        self._trying = False
        self.digits = _digits("审批密码，6 位数字")
        self.notice = Notice("bad")
        self.body.addWidget(Label(what, bold=True, wrap=True))
        self.body.addWidget(self.digits)
        beside = f"练习审批密码 {pin.hint}。" if pin.hint else ""
        said = f"{beside}输一次管几分钟，锁屏、换人就失效"
        self.body.addWidget(Label(said, size=12, tone="t3", wrap=True))
        self.body.addWidget(self.notice)
        self.digits.textChanged.connect(self._on_typed)

    @override
    def first_focus(self) -> QWidget:
        return self.digits

    def _on_typed(self, text: str) -> None:
        if len(text) < DIGITS:
            return
        if self._trying:
            return
        self._trying = True
        self._jobs.run(
            Lane.STORE,
            partial(self._pin.open, text),
            owner=self,
            then=lambda _: self._on_right(),
            failed=self._on_wrong,
        )

    def _on_right(self) -> None:
        proved = self._proved
        self.close_dialog()
        proved()

    def _on_wrong(self, error: ClerkError) -> None:
        self._trying = False
        self.digits.clear()
        self.notice.show_error(error)
        self.digits.setFocus()


class SetPinDialog(Dialog):
    """Sets a PIN, the first time or after five wrong ones; the sign-in password proves who.

    ``kept`` is called once, after the dialog is gone.
    """

    def __init__(
        self, pin: PinActions, jobs: Jobs, state: PinState, kept: Callable[[], None]
    ) -> None:
        super().__init__("设审批密码", width=460)
        self._pin, self._jobs, self._kept = pin, jobs, kept
        self._trying = False
        self.password = PasswordEdit("登录密码")
        self.digits = _digits("新的审批密码，6 位数字")
        self.again = _digits("新的审批密码，再输一次")
        self.notice = Notice("bad")
        self.button = Button("设好", key="F9", kind="compact")
        why = (
            "审批密码错了 5 次，已停用。用登录密码重新设一个"
            if state is PinState.LOCKED
            else "作出决定要输审批密码，你还没有。用登录密码设一个，别和登录密码一样"
        )
        self.body.addWidget(Label(why, size=13, tone="t2", wrap=True))
        for edit in (self.password, self.digits, self.again):
            self.body.addWidget(edit)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)
        self.password.entered.connect(self.digits.setFocus)
        self.digits.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="设好", key="F9", trigger=self.confirm),)

    @override
    def first_focus(self) -> QWidget:
        return self.password

    def confirm(self) -> None:
        """Keep it, if both are alike."""
        if self._trying:
            return
        if self.digits.text() != self.again.text():
            self.notice.show_trouble("两次输的审批密码不一样", "没有改动。", "再输一次")
            self.again.clear()
            self.digits.setFocus()
            return
        self._trying = True
        self._jobs.run(
            Lane.STORE,
            partial(self._pin.set, self.password.text(), self.digits.text()),
            owner=self,
            then=lambda _: self._on_kept(),
            failed=self._on_refused,
        )

    def _on_kept(self) -> None:
        kept = self._kept
        self.close_dialog()
        kept()

    def _on_refused(self, error: ClerkError) -> None:
        self._trying = False
        self.notice.show_error(error)
        self.password.setFocus()


def _digits(name: str) -> PasswordEdit:
    edit = PasswordEdit(name)
    edit.setMaxLength(DIGITS)
    edit.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), edit))
    edit.setFixedWidth(theme.px(240))
    return edit
