"""Some thousand lines of the catalogue, laid out so that a key press can look through all of them.

Names stand in one long text. For every sound (声母, 韵母) one large integer has a bit for each place
of that text, so that a spelled word is found at all places at once by shifting and masking: 100,000
lines take less than a millisecond, and a slip costs only some shifts more.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.sounds import Sounds, SoundUnit, SpelledWord, split_syllable

LINES: Final = 12_000
"""Lines of one shard: its integers have some 15 kB, which a processor's first cache holds."""

_LINE = "\x1e"
_FIELD = "\x1f"
_NAME = "\n"
_BRACKETS = re.compile("[()（）\\[\\]【】「」《》“”\"'\\-—_·、，,。:：;；/ \\t\u3000]")
_WORDY = re.compile(r"[^0-9]+")
_FEW: Final = 400
"""So many places are compared one by one; more are looked for by reading on."""
_MOST_SETS: Final = 250
_EVERYWHERE: Final = -1
_FILLED: Final = bytes((0, *[1] * 255))
"""Makes every byte with a bit the same, so that the next one is found at once."""


def plain(text: str) -> str:
    """Return a text as it is compared: one width, lower case, without brackets and dashes."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def name_part(window: str) -> str:
    """Return what of some characters of the joined names belongs to the first name."""
    return window.partition(_NAME)[0]


class _Joined:
    """One text of each line, joined; every line begins at one of ``starts``."""

    __slots__ = ("starts", "text")

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = plain(_LINE + _LINE.join(texts) + _LINE)
        self.starts = array("I", (found.start() for found in re.finditer(_LINE, self.text)))

    def lines(self, part: str) -> Iterator[int]:
        """Yield the number of each line with this part, in order."""
        text, starts = self.text, self.starts
        at = text.find(part)
        while at >= 0:
            line = bisect_right(starts, at) - 1
            yield line
            at = text.find(part, starts[line + 1])

    def of(self, line: int) -> str:
        """Return the text of a line."""
        return self.text[self.starts[line] + 1 : self.starts[line + 1]]


class _Heard(NamedTuple):
    """A word as a shard heard it last: where each rest of it may begin, and each character."""

    word: SpelledWord | None
    fits: Sequence[int]
    masks: dict[int, int]


class CatalogueShard:
    """The lines with their names, codes and sounds; numbers of lines count from 0."""

    __slots__ = (
        "_begins",
        "_codes",
        "_ends",
        "_heard",
        "_names",
        "_onsets",
        "_records",
        "_rimes",
        "_wordy",
    )

    def __init__(self, lines: Sequence[CatalogueLine], sounds: Sounds) -> None:
        records = [_record(line).encode() for line in lines]
        self._records = b"".join(records)
        self._ends = array("I")
        end = 0
        for record in records:
            end += len(record)
            self._ends.append(end)
        self._names = _Joined(_below(line.name, *line.aliases) for line in lines)
        self._codes = _Joined(_below(*_longest(line.codes)) for line in lines)
        self._wordy = _Joined(_below(*filter(_WORDY.fullmatch, line.codes)) for line in lines)
        self._heard = _Heard(None, (), {})
        self._hear(sounds)

    def __len__(self) -> int:
        return len(self._ends)

    def line(self, number: int) -> CatalogueLine:
        """Return a line as it came, without its codes."""
        code, version, state, begin, end, body, phone, traits, name, *aliases = self._record(number)
        law_kind, use_level, offline = traits.split(_NAME)
        return CatalogueLine(
            item_code=code,
            version=int(version),
            name=name,
            state_code=state,
            effective_on=date.fromisoformat(begin),
            ended_on=date.fromisoformat(end) if end else None,
            aliases=tuple(aliases),
            body=body,
            phone=phone,
            law_kind=law_kind,
            use_level=use_level,
            offline=bool(offline),
        )

    def item_code(self, number: int) -> str:
        """Return the item's code of a line."""
        return self._record(number)[0]

    def names(self, number: int) -> list[str]:
        """Return the names of a line as they are compared, the item's own first."""
        return self._names.of(number).split(_NAME)[1:]

    def codes(self, number: int) -> list[str]:
        """Return the codes of a line as they are compared; none that is part of another."""
        return self._codes.of(number).split(_NAME)[1:]

    def named(self, part: str, *, begin: bool = False, end: bool = False) -> Iterator[int]:
        """Yield the lines with a name that has this part, or that begins or ends with it."""
        return self._names.lines(_NAME * begin + part + _NAME * end)

    def has(self, number: int, parts: Iterable[str]) -> bool:
        """Whether the names of a line have all these parts."""
        text, begin, end = self._names.text, *self._names.starts[number : number + 2]
        return all(text.find(part, begin, end) >= 0 for part in parts)

    def pairs(self) -> set[int]:
        """Return every two neighbours in the names."""
        return _pairs(self._names.text)

    def count(self, part: str) -> int:
        """Return how often this stands in the names."""
        return self._names.text.count(part)

    def coded(self, part: str) -> Iterator[int]:
        """Yield the lines with a code that has this part; letters alone are no part of numbers."""
        joined = self._wordy if _WORDY.fullmatch(part) else self._codes
        return joined.lines(part)

    def heard(
        self, word: SpelledWord, *, begin: bool = False, end: bool = False, literal: bool = False
    ) -> Iterator[int]:
        """Yield the lines that may have a name with this sound.

        Args:
            word: what was typed; a sound may be too many.
            begin: a name must begin so.
            end: it must end behind as many characters as were typed.
            literal: what stands there must be what was typed; sound is only the quick way to it.
        """
        found = self.places(word)
        if begin:
            found &= self._begins
        if end:
            found &= self._begins >> len(word.text) + 1
        if literal and not begin and found.bit_count() > _FEW:
            yield from self._names.lines(word.text)
            return
        last = -1
        for place in bits(found):
            if literal and not self._names.text.startswith(word.text, place):
                continue
            line = self.line_at(place)
            if line != last:
                yield line
            last = line

    def places(self, word: SpelledWord) -> int:
        """Return a bit for each place where the word may begin; a sound may be too many."""
        return self._listened(word).fits[0]

    def _listened(self, word: SpelledWord) -> "_Heard":
        """Return where each rest of a word may begin; kept, for a miss is looked at once more."""
        if self._heard.word == word:
            return self._heard
        size = len(word.text)
        fits, masks = [0] * size + [_EVERYWHERE], dict[int, int]()
        for at in range(size - 1, -1, -1):
            for behind, unit in word.edges[at]:
                if fits[behind]:
                    mask = self._mask(unit)
                    if behind == at + 1:
                        masks[at] = mask
                    there = mask & (fits[behind] >> 1)
                    fits[at] = fits[at] | there if fits[at] else there
        self._heard = _Heard(word, fits, masks)
        return self._heard

    def near(self, word: SpelledWord, *, exchanged: bool) -> int:
        """Return where all characters of a word but one sound so.

        One may be wrong, left out or too many, or ``exchanged`` with its neighbour. The word has
        one way to be read, character by character (``Sounds.each``).
        """
        heard = self._listened(word)
        fits, masks = heard.fits, heard.masks
        slipped = further = _EVERYWHERE
        for at in range(len(word.text) - 1, -1, -1):
            if at not in masks:  # nothing fits behind it
                masks[at] = self._mask(word.edges[at][0][1])
            slips = (masks[at] & (slipped >> 1)) | further | fits[at + 1]
            further = fits[at] >> 1
            if at:
                slips |= further
            if exchanged and at + 2 < len(fits):
                slips |= masks[at + 1] & ((masks[at] & (fits[at + 2] >> 1)) >> 1)
            slipped = slips
        return slipped

    def windows(self, places: Iterable[int], size: int) -> list[str]:
        """Return ``size`` characters from each place on; ``name_part`` ends them with the name."""
        text = self._names.text
        return [text[place : place + size] for place in places]

    def line_at(self, place: int) -> int:
        """Return the number of the line at a place."""
        return bisect_right(self._names.starts, place) - 1

    def _record(self, number: int) -> list[str]:
        begin = self._ends[number - 1] if number else 0
        return self._records[begin : self._ends[number]].decode().split(_FIELD)

    def _hear(self, sounds: Sounds) -> None:
        """Make the integers: each set of onsets a character may have is one byte at its place."""
        text = self._names.text
        characters = set(text)
        onsets: dict[str, frozenset[str]] = {}
        rimes: dict[str, frozenset[str]] = {}
        for character in characters:
            split = [split_syllable(syllable) for syllable in sounds.of(character)]
            onsets[character] = frozenset(onset for onset, _ in split)
            rimes[character] = frozenset(rime for _, rime in split)
        self._onsets = _masks(text, onsets)
        self._rimes = _masks(text, rimes)
        for phrase, initials in sounds.phrases:
            for found in re.finditer(re.escape(phrase), text):
                for place, initial in enumerate(initials, start=found.start()):
                    self._onsets[initial] = self._onsets.get(initial, 0) | 1 << place
        begin = frozenset((_NAME,))
        self._begins = _masks(text, {_NAME: begin}).get(_NAME, 0) << 1

    def _mask(self, unit: SoundUnit) -> int:
        """Return a bit for each place whose character may be meant."""
        found = 0
        for onset, rime in unit.heard:
            places = self._onsets.get(onset, 0)
            if rime:
                places &= self._rimes.get(rime, 0)
            found = found | places if found else places  # to copy it costs as much as to join it
        return found


def known_pairs(shards: Iterable[CatalogueShard]) -> Sequence[int]:
    """Return every two neighbours in any name, in order: a word with two others stands nowhere."""
    return array("I", sorted(set[int]().union(*(shard.pairs() for shard in shards))))


def may_stand(word: str, known: Sequence[int]) -> bool:
    """Whether all neighbours of a word, which ``plain`` has been applied to, are ``known``."""
    for pair in _pairs(word):
        at = bisect_left(known, pair)
        if at == len(known) or known[at] != pair:
            return False
    return True


def _pairs(text: str) -> set[int]:
    """Return each two neighbouring units of a text in UTF-16 as one number."""
    units = text.encode("utf-16-le")
    found = set[int]()
    for begin in (0, 2):
        end = begin + (len(units) - begin) // 4 * 4
        found.update(array("I", units[begin:end]))
    return found


def bits(found: int) -> Iterator[int]:
    """Yield the places of all bits, byte by byte: a large integer is slow bit by bit."""
    read = found.to_bytes((found.bit_length() + 7) // 8, "little")
    filled = read.translate(_FILLED)
    number = filled.find(1)
    while number >= 0:
        left = read[number]
        while left:
            lowest = left & -left
            yield number * 8 + lowest.bit_length() - 1
            left ^= lowest
        number = filled.find(1, number + 1)


def _below(*texts: str) -> str:
    return _NAME + _NAME.join(map(_clean, texts)) + _NAME


def _clean(text: str) -> str:
    """Return a text without anything that would part it."""
    return text if text.isprintable() else " ".join(text.split())


def _record(line: CatalogueLine) -> str:
    ended = line.ended_on.isoformat() if line.ended_on else ""
    dates = (line.effective_on.isoformat(), ended)
    fields = (line.item_code, str(line.version), line.state_code, *dates, line.body, line.phone)
    traits = _NAME.join((_clean(line.law_kind), _clean(line.use_level), "1" * line.offline))
    named = map(_clean, (line.name, *line.aliases))
    return _FIELD.join((*map(_clean, fields), traits, *named))


def _longest(codes: Iterable[str]) -> list[str]:
    """Return the codes that are not part of another one of the same line."""
    found = ""
    for code in sorted(codes, key=len, reverse=True):
        if code not in found:
            found += _FIELD + code
    return found.split(_FIELD)[1:]


def _masks(text: str, sets: dict[str, frozenset[str]]) -> dict[str, int]:
    """Return for each sound the places of all characters that may have it.

    So many different sets that a byte cannot tell them apart share one that has every sound.
    """
    numbers: dict[frozenset[str], int] = {frozenset(): 0}
    table: dict[int, int] = dict.fromkeys(map(ord, set(text)), 0)
    for character, sounds in sets.items():
        table[ord(character)] = numbers.setdefault(sounds, min(len(numbers), _MOST_SETS))
    read = text.translate(table)[::-1].encode("latin-1")
    found: dict[str, int] = {}
    for sound in set[str]().union(*numbers):
        digits = bytearray(b"0" * 256)
        for sounds, number in numbers.items():
            if sound in sounds or number == _MOST_SETS:
                digits[number] = ord("1")
        found[sound] = int(read.translate(bytes(digits)), 2)
    return found
