"""Where in a long text each sound stands: one large integer for each, with a bit for each place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from clerk.domain.sounds import Sounds, split_syllable

_MOST_SETS: Final = 250
_BEFORE: Final = 255
"""Number of what stands before a begin; it has no sound."""


def sound_places(
    text: str, sounds: Sounds, before: str
) -> tuple[Mapping[str, int], Mapping[str, int], int]:
    """Return where each onset (声母), each rime (韵母) and the begin of a name stands in a text.

    A name begins behind each character ``before``.
    """
    onsets, rimes = _Sets(), _Sets()
    table: dict[int, int] = {}
    for character in set(text):
        split = [split_syllable(syllable) for syllable in sounds.of(character)]
        onset = onsets.number(frozenset(onset for onset, _ in split))
        table[ord(character)] = onset | rimes.number(frozenset(rime for _, rime in split)) << 8
    table[ord(before)] = _BEFORE
    read = text.translate(table).encode("utf-16-le", "surrogatepass")
    # every eighth place is the same bit of its byte
    of_onsets, of_rimes = ([read[first::16] for first in range(at, 16, 2)] for at in (0, 1))
    found = onsets.places(of_onsets)
    for phrase, initials in sounds.phrases:
        for there in re.finditer(re.escape(phrase), text):
            for place, initial in enumerate(initials, start=there.start()):
                found[initial] = found.get(initial, 0) | 1 << place
    return found, rimes.places(of_rimes), _places(of_onsets, (_BEFORE,)) << 1


class _Sets:
    """The sets of sounds that characters may have, by number.

    So many different ones that a byte cannot tell them apart share one that has every sound.
    """

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}

    def number(self, has: frozenset[str]) -> int:
        return self._numbers.setdefault(has, min(len(self._numbers), _MOST_SETS))

    def places(self, eighths: Sequence[bytes]) -> dict[str, int]:
        """Return the places of all characters that may have a sound, by sound."""
        found: dict[str, int] = {}
        for sound in frozenset[str]().union(*self._numbers):
            has = {number for one, number in self._numbers.items() if sound in one}
            found[sound] = _places(eighths, has | {_MOST_SETS})
        return found


def _places(eighths: Sequence[bytes], numbers: Iterable[int]) -> int:
    found = 0
    for bit, read in enumerate(eighths):
        table = bytearray(256)
        for number in numbers:
            table[number] = 1 << bit
        found |= int.from_bytes(read.translate(table), "little")
    return found
