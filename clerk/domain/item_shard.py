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
from functools import cache
from itertools import accumulate, chain, count
from operator import add
from typing import Final

from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.item_sounds import sound_places
from clerk.domain.sounds import Sounds, SoundUnit, SpelledWord
from clerk.values import dataclass

LINES: Final = 12_000
"""Lines of one shard: its integers have some 15 kB, which a processor's first cache holds."""

_LINE = "\x1e"
_FIELD = "\x1f"
_NAME = "\n"
_NAMED: Final = 10
"""So many fields of a record stand before its names."""
_BRACKETS = re.compile("[()（）\\[\\]【】「」《》“”\"'\\-—_·、，,。:：;；/ \\t\u3000]")
_WORDY = re.compile(r"[^0-9]+")
_DIGITS: Final = tuple("0123456789")
_FEW: Final = 400
"""So many places are compared one by one; more are looked for by reading on."""
_EVERYWHERE: Final = -1
_AT_ONCE: Final = 400
"""So many lines are gone through as one; of all of them at once nobody else would get a turn."""
_FIRST_PART: Final = 1_000
_PART: Final = 20_000
"""So many bits are looked through as one; their highest is known at once."""


def plain(text: str) -> str:
    """Return a text as it is compared: one width, lower case, without brackets and dashes."""
    bare = _BRACKETS.sub("", text)  # mostly all else is of one width, which is quickly seen
    made = unicodedata.normalize("NFKC", bare)
    return (made if made == bare else _BRACKETS.sub("", made)).casefold()


def name_part(window: str) -> str:
    """Return what of some characters of the joined names belongs to the first name."""
    return window.partition(_NAME)[0]


class _Joined:
    """One text of each line, joined; every line begins at one of ``starts``."""

    __slots__ = ("starts", "text")

    def __init__(self, texts: Sequence[str]) -> None:
        some = (texts[begin : begin + _AT_ONCE] for begin in range(0, len(texts), _AT_ONCE))
        self.text = "".join(plain(_LINE + _LINE.join(part)) for part in some) + _LINE
        ends = accumulate(map(len, self.text.split(_LINE)[:-1]))
        self.starts = array("I", map(add, ends, count()))

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


@dataclass(frozen=True, slots=True)
class _Heard:
    """Where each rest of a word may begin, the same one place further on, and each character."""

    word: SpelledWord
    fits: Sequence[int]
    further: Sequence[int]
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
        kept = _clean([_kept(line) for line in lines])
        codes = _clean([line.codes for line in lines])
        records = [_FIELD.join(fields).encode() for fields in kept]
        self._records = b"".join(records)
        self._ends = array("I", accumulate(map(len, records)))
        self._names = _Joined([_below(fields[_NAMED:]) for fields in kept])
        self._codes = _Joined([_below(_longest(some)) for some in codes])
        self._wordy = _Joined([_below(filter(_is_wordy, some)) for some in codes])
        self._heard: tuple[SpelledWord | None, int] = (None, 0)
        self._onsets, self._rimes, self._begins = sound_places(self._names.text, sounds, _NAME)

    def __len__(self) -> int:
        return len(self._ends)

    def line(self, number: int) -> CatalogueLine:
        """Return a line as it came, without its codes."""
        code, version, state, begin, end, *fields = self._record(number)
        body, phone, law_kind, use_level, offline, name, *aliases = fields
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
        joined = self._wordy if _is_wordy(part) else self._codes
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
        """Return a bit for each place where the word may begin; a sound may be too many.

        Kept, for a miss is looked at once more.
        """
        if self._heard[0] != word:
            self._heard = word, self.listened(word).fits[0]
        return self._heard[1]

    def listened(self, word: SpelledWord) -> _Heard:
        """Return where a word may begin, as ``fits[0]``, and what ``near`` needs besides."""
        size = len(word.text)
        fits, further = ([0] * size + [_EVERYWHERE] for _ in range(2))
        masks = dict[int, int]()
        for at in range(size - 1, -1, -1):
            for behind, unit in word.edges[at]:
                if fits[behind]:
                    mask = self._mask(unit)
                    if behind == at + 1:
                        masks[at] = mask
                    there = mask & further[behind] if behind < size else mask
                    fits[at] = fits[at] | there if fits[at] else there
            further[at] = fits[at] >> 1 if at else 0
        return _Heard(word, fits, further, masks)

    def near(self, heard: _Heard, *, exchanged: bool) -> int:
        """Return where all characters of a word but one sound so, or all of them.

        One may be wrong, left out or too many, or ``exchanged`` with its neighbour. The word has
        one way to be read, character by character (``Sounds.each``).
        """
        word, fits, further, masks = heard.word, heard.fits, heard.further, heard.masks
        slipped = _EVERYWHERE  # the last character may be wrong
        for at in range(len(word.text) - 2, -1, -1):
            if at not in masks:  # nothing fits behind it
                masks[at] = self._mask(word.edges[at][0][1])
            slips = further[at + 1] | fits[at + 1] | further[at]
            if exchanged:
                slips |= masks[at + 1] & ((masks[at] & further[at + 2]) >> 1)
            slipped = (masks[at] & (slipped >> 1)) | slips
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
    """Yield the places of all bits, part by part: a large integer is slow bit by bit.

    The first parts are small: of a common begin only the first few places are wanted.
    """
    begin, size, end = 0, _FIRST_PART, found.bit_length()
    while begin < end:
        part = (found & _ones(begin + size)) >> begin
        places: list[int] = []
        while part:
            place = part.bit_length() - 1
            part ^= 1 << place
            places.append(begin + place)
        yield from reversed(places)
        begin, size = begin + size, min(2 * size, _PART)


@cache
def _ones(number: int) -> int:
    return (1 << number) - 1


def _below(texts: Iterable[str]) -> str:
    return f"{_NAME}{_NAME.join(texts)}{_NAME}"


def _clean(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return texts without anything that would part them; mostly there is nothing of that kind."""
    found: list[Sequence[str]] = []
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        if not "".join(chain.from_iterable(some)).isprintable():
            some = [
                [one if one.isprintable() else " ".join(one.split()) for one in row] for row in some
            ]
        found += some
    return found


def _kept(line: CatalogueLine) -> Sequence[str]:
    """Return what is kept of a line, from ``_NAMED`` on its names."""
    return (
        line.item_code,
        str(line.version),
        line.state_code,
        line.effective_on.isoformat(),
        line.ended_on.isoformat() if line.ended_on else "",
        line.body,
        line.phone,
        line.law_kind,
        line.use_level,
        "1" * line.offline,
        line.name,
        *line.aliases,
    )


def _is_wordy(code: str) -> bool:
    """Whether a code has no digit; most end with one."""
    return not code.endswith(_DIGITS) and _WORDY.fullmatch(code) is not None


def _longest(codes: Sequence[str]) -> list[str]:
    """Return the codes that are not part of another one of the same line."""
    joined = _FIELD.join(dict.fromkeys(codes))
    return [code for code in codes if joined.count(code) == 1]
