"""Names of people and bodies as they are kept: one spelling, nothing that only looks like text."""

import unicodedata
from enum import StrEnum
from typing import Final

from clerk.values import dataclass


class NameFault(StrEnum):
    """Why a name cannot be taken as it is."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"
    INVISIBLE = "invisible"
    PRIVATE_USE = "private_use"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCheck:
    """A name in normal form and what was found wrong with it first.

    ``position`` counts characters from 1, without the blanks around the name; ``found`` is the
    character there as ``U+202E``. Both are None where the fault is of the whole name.
    """

    name: str
    fault: NameFault | None = None
    position: int | None = None
    found: str | None = None

    @property
    def valid(self) -> bool:
        """Whether the name can be taken."""
        return self.fault is None


MAX_NAME_LENGTH: Final = 200
"""Characters; the longest personal names have about 50, registered bodies about 120."""

MIDDLE_DOT: Final = "·"
_MIDDLE_DOTS: Final = "·•‧∙⋅・･·"
_LETTER_DOTS: Final = ".．"
_SPARE_PLANES: Final = range(0x20000, 0x40000)


def check_name(text: str) -> NameCheck:
    """Bring a name into NFC with ``·`` between its parts and say what is wrong with it.

    Characters outside the basic plane pass, those of the newest extensions too. Control, bidi and
    other invisible characters, private-use ones and broken text are refused: they look like another
    name, or like nothing, on the next machine.
    """
    trimmed = text.strip()
    faults = [
        (fault, position, character)
        for position, character in enumerate(trimmed, start=1)
        if (fault := character_fault(character)) is not None
    ]
    if faults:  # of the worst one first: whoever asks may let a private one pass
        fault, position, character = min(faults, key=lambda one: one[0] is NameFault.PRIVATE_USE)
        found = f"U+{ord(character):04X}"
        return NameCheck(name=trimmed, fault=fault, position=position, found=found)
    name = _with_one_spelling(unicodedata.normalize("NFC", trimmed))
    if not name:
        return NameCheck(name=name, fault=NameFault.EMPTY)
    if len(name) > MAX_NAME_LENGTH:
        return NameCheck(name=name, fault=NameFault.TOO_LONG)
    return NameCheck(name=name)


def character_fault(character: str) -> NameFault | None:
    """Return why ``character`` cannot stand in a name, None where it can."""
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return NameFault.CONTROL
        case "Cf":
            return NameFault.INVISIBLE
        case "Co":
            return NameFault.PRIVATE_USE
        case "Cs":
            return NameFault.BROKEN
        case "Cn" if ord(character) not in _SPARE_PLANES or ord(character) & 0xFFFE == 0xFFFE:
            return NameFault.BROKEN
    return NameFault.BROKEN if character == "\N{REPLACEMENT CHARACTER}" else None


def _with_one_spelling(name: str) -> str:
    words = name.split()
    spelled = ""
    for word in words:
        # two names are aligned with blanks on paper: 张　三; between Latin words they count
        blank = " " if spelled and not (_is_han(spelled[-1]) and _is_han(word[0])) else ""
        spelled += blank + word
    dotted = "".join(
        MIDDLE_DOT if character in _MIDDLE_DOTS else character for character in spelled
    )
    return "".join(
        MIDDLE_DOT if _is_separator(dotted, place) else character
        for place, character in enumerate(dotted)
    )


def _is_separator(name: str, place: int) -> bool:
    """Whether a full stop stands between two Han characters, where only ``·`` can be meant."""
    return (
        name[place] in _LETTER_DOTS
        and 0 < place < len(name) - 1
        and _is_han(name[place - 1])
        and _is_han(name[place + 1])
    )


def _is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code in _SPARE_PLANES
