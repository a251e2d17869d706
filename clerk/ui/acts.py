"""Everything a clerk can do in the window, by name and key.

Panels say what they offer; the window binds the keys. So the key sheet and the palette cannot
forget an act, and two panels may use the same key without getting in each other's way.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PyQt6.QtCore import QElapsedTimer, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QWidget

from clerk.values import dataclass

EVERYWHERE: Final = "到处都能用"
DECISION_KEYS: Final = ("F9", "Ctrl+Return", "Ctrl+Enter")
DECISION_GAP_MS: Final = 250
_ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter"}


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing a clerk can do here and now.

    ``key`` and ``also`` are in Qt's portable spelling (``Shift+F9``); ``name`` may be a callable
    where the words change and the key does not. A ``local`` act is handled by the focused widget
    itself (digits on a row) and only listed. ``why_not`` answers a press while not ``enabled``.
    """

    name: str | Callable[[], str]
    key: str = ""
    trigger: Callable[[], None]
    enabled: Callable[[], bool] = _always
    why_not: Callable[[], str] | None = None
    also: tuple[str, ...] = ()
    local: bool = False

    @property
    def title(self) -> str:
        """The name as it reads now."""
        return self.name if isinstance(self.name, str) else self.name()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the act, the one that is drawn first."""
        return ((self.key,) if self.key else ()) + self.also


ActsOfText = Callable[[str], Sequence[Act]]
"""What a scanned or typed code stands for; mostly nothing."""


def acts_of(window: QWidget) -> "Acts | None":
    """The acts of ``window``, or None where it has none."""
    return window.findChild(Acts, options=Qt.FindChildOption.FindDirectChildrenOnly)


def key_text(key: str) -> str:
    """A key as keycaps show it: ``Ctrl+Down`` becomes ``Ctrl ↓``."""
    if not key:
        return ""
    return " ".join(_ARROWS.get(part, part) for part in key.replace("++", "+Plus").split("+"))


class Acts(QObject):
    """The acts of one window and the keys that reach them.

    Acts lie in scopes. ``EVERYWHERE`` always counts, of the others only the active one, and what
    is pushed on top (a dialog, the undo strip) comes first; a modal push silences all the rest.
    """

    pressed = pyqtSignal()
    doing = pyqtSignal()
    refused = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(self, window: QWidget, *, elapsed_ms: Callable[[], int] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._elapsed_ms = elapsed_ms or _running_clock()
        self._scopes: dict[str, tuple[Act, ...]] = {}
        self._active = ""
        self._pushed: list[tuple[object, tuple[Act, ...], bool]] = []
        self._shortcuts: dict[str, QShortcut] = {}
        self._decided_at: int | None = None
        self._silent = False

    def put(self, scope: str, acts: Sequence[Act]) -> None:
        """Say what ``scope`` offers, instead of what it offered before."""
        self._scopes[scope] = tuple(acts)
        self._bind()

    def activate(self, scope: str) -> None:
        """Let ``scope`` be the page that is shown."""
        self._active = scope
        self._bind()

    def push(self, owner: object, acts: Sequence[Act], *, modal: bool = True) -> None:
        """Put ``acts`` before all others until ``pop`` with the same ``owner``."""
        self._pushed.append((owner, tuple(acts), modal))
        self._bind()

    def pop(self, owner: object) -> None:
        """Take back what ``owner`` pushed."""
        self._pushed = [entry for entry in self._pushed if entry[0] is not owner]
        self._bind()

    def pop_all(self) -> None:
        """Take back whatever was pushed: the person who was offered it has left."""
        self._pushed = []
        self._bind()

    def set_silent(self, silent: bool) -> None:
        """While silent no key reaches any act: the screen is locked."""
        self._silent = silent
        self._bind()

    def is_silent(self) -> bool:
        """Whether no key reaches any act now."""
        return self._silent

    def listed(self) -> tuple[tuple[str, Act], ...]:
        """What can be done now, each with its scope, the nearest first."""
        return tuple((scope, act) for scope, acts in self._layers() for act in acts)

    def find(self, key: str) -> Act | None:
        """The act that ``key`` would reach now."""
        for _, act in self.listed():
            if key in act.keys and not act.local:
                return act
        return None

    def press(self, key: str) -> None:
        """Do what ``key`` stands for now; a decision key within 250 ms of the last is ignored.

        ``pressed`` comes first, so that what the last key began is there when this one is read.
        """
        self.pressed.emit()
        act = self.find(key)
        if act is None or (key in DECISION_KEYS and not self._decision_counts()):
            return
        self.do(act)

    def do(self, act: Act) -> None:
        """Trigger ``act``, or say why it is not possible now; ``doing`` comes before either."""
        self.doing.emit()
        if act.enabled():
            act.trigger()
        elif act.why_not is not None:
            self.refused.emit(act.why_not())

    def _decision_counts(self) -> bool:
        now, last = self._elapsed_ms(), self._decided_at
        self._decided_at = now
        return last is None or now - last >= DECISION_GAP_MS

    def _layers(self) -> list[tuple[str, tuple[Act, ...]]]:
        if self._silent:
            return []
        layers: list[tuple[str, tuple[Act, ...]]] = []
        for _, acts, modal in reversed(self._pushed):
            layers.append(("", acts))
            if modal:
                return layers
        layers.append((self._active, self._scopes.get(self._active, ())))
        layers.append((EVERYWHERE, self._scopes.get(EVERYWHERE, ())))
        return layers

    def _bind(self) -> None:
        wanted = {key for _, act in self.listed() if not act.local for key in act.keys}
        for key in wanted - self._shortcuts.keys():
            shortcut = QShortcut(QKeySequence(key), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda key=key: self.press(key))
            self._shortcuts[key] = shortcut
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key in wanted)
        self.changed.emit()


def _running_clock() -> Callable[[], int]:
    clock = QElapsedTimer()
    clock.start()
    return clock.elapsed
