"""The running program: sign-in page first, then the desk behind it, then the person's window.

Nothing heavy is imported here; the desk is opened in the store's lane after the first paint.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QApplication

from clerk.app.garbage import Garbage
from clerk.jobs import Jobs, Lane
from clerk.ui import early, look, theme
from clerk.ui.main_window import MainWindow
from clerk.ui.qt_words import speak_chinese
from clerk.ui.sign_in import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from clerk.app.children import Children
    from clerk.app.door import Door
    from clerk.app.floor import Floor
    from clerk.app.opening import OpenCounter
    from clerk.domain.identity import Session
    from clerk.settings import Settings

_WIDTH, _HEIGHT = 1440, 900


class Workstation(QObject):
    """One program run: window, jobs, and whoever is signed in.

    ``settings`` is called behind the first paint. ``fixed`` makes the practice peers' terms stand
    at the program's own instant. ``children`` serve one practice hall after the other.
    """

    def __init__(
        self,
        app: QApplication,
        *,
        hall: str,
        practice_word: str,
        settings: Callable[[], Settings],
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
        fixed: bool = False,
        children: Children | None = None,
    ) -> None:
        super().__init__()
        self.app = app
        self._now, self._new_id, self._fixed = now, new_id, fixed
        self._settings, self._children = settings, children
        theme.begin(app)
        self.jobs = Jobs(self)
        self.sign_in = SignInPage(self.jobs, hall=hall, practice_word=practice_word)
        self.window = MainWindow(self.sign_in)
        look.dress_below(self.window)
        self.door: Door | None = None
        self.floor: Floor | None = None
        self._garbage = Garbage(self.jobs)
        self.window.painted.connect(lambda: QTimer.singleShot(0, self._open_behind))
        self.sign_in.signed_in.connect(self._on_signed_in)
        self.sign_in.open_wanted.connect(self._open_behind)
        self.window.closing.connect(self._on_closing)

    def show(self) -> None:
        """Show the window with the sign-in page."""
        self.window.resize(_WIDTH, _HEIGHT)
        self.window.show()
        self.sign_in.enter()

    def _open_behind(self) -> None:
        """Make Qt's names, words and style in a turn of their own, then open the desk."""
        early.make_names()
        speak_chinese(self.window)
        theme.apply(self.app, *theme.active())
        QTimer.singleShot(0, self._open_desk)

    def _open_desk(self) -> None:
        self.jobs.run(
            Lane.STORE,
            partial(_open, self._settings, self._now, self._new_id, self._fixed, self._children),
            owner=self.window,
            then=self._on_open,
            failed=self.sign_in.show_closed,
        )

    def _on_open(self, door: Door) -> None:
        self.door = door
        self.sign_in.set_ready(door.sign_in, door.choices)
        if door.opened is not None:
            self._make_catalogue(door.opened)
            self._warm(door.opened)

    def _make_catalogue(self, opened: OpenCounter) -> None:
        """Let a province's many items be found; a hall's are already."""
        if not opened.items.is_made():
            self.jobs.run(
                Lane.COUNT,
                opened.items.refresh,
                owner=self.window,
                then=lambda _: None,
                failed=self.sign_in.show_trouble,
            )

    def _warm(self, opened: OpenCounter) -> None:
        """Start the children that draw papers, one by one, while nobody waits for them."""
        press, failed = opened.desk.press, self.sign_in.show_trouble
        run = partial(self.jobs.run, owner=self.window, failed=failed)

        def warm_seals() -> None:
            if opened.desk.paper_seal is not None:
                run(Lane.AHEAD, opened.desk.paper_seal.start, then=lambda _: None)

        def warm_others() -> None:
            warm_seals()  # it loads its libraries by itself
            run(Lane.AHEAD, press.ahead.warm, then=lambda _: None)

        run(Lane.PAPER, press.warm, then=lambda _: warm_others())

    def _on_signed_in(self, session: Session) -> None:
        from clerk.app.floor import Floor

        if self.door is None or self.door.opened is None:
            raise RuntimeError("signed in before the counter was open")
        self._make_catalogue(self.door.opened)  # where the password opened the store
        self._leave_floor()
        self.floor = Floor(self.app, self.window, self.jobs, self.door.opened, session)
        self.floor.left.connect(self._on_left)
        self.floor.rebuilt.connect(partial(self._on_signed_in, session))

    def _on_left(self) -> None:
        """Somebody else wants to sign in."""
        self._leave_floor()
        self.window.show_sign_in()

    def _leave_floor(self) -> None:
        if self.floor is not None:
            self.floor.end()
            self.floor.deleteLater()
            self.floor = None
        if self.door is not None and self.door.opened is not None:
            self.door.opened.desk.press.forget()

    def _on_closing(self) -> None:
        if self.floor is not None:
            self.floor.save_all()
        QTimer.singleShot(0, self.app.quit)

    def end(self) -> None:
        """Finish what runs, close the store, end the children; called after the event loop."""
        self._leave_floor()
        self.jobs.close()
        self._garbage.end()
        if self.door is not None and self.door.opened is not None:
            self.door.opened.close()


_NEVER = 1_000_000_000
"""So many looks at what is new would come before one at what is older."""


def _open(
    settings: Callable[[], Settings],
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    fixed: bool,
    children: Children | None,
) -> Door:
    """Import everything else and open the door; runs in the store's lane.

    Only what has just been made is looked through for garbage meanwhile, and what was loaded never
    again: a look at everything would hold the window up for a tenth of a second, whichever thread
    it falls to. To look at nothing would keep for the whole day what every import leaves behind.
    """
    usual = gc.get_threshold()
    gc.set_threshold(usual[0], _NEVER)
    try:
        from clerk.app.later import put_off

        put_off()
        from clerk.app import floor  # noqa: F401  the panels, loaded while nobody waits for them
        from clerk.app.door import open_door

        return open_door(settings(), now=now, new_id=new_id, fixed=fixed, children=children)
    finally:
        gc.freeze()
        gc.set_threshold(*usual)
