"""A condition of a draft as lines that are chosen, added and taken away one by one.

Works on the plain table of docs/standard-format.md; what a condition means is in
``clerk.domain.condition``.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from clerk.domain.condition_parsing import LEADING_WORDS
from clerk.domain.draft_editing import Path, lines_at, value_at, with_line, with_value, without_line
from clerk.values import dataclass

SEVERAL: Final = frozenset({"all", "any"})
"""Conditions made of a list of others."""
GROUPS: Final = SEVERAL | {"not"}
_TOP: Final = "when"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One line: where it stands below the condition, how deep, and its leading word."""

    path: Path
    depth: int
    word: str


def leading_word(condition: object) -> str:
    """Return the word a condition begins with, empty where it has none."""
    if not isinstance(condition, Mapping):
        return ""
    return next((word for word in LEADING_WORDS if word in condition), "")


def condition_lines(condition: object, path: Path = (), depth: int = 0) -> Iterator[ConditionLine]:
    """Yield the condition and what it is made of, in reading order."""
    word = leading_word(condition)
    if not isinstance(condition, Mapping) or not condition:
        return
    yield ConditionLine(path=path, depth=depth, word=word)
    if word in SEVERAL:
        for place, inner in enumerate(lines_at(condition, (word,))):
            yield from condition_lines(inner, (*path, word, place), depth + 1)
    elif word == "not":
        yield from condition_lines(condition["not"], (*path, "not"), depth + 1)


def with_condition(condition: object, path: Path, new: Mapping[str, object] | None) -> object:
    """Return the condition with ``new`` in one line's place; None takes the line away.

    A group that has nothing left in it goes as well; nothing left at all is None.
    """
    if not path:
        return new
    held: dict[str, object] = {_TOP: condition}
    if new is None and isinstance(path[-1], int):
        changed = without_line(held, (_TOP, *path[:-1]), path[-1])
    else:
        changed = with_value(held, (_TOP, *path), new)
    kept = changed.get(_TOP)
    above = path[:-2] if isinstance(path[-1], int) else path[:-1]
    if new is None and not leading_word(value_at(kept, above)):
        return with_condition(kept, above, None)
    return kept


def beside(condition: object, path: Path, new: Mapping[str, object]) -> tuple[object, Path]:
    """Return the condition with ``new`` behind one line, and where it stands.

    A line that stands alone, or in ``not``, is first put into a group of which all must hold; to
    an empty group, or where nothing is asked yet, ``new`` is the first.
    """
    at = value_at(condition, path) if path else condition
    word = leading_word(at)
    if not word:
        return with_condition(condition, path, new), path
    if word in SEVERAL:
        place = len(lines_at(at, (word,)))
        grown = with_line(at, (word,), new, place) if isinstance(at, Mapping) else new
        return with_condition(condition, path, grown), (*path, word, place)
    if path and isinstance(path[-1], int):
        held = with_line({_TOP: condition}, (_TOP, *path[:-1]), new, path[-1] + 1)
        return held[_TOP], (*path[:-1], path[-1] + 1)
    return with_condition(condition, path, {"all": [at, new]}), (*path, "all", 1)


def wrapped(condition: object, path: Path, word: str) -> object:
    """Return the condition with one line put into a group of that word."""
    at = value_at(condition, path) if path else condition
    return with_condition(condition, path, {word: [at] if word in SEVERAL else at})
