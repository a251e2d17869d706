"""What a standard is edited by (要素): elements, lists of lines and tabs, as data."""

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import Enum, auto
from typing import Final

from clerk.domain.draft_editing import Path
from clerk.values import dataclass, replace

Coded = tuple[tuple[str, str], ...]
"""What may be chosen: the value that is kept, and what it reads as."""

Source = Callable[[Mapping[str, object], Path], Coded]
"""What may be picked in a draft for the line at a path: what is kept, and what it reads as."""


class Kind(Enum):
    """How an element is shown and edited."""

    TEXT = auto()
    LONG = auto()
    LINES = auto()
    PAIRS = auto()
    WHOLE = auto()
    NUMBER = auto()
    FLAG = auto()
    DAY = auto()
    WORD = auto()
    WORDS = auto()
    CODED = auto()
    CODES = auto()
    CONDITION = auto()
    CHOSEN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: where it stands below its line, what it is called, and how it is edited.

    ``otherwise`` is what holds where nothing is written, for FLAG and WORD. ``wide`` takes the
    whole width of the form. ``source`` says what a CHOSEN one is picked from, ``many`` whether it
    is a list of such, ``paired`` whether it is a table of which each ``key=value`` is picked.
    """

    path: Path
    label: str
    kind: Kind = Kind.TEXT
    choices: Coded = ()
    code_set: str = "P"
    unit: str = ""
    otherwise: object = None
    wide: bool = False
    source: "Source | None" = None
    many: bool = False
    paired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A list of lines of one kind; ``fresh`` is what a new one begins as.

    ``name`` is what one line is called, ``title`` the element its row in the outline reads.
    """

    key: str
    name: str
    title: str
    elements: tuple[Element, ...]
    fresh: Mapping[str, object] = field(default_factory=dict)
    below: "Lines | None" = None
    titled: Callable[[Mapping[str, object]], str] | None = None

    def title_of(self, line: object) -> str:
        """What the outline shows of ``line``."""
        if not isinstance(line, Mapping):
            return str(line)
        said = self.titled(line) if self.titled else line.get(self.title)
        return str(said) if said else "（还没写）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the outline: elements of the standard itself, or a list of lines."""

    name: str
    elements: tuple[Element, ...] = ()
    lines: Lines | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the editor; without sections it is a view of its own."""

    name: str
    sections: tuple[Section, ...] = ()

    def edits(self) -> frozenset[str]:
        """The keys of the standard that are edited here."""
        listed = {one.lines.key for one in self.sections if one.lines}
        own = {str(one.path[0]) for section in self.sections for one in section.elements}
        return frozenset(listed | own)


NO_CLAUSE: Final[Mapping[str, object]] = {"law": "", "article": ""}
"""A new line asks for its clause: there is no line without one."""


def text(path: str, label: str, *, wide: bool = False, unit: str = "") -> Element:
    """One line of text; ``path`` is dotted."""
    return Element(path=way(path), label=label, wide=wide, unit=unit)


def long_text(path: str, label: str) -> Element:
    """Text of several lines."""
    return Element(path=way(path), label=label, kind=Kind.LONG, wide=True)


def texts(path: str, label: str) -> Element:
    """A list of texts, one to a line."""
    return Element(path=way(path), label=label, kind=Kind.LINES, wide=True)


def pairs(path: str, label: str) -> Element:
    """A table of texts by whatever keys it has, one ``key = text`` to a line."""
    return Element(path=way(path), label=label, kind=Kind.PAIRS, wide=True)


def whole(path: str, label: str, unit: str = "") -> Element:
    """A whole number."""
    return Element(path=way(path), label=label, kind=Kind.WHOLE, unit=unit)


def number(path: str, label: str) -> Element:
    """A number."""
    return Element(path=way(path), label=label, kind=Kind.NUMBER)


def flag(path: str, label: str, *, otherwise: bool | None = None) -> Element:
    """Yes or no."""
    return Element(path=way(path), label=label, kind=Kind.FLAG, otherwise=otherwise)


def day(path: str, label: str) -> Element:
    """A day."""
    return Element(path=way(path), label=label, kind=Kind.DAY)


def word(path: str, label: str, choices: Coded, *, otherwise: str | None = None) -> Element:
    """One word of a closed list."""
    return Element(
        path=way(path), label=label, kind=Kind.WORD, choices=choices, otherwise=otherwise
    )


def words(path: str, label: str, choices: Coded) -> Element:
    """Some words of a closed list, in the order in which they were chosen."""
    return Element(path=way(path), label=label, kind=Kind.WORDS, choices=choices, wide=True)


def coded(path: str, label: str, choices: Coded, code_set: str = "P") -> Element:
    """One code of a set, kept with its set and label."""
    return Element(path=way(path), label=label, kind=Kind.CODED, choices=choices, code_set=code_set)


def codes(path: str, label: str, choices: Coded) -> Element:
    """Some codes of a set."""
    return Element(path=way(path), label=label, kind=Kind.CODES, choices=choices, wide=True)


def condition(path: str, label: str) -> Element:
    """A condition of the closed vocabulary, read as a sentence."""
    return Element(path=way(path), label=label, kind=Kind.CONDITION, wide=True)


def chosen(path: str, label: str, source: Source) -> Element:
    """One of what the standard itself has, picked from a list in words."""
    return Element(path=way(path), label=label, kind=Kind.CHOSEN, source=source, wide=True)


def all_chosen(path: str, label: str, source: Source) -> Element:
    """Some of what the standard itself has, in the order in which they were picked."""
    return replace(chosen(path, label, source), many=True)


def pairs_chosen(path: str, label: str, source: Source) -> Element:
    """A table of which each line is picked, as ``key=value``."""
    return replace(all_chosen(path, label, source), paired=True)


def clause(path: str = "basis") -> tuple[Element, ...]:
    """The clause a line stands on: law, article and what it says in short; "" is the line itself."""
    below = f"{path}." if path else ""
    return (
        text(f"{below}law", "依据：法律法规或文件"),
        text(f"{below}article", "条款"),
        text(f"{below}gist", "条文要点", wide=True),
    )


def limit(path: str, label: str, units: Coded) -> tuple[Element, ...]:
    """A time limit with its unit and a note."""
    return (
        whole(f"{path}.amount", label),
        word(f"{path}.unit", f"{label}单位", units),
        text(f"{path}.note", f"{label}说明", wide=True),
    )


def way(dotted: str) -> Path:
    """The path of a dotted name."""
    return tuple(dotted.split("."))
