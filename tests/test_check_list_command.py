"""``clerk --check-list``: a bureau looks over its worksheet from a terminal before it brings it."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from clerk.__main__ import main

HEADINGS = ("事项名称", "实施编码", "事项类型", "设定依据", "实施主体", "办件类型", "网办深度")
ITEM = (
    "食品经营许可",
    "11990123MB0000019Y4990131001000",
    "行政许可",
    "食品安全法第三十五条",
    "示例县局",
    "承诺件",
    4,
)


@pytest.fixture
def worksheet(tmp_path):
    def write(*rows):
        book = Workbook()
        book.worksheets[0].title = "清单"
        for row in rows:
            book.worksheets[0].append(row)
        path = tmp_path / "实施清单.xlsx"
        book.save(path)
        return str(path)

    return write


def test_a_list_without_errors_is_told_what_was_understood_and_kept(worksheet, capsys):
    assert main(["--check-list", worksheet(("示例县实施清单",), HEADINGS, ITEM)]) == 0

    told = capsys.readouterr().out
    assert "实施编码 → 实施编码" in told
    assert "网办深度 → 不认识，原样保留" in told
    assert "读到1个事项" in told
    assert "错误0处" in told


def test_each_fault_is_told_with_its_cell(worksheet, capsys):
    spoiled = (ITEM[0], 1.1990123e30, *ITEM[2:])

    assert main(["--check-list", worksheet(HEADINGS, spoiled)]) == 1

    assert "错误 B2 实施编码被表格软件存成了数字" in capsys.readouterr().out


def test_hints_do_not_push_the_errors_out_of_sight(worksheet, capsys):
    """A bureau numbers its lines by a formula (序号); the one bad code stands at the end."""
    rows = [(*ITEM[:1], f"{ITEM[1][:-3]}{number:03}", *ITEM[2:], "=ROW()") for number in range(60)]
    spoiled = (ITEM[0], 1.1990123e30, *ITEM[2:], "=ROW()")

    assert main(["--check-list", worksheet((*HEADINGS, "序号"), *rows, spoiled)]) == 1

    told = capsys.readouterr().out
    assert "“清单”里读到61个事项" in told
    assert "提示 H2 序号是公式" in told
    assert "错误 B62 实施编码被表格软件存成了数字" in told


def test_all_faults_go_to_a_file_that_a_spreadsheet_opens(worksheet, tmp_path, capsys):
    rows = [(*ITEM[:1], f"坏 {number}", *ITEM[2:]) for number in range(60)]
    out = tmp_path / "问题.csv"

    assert main(["--check-list", worksheet(HEADINGS, *rows), "--out", str(out)]) == 1

    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    errors = [line for line in lines if line[3] == "错误"]
    assert errors[0][:3] == ["清单", "2", "B"]
    assert len(errors) == 60
    assert "没有显示" in capsys.readouterr().out


def test_the_list_itself_is_never_written_over_with_its_faults(worksheet, capsys):
    path = worksheet(HEADINGS, ITEM)
    before = Path(path).read_bytes()

    assert main(["--check-list", path, "--out", path]) == 1

    assert "就是要核对的清单，没有核对" in capsys.readouterr().err
    assert Path(path).read_bytes() == before


def test_a_web_page_that_calls_itself_a_worksheet_is_refused_by_what_it_is(tmp_path, capsys):
    file = tmp_path / "实施清单.xlsx"
    file.write_text("<html><table></table></html>", encoding="utf-8")

    assert main(["--check-list", str(file), "--out", str(tmp_path / "问题.csv")]) == 1

    assert "实施清单.xlsx 其实是网页，改了扩展名，没有读入" in capsys.readouterr().err
    assert not (tmp_path / "问题.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["不在.xlsx"], "找不到 不在.xlsx"), (["{file}", "--sheet", "别的"], "没有叫“别的”的工作表")],
)
def test_what_cannot_be_read_is_said_in_one_sentence(worksheet, capsys, arguments, words):
    file = worksheet(HEADINGS, ITEM)

    assert main(["--check-list", *(each.format(file=file) for each in arguments)]) == 1

    assert words in capsys.readouterr().err
