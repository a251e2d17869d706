"""Reads parsed TOML into plain values and remembers every fault instead of stopping at the first.

A value that is missing or of the wrong type is noted and replaced by an empty one, so that the
rest of the file is still read. What nobody asked for is an unknown key, and that is a fault too:
a misspelt key would otherwise drop a rule without a word.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from clerk.domain.errors import BadInput

Word = TypeVar("Word", bound=StrEnum)

NO_DAY: Final = date.min
"""Stands where a day was asked for and none could be read."""


class Table:
    """One table of a TOML file, with the place it stands at and the list its faults go to."""

    def __init__(self, data: Mapping[str, object], place: str, faults: list[BadInput]) -> None:
        self._data = data
        self._place = place
        self._asked: set[str] = set()
        self.faults = faults

    def at(self, key: str) -> str:
        """Return where ``key`` stands, as a person finds it in the file."""
        return f"{self._place}.{key}" if self._place else key

    def has(self, key: str) -> bool:
        """Whether the key is there at all; asking so makes it no unknown key."""
        self._asked.add(key)
        return key in self._data

    def raw(self, key: str) -> object:
        """Return whatever stands there, None where nothing does."""
        self._asked.add(key)
        return self._data.get(key)

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                self.faults.append(BadInput(f"{self.at(key)}：不认识的键"))

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without ``default`` it must be there and say something."""
        found = self.raw(key)
        if found is None and default is not None:
            return default
        if not isinstance(found, str):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为文字"))
            return ""
        if default is None and not found.strip():
            self.faults.append(BadInput(f"{self.at(key)}：不能为空"))
        return found.strip()

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        found = self.raw(key)
        if found is None and not required:
            return ()
        if isinstance(found, str):
            found = [found]
        if not isinstance(found, list) or not all(
            isinstance(line, str) and line.strip() for line in found
        ):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为文字的列表"))
            return ()
        if required and not found:
            self.faults.append(BadInput(f"{self.at(key)}：至少要有一项"))
        return tuple(found)

    def integer(self, key: str, default: int | None = None) -> int:
        """Return a whole number from 0 on."""
        found = self.raw(key)
        if found is None and default is not None:
            return default
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为不小于0的整数"))
            return 0
        return found

    def optional_integer(self, key: str) -> int | None:
        """Return a whole number from 0 on, None where none is given."""
        return self.integer(key) if self.has(key) else None

    def number(self, key: str) -> Decimal | None:
        """Return a number, None where none is given."""
        if not self.has(key):
            return None
        found = self.raw(key)
        if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为数"))
            return None
        return Decimal(str(found))

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        found = self.raw(key)
        if found is None and default is not None:
            return default
        if not isinstance(found, bool):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为true 或 false"))
            return False
        return found

    def day(self, key: str) -> date:
        """Return a day, ``NO_DAY`` where none could be read."""
        found = self.raw(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为日期"))
            return NO_DAY
        return found

    def optional_day(self, key: str) -> date | None:
        """Return a day, None where none is given."""
        return self.day(key) if self.has(key) else None

    def word(self, key: str, kind: type[Word]) -> Word:
        """Return a word of a closed list; the first of the list where none could be read."""
        return self._word_in(key, self.raw(key), kind)

    def words(self, key: str, kind: type[Word]) -> tuple[Word, ...]:
        """Return words of a closed list, at least one."""
        return tuple(self._word_in(key, word, kind) for word in self.texts(key, required=True))

    def table(self, key: str) -> "Table":
        """Return the table below ``key``; where none could be read, an empty one.

        Of the empty one nothing more is told: one fault for one place.
        """
        return self.readable_table(key) or Table({}, self.at(key), [])

    def readable_table(self, key: str) -> "Table | None":
        """Return the table below ``key``, None, and a fault, where none could be read."""
        found = self.raw(key)
        if isinstance(found, Mapping):
            return Table(found, self.at(key), self.faults)
        self._wrong(key, found, BadInput(f"{self.at(key)}：应为一张表"))
        return None

    def tables(self, key: str, *, required: bool = False) -> tuple["Table", ...]:
        """Return the tables of a list, each placed by its number and its ``code``."""
        found = self.raw(key)
        if found is None and not required:
            return ()
        if not isinstance(found, list) or not all(isinstance(line, Mapping) for line in found):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为表的列表"))
            return ()
        if required and not found:
            self.faults.append(BadInput(f"{self.at(key)}：至少要有一项"))
        return tuple(
            Table(line, self._numbered(key, number, line), self.faults)
            for number, line in enumerate(found, start=1)
        )

    def plain_texts(self, key: str) -> Mapping[str, str]:
        """Return a table of texts by whatever keys it has."""
        found = self.raw(key)
        if found is None:
            return {}
        if not isinstance(found, Mapping) or not all(isinstance(v, str) for v in found.values()):
            self._wrong(key, found, BadInput(f"{self.at(key)}：应为文字的表"))
            return {}
        return {str(name): str(value) for name, value in found.items()}

    def _word_in(self, key: str, found: object, kind: type[Word]) -> Word:
        for member in kind:
            if member.value == found:
                return member
        allowed = "、".join(member.value for member in kind)
        if found is None:
            self.faults.append(BadInput(f"{self.at(key)}：缺少，应为 {allowed} 之一"))
        else:
            self.faults.append(BadInput(f"{self.at(key)}：{found!r} 不在 {allowed} 之中"))
        return next(iter(kind))

    def _wrong(self, key: str, found: object, fault: BadInput) -> None:
        """Note ``fault``, but only that the key is missing where nothing stands there."""
        self.faults.append(BadInput(f"{self.at(key)}：缺少") if found is None else fault)

    def _numbered(self, key: str, number: int, line: Mapping[str, object]) -> str:
        code = line.get("code")
        place = f"{self.at(key)}[{number}]"
        return f"{place} {code}" if isinstance(code, str) and code else place
