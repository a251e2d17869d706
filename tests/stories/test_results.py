"""A result leaves the house, in the real window: by proxy, by courier, reminded of, with originals."""

from typing import Any

import pytest

from clerk.domain.case import Case, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.originals import OriginalPlace
from clerk.domain.papers import PaperKind
from clerk.domain.parcel import ParcelState
from clerk.domain.receiving import ReceiverRole
from clerk.domain.tasks import TaskKind, is_open
from clerk.services.case_acts import do_act
from tests.services.noodle_shop import accepted, complete_on_paper, decided
from tests.services.printed_papers import in_hand
from tests.services.window import Window
from tests.stories.at_counter import FIRST_MS, AtCounter
from tests.stories.behind_the_counter import window_of
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window(signed_in=False)


def use_cases(counter: AtCounter) -> Window:
    """The same store through its use cases, for what happened before the story begins."""
    window = window_of(counter)
    window.lease()
    return window


def on_paper(counter: AtCounter) -> Case:
    """The noodle shop's case, accepted, with its papers on the counter."""
    window = use_cases(counter)
    return accepted(window, complete_on_paper(window))


def result_waits(counter: AtCounter) -> Case:
    """Its result lies at the window, every original went back over the counter."""
    window = use_cases(counter)
    case = accepted(window, complete_on_paper(window))
    back = ActWords(material="*", choice="seen")
    do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, back)
    window.deliver()
    decided(window, window.stored(case))
    window.deliver()
    return in_hand(window, window.stored(case), PaperKind.DECISION)


def show_case(counter: AtCounter, who: str) -> None:
    """Sign in as somebody and bring the one case to the front."""
    counter.enter(who)
    counter.press("Alt+3")
    counter.until_seen("示例县清河面馆", "在谁手里")
    counter.until_seen("统一社会信用代码")


def choose(counter: AtCounter, words: str) -> None:
    """Go by the arrows to a line of the list in front and choose it."""
    for _ in range(12):
        if words in counter.focus_name():
            break
        counter.press("Down")
    assert words in counter.focus_name(), counter.focus_name()
    counter.press("Space")


def other_act(counter: AtCounter, act: str) -> None:
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() != "")
    choose(counter, act)


def test_a_proxy_takes_the_result_only_with_papers_and_a_reason(counter):
    case = result_waits(counter)
    show_case(counter, "chu")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "登记送达")
    counter.tools.reader.place(card("陈演示"))
    counter.press("Ctrl+R")
    counter.until_seen("陈演示不在可以领的人里")

    counter.press("Return", "Return", "Return", "Space")
    counter.until_seen("陈演示不是可以领结果的人")
    assert counter.kept(case.case_id).state is CaseState.RESULT_WAITING
    grab(counter, "wrong-person")
    counter.type("3 月 17 日的委托书，双方身份证")
    counter.press("Return")
    counter.type("申请人住院")
    counter.press("Return")
    counter.type("19900000002")
    counter.press("Return", "Space")
    counter.until_seen("陈演示领取")

    grab(counter, "proxy")
    handed = counter.kept(case.case_id).hand_out
    assert handed is not None
    assert (handed.role, handed.reason) == (ReceiverRole.PROXY, "申请人住院")
    assert handed.phone == "19900000002"
    counter.press("Space")
    counter.until_seen("打印 1 份", ms=FIRST_MS)
    counter.until_seen("送达回证")


def sent_by_courier(counter: AtCounter) -> Case:
    case = result_waits(counter)
    show_case(counter, "chu")
    other_act(counter, "改领取方式")
    choose(counter, "寄递")
    counter.press("Tab")
    for text in ("张示例", "13800000147", "示例县清河镇演示路 9 号", "申请人来电"):
        counter.type(text)
        counter.press("Tab")
    grab(counter, "change-way")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).result_plan is not None)
    counter.until_seen("改领取方式：寄递")

    other_act(counter, "寄出结果")
    counter.press("F9")
    counter.until(lambda: bool(counter.kept(case.case_id).parcels))
    counter.until(lambda: counter.kept(case.case_id).parcels[-1].state is ParcelState.BOOKED)
    return counter.kept(case.case_id)


def test_a_parcel_that_is_signed_for_delivers_the_case(counter):
    case = sent_by_courier(counter)

    counter.control("courier", case=str(case.case_id), step="picked_up")
    counter.control("courier", case=str(case.case_id), step="delivered", taken_by="张示例")

    counter.until(lambda: counter.kept(case.case_id).state is CaseState.HANDED_OUT)
    handed = counter.kept(case.case_id).hand_out
    assert handed is not None
    assert handed.proof == case.parcels[-1].waybill_number
    counter.press("F5")
    counter.until_seen("快递已签收", f"运单 {handed.proof}")
    grab(counter, "signed-for")


def test_a_parcel_that_comes_back_lies_at_the_window_again(counter):
    case = sent_by_courier(counter)

    counter.control("courier", case=str(case.case_id), step="came_back", reason="收件人拒收")

    counter.until(lambda: counter.kept(case.case_id).parcels[-1].state is ParcelState.CAME_BACK)
    back = counter.kept(case.case_id)
    assert back.state is CaseState.RESULT_WAITING
    assert is_open(back, TaskKind.REMIND_RESULT, "1")
    counter.press("F5")
    counter.until_seen("快件退回窗口", "收件人拒收")
    grab(counter, "came-back")


def test_an_unclaimed_result_is_reminded_of_with_proof(counter):
    case = result_waits(counter)
    counter.enter("chu")
    counter.days_later(5)
    counter.press("Alt+1", "F5")
    counter.until_seen("提醒领取结果")
    grab(counter, "unclaimed")
    counter.press("Alt+3")
    counter.until_seen("统一社会信用代码")

    other_act(counter, "登记催领")
    choose(counter, "电话")
    counter.press("Tab")
    counter.type("张示例")
    counter.press("Tab")
    counter.type("3 月 23 日 9 点半通话 2 分钟")
    counter.press("F9")

    counter.until(lambda: bool(counter.kept(case.case_id).reminders))
    after = counter.kept(case.case_id)
    assert after.reminders[-1].proof == "3 月 23 日 9 点半通话 2 分钟"
    assert is_open(after, TaskKind.REMIND_RESULT, "2")
    assert after.state is CaseState.RESULT_WAITING


def test_a_kept_original_goes_back_and_until_then_stands_on_the_days_sheet(counter):
    case = on_paper(counter)
    show_case(counter, "zhou")
    other_act(counter, "登记原件去向")
    choose(counter, "以下全部")
    counter.press("Tab")
    choose(counter, "留存待退")
    counter.press("Tab")
    counter.type("2026-03-25")
    grab(counter, "keep-originals")
    counter.press("F9")
    counter.until(lambda: bool(counter.kept(case.case_id).custody))
    counter.until_seen("原件留存待退")
    counter.do("日终核对")
    counter.until(lambda: counter.dialog() == "日终核对")
    counter.press("2")
    counter.until_seen("经营场所、设备布局图 1 份，留存待退")
    grab(counter, "sheet-originals")
    counter.press("Esc")

    other_act(counter, "退还原件")
    choose(counter, "以下全部")
    counter.press("Tab")
    counter.type("张示例")
    counter.press("F9")
    counter.until(
        lambda: (
            {held.place for held in counter.kept(case.case_id).custody.values()}
            == {OriginalPlace.RETURNED}
        )
    )

    assert not is_open(counter.kept(case.case_id), TaskKind.RETURN_ORIGINALS)


def test_the_day_is_signed_only_after_every_section_was_looked_at(counter):
    on_paper(counter)
    counter.enter("zhou")
    counter.do("文号台账")
    counter.until_seen("受理通知书", "没有空号和重号")
    grab(counter, "paper-numbers")
    counter.press("Esc")
    counter.do("日终核对")
    counter.until(lambda: counter.dialog() == "日终核对")

    counter.press("1", "2", "F9")
    counter.until_seen("还有 7 栏没看过")
    counter.press("3", "4", "5", "6", "7", "8", "9", "Tab", "Tab", "Space")
    counter.until_seen("核对表存好", ms=FIRST_MS)
    grab(counter, "day-signed")
    counter.press("Ctrl+P")

    counter.until(lambda: any((counter.settings.folder / "printed").glob("*.pdf")))


def test_the_blanks_are_received_used_and_counted_by_keys(counter):
    case = result_waits(counter)
    counter.enter("chu")
    counter.do("空白证照台账")
    counter.until(lambda: counter.dialog() == "空白证照台账")
    write(counter, "食品经营许可证", "SY000101", "SY000110")
    counter.until_seen("剩 10 张", "入库已登记")
    grab(counter, "blanks")

    counter.press("Shift+Tab", "Shift+Tab", "1")
    assert counter.typed() == "SY000101"
    counter.press("Return")
    write(counter, case.label, "JY19901230000001")
    counter.until_seen("剩 9 张，用 1 张", "印制已登记")

    counter.press("Shift+Tab", "Shift+Tab", "3")
    write(counter, "9", "")
    counter.until_seen("今天清点 9 张，账实相符")


def write(counter: AtCounter, *texts: str) -> None:
    """Fill the boxes of the ledger from the one with the cursor on, and write them down."""
    for text in texts:
        counter.type(text)
        counter.press("Return")
    counter.press("F9")


def card(name: str) -> Any:
    """The card of an invented person."""
    from clerk.app.practice_acts import card_of
    from integrations.practice.people import PEOPLE

    return card_of(next(one for one in PEOPLE if one.name == name))
