"""标准, 试办: sample cases are edited beside the draft, and what names a code is picked in words."""

import threading
import tomllib
from dataclasses import replace

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from clerk import assets
from clerk.domain.draft_editing import lines_at, value_at, with_value
from clerk.domain.errors import BadInput
from clerk.domain.sample_case import samples_from
from clerk.domain.sample_run import SampleDifference, SampleTrouble
from clerk.domain.standard_draft import ChangedVerdict
from clerk.jobs import Lane
from clerk.ui.standards_accept import AskDialog
from clerk.ui.standards_choose import AgesDialog, ChooseDialog
from clerk.ui.standards_codes import SAMPLES
from clerk.ui.standards_elements import TABS, TRIAL
from clerk.ui.standards_sources import picked_of
from clerk.ui.widgets import open_dialog
from tests.ui.standards_hall import MATERIALS, QUESTIONS, RULES, examined, go_line
from tests.ui.standards_world import FOOD, SmallBureau

AGED = "old_age_allowance"
FORM = 3


def shipped(code):
    return tomllib.loads(assets.read_text("resources", f"samples/{code}.toml"))


def sampled(code=FOOD):
    return SmallBureau(codes=(code,), samples={code: shipped(code)})


def at_the_tab(made, qtbot):
    made.page._go_tab(TABS.index(TRIAL) + 1)
    qtbot.waitUntil(made.page.trial.is_ready)
    qtbot.waitUntil(lambda: made.page.trial.part.outline.current() is not None)
    return made.page.trial


def at_the_samples(made, qtbot):
    trial = at_the_tab(made, qtbot)
    qtbot.waitUntil(lambda: trial.part.form() is not None)
    return trial


def kept(bureau, qtbot, page):
    """The samples of the draft, as soon as the store has it as it is on the screen."""
    qtbot.waitUntil(
        lambda: bool(bureau.saves) and page.open.is_kept() and not page.open.is_behind()
    )
    return samples_from(bureau.saves[-1].samples).samples


def test_what_a_sample_must_come_to_is_edited_and_kept_with_the_draft(hall, qtbot):
    bureau = sampled()
    page = (made := hall(bureau)).page
    trial = at_the_samples(made, qtbot)
    before = samples_from(shipped(FOOD)).samples
    form = trial.part.form()
    assert form.field("name").value() == before[0].name
    assert "个体工商户" in form.field("applicant", "like").editor.currentText()

    form.field("expect").edited.emit("receive")
    after = kept(bureau, qtbot, page)

    assert after[0] == replace(before[0], expect=after[0].expect)
    assert after[0].expect.value == "receive"
    assert after[1:] == before[1:]
    assert page.open.table == bureau.saves[-1].table
    page._undo()
    assert kept(bureau, qtbot, page)[0] == before[0]


def test_a_draft_whose_samples_nobody_touched_goes_on_with_those_of_its_version(hall, qtbot):
    bureau = sampled()
    page = hall(bureau).page

    go_line(page, MATERIALS, 0).copy()

    qtbot.waitUntil(lambda: bool(bureau.saves))
    assert bureau.saves[-1].samples is None


def test_a_sample_is_typed_by_choices_and_one_is_taken_away(hall, qtbot):
    bureau = sampled()
    page = (made := hall(bureau)).page
    trial = at_the_samples(made, qtbot)
    number = len(samples_from(shipped(FOOD)).samples)

    trial.part.add()
    form = trial.part.form()
    form.field("name").edited.emit("没带布局图的")
    form.field("applicant", "like").edited.emit("noodle_shop")
    form.field("answers", "business").edited.emit("catering")
    trial.part.add_below()
    line = trial.part.form()
    line.field("code").edited.emit("LAYOUT")
    after = kept(bureau, qtbot, page)
    assert len(after) == number + 1
    new = next(one for one in after if one.name == "没带布局图的")
    assert (new.answers, new.materials["LAYOUT"].given.value) == (
        {"business": "catering"},
        "missing",
    )

    trial.part.outline.go_to(0)
    trial.part.drop()

    assert len(kept(bureau, qtbot, page)) == number


def test_a_sample_that_was_added_and_taken_away_again_leaves_none(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    page = (made := hall(bureau)).page
    trial = at_the_tab(made, qtbot)
    trial.part.add()
    trial.part.drop()

    qtbot.waitUntil(
        lambda: bool(bureau.saves) and page.open.is_kept() and not page.open.is_behind()
    )

    assert bureau.saves[-1].samples in (None, {})


def test_what_is_asked_for_is_asked_once_and_no_answer_counts_after_esc(hall, jobs, hands, qtbot):
    """Whether it came out well or not."""
    made, go = hall(), threading.Event()
    came: list[str] = []
    asked: list[str] = []

    def answer(typed):
        asked.append(typed)
        go.wait(10)
        if typed == "不在":
            raise BadInput("没有这个编号的办件")
        return typed

    def ask_and_leave(typed):
        def ask(_):
            dialog.run(jobs, Lane.COUNT, lambda: answer(typed), came.append)

        dialog = AskDialog("照办件加样例", "办件编号", "", "还没写", ask)
        open_dialog(made, dialog)
        dialog.field.set_value(typed)
        dialog.go_on()
        assert not dialog.button.isEnabled()
        dialog.go_on()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
        hands.press(Qt.Key.Key_Escape)

    ask_and_leave("在")
    ask_and_leave("不在")
    go.set()

    qtbot.waitUntil(lambda: not any(jobs.pending().values()))
    assert came == []
    assert asked == ["在", "不在"]


def test_a_reason_stays_where_the_draft_changed_while_it_was_typed(hall, qtbot):
    """What rests in a field still counts first; the next press goes by what stands then."""
    bureau = sampled()
    page = (made := hall(bureau)).page
    trial = at_the_samples(made, qtbot)
    trial.part.form().field("name").editor.setText("带齐材料的")

    page.accept_outcome()
    assert value_at(page.open.whole, (SAMPLES, 0, "name")) == "带齐材料的"
    dialog = made.dialogs[-1]
    dialog.field.set_value("就该这样")
    dialog.go_on()
    page.open.edit(with_value(page.open.table, ("name",), "食品经营许可（新）"))
    qtbot.waitUntil(lambda: "草稿刚才又改了" in dialog.notice.text())
    assert dialog.field.value() == "就该这样"
    dialog.go_on()

    qtbot.waitUntil(lambda: "样例已照现在的结论改，发布人会看到理由" in made.said)
    assert value_at(page.open.whole, (SAMPLES, 0, "why")) == "就该这样"


def test_a_changed_verdict_is_taken_for_right_only_with_a_reason(hall, qtbot):
    changed = ChangedVerdict(
        item_code=FOOD,
        sample=samples_from(shipped(FOOD)).samples[0].name,
        differences=(
            SampleDifference(trouble=SampleTrouble.NAMED_TOO, what="PREMISES.material_copies"),
        ),
    )
    bureau = sampled()
    bureau.changed = (changed,)
    page = (made := hall(bureau)).page
    trial = at_the_samples(made, qtbot)
    expected = value_at(page.open.whole, (SAMPLES, 0, "expect"))
    assert expected == "accept"
    copies = next(
        place
        for place, one in enumerate(lines_at(page.open.table, ("requirements",)))
        if value_at(one, ("code",)) == "PREMISES"
    )
    tightened = with_value(page.open.table, ("requirements", copies, "max_age_days"), 30)
    page.open.edit(with_value(tightened, ("requirements", copies, "originals"), 0))
    page.open.edit_whole(
        with_value(
            page.open.whole,
            (SAMPLES, 0, "materials"),
            [{"code": "PREMISES", "way": "missing"}],
        )
    )
    examined(page, qtbot)
    qtbot.waitUntil(lambda: page.open.result.standard is not None)
    page.run_samples()
    qtbot.waitUntil(lambda: "结论变了" in trial.head.text())
    assert "复印件份数" in trial.list.lines()[0].why
    assert "material_copies" not in trial.list.lines()[0].why

    made.acts.press("Ctrl+R")
    dialog = made.dialogs[-1]
    assert isinstance(dialog, AskDialog)
    dialog.go_on()
    assert "还没写为什么" in dialog.notice.text()
    dialog.field.set_value("场所证明不再免交")
    dialog.go_on()

    qtbot.waitUntil(lambda: "样例已照现在的结论改，发布人会看到理由" in made.said)
    sample = kept(bureau, qtbot, page)[0]
    assert (sample.expect.value, sample.why) != ("accept", "")
    assert any(name.startswith("PREMISES") for name in sample.names)


def test_a_sample_is_made_after_a_case_that_was_once_taken_in(hall, qtbot):
    bureau = sampled()
    bureau.cases["990123-1"] = {
        "applicant": {"like": "noodle_shop"},
        "answers": {"business": "catering"},
    }
    page = (made := hall(bureau)).page
    trial = at_the_samples(made, qtbot)
    number = len(page.open.samples)

    made.acts.press("Ctrl+G")
    dialog = made.dialogs[-1]
    dialog.field.set_value("990123-2")
    dialog.go_on()
    qtbot.waitUntil(lambda: "没有这个编号的办件" in dialog.notice.text())
    dialog.field.set_value("990123-1")
    dialog.go_on()

    qtbot.waitUntil(lambda: len(page.open.samples) == number + 1)
    assert trial.sample() == number
    qtbot.waitUntil(page.open.is_kept)
    new = kept(bureau, qtbot, page)[number]
    assert new.applicant.key == "noodle_shop"
    assert new.expect.value == "gaps"
    assert new.names


def test_where_a_value_comes_from_is_picked_in_words(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    page = (made := hall(bureau)).page
    front = go_line(page, FORM, 0)
    before = lines_at(page.open.table, ("fields", 0, "prefill"))
    field = front.form().field("prefill")
    assert "applicant" not in field.editor.text()
    assert "certificate" not in field.editor.text()

    field.editor.click()
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ChooseDialog)
    assert dialog.rows.order == list(before)
    dialog.search.editor.setText("申请人的地址")
    dialog._look_for("申请人的地址")
    dialog.pick(0)
    dialog.take()

    wanted = [*before, "applicant.address"]
    assert list(lines_at(page.open.table, ("fields", 0, "prefill"))) == wanted
    assert front.form().field("prefill").editor.text().endswith("申请人的地址")
    examined(page, qtbot)
    qtbot.waitUntil(lambda: page.open.result.standard is not None)


def test_what_a_certificate_fills_is_picked_line_by_line_in_words(hall, qtbot):
    page = (made := hall(SmallBureau(codes=(FOOD,)))).page
    front = go_line(page, MATERIALS, 0)
    codes = [value_at(one, ("code",)) for one in lines_at(page.open.table, ("requirements",))]
    front.go_to(("requirements", place := codes.index("LICENCE")))
    fills = ("requirements", place, "certificate", "fills")
    before = picked_of(value_at(page.open.table, fills))
    field = front.form().field("certificate", "fills")
    assert "取证照上的“名称”" in field.editor.text()
    assert "operator_name" not in field.editor.text()

    field.editor.click()
    dialog = made.dialogs[-1]
    assert dialog.rows.order == before
    dialog.pick(len(before) - 1)
    dialog.take()

    assert picked_of(value_at(page.open.table, fills)) == before[:-1]
    examined(page, qtbot)
    qtbot.waitUntil(lambda: page.open.result.standard is not None)


def test_no_element_shows_a_path_of_the_program(hall):
    """Of every rule, field and question of a rich item."""
    page = hall(SmallBureau(codes=(FOOD,))).page
    for tab, key, name in (
        (FORM, "fields", "prefill"),
        (RULES, "rules", "subjects"),
        (QUESTIONS, "questions", "known_from"),
    ):
        places = range(len(lines_at(page.open.table, (key,))))
        for place in places:
            front = go_line(page, tab, 0)
            front.go_to((key, place))
            words = front.form().field(name).editor.text()
            assert not any(sign in words for sign in (":", "applicant", "field", "标准里没有"))


def test_the_ages_of_a_questions_options_are_asked_for_one_by_one(hall, qtbot):
    bureau = SmallBureau(codes=(AGED,))
    page = (made := hall(bureau)).page
    questions = lines_at(page.open.table, ("questions",))
    place = next(
        at
        for at, one in enumerate(questions)
        if str(value_at(one, ("known_from",))).startswith("applicant.age")
    )
    front = go_line(page, QUESTIONS, 0)
    front.go_to(("questions", place))
    field = front.form().field("known_from")
    assert "从 80 周岁起" in field.editor.text()

    field.editor.click()
    dialog = made.dialogs[-1]
    row = next(at for at, one in enumerate(dialog.rows.rows) if "年龄" in one[1])
    dialog.pick(row)
    ages = made.dialogs[-1]
    assert isinstance(ages, AgesDialog)
    ages.fields["from_80"].set_value("")
    ages.take()
    assert "都要写一个整数" in ages.notice.text()
    ages.fields["from_80"].set_value("75")
    ages.take()

    assert "from_80=75" in str(value_at(page.open.table, ("questions", place, "known_from")))


def test_the_tree_leads_from_the_main_item_to_the_review_points_by_arrows(hall, hands, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    page = (made := hall(bureau)).page
    made.acts.press("Ctrl+9")
    tree = page.tree
    titles = [row.title for row in tree.rows.rows]
    assert [title.split()[0] for title in titles[:4]] == ["主项", "子项", "实施清单", "办理项"]
    assert any(title.startswith("情形：") for title in titles)
    depth = {row.title.partition("：")[0]: row.depth for row in tree.rows.rows}
    assert depth["要点"] > depth["材料"] >= depth["情形"]

    hands.press(Qt.Key.Key_Left)
    assert [row.title for row in tree.rows.rows] == titles[:1]
    hands.press(Qt.Key.Key_Right)
    assert [row.title for row in tree.rows.rows] == titles
    point = next(at for at, row in enumerate(tree.rows.rows) if row.title.startswith("要点："))
    for _ in range(point):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert page.tabs.current() == MATERIALS - 1
    assert page.front().outline.current().path == tree.rows.rows[point].path

    made.acts.press("Ctrl+9")
    tree.list.go_to(0)
    hands.press(Qt.Key.Key_Return)
    assert page.list.query().text == titles[0].split()[1]
