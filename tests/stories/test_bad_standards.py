"""In the real window: standards that are wrong, brought in or written by hand. Everything wrong is
told at once and where it stands, and the store stays as it was."""

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from openpyxl import Workbook

from clerk.app.sign_data import signed_beside
from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.identity import Role
from clerk.domain.standard_draft import Proposal, ProposalState, StandardDraft
from clerk.domain.standard_writing import table_of
from clerk.storage import standard_drafts, standard_proposals, standards
from clerk.storage.plain_table import dump_table, load_table
from clerk.ui.package_take import PackageDialog
from clerk.ui.sheet_import import Step
from clerk.ui.standards_waiting import WaitingDialog
from integrations.credentials.signatures import new_key
from tests.domain.test_sheet_drafts import NEW, listed
from tests.services.test_standard_package import packed, with_members
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, window_of
from tests.stories.pictures import grab
from tests.stories.test_sheet_import import importing, in_front, until_step
from tests.stories.test_standards import go_element, go_line, page_of

FOOD, FOOD_NAME = "food_business_permit", "食品经营许可新办"
BASIS = {"law": "食品安全法", "article": "第三十五条"}
AREA, ROOM, OPENING = "经营面积", "专间或专用操作区面积", "拟开业日期"


@pytest.fixture(scope="module")
def bureau(start, made_home, tmp_path_factory) -> AtCounter:
    """A window that trusts the bureau's key, which lies in its home; the editor has signed in."""
    home = shutil.copytree(made_home, tmp_path_factory.mktemp("home") / "home")
    private, public = new_key()
    (home / "practice" / "settings.toml").write_text(f'data_keys = ["{public}"]', encoding="utf-8")
    (home / "bureau.key").write_text(private, encoding="ascii")
    counter: AtCounter = start(home)
    counter.enter("bian")
    return counter


@pytest.fixture
def counter(bureau: AtCounter) -> AtCounter:
    """The bureau's window with no dialog in front and the whole list beside the editor."""
    while bureau.dialog():
        bureau.press("Esc")
    page = page_of(bureau)
    bureau.until(page.list.model.rowCount)
    return bureau


def drafted(counter: AtCounter) -> Mapping[str, StandardDraft | None]:
    """Every draft there is."""
    with counter.store() as tx:
        return {code: standard_drafts.find(tx, code) for code in standard_drafts.all_taken(tx)}


def published(counter: AtCounter) -> tuple[Sequence[Proposal], Sequence[CatalogueLine]]:
    """What was laid before a publisher, the newest first, and what is published."""
    with counter.store() as tx:
        return standard_proposals.newest(tx), tuple(standards.lines(tx))


def kept(counter: AtCounter) -> object:
    """What is drafted, laid before a publisher and published."""
    return drafted(counter), published(counter)


# ---- a worksheet ---------------------------------------------------------------------------------


def saved(path, rows, parts=()):
    """Write a worksheet file of these rows, with further parts that no bureau needs."""
    book = Workbook()
    book.worksheets[0].title = "实施清单"
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts:
            archive.writestr(name, content)


def web_page(path):
    path.write_text("<html><table><tr><td>实施清单</td></tr></table></html>", encoding="utf-8")


def with_macros(path):
    saved(path, listed(NEW), [("xl/vbaProject.bin", b"code")])


def bomb(path):
    saved(path, listed(NEW), [("xl/worksheets/sheet2.xml", b" " * 40_000_000)])


def two_gigabytes_of_cells(path):
    """No part swells beyond reason; all of them together do."""
    part = b"<c><v>1</v></c>" * 600_000
    saved(path, listed(NEW), ((f"xl/worksheets/sheet{at}.xml", part) for at in range(2, 241)))


REFUSED = {
    web_page: "qingdan.xlsx 其实是网页，改了扩展名，没有读入，原文件没有动",
    with_macros: "qingdan.xlsx 带有宏，没有读入，原文件没有动",
    bomb: "qingdan.xlsx 解开后大得不合常理（38 MB），没有读入，原文件没有动",
    two_gigabytes_of_cells: "qingdan.xlsx 解开后大得不合常理（2051 MB），没有读入，原文件没有动",
}


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_file_that_is_no_plain_worksheet_is_refused_where_it_was_named(counter, tmp_path, make):
    path = tmp_path / "qingdan.xlsx"
    make(path)
    as_sent, before = path.stat().st_mtime_ns, kept(counter)
    counter.do("导入实施清单")
    dialog = importing(counter)

    counter.type(str(path))
    counter.press("Return")

    counter.until_seen(REFUSED[make])
    assert counter.times_said(REFUSED[make]) == 1
    assert dialog.step is Step.FILE
    assert counter.typed() == str(path)
    grab(counter, f"bad-{make.__name__}")
    counter.press("Esc")
    assert counter.dialog() == ""
    assert (kept(counter), path.stat().st_mtime_ns) == (before, as_sent)


def test_all_that_is_wrong_with_a_list_is_told_at_once_by_row_and_column(counter, tmp_path):
    """Two rows with one code, formulas that go round in a circle, a day that has passed …"""
    heads = dict.fromkeys((*NEW, "生效日期"))
    rows = listed(
        heads | NEW,
        heads | NEW | {"事项名称": "又一个摆摊备案"},
        heads | NEW | {"实施编码": 1.1990123e30},
        heads | NEW | {"实施编码": "X1", "设定依据": "=D6", "材料名称": "=Y6"},
        heads | NEW | {"实施编码": "X2", "设定依据": "=D5"},
        heads | NEW | {"实施编码": "X3", "生效日期": date(2026, 3, 17)},
        heads | NEW | {"实施编码": "X4", "实施主体": None},
    )
    saved(tmp_path / "qingdan.xlsx", rows)
    before = kept(counter)
    counter.do("导入实施清单")
    dialog = importing(counter)
    counter.type(str(tmp_path / "qingdan.xlsx"))
    counter.press("Return")
    until_step(counter, dialog, Step.MAPPING)
    counter.press("2", "F9")
    until_step(counter, dialog, Step.FAULTS)

    counter.until_seen("“实施清单”里读到 7 个事项", "全部有错误，一个也不会存", "错误 7")
    model = dialog.faults.model
    told = {
        (model.index(row, 1).data(), model.index(row, 2).data()) for row in range(model.rowCount())
    }
    assert told == {
        ("B3", "和第2行是同一个编码的事项，只能留一行"),
        ("B4", "实施编码被表格软件存成了数字，末尾几位已经丢失。请把这一栏设为文本，重新填写编码"),
        ("D5", "设定依据是公式，没有读入。请在表里把公式粘贴为数值"),
        ("Y5", "材料名称是公式，没有读入。请在表里把公式粘贴为数值"),
        ("D6", "设定依据是公式，没有读入。请在表里把公式粘贴为数值"),
        ("AE7", "生效日期2026-03-17早于今天，新版本从今天或以后生效"),
        ("F8", "实施主体没有填"),
    }
    grab(counter, "bad-list")
    counter.press("F9")
    until_step(counter, dialog, Step.DIFFERENCE)
    counter.press("F9")
    counter.until_seen("没有要存的：清单和现行的一样，或者都有错误")
    grab(counter, "bad-list-nothing")
    counter.press("Esc")
    assert kept(counter) == before


# ---- a signed package ----------------------------------------------------------------------------


def rest_of(table, code):
    """The table without the line of the form that a rule names."""
    return [line for line in table["fields"] if line["code"] != code]


def in_a_circle(table):
    """Two lines of the form that are worked out of each other, and one that a rule still names."""
    line = {"kind": "number", "unit": "平方米", "basis": BASIS}
    lines = rest_of(table, "opening_on")
    lines += [
        line | {"code": "INSIDE", "label": "室内面积", "computed": {"sum": ["OUTSIDE", "area"]}},
        line | {"code": "OUTSIDE", "label": "室外面积", "computed": {"sum": ["INSIDE", "area"]}},
    ]
    return table | {"fields": lines}


def signed(counter, file, changed):
    """What is in force here, packed, with members changed, and signed with the bureau's key."""
    window = window_of(counter)
    packed(window, window.session(Role.STANDARD_EDITOR), file)
    with_members(file, changed)
    signed_beside(counter.settings.folder.parent / "bureau.key", file)


def take(counter, file):
    """Bring a package in by keys and wait for what is said of it."""
    counter.do("取标准包")
    dialog = in_front(counter, PackageDialog)
    counter.type(str(file))
    counter.press("Return")
    counter.until(lambda: not dialog.work.running)
    return dialog


def test_all_that_is_wrong_with_a_package_is_told_at_once_by_item_and_line(counter, tmp_path):
    food = load_table(dump_table(table_of(window_of(counter).catalogue[FOOD])))
    rest = table_of(window_of(counter).catalogue["business_rest_filing"])
    signed(
        counter,
        tmp_path / "bao.zip",
        {
            f"standards/{FOOD}/1.json": dump_table(in_a_circle(food)).encode(),
            "standards/business_rest_filing/1.json": dump_table(rest | {"visits": "两次"}).encode(),
        },
    )
    before = kept(counter)

    dialog = take(counter, tmp_path / "bao.zip")

    assert counter.troubles() == ["标准包有3处问题，没有取任何内容。请让打包的单位重新打一份"]
    assert [one.text for one in dialog.faults.lines()] == [
        "business_rest_filing 第1版 › 到现场次数：应为不小于0的整数",
        f"{FOOD} 第1版 › 填写项 INSIDE：INSIDE → OUTSIDE → INSIDE 互相推算，算不出来",
        f"{FOOD} 第1版 › 规则 OPENING › 比较哪几处：没有表单项 opening_on",
    ]
    grab(counter, "bad-package")
    counter.press("Esc")
    assert kept(counter) == before


def test_a_package_made_to_fill_the_disk_or_with_a_program_in_it_is_not_unpacked(counter, tmp_path):
    file = tmp_path / "bao.zip"
    signed(counter, file, {})
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("codes/bomb.toml", b"0" * (64 << 20))
        archive.writestr("xl/vbaProject.bin", b"code")
    signed_beside(counter.settings.folder.parent / "bureau.key", file)
    before = kept(counter)

    dialog = take(counter, file)

    assert [one.text for one in dialog.faults.lines()] == [
        "codes/bomb.toml：解开后大得不正常（67108864字节）",
        "'xl/vbaProject.bin'：不该有这个文件",
    ]
    grab(counter, "bad-package-bomb")
    counter.press("Esc")
    assert kept(counter) == before


# ---- by hand in the editor -----------------------------------------------------------------------


def look_up(counter):
    """The food permit in the editor, looked through."""
    page = page_of(counter)
    counter.press("F3", "Ctrl+A")
    counter.type(FOOD_NAME)
    counter.press("Return")
    counter.until(lambda: page.open is not None and page.open.row.item_code == FOOD)
    counter.until(lambda: page.open is not None and page.open.result is not None)
    return page


def work_out(counter, page, line, *parts):
    """Let a line of the form be the sum of others, picked from the list by their names."""
    go_line(counter, page, line)
    counter.press("Right")
    go_element(counter, "算出来：这些填写项相加")
    counter.press("Return")
    counter.until(lambda: counter.dialog().startswith("算出来"))
    for part in parts:
        counter.press("F3", "Ctrl+A")
        counter.type(part)
        counter.press("Return", "Return")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "")
    counter.press("Esc")


def test_lines_in_a_circle_and_a_rule_without_its_line_are_told_by_name_and_not_proposed(counter):
    before = published(counter)
    page = look_up(counter)
    counter.press("Ctrl+3")

    work_out(counter, page, AREA, ROOM, "每日就餐人数")
    work_out(counter, page, ROOM, AREA, "从业人数")
    go_line(counter, page, OPENING)
    counter.press("Del")

    counter.until_seen("要改的 4 处")
    assert [(one.text.rpartition("：")[2], one.why) for one in page.side.findings.lines()] == [
        (
            "表单项“每日就餐人数”的单位是人，结果的单位是平方米",
            f"填写项 14 {AREA} › 算出来：这些填写项相加",
        ),
        (
            "表单项“从业人数”的单位是人，结果的单位是平方米",
            f"填写项 21 {ROOM} › 算出来：这些填写项相加",
        ),
        (f"“{AREA}” → “{ROOM}” → “{AREA}”互相推算，算不出来", f"填写项 14 {AREA}"),
        ("没有表单项 opening_on", f"规则 6 {OPENING}应不早于今天 › 比较哪几处"),
    ]
    counter.press("F9")
    counter.until_seen("还有 4 处要改，按 F4 一处一处看")
    counter.until(page.open.is_kept)
    grab(counter, "bad-draft")
    assert published(counter) == before
    for _ in range(3):
        counter.press("Ctrl+Z")
    counter.until(page.main_button.isEnabled)


def propose_a_name(counter):
    """Give the food permit another name, and say why, up to the last key before it is proposed."""
    page = look_up(counter)
    counter.press("Ctrl+1", "Right", "Ctrl+A")
    counter.type(f"{FOOD_NAME}（试）")
    counter.press("Return")
    counter.until(lambda: page.open.is_kept() and page.main_button.isEnabled())
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "提交发布")
    counter.until_seen("样例的结论")
    counter.type("gai ming")


def test_a_version_that_begins_before_today_is_not_proposed(counter):
    before = published(counter)
    propose_a_name(counter)
    counter.press("Shift+Tab", "Ctrl+A")
    counter.type("2026-03-17")

    counter.press("F9")

    counter.until_seen("生效日期不能早于今天，3 月 18 日")
    assert counter.dialog() == "提交发布"
    grab(counter, "bad-day")
    counter.press("Esc")
    assert published(counter) == before


def test_a_proposal_whose_day_has_passed_goes_back_to_its_editor(counter):
    """The day is right when it is proposed; the publisher comes a day too late."""
    propose_a_name(counter)
    counter.press("F9")
    counter.until_seen("已送审")
    _, before = published(counter)
    counter.days_later(1)

    another_person(counter, "fa")
    page = page_of(counter)
    counter.until(page.list.model.rowCount)
    counter.press("F9")
    counter.until_seen("gai ming", "生效日期已经过去，退回给编写人改期再送")
    grab(counter, "bad-day-publisher")
    counter.press("F9")
    assert counter.troubles() == ["生效日期已经过去，退回给编写人改期再送"]
    in_front(counter, WaitingDialog).reason.focus_editor()
    counter.type("gai qi")
    counter.press("Shift+F9")
    counter.until_seen("已退回")

    proposals, lines = published(counter)
    assert (proposals[0].state, lines) == (ProposalState.SENT_BACK, before)
