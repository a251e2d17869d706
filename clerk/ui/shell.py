"""The frame around every page: rail, top bar, content, action bar, status bar."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.acts import EVERYWHERE, Act, Acts, ActsOfText
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar, Page, focus_into
from clerk.ui.pieces import Pieces
from clerk.ui.rail import Place, Rail
from clerk.ui.status_bar import DotSpec, StatusBar
from clerk.ui.widgets.dialog import open_dialog
from clerk.ui.widgets.undo import UndoStrip

_TOP, _FOOT = 46, 64


class _Strip(QWidget):
    """A bar across the window with a line at its edge to the content."""

    def __init__(self, ground: str, height: int, *, line_below: bool) -> None:
        super().__init__()
        self._ground, self._below = ground, line_below
        self.setFixedHeight(theme.px(height))
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0 if line_below else 1, 0, 0)
        column.addWidget(self.stack)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(self._ground))
        top = self.height() - 1 if self._below else 0
        painter.fillRect(0, top, self.width(), 1, theme.color("line"))


class Shell(QWidget):
    """Holds the pages of a signed-in person and the acts that work everywhere.

    ``lock_wanted`` asks for the lock screen, ``scale_wanted`` for a type size: +1, -1 or 0 for
    the standard one.
    """

    lock_wanted = pyqtSignal()
    scale_wanted = pyqtSignal(int)
    went = pyqtSignal(object)

    def __init__(
        self,
        acts: Acts,
        jobs: Jobs,
        *,
        now: Callable[[], datetime],
        undo_tick_ms: int = 1000,
        open_dialog: Callable[..., None] = open_dialog,
    ) -> None:
        super().__init__()
        self.acts = acts
        self._jobs, self._open_dialog = jobs, open_dialog
        self._pages: dict[Place, Page] = {}
        self._makers: dict[Place, Callable[[], Page]] = {}
        self._made: dict[Place, Page] = {}
        self._bars: dict[Page, tuple[QWidget, ActionBar | None]] = {}
        self._own_acts: tuple[Act, ...] = ()
        self._acts_of_text: ActsOfText = lambda _: ()
        self._shown: Page | None = None
        self._before_undo: QWidget | None = None
        self.rail = Rail()
        self.top = _Strip("window", _TOP, line_below=True)
        self.content = QStackedWidget()
        self.foot = _Strip("surface", _FOOT, line_below=False)
        self.undo = UndoStrip(tick_ms=undo_tick_ms)
        self.status = StatusBar(now=now)
        self._lay_out()
        self._coming = Pieces(self)
        self.rail.went.connect(self._come)
        self.undo.ended.connect(self._on_undo_ended)
        acts.pressed.connect(self._coming.finish)
        acts.doing.connect(self.status.hush)
        acts.refused.connect(self.status.say)
        jobs.changed.connect(self._show_background)
        self._put_own_acts()

    def _lay_out(self) -> None:
        self.foot.stack.addWidget(self.undo)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.content, 1)
        column.addWidget(self.foot)
        column.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def add_place(self, place: Place, page: Page) -> None:
        """Put ``page`` on the rail; its digit works from now on."""
        self._pages[place] = page
        self._take_in(page)
        self.rail.show_place(place)
        self._put_own_acts()

    def add_place_later(self, place: Place, make: Callable[[], Page]) -> None:
        """Put a place on the rail whose page is made when somebody first goes there."""
        self._makers[place] = make
        self.rail.show_place(place)
        self._put_own_acts()

    def add_page(self, page: Page) -> None:
        """Take in a page that is reached from another page, not from the rail."""
        if page not in self._bars:
            self._take_in(page)

    def taking_in(self, page: Page) -> Iterator[None]:
        """The same step by step, with a page that is made in pieces."""
        if page not in self._bars:
            yield from self._finishing(page)
            self.add_page(page)

    def _finishing(self, page: Page) -> Iterator[None]:
        """Make the rest of a page, then dress it for its place, which takes as long as a part."""
        yield from page.unmade()
        yield
        page.setParent(self.content)
        yield

    def _take_in(self, page: Page) -> None:
        top, foot = page.top_bar(), page.action_bar()
        self._bars[page] = (top, foot)
        self.top.stack.addWidget(top)
        self.content.addWidget(page)
        if foot is not None:
            self.foot.stack.addWidget(foot)
            foot.offered.connect(self._show_foot)
        page.acts_changed.connect(lambda: self.acts.put(page.title, page.acts()))
        self.acts.put(page.title, page.acts())

    def preparing(self, place: Place) -> Iterator[None]:
        """Make the page of ``place`` step by step, if it is not made yet; it stays behind."""
        if place not in self._makers:
            return
        if place not in self._made:
            self._made[place] = self._makers[place]()
            yield
        page = self._made.get(place)
        if page is not None:
            yield from self._finishing(page)
        if page is not None and self._made.pop(place, None) is page:  # nobody went there meanwhile
            del self._makers[place]
            self._pages[place] = page
            self._take_in(page)

    def go(self, place: Place) -> None:
        """Bring the page of ``place`` to the front; nothing where it is not built."""
        for _ in self.preparing(place):
            pass
        if place in self._pages:
            page = self._pages[place]
            self.rail.set_current(place)
            self.show_page(page)
            self.went.emit(place)

    def _come(self, place: Place) -> None:
        """Go where a key or the rail leads; a page that is made for it comes in pieces.

        Whatever is pressed meanwhile is for that page, and brings it at once.
        """
        if place not in self._makers or self._shown is None:
            self.go(place)  # the very first page is not overtaken by the one that was to come
            return
        self.setFocus()
        self._coming.begin(self._arriving(place), first_now=True)

    def _arriving(self, place: Place) -> Iterator[None]:
        yield from self.preparing(place)
        yield
        self.go(place)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Hand a key that came early to the page it is for."""
        if event is None or not self._coming.busy():
            super().keyPressEvent(event)
            return
        self._coming.finish()
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self:
            QApplication.sendEvent(focus, event)

    def show_page(self, page: Page) -> None:
        """Bring a page that was taken in to the front and give it the focus."""
        self._coming.drop()
        top, _ = self._bars[page]
        self._shown = page
        self.top.stack.setCurrentWidget(top)
        self.content.setCurrentWidget(page)
        self._show_foot()
        self.acts.activate(page.title)
        page.entered()
        first = page.first_focus()
        if first is not None:
            first.setFocus()
        elif not focus_into(page):
            self.setFocus()

    def page(self) -> Page | None:
        """The page in front."""
        return self._shown

    def place(self) -> Place | None:
        """The place whose page is in front."""
        return next((place for place, page in self._pages.items() if page is self._shown), None)

    def set_acts_of_text(self, acts_of_text: ActsOfText) -> None:
        """Let a code that is scanned or typed into the palette be an act."""
        self._acts_of_text = acts_of_text

    def set_everywhere(self, acts: Sequence[Act]) -> None:
        """Add acts that work on every page, such as starting a new case."""
        self._own_acts = tuple(acts)
        self._put_own_acts()

    def offer_undo(
        self,
        what: str,
        *,
        commit: Callable[[], None],
        undo: Callable[[], None],
        seconds: int = 5,
    ) -> None:
        """Let ``what`` take effect in ``seconds``: F9 at once, Ctrl Z not at all.

        An act that still waits takes effect first.
        """
        if not self.undo.is_open():
            self._before_undo = QApplication.focusWidget()
        self.acts.pop(self.undo)
        self.undo.offer(what, commit=commit, undo=undo, seconds=seconds)
        now = Act(
            name="立即生效",
            key="F9",
            also=("Ctrl+Return", "Ctrl+Enter"),
            trigger=self.undo.commit_now,
        )
        back = Act(name="撤回", key="Ctrl+Z", trigger=self.undo.take_back)
        self.acts.push(self.undo, (now, back), modal=False)
        self._show_foot()
        self.undo.now_button.setFocus()

    def show_dots(self, dots: Sequence[DotSpec]) -> None:
        """Show the state of devices and connections."""
        self.status.show_dots(dots)

    def show_saved(self, text: str) -> None:
        """Show when the draft was saved last."""
        self.status.saved.setText(text)

    def show_person(self, text: str) -> None:
        """Show who is signed in, and as what."""
        self.status.person.setText(text)

    def say(self, text: str) -> None:
        """Say a passing word at the foot of the window."""
        self.status.say(text)

    def set_badge(self, place: Place, count: int, *, bad: bool = False) -> None:
        """Show on the rail how much waits at ``place``."""
        self.rail.item(place).set_count(count, bad=bad)

    def next_region(self, step: int) -> None:
        """Move the focus to the next region of the page, round the end."""
        if self._shown is None:
            return
        _, foot = self._bars[self._shown]
        regions = [*self._shown.regions(), *([foot] if foot is not None else [])]
        focus = QApplication.focusWidget()
        at = next(
            (
                number
                for number, region in enumerate(regions)
                if focus is not None and (region is focus or region.isAncestorOf(focus))
            ),
            -1 if step > 0 else 0,
        )
        for distance in range(1, len(regions) + 1):
            if focus_into(regions[(at + step * distance) % len(regions)]):
                return

    def _show_foot(self) -> None:
        foot = self._bars[self._shown][1] if self._shown is not None else None
        offered = foot if foot is not None and foot.offers() else None
        shown = self.undo if self.undo.is_open() else offered
        self.foot.setVisible(shown is not None)
        if shown is not None:
            self.foot.stack.setCurrentWidget(shown)

    def _on_undo_ended(self) -> None:
        had_focus = self.undo.isAncestorOf(QApplication.focusWidget() or self)
        self.acts.pop(self.undo)
        self._show_foot()
        before, self._before_undo = self._before_undo, None
        if had_focus and before is not None and before.isVisible():
            before.setFocus()

    def _show_background(self) -> None:
        count = sum(self._jobs.pending().values())
        self.status.background.setText(f"后台 {count} 项" if count > 1 else "")

    def _put_own_acts(self) -> None:
        places = [
            Act(
                name=f"到{place.word}",
                key=f"Alt+{place.digit}",
                trigger=partial(self._come, place),
            )
            for place in sorted({*self._pages, *self._makers}, key=lambda place: place.digit)
        ]
        self.acts.put(
            EVERYWHERE,
            [
                Act(name="本屏按键", key="F1", trigger=self._open_key_sheet),
                Act(name="找功能", key="Ctrl+K", trigger=self._open_palette),
                *self._own_acts,
                Act(name="下一区域", key="F6", trigger=lambda: self.next_region(1)),
                Act(name="上一区域", key="Shift+F6", trigger=lambda: self.next_region(-1)),
                *places,
                Act(name="锁屏", key="Ctrl+L", trigger=self.lock_wanted.emit),
                Act(
                    name="字大一号",
                    key="Ctrl+=",
                    also=("Ctrl++",),
                    trigger=lambda: self.scale_wanted.emit(1),
                ),
                Act(name="字小一号", key="Ctrl+-", trigger=lambda: self.scale_wanted.emit(-1)),
                Act(name="标准字号", key="Ctrl+0", trigger=lambda: self.scale_wanted.emit(0)),
            ],
        )

    def _open_key_sheet(self) -> None:
        from clerk.ui.command_palette import KeySheet  # loaded with the first key for it

        self._open_dialog(self, KeySheet(self.acts.listed()))

    def _open_palette(self) -> None:
        from clerk.ui.command_palette import CommandPalette

        self._open_dialog(self, CommandPalette(self.acts, self._acts_of_text))
