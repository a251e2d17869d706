"""How a typed word answers the names and codes of one item, and which characters it found."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from clerk.domain.item_shard import plain
from clerk.domain.sounds import Readings, Sounds, SoundUnit, SpelledWord, is_letter
from clerk.values import dataclass

_SHORTEST_CODE: Final = 3
_USUAL: Final = 2
"""A character itself and its usual reading; the others are rare."""
_EVERYWHERE: Final = -1

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


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """A word of the query; one with Latin letters is spelled, others stand as they are.

    One that stands as it is ``is_heard`` where each of its characters has a sound: most have, a
    bracket has none. A word ``is_one_by_one`` that can only be read one character each. ``text`` is
    the word as it is compared.
    """

    text: str
    spelled: SpelledWord
    is_spelled: bool
    is_heard: bool
    may_be_code: bool
    is_one_by_one: bool

    @classmethod
    def of(cls, text: str, sounds: Sounds) -> "QueryWord":
        """Return a word that ``plain`` has been applied to."""
        spelled, is_spelled = sounds.spelled(text), any(map(is_letter, text))
        return cls(
            text=text,
            spelled=spelled,
            is_spelled=is_spelled,
            is_heard=not is_spelled and len(text) > 1 and all(map(sounds.of, text)),
            may_be_code=text.isascii() and len(text) >= _SHORTEST_CODE,
            is_one_by_one=sum(map(len, spelled.edges)) == len(text),
        )


class HeardName:
    """A name as it is matched; what each typed sound found in it is kept for the next key press."""

    __slots__ = (
        "_asked",
        "_begun",
        "_initials",
        "_places",
        "_rare",
        "_sounds",
        "_usual",
        "_written",
        "text",
    )

    def __init__(self, written: str, sounds: Sounds) -> None:
        self.text = plain(written)
        self._written = written
        self._sounds = sounds
        self._initials = ""
        self._usual: _Heard | None = None
        self._rare: _Heard | None = None
        self._places: Sequence[int] = ()
        self._asked: SpelledWord | None = None
        self._begun: tuple[int, bool] | None = None

    def begins(self, word: SpelledWord) -> tuple[int, bool] | None:
        """Return where a spelled word first begins, and whether as its characters usually sound."""
        if self._asked is word:  # asked twice at each key press: whether it is there, and where
            return self._begun
        heard, usual = self._usual or self._hear(), True
        self._asked, self._begun = word, (0, True)
        if not self._initials.startswith(word.text):
            found = heard.places(word)
            if not found and self._rare is not None:
                found, usual = self._rare.places(word), False
            self._begun = ((found & -found).bit_length() - 1, usual) if found else None
        return self._begun

    def span(self, word: QueryWord) -> Span | None:
        """Return what a word found, in the name as it is written; None where it found nothing."""
        at = self.text.find(word.text)
        end = at + len(word.text)
        if at < 0:
            begun = self.begins(word.spelled) if word.is_spelled else None
            if begun is None:
                return None
            at, usual = begun
            end = at + len(word.text)
            if not word.is_one_by_one:
                heard = self._usual if usual else self._rare
                end = heard.end(word.spelled, at) if heard else at
        places = self._places = self._places or self._placed()
        return places[at], places[end - 1] + 1

    def _hear(self) -> "_Heard":
        units = self._sounds.units(self.text)
        self._initials = "".join(readings[:_USUAL][-1][0] for readings in units)
        self._usual = _Heard([readings[:_USUAL] for readings in units])
        if any(len(readings) > _USUAL for readings in units):
            self._rare = _Heard(units)
        return self._usual

    def _placed(self) -> Sequence[int]:
        """Return for each character as it is compared its place in the name as it is written."""
        if self.text == self._written:
            return range(len(self.text))
        compared = (len(plain(character)) for character in self._written)
        return [place for place, number in enumerate(compared) for _ in range(number)]


class _Heard:
    """Where in a name a sound stands: an integer with a bit for each character that may be meant."""

    __slots__ = ("_begun", "_units", "_whole")

    def __init__(self, units: Sequence[Readings]) -> None:
        self._units = units
        self._whole: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        for place, readings in enumerate(units):
            here = 1 << place
            for reading in readings:
                self._whole[reading] = self._whole.get(reading, 0) | here
                self._begun[reading[0]] = self._begun.get(reading[0], 0) | here

    def places(self, word: SpelledWord) -> int:
        """Return a bit for each place where a spelled word begins."""
        whole, begun, edges = self._whole, self._begun, word.edges
        fits = [0] * len(edges) + [_EVERYWHERE]
        for at in range(len(edges) - 1, -1, -1):
            for behind, unit in edges[at]:
                rest = fits[behind]
                if not rest:
                    continue
                there = (whole if unit.whole else begun).get(unit.text)
                if there is None:
                    there = self._learn(unit)
                fits[at] |= there & rest >> 1
        return fits[0]

    def end(self, word: SpelledWord, place: int) -> int:
        """Return the end of a spelled word that begins at a place."""
        found = word.within(self._units[place:])
        return place + found[1] if found else place

    def _learn(self, unit: SoundUnit) -> int:
        """Return where a sound stands that was not asked for before."""
        if unit.whole:
            return 0
        found = sum(unit.fits(readings) << at for at, readings in enumerate(self._units))
        self._begun[unit.text] = found
        return found


def match(
    words: Sequence[QueryWord], names: Sequence[HeardName], codes: Sequence[str]
) -> ItemMatch | None:
    """Return how a line answers all words, the worst of them; None where one is not found."""
    closeness, usual = Closeness.EXACT, True
    for word in words:
        nearest, usually = _nearest(word, names, codes)
        if nearest is Closeness.GUESS:
            return None
        closeness = max(closeness, nearest)
        usual = usual and usually
    return _MATCHES[usual][closeness]


_MATCHES: Final = tuple(
    {closeness: ItemMatch(closeness=closeness, usual=usual) for closeness in Closeness}
    for usual in (False, True)
)


def _nearest(
    word: QueryWord, names: Sequence[HeardName], codes: Sequence[str]
) -> tuple[Closeness, bool]:
    """Return how close a word comes, and whether by usual readings; a guess where it does not."""
    text, found = word.text, Closeness.GUESS
    for name in names:
        if text in name.text:
            found = min(found, _of_text(text, name.text))
    if word.may_be_code:
        for code in codes:
            if text in code:
                found = min(found, _of_text(text, code))
    usual = True
    if word.is_spelled and found > Closeness.SPELLED_PREFIX:
        for name in names:
            begun = name.begins(word.spelled)
            if begun is None:
                continue
            heard = Closeness.SPELLED_INFIX if begun[0] else Closeness.SPELLED_PREFIX
            if heard < found or (heard is found and begun[1] and not usual):
                found, usual = heard, begun[1]
    return found, usual


def spans(words: Sequence[QueryWord], name: HeardName) -> tuple[Span, ...] | None:
    """Return what the words found in a name as it is written, None where one found nothing."""
    found: list[Span] = []
    for word in words:
        span = name.span(word)
        if span is None:
            return None
        found.append(span)
    return tuple(sorted(found))


def _of_text(part: str, text: str) -> Closeness:
    if part == text:
        return Closeness.EXACT
    return Closeness.PREFIX if text.startswith(part) else Closeness.INFIX
