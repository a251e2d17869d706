"""An old woman at the window: suggested, marked, printed large, visited; papers that come by post."""

import pytest

from clerk.domain.care import ServiceNeed
from clerk.domain.case import Case, CaseEventKind
from clerk.domain.case_acts import CaseAct
from clerk.domain.papers import PaperKind
from clerk.domain.posted import PostedFinding
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open
from clerk.ui.widgets.dialog import Scrim
from tests.stories import pictures
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import begin
from tests.stories.test_line_down import accepted, accepted_in_front, paper_text

pytestmark = pytest.mark.own_window

ADDRESS = "清河镇样本村3组12号"


def grab(counter: AtCounter, name: str) -> None:
    """Look once the dialog, or what it covered, stands."""
    window = counter.station.window
    counter.until(lambda: all(scrim.is_settled() for scrim in window.findChildren(Scrim)))
    pictures.grab(counter, name)


def find_her(counter: AtCounter, case: Case, *words: str) -> None:
    """Go to 办件, where hers is the only case, and wait until it was read."""
    counter.press("Alt+3")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.cases)
    counter.floor.cases.reload()
    counter.until_seen(case.label, "居民身份证", *words)


def marked(counter: AtCounter) -> None:
    """Ctrl G, by digits: old, green channel, large print; a visit on Friday."""
    counter.open_item("gljt")
    counter.place_card("李样本")
    counter.until_seen("83 岁，问问要不要按老年人服务")
    assert counter.case().care is None
    grab(counter, "care-suggested")
    counter.press("Ctrl+G")
    counter.until(lambda: counter.dialog() == "服务需求")
    counter.press("1", "7", "8", "Tab")
    counter.type("2026-03-20")
    counter.press("Tab")
    counter.type("13800000258")
    grab(counter, "care-dialog")
    counter.press("F9")
    counter.until(lambda: counter.case().care is not None)
    counter.until_seen("绿色通道", "3 月 20 日", "上门")


def test_an_old_woman_is_marked_her_papers_are_large_and_she_stands_on_the_list_of_visits(counter):
    marked(counter)
    counter.press("F4")
    grab(counter, "care-marked")

    case = accepted_in_front(counter)

    assert case.care is not None
    assert case.care.needs == (ServiceNeed.ELDERLY,)
    assert case.care.large_print
    assert is_open(case, TaskKind.HOME_VISIT)
    text = paper_text(counter, case.case_id, PaperKind.ACCEPTANCE)
    assert case.label in text
    grab(counter, "care-large-paper")

    counter.press("Alt+3")
    counter.until_seen(case.label, "老年人", "大字文书", ADDRESS)
    grab(counter, "care-list")
    counter.do("上门服务名单")
    counter.until(lambda: counter.dialog() == "上门服务名单")
    counter.until_seen("李样本", ADDRESS, "13800000258", "还缺：低收入家庭认定证明")
    grab(counter, "care-visits")
    counter.press("Ctrl+P")
    counter.until_seen("打印件存成 PDF")
    counter.press("Tab")
    assert counter.focus_name().startswith("上门办了什么")
    counter.type("收了证明原件，本人签字")
    counter.press("F9")
    counter.until_seen("现在没有要上门的")
    counter.press("Esc")

    after = counter.kept(case.case_id)
    assert after.visits[-1].note == "收了证明原件，本人签字"
    assert not is_open(after, TaskKind.HOME_VISIT)


def test_a_parcel_is_opened_against_the_list_and_its_day_goes_along(counter, window):
    case = accepted(counter)
    counter.days_later(1)
    find_her(counter, case)
    begin(counter, window.clerk, case, CaseAct.TAKE_POSTED)
    counter.until_seen("邮件里有哪些")
    counter.type("EX0000000147")
    counter.press("Tab", "Tab")
    codes = [one.code for one in counter.opened.desk.rules(case).standard.requirements]
    asked = [code for code in codes if code in case.evidence]
    counter.press(str(asked.index("LOW_INCOME") + 1), "Tab")
    counter.type("户口簿复印件")
    counter.press("Tab", "1")
    counter.until_seen("已存")
    grab(counter, "posted-form")
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).posted)
    opened = counter.kept(case.case_id)
    (parcel,) = opened.posted
    assert parcel.found["LOW_INCOME"] is PostedFinding.THERE
    assert parcel.not_asked == ("户口簿复印件",)
    assert parcel.files
    assert opened.evidence["LOW_INCOME"].way is Way.DEFERRAL  # opened, not yet taken in
    counter.until_seen("收到寄来的材料")
    grab(counter, "posted-course")
    counter.press("Ctrl+P")
    text = paper_text(counter, case.case_id, PaperKind.POSTED_RECEIPT)
    assert "EX0000000147" in text
    counter.until_seen("寄送材料签收单")
    grab(counter, "posted-receipt")

    counter.days_later(1)
    find_her(counter, opened, "收到寄来的材料")
    begin(counter, window.clerk, opened, CaseAct.SUPPLY)
    counter.until_seen("2026-03-19", "邮寄，EX0000000147")
    counter.press("1", "Tab", "1")
    grab(counter, "posted-late-paper")
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).evidence["LOW_INCOME"].way is Way.PAPER)
    whole = counter.kept(case.case_id)
    supplied = next(one for one in whole.events if one.kind is CaseEventKind.SUPPLIED)
    assert supplied.day.isoformat() == "2026-03-19"
