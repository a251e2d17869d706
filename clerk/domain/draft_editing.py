"""Edits a draft of a standard as the plain table it is kept as (草稿), and remembers the steps.

A draft may be faulty or incomplete, so nothing here asks what its values mean. Every edit returns a
new table that shares with the old one all that it did not touch: many steps back cost little.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from clerk.values import dataclass

Path = tuple[str | int, ...]
"""Keys of tables and places in lists, from the head of the draft on."""

MOST_STEPS: Final = 200


def value_at(table: object, path: Path) -> object:
    """Return what stands at ``path``, None where nothing does."""
    found = table
    for step in path:
        if isinstance(step, str):
            found = found.get(step) if isinstance(found, Mapping) else None
        else:
            lines = found if isinstance(found, list | tuple) else ()
            found = lines[step] if 0 <= step < len(lines) else None
        if found is None:
            return None
    return found


def lines_at(table: object, path: Path) -> tuple[object, ...]:
    """Return the lines of the list at ``path``, none where no list stands there."""
    found = value_at(table, path)
    return tuple(found) if isinstance(found, list | tuple) else ()


def with_value(table: Mapping[str, object], path: Path, value: object) -> dict[str, object]:
    """Return the table with ``value`` at ``path``; None takes the key away, or the line.

    Tables on the way that are missing are made, those that become empty go; a line of a list stays
    however empty it is. A place beyond a list's end adds to it.
    """
    changed = _changed(table, path, value)
    return changed if isinstance(changed, dict) else {}


def with_line(table: Mapping[str, object], at: Path, line: object, place: int) -> dict[str, object]:
    """Return the table with ``line`` put into the list at ``at``, before what stands at ``place``."""
    lines = lines_at(table, at)
    return with_value(table, at, [*lines[:place], line, *lines[place:]])


def without_line(table: Mapping[str, object], at: Path, place: int) -> dict[str, object]:
    """Return the table without one line of the list at ``at``; an empty list goes altogether."""
    lines = lines_at(table, at)
    left = [*lines[:place], *lines[place + 1 :]]
    return with_value(table, at, left or None)


def moved_line(
    table: Mapping[str, object], at: Path, place: int, by: int
) -> tuple[dict[str, object], int]:
    """Return the table with one line moved up (-1) or down (1), and its new place; ends hold."""
    lines = list(lines_at(table, at))
    to = min(max(place + by, 0), len(lines) - 1)
    lines.insert(to, lines.pop(place))
    return with_value(table, at, lines), to


def copied_line(table: Mapping[str, object], at: Path, place: int) -> dict[str, object]:
    """Return the table with a copy of one line behind it, under a code of its own."""
    lines = lines_at(table, at)
    line = lines[place]
    if isinstance(line, Mapping) and isinstance(code := line.get("code"), str):
        line = {**line, "code": free_code(lines, code)}
    return with_line(table, at, line, place + 1)


def free_code(lines: Sequence[object], stem: str) -> str:
    """Return ``stem`` with the lowest number behind it that no line's code has yet."""
    taken = {line.get("code") for line in lines if isinstance(line, Mapping)}
    if stem not in taken:
        return stem
    bare = stem.rstrip("0123456789").rstrip("_") or stem
    number = 2
    while f"{bare}_{number}" in taken:
        number += 1
    return f"{bare}_{number}"


def _changed(found: object, path: Path, value: object) -> object:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        return _changed_table(found, step, rest, value)
    lines = list(found) if isinstance(found, list | tuple) else []
    old = lines[step] if step < len(lines) else None
    new = _changed(old, rest, value)
    if new is None and rest:
        new = {}
    lines[step : step + 1] = [] if new is None else [new]
    return lines


def _changed_table(found: object, key: str, rest: Path, value: object) -> dict[str, object] | None:
    table = dict(found) if isinstance(found, Mapping) else {}
    new = _changed(table.get(key), rest, value)
    if new is not None:
        table[key] = new
        return table
    table.pop(key, None)
    return table or None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSteps:
    """A draft as it stands, with the tables before it and those that were taken back."""

    table: Mapping[str, object]
    before: tuple[Mapping[str, object], ...] = ()
    after: tuple[Mapping[str, object], ...] = ()

    def stepped(self, table: Mapping[str, object]) -> "DraftSteps":
        """Return the steps with ``table`` as the newest one; what was taken back is gone."""
        if table == self.table:
            return self
        return DraftSteps(table=table, before=(*self.before, self.table)[-MOST_STEPS:])

    def undone(self) -> "DraftSteps":
        """Return the steps with the last one taken back, the same where there is none."""
        if not self.before:
            return self
        after = (self.table, *self.after)
        return DraftSteps(table=self.before[-1], before=self.before[:-1], after=after)

    def redone(self) -> "DraftSteps":
        """Return the steps with the one that was taken back last done again."""
        if not self.after:
            return self
        before = (*self.before, self.table)
        return DraftSteps(table=self.after[0], before=before, after=self.after[1:])


def difference_at(old: object, new: object) -> Path:
    """Return the first place at which two drafts differ, for going back to it after an undo."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*new, *old)):
            if old.get(key) != new.get(key):
                return (str(key), *difference_at(old.get(key), new.get(key)))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        for place in range(max(len(old), len(new))):
            pair = [lines[place] if place < len(lines) else None for lines in (old, new)]
            if pair[0] != pair[1]:
                return (place, *difference_at(*pair))
    return ()
