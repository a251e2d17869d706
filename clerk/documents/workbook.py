"""Reads a bureau's worksheet file (xlsx, ISO/IEC 29500) row by row, whatever it is in truth.

A file comes from outside: what is not a plain worksheet file is refused before it is unpacked,
nothing in it is computed or followed, and a list of any length is never whole in memory.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from clerk.documents.sheet_xml import (
    MOST_COLUMNS,
    Malformed,
    RowReading,
    TooManyColumns,
    place_of,
    shared_strings,
    shows_day,
    too_many_columns,
)
from clerk.domain.errors import BadInput
from clerk.domain.sheet_columns import SheetValue
from clerk.domain.sheet_reading import SheetRow
from clerk.values import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_FILE_BYTES: Final = 200 * 2**20
_MOST_UNPACKED_BYTES: Final = 2**30
_MOST_RATIO: Final = 200
_BOMB_FROM_BYTES: Final = 10 * 2**20
_MOST_PLAN_BYTES: Final = 16 * 2**20
_MOST_MERGED: Final = 500_000
_CHUNK_BYTES: Final = 2**20
_LONGEST_MARK: Final = 200
_LOCKED: Final = 0x1
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"'
)
_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    Malformed,
    NotImplementedError,
    OverflowError,
    ValueError,
    zlib.error,
)
"""What a damaged file ends in, whichever of its layers the damage is in."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """An open worksheet file; whoever opens it closes it."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            BadInput: it is no worksheet file, too large, damaged, or carries macros.
        """
        _require_worksheet_file(path)
        self._name = path.name
        self._zip = ZipFile(path)
        self._strings: list[str] | None = None
        self._reading: IO[bytes] | None = None
        self._size = 0
        try:
            book = self._plan("xl/workbook.xml")
            self._sheets = _sheets(book, self._plan("xl/_rels/workbook.xml.rels"))
            self.from_1904 = any(
                one.get("date1904") in ("1", "true") for one in book.iterfind("{*}workbookPr")
            )
            """Whether its days are counted from 1904 on, as old Macintoshes did."""
            self._day_styles = _day_styles(self._plan(_STYLES)) if self._has(_STYLES) else ()
        except _BROKEN as error:
            self._zip.close()
            raise _damaged(path.name) from error

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the visible worksheets, in their order."""
        return tuple(sheet.name for sheet in self._sheets.values() if sheet.visible)

    def row_count(self, so_far: int) -> int:
        """Return about how many rows the sheet has that is being read, ``so_far`` of them done.

        What a worksheet declares of its size is not believed.
        """
        stream = self._reading
        if stream is None or not stream.tell():
            return so_far
        return max(so_far, so_far * self._size // stream.tell())

    def head(self, sheet: str, rows: int = 20) -> tuple[tuple[SheetValue, ...], ...]:
        """Return the first rows, merged cells filled, to find the headings in."""
        first = takewhile(lambda row: row.number <= rows, self.rows(sheet))
        there = {row.number: row.cells for row in first}
        return tuple(there.get(number, ()) for number in range(1, max(there, default=0) + 1))

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Return the rows that are there, merged cells filled with what their first cell says.

        Raises:
            BadInput: the worksheet is damaged or has too many columns.
        """
        part = self._sheets[sheet].part
        try:
            merged = _Filling(self._merged_of(part))
            reading = RowReading(self._texts(), self._day_styles, from_1904=self.from_1904)
            self._size = self._zip.getinfo(part).file_size
            with self._zip.open(part) as self._reading:
                for number, cells in reading.rows(self._reading):
                    yield SheetRow(number=number, cells=merged.filled(number, cells))
        except TooManyColumns as error:
            raise too_many_columns(sheet, error) from error
        except _BROKEN as error:
            raise _damaged(self._name) from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _has(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def _texts(self) -> Sequence[str]:
        if self._strings is None:
            self._strings = []
            if self._has(_STRINGS):
                with self._zip.open(_STRINGS) as stream:
                    self._strings = shared_strings(stream)
        return self._strings

    def _plan(self, part: str) -> "_Element":
        """Return one of the small parts that say how the others hang together."""
        from lxml import etree

        if self._zip.getinfo(part).file_size > _MOST_PLAN_BYTES:
            raise Malformed
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(self._zip.read(part), parser)
        except etree.XMLSyntaxError as error:
            raise Malformed from error

    def _merged_of(self, part: str) -> list["_Merged"]:
        """Find the merged ranges, which stand behind the cells and are not read in a stream."""
        found: list[_Merged] = []
        with self._zip.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK_BYTES):
                text = rest + chunk
                end = 0
                for mark in _MERGED.finditer(text):
                    end = mark.end()
                    found.append(_range(mark))
                rest = text[max(end, len(text) - _LONGEST_MARK) :]
                if len(found) > _MOST_MERGED:
                    raise Malformed
        return found


def _sheets(book: "_Element", related: "_Element") -> dict[str, _Sheet]:
    """Return the worksheets in the order of the workbook's tabs."""
    targets = {one.get("Id"): str(one.get("Target")) for one in related}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets[sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)]
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in part:
            name, state = str(sheet.get("name")), sheet.get("state", "visible")
            found[name] = _Sheet(name=name, part=part, visible=state == "visible")
    return found


def _day_styles(styles: "_Element") -> tuple[bool, ...]:
    """Return of every cell style whether it shows a day."""
    patterns = {
        one.get("numFmtId"): str(one.get("formatCode"))
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = (str(one.get("numFmtId", "0")) for one in styles.iterfind("{*}cellXfs/{*}xf"))
    return tuple(shows_day(int(one), patterns.get(one, "")) for one in formats)


@dataclass(frozen=True, slots=True)
class _Merged:
    """A merged range; rows as the worksheet counts, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


def _range(mark: re.Match[bytes]) -> _Merged:
    left, top, right, bottom = (group.decode() for group in mark.groups())
    return _Merged(
        first_row=int(top),
        last_row=int(bottom),
        first_column=place_of(left),
        last_column=min(place_of(right), MOST_COLUMNS - 1),
    )


class _Filling:
    """Fills merged ranges while the rows go by."""

    def __init__(self, ranges: Sequence[_Merged]) -> None:
        self._waiting = sorted(ranges, key=lambda one: one.first_row, reverse=True)
        self._open: list[tuple[_Merged, SheetValue]] = []

    def filled(self, number: int, cells: list[SheetValue]) -> tuple[SheetValue, ...]:
        self._open = [held for held in self._open if held[0].last_row >= number]
        while self._waiting and self._waiting[-1].first_row <= number:
            one = self._waiting.pop()
            value = cells[one.first_column] if one.first_column < len(cells) else None
            self._open.append((one, value))
        for one, value in self._open:
            if len(cells) <= one.last_column:
                cells.extend([None] * (one.last_column + 1 - len(cells)))
            cells[one.first_column : one.last_column + 1] = [value] * (
                one.last_column + 1 - one.first_column
            )
        return tuple(cells)


def _require_worksheet_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begins = file.read(512)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise BadInput(f"找不到 {path.name}，没有读入。核对文件在哪里，重新选一次") from error
    except OSError as error:
        raise BadInput(
            f"{path.name} 打不开或读不出，没有读入，原文件没有动。换一个位置的文件再试"
        ) from error
    if begins.startswith(_COMPOUND):
        raise BadInput(
            f"{path.name} 是旧版的 xls 或加了密码，没有读入，原文件没有动。请另存为不带密码的 xlsx 再试"
        )
    if begins.lstrip().lower().startswith((b"<", b"\xef\xbb\xbf<")):
        raise BadInput(
            f"{path.name} 其实是网页，改了扩展名，没有读入，原文件没有动。请用表格软件打开，另存为 xlsx"
        )
    if not begins.startswith(_ZIP):
        raise BadInput(
            f"{path.name} 不是 xlsx 表格，没有读入，原文件没有动。请选实施清单的 xlsx 文件"
        )
    if size > _MOST_FILE_BYTES:
        raise BadInput(f"{path.name} 大于 200 MB，没有读入，原文件没有动。请分成几个文件")
    try:
        with closing(ZipFile(path)) as archive:
            _require_harmless(path.name, archive)
    except BadZipFile as error:
        raise _damaged(path.name) from error


def _require_harmless(name: str, archive: ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & _LOCKED for part in parts):
        raise BadInput(f"{name} 加了密码，没有读入，原文件没有动。请另存为不带密码的 xlsx 再试")
    if any(found.endswith("vbaProject.bin") for found in names):
        raise BadInput(f"{name} 带有宏，没有读入，原文件没有动。请另存为不带宏的 xlsx 再试")
    if "xl/workbook.xml" not in names or not any(map(_SHEET_PART.fullmatch, names)):
        raise BadInput(f"{name} 里没有工作表，没有读入，原文件没有动。请选实施清单的 xlsx 文件")
    unpacked = sum(part.file_size for part in parts)
    swollen = [
        part
        for part in parts
        if part.file_size > _BOMB_FROM_BYTES and part.file_size > part.compress_size * _MOST_RATIO
    ]
    if unpacked > _MOST_UNPACKED_BYTES or swollen:
        raise BadInput(
            f"{name} 解开后大得不合常理（{unpacked // 2**20} MB），没有读入，原文件没有动。"
            "请删去空白的行和栏，或分成几个文件"
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(2048).upper():
                    raise _damaged(name)


def _damaged(name: str) -> BadInput:
    return BadInput(
        f"{name} 已损坏或不合表格的格式，没有读入，原文件没有动。请用表格软件打开，另存后再试"
    )
