"""In the real window: a bureau's list comes in, two people publish it, and the window finds it,
checks it, explains it; made again, the check says the same. So comes its own letter, as Word."""

import io
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from clerk import assets
from clerk.domain.identity import Role
from clerk.services.letter_templates import for_letter
from clerk.services.rechecking import recheck_some
from clerk.ui.letter_templates import LetterTemplatesDialog
from clerk.ui.letter_templates_import import LetterImportDialog
from clerk.ui.sheet_import import SheetImportDialog, Step
from tests.domain.test_sheet_drafts import CODE, MATERIAL, NAME, NEW, listed
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, window_of
from tests.stories.pictures import grab
from tests.stories.test_standards import page_of

pytestmark = pytest.mark.own_window(signed_in=False)

INITIALS = "hwbtba"


@pytest.fixture
def worksheet(tmp_path):
    book = Workbook()
    book.worksheets[0].title = "实施清单"
    spoiled = NEW | {"事项名称": "编码坏了的事项", "实施编码": 1.1990123e30}
    for row in listed(NEW | {"材料类型": 2}, spoiled):
        book.worksheets[0].append(row)
    book.save(tmp_path / "qingdan.xlsx")
    return tmp_path / "qingdan.xlsx"


def importing(counter: AtCounter) -> SheetImportDialog:
    """The import in front."""
    counter.until(lambda: counter.dialog() == "导入实施清单")
    shown = counter.station.window.findChildren(SheetImportDialog)
    return next(one for one in shown if one.isVisible())


def until_step(counter: AtCounter, dialog: SheetImportDialog, step: Step) -> None:
    counter.until(lambda: dialog.step is step and not dialog.work.running)


def take_in(counter: AtCounter, path: str) -> None:
    """Bring the list in by keys: its file, what a column means, the checks, what changes."""
    counter.do("导入实施清单")
    dialog = importing(counter)
    counter.type(path)
    counter.press("Return")
    until_step(counter, dialog, Step.MAPPING)
    counter.until_seen("“材料类型”这一栏写的是")
    counter.press("2")
    grab(counter, "import-mapping")
    counter.press("F9")
    until_step(counter, dialog, Step.FAULTS)
    counter.until_seen("B3", "存成了数字")
    grab(counter, "import-faults")
    counter.press("F9")
    until_step(counter, dialog, Step.DIFFERENCE)
    counter.until_seen(NAME, "新增 1")
    grab(counter, "import-difference")
    counter.press("F9")
    counter.until_seen("存了 1 份草稿")


def test_a_list_comes_in_is_published_by_two_found_by_initials_checked_and_replayed(
    counter, worksheet
):
    counter.enter("bian")
    page = page_of(counter)
    take_in(counter, str(worksheet))

    counter.until(page.list.model.rowCount)
    counter.press("F3")
    counter.type(NAME)
    counter.press("Return")
    counter.until(lambda: page.open is not None and page.open.row.item_code == CODE)
    counter.until(page.main_button.isEnabled)
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "提交发布")
    counter.until_seen("没有样例")
    counter.type("县里的新事项")
    counter.press("F9")
    counter.until_seen("已送审")

    another_person(counter, "fa")
    page = page_of(counter)
    counter.until(page.list.model.rowCount)
    counter.press("F9")
    counter.until_seen("县里的新事项", NAME)
    counter.press("F9", "F9")
    counter.until_seen("已发布 1 项")

    another_person(counter, "zhou")
    counter.go_intake()
    assert counter.open_item(INITIALS).item_code == CODE
    counter.place_card("李样本")
    counter.until_seen(NAME, MATERIAL, "1 项要处理")
    counter.press("Ctrl+I")
    counter.until(lambda: counter.dialog() == "逐条理由和依据")
    counter.until_seen(f"没有{MATERIAL}", "城市市容条例第十五条")
    grab(counter, "import-explained")
    counter.press("Esc")
    counter.until(counter.floor.intake.body.is_whole)
    counter.go_material(MATERIAL)
    counter.press("F7")
    counter.until(lambda: counter.case().evidence.get("M01"))
    counter.until_seen("收件")
    counter.press("F9")
    counter.until_seen("办件编号", "收件凭证")
    grab(counter, "import-received")

    auditor = window_of(counter).session(Role.AUDITOR)
    again = recheck_some(counter.opened.desk, auditor)
    assert (again.checks, again.differing) == (1, ())


LETTER = "place_use"


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """The bureau's own letter, with a field misspelt at first."""
    document = docx.Document(
        io.BytesIO(assets.read_bytes("templates", f"commitments/{LETTER}.docx"))
    )
    document.add_paragraph("本文本由示例县行政审批服务局法制科审定，承诺人：【申请人名字】")
    document.save(str(tmp_path / "chengnuo.docx"))
    return tmp_path / "chengnuo.docx"


def corrected(path: Path) -> None:
    """Put the field right, as the legal office does in Word."""
    document = docx.Document(str(path))
    document.paragraphs[-1].runs[0].text = "本文本由示例县行政审批服务局法制科审定"
    document.save(str(path))


def in_front(counter: AtCounter, kind):
    """The dialog of a kind that is shown."""
    counter.until(lambda: any(one.isVisible() for one in counter.station.window.findChildren(kind)))
    return next(one for one in counter.station.window.findChildren(kind) if one.isVisible())


def import_letter(counter: AtCounter, path: Path) -> None:
    """Bring the Word file in by keys: refused at first, put right, looked at, kept, proposed."""
    counter.press("Ctrl+T")
    shelf = in_front(counter, LetterTemplatesDialog)
    counter.until(lambda: shelf.rows.rows)
    place = [row.code for row in shelf.rows.rows].index(LETTER)
    counter.press(*["Down"] * place)
    counter.until(shelf.view.has_pages)
    grab(counter, "letters-shelf")
    counter.press("Ctrl+O")
    dialog = in_front(counter, LetterImportDialog)
    counter.type(str(path))
    counter.press("F9")
    counter.until_seen("1 处不能用", "是不是【申请人名称】")
    grab(counter, "letters-refused")
    corrected(path)
    counter.press("F5")
    counter.until(dialog.view.has_pages)
    counter.until_seen("校核没有发现问题")
    grab(counter, "letters-checked")
    counter.press("F9")
    shelf = in_front(counter, LetterTemplatesDialog)
    counter.until(lambda: shelf.current() is not None and shelf.current().own is not None)
    shelf.reason.focus_editor()
    counter.type("huan yong ben ju wen ben")
    counter.press("F9")
    counter.until_seen("待启用", "已提出，另一个人启用后")
    counter.until(shelf.view.has_pages)
    grab(counter, "letters-proposed")


def test_a_bureaus_own_letter_comes_in_as_word_is_taken_into_use_by_another(counter, word_file):
    counter.enter("bian")
    page = page_of(counter)
    counter.until(page.list.model.rowCount)
    import_letter(counter, word_file)

    another_person(counter, "fa")
    page = page_of(counter)
    counter.until(page.list.model.rowCount)
    counter.press("Ctrl+T")
    counter.until_seen("边编写提出")
    counter.press("F9")
    counter.until_seen("以前签的不变")
    grab(counter, "letters-used")

    assert for_letter(counter.opened.desk, LETTER).version == "L1"
