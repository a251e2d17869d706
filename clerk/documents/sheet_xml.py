"""The XML of a worksheet file (ISO/IEC 29500-1, 18.3), read as a stream: cells in, values out.

Nothing in it is believed: declared sizes are not looked at, no entity is resolved, and what is too
long for a cell or too wide for a list is refused where it appears.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import IO, Final
from xml.parsers import expat

from clerk.domain.errors import BadInput
from clerk.domain.sheet_columns import FormulaCell, SheetValue

MOST_COLUMNS: Final = 200
MOST_ROWS: Final = 1_048_576
_MOST_CHARACTERS: Final = 100_000
_CHUNK_BYTES: Final = 2**17
_SPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_NAMES: Final = {
    f"{space} {name}": name
    for space in _SPACES
    for name in ("row", "c", "v", "f", "t", "si", "rPh")
}
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_1904: Final = date(1904, 1, 1)
_SECONDS: Final = 86_400
_BUILT_IN_DAYS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_PATTERN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class TooManyColumns(Exception):
    """Something stands further to the right than a list reaches; ``column`` counts from 1."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


class Malformed(Exception):
    """The XML is well formed and yet no worksheet's."""


def shows_day(number_format: int, pattern: str) -> bool:
    """Whether a number format shows a day or a time of day (18.8.30)."""
    if pattern:
        return any(letter in "dmyhs" for letter in _NO_PATTERN.sub("", pattern).lower())
    return number_format in _BUILT_IN_DAYS


def place_of(letters: str) -> int:
    """Return the place of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def shared_strings(stream: IO[bytes]) -> list[str]:
    """Return the texts that cells name by number, without their reading aids."""
    found: list[str] = []
    parts: list[str] = []
    inside = aside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside, aside
        match _NAMES.get(name):
            case "t":
                inside = not aside
            case "rPh":
                aside = True

    def end(name: str) -> None:
        nonlocal inside, aside
        match _NAMES.get(name):
            case "t":
                inside = False
            case "rPh":
                aside = False
            case "si":
                found.append("".join(parts))
                parts.clear()

    def text(said: str) -> None:
        if inside:
            parts.append(said)

    for _chunk in _parsed(stream, start, end, text):
        pass
    return found


class RowReading:
    """Reads the rows of one worksheet; only what has a value counts as a cell."""

    def __init__(self, strings: Sequence[str], day_styles: Sequence[bool], *, from_1904: bool):
        self._strings, self._day_styles = strings, day_styles
        self._zero = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
        self._places: dict[str, int] = {}
        self._ready: list[tuple[int, list[SheetValue]]] = []
        self._number = 0
        self._cells: list[SheetValue] = []
        self._place = -1
        self._kind = self._style = ""
        self._formula = self._inside = False
        self._parts: list[str] = []
        self._long = 0

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, list[SheetValue]]]:
        """Yield each row that is there: its number and its cells, without empty ones at the end."""
        for _chunk in _parsed(stream, self._start, self._end, self._text):
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _NAMES.get(name):
            case "c":
                reference = attributes.get("r")
                self._place = self._place_of(reference) if reference else self._place + 1
                self._kind = attributes.get("t", "n")
                self._style = attributes.get("s", "")
                self._formula = False
                self._long = 0
                self._parts.clear()
            case "v" | "t":
                self._inside = True
            case "f":
                self._formula = self._inside = True
                self._parts.append("=")
            case "row":
                self._number = int(attributes.get("r", self._number + 1))
                if self._number > MOST_ROWS:
                    raise Malformed
                self._cells = []
                self._place = -1

    def _end(self, name: str) -> None:
        match _NAMES.get(name):
            case "v" | "t" | "f":
                self._inside = False
            case "c":
                if self._parts:
                    self._keep(self._value("".join(self._parts)))
            case "row":
                self._ready.append((self._number, self._cells))

    def _text(self, said: str) -> None:
        if self._inside:
            if self._formula and self._parts[0] != "=":
                return  # what a formula last came out as, in a cell whose formula stands behind
            self._parts.append(said)
            self._long += len(said)
            if self._long > _MOST_CHARACTERS:
                raise Malformed

    def _keep(self, value: SheetValue) -> None:
        if value is None:
            return
        cells, place = self._cells, self._place
        if place >= MOST_COLUMNS:
            raise TooManyColumns(place + 1)
        if place > len(cells):
            cells.extend([None] * (place - len(cells)))
        if place < len(cells):
            cells[place] = value
        else:
            cells.append(value)

    def _place_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        place = self._places.get(letters)
        if place is None:
            if not (letters.isascii() and letters.isalpha() and letters.isupper()):
                raise Malformed
            place = self._places[letters] = place_of(letters)
        return place

    def _value(self, text: str) -> SheetValue:
        if self._formula:
            return FormulaCell(text)
        match self._kind:
            case "s":
                return self._strings[int(text)] or None
            case "n":
                return self._number_of(text)
            case "b":
                return text == "1"
            case "d":
                return date.fromisoformat(text[:10])
        return text or None

    def _number_of(self, text: str) -> SheetValue:
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if self._style and self._day_styles[int(self._style)]:
            return self._day_of(number)
        return number

    def _day_of(self, number: float) -> SheetValue:
        days, rest = divmod(number, 1)
        if days == 0:
            seconds = round(rest * _SECONDS) % _SECONDS
            return str(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
        try:
            return self._zero + timedelta(days=days)
        except OverflowError:
            return number


def _parsed(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], None] | None,
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> Iterator[None]:
    """Parse a part chunk by chunk; a document type is never anything good here."""
    parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Malformed from error
    yield


def _refuse(*_: object) -> None:
    raise Malformed


def too_many_columns(sheet: str, found: TooManyColumns) -> BadInput:
    """Say that a worksheet is no list any more."""
    return BadInput(
        f"工作表“{sheet}”有{found.column}栏，多于{MOST_COLUMNS}栏，没有读入，原文件没有动。"
        "请删去空白的栏再试"
    )
