"""How Chinese is spelled (拼音): the syllables of characters, and what typed letters may stand for.

Made for the names of items: ``initials`` of people and firms for the store's index stand in
``clerk.domain.pinyin``. Both come from one library's readings, at build time.
"""

import dataclasses
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from clerk.domain.pinyin import FIRST, lines_of, phrases_from
from clerk.values import dataclass, replace

ONSETS: Final = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsywaoe")
LONGEST_SYLLABLE: Final = 6
_CHARACTERS: Final = 0xA000 - FIRST

Readings = tuple[str, ...]
"""A character as it is matched: itself, then its syllables, the usual one first."""


@dataclass(frozen=True, slots=True)
class SoundUnit:
    """What stands for one character: a ``whole`` syllable or character, or the begin of one.

    ``heard`` lists what it may sound like, as onset and rime; any rime where that is None.
    """

    text: str
    whole: bool
    heard: tuple[tuple[str, str | None], ...] = ()

    def fits(self, readings: Readings) -> bool:
        """Whether a character with these readings may be meant."""
        if self.whole:
            return self.text in readings
        for reading in readings:  # noqa: SIM110  asked some thousand times at a key press
            if reading.startswith(self.text):
                return True
        return False


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """A typed word and every way to read it.

    ``edges`` holds for each place of ``text`` the units that may begin there, with the place
    behind each: ``xian`` is one character, or two, or begins with one of four initials.
    """

    text: str
    edges: tuple[tuple[tuple[int, SoundUnit], ...], ...]

    def within(self, units: Sequence[Readings]) -> tuple[int, int] | None:
        """Return first place and end of the first match in a name, None where there is none."""
        for start in range(len(units)):
            end = self._end(units, start)
            if end is not None:
                return start, end
        return None

    def _end(self, units: Sequence[Readings], start: int) -> int | None:
        places = {0}
        for at in range(start, len(units)):
            readings, reached = units[at], set[int]()
            for place in places:
                for behind, unit in self.edges[place]:
                    if unit.fits(readings):
                        reached.add(behind)
            if len(self.text) in reached:
                return at + 1
            if not reached:
                return None
            places = reached
        return None


class _Usual:
    """The usual syllable of each character, in 40 kB: a mapping of all would take two MiB."""

    __slots__ = ("_places", "_rare", "_syllables")

    def __init__(self, characters_of: Mapping[str, str]) -> None:
        self._syllables = ("", *characters_of)
        self._places = array("H", bytes(2 * _CHARACTERS))
        self._rare: dict[str, str] = {}
        for place, (syllable, characters) in enumerate(characters_of.items(), start=1):
            for character in characters:
                at = ord(character) - FIRST
                if 0 <= at < _CHARACTERS:
                    self._places[at] = place
                else:
                    self._rare[character] = syllable

    def of(self, character: str) -> str:
        """Return it; empty where there is none."""
        at = ord(character) - FIRST
        if 0 <= at < _CHARACTERS:
            return self._syllables[self._places[at]]
        return self._rare.get(character, "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)  # no value: it keeps what was asked
class Sounds:
    """The syllables of characters; ``phrases`` lists further initials that only a phrase has."""

    usual: _Usual
    others: Mapping[str, Readings]
    syllables: frozenset[str]
    beginnings: frozenset[str]
    phrases: tuple[tuple[str, str], ...] = ()
    asked: dict[str, Readings] = dataclasses.field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    """What was found once: all names together have some thousand characters."""
    typed: dict[str, SoundUnit] = dataclasses.field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    """What typed characters stand for: the next key press asks for most of them again."""

    @classmethod
    def read(cls, syllables: str, phrases: str = "") -> "Sounds":
        """Return the table that two files of ``resources/pinyin`` say.

        Args:
            syllables: lines of a syllable, a blank, and all characters that usually read so; a
                plus before the syllable where they read so as well.
            phrases: lines of a phrase, a blank, and one initial for each of its characters.

        Raises:
            BadInput: a line of ``phrases`` does not say one letter for each character.
        """
        usual: dict[str, str] = {}  # the characters of each syllable
        others: dict[str, Readings] = {}
        known: set[str] = set()
        for line in lines_of(syllables):
            head, _, characters = line.partition(" ")
            syllable = head.removeprefix("+")
            known.add(syllable)
            if head == syllable:
                usual[syllable] = usual.get(syllable, "") + characters
                continue
            for character in characters:
                others[character] = (*others.get(character, ()), syllable)
        plain = cls(
            usual=_Usual(usual),
            others=others,
            syllables=frozenset(known),
            beginnings=frozenset(one[:end] for one in known for end in range(2, len(one) + 1)),
        )
        listed = (pair for pairs in phrases_from(phrases).values() for pair in pairs)
        return replace(plain, phrases=tuple(pair for pair in listed if plain.is_odd(*pair)))

    def is_odd(self, phrase: str, initials: str) -> bool:
        """Whether a phrase has an initial that no reading of its character begins with."""
        return any(
            not SoundUnit(initial, whole=False).fits(self.of(character))
            for character, initial in zip(phrase, initials, strict=True)
        )

    def of(self, character: str) -> Readings:
        """Return the syllables of a character; a Latin letter or digit stands for itself."""
        found = self.asked.get(character)
        if found is None:
            found = self.asked[character] = self._look_up(character)
        return found

    def _look_up(self, character: str) -> Readings:
        if character.isascii():
            return (character,) if character.isalnum() else ()
        usual = self.usual.of(character)
        return (usual, *self.others.get(character, ())) if usual else ()

    def units(self, text: str) -> tuple[Readings, ...]:
        """Return every character of a text as it is matched."""
        found = [(character, *self.of(character)) for character in text]
        for phrase, initials in self.phrases:
            for begin in _places(text, phrase):
                for place, initial in enumerate(initials, start=begin):
                    found[place] = (*found[place], initial)
        return tuple(found)

    def spelled(self, word: str) -> SpelledWord:
        """Return every way to read a typed word: Chinese, initials, syllables, or mixed."""
        return SpelledWord(
            text=word, edges=tuple([self._beginning(word, at) for at in range(len(word))])
        )

    def each(self, word: str) -> SpelledWord:
        """Return a typed word of which each character stands for itself alone."""
        units = map(self.unit, word)
        return SpelledWord(
            text=word, edges=tuple(((at, unit),) for at, unit in enumerate(units, start=1))
        )

    def unit(self, character: str) -> SoundUnit:
        """Return what one typed character stands for by itself."""
        if is_letter(character):
            return _letter_unit(character)
        found = self.typed.get(character)
        if found is None:
            syllables = map(split_syllable, self.of(character))
            found = SoundUnit(character, whole=True, heard=tuple(syllables))
            self.typed[character] = found
        return found

    def _beginning(self, word: str, at: int) -> tuple[tuple[int, SoundUnit], ...]:
        first = (at + 1, self.unit(word[at]))
        if word[at : at + 2] not in self.beginnings:
            return (first,)
        found = [first]
        for end in range(at + 2, min(len(word), at + LONGEST_SYLLABLE) + 1):
            piece = word[at:end]
            if piece not in self.beginnings:
                break
            if end == len(word) or piece in ONSETS:
                found.append((end, _begun_unit(piece, self.syllables)))
            elif piece in self.syllables:
                found.append((end, syllable_unit(piece)))
        return tuple(found)


def is_letter(character: str) -> bool:
    """Whether this is a Latin letter, which may stand for a Chinese character."""
    return character.isascii() and character.isalpha()


def syllable_unit(syllable: str) -> SoundUnit:
    """Return a whole syllable that was typed."""
    return SoundUnit(syllable, whole=True, heard=(split_syllable(syllable),))


@lru_cache(maxsize=64)
def _letter_unit(letter: str) -> SoundUnit:
    onsets = [letter, *(onset for onset in ONSETS if onset == f"{letter}h")]
    return SoundUnit(letter, whole=False, heard=tuple((onset, None) for onset in onsets))


@lru_cache(maxsize=512)
def _begun_unit(piece: str, syllables: frozenset[str]) -> SoundUnit:
    """Return the begin of a syllable that was typed."""
    heard = sorted(split_syllable(one) for one in syllables if one.startswith(piece))
    return SoundUnit(piece, whole=False, heard=tuple(heard))


@lru_cache(maxsize=512)  # there are some 410
def split_syllable(syllable: str) -> tuple[str, str]:
    """Return onset (声母, or the first vowel) and rime (韵母) of a syllable."""
    for onset in ONSETS:
        if syllable.startswith(onset):
            return onset, syllable[len(onset) :]
    return syllable[:1], syllable[1:]


def _places(text: str, phrase: str) -> Iterator[int]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)
