"""``clerk --check-list``: says of a bureau's worksheet (实施清单表) what is wrong with it, by row.

Nothing is taken in; a bureau looks over its list before it brings it to the hall.
"""

import argparse
import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from clerk import assets, wording_sheet
from clerk.app.edges import running_clock
from clerk.documents.workbook import Workbook
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, ClerkError
from clerk.domain.sheet_checks import check_mapping, checked
from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    SheetMapping,
    SheetVocabulary,
    guess_mapping,
    vocabulary_from,
)
from clerk.domain.sheet_faults import FaultLevel, SheetFault
from clerk.domain.sheet_reading import items_of
from clerk.values import replace

SHOWN: Final = 50


def main(arguments: Sequence[str]) -> int:
    """Check one worksheet; return 1 where it has errors or cannot be read."""
    parser = argparse.ArgumentParser(prog="clerk --check-list")
    parser.add_argument("file", type=Path, help="the worksheet file (xlsx)")
    parser.add_argument("--sheet", help="name of the worksheet; the first one otherwise")
    parser.add_argument(
        "--material-type",
        type=MaterialTypeMeaning,
        choices=list(MaterialTypeMeaning),
        help="what 材料类型 says: a original or copy, b certificate, form or other",
    )
    parser.add_argument("--out", type=Path, help="write every fault to this file (CSV)")
    given = parser.parse_args(list(arguments))
    vocabulary = vocabulary_from(tomllib.loads(assets.read_text("resources", "sheet/columns.toml")))
    try:
        with closing(Workbook(given.file)) as book, ExitStack() as files:
            out = files.enter_context(_faults_file(given.out, given.file)) if given.out else None
            return _check(book, _sheet(book, given.sheet), given.material_type, vocabulary, out)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1


def _sheet(book: Workbook, named: str | None) -> str:
    if not book.sheets:
        raise BadInput("这个文件里没有可见的工作表，没有读入。请选实施清单的 xlsx 文件")
    if named is None:
        return book.sheets[0]
    if named not in book.sheets:
        raise BadInput(f"没有叫“{named}”的工作表，没有读入。文件里有：{'、'.join(book.sheets)}")
    return named


def _faults_file(path: Path, checked: Path) -> TextIO:
    try:
        if path.exists() and path.samefile(checked):
            raise BadInput(f"{path} 就是要核对的清单，没有核对。请给问题清单另取一个名字")
        return path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadInput(f"{path} 写不进去（{error.strerror}），没有核对。请换一个位置") from error


def _check(
    book: Workbook,
    sheet: str,
    material_type: MaterialTypeMeaning | None,
    vocabulary: SheetVocabulary,
    out: TextIO | None,
) -> int:
    mapping = guess_mapping(sheet, book.head(sheet), vocabulary)
    mapping = replace(mapping, material_type=material_type, from_1904=book.from_1904)
    _show_mapping(mapping, vocabulary)
    levels: Counter[FaultLevel] = Counter()
    writer = csv.writer(out) if out else None
    if writer:
        writer.writerow(wording_sheet.FAULT_HEADINGS)
    today = local_date(running_clock()())
    for fault in _faults(book, mapping, vocabulary, today):
        levels[fault.level] += 1
        if writer:
            writer.writerow(wording_sheet.fault_cells(fault))
        if levels[fault.level] <= SHOWN:
            level, text = wording_sheet.LEVEL[fault.level], wording_sheet.fault(fault)
            print(f"{level} {wording_sheet.place(fault)} {text}")  # noqa: T201
    hidden = sum(max(0, found - SHOWN) for found in levels.values())
    if hidden:
        print(f"还有{hidden}处没有显示，用 --out 写到文件里看全部")  # noqa: T201
    counted = "，".join(f"{wording_sheet.LEVEL[level]}{levels[level]}处" for level in FaultLevel)
    print(f"核对完了：{counted}。什么都没有发布")  # noqa: T201
    return 1 if levels[FaultLevel.ERROR] else 0


def _faults(
    book: Workbook, mapping: SheetMapping, vocabulary: SheetVocabulary, today: date
) -> Iterator[SheetFault]:
    yield from check_mapping(mapping, vocabulary)
    items = materials = 0
    for item, faults in checked(
        items_of(book.rows(mapping.sheet), mapping, vocabulary), vocabulary, today
    ):
        items += 1
        materials += len(item.materials)
        yield from faults
    print(f"“{mapping.sheet}”里读到{items}个事项，{materials}份材料")  # noqa: T201


def _show_mapping(mapping: SheetMapping, vocabulary: SheetVocabulary) -> None:
    for heading, meaning in zip(mapping.headings, mapping.meanings, strict=True):
        if heading:
            what = vocabulary.columns[meaning].label if meaning else "不认识，原样保留"
            print(f"  {heading} → {what}")  # noqa: T201
