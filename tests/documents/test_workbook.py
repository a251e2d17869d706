"""A bureau's worksheet is read as it is, and what is no plain worksheet is refused in one sentence."""

import zipfile
from contextlib import closing
from datetime import date, time

import pytest
from openpyxl import Workbook as Written
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from clerk.documents.standard_sheet import write_standard_sheet
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


def test_a_file_that_is_not_there_or_may_not_be_read_says_so_in_chinese(tmp_path):
    with pytest.raises(BadInput, match=r"找不到 清单\.xlsx，没有读入"):
        Workbook(tmp_path / "清单.xlsx")
    with pytest.raises(BadInput, match="读不出，没有读入"):
        Workbook(tmp_path)


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


def with_sheet(path, sheet, **parts):
    """A worksheet file whose sheet is this XML, with other parts changed as well."""
    written(path, ["x"])
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = f'<?xml version="1.0"?><worksheet xmlns="{space}">{sheet}</worksheet>'
    return repacked(path, {"xl/worksheets/sheet1.xml": whole.encode()} | parts)


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place, said):
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


@pytest.mark.parametrize("declared", ["A1:XFD1048576", "A1", "nonsense"])
def test_what_a_sheet_declares_of_its_size_is_not_believed(tmp_path, declared):
    sheet = f'<dimension ref="{declared}"/><sheetData>{row(1, text("A1", "甲"))}'
    sheet += f"{row(2, text('A2', '乙'), text('C2', '丙'))}</sheetData>"

    assert read(with_sheet(tmp_path / "清单.xlsx", sheet)) == [("甲",), ("乙", None, "丙")]


def test_only_a_cell_that_says_something_counts_as_a_column(tmp_path):
    blank = '<c r="XFD1" s="0"/>'
    empty = f"<sheetData>{row(1, text('A1', '甲'), blank)}"
    said = f"<sheetData>{row(1, text('A1', '甲'), text('XFD1', '远'))}</sheetData>"

    assert read(with_sheet(tmp_path / "空.xlsx", empty + "</sheetData>")) == [("甲",)]
    with pytest.raises(BadInput, match="有16384栏，多于200栏"):
        read(with_sheet(tmp_path / "远.xlsx", said))


@pytest.mark.parametrize(
    "sheet",
    [
        f"<sheetData>{row(2_000_000, text('A1', '甲'))}</sheetData>",
        f"<sheetData>{row(1, text('A1', '甲' * 100_001))}</sheetData>",
        f"<sheetData>{row(1, text('a1', '甲'))}</sheetData>",
        '<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>很多</v></c></row></sheetData>',
    ],
    ids=["row too far", "cell too long", "no such column", "no such text", "no number"],
)
def test_what_no_worksheet_can_hold_is_told_as_damage(tmp_path, sheet):
    with pytest.raises(BadInput, match="损坏"):
        read(with_sheet(tmp_path / "清单.xlsx", sheet))


def test_rows_that_are_not_there_keep_their_numbers(tmp_path):
    sheet = f"<sheetData>{row(1, text('A1', '甲'))}{row(4, text('A4', '丁'))}</sheetData>"

    with closing(Workbook(with_sheet(tmp_path / "清单.xlsx", sheet))) as book:
        assert [found.number for found in book.rows("实施清单")] == [1, 4]
        assert book.head("实施清单") == (("甲",), (), (), ("丁",))


def test_an_empty_sheet_has_no_rows(tmp_path):
    path = with_sheet(tmp_path / "清单.xlsx", "<sheetData/>")

    assert read(path) == []
    with closing(Workbook(path)) as book:
        assert book.head("实施清单") == ()


def test_numbers_stay_what_the_spreadsheet_made_of_them(tmp_path):
    cells = "".join(
        f'<c r="{place}1"{kind}><v>{said}</v></c>'
        for place, kind, said in (
            ("A", "", "1.1990123E30"),
            ("B", "", "20"),
            ("C", "", "2.5"),
            ("D", ' t="b"', "1"),
            ("E", ' t="e"', "#REF!"),
            ("F", ' t="d"', "2026-03-18T00:00:00"),
        )
    )

    assert read(with_sheet(tmp_path / "清单.xlsx", f"<sheetData>{row(1, cells)}</sheetData>")) == [
        (1.1990123e30, 20, 2.5, True, "#REF!", date(2026, 3, 18))
    ]


def test_days_are_counted_from_where_the_file_says(tmp_path):
    book = Written()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([date(2026, 3, 18), time(8, 30)])
    book.save(tmp_path / "清单.xlsx")

    with closing(Workbook(tmp_path / "清单.xlsx")) as opened:
        assert opened.from_1904
        assert next(opened.rows("Sheet")).cells == (date(2026, 3, 18), "08:30:00")


def test_reading_aids_above_characters_are_no_text(tmp_path):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>东京</t><rPh sb="0" eb="2"><t>トウ</t></rPh></si></sst>'
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    path = with_sheet(tmp_path / "清单.xlsx", sheet, **{"xl/sharedStrings.xml": strings.encode()})

    assert read(path) == [("东京",)]


def test_how_many_rows_there_are_is_judged_while_they_are_read(tmp_path):
    rows = [[f"事项{number}", "x" * 200] for number in range(3000)]

    with closing(Workbook(written(tmp_path / "清单.xlsx", *rows))) as book:
        about = [book.row_count(found.number) for found in book.rows("实施清单")]

    assert 2500 < about[1500] < 3600
    assert about[-1] == 3000


def test_a_list_that_goes_out_holds_texts_only(tmp_path):
    rows = [("=1+1", "\x07响", "-3", "甲" * 40_000)]

    write_standard_sheet(tmp_path / "清单.xlsx", "实施清单", ("一", "二", "三", "四"), rows)

    assert read(tmp_path / "清单.xlsx")[1] == ("=1+1", "响", "-3", "甲" * 32_767)
