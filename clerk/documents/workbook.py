"""Reads a bureau's worksheet file (xlsx, ISO/IEC 29500) row by row, whatever it is in truth.

A file comes from outside: what is not a plain worksheet file is refused before a library sees it,
nothing in it is computed or followed, and a list of any length is never whole in memory.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from clerk.domain.errors import BadInput
from clerk.domain.sheet_columns import FormulaCell, SheetValue
from clerk.domain.sheet_reading import SheetRow

MOST_COLUMNS: Final = 200
_MOST_FILE_BYTES: Final = 200 * 2**20
_MOST_UNPACKED_BYTES: Final = 2**30
_MOST_RATIO: Final = 200
_BOMB_FROM_BYTES: Final = 10 * 2**20
_MOST_MERGED: Final = 500_000
_CHUNK_BYTES: Final = 2**20
_LOCKED: Final = 0x1
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"'
)
_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class _Merged:
    """A merged range; rows as the worksheet counts, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Workbook:
    """An open worksheet file; whoever opens it closes it."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            BadInput: it is no worksheet file, too large, damaged, or carries macros.
        """
        _require_worksheet_file(path)
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

        self._name = path.name
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what it does not keep on saving: we never save
                self._book = load_workbook(path, read_only=True, keep_links=False)
                self._zip = ZipFile(path)
        except (InvalidFileException, BadZipFile, KeyError, ValueError, ParseError) as error:
            raise _damaged(path.name) from error

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the visible worksheets, in their order."""
        return tuple(
            sheet.title for sheet in self._book.worksheets if sheet.sheet_state == "visible"
        )

    def head(self, sheet: str, rows: int = 20) -> tuple[tuple[SheetValue, ...], ...]:
        """Return the first rows, merged cells filled, to find the headings in."""
        return tuple(row.cells for row in islice(self.rows(sheet), rows))

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Return the rows one by one, merged cells filled with what their first cell says.

        Raises:
            BadInput: the worksheet is damaged or has too many columns.
        """
        found = self._book[sheet]
        if (found.max_column or 0) > MOST_COLUMNS:
            raise BadInput(
                f"工作表“{sheet}”有{found.max_column}栏，多于{MOST_COLUMNS}栏，没有读入，原文件没有动。"
                "请删去空白的栏再试"
            )
        merged = _Filling(self._merged_of(sheet))
        try:
            for number, row in enumerate(found.iter_rows(max_col=MOST_COLUMNS), 1):
                yield SheetRow(number=number, cells=merged.filled(number, _values(row)))
        except (BadZipFile, KeyError, ValueError, IndexError, ParseError) as error:
            raise _damaged(self._name) from error

    def close(self) -> None:
        """Close the file."""
        self._book.close()
        self._zip.close()

    def _merged_of(self, sheet: str) -> list[_Merged]:
        """Find the merged ranges, which stand behind the cells and are not read in a stream."""
        place = [found.title for found in self._book.worksheets].index(sheet)
        part = _parts_in_order(self._zip)[place]
        found: list[_Merged] = []
        with self._zip.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK_BYTES):
                text = rest + chunk
                end = 0
                for mark in _MERGED.finditer(text):
                    end = mark.end()
                    found.append(_range(mark))
                rest = text[max(end, len(text) - 200) :]
                if len(found) > _MOST_MERGED:
                    raise _damaged(self._name)
        return found


def _parts_in_order(archive: ZipFile) -> list[str]:
    """Return the parts of the worksheets in the order of the workbook's tabs."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    related = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {one.get("Id"): str(one.get("Target")) for one in related}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = book.iterfind("{*}sheets/{*}sheet")
    named = (targets[one.get(relation)] for one in sheets)
    return [t.lstrip("/") if t.startswith("/") else f"xl/{t}" for t in named if "worksheets/" in t]


def _range(mark: re.Match[bytes]) -> _Merged:
    left, top, right, bottom = (group.decode() for group in mark.groups())
    return _Merged(
        first_row=int(top),
        last_row=int(bottom),
        first_column=_place(left),
        last_column=min(_place(right), MOST_COLUMNS - 1),
    )


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


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


def _values(row: Sequence[Any]) -> list[SheetValue]:
    values = [_value(cell) for cell in row]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(cell: Any) -> SheetValue:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return FormulaCell(str(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    found: SheetValue = value
    return found


def _require_worksheet_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begins = file.read(512)
        size = path.stat().st_size
    except OSError as error:
        raise BadInput(f"{path.name} 打不开（{error.strerror}），没有读入，原文件没有动") from error
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
