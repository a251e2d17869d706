"""标准: what is proposed by one person, withdrawn, sent back or published by another."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.draft_editing import lines_at, value_at, with_value
from clerk.domain.errors import BadInput
from clerk.domain.identity import Role
from clerk.domain.sample_run import SampleDifference, SampleTrouble
from clerk.domain.standard_draft import ChangedVerdict, ProposalState
from clerk.ui.standards_batch import BatchDialog
from clerk.ui.standards_batch_work import ManyDialog
from clerk.ui.standards_propose import ProposeDialog
from clerk.ui.standards_waiting import WaitingDialog
from clerk.ui.widgets import Label, open_dialog
from clerk.ui.widgets.dialog import open_scrims
from tests.ui.standards_hall import MATERIALS, examined, go_line, proposed
from tests.ui.standards_world import FOOD, TODAY, SmallBureau, starter_codes

PUBLISHER = frozenset({Role.STANDARD_PUBLISHER})


def test_a_proposal_needs_a_day_a_reason_and_a_tick_for_every_changed_verdict(hall, qtbot):
    changed = ChangedVerdict(
        item_code=FOOD,
        sample="面馆材料齐全，当场受理",
        differences=(SampleDifference(trouble=SampleTrouble.OTHER_OUTCOME),),
    )
    bureau = SmallBureau(codes=(FOOD,), changed=(changed,))
    made = hall(bureau)
    go_line(made.page, MATERIALS, 1).copy()
    examined(made.page, qtbot)
    qtbot.waitUntil(made.page.main_button.isEnabled)

    made.acts.press("F9")
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ProposeDialog)
    qtbot.waitUntil(lambda: "1 个样例的结论变了" in dialog.said.text())
    for day, reason, word in (
        ("2026-03-17", "改", "生效日期不能早于今天"),
        ("3月25日", "改", "生效日期写成"),
        ("2026-03-25", "", "还没写改了什么"),
        ("2026-03-25", "加一份材料", "还有 1 个样例的结论变了没有勾"),
    ):
        dialog.day.set_value(day)
        dialog.reason.set_value(reason)
        dialog.propose()
        assert word in dialog.notice.text()
    assert bureau.proposed == []

    dialog.changed.toggle(0)
    dialog.propose()

    qtbot.waitUntil(lambda: len(bureau.proposed) == 1)
    assert bureau.proposed[0].expected[0].sample == changed.sample
    qtbot.waitUntil(lambda: "1 项已送审，发布后3 月 25 日起生效" in made.said)


def imported(bureau: SmallBureau) -> SmallBureau:
    """Two drafts that came with a worksheet, and one that was begun by hand."""
    for code in (FOOD, "company_registration"):
        bureau.drafts[code] = replace(bureau.begin(code, 1), batch="2026-03-18 县清单.xlsx")
    bureau.begin("sole_trader_registration", 1)
    return bureau


def test_a_whole_import_is_proposed_with_one_day_and_one_reason(hall, qtbot):
    bureau = imported(SmallBureau(codes=(FOOD,)))
    made = hall(bureau)

    made.acts.press("Ctrl+B")
    dialog = made.dialogs[-1]
    assert isinstance(dialog, BatchDialog)
    qtbot.waitUntil(lambda: "2 份草稿还没有送审" in dialog.said.text())
    dialog.propose()
    assert "还没写改了什么" in dialog.notice.text()
    dialog.reason.set_value("换用县里的实施清单")
    dialog.propose()

    qtbot.waitUntil(lambda: len(bureau.proposed) == 1)
    assert set(bureau.items_of[bureau.proposed[0].proposal_id]) == {
        FOOD,
        "company_registration",
    }
    qtbot.waitUntil(lambda: "2 项已送审，发布后3 月 18 日起生效" in made.said)


def test_after_an_import_the_list_shows_what_has_a_draft(hall, qtbot):
    bureau = imported(SmallBureau(codes=(FOOD,)))
    made = hall(bureau)
    assert made.page.list.views.current() == 0
    made.page.list.search.editor.setText("没有这个")

    made.page._on_moved_on("存了 2 份草稿", drafts=True)

    qtbot.waitUntil(lambda: made.page.list.query().drafts)
    assert made.page.list.query().text == ""
    assert made.said[-1] == "存了 2 份草稿"


def test_a_whole_import_is_dropped_only_by_the_second_press(hall, qtbot):
    bureau = imported(SmallBureau(codes=(FOOD,)))
    made = hall(bureau)
    made.acts.press("Ctrl+B")
    dialog = made.dialogs[-1]
    qtbot.waitUntil(dialog.drop_button.isEnabled)

    dialog.drop()
    assert len(bureau.drafts) == 3
    assert dialog.drop_button.text() == "再按一次，删除 2 份草稿"
    dialog.drop()

    qtbot.waitUntil(lambda: set(bureau.drafts) == {"sole_trader_registration"})
    qtbot.waitUntil(lambda: "2 份草稿已删除，现行的版本没有变化" in made.said)


def test_a_draft_begun_by_hand_belongs_to_no_import(hall):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    made = hall(bureau)

    made.acts.press("Ctrl+B")

    assert made.said[-1].startswith("这份草稿不是整批来的")


def test_of_many_items_the_publisher_is_told_when_their_samples_run(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    proposed(bureau)
    bureau.proposed[0] = replace(bureau.proposed[0], item_count=201)
    bureau.person, bureau.roles = "fa", PUBLISHER
    made = hall(bureau)
    made.acts.press("Shift+F9")
    dialog = made.dialogs[-1]

    qtbot.waitUntil(lambda: len(dialog.samples.lines()) == 1)
    assert dialog.samples.lines()[0].text.startswith("超过 200 项，发布时再跑样例")


def test_who_proposed_it_may_withdraw_it_and_not_publish_it(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    proposed(bureau)
    made = hall(bureau)
    assert "草稿已经送审" in made.page.read_only.text()
    assert not made.page.open.can_edit

    made.acts.press("Shift+F9")
    dialog = made.dialogs[-1]
    assert isinstance(dialog, WaitingDialog)
    qtbot.waitUntil(lambda: "自己提交的由另一个人发布" in dialog.says.text())
    assert dialog.button.isHidden()
    dialog.publish()
    assert made.offered == []

    dialog.give_back()
    assert "收回要写理由" in dialog.notice.text()
    dialog.reason.set_value("还要再核一遍条款")
    dialog.give_back()

    qtbot.waitUntil(lambda: "1 项已收回，草稿可以接着改" in made.said)
    assert bureau.proposed[0].state is ProposalState.WITHDRAWN


def test_a_publisher_sees_what_changes_and_publishes_it_after_the_strip(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    table = with_value(bureau.drafts[FOOD].table, ("requirements", 1, "copies"), 3)
    bureau.save(replace(bureau.drafts[FOOD], table=table))
    bureau.propose([FOOD], TODAY, "按省目录调整", ())
    bureau.person, bureau.roles = "fa", PUBLISHER
    made = hall(bureau)
    assert made.page.main_button.words() == "看待发布的"

    made.acts.press("F9")
    dialog = made.dialogs[-1]
    qtbot.waitUntil(lambda: len(dialog.changes.lines()) == 2)
    assert "复印件3份" in dialog.changes.lines()[1].text
    dialog.publish()
    assert made.offered == ["发布 1 项，3 月 18 日起生效"]
    assert [one.state for one in bureau.proposed] == [ProposalState.PROPOSED]

    made.commits[0]()
    qtbot.waitUntil(lambda: "已发布 1 项，3 月 18 日起生效" in made.said)
    assert [one.state for one in bureau.proposed] == [ProposalState.PUBLISHED]
    assert bureau.drafts == {}


def test_many_items_are_published_with_how_far_it_is(hall, qtbot):
    """What lasts longer than a moment has no strip: it shows its progress and can be stopped."""
    bureau = SmallBureau()
    codes = starter_codes()[:60]
    for code in codes:
        bureau.begin(code, 1)
    bureau.propose(codes, TODAY, "换用县里的实施清单", ())
    bureau.person, bureau.roles = "fa", PUBLISHER
    made = hall(bureau)
    made.acts.press("F9")
    waiting = made.dialogs[-1]
    qtbot.waitUntil(lambda: waiting.current() is not None)
    waiting.publish()
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ManyDialog)
    assert made.offered == []

    dialog.go_on()

    qtbot.waitUntil(lambda: "已发布 60 项，3 月 18 日起生效" in made.said)
    assert bureau.proposed[0].state is ProposalState.PUBLISHED


def test_what_was_stopped_too_late_is_told_before_its_dialog_goes(hall, jobs, hands, qtbot):
    """Esc asks it to stop; what came of it is told, and only then it closes."""
    made, go = hall(), threading.Event()
    told: list[object] = []
    troubles = [BadInput("存不下，没有发布")]

    def work(go_on):
        go.wait(10)
        if troubles:
            raise troubles.pop()
        return "已发布"

    dialog = ManyDialog("整批发布", ("60 项",), "正在发布", work, jobs)
    dialog.done.connect(told.append)
    open_dialog(made, dialog)
    qtbot.waitUntil(dialog.button.hasFocus)
    for answered in (lambda: "没有发布" in dialog.notice.text(), lambda: bool(told)):
        dialog.go_on()
        hands.press(Qt.Key.Key_Escape)
        assert dialog.work.words.text() == "正在停下"
        assert open_scrims(made)
        go.set()
        qtbot.waitUntil(answered)
        go.clear()

    assert told == ["已发布"]
    assert not open_scrims(made)


def test_drafts_that_are_there_again_are_counted(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    one = bureau.propose([FOOD], TODAY + timedelta(days=7), "按省目录调整", ())
    bureau.person, bureau.roles = "fa", PUBLISHER
    bureau.publish(one.proposal_id, lambda _: True)
    bureau.begin(FOOD, 1)
    made = hall(bureau)
    made.acts.press("F9")
    waiting = made.dialogs[-1]
    qtbot.waitUntil(lambda: waiting.back_button.words() == "取回")
    waiting.reason.set_value("省里推迟")

    waiting.give_back()

    qtbot.waitUntil(lambda: "1 项已取回，0 项的草稿可以接着改，其余的已另有草稿" in made.said)


@pytest.mark.parametrize(
    ("who", "word", "state"),
    [("bian", "收回", ProposalState.WITHDRAWN), ("fa", "退回", ProposalState.SENT_BACK)],
)
def test_many_proposed_items_go_back_to_their_editor_with_how_far_it_is(
    hall, qtbot, who, word, state
):
    bureau = SmallBureau(codes=(FOOD,))
    proposal = proposed(bureau)
    bureau.proposed[0] = replace(proposal, item_count=60)
    if who == "fa":
        bureau.person, bureau.roles = "fa", PUBLISHER
    made = hall(bureau)
    made.acts.press("Shift+F9" if who == "bian" else "F9")
    waiting = made.dialogs[-1]
    qtbot.waitUntil(lambda: waiting.current() is not None)
    assert waiting.back_button.words() == word
    waiting.reason.set_value("依据没写全")
    waiting.give_back()
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ManyDialog)
    assert dialog.title == f"整批{word}"

    dialog.go_on()

    qtbot.waitUntil(lambda: f"60 项已{word}，草稿可以接着改" in made.said)
    assert bureau.proposed[0].state is state


def test_many_published_items_are_taken_back_with_how_far_it_is_and_can_be_stopped(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD,))
    bureau.begin(FOOD, 1)
    many = bureau.propose([FOOD], TODAY + timedelta(days=7), "换用县里的实施清单", ())
    bureau.proposed[0] = replace(many, item_count=60)
    bureau.person, bureau.roles = "fa", PUBLISHER
    bureau.publish(many.proposal_id, lambda _: True)
    made = hall(bureau)
    made.acts.press("F9")
    waiting = made.dialogs[-1]
    qtbot.waitUntil(lambda: waiting.back_button.words() == "取回")
    waiting.reason.set_value("省里推迟")
    waiting.give_back()
    dialog = made.dialogs[-1]
    assert isinstance(dialog, ManyDialog)
    assert "取回的理由：省里推迟" in [one.text() for one in dialog.findChildren(Label)]

    dialog.go_on()

    qtbot.waitUntil(lambda: "60 项已取回，1 项的草稿可以接着改，其余的已另有草稿" in made.said)
    assert bureau.proposed[0].state is ProposalState.TAKEN_BACK


def test_what_is_in_force_is_changed_back_as_a_whole_by_drafts_that_are_proposed_again(hall, qtbot):
    codes = (FOOD, "company_registration")
    bureau = SmallBureau(codes=codes)
    for code in codes:
        bureau.begin(code, 1)
    bureau.propose(codes, TODAY, "换用县里的实施清单", ())
    bureau.person = "fa"
    bureau.publish(bureau.proposed[0].proposal_id, lambda _: True)
    bureau.person = "bian"
    made = hall(bureau)
    made.acts.press("Shift+F9")
    waiting = made.dialogs[-1]
    qtbot.waitUntil(lambda: waiting.back_button.words() == "改回")
    waiting.give_back()

    made.dialogs[-1].go_on()
    qtbot.waitUntil(lambda: isinstance(made.dialogs[-1], BatchDialog))
    batch = made.dialogs[-1]
    qtbot.waitUntil(lambda: "2 份草稿还没有送审" in batch.said.text())
    batch.reason.set_value("省里撤回")
    batch.propose()

    qtbot.waitUntil(lambda: len(bureau.proposed) == 2)
    assert set(bureau.items_of[bureau.proposed[1].proposal_id]) == set(codes)


def test_changed_verdicts_of_a_whole_import_must_be_said_to_be_meant(hall, qtbot):
    changed = ChangedVerdict(
        item_code=FOOD,
        sample="面馆材料齐全，当场受理",
        differences=(SampleDifference(trouble=SampleTrouble.OTHER_OUTCOME),),
    )
    many = tuple(replace(changed, sample=f"样例{count}") for count in range(450))
    bureau = imported(SmallBureau(codes=(FOOD,), changed=many))
    made = hall(bureau)
    made.acts.press("Ctrl+B")
    dialog = made.dialogs[-1]
    qtbot.waitUntil(dialog.button.isEnabled)
    dialog.reason.set_value("换用县里的实施清单")
    dialog.propose()
    qtbot.waitUntil(lambda: "450 个结论变了" in dialog.samples.text())
    dialog.propose()
    assert "“450 个都是预期的”" in dialog.notice.text()
    assert bureau.proposed == []
    assert dialog.more.words() == "还有 250 个，再列 200 个"
    dialog.show_more()
    assert dialog.more.words() == "还有 50 个，再列 50 个"
    dialog.show_more()
    assert not dialog.more.isVisible()
    assert [line.text for line in dialog.changed.lines()] == [one.sample for one in many]

    dialog.meant.pick(1)
    dialog.propose()

    qtbot.waitUntil(lambda: len(bureau.proposed) == 1)
    assert [one.sample for one in bureau.proposed[0].expected] == [one.sample for one in many]


def test_windows_are_let_to_accept_all_items_of_the_list_at_once(hall, qtbot):
    bureau = SmallBureau(codes=(FOOD, "company_registration"))
    made = hall(bureau)
    made.acts.press("Ctrl+J")
    dialog = made.dialogs[-1]
    dialog.counters.set_value("03、07")
    dialog.document.set_value("示例县审改办〔2026〕1号")
    dialog.go_on()
    assert "日期写成" in dialog.notice.text()
    dialog.until_on.set_value("2027-03-17")
    bureau.windows = frozenset({"03"})
    dialog.go_on()
    qtbot.waitUntil(lambda: "没有见过窗口 07" in dialog.notice.text())
    assert not bureau.drafts
    dialog.go_on()  # once more: it is there all the same

    qtbot.waitUntil(lambda: isinstance(made.dialogs[-1], BatchDialog))
    assert made.said[-1].endswith("。1 项有草稿或待生效的新版，没有起草")
    assert len(bureau.drafts) == 2
    for draft in bureau.drafts.values():
        given = lines_at(draft.table, ("delegations",))
        ends = {value_at(one, ("counter_code",)): value_at(one, ("until_on",)) for one in given}
        assert ends["07"] == date(2027, 3, 17)
        assert draft.batch == "2026-03-18 授权受理 03、07 号窗"
