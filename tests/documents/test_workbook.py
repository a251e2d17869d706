"""A bureau's worksheet is read as it is, and what is no plain worksheet is refused in one sentence."""

import zipfile
from contextlib import closing
from datetime import date

import pytest
from openpyxl import Workbook as Written

from clerk.documents.workbook import Workbook
from clerk.domain.errors import BadInput
from clerk.domain.sheet_columns import FormulaCell


def written(path, *rows, merged=(), sheet="实施清单"):
    book = Written()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(row)
    for place in merged:
        book.worksheets[0].merge_cells(place)
    book.save(path)
    return path


def read(path, sheet="实施清单"):
    with closing(Workbook(path)) as book:
        return [row.cells for row in book.rows(sheet)]


def test_cells_come_as_the_worksheet_holds_them(tmp_path):
    path = written(
        tmp_path / "清单.xlsx",
        ["编码", "天数", "生效日期", "合计"],
        ["01", 20, date(2026, 1, 1), "=B2*2"],
    )

    assert read(path)[1] == ("01", 20, date(2026, 1, 1), FormulaCell("=B2*2"))


def test_a_merged_cell_speaks_for_all_it_covers(tmp_path):
    path = written(
        tmp_path / "清单.xlsx",
        ["事项名称", "时限", None],
        [None, "法定", "承诺"],
        ["食品经营许可", 20, 10],
        [None, None, None],
        merged=["A1:A2", "B1:C1", "A3:A4"],
    )

    rows = read(path)

    assert rows[0] == ("事项名称", "时限", "时限")
    assert rows[1][0] == "事项名称"
    assert rows[3][0] == "食品经营许可"


def test_only_sheets_that_a_person_sees_are_offered(tmp_path):
    book = Written()
    book.worksheets[0].title = "看得见"
    book.create_sheet("藏起来").sheet_state = "hidden"
    book.save(tmp_path / "两张.xlsx")

    with closing(Workbook(tmp_path / "两张.xlsx")) as opened:
        assert opened.sheets == ("看得见",)


def test_the_second_sheet_has_its_own_merged_cells(tmp_path):
    book = Written()
    book.worksheets[0].append(["说明"])
    second = book.create_sheet("清单")
    second.append(["甲", None])
    second.merge_cells("A1:B1")
    book.save(tmp_path / "两张.xlsx")

    assert read(tmp_path / "两张.xlsx", "清单") == [("甲", "甲")]


BAD = {
    "网页": (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "网页"),
    "旧版": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
    "文本": ("事项名称,编码\n".encode(), "不是 xlsx"),
    "半截": (b"PK\x03\x04" + b"\0" * 100, "损坏"),
    "空的": (b"", "不是 xlsx"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_what_is_no_worksheet_file_is_refused_by_what_it_is(tmp_path, content, words):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=words) as refused:
        Workbook(path)

    assert "没有读入" in str(refused.value)


def repacked(path, changed):
    """Return the same worksheet file with parts changed or added."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()} | changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_a_worksheet_with_macros_is_refused(tmp_path):
    path = repacked(written(tmp_path / "清单.xlsx", ["编码"]), {"xl/vbaProject.bin": b"code"})

    with pytest.raises(BadInput, match="宏"):
        Workbook(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = repacked(
        written(tmp_path / "清单.xlsx", ["编码"]), {"xl/worksheets/sheet2.xml": b" " * 40_000_000}
    )

    with pytest.raises(BadInput, match="不合常理"):
        Workbook(path)


def test_a_part_that_declares_entities_is_refused(tmp_path):
    lol = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    path = repacked(written(tmp_path / "清单.xlsx", ["编码"]), {"xl/sharedStrings.xml": lol})

    with pytest.raises(BadInput, match="损坏"):
        Workbook(path)


def test_a_damaged_part_is_told_while_reading(tmp_path):
    path = repacked(
        written(tmp_path / "清单.xlsx", ["编码"]), {"xl/worksheets/sheet1.xml": b"<worksheet><"}
    )

    with pytest.raises(BadInput, match="损坏"):
        read(path)


def test_a_sheet_of_endless_columns_is_refused(tmp_path):
    path = written(tmp_path / "清单.xlsx", ["栏"] * 300)

    with pytest.raises(BadInput, match="多于200栏"):
        read(path)


def test_a_day_stays_a_day(tmp_path):
    path = written(tmp_path / "清单.xlsx", [date(2026, 3, 18)])

    assert read(path)[0][0] == date(2026, 3, 18)
