"""The sign-in page, the first thing that is painted: see ``clerk.ui.early``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui import early, icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.password import PasswordEdit
from clerk.ui.widgets.button import Button
from clerk.ui.widgets.card import Card
from clerk.ui.widgets.label import Label
from clerk.ui.widgets.notice import Notice
from clerk.ui.widgets.spinner import Spinner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clerk.domain.identity import Session

    SignIn = Callable[[str, str], Session]

_ROW, _DENSE_ROW, _MANY = 40, 28, 6
_SHOWN = 10
"""So many people are shown together; the others follow by arrow or wheel."""


class AccountChoice(NamedTuple):
    """One person who may sign in at this counter; ``role`` is in plain words."""

    account_id: str
    name: str
    role: str


class AccountList(QWidget):
    """Who is it: arrows or a click choose."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._accounts: tuple[AccountChoice, ...] = ()
        self._current = self._top = 0
        self.setProperty("focusPolicy", early.STRONG_FOCUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_accounts(self, accounts: Sequence[AccountChoice]) -> None:
        """Show these people, the first one chosen."""
        self._accounts, self._current, self._top = tuple(accounts), 0, 0
        self.setFixedHeight(self._row * min(len(self._accounts), _SHOWN))
        self._speak()

    def current(self) -> AccountChoice | None:
        """Who is chosen."""
        return self._accounts[self._current] if self._accounts else None

    def choose(self, position: int) -> None:
        """Choose the person at ``position``; the ends hold."""
        if self._accounts:
            self._current = min(len(self._accounts) - 1, max(0, position))
            self._top = min(self._current, max(self._top, self._current - _SHOWN + 1))
            self._speak()
            self.chosen.emit(self._accounts[self._current].account_id)

    @property
    def _row(self) -> int:
        """Height of one row; many people stand closer, so that 696 px are enough for ten."""
        return theme.px(_DENSE_ROW if len(self._accounts) > _MANY else _ROW)

    def _speak(self) -> None:
        who = self.current()
        self.setAccessibleName(f"登录人，{who.name}，{who.role}" if who else "登录人")
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        match event.key():
            case Qt.Key.Key_Down:
                self.choose(self._current + 1)
            case Qt.Key.Key_Up:
                self.choose(self._current - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.focusNextChild()
            case _:
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.choose(self._top + int(event.position().y()) // self._row)

    @override
    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None and event.angleDelta().y():
            self._scroll(-1 if event.angleDelta().y() > 0 else 1)

    def _scroll(self, rows: int) -> None:
        """Show others of many; whoever is chosen stays chosen."""
        self._top = max(0, min(self._top + rows, len(self._accounts) - _SHOWN))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), self._row * min(len(self._accounts), _SHOWN))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._accounts[self._top : self._top + _SHOWN]
        for number, account in enumerate(shown):
            height = self._row
            row = QRectF(0, number * height, self.width(), height).adjusted(1, 1, -1, -1)
            chosen = number + self._top == self._current
            if chosen:
                painter.setBrush(theme.color("selected"))
                edge = QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
                painter.setPen(edge)
                painter.drawRoundedRect(row, theme.px(6), theme.px(6))
            at = QPointF(row.left() + theme.px(10), row.center().y() - theme.px(8))
            icons.draw(painter, "user", at, 16, "accentT" if chosen else "t3")
            row.adjust(theme.px(36), 0, -theme.px(12), 0)
            painter.setFont(theme.font(14, chosen))
            painter.setPen(theme.color("t1"))
            painter.drawText(row, early.LEFT, account.name)
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("t3"))
            painter.drawText(row, early.RIGHT, account.role)
        if len(shown) < len(self._accounts):
            self._paint_where(painter, len(shown))

    def _paint_where(self, painter: QPainter, shown: int) -> None:
        """Show beside the rows that there are more, and where these stand among them."""
        whole = float(self._row * shown)
        part = whole / len(self._accounts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("t3"))
        bar = QRectF(self.width() - theme.px(4), self._top * part, theme.px(3), shown * part)
        painter.drawRoundedRect(bar, theme.px(1), theme.px(1))


class SignInPage(QWidget):
    """Asks who it is and for the password, and says in place why that was not enough.

    ``sign_in`` runs in the store's lane; ``signed_in`` carries the session. With
    ``practice_word`` the page says that this is the practice hall, that everybody in it is
    invented, and which public word opens every account.

    ``open_wanted`` asks to try once more what ``show_closed`` said could not be opened.
    """

    signed_in = pyqtSignal(object)
    open_wanted = pyqtSignal()

    def __init__(
        self,
        jobs: Jobs,
        *,
        hall: str,
        accounts: Sequence[AccountChoice] = (),
        practice_word: str = "",
        sign_in: SignIn | None = None,
    ) -> None:
        super().__init__()
        self._jobs, self._sign_in, self._practice = jobs, sign_in, bool(practice_word)
        self._waits_for_desk = self._closed = False
        self.accounts = AccountList()
        self.password = PasswordEdit("密码")
        self.caps = Label("大写锁定已开", size=12, tone="warn")
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.button = Button("登录", key="Enter", kind="primary")
        card = Card()
        card.setFixedWidth(theme.px(420))
        self._fill(card, hall, practice_word)
        column = QVBoxLayout(self)
        column.addStretch(2)
        middle = QHBoxLayout()  # no alignment: a wrapped text must keep its height
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)
        self.accounts.show_accounts(accounts)
        self.caps.hide()
        self.password.caps.connect(self.caps.setVisible)
        self.password.entered.connect(self._on_wanted)
        self.password.textEdited.connect(self.notice.clear)
        self.accounts.chosen.connect(self.notice.clear)
        self.button.clicked.connect(self._on_wanted)

    def _fill(self, card: Card, hall: str, practice_word: str) -> None:
        body = card.body
        body.setContentsMargins(theme.px(32), theme.px(20), theme.px(32), theme.px(16))
        body.setSpacing(theme.px(8))
        body.addWidget(Label("综合窗口工作台", size=20, bold=True))
        body.addWidget(Label(hall, size=13, tone="t2"))
        body.addSpacing(theme.px(8))
        if practice_word:
            told = Notice("info")
            body.addWidget(told)
            told.show_trouble(
                "这是练习大厅，人和件都是虚构的",
                f"每个账号的密码都是公开的：{practice_word}。练习的内容不会送到任何部门。",
            )
        body.addWidget(Label("登录人", size=12, tone="t3"))
        body.addWidget(self.accounts)
        body.addWidget(self.password)
        body.addWidget(self.notice)
        body.addSpacing(theme.px(4))
        foot = QHBoxLayout()
        foot.addWidget(self.caps)
        foot.addWidget(self.spinner, 1)
        foot.addWidget(self.button)
        body.addLayout(foot)

    def set_ready(self, sign_in: SignIn, accounts: Sequence[AccountChoice]) -> None:
        """Say that the desk is open; a password entered before that is tried now."""
        self._sign_in = sign_in
        if accounts:
            self.accounts.show_accounts(accounts)
        if self._waits_for_desk:
            self._waits_for_desk = False
            self._on_wanted()
        else:
            self.spinner.stop()

    def show_trouble(self, error: ClerkError) -> None:
        """Say in place why nobody can sign in now, or why this was not enough."""
        self.spinner.stop()
        self.button.setEnabled(True)
        self.notice.show_error(error)
        self.password.selectAll()
        self.password.setFocus()

    def show_closed(self, error: ClerkError) -> None:
        """Say why nothing could be opened, and offer to try it once more."""
        self._waits_for_desk, self._closed = False, True
        again = Button("再试一次", key="Enter", small=True)
        again.clicked.connect(self._on_wanted)
        self.show_trouble(error)
        self.notice.show_error(error, [again])

    def enter(self) -> None:
        """Begin anew, with an empty password."""
        self.password.clear()
        self.notice.clear()
        self.button.setEnabled(True)
        self.password.setFocus()

    def _on_wanted(self) -> None:
        who, password = self.accounts.current(), self.password.text()
        if not self.button.isEnabled() and not self._waits_for_desk:
            return
        self.spinner.start("正在打开")
        if self._closed:
            self._closed = False
            self.notice.clear()
            self.open_wanted.emit()
            return
        if self._sign_in is None or who is None:
            self._waits_for_desk = True
            return
        self.button.setEnabled(False)
        self._jobs.run(
            Lane.STORE,
            partial(self._sign_in, who.account_id, password),
            owner=self,
            then=self._on_signed_in,
            failed=self.show_trouble,
        )

    def _on_signed_in(self, session: Session) -> None:
        self.spinner.stop()
        self.button.setEnabled(True)
        self.password.clear()
        self.signed_in.emit(session)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("window"))
        if self._practice:
            _paint_watermark(painter, QRectF(self.rect()))


def _paint_watermark(painter: QPainter, rect: QRectF) -> None:
    """One word, large and pale, at the foot: this is not the counter."""
    painter.setFont(theme.font(32, bold=True))
    painter.setPen(theme.color("line2"))
    foot = rect.adjusted(0, 0, -theme.px(32), -theme.px(20))
    painter.drawText(foot, early.FOOT_RIGHT, "练习")
    width = paint.text_width("练习", 32, bold=True)
    line = QRectF(foot.right() - width, foot.bottom(), width, 2)
    painter.fillRect(line, theme.color("line2"))
