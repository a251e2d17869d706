"""A closed description of JSON objects: what each key holds, and that there are no others."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from clerk.values import dataclass

LONGEST_TEXT: Final = 2000

Reader = Callable[[object, bool], Any]
"""Returns what a value means, or raises ``NotFitting``; told whether unknown keys are borne."""


class NotFitting(Exception):
    """A value is not what the description says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An object: ``must`` have, ``may`` have; null stands for a key that is not there."""

    must: Mapping[str, Reader]
    may: Mapping[str, Reader]

    def read(self, value: object, tolerate_additions: bool) -> Mapping[str, Any]:
        """Return the values by their keys, those that may lack as None.

        Raises:
            NotFitting: it is another object, or none.
        """
        if not isinstance(value, dict):
            raise NotFitting
        given = {key: each for key, each in value.items() if each is not None}
        known = self.must.keys() | self.may.keys()
        if not self.must.keys() <= given.keys():
            raise NotFitting
        if not (tolerate_additions or value.keys() <= known):
            raise NotFitting
        readers = {**self.may, **self.must}
        return {
            key: readers[key](given[key], tolerate_additions) if key in given else None
            for key in readers
        }


def text(*, least: int = 0, most: int = LONGEST_TEXT, pattern: str = "") -> Reader:
    """Return a reader of a text without the blanks around it."""
    wanted = re.compile(pattern) if pattern else None

    def read(value: object, _tolerate: bool) -> str:
        if not isinstance(value, str):
            raise NotFitting
        given = value.strip()
        if not least <= len(given) <= most or (wanted and not wanted.fullmatch(given)):
            raise NotFitting
        return given

    return read


def number(*, most: int) -> Reader:
    """Return a reader of a whole number from 0 to ``most``, also one written as a text."""

    def read(value: object, _tolerate: bool) -> int:
        if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise NotFitting
        return value

    return read


def written_day(value: object, _tolerate: bool) -> str:
    """Return a day as text, also one that came as a number of milliseconds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(most=32)(value, False)  # type: ignore[no-any-return]  # that reader returns text


def several(each: Reader, *, most: int) -> Reader:
    """Return a reader of a list."""

    def read(value: object, tolerate: bool) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise NotFitting
        return [each(one, tolerate) for one in value]

    return read


def one_of(*words: str) -> Reader:
    """Return a reader of one of these words."""

    def read(value: object, _tolerate: bool) -> str:
        if value not in words:
            raise NotFitting
        return str(value)

    return read
