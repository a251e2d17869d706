"""A bureau's list on the real store: seen first, kept in one piece, and nothing where it is not."""

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from clerk import wording_sheet
from clerk.app.import_wiring import changes, sheet_vocabulary
from clerk.domain.errors import BadInput, NotAllowed
from clerk.domain.identity import Role
from clerk.domain.sheet_columns import MaterialTypeMeaning
from clerk.domain.sheet_drafts import DraftChange
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.standard_draft import CatalogueQuery
from clerk.services import catalogue, sheet_export, sheet_import, standard_drafts
from clerk.storage import standards
from tests.domain.test_sheet_drafts import CODE, NAME, NEW, STARTERS, listed
from tests.services.window import Window

SHEET = "实施清单"
WORDS = sheet_import.ImportWords(fault=wording_sheet.fault_cells, changes=changes)
OTHER = "11990123MB0000019Y4990131088000"


def on(done: int, about: int) -> bool:
    return done <= about


@pytest.fixture
def editor(bare_window: Window):
    """A window with a small catalogue, and the session of whoever edits it."""
    with bare_window.desk.store.begin() as tx:
        for code in STARTERS:
            standards.publish(tx, bare_window.catalogue[code], bare_window.desk.now())
    return bare_window.desk, bare_window.session(Role.STANDARD_EDITOR)


@pytest.fixture
def worksheet(tmp_path: Path):
    def write(rows, name="清单.xlsx"):
        book = Workbook()
        book.worksheets[0].title = SHEET
        for row in rows:
            book.worksheets[0].append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def checked(editor, path, go_on=on):
    desk, session = editor
    vocabulary = sheet_vocabulary()
    head = sheet_import.sheet_head(desk, session, path, SHEET, vocabulary)
    mapping = replace(head.mapping, material_type=MaterialTypeMeaning.MATERIAL_KIND)
    return sheet_import.check_list(desk, session, path, mapping, vocabulary, go_on, WORDS)


def drafts(editor):
    desk, session = editor
    page = catalogue.catalogue_page(desk, session, CatalogueQuery(drafts=True))
    return [row.item_code for row in page.rows]


def test_the_catalogue_goes_out_and_comes_back_without_a_difference(editor, tmp_path):
    desk, session = editor
    path = tmp_path / "全部.xlsx"

    out = sheet_export.export_list(desk, session, sheet_vocabulary(), (), path, SHEET, on)
    found = checked(editor, path)

    assert found.report.items == out
    assert found.report.changes == {DraftChange.SAME: out}
    assert found.report.count(FaultLevel.ERROR) == 0
    assert (found.report.to_keep, found.report.unlisted) == (0, 0)
    found.close()


def test_a_list_is_seen_first_and_kept_when_a_person_says_so(editor, worksheet):
    desk, session = editor
    found = checked(editor, worksheet(listed(NEW, NEW | {"实施编码": OTHER})))

    assert drafts(editor) == []
    assert found.report.changes == {DraftChange.ADDED: 2}
    assert sheet_import.keep_drafts(desk, session, found, "三月", "清单.xlsx", on) == 2
    found.close()
    assert drafts(editor) == [CODE, OTHER]
    kept = standard_drafts.load_draft(desk, session, OTHER)
    assert (kept.batch, kept.table["name"]) == ("三月", NAME)


def test_a_check_or_a_keeping_that_is_stopped_leaves_nothing(editor, worksheet):
    desk, session = editor
    path = worksheet(listed(*(NEW | {"实施编码": f"X{n:03}"} for n in range(450))))

    assert checked(editor, path, lambda done, about: done < 200) is None
    found = checked(editor, path)
    assert sheet_import.keep_drafts(desk, session, found, "b", "n", lambda *_: False) is None
    found.close()

    assert drafts(editor) == []


def test_all_faults_of_a_bad_list_are_told_at_once_and_nothing_of_it_is_kept(
    editor, worksheet, tmp_path
):
    rows = listed(
        NEW,
        NEW,
        NEW | {"实施编码": 1.1990123e30},
        NEW | {"实施编码": OTHER, "设定依据": "=A1"},
        NEW | {"实施编码": "X1", "生效日期": "2020-01-01"},
        NEW | {"实施编码": "X2", "是否收费": "是"},
        NEW | {"实施编码": "X3", "取消日期": "去年"},
        NEW | {"实施编码": "X4", "设定依据": None},
    )
    rows[2] = ("另一个名字", *rows[2][1:])
    found = checked(editor, worksheet(rows))

    assert found.report.left_out == found.report.items == 8
    assert found.report.to_keep == 0
    found.write_faults(tmp_path / "问题.csv")
    found.close()
    with (tmp_path / "问题.csv").open(encoding="utf-8-sig", newline="") as file:
        errors = {(row[1], row[2], row[4]) for row in csv.reader(file) if row[3] == "错误"}
    assert {rule for _, _, rule in errors} == {
        "double_item",
        "digits_lost",
        "formula",
        "empty",
        "begins_earlier",
        "I7",
        "day_unknown",
    }
    assert ("3", "B", "double_item") in errors
    assert ("4", "B", "digits_lost") in errors
    assert drafts(editor) == []


def test_what_is_being_edited_already_is_left_out_and_the_rest_comes_in(editor, worksheet):
    desk, session = editor
    standard_drafts.new_draft(desk, session, {"item_code": CODE})

    found = checked(editor, worksheet(listed(NEW, NEW | {"实施编码": OTHER})))

    (error,) = [one for one in found.report.faults if one.level is FaultLevel.ERROR]
    assert (error.rule.value, error.row) == ("draft_exists", 2)
    assert sheet_import.keep_drafts(desk, session, found, "三月", "清单.xlsx", on) == 1
    found.close()


def test_what_was_published_after_the_list_was_seen_keeps_the_whole_of_it_out(
    editor, worksheet, bare_window
):
    desk, session = editor
    found = checked(editor, worksheet(listed(NEW, NEW | {"实施编码": OTHER})))
    with desk.store.begin() as tx:
        other = replace(bare_window.catalogue[STARTERS[0]], item_code=OTHER)
        standards.publish(tx, other, desk.now())

    with pytest.raises(BadInput, match="之后又发布了新版，没有改动。请重新核对再来"):
        sheet_import.keep_drafts(desk, session, found, "三月", "清单.xlsx", on)
    found.close()

    assert drafts(editor) == []


def test_a_list_that_lacks_a_column_becomes_no_draft(editor, worksheet):
    rows = listed({key: NEW[key] for key in NEW if key != "办件类型"})

    found = checked(editor, worksheet(rows))
    found.close()

    assert (found.report.to_keep, found.report.left_out) == (0, 1)


def test_what_a_draft_still_lacks_is_told_by_row(editor, worksheet):
    found = checked(editor, worksheet(listed({key: NEW[key] for key in NEW if key != "文号代字"})))
    found.close()

    (lacking,) = [one for one in found.report.faults if one.rule.value == "draft_lacks"]
    assert (lacking.row, lacking.detail["many"]) == (2, "1")
    assert "document_mark" in lacking.detail["lacking"]
    assert found.report.to_keep == 1


def test_only_who_edits_standards_brings_a_list_in_or_takes_one_away(
    editor, bare_window, worksheet, tmp_path
):
    desk, _ = editor
    clerk = bare_window.session(Role.WINDOW_CLERK)

    with pytest.raises(NotAllowed):
        checked((desk, clerk), worksheet(listed(NEW)))
    with pytest.raises(NotAllowed):
        sheet_export.export_list(
            desk, clerk, sheet_vocabulary(), (), tmp_path / "a.xlsx", SHEET, on
        )


def test_a_file_without_a_visible_sheet_is_refused(worksheet):
    path = worksheet(listed(NEW))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b'state="visible"', b'state="hidden"'
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)

    with pytest.raises(BadInput, match="没有可见的工作表"):
        sheet_import.sheet_names(path)
