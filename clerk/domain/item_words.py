"""How a typed word answers the names and codes of one item, and which characters it found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from clerk.domain.item_shard import plain
from clerk.domain.sounds import Readings, Sounds, SpelledWord, is_letter

_SHORTEST_CODE: Final = 3

Heard = Callable[[str], Sequence[Readings]]
"""Gives every character of a name as it is matched, see ``Sounds.units``."""

Span = tuple[int, int]
"""First place and end of what was found in a name."""


class Closeness(IntEnum):
    """How well an item answers a query, best first; spelled is by initials or syllables."""

    EXACT = 0
    PREFIX = 1
    SPELLED_PREFIX = 2
    INFIX = 3
    SPELLED_INFIX = 4
    GUESS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMatch:
    """How close, and whether by the usual readings of the characters."""

    closeness: Closeness
    usual: bool = True


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the query; one with Latin letters is spelled, others stand as they are.

    A word ``is_heard`` where each of its characters has a sound: most have, a bracket has none.
    """

    spelled: SpelledWord
    is_spelled: bool
    is_heard: bool
    may_be_code: bool

    @property
    def text(self) -> str:
        """The word as it is compared."""
        return self.spelled.text

    @classmethod
    def of(cls, text: str, sounds: Sounds) -> "QueryWord":
        """Return a word that ``plain`` has been applied to."""
        return cls(
            spelled=sounds.spelled(text),
            is_spelled=any(map(is_letter, text)),
            is_heard=len(text) > 1 and all(map(sounds.of, text)),
            may_be_code=text.isascii() and len(text) >= _SHORTEST_CODE,
        )


def match(
    words: Sequence[QueryWord], names: Sequence[str], codes: Sequence[str], heard: Heard
) -> ItemMatch | None:
    """Return how a line answers all words, the worst of them; None where one is not found."""
    closeness, usual = Closeness.EXACT, True
    units: list[Sequence[Readings]] = []
    for word in words:
        found = [ItemMatch(closeness=one) for one in _of_text(word.text, names)]
        if word.may_be_code:
            found += [ItemMatch(closeness=one) for one in _of_text(word.text, codes)]
        if word.is_spelled:
            units = units or [heard(name) for name in names]
            found += _of_sounds(word.spelled, units)
        if not found:
            return None
        best = min(found, key=lambda one: (one.closeness, not one.usual))
        closeness, usual = max(closeness, best.closeness), usual and best.usual
    return ItemMatch(closeness=closeness, usual=usual)


def spans(words: Sequence[QueryWord], name: str, heard: Heard) -> tuple[Span, ...] | None:
    """Return what the words found in a name as it is written, None where one found nothing."""
    if not words:
        return ()
    text, places = _with_places(name)
    units = heard(text) if any(word.is_spelled for word in words) else ()
    found: list[Span] = []
    for word in words:
        at = text.find(word.text)
        span = (at, at + len(word.text)) if at >= 0 else None
        if span is None and word.is_spelled:
            span = word.spelled.within(_usual(units)) or word.spelled.within(units)
        if span is None:
            return None
        found.append((places[span[0]], places[span[1] - 1] + 1))
    return tuple(sorted(found))


def _with_places(name: str) -> tuple[str, Sequence[int]]:
    """Return a name as it is compared, and for each character its place in the name."""
    if plain(name) == name:
        return name, range(len(name))
    text = ""
    places: list[int] = []
    for place, character in enumerate(name):
        compared = plain(character)
        text += compared
        places += [place] * len(compared)
    return text, places


def _of_text(word: str, texts: Iterable[str]) -> Iterator[Closeness]:
    for text in texts:
        if text == word:
            yield Closeness.EXACT
        elif text.startswith(word):
            yield Closeness.PREFIX
        elif word in text:
            yield Closeness.INFIX


def _of_sounds(word: SpelledWord, names: Iterable[Sequence[Readings]]) -> Iterator[ItemMatch]:
    for units in names:
        usual = word.within(_usual(units))
        found = usual or word.within(units)
        if found is not None:
            inside = Closeness.SPELLED_INFIX if found[0] else Closeness.SPELLED_PREFIX
            yield ItemMatch(closeness=inside, usual=usual is not None)


def _usual(units: Sequence[Readings]) -> list[Readings]:
    return [readings[:2] for readings in units]
