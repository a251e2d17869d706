"""标准 in a window of its own: what an editor, a publisher and a clerk see and do there."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.draft_editing import lines_at, value_at, with_value, without_line
from clerk.domain.errors import StoreTrouble
from clerk.domain.identity import Role
from clerk.ui.standards_condition import ConditionDialog
from clerk.ui.standards_elements import EDITED
from clerk.ui.standards_new import NewItemDialog
from tests.ui.standards_hall import MATERIALS, QUESTIONS, RULES, examined, go_line
from tests.ui.standards_world import FOOD, SmallBureau, starter, starter_codes

PUBLISHER = frozenset({Role.STANDARD_PUBLISHER})
CLERK = frozenset({Role.WINDOW_CLERK})
NOT_EDITED = {"item_code", "version", "effective_on", "ended_on", "starter"}
"""What a version says of itself: publishing gives it."""


def test_what_is_typed_becomes_a_draft_of_the_item_and_the_published_version_stays(
    hall, hands, qtbot
):
    bureau = SmallBureau(codes=(FOOD,))
    page = hall(bureau).page
    front = go_line(page, MATERIALS, 0)

    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.compose("经营许可申请书")
    hands.press(Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: FOOD in bureau.drafts and len(bureau.saves) == 1)
    assert value_at(bureau.drafts[FOOD].table, ("requirements", 0, "name")) == "经营许可申请书"
    assert bureau.read_version(FOOD, 1).requirements[0].name != "经营许可申请书"
    assert "经营许可申请书" in front.outline.current().title
    qtbot.waitUntil(lambda: "草稿已存 09:00，边编写改的" in page.subject.text())


def test_typing_that_rests_is_kept_without_leaving_the_field(hall, hands, qtbot):
    """A power cut takes no more than what was typed in the last moment."""
    bureau = SmallBureau(codes=(FOOD,))
    page = hall(bureau).page
    go_line(page, MATERIALS, 0)
    hands.press(Qt.Key.Key_Right)

    hands.compose("甲")

    qtbot.waitUntil(lambda: bool(bureau.saves))
    assert str(value_at(bureau.saves[-1].table, ("requirements", 0, "name"))).endswith("甲")
    assert page.front().form().field("name").editor.hasFocus()


def test_several_steps_are_undone_and_done_again_where_they_were_made(hall, qtbot):
    made = hall()
    page = made.page
    before = page.open.table
    front = go_line(page, MATERIALS, 1)
    front.copy()
    front.shift(-1)
    front.drop()
    page._go_tab(QUESTIONS)

    for _ in range(3):
        made.acts.press("Ctrl+Z")

    assert page.open.table == before
    assert page.tabs.current() == MATERIALS - 1
    made.acts.press("Ctrl+Y")
    assert len(page.open.table["requirements"]) == len(before["requirements"]) + 1
    made.acts.press("Ctrl+Z")
    made.acts.press("Ctrl+Z")
    assert made.said[-1] == "没有可以撤销的了"
    examined(page, qtbot)


def test_a_faulty_draft_lists_its_faults_with_their_places_and_is_not_proposed(hall, qtbot):
    made = hall()
    page = made.page
    table = with_value(page.open.table, ("requirements", 1, "name"), None)
    page.open.edit(with_value(table, ("requirements", 2, "when"), {"answer": "nope", "is": ["x"]}))
    qtbot.waitUntil(lambda: len(page.open.result.found) == 2)

    assert page.side.findings.lines()[0].text == "材料名称：缺少"
    assert "什么情形才要：没有问题 nope" in page.side.findings.lines()[1].text
    assert not page.main_button.isEnabled()
    made.acts.press("F9")
    assert made.said[-1] == "还有 2 处要改，按 F4 一处一处看"
    assert made.dialogs == []

    made.acts.press("F4")
    assert page.front().outline.current().path == ("requirements", 1)
    assert page.front().form().field("name").editor.hasFocus()
    made.acts.press("F4")
    assert page.front().outline.current().path == ("requirements", 2)


def test_what_a_fault_speaks_of_is_called_by_its_name_as_far_as_the_draft_has_one(hall, qtbot):
    page = hall().page
    summed = {"area": ["cold_room_area", "diners"], "cold_room_area": ["area", "area"]}
    table = page.open.table
    codes = [line.code for line in page.open.standard.fields]
    for code, parts in summed.items():
        table = with_value(table, ("fields", codes.index(code), "computed"), {"sum": parts})
    page.open.edit(without_line(table, ("fields",), codes.index("opening_on")))

    qtbot.waitUntil(lambda: len(page.side.findings.lines()) == 3)
    said = [line.text.rpartition("：")[2] for line in page.side.findings.lines()]
    assert said == [
        "表单项“每日就餐人数”的单位是人，结果的单位是平方米",
        "“经营面积” → “专间或专用操作区面积” → “经营面积”互相推算，算不出来",
        "没有表单项 opening_on",
    ]


def test_a_finding_jumps_to_its_place(hall, hands, qtbot):
    page = hall().page
    page.open.edit(with_value(page.open.table, ("statutory_limit", "amount"), None))
    qtbot.waitUntil(lambda: any(one.hard for one in page.open.result.found))

    page.side.findings.setFocus()
    hands.press(Qt.Key.Key_Return)

    assert page.tabs.current() == 5
    assert page.front().form().field("statutory_limit", "amount").editor.hasFocus()


def test_the_preview_cuts_the_list_with_each_answer_and_says_why(hall):
    page = hall().page
    before = len(page.side.preview.materials.lines())

    page.side.preview.answer("business", "catering")
    page.side.preview.answer("dishes", "hot")

    gone = page.side.preview.dropped.lines()
    assert len(page.side.preview.materials.lines()) < before
    assert all("才要" in line.why and "条" in line.why for line in gone)
    assert "减到" in page.side.preview.counted.text()


def test_a_condition_is_changed_by_choosing_line_by_line(hall, qtbot):
    made = hall()
    page = made.page
    at = next(place for place, one in enumerate(page.open.table["requirements"]) if "when" in one)
    page.front().form()
    page._change_condition(("requirements", at, "when"), "什么情形才要")
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ConditionDialog)
    was = dialog.condition()

    dialog.add()
    dialog.form.lead.edited.emit("applicant")
    dialog.form.fields()[0].edited.emit(["company"])

    assert dialog.says.text().endswith("，并且申请人是企业")
    dialog.take()
    assert value_at(page.open.table, ("requirements", at, "when")) == {
        "all": [was, {"applicant": ["company"]}]
    }
    examined(page, qtbot)


@pytest.mark.parametrize(
    ("lead", "changes", "says"),
    [
        ("age", [("how", "at_least"), ("than", 80)], "申请人年满80周岁"),
        ("place", [("within", ["清河镇"])], "申请人的地址在清河镇"),
        (
            "date",
            [("how", "at_most"), ("base", "today"), ("by", 30), ("side", "before")],
            "申请人的出生日期不晚于今天之前 30 天",
        ),
        ("material", [("material", "LICENCE"), ("by", ["certificate"])], "已经以调证照的方式收到"),
        ("counter", [("counter", ["03"])], "是在03号窗口收件"),
        ("field", [("field", "area"), ("how", "more"), ("than", 50)], "大于50平方米"),
    ],
)
def test_every_kind_of_the_vocabulary_is_put_together_by_choosing(hall, lead, changes, says):
    made = hall()
    made.page._change_condition(("requirements", 0, "when"), "什么情形才要")
    dialog = made.dialogs[-1]

    dialog.form.lead.edited.emit(lead)
    for key, value in changes:
        places = [str(one.path[0]) for one in dialog.form._shape]
        dialog.form.fields()[places.index(key)].edited.emit(value)

    assert says in dialog.says.text()


def test_a_clerk_reads_the_standard_and_changes_nothing(hall, hands, qtbot):
    bureau = SmallBureau(codes=(FOOD,), roles=CLERK, person="zhou")
    made = hall(bureau)
    front = go_line(made.page, MATERIALS, 0)

    hands.press(Qt.Key.Key_Insert)
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Right)
    hands.compose("甲")

    assert front.form().field("name").editor.isReadOnly()
    assert not made.page.foot.offers()
    assert bureau.saves == []
    assert made.acts.find("F9") is None


def test_what_could_not_be_kept_stays_on_the_screen_and_is_kept_at_the_next_try(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    made = hall(bureau)
    front = go_line(made.page, MATERIALS, 1)
    front.copy()
    qtbot.waitUntil(lambda: len(bureau.saves) == 1)
    bureau.trouble = StoreTrouble("存储写不进去，刚才的改动还在屏幕上。腾出空间再试")
    front.copy()
    qtbot.waitUntil(lambda: "还在屏幕上" in made.page.trouble.text())
    kept = lines_at(bureau.drafts[FOOD].table, ("requirements",))
    assert len(lines_at(made.page.open.table, ("requirements",))) == len(kept) + 1

    bureau.trouble = None
    made.acts.press("F5")

    qtbot.waitUntil(lambda: bureau.drafts[FOOD].table == made.page.open.table)


def test_who_was_overtaken_by_another_editor_is_told_and_sees_what_the_other_wrote(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    made = hall(bureau)
    others = with_value(bureau.drafts[FOOD].table, ("name",), "别人写的名称")
    bureau.save(replace(bureau.drafts[FOOD], table=others))

    made.page.open.edit(with_value(made.page.open.table, ("name",), "我写的名称"))
    qtbot.waitUntil(lambda: "别人刚改过" in made.page.trouble.text())
    assert bureau.drafts[FOOD].table["name"] == "别人写的名称"
    made.page.read_anew()

    qtbot.waitUntil(lambda: made.page.name.text() == "别人写的名称")


def test_a_hundred_thousand_items_are_leafed_through_with_few_pages_in_memory(hall, qtbot):
    bureau = SmallBureau(many=100_000)
    made = hall(bureau, wait=False)
    model, table = made.page.list.model, made.page.list.table
    qtbot.waitUntil(lambda: model.rowCount() == 100_000)

    for row in (99_999, 50_000, 73_210):
        table.go_to(row)
        qtbot.waitUntil(lambda row=row: model.row(row) is not None)
        assert model.row(row).item_code == f"item_{row:06}"

    assert model.pages_in_memory() <= 40
    assert made.page.list.said.text().startswith("100000 项")


def test_a_view_or_a_search_that_finds_nothing_says_how_to_get_back(hall, hands, qtbot):
    page = hall().page
    page.list.views.choose(1)
    qtbot.waitUntil(lambda: page.list.stack.currentWidget() is page.list.empty)
    assert page.list.empty.title.text() == "没有符合的事项"
    assert page.stack.currentWidget() is page.empty

    page.list.clear_button.click()

    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.list.views.current() == 0


def test_a_draft_is_dropped_only_when_the_strip_has_run_out(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    made = hall(bureau)

    made.page.drop_draft()
    assert FOOD in bureau.drafts
    made.commits[0]()

    qtbot.waitUntil(lambda: FOOD not in bureau.drafts)
    qtbot.waitUntil(lambda: made.page.open is not None and made.page.open.draft is None)


def test_a_new_item_begins_as_an_empty_draft_with_everything_still_to_be_written(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    made = hall(bureau)
    made.page._new_item()
    dialog = made.dialogs[-1]
    assert isinstance(dialog, NewItemDialog)
    dialog.code.set_value("Neu!")
    dialog.begin()
    assert "代号只用" in dialog.notice.text()

    dialog.code.set_value("seal_filing_2")
    dialog.name.set_value("印章备案（示例）")
    dialog.begin()

    qtbot.waitUntil(lambda: made.page.open is not None and made.page.open.row.version == 0)
    qtbot.waitUntil(lambda: made.page.open.result is not None)
    assert len(made.page.open.result.faults) > 20
    assert made.page.name.text() == "印章备案（示例）"


def test_an_old_version_becomes_the_draft_as_one_step_that_can_be_undone(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    made = hall(bureau)
    page = made.page
    page.open.edit(with_value(page.open.table, ("name",), "别的名字"))
    made.acts.press("Ctrl+8")
    qtbot.waitUntil(lambda: page.versions.current() is not None)

    made.acts.press("F8")

    qtbot.waitUntil(lambda: page.open.table["name"] == bureau.read_version(FOOD, 1).name)
    made.acts.press("Ctrl+Z")
    assert page.open.table["name"] == "别的名字"
    examined(page, qtbot)


def test_the_models_keep_what_qt_asks_of_them(hall, qtmodeltester):
    page = hall().page
    page._go_tab(RULES)

    for model in (page.front().outline.rows, page.versions.entries):
        qtmodeltester.check(model)


def test_every_key_of_starter_standards_can_be_edited():
    """Unknown keys are kept, but nobody could change them; nested tables by their own keys."""
    for code in starter_codes()[::8]:
        table = starter(code)
        shown = {str(key) for tab in EDITED for key in tab.edits()} | NOT_EDITED
        assert set(table) - shown == set(), code
        for section in (section for tab in EDITED for section in tab.sections):
            lines = section.lines
            if lines is None:
                continue
            for line in lines_at(table, (lines.key,)):
                known = {str(one.path[0]) for one in lines.elements}
                known |= {lines.below.key} if lines.below else set()
                assert isinstance(line, dict)
                assert set(line) - known == set(), (code, lines.key)
