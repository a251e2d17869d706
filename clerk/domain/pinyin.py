"""Pinyin initials (拼音首字母) of Chinese text, from a compact table instead of a library.

A character with several readings keeps the initials of all of them, the usual one first: 银行 is
found by ``yh`` and by ``yx``. Which one is usual in a known phrase, and readings that only names
and places have, stand in a list of phrases that the bureau may replace.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from clerk.domain.errors import BadInput
from clerk.values import dataclass

FIRST: Final = 0x4E00
"""The character the table's first letter is for."""

NO_READING: Final = "-"

MOST_ALTERNATIVES: Final = 16
"""More spellings of one text are never returned; ``matches`` knows them all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initials:
    """The readings of characters, and of phrases by their first character.

    ``usual`` has one letter for each character from ``FIRST`` on, ``others`` the initials of the
    further readings.
    """

    usual: str
    others: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def read(cls, readings: str, phrases: str = "") -> "Initials":
        """Return the table that the two files of ``resources/pinyin`` say.

        Args:
            readings: rows of a first code point (capital hexadecimal) and the usual initial of
                each character from there on, without gaps between rows; and lines of further
                initials, a blank, and all characters that have just these.
            phrases: lines of a phrase, a blank, and one initial for each of its characters.

        Raises:
            BadInput: a line of ``phrases`` does not say one letter for each character.
        """
        rows: list[str] = []
        others: dict[str, str] = {}
        for line in lines_of(readings):
            head, _, rest = line.partition(" ")
            if head[0].isdigit():
                rows.append(rest)
            else:
                others.update(dict.fromkeys(rest, head))
        return cls(usual="".join(rows), others=others, phrases=phrases_from(phrases))

    def of(self, text: str) -> str:
        """Return all spellings of ``text``, blank-separated, for an index."""
        return " ".join(self.spellings(text))

    def units(self, text: str) -> tuple[str, ...]:
        """Return the possible initials of each character, best first.

        Latin letters and digits stand for themselves, in lower case. Everything else, and a
        character too rare for the table, has none and is left out.
        """
        found: list[str] = []
        at = 0
        while at < len(text):
            phrase, initials = self._phrase_at(text, at)
            for character, initial in zip(phrase, initials, strict=True):
                found.append(initial + self._unit(character).replace(initial, ""))
            if phrase:
                at += len(phrase)
                continue
            unit = self._unit(text[at])
            if unit:
                found.append(unit)
            at += 1
        return tuple(found)

    def spellings(self, text: str) -> tuple[str, ...]:
        """Return the spellings of ``text``, the usual one first, at most ``MOST_ALTERNATIVES``.

        A text without any readable character has the one empty spelling.
        """
        units = list(self.units(text))
        count = 1
        for place, unit in enumerate(units):
            if count * len(unit) > MOST_ALTERNATIVES:
                units[place] = unit[0]
            count *= len(units[place])
        return tuple("".join(letters) for letters in product(*units))

    def matches(self, query: str, text: str) -> bool:
        """Whether ``query``, letters and digits, is part of some spelling of ``text``."""
        return position_in(query.casefold(), self.units(text)) is not None

    def _unit(self, character: str) -> str:
        if character.isascii():
            return character.casefold() if character.isalnum() else ""
        place = ord(character) - FIRST
        letter = self.usual[place] if 0 <= place < len(self.usual) else NO_READING
        return letter.strip(NO_READING) + self.others.get(character, "")

    def _phrase_at(self, text: str, at: int) -> tuple[str, str]:
        for phrase, initials in self.phrases.get(text[at], ()):
            if text.startswith(phrase, at):
                return phrase, initials
        return "", ""


def phrases_from(text: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return phrases and their initials by first character, the longest first.

    Raises:
        BadInput: a line does not say one letter for each character.
    """
    by_first: dict[str, list[tuple[str, str]]] = {}
    for line in lines_of(text):
        phrase, _, initials = line.partition(" ")
        if len(phrase) != len(initials) or not (initials.isascii() and initials.isalpha()):
            raise BadInput(
                f"拼音词表里“{line}”写得不对，没有采用。每个字要对应一个字母，中间空一格"
            )
        by_first.setdefault(phrase[0], []).append((phrase, initials.casefold()))
    return {
        first: tuple(sorted(found, key=lambda pair: -len(pair[0])))
        for first, found in by_first.items()
    }


def position_in(query: str, units: Sequence[str]) -> int | None:
    """Return where ``query``, in lower case, first fits ``units``; None where it does nowhere."""
    size = len(query)
    for at in range(len(units) - size + 1):
        if all(letter in unit for letter, unit in zip(query, units[at : at + size], strict=True)):
            return at
    return None


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a table, without remarks and empty ones."""
    for line in text.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield stripped
