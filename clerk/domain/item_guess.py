"""What may have been meant where nothing was found (您是不是要找): one slip, or a similar sound."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    """What stands where something near was found: how near, the first line with it, how often."""

    text: str
    slips: float
    number: int
    times: int = 0


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
    ranked = sorted(near.phrases.values(), key=lambda one: (one.slips, -one.times))
    nearest = [(one, next(used.named(one.text), None)) for one in ranked[:MOST_GUESSES]]
    nearest.sort(key=lambda pair: (pair[0].slips, pair[1] is None))
    for phrase, line in nearest:
        yield (phrase.number, False) if line is None else (line, True)
    others = near.lines()
    for phrase, _ in nearest:
        yield from ((number, False) for number in others[phrase.text])


def _near(typed: str, shards: Sequence[CatalogueShard], sounds: Sounds) -> "_Near":
    """Return whatever is near, by what stands there: what sounds alike is enough if there is much."""
    letters = all(map(is_letter, typed))
    heard = _similar(typed, sounds) if letters else sounds.spelled(typed)
    near = _Near(typed)
    alike = [shard.places(heard) for shard in shards]
    for at, shard in enumerate(shards):
        near.take(at, shard, alike[at], most=_SOUNDS_ALIKE, places=_MOST_PLACES // len(shards))
    if near.times < _ENOUGH:
        each = sounds.each(typed)
        for at, shard in enumerate(shards):
            slipped = shard.near(each, exchanged=letters) & ~alike[at]
            near.take(at, shard, slipped, most=_WRONG, places=_MOST_PLACES // len(shards))
    return near


class _Near:
    """Collects what stands at places where something near was found."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._known: dict[str, tuple[float, str]] = {}
        self._taken: list[tuple[int, CatalogueShard, list[int], list[str]]] = []
        self.phrases: dict[str, _Phrase] = {}
        self.times = 0

    def take(self, at: int, shard: CatalogueShard, found: int, *, most: float, places: int) -> None:
        """Take the first ``places`` of a shard's; none of them counts more than ``most`` slips."""
        there = list(islice(bits(found), places))
        windows = shard.windows(there, len(self._typed) + 1)
        self._taken.append((at, shard, there, windows))
        first = dict(zip(reversed(windows), reversed(there), strict=True))
        for window, times in Counter(windows).items():
            if window not in self._known:
                self._known[window] = _slips(self._typed, window)
            slips, text = self._known[window]
            if min(slips, most) > _WRONG or not text:
                continue
            phrase = self.phrases.get(text)
            if phrase is None:
                number = at * LINES + shard.line_at(first[window])
                phrase = self.phrases[text] = _Phrase(text, slips, number)
            phrase.slips = min(phrase.slips, slips, most)
            phrase.times += times
            self.times += times

    def lines(self) -> Mapping[str, Sequence[int]]:
        """Return the first lines that were taken, by what stands there."""
        found: dict[str, list[int]] = {text: [] for text in self.phrases}
        for at, shard, there, windows in self._taken:
            for place, window in zip(there, windows, strict=True):
                of_phrase = found.get(self._known[window][1])
                if of_phrase is not None and len(of_phrase) < _ENOUGH:
                    of_phrase.append(at * LINES + shard.line_at(place))
        return found


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
    return any(shorter == longer[:at] + longer[at + 1 :] for at in range(len(longer)))


def _differing(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))
