"""The strip in 文书 that stays while papers hang, with the ways out of it."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import pyqtSignal

from clerk.domain.printing import PrinterCondition
from clerk.ui.acts import Act
from clerk.ui.documents_orders import Hang, Where
from clerk.ui.documents_print_words import hang_words
from clerk.ui.widgets import Button, Notice
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    name: str
    key: str
    take: Callable[[], None]
    offered: Callable[[Hang], bool]


class HangNotice(Notice):
    """Says what hangs and offers what can be done, each way with its key.

    ``other``, ``again``, ``file``, ``by_hand``, ``cancel``, ``anyway`` and ``seen`` tell what was
    chosen.
    """

    other = pyqtSignal()
    again = pyqtSignal()
    file = pyqtSignal()
    by_hand = pyqtSignal()
    cancel = pyqtSignal()
    anyway = pyqtSignal()
    seen = pyqtSignal()

    def __init__(self) -> None:
        super().__init__("bad", below=True)
        self._hang: Hang | None = None
        self._ways = (
            _Way(name="换一台打印机", key="Ctrl+1", take=self.other.emit, offered=_always),
            _Way(name="重试", key="Ctrl+2", take=self.again.emit, offered=_always),
            _Way(name="存成电子件", key="Ctrl+3", take=self.file.emit, offered=_always),
            _Way(name="取消打印", key="Ctrl+4", take=self.cancel.emit, offered=_always),
            _Way(name="仍然打印", key="Ctrl+5", take=self.anyway.emit, offered=_takes_it),
            _Way(name="纸出来了", key="Ctrl+6", take=self.seen.emit, offered=_may_be_out),
            _Way(name="手工出具", key="Ctrl+7", take=self.by_hand.emit, offered=_always),
        )

    def show_hang(self, hang: Hang | None) -> None:
        """Say what hangs; None: nothing does any more."""
        self._hang = hang
        if hang is None:
            self.clear()
            return
        self.set_kind("warn" if hang.where is Where.NOT_KNOWN else "bad")
        what, then = hang_words(hang)
        self.show_trouble(what, then, buttons=[_button(way) for way in self._offered()])

    def acts(self) -> Sequence[Act]:
        """The same by keys, while anything hangs."""
        return [
            Act(name=way.name, key=way.key, trigger=way.take, enabled=self._is_offered(way))
            for way in self._ways
        ]

    def _is_offered(self, way: _Way) -> Callable[[], bool]:
        return lambda: way in self._offered()

    def _offered(self) -> Sequence[_Way]:
        return [way for way in self._ways if self._hang is not None and way.offered(self._hang)]


def _button(way: _Way) -> Button:
    made = Button(way.name, key=way.key.replace("+", " "), small=True)
    made.clicked.connect(lambda _=False: way.take())
    return made


def _always(_: Hang) -> bool:
    return True


def _takes_it(hang: Hang) -> bool:
    """What a printer said last may be over by now."""
    condition = PrinterCondition(troubles=hang.troubles)
    return hang.where is Where.NOT_SENT and bool(hang.troubles) and condition.takes_all_the_same


def _may_be_out(hang: Hang) -> bool:
    return hang.where is Where.NOT_KNOWN
