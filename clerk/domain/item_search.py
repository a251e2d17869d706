"""Finding an item by its Chinese name, pinyin initials or code (搜事项).

Pure and small enough for every keystroke: a bureau has some thousand items. An item that cannot be
taken in today is found all the same and says why, so that nobody believes it does not exist.
"""

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from clerk.domain.pinyin import Initials
from clerk.domain.standard import ItemStandard

MOST_HITS: Final = 9
_SHORTEST_GUESS: Final = 3
_SHORTEST_CODE: Final = 3
_BRACKETS: Final = str.maketrans("", "", "()（）[]【】-—_·、，, \t\u3000")


class NotOffered(StrEnum):
    """Why an item cannot be taken in on a day."""

    NOT_YET = "not_yet"
    ENDED = "ended"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Closeness(IntEnum):
    """How well an item answers a query, best first."""

    EXACT = 0
    PREFIX = 1
    INITIALS_PREFIX = 2
    INFIX = 3
    INITIALS_INFIX = 4
    GUESS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHit:
    """An item that was found; ``not_offered`` is None where it may be taken in.

    ``day`` is the first day of an item that is not yet in force, the last one of an item that has
    ended. A ``GUESS`` is merely near to what was typed (您是不是要找).
    """

    item_code: str
    name: str
    closeness: Closeness = Closeness.EXACT
    not_offered: NotOffered | None = None
    day: date | None = None


class ItemSearch:
    """The catalogue as it is searched: any versions of any items."""

    def __init__(self, standards: Iterable[ItemStandard], initials: Initials) -> None:
        self._entries = tuple(_entry(standard, initials) for standard in standards)

    def current(self, item_code: str, on: date) -> ItemStandard:
        """Return the version of an item that counts on ``on``: the one that ``find`` names."""
        entries = (entry for entry in self._entries if entry.standard.item_code == item_code)
        return _current(entries, on)[0].standard

    def find(self, query: str, *, on: date, frequent: Sequence[str] = ()) -> tuple[ItemHit, ...]:
        """Return at most ``MOST_HITS`` items, the closest first, then those used most.

        Args:
            query: Chinese, initials or a code; several words must all be found. Empty finds all.
            on: the hall's day; of each item the version that counts on it is looked at.
            frequent: item codes, the most used at this window first.
        """
        words = [_word(part) for part in (_plain(part) for part in query.split()) if part]
        current = _current(self._entries, on)
        ranked = [(_rank(words, entry), entry) for entry in current]
        found = [(rank, entry) for rank, entry in ranked if rank is not None]
        if not found:
            typed = "".join(word.text for word in words)
            found = [(Closeness.GUESS, entry) for entry in current if _is_near(typed, entry)]
        place = {code: number for number, code in enumerate(frequent)}

        def order(ranked: tuple[Closeness, _Entry]) -> tuple[int, bool, int, int, str]:
            closeness, entry = ranked
            code, name = entry.standard.item_code, entry.standard.name
            in_force = entry.standard.in_force(on)
            return closeness, not in_force, place.get(code, len(place)), len(name), code

        nearest = heapq.nsmallest(MOST_HITS, found, key=order)
        return tuple(_hit(entry.standard, closeness, on) for closeness, entry in nearest)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A standard with its names and codes as they are compared."""

    standard: ItemStandard
    names: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    spelled: tuple[str, ...]
    """The units of each name with a comma behind each, for patterns."""
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query; ``pattern`` finds it among initials, None where it is Chinese."""

    text: str
    pattern: re.Pattern[str] | None


def _word(text: str) -> _Word:
    if not (text.isascii() and text.isalnum()):
        return _Word(text, None)
    units = "".join(f"[^,]*{letter}[^,]*," for letter in text)
    return _Word(text, re.compile(f"(?:^|(?<=,)){units}"))


def _entry(standard: ItemStandard, initials: Initials) -> _Entry:
    names = (standard.name, *standard.aliases)
    codes = (
        standard.task_code,
        standard.handle_item_code,
        standard.local_code,
        standard.catalog_code,
        standard.item_code,
    )
    units = tuple(initials.units(name) for name in names)
    return _Entry(
        standard=standard,
        names=tuple(_plain(name) for name in names),
        units=units,
        spelled=tuple("".join(f"{unit}," for unit in spelled) for spelled in units),
        codes=tuple(_plain(code) for code in codes if code),
    )


def why_not_offered(standard: ItemStandard, on: date) -> NotOffered | None:
    """Return why this version may not be taken in on ``on``, None where it may."""
    if standard.state.code == "3":
        return NotOffered.CANCELLED
    if standard.ended_on is not None and standard.ended_on < on:
        return NotOffered.ENDED
    if standard.state.code != "1":
        return NotOffered.SUSPENDED
    return NotOffered.NOT_YET if standard.effective_on > on else None


def _hit(standard: ItemStandard, closeness: Closeness, on: date) -> ItemHit:
    reason = why_not_offered(standard, on)
    days = {NotOffered.NOT_YET: standard.effective_on, NotOffered.ENDED: standard.ended_on}
    return ItemHit(
        item_code=standard.item_code,
        name=standard.name,
        closeness=closeness,
        not_offered=reason,
        day=days.get(reason) if reason else None,
    )


def _current(entries: Iterable[_Entry], on: date) -> list[_Entry]:
    """Return of each item the version in force, else the next to come, else the last that was."""
    best: dict[str, tuple[tuple[int, int], _Entry]] = {}
    for entry in entries:
        standard = entry.standard
        if standard.in_force(on):
            merit = (2, standard.version)
        elif standard.effective_on > on:
            merit = (1, -standard.effective_on.toordinal())
        else:
            merit = (0, standard.version)
        held = best.get(standard.item_code)
        if held is None or merit > held[0]:
            best[standard.item_code] = (merit, entry)
    return [entry for _, entry in best.values()]


def _rank(words: Sequence[_Word], entry: _Entry) -> Closeness | None:
    """Return the closeness of the worst word, None where one is not found at all."""
    worst = Closeness.EXACT
    for word in words:
        closeness = min(_closenesses(word, entry), default=None)
        if closeness is None:
            return None
        worst = max(worst, closeness)
    return worst


def _closenesses(word: _Word, entry: _Entry) -> Iterator[Closeness]:
    yield from _of_text(word.text, entry.names)
    if word.pattern is None:
        return
    if len(word.text) >= _SHORTEST_CODE:
        yield from _of_text(word.text, entry.codes)
    for spelled in entry.spelled:
        fits = word.pattern.search(spelled)
        if fits is not None:
            yield Closeness.INITIALS_INFIX if fits.start() else Closeness.INITIALS_PREFIX


def _of_text(word: str, texts: Iterable[str]) -> Iterator[Closeness]:
    for text in texts:
        if text == word:
            yield Closeness.EXACT
        elif text.startswith(word):
            yield Closeness.PREFIX
        elif word in text:
            yield Closeness.INFIX


def _plain(text: str) -> str:
    """Return a text as it is compared: one width, lower case, without brackets and dashes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_BRACKETS)


def _is_near(typed: str, entry: _Entry) -> bool:
    if len(typed) < _SHORTEST_GUESS or typed.isdigit():
        return False
    texts: tuple[Sequence[str], ...] = entry.units if typed.isascii() else entry.names
    spelled = entry.spelled if typed.isascii() else entry.names
    return any(
        within_one_slip(typed, text[at : at + length])
        for text, letters in zip(texts, spelled, strict=True)
        if _can_be_near(typed, letters)
        for length in (len(typed), len(typed) - 1, len(typed) + 1)
        for at in range(len(text) - length + 1)
    )


def _can_be_near(typed: str, letters: str) -> bool:
    """Whether all characters but one occur as often as typed: spares most the careful look."""
    there = sum(min(typed.count(one), letters.count(one)) for one in set(typed))
    return there >= len(typed) - 1


def within_one_slip(typed: str, wanted: Sequence[str]) -> bool:
    """Whether one slip at most lies between what was typed and what was meant.

    A slip is one character wrong, left out, too many, or exchanged with its neighbour. Each unit
    of ``wanted`` holds every character that would be right at its place.
    """
    same = 0
    while same < min(len(typed), len(wanted)) and typed[same] in wanted[same]:
        same += 1
    rest, meant = typed[same:], wanted[same:]
    if len(rest) == len(meant):
        return (
            not rest
            or _same(rest[1:], meant[1:])
            or (
                len(rest) > 1
                and rest[0] in meant[1]
                and rest[1] in meant[0]
                and _same(rest[2:], meant[2:])
            )
        )
    if len(rest) == len(meant) + 1:
        return _same(rest[1:], meant)
    return len(rest) + 1 == len(meant) and _same(rest, meant[1:])


def _same(typed: str, wanted: Sequence[str]) -> bool:
    return len(typed) == len(wanted) and all(
        character in unit for character, unit in zip(typed, wanted, strict=True)
    )
