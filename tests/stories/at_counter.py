"""A person at the running window: eyes that read what is visible, hands that press keys."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from PyQt6.QtCore import QElapsedTimer, QModelIndex, Qt
from PyQt6.QtGui import QInputMethodEvent, QKeySequence
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget
from sqlalchemy import Connection, select

from clerk import settings
from clerk.app import PRACTICE_HALL, PRACTICE_WORD
from clerk.app.children import Children
from clerk.app.edges import running_clock, uuid7
from clerk.app.floor import Floor
from clerk.app.opening import PRACTICE_HOLDER, OpenCounter, PracticeTools
from clerk.app.workstation import Workstation
from clerk.domain.case import Case
from clerk.storage import cases, keyfile
from clerk.storage.engine import file_engine
from clerk.storage.tables import cases as case_table
from clerk.ui.acts import DECISION_GAP_MS, DECISION_KEYS
from clerk.ui.intake_problems import Block
from clerk.ui.tables import CELL_ROLE
from clerk.ui.widgets import Button, Dialog
from clerk.ui.widgets.headed import Headed
from clerk.ui.widgets.notice import Notice
from clerk.ui.widgets.search_box import HitList

MORNING = datetime(2026, 3, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))
FIRST_MS, USUAL_MS = 60_000, 20_000
REST_TIMES, LONGEST_REST_MS = 4, 100
"""To read everything on a window takes longer than what is waited for may take."""
PEERS = ("certlib", "back_office", "platform")


class AtCounter:
    """One workstation over one folder. Every wait is for something that can be seen."""

    def __init__(
        self, qtbot: Any, app: QApplication, home: Path, children: Children | None = None
    ) -> None:
        """``children`` are warm already; without them the program starts its own."""
        self._qtbot, self._app = qtbot, app
        self.settings = settings.practice({"CLERK_HOME": str(home)})
        self._ended = False
        self._decided = QElapsedTimer()
        self._later = timedelta()
        running = running_clock(MORNING)
        self.station = Workstation(
            app,
            hall=PRACTICE_HALL,
            practice_word=PRACTICE_WORD,
            settings=lambda: self.settings,
            now=lambda: running() + self._later,
            new_id=uuid7,
            fixed=True,
            children=children,
        )

    # Start and end

    def start(self) -> None:
        """Show the window, as the program does."""
        self.station.show()
        self.station.window.activateWindow()
        self.until(self.station.window.isActiveWindow)

    def enter(self, account_id: str = "zhou", word: str = PRACTICE_WORD) -> None:
        """Sign in as somebody and wait for his window."""
        self.until(lambda: self.station.door is not None, FIRST_MS)
        before = self.station.floor
        self.choose_person(account_id)
        self.type(word)
        self.press("Return")
        self.until(lambda: self.station.floor not in {None, before}, FIRST_MS)

    def choose_person(self, account_id: str) -> None:
        """Go to a person of the sign-in page by the arrows, then to the password."""
        page = self.station.sign_in
        page.accounts.setFocus()
        for _ in range(20):
            self.press("Up")
        while (who := page.accounts.current()) is not None and who.account_id != account_id:
            self.press("Down")
        self.press("Return")

    def end(self) -> None:
        """Close the window and end everything behind it; a second time does nothing."""
        if self._ended:
            return
        self._ended = True
        self.station.window.close()
        self.station.end()
        self.station.window.deleteLater()
        self.station.deleteLater()

    @property
    def floor(self) -> Floor:
        assert self.station.floor is not None
        return self.station.floor

    @property
    def opened(self) -> OpenCounter:
        assert self.station.door is not None
        assert self.station.door.opened is not None
        return self.station.door.opened

    @property
    def tools(self) -> PracticeTools:
        assert self.opened.practice is not None
        return self.opened.practice

    def days_later(self, days: int) -> None:
        """Let so many days go by; what time brings is written down as at the next look."""
        self._later += timedelta(days=days)
        self.do("电脑时间核对过了")

    # Hands

    def press(self, *keys: str) -> None:
        """Press keys at whatever has the focus.

        A hand comes back to a decision key only when the program takes it for a new decision.
        """
        for key in keys:
            if key in DECISION_KEYS and self._decided.isValid():
                self.until(lambda: self._decided.hasExpired(DECISION_GAP_MS))
            combination = QKeySequence(key)[0]
            self._qtbot.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
            if key in DECISION_KEYS:  # from when the program has it: on a busy machine later
                self._decided.start()

    def type(self, text: str) -> None:
        """Type ASCII; Chinese arrives as an input method commits it."""
        if text.isascii():
            self._qtbot.keyClicks(self._focus(), text)
            return
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(self._focus(), committed)

    def do(self, act: str) -> None:
        """Do an act by its name through Ctrl K."""
        self.press("Ctrl+K")
        self.type(act)
        self.press("Return")

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.station.window

    # Eyes

    def until(self, seen: Callable[[], object], ms: int = USUAL_MS) -> None:
        """Wait until it is so; between two looks the program has most of the time to itself."""
        rest, rest_ms = QElapsedTimer(), 0

        def look() -> bool:
            nonlocal rest_ms
            if rest.isValid() and not rest.hasExpired(rest_ms):
                return False
            looked = QElapsedTimer()
            looked.start()
            try:
                return bool(seen())
            finally:
                rest_ms = min(REST_TIMES * looked.elapsed(), LONGEST_REST_MS)
                rest.start()

        self._qtbot.waitUntil(look, timeout=ms)

    def sees(self, *words: str) -> bool:
        """Whether each of ``words`` stands somewhere on the window."""
        text = self.text()
        return all(word in text for word in words)

    def until_seen(self, *words: str, ms: int = USUAL_MS) -> None:
        """Wait until it can be read."""
        try:
            self.until(lambda: self.sees(*words), ms)
        except self._qtbot.TimeoutError as error:
            raise AssertionError(f"{words} not on the window:\n{self.text()}") from error

    def text(self) -> str:
        """Everything that is visible, a line for each widget or row."""
        return "\n".join(part for part in texts_of(self.station.window) if part)

    def times_said(self, words: str) -> int:
        """How many labels and rows say it; the name a screen reader speaks is not counted again."""
        shown = [part for widget in visible(self.station.window) for part in painted_texts(widget)]
        return sum(part.count(words) for part in shown)

    def troubles(self) -> list[str]:
        """What the notices on the window say."""
        shown = self.station.window.findChildren(Notice)
        return [one.text() for one in shown if one.isVisible() and one.ground_kind != "info"]

    def dialog(self) -> str:
        """The title of the dialog in front, empty where there is none."""
        shown = [one for one in self.station.window.findChildren(Dialog) if one.isVisible()]
        return shown[-1].title if shown else ""

    def focus_name(self) -> str:
        """What has the focus, as a screen reader names it."""
        focus = self._focus()
        return focus.accessibleName() or (focus.words() if isinstance(focus, Button) else "")

    def typed(self) -> str:
        """What stands in the field with the cursor."""
        focus = self._focus()
        return focus.text() if isinstance(focus, QLineEdit) else ""

    # Usual ways

    def go_intake(self) -> None:
        """Begin with nothing in front: no dialog, no card, no case."""
        while self.dialog():
            self.press("Esc")
        if self.floor.shell.undo.is_open():
            self.press("Ctrl+Z")
        self.tools.reader.remove()
        self.press("Alt+2", "Ctrl+N")
        self.until(lambda: not self.floor.intake.people.lies_there())

    def open_item(self, letters: str) -> Case:
        """Find an item by its initials and open a case of it."""
        self.press("F2")
        self.type(letters)
        self.press("Return")
        return self.case()

    def case(self) -> Case:
        """The case in front, as the window holds it."""
        opened = self.floor.intake.desk.current
        assert opened is not None
        return opened.case

    def place_card(self, name: str) -> None:
        """Lay somebody's card on the reader and wait until it was read."""
        self.do(f"放上{name}")
        self.until_seen(name, "已读")

    def go_field(self, label: str) -> None:
        """Go by F4 to the gap of this name, as soon as the case stands on the page whole."""
        assert self.floor.intake.body.is_whole()
        for _ in range(40):
            if self.focus_name().startswith(label):
                return
            self.press("F4")
        raise AssertionError(f"no gap {label}:\n{self.text()}")

    def go_material(self, name: str) -> None:
        """Go by F6 to the materials and by the arrows to a row."""
        table = self.floor.intake.body.materials.table
        for _ in range(10):
            if table.hasFocus():
                break
            self.press("F6")
        self.press("Ctrl+Home")
        standard = self.opened.desk.standard(self.case().item_code, self.case().standard_version)
        for _ in range(30):
            if standard.requirement(self.floor.intake.body.materials.current()).name == name:
                return
            self.press("Down")
        raise AssertionError(f"no material {name}, {self.focus_name()}:\n{self.text()}")

    def kept(self, case_id: UUID) -> Case:
        """The case as it stands on disk, where it must be by now."""
        found = self.stored(case_id)
        assert found is not None
        return found

    def until_saved(self) -> Case:
        """Wait until the store, read by another connection, holds the case in front; return it."""
        case_id = self.case().case_id
        self.until(lambda: self.stored(case_id) is not None)
        return self.kept(case_id)

    # The second witness

    @contextmanager
    def store(self) -> Iterator[Connection]:
        """Read the store's file over a connection of one's own."""
        with reading(self.settings) as tx:
            yield tx

    def stored(self, case_id: UUID) -> Case | None:
        """The case as it stands on disk."""
        with self.store() as tx:
            return cases.find(tx, case_id)

    def stored_ids(self) -> set[UUID]:
        """Every case on disk."""
        with self.store() as tx:
            return set(tx.execute(select(case_table.c.case_id)).scalars())

    def control(self, peer: str, **plan: object) -> None:
        """Tell a practice peer what goes wrong next."""
        request = urllib.request.Request(
            self.tools.province.control_url(peer),
            json.dumps(plan).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=10).close()

    def mend(self, peer: str) -> None:
        """Start a practice peer that was killed."""
        if peer not in self.tools.province.urls:
            self.tools.province.start(peer)

    def log(self, peer: str) -> list[dict[str, Any]]:
        """What a practice peer was asked."""
        said: list[dict[str, Any]] = self._peer_says(peer, "log")
        return said

    def state(self, peer: str) -> dict[str, Any]:
        """What a practice peer knows."""
        said: dict[str, Any] = self._peer_says(peer, "state")
        return said

    def _peer_says(self, peer: str, what: str) -> Any:
        url = f"{self.tools.province.control_url(peer)}/{what}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def reading(where: settings.Settings) -> Iterator[Connection]:
    """Read a practice store over a connection of one's own, while the program has it open."""
    engine = file_engine(where.store, _key(where.key_file), read_only=True, pooled=False)
    try:
        with engine.begin() as tx:
            yield tx
    finally:
        engine.dispose()


@cache
def _key(file: Path) -> bytes:
    """The key of a practice store: to unwrap it at every look takes longer than the look."""
    return keyfile.unlock(file, PRACTICE_HOLDER, keyfile.PRACTICE_PASSPHRASE)


def visible(window: QWidget) -> list[QWidget]:
    """Every widget that is visible in ``window``."""
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def texts_of(window: QWidget) -> Iterator[str]:
    """Everything written on the visible widgets, and what a screen reader would say of them."""
    yield window.windowTitle()
    for widget in visible(window):
        yield from painted_texts(widget)
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()


def painted_texts(widget: QWidget) -> Iterator[str]:
    """What a widget paints."""
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, Headed):
        yield widget.shown_heading()
    elif isinstance(widget, Block | Button):
        yield widget.words()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, HitList):
        yield from (f"{hit.title} {hit.hint}" for hit in widget.hits())
    elif isinstance(widget, QTableView):
        yield from _cells(widget)


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    assert model is not None
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column, QModelIndex())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                if isinstance(text := index.data(role), str):
                    yield text
            yield str(getattr(index.data(CELL_ROLE), "spoken", ""))
