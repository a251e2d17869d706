"""Levels, charges, 督办 and a result that is brought, in the real window by keys."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt import exceptions

from clerk.domain.bundles import LineOutcome
from clerk.domain.case import Case, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.case_list import CaseView
from clerk.domain.deadlines import Term
from clerk.domain.fee_lines import FeeState
from clerk.domain.parcel import ResultWay
from clerk.domain.tasks import TaskKind, is_open
from clerk.services.case_acts import do_act
from clerk.storage import bundles
from clerk.ui.widgets.dialog import Scrim
from integrations.practice.people import LI_YANGBEN
from tests.services.noodle_shop import accepted as food_accepted
from tests.services.starters import ALLOWANCE, HOUSE, QIAN_JIADING, accepted, person
from tests.services.window import Window
from tests.stories.at_counter import FIRST_MS, AtCounter
from tests.stories.behind_the_counter import another_person, window_of
from tests.stories.pictures import grab
from tests.stories.test_results import choose, other_act, result_waits, use_cases


@pytest.fixture
def counter(start) -> Iterator[AtCounter]:
    """A workstation at which nobody has signed in yet."""
    counter: AtCounter = start()
    counter.until(lambda: counter.station.door is not None, FIRST_MS)
    yield counter
    counter.end()


def use(counter: AtCounter) -> Window:
    window = window_of(counter)
    window.lease()
    return window


def come(counter: AtCounter, account_id: str) -> None:
    """Let somebody sign in, the first or after another, and wait for his first page."""
    if counter.station.floor is None:
        counter.enter(account_id)
    else:
        another_person(counter, account_id)
    counter.until(lambda: counter.floor.shell.page() is not None)


def look(counter: AtCounter, name: str) -> None:
    """Save what the window shows once a dialog stands over it."""
    window = counter.station.window
    counter.until(lambda: all(scrim.x() == 0 for scrim in window.findChildren(Scrim)))
    grab(counter, name)


def show(counter: AtCounter, case: Case, words: str) -> None:
    """Go to 办件 and by the arrows to the case, until its drawer says so."""
    counter.press("Alt+3")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.cases)
    counter.floor.cases.show_view(CaseView.ALL)
    counter.until_seen(case.label)
    counter.press("F5")
    counter.press("Ctrl+Home")
    for _ in range(2):
        counter.until_seen("在谁手里")
        try:
            counter.until(lambda: counter.sees(words), 5_000)
        except exceptions.TimeoutError:
            counter.press("Down")
    counter.until_seen(words)


def give_opinion(counter: AtCounter, note: str) -> None:
    other_act(counter, "给出本级意见")
    counter.press("1")
    counter.press("Tab")
    counter.type(note)
    counter.press("F9")


def hand_up(counter: AtCounter) -> None:
    """The village hands both up, and looks at and prints the list."""
    come(counter, "zhuang")
    counter.do("批次上报")
    counter.until(lambda: counter.dialog() == "批次上报")
    look(counter, "hand-up")
    counter.press("Tab")
    counter.type("入户核实，情况属实，同意上报")
    look(counter, "hand-up-opinion")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "批次名单", FIRST_MS)
    counter.until_seen("第 1 页，共 1 页", ms=FIRST_MS)
    look(counter, "roster-up")
    counter.press("Ctrl+P")
    counter.until(lambda: any((counter.settings.folder / "printed").glob("*.pdf")), FIRST_MS)
    counter.until_seen("上报和接收双方签名")
    counter.press("Esc")


def take_the_bundle(counter: AtCounter) -> None:
    """The township takes the first and returns the second with its reason."""
    come(counter, "zhuo")
    counter.do("收批次")
    counter.until(lambda: counter.dialog() == "收批次")
    look(counter, "take")
    counter.press("F9")
    counter.until_seen("还有 1 人没处理")
    counter.press("Tab")
    counter.type("低收入认定证明过期，请重新开具")
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() == "批次名单", FIRST_MS)
    counter.until_seen("收下 1 人，退回 1 人", "看上报名单")
    counter.until_seen("第 1 页，共 1 页", ms=FIRST_MS)
    look(counter, "roster-back")
    counter.press("Esc")


def test_a_weekly_bundle_goes_from_the_village_to_the_county_person_by_person(counter):
    window = use(counter)
    first, second = (accepted(window, ALLOWANCE, who) for who in (LI_YANGBEN, QIAN_JIADING))
    hand_up(counter)
    take_the_bundle(counter)
    with counter.store() as tx:
        (kept,) = bundles.newest(tx)
    assert [line.outcome for line in kept.lines] == [LineOutcome.TAKEN, LineOutcome.RETURNED]
    taken, returned = (counter.kept(line.case_id) for line in kept.lines)
    assert {taken.case_id, returned.case_id} == {first.case_id, second.case_id}

    show(counter, returned, "低收入认定证明过期")
    counter.until_seen("退回村（社区）初审", "批次里退回")
    look(counter, "returned")
    show(counter, taken, "批次里收下")
    give_opinion(counter, "材料齐全，同意公示")
    counter.until(lambda: counter.kept(taken.case_id).terms[Term.STEP].on == date(2026, 3, 25))
    counter.until_seen("乡镇审核：同意")

    counter.days_later(8)
    come(counter, "zong")
    show(counter, taken, "乡镇审核：同意")
    give_opinion(counter, "公示期满，没有异议")
    counter.until_seen("公示：同意")
    come(counter, "zou")
    show(counter, taken, "公示：同意")
    give_opinion(counter, "符合条件，同意确认")
    counter.until_seen("县民政局确认：同意")
    look(counter, "county")

    said = [
        (event.actor_name, event.subject)
        for event in counter.kept(taken.case_id).events
        if event.kind.value == "step_done"
    ]
    assert said == [
        ("庄村级", "village"),
        ("卓镇级", "township"),
        ("宗公示", "publicity"),
        ("邹县级", "county"),
    ]


def test_the_amount_is_the_lists_and_only_the_treasurys_receipt_counts(counter):
    window = use(counter)
    case = accepted(window, HOUSE)
    come(counter, "zhou")
    show(counter, case, "居民身份证 990123")
    other_act(counter, "登记收费")
    choose(counter, "工本费，开缴费通知 20.00 元（3 本，免 1 本）")
    look(counter, "fees")
    counter.press("F9")
    counter.until(lambda: "COPIES" in counter.kept(case.case_id).fees)
    counter.until_seen("不动产权属证书工本费：已开缴费通知")

    other_act(counter, "登记收费")
    choose(counter, "小微企业")
    counter.press("F9")
    counter.until_seen("还没写免缴凭什么证明")
    assert "REGISTER_HOME" not in counter.kept(case.case_id).fees
    other_act(counter, "登记收费")
    choose(counter, "小微企业")
    counter.press("Tab", "Tab")
    counter.type("营业执照 92990123MA00TE5T2G")
    look(counter, "exempt")
    counter.press("F9")
    counter.until(lambda: "REGISTER_HOME" in counter.kept(case.case_id).fees)

    line = counter.kept(case.case_id).fees["REGISTER_HOME"]
    assert (line.state, line.proof) == (FeeState.EXEMPT, "营业执照 92990123MA00TE5T2G")
    counter.until_seen("凭营业执照 92990123MA00TE5T2G")
    look(counter, "fees-course")


def test_silence_after_an_urging_stands_before_the_next_one_named(counter):
    window = use(counter)
    case = food_accepted(window)
    words = ActWords(note="群众来问了两次", until_on=date(2026, 3, 20))
    do_act(window.desk, person(window, "wu"), case.case_id, CaseAct.URGE, words)
    come(counter, "wu")
    counter.press("Alt+1", "F5")
    counter.until_seen("今天")
    assert not counter.sees("过问没有回复的督办")

    counter.days_later(3)
    counter.until(lambda: is_open(counter.kept(case.case_id), TaskKind.URGING_UNANSWERED, "wu"))
    counter.press("Alt+1", "F5")
    counter.until_seen("过问没有回复的督办")
    look(counter, "urging-up")
    show(counter, case, "报值班长吴督导")
    counter.until_seen("前没有回复", "承诺时限到")
    look(counter, "urging-course")

    counter.days_later(5)
    counter.until(lambda: is_open(counter.kept(case.case_id), TaskKind.URGING_UNANSWERED, "zhu"))
    kept = counter.kept(case.case_id)
    assert not is_open(kept, TaskKind.URGING_UNANSWERED, "wu")
    assert is_open(kept, TaskKind.ANSWER_URGING)


def test_what_nobody_fetched_is_brought_by_the_van_once_he_says_yes(counter):
    case = result_waits(counter)
    window = use_cases(counter)
    for day in ("3 月 25 日", "4 月 9 日", "4 月 30 日"):
        words = ActWords(people=("张示例",), choice="phone", note=f"{day} 9 点半通话")
        do_act(window.desk, person(window, "chu"), case.case_id, CaseAct.REMIND_RESULT, words)
    come(counter, "chu")
    show(counter, case, "统一社会信用代码")
    other_act(counter, "提议送上门")
    choose(counter, "直通车送达，清河镇线，清河镇演示路便民点")
    counter.press("Tab", "1", "Tab")
    counter.type("张示例")
    counter.press("Tab")
    counter.type("13800000147")
    counter.press("Tab", "Tab")
    counter.type("5 月 6 日 10 点通话，同意")
    look(counter, "bring")
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).result_plan is not None)
    after = counter.kept(case.case_id)
    assert after.result_plan is not None
    assert (after.result_plan.way, after.result_plan.route) == (ResultWay.VAN, "清河镇线")
    assert is_open(after, TaskKind.BRING_RESULT)
    assert after.state is CaseState.RESULT_WAITING
    counter.until_seen("提议直通车送达，申请人同意", "改领取方式：直通车送达")
    look(counter, "bring-course")
    counter.press("Alt+1", "F5")
    counter.until_seen("直通车送结果")
    look(counter, "bring-today")
