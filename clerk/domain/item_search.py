"""Finding an item by its Chinese name, pinyin or code (搜事项).

Pure and quick enough for every key press, for a hall's 60 items as for a province's 100,000. An
item that cannot be taken in today is found all the same and says why, so that nobody believes it
does not exist.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from itertools import islice, pairwise
from operator import attrgetter
from typing import Final

from clerk.domain.catalogue_line import CANCELLED, IN_FORCE, CatalogueLine
from clerk.domain.errors import UnknownItem
from clerk.domain.item_guess import guesses
from clerk.domain.item_shard import LINES, CatalogueShard, known_pairs, may_stand, plain
from clerk.domain.item_words import Closeness, HeardName, ItemMatch, QueryWord, match, spans
from clerk.domain.sounds import Sounds
from clerk.domain.window_profile import WindowProfile
from clerk.values import dataclass

MOST_HITS: Final = 9
MOST_FREQUENT: Final = 24
"""So many of the items used most here are looked at before all others."""
_FREED_AT_ONCE: Final = 2_000
_MOST_LOOKED_AT: Final = 4_000
"""So many lines of several common words are compared at most: some milliseconds."""
_REMEMBERED: Final = 1_024
"""So many lines are remembered as they sound: the next key press looks at most of them again."""
_MOST_KEPT: Final = 27
"""So many lines are kept where most cannot be taken in, or are found by a rare reading only."""

_EVERYTHING: Final = WindowProfile()


class NotOffered(StrEnum):
    """Why an item cannot be taken in on a day, or not at this window."""

    NOT_YET = "not_yet"
    ENDED = "ended"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHit:
    """An item that was found; ``not_offered`` is None where it may be taken in.

    ``day`` is the first day of an item that is not yet in force, the last one of an item that has
    ended; ``body`` and ``phone`` say who tells more, ``to`` where an item is taken that this window
    does not take. A ``GUESS`` is merely near to what was typed (您是不是要找). ``spans`` are the
    begins and ends of what matched in ``name``, or in ``alias`` where that is what was found.
    """

    item_code: str
    name: str
    version: int = 1
    closeness: Closeness = Closeness.EXACT
    not_offered: NotOffered | None = None
    day: date | None = None
    alias: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    body: str = ""
    phone: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A line with its names, the item's own first, and codes as they are matched."""

    line: CatalogueLine
    names: Sequence[HeardName]
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that answers, with what it is ordered by; ``bar`` says why it is not offered."""

    number: int
    known: _Known
    match: ItemMatch
    bar: NotOffered | None


@dataclass(frozen=True, slots=True)
class _Used:
    """The items used most at this window, laid out apart: they come first."""

    frequent: tuple[str, ...]
    numbers: tuple[int, ...]
    place: Mapping[int, int]
    shard: CatalogueShard
    names: HeardName
    """All their names as one: what is not in it is in none of them, as most words are."""

    def lines(self, word: QueryWord) -> Iterator[int]:
        """Yield those of ``shard`` that may answer a word by a name; it has no codes."""
        if not word.is_spelled or self.names.begins(word.spelled) is not None:
            yield from _with(word, self.shard)


class _Looking:
    """What has been looked at for one query; nothing is looked at twice."""

    def __init__(self, answer: Callable[[int], _Found | None], most_kept: int) -> None:
        self._answer, self._most_kept = answer, most_kept
        self._seen: dict[int, _Found | None] = {}

    def take(self, numbers: Iterable[int]) -> bool:
        """Look at lines in turn; return False once there are more than can be shown."""
        answer, seen, shown, kept = self._answer, self._seen, 0, 0
        for number in numbers:
            if number not in seen:
                seen[number] = answer(number)
            found = seen[number]
            if found is None:
                continue
            kept += 1
            shown += found.bar is None and found.match.usual
            if shown >= MOST_HITS or kept >= self._most_kept:
                return False
        return True

    def best(self, place: Mapping[int, int]) -> list[_Found]:
        """Return what is shown; ``place`` says which lines come first where they are as close."""

        def order(found: _Found) -> tuple[Closeness, bool, bool, int, int, str]:
            line, match = found.known.line, found.match
            used, barred = place.get(found.number, len(place)), found.bar is not None
            return match.closeness, barred, not match.usual, used, len(line.name), line.item_code

        return sorted(filter(None, self._seen.values()), key=order)[:MOST_HITS]


class ItemSearch:
    """The catalogue as it is searched: any versions of any items, never changed once made."""

    def __init__(self, lines: Iterable[CatalogueLine], sounds: Sounds) -> None:
        """Lay the lines out; some seconds for 100,000 of them, so in a worker."""
        by_code, standing = _laid_out(lines)
        ordered = [by_code[at] for at in standing]
        self._sounds = sounds
        self._shards = tuple(
            CatalogueShard(ordered[begin : begin + LINES], sounds)
            for begin in range(0, len(ordered), LINES)
        )
        self._known = lru_cache(maxsize=_REMEMBERED)(partial(_read, self._shards, sounds))
        self._pairs = known_pairs(self._shards)
        self._by_code = array("I", bytes(array("I").itemsize * len(standing)))
        for number, at in enumerate(standing):
            self._by_code[at] = number
        self._used = _Used((), (), {}, CatalogueShard((), sounds), HeardName("", sounds))
        self._alone = bytearray(b"\1") * len(standing)
        for at, (one, other) in enumerate(pairwise(by_code)):
            if one.item_code == other.item_code:
                for number in self._by_code[at : at + 2]:
                    self._alone[number] = False
        ordered.clear()
        while by_code:  # all at once, nobody else would have a turn while they go
            del by_code[-_FREED_AT_ONCE:]

    def current(self, item_code: str, on: date) -> int:
        """Return the version of an item that counts on ``on``: the one that ``find`` names.

        Raises:
            UnknownItem: there is none, perhaps no longer.
        """
        versions = [self._line(number) for number in self._versions(item_code)]
        if not versions:
            raise UnknownItem("这个事项已不在目录里，没有开件。请重新搜一次，或问标准管理员")
        return max(versions, key=lambda line: _merit(line, on)).version

    def find(
        self,
        query: str,
        *,
        on: date,
        frequent: Sequence[str] = (),
        profile: WindowProfile = _EVERYTHING,
    ) -> tuple[ItemHit, ...]:
        """Return at most ``MOST_HITS`` items, the closest first, then those used most.

        Args:
            query: Chinese, pinyin or a code; several words must all be found. Empty finds all.
            on: the hall's day; of each item the version that counts on it is looked at.
            frequent: item codes, the most used at this window first.
            profile: what this window takes; the rest is found behind it and says where it is taken.
        """
        texts = [text for text in map(plain, query.split()) if text]
        words = tuple(QueryWord.of(text, self._sounds) for text in texts)
        used = self._often(tuple(frequent[:MOST_FREQUENT]))
        most_kept = _MOST_KEPT if profile.everything else _MOST_LOOKED_AT
        looking = _Looking(partial(self._answer, words, on, profile), most_kept)
        self._look(looking, words, used)
        found = looking.best(used.place)
        if not found:
            near = guesses("".join(texts), self._shards, self._sounds, used.shard)
            numbers = (used.numbers[line] if of_used else line for line, of_used in near)
            found = list(islice(self._guessed(numbers, on, profile), MOST_HITS))
            words = ()  # no character of a guess is what was looked for
        return tuple(_hit(one, words, profile) for one in found)

    def _look(self, looking: "_Looking", words: Sequence[QueryWord], used: "_Used") -> None:
        if not words:
            looking.take(used.numbers)
            looking.take(range(len(self._by_code)))
            return
        if any(map(self._is_nowhere, words)):
            return
        looking.take(used.numbers[line] for line in used.lines(words[0]))
        if len(words) > 1:
            looking.take(islice(self._with_all(words), _MOST_LOOKED_AT))
        elif words[0].is_spelled:
            # the closest first: mostly there are enough of them, and no other is looked at
            if looking.take(self._with(words[0], begin=True)):
                looking.take(self._with(words[0]))
        elif not looking.take(self._with(words[0])):
            # more than can be shown: closer ones may stand further behind
            looking.take(self._with(words[0], begin=True, end=True))
            looking.take(self._with(words[0], begin=True))

    def _is_nowhere(self, word: QueryWord) -> bool:
        """Whether it is plain at once that no line has a word: most slips make one."""
        return not (word.is_spelled or word.may_be_code or may_stand(word.text, self._pairs))

    def _with(self, word: QueryWord, *, begin: bool = False, end: bool = False) -> Iterator[int]:
        """Yield the lines that may answer a word, those in force without end first."""
        for at, shard in enumerate(self._shards):
            yield from (at * LINES + line for line in _with(word, shard, begin=begin, end=end))

    def _with_all(self, words: Sequence[QueryWord]) -> Iterator[int]:
        """Yield the lines that may answer several words, by way of the rarest."""
        rarest = min(words, key=self._commonness)
        others = (word for word in words if word is not rarest and not word.is_spelled)
        parts = [word.text for word in others if not word.may_be_code]
        for number in self._with(rarest):
            if self._shards[number // LINES].has(number % LINES, parts):
                yield number

    def _often(self, frequent: tuple[str, ...]) -> "_Used":
        """Return the lines of the items used most here; laid out anew when others are."""
        if self._used.frequent != frequent:
            numbers = tuple(line for code in frequent for line in self._versions(code))
            lines = [self._line(number) for number in numbers]
            named = "\n".join(name for line in lines for name in (line.name, *line.aliases))
            shard = CatalogueShard(lines, self._sounds)
            place = {number: at for at, number in enumerate(numbers)}
            self._used = _Used(frequent, numbers, place, shard, HeardName(named, self._sounds))
        return self._used

    def _commonness(self, word: QueryWord) -> int:
        """Return how often a word stands in one part of the catalogue."""
        middle = self._shards[len(self._shards) // 2 :][:1]
        if word.is_spelled:
            return sum(shard.places(word.spelled).bit_count() for shard in middle)
        return sum(shard.count(word.text) for shard in middle)

    def _answer(
        self, words: Sequence[QueryWord], on: date, profile: WindowProfile, number: int
    ) -> _Found | None:
        known = self._known(number)
        line = known.line
        found = match(words, known.names, known.codes)
        if found is None or not (self._alone[number] or self._counts(line, on)):
            return None
        return _Found(number, known, found, why_not_offered(line, on, profile))

    def _guessed(
        self, numbers: Iterable[int], on: date, profile: WindowProfile
    ) -> Iterator[_Found]:
        """Yield guesses, each item once, what can be taken in before what cannot."""
        guess = ItemMatch(closeness=Closeness.GUESS)
        behind: list[_Found] = []
        seen: set[int] = set()
        for number in islice(numbers, _MOST_LOOKED_AT):
            line = self._line(number)
            if number in seen or not (self._alone[number] or self._counts(line, on)):
                continue
            seen.add(number)
            known = _Known(line, (), ())  # nothing is marked in a guess
            found = _Found(number, known, guess, why_not_offered(line, on, profile))
            if line.in_force(on):
                yield found
            else:
                behind.append(found)
        yield from behind

    def _counts(self, line: CatalogueLine, on: date) -> bool:
        """Whether this is the version of its item that counts on a day, of several."""
        others = (self._line(other) for other in self._versions(line.item_code))
        return max(others, key=lambda one: _merit(one, on)).version == line.version

    def _versions(self, item_code: str) -> Iterator[int]:
        at = bisect_left(self._by_code, item_code, key=self._code)
        while at < len(self._by_code) and self._code(self._by_code[at]) == item_code:
            yield self._by_code[at]
            at += 1

    def _code(self, number: int) -> str:
        return self._shards[number // LINES].item_code(number % LINES)

    def _line(self, number: int) -> CatalogueLine:
        return self._shards[number // LINES].line(number % LINES)


def _with(
    word: QueryWord, shard: CatalogueShard, *, begin: bool = False, end: bool = False
) -> Iterator[int]:
    if word.is_spelled and not end:  # a spelled word that is all of a name is found as its begin
        yield from shard.heard(word.spelled, begin=begin)
    elif not word.is_spelled and word.is_heard:
        yield from shard.heard(word.spelled, begin=begin, end=end, literal=True)
    elif not word.is_spelled:
        yield from shard.named(word.text, begin=begin, end=end)
    if word.may_be_code and not begin:
        yield from shard.coded(word.text)


def why_not_offered(
    line: CatalogueLine, on: date, profile: WindowProfile = _EVERYTHING
) -> NotOffered | None:
    """Return why this version may not be taken in on ``on`` at a window, None where it may."""
    if line.state_code == CANCELLED:
        return NotOffered.CANCELLED
    if line.ended_on is not None and line.ended_on < on:
        return NotOffered.ENDED
    if line.state_code != IN_FORCE:
        return NotOffered.SUSPENDED
    if line.effective_on > on:
        return NotOffered.NOT_YET
    return None if profile.everything or profile.takes_in(line) else NotOffered.ELSEWHERE


def _day(bar: NotOffered | None, line: CatalogueLine) -> date | None:
    if bar is NotOffered.NOT_YET:
        return line.effective_on
    return line.ended_on if bar is NotOffered.ENDED else None


def _read(shards: Sequence[CatalogueShard], sounds: Sounds, number: int) -> _Known:
    shard, at = shards[number // LINES], number % LINES
    line = shard.line(at)
    names = (line.name, *line.aliases)
    return _Known(line, tuple(HeardName(name, sounds) for name in names), shard.codes(at))


def _laid_out(lines: Iterable[CatalogueLine]) -> tuple[list[CatalogueLine], Sequence[int]]:
    """Return lines by code and version, and their order in which the best are found first.

    Those are in force, have short names, then go by code. What comes by code already, as it does
    from the store, is not sorted: nobody else has a turn while a province's lines are.
    """
    by_code = list(lines)
    editions = [(line.item_code, line.version) for line in by_code]
    if any(one > other for one, other in pairwise(editions)):
        by_code.sort(key=attrgetter("item_code", "version"))
    alike: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for at, line in enumerate(by_code):
        passing = line.ended_on is not None or line.state_code != IN_FORCE
        alike[passing, len(line.name)].append(at)
    return by_code, [at for key in sorted(alike) for at in alike[key]]


def _merit(line: CatalogueLine, on: date) -> tuple[int, int]:
    """Order the versions of one item: the one in force, the next to come, the last that was."""
    if line.in_force(on):
        return 2, line.version
    if line.effective_on > on:
        return 1, -line.effective_on.toordinal()
    return 0, line.version


def _hit(found: _Found, words: Sequence[QueryWord], profile: WindowProfile) -> ItemHit:
    line, names = found.known.line, found.known.names
    alias, marked = "", spans(words, names[0]) if names else ()
    if marked is None:
        by_alias = zip(line.aliases, (spans(words, other) for other in names[1:]), strict=True)
        alias, marked = next(((one, at) for one, at in by_alias if at), ("", None))
    return ItemHit(
        item_code=line.item_code,
        name=line.name,
        version=line.version,
        closeness=found.match.closeness,
        not_offered=found.bar,
        day=_day(found.bar, line),
        alias=alias,
        spans=marked or (),
        body=line.body,
        phone=line.phone,
        to=(profile.elsewhere(line) or "") if found.bar else "",
    )
