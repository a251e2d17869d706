"""导入实施清单 by keys: file, headings, checks, difference; drafts only at the end."""

from itertools import count

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import BadInput
from clerk.domain.sheet_columns import MaterialTypeMeaning
from clerk.ui.acts import Acts
from clerk.ui.sheet_export import SheetExportDialog, open_export
from clerk.ui.sheet_import import SheetImportDialog, Step, open_import
from clerk.ui.widgets import open_dialog
from tests.ui.import_world import ImportWorld

FILE = "/清单/实施清单.xlsx"


class Desk(QWidget):
    """A window with the import over it."""

    def __init__(self, world, jobs):
        super().__init__()
        self.resize(1366, 696)
        ticks = count(step=1000)
        self.acts = Acts(self, elapsed_ms=lambda: next(ticks))  # no key is a repeated one
        self.world, self.jobs = world, jobs
        self.told: list[str] = []
        self.places: list[str] = []

    def begin(self) -> SheetImportDialog:
        open_import(
            self,
            self.world.actions(),
            self.jobs,
            open_dialog,
            done=self.told.append,
            choose=lambda _: FILE,
            place=self._place,
        )
        return self.findChild(SheetImportDialog)

    def _place(self, _host, name):
        self.places.append(name)
        return f"/清单/{name}"


@pytest.fixture
def begun(jobs, on_screen, qtbot):
    def begin(world):
        desk = on_screen(Desk(world, jobs))
        dialog = desk.begin()
        qtbot.waitUntil(dialog.row.field.editor.hasFocus)
        return desk, dialog

    return begin


@pytest.fixture
def goes_on(hands, qtbot):
    """Press F9 and wait for the step it leads to."""

    def go(dialog, step):
        hands.press(Qt.Key.Key_F9)
        qtbot.waitUntil(lambda: dialog.step is step and not dialog.work.running)

    return go


@pytest.fixture
def at_mapping(begun, hands, qtbot):
    def go(world):
        desk, dialog = begun(world)
        hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: dialog.step is Step.MAPPING)
        return desk, dialog

    return go


def column(table, place):
    model = table.model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_a_list_becomes_drafts_by_keys_alone(at_mapping, goes_on, hands, qtbot):
    world = ImportWorld()
    desk, dialog = at_mapping(world)

    assert dialog.mapping.type_choice.hasFocus(), "which meaning 材料类型 has is asked first"
    hands.press(Qt.Key.Key_2)
    goes_on(dialog, Step.FAULTS)
    assert column(dialog.faults.table, 1)[0] == "B5", "errors first"
    assert "“实施清单”里读到 3 个事项" in dialog.faults.about.text()
    assert "1 个事项有错误" in dialog.faults.about.text()
    goes_on(dialog, Step.DIFFERENCE)
    assert column(dialog.difference.table, 1) == ["食品经营许可新办", "摆摊备案"]
    assert "增加材料“新加的材料”" in column(dialog.difference.line_table, 1)
    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: desk.told == ["存了 2 份草稿，送审、发布以后才生效"])
    assert world.kept == ["实施清单.xlsx"]
    qtbot.waitUntil(lambda: world.read.closed)
    assert world.said.material_type is MaterialTypeMeaning.MATERIAL_KIND


def test_another_meaning_is_found_by_typing_and_leaves_the_heading_it_had(at_mapping, hands):
    _, dialog = at_mapping(ImportWorld())
    table = dialog.mapping.table
    table.setFocus()
    table.go_to(8)

    hands.press(Qt.Key.Key_Return)
    hands.compose("承诺办结")
    hands.press(Qt.Key.Key_Return)

    assert column(table, 3)[8] == "承诺办结时限"
    assert column(table, 3)[7] == "不认识，原样保留"
    assert table.hasFocus()
    assert table.current_row() == 9


def test_what_is_lacking_is_said_before_the_list_is_read(at_mapping, hands):
    _, dialog = at_mapping(ImportWorld())
    hands.press(Qt.Key.Key_2)
    table = dialog.mapping.table
    table.setFocus()
    table.go_to(1)
    hands.press(Qt.Key.Key_Return)
    hands.compose("本地编码")
    hands.press(Qt.Key.Key_Return)

    hands.press(Qt.Key.Key_F9)

    assert dialog.step is Step.MAPPING
    assert "缺少“实施编码”这一栏" in dialog.notice.text()
    assert not dialog.button.isEnabled()


def test_a_key_that_cannot_be_followed_says_why_in_the_dialog(begun, hands):
    """What is said at the foot of the window stands behind the dialog."""
    _, dialog = begun(ImportWorld())

    hands.press(Qt.Key.Key_F9)

    assert dialog.notice.text() == "还没选文件"


def test_a_list_of_which_nothing_can_be_kept_says_so_before_anything_is_pressed(
    at_mapping, goes_on, hands
):
    world = ImportWorld()
    world.rows = [world.rows[0], world.rows[-1]]
    _, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_2)
    goes_on(dialog, Step.FAULTS)
    goes_on(dialog, Step.DIFFERENCE)

    assert dialog.work.words.text() == "没有要存的：清单和现行的一样，或者都有错误"


def test_headings_that_were_given_meanings_before_have_them_again(at_mapping, goes_on, hands):
    world = ImportWorld()
    _, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_1)
    goes_on(dialog, Step.FAULTS)
    hands.press(Qt.Key.Key_Escape)

    _, again = at_mapping(world)

    assert "以前对过" in again.mapping.about.text()
    assert again.mapping.type_choice.chosen() == 0
    assert again.mapping.table.hasFocus()


def test_a_check_can_be_stopped_and_leaves_nothing(at_mapping, hands, qtbot):
    world = ImportWorld(hold=True)
    _, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(world.begun.is_set)
    qtbot.waitUntil(lambda: "1,000 / 100,000 行" in dialog.work.words.text())

    hands.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: not dialog.work.running)

    assert dialog.step is Step.MAPPING
    assert "什么都没有留下" in dialog.work.words.text()
    assert world.found is None


def test_leaving_drops_what_was_read(at_mapping, goes_on, hands, qtbot):
    world = ImportWorld()
    desk, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_1)
    goes_on(dialog, Step.FAULTS)

    hands.press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: world.read.closed)
    assert (world.kept, desk.told) == ([], [])


def test_faults_are_filtered_by_level_and_go_out_as_a_file(at_mapping, goes_on, hands, qtbot):
    world = ImportWorld()
    desk, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_1)
    goes_on(dialog, Step.FAULTS)

    hands.press(Qt.Key.Key_3)
    assert set(column(dialog.faults.table, 1)) >= {"J2", "J4"}
    hands.press(Qt.Key.Key_F8)

    qtbot.waitUntil(lambda: world.written == ["/清单/实施清单问题清单.csv"])
    assert desk.places == ["实施清单问题清单.csv"]


def test_one_of_several_worksheets_is_chosen_by_its_digit(begun, hands, qtbot):
    _, dialog = begun(ImportWorld(names=("填表说明", "实施清单")))
    hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.file.sheets.hasFocus() is True)

    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: dialog.step is Step.MAPPING)
    assert dialog.mapping.mapping.sheet == "实施清单"


def test_a_file_that_is_none_is_refused_where_it_was_named(begun, hands, qtbot):
    _, dialog = begun(ImportWorld())
    hands.type("list.xls")

    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "这不是 xlsx 表格" in dialog.notice.text())
    assert dialog.step is Step.FILE


def test_drafts_that_cannot_be_kept_say_so_and_the_list_is_still_there(
    at_mapping, goes_on, hands, qtbot
):
    world = ImportWorld(trouble=BadInput("food 已有草稿，没有导入任何内容"))
    desk, dialog = at_mapping(world)
    hands.press(Qt.Key.Key_1)
    goes_on(dialog, Step.FAULTS)
    goes_on(dialog, Step.DIFFERENCE)

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: "已有草稿" in dialog.notice.text())
    assert not world.read.closed
    assert desk.told == []


def test_the_catalogue_goes_out_as_a_list(jobs, on_screen, hands, qtbot):
    world = ImportWorld()
    desk = on_screen(Desk(world, jobs))
    open_export(
        desk,
        world.actions(),
        jobs,
        open_dialog,
        item_codes=("food_business_permit",),
        done=desk.told.append,
        place=lambda _host, name: f"/清单/{name}",
    )
    dialog = desk.findChild(SheetExportDialog)
    qtbot.waitUntil(dialog.button.hasFocus)

    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: len(desk.told) == 1)
    assert world.exported == [(("food_business_permit",), "/清单/实施清单.xlsx")]
