"""承诺书模板 by keys: looked at, imported, proposed, taken into use by another, retired."""

from itertools import count

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import BadInput
from clerk.domain.identity import Role
from clerk.domain.letter_template import TemplateState
from clerk.ui.acts import Acts
from clerk.ui.letter_templates import LetterTemplatesDialog
from clerk.ui.letter_templates_import import LetterImportDialog
from clerk.ui.letter_templates_open import LetterTemplates
from clerk.ui.widgets import open_dialog
from tests.ui.letter_world import MISSPELT, SPLIT, SmallShelf

FILE = "/部门/本局场所承诺书.docx"
PUBLISHER = frozenset({Role.STANDARD_PUBLISHER})


class Desk(QWidget):
    """A window with the templates over it."""

    def __init__(self, world, jobs):
        super().__init__()
        self.resize(1366, 720)
        ticks = count(step=1000)
        self.acts = Acts(self, elapsed_ms=lambda: next(ticks))  # no key is a repeated one
        self.said: list[str] = []
        self.letters = LetterTemplates(
            self, world.actions(), jobs, open_dialog, self.said.append, lambda _: FILE
        )

    def shown(self, kind):
        """The one open dialog of a kind."""
        return next((one for one in self.findChildren(kind) if one.isVisible()), None)


@pytest.fixture
def opened(jobs, on_screen, qtbot):
    def open_it(world):
        desk = on_screen(Desk(world, jobs))
        desk.letters.open()
        dialog = desk.shown(LetterTemplatesDialog)
        qtbot.waitUntil(lambda: bool(dialog.rows.rows))
        return desk, dialog

    return open_it


def chips(dialog) -> list[str]:
    return [row.chip.text for row in dialog.rows.rows]


def test_a_word_file_is_checked_shown_and_kept_and_nothing_is_used_yet(opened, qtbot):
    world = SmallShelf(faults=(SPLIT,))
    desk, dialog = opened(world)
    assert chips(dialog) == ["在用", "文件被改动"]

    desk.acts.press("Ctrl+O")
    importing = desk.shown(LetterImportDialog)
    assert importing.code.value() == "place_use"
    desk.acts.press("Ctrl+O")
    qtbot.waitUntil(lambda: "0 处不能用，1 处提示" in importing.verdict.text())
    assert importing.view.has_pages()
    assert "编号、申请人名称" in importing.marks.text()
    desk.acts.press("F9")

    qtbot.waitUntil(lambda: desk.shown(LetterTemplatesDialog) is not None)
    again = desk.shown(LetterTemplatesDialog)
    qtbot.waitUntil(lambda: chips(again) == ["已导入", "在用", "文件被改动"])
    assert again.current().own is not None
    assert "提出并由另一个人启用以后才使用" in desk.said[-1]


def test_a_file_that_may_not_be_used_says_where_and_what_is_nearest(opened, qtbot):
    world = SmallShelf(faults=(MISSPELT,))
    desk, _ = opened(world)
    desk.acts.press("Ctrl+O")
    importing = desk.shown(LetterImportDialog)
    desk.acts.press("Ctrl+O")

    qtbot.waitUntil(lambda: "1 处不能用" in importing.verdict.text())
    (line,) = importing.findings.lines()
    assert line.text == ("“申请人：【申请人名字】”：程序不认识【申请人名字】。是不是【申请人名称】")
    importing.go_on()
    assert "按 F5 再校核一次" in importing.notice.text()
    assert not importing.view.has_pages()
    assert world.own == {}


def test_a_check_can_be_stopped_and_leaves_nothing(opened, qtbot):
    world = SmallShelf()
    world.go.clear()
    desk, _ = opened(world)
    desk.acts.press("Ctrl+O")
    importing = desk.shown(LetterImportDialog)
    desk.acts.press("Ctrl+O")
    qtbot.waitUntil(lambda: importing.work.running)

    desk.acts.press("F9")
    world.go.set()

    qtbot.waitUntil(lambda: "什么都没有留下" in importing.work.words.text())
    assert not importing.view.has_pages()


def test_no_other_file_and_no_other_kind_is_named_while_one_is_checked(opened, qtbot):
    """What is imported would not be what stands there."""
    world = SmallShelf()
    world.go.clear()
    desk, _ = opened(world)
    desk.acts.press("Ctrl+O")
    importing = desk.shown(LetterImportDialog)
    desk.acts.press("Ctrl+O")
    qtbot.waitUntil(lambda: importing.work.running)

    qtbot.keyClicks(importing.row.field.editor, "another")
    qtbot.keyClick(importing.kind, Qt.Key.Key_Right)
    world.go.set()

    qtbot.waitUntil(lambda: not importing.work.running)
    assert (importing.row.field.value(), importing.kind.chosen()) == (FILE, 0)
    qtbot.keyClick(importing.kind, Qt.Key.Key_Right)
    assert importing.kind.chosen() == 1
    qtbot.keyClicks(importing.row.field.editor, "another")
    assert importing.row.field.value() != FILE


def test_the_editor_proposes_with_a_day_and_a_reason_and_cannot_use_it_himself(opened, qtbot):
    world = SmallShelf()
    one = world.keep(world.imported())
    desk, dialog = opened(world)
    for day, reason, said in (
        ("2026-03-17", "改", "生效日期不能早于今天"),
        ("2026-03-20", "", "还没写为什么"),
    ):
        dialog.day.set_value(day)
        dialog.reason.set_value(reason)
        desk.acts.press("F9")
        assert said in dialog.notice.text()
    dialog.reason.set_value("换用本局审定的文本")
    desk.acts.press("F9")

    qtbot.waitUntil(lambda: chips(dialog)[0] == "待启用")
    assert world.own[one.template_id].state is TemplateState.PROPOSED
    assert not dialog.button.isVisible()
    desk.acts.press("Shift+F9")
    qtbot.waitUntil(lambda: chips(dialog)[0] == "已导入")


def test_a_publisher_takes_it_into_use_sends_it_back_and_retires_it(opened, qtbot):
    world = SmallShelf(person="fa", roles=PUBLISHER)
    one = world.proposed()
    desk, dialog = opened(world)
    assert not dialog.import_button.isVisible()
    assert "边编写提出：换用本局文本" in dialog.facts.text()

    desk.acts.press("F9")
    qtbot.waitUntil(lambda: chips(dialog) == ["在用", "备用", "文件被改动"])
    desk.acts.press("Shift+F9")
    assert dialog.notice.text() == "停用要写理由"
    dialog.reason.set_value("落款有误")
    desk.acts.press("Shift+F9")
    qtbot.waitUntil(lambda: chips(dialog) == ["已停用", "在用", "文件被改动"])
    assert "费发布停用：落款有误" in dialog.facts.text()

    world.own = {}
    world.proposed()
    dialog.read()
    qtbot.waitUntil(lambda: chips(dialog)[0] == "待启用")
    dialog.reason.set_value("缺监督电话")
    desk.acts.press("Shift+F9")
    qtbot.waitUntil(lambda: chips(dialog)[0] == "已退回")
    assert one.template_id not in world.own


def test_a_template_is_dropped_only_by_the_second_press(opened, qtbot):
    world = SmallShelf()
    world.keep(world.imported())
    desk, dialog = opened(world)

    desk.acts.press("Shift+F9")
    assert dialog.back_button.text() == "再按一次，删除"
    desk.acts.press("Shift+F9")

    qtbot.waitUntil(lambda: chips(dialog) == ["在用", "文件被改动"])


def test_a_changed_file_and_a_store_that_cannot_be_read_are_said_where_they_are(opened, qtbot):
    world = SmallShelf()
    desk, dialog = opened(world)
    dialog.list.go_to(1)
    qtbot.waitUntil(lambda: any("被改动过" in one.text for one in dialog.findings.lines()))

    world.trouble = BadInput("数据文件打不开，没有任何改动。请重试")
    desk.acts.press("F5")
    qtbot.waitUntil(lambda: "数据文件打不开" in dialog.notice.text())

    world.trouble, world.shipped = None, ()
    desk.acts.press("F5")
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.empty)
