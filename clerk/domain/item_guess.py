"""What may have been meant where nothing was found (您是不是要找): one slip, or a similar sound."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import islice, pairwise
from typing import Final

from clerk.domain.item_shard import LINES, CatalogueShard, bits, name_part
from clerk.domain.sounds import (
    LONGEST_SYLLABLE,
    Sounds,
    SoundUnit,
    SpelledWord,
    is_letter,
    syllable_unit,
)
from clerk.values import dataclass

SHORTEST: Final = 3
"""Of fewer characters one wrong would leave too little to go by."""
MOST_GUESSES: Final = 48
_MOST_PLACES: Final = 300
_ENOUGH: Final = 9
_CODE_DIGITS: Final = 4
"""With so many digits a code was meant, and a wrong code is another item's."""
_SOUNDS_ALIKE: Final = 0.5
"""The nearest: the right sound is the commonest mistake of an input method."""
_KEPT: Final = 0.6
"""A character left out, doubled or exchanged with its neighbour; all that was meant is there."""
_WRONG: Final = 1.0
_FAR: Final = 2.0
_SIMILAR: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("h", "f"))
"""What many speakers do not tell apart, in the order in which it is made one."""


@dataclass(slots=True)
class _Phrase:
    """What stands where something near was found: how near, how often, and its first places.

    A place is the number of a shard, and the one within its names.
    """

    text: str
    slips: float
    times: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)


def guesses(
    typed: str, shards: Sequence[CatalogueShard], sounds: Sounds, used: CatalogueShard
) -> Iterator[tuple[int, bool]]:
    """Yield lines with something near, the nearest first, of each phrase one before the others.

    Args:
        typed: all that was typed, as it is compared.
        shards: the catalogue.
        sounds: how characters are read.
        used: items used much at this window; a line of theirs stands for its phrase.

    Yields:
        The number of a line, and whether it is one of ``used``.
    """
    if len(typed) < SHORTEST or sum(map(str.isdigit, typed)) >= _CODE_DIGITS:
        return
    near = _near(typed, shards, sounds)
    ranked = sorted(near, key=lambda one: (one.slips, -one.times))
    nearest = [(one, next(used.named(one.text), None)) for one in ranked[:MOST_GUESSES]]
    nearest.sort(key=lambda pair: (pair[0].slips, pair[1] is None))
    for phrase, line in nearest:
        yield (_number(shards, *phrase.places[0]), False) if line is None else (line, True)
    for phrase, _ in nearest:
        yield from ((_number(shards, *place), False) for place in phrase.places)


def _number(shards: Sequence[CatalogueShard], at: int, place: int) -> int:
    return at * LINES + shards[at].line_at(place)


def _near(typed: str, shards: Sequence[CatalogueShard], sounds: Sounds) -> Iterable[_Phrase]:
    """Return whatever is near, by what stands there: what sounds alike is enough if there is much.

    Shard by shard: a processor has at hand what it has just looked at.
    """
    letters = all(map(is_letter, typed))
    each = sounds.each(typed)
    heard = _similar(typed, sounds) if letters else sounds.spelled(typed)
    near = _Near(typed, shards)
    alike: list[int] = []
    slipped: list[int] = []
    for at, shard in enumerate(shards):
        listened = shard.listened(heard)
        alike.append(listened.fits[0])
        near.take(at, alike[at], most=_SOUNDS_ALIKE)
        if near.times < _ENOUGH:
            by_each = listened if heard == each else shard.listened(each)
            slipped.append(shard.near(by_each, exchanged=letters))
    if near.times < _ENOUGH:
        for at, (found, other) in enumerate(zip(slipped, alike, strict=True)):
            near.take(at, found ^ (found & other), most=_WRONG)
    return near.phrases.values()


class _Near:
    """Collects what stands at places where something near was found."""

    def __init__(self, typed: str, shards: Sequence[CatalogueShard]) -> None:
        self._typed = typed
        self._shards = shards
        self._by_window: dict[str, _Phrase | None] = {}
        self.phrases: dict[str, _Phrase] = {}
        self.times = 0

    def take(self, at: int, found: int, *, most: float) -> None:
        """Take the first places that were found in a shard, as no more than ``most`` slips."""
        if not found:
            return
        places = list(islice(bits(found), _MOST_PLACES // len(self._shards)))
        windows = self._shards[at].windows(places, len(self._typed) + 1)
        for place, window in zip(places, windows, strict=True):
            if window not in self._by_window:
                self._by_window[window] = self._phrase(window, most)
            phrase = self._by_window[window]
            if phrase is None:
                continue
            phrase.times += 1
            self.times += 1
            if len(phrase.places) < _ENOUGH:
                phrase.places.append((at, place))

    def _phrase(self, window: str, most: float) -> _Phrase | None:
        slips, text = _slips(self._typed, window)
        if not text:
            return None
        phrase = self.phrases.setdefault(text, _Phrase(text, most))
        phrase.slips = min(phrase.slips, slips)
        return phrase


def _similar(typed: str, sounds: Sounds) -> SpelledWord:
    """Return a word of whole syllables, each of which may be any that sounds similar."""
    by_sound: dict[str, list[SoundUnit]] = {}
    for syllable in sounds.syllables:
        by_sound.setdefault(_simple(syllable), []).append(syllable_unit(syllable))
    return SpelledWord(
        text=typed,
        edges=tuple(
            tuple(
                (end, unit)
                for end in range(at + 1, min(len(typed), at + LONGEST_SYLLABLE) + 1)
                for unit in by_sound.get(_simple(typed[at:end]), ())
            )
            for at in range(len(typed))
        ),
    )


def _simple(syllable: str) -> str:
    for one, other in _SIMILAR:
        syllable = syllable.replace(one, other)
    return syllable


def _slips(typed: str, window: str) -> tuple[float, str]:
    """Return how far what was typed is from the nearest part of ``window``, and that part."""
    text, size = name_part(window), len(typed)
    longer, same, shorter = text[: size + 1], text[:size], text[: size - 1]
    if all(map(is_letter, typed)):
        return _WRONG, same
    if _lacks_one(typed, longer):
        return _KEPT, longer
    if sorted(typed) == sorted(same) and _differing(typed, same) == 2:
        return _KEPT, same
    too_many = _lacks_one(shorter, typed)
    if too_many and any(one == other for one, other in pairwise(typed)):
        return _KEPT, shorter
    if len(same) == size and _differing(typed, same) == 1:
        return _WRONG, same
    return (_WRONG, shorter) if too_many else (_FAR, same)


def _lacks_one(shorter: str, longer: str) -> bool:
    if len(shorter) + 1 != len(longer):
        return False
    for at, (one, other) in enumerate(zip(shorter, longer, strict=False)):
        if one != other:
            return shorter[at:] == longer[at + 1 :]
    return True


def _differing(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))
