"""The applicant signs (请申请人签字): on the second screen, or on this one, turned round to him.

Whatever ends it before 签好了 was kept, leaves nothing: Esc, the lock, the time that is up.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PyQt6 import sip
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QGuiApplication, QHideEvent, QScreen
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.handwriting import Handwriting, PageChanged
from clerk.domain.issued import ShownPages
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import Here
from clerk.ui.acts import Act
from clerk.ui.asked_to_sign import Signing
from clerk.ui.overriding import override
from clerk.ui.signing_sheet import SigningSheet
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Dialog, Label, Notice

_IDLE_MS: Final = 180_000
_WIDEST: Final = 16_777_215
"""What Qt means by no limit."""
_ONE_SCREEN: Final = "没有第二块屏，请把这块屏转向申请人"
_ENDED: Final = f"{_IDLE_MS // 60_000} 分钟没有动作，签字已退出，什么都没有留下"

FindScreen = Callable[[QWidget], QScreen | None]


def second_screen(window: QWidget) -> QScreen | None:
    """Return a screen other than the one that ``window`` is on, where there is one."""
    here = window.screen()
    return next((one for one in QGuiApplication.screens() if one is not here), None)


class SecondScreen(QWidget):
    """Fills the applicant's screen with his page; it never takes the clerk's keyboard."""

    def __init__(self, sheet: SigningSheet, screen: QScreen) -> None:
        flags = (
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())


class SigningDialog(Dialog):
    """The clerk's side of a signing, with the applicant's sheet in it where there is one screen."""

    def __init__(
        self,
        asked: Signing,
        jobs: Jobs,
        here: Here,
        host: QWidget,
        *,
        say: Callable[[str], None],
        find_screen: FindScreen = second_screen,
        idle_ms: int = _IDLE_MS,
    ) -> None:
        self._window = host.window() or host
        screen = find_screen(self._window)
        super().__init__("请申请人看完再签", width=620)
        self._asked, self._jobs, self._here, self._say = asked, jobs, here, say
        self._page_sha256 = ""
        self._ended = False
        self.sheet = SigningSheet(jobs, asked.title, asked.signer)
        self.second = SecondScreen(self.sheet, screen) if screen is not None else None
        self.stage = Label(size=14, tone="t2")
        self.notice = Notice("bad")
        self.wet = Button("已在纸上签字", key="Ctrl J")
        self._idle = timer(self, idle_ms, self._on_idle, once=True)
        self._leaving = timer(self, 0, self.close_dialog, once=True)
        self._lay_out()
        self._connect()
        self._ask()
        if self.second is not None:
            self.second.show()

    def _lay_out(self) -> None:
        if self.second is None:
            self.setMinimumSize(0, 0)
            self.setMaximumSize(_WIDEST, _WIDEST)
            self.body.setContentsMargins(1, 0, 1, 0)
            self.body.addWidget(self.sheet, 1)
            self.foot.setContentsMargins(theme.px(20), theme.px(4), theme.px(20), theme.px(10))
        else:
            told = f"第二屏上是《{self._asked.title}》，由{self._asked.signer}看完再签"
            self.body.addWidget(Label(told, size=14, wrap=True))
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.stage, 1)
        if self.second is None:
            self.foot.addWidget(Label(_ONE_SCREEN, size=13, tone="t3"))
        self.foot.addWidget(self.wet)

    def _connect(self) -> None:
        self.sheet.done.connect(self._on_done)
        self.sheet.refused.connect(partial(self._leave, self._asked.refused))
        self.sheet.moved.connect(self._idle.start)
        self.sheet.stage_changed.connect(self._follow)
        self.sheet.view.failed.connect(self._show_trouble)
        self.wet.clicked.connect(partial(self._leave, self._asked.on_paper))
        self.closed.connect(self._end)

    @override
    def acts(self) -> Sequence[Act]:
        """The clerk's own key; the applicant has buttons."""
        return (
            Act(
                name="已在纸上签字",
                key="Ctrl+J",
                trigger=partial(self._leave, self._asked.on_paper),
            ),
        )

    @override
    def sizeHint(self) -> QSize:
        """As large as the window, where the applicant looks at this very screen."""
        return super().sizeHint() if self.second is not None else self._window.size()

    @override
    def first_focus(self) -> QWidget:
        return self.wet if self.second is not None else self.sheet.view

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        """The window was locked, or somebody else's work came up: nothing stays on any screen."""
        super().hideEvent(event)
        self._end()
        self._leaving.start()

    def _ask(self) -> None:
        self._idle.start()
        self._jobs.run(
            Lane.PAPER,
            self._asked.pages,
            owner=self,
            then=self._on_pages,
            failed=self._show_trouble,
        )

    def _on_pages(self, shown: ShownPages) -> None:
        if self._ended:
            return
        self._page_sha256 = shown.sha256
        self.sheet.show_pages(shown)

    def _follow(self) -> None:
        self.stage.setText(self.sheet.stage())

    def _on_done(self) -> None:
        """Keep what was written; it is checked beside the window, a signature has many points."""
        strokes, width, height = self.sheet.written()
        signed_at, page = self._here.now(), self._page_sha256
        signer, keep = self._asked.signer, self._asked.keep

        def work() -> Any:
            return keep(
                Handwriting(
                    strokes=tuple(strokes),
                    width=width,
                    height=height,
                    page_sha256=page,
                    signed_at=signed_at,
                    signer=signer,
                )
            )

        self.sheet.hold()
        self._idle.stop()
        self._jobs.run(
            Lane.PAPER,
            work,
            owner=self._window,  # what was kept is taken even where this dialog was closed meanwhile
            then=self._on_kept,
            failed=self._on_not_kept,
        )

    def _on_kept(self, kept: object) -> None:
        take = partial(self._asked.take, kept)
        if sip.isdeleted(self):
            take()
        else:
            self._leave(take)

    def _on_not_kept(self, error: ClerkError) -> None:
        """Say why; a page that changed meanwhile is shown again as it is now, from its top."""
        if self._ended:
            self._say(str(error))
            return
        self._idle.start()
        self.sheet.show_trouble(str(error))
        self._show_trouble(error)
        if isinstance(error, PageChanged):
            self._ask()

    def _show_trouble(self, error: object) -> None:
        if isinstance(error, ClerkError) and (self.second is not None or not self._page_sha256):
            self.notice.show_error(error)

    def _on_idle(self) -> None:
        self._leave(partial(self._say, _ENDED))

    def _leave(self, then: Callable[[], None]) -> None:
        """Close, and go on with what was chosen."""
        self._end()
        self.close_dialog()
        then()

    def _end(self) -> None:
        """Take the page and whatever was written off every screen."""
        if self._ended:
            return
        self._ended = True
        self._idle.stop()
        self._page_sha256 = ""
        self.sheet.wipe()
        if self.second is not None:
            self.second.close()
            self.second.deleteLater()
