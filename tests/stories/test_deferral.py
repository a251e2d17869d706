"""A paper that comes later, through the real window: in time, excused, never, and what credit bars."""

from uuid import UUID

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.credit import CreditOutcome
from clerk.domain.deadlines import Term
from clerk.domain.findings import Verdict
from clerk.domain.papers import PaperKind
from clerk.domain.standard import Way
from clerk.services import papers
from clerk.ui.approval_dialogs import KEYS
from integrations.practice.people import QIAN_JIADING
from tests.services.printed_papers import printed
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import window_of
from tests.stories.pictures import grab
from tests.stories.test_line_down import accepted

pytestmark = [
    pytest.mark.own_window,
    pytest.mark.logs_warnings,  # what a peer does wrong is logged, and rightly so
]

LATE = "低收入家庭认定证明"


def stored(counter: AtCounter, case_id: UUID) -> Case:
    return counter.kept(case_id)


def said_yes_later(counter: AtCounter) -> Case:
    """An old-age allowance accepted while the proof of a low income is still to come."""
    case = accepted(counter)
    assert case.evidence["LOW_INCOME"].way is Way.DEFERRAL
    return case


def notice_in_hand(counter: AtCounter, case: Case) -> None:
    """The notice that lies in 文书 came out of another window's printer."""
    counter.until_seen("容缺受理通知书", "容缺受理承诺书")
    window = window_of(counter)
    made = papers.papers_of_case(window.desk, window.clerk, case.case_id)
    printed(window, next(one for one in made if one.kind is PaperKind.DEFERRAL_NOTICE))


def test_a_late_paper_is_taken_by_its_code_wherever_the_applicant_comes(counter):
    """The code on the notice, scanned into Ctrl K, leads straight to the paper."""
    case = said_yes_later(counter)
    counter.until_seen("容缺受理通知书", "容缺受理承诺书")
    while not counter.floor.documents.list.table.hasFocus():
        counter.press("F6")
    counter.press("Down")
    counter.until_seen("打印 2 份")
    counter.until(counter.floor.documents.view.has_pages)
    grab(counter, "deferral-notice")
    counter.days_later(2)

    counter.press("Alt+1", "Ctrl+K")
    counter.type(f"RQ:{case.label}:LOW_INCOME")
    counter.until_seen("收容缺补件")
    counter.press("Return")
    counter.until(lambda: counter.dialog() == "其他处理")
    counter.until_seen("怎样收，1 纸质件")
    counter.press("2")
    counter.until_seen("已存")
    counter.press("Tab", "1")
    grab(counter, "deferral-late-paper")
    counter.press("F9")

    counter.until(lambda: stored(counter, case.case_id).evidence["LOW_INCOME"].way is Way.SCAN)
    whole = stored(counter, case.case_id)
    assert Term.DEFERRAL not in whole.terms
    supplied = [e for e in whole.events if e.kind is CaseEventKind.SUPPLIED]
    assert (supplied[0].day.isoformat(), supplied[0].actor) == ("2026-03-20", "zhou")
    counter.until_seen("容缺补齐")
    grab(counter, "deferral-supplied")


def test_the_search_takes_a_code_as_well_and_says_when_the_paper_has_come(counter):
    case = said_yes_later(counter)
    counter.press("Alt+3", "F3")
    counter.type(f"rq;{case.label};low_income")
    counter.press("Return")
    counter.until(lambda: counter.dialog() == "其他处理")
    counter.press("1", "Tab", "1", "F9")
    counter.until(lambda: stored(counter, case.case_id).evidence["LOW_INCOME"].way is Way.PAPER)

    counter.press("F3")
    counter.type(f"RQ:{case.label}:LOW_INCOME")
    counter.press("Return")

    counter.until_seen("这份材料已经补过")


def test_a_reminder_is_written_down_with_its_proof_and_the_promise_is_kept(counter):
    case = said_yes_later(counter)
    counter.press("Alt+3")
    counter.until_seen(case.label, "在谁手里")
    choose_act(counter, case, CaseAct.SIGN_DEFERRAL)
    counter.press("1", "F9")
    counter.until(lambda: stored(counter, case.case_id).evidence["LOW_INCOME"].signed)

    counter.until_seen("收容缺承诺书，已签名")
    choose_act(counter, case, CaseAct.REMIND_DEFERRAL)
    counter.until_seen("怎样提醒")
    counter.press("1", "Tab")
    counter.type("3 月 18 日 10 点，李样本本人接听")
    counter.press("F9")

    counter.until(lambda: stored(counter, case.case_id).reminders)
    kept = stored(counter, case.case_id).reminders[-1]
    assert (kept.proof, kept.by) == ("3 月 18 日 10 点，李样本本人接听", "zhou")
    counter.until_seen("提醒：李样本")
    grab(counter, "deferral-reminded")


def test_more_time_and_the_end_are_a_supervisors_word_with_a_reason(counter):
    """Nothing happens by itself when the day passes: a person excuses, and a person ends it."""
    case = said_yes_later(counter)
    notice_in_hand(counter, case)
    first = case.terms[Term.DEFERRAL].on
    hand_over(counter, "wu")
    counter.press("Alt+3")
    counter.until_seen(case.label)
    choose_act(counter, case, CaseAct.EXCUSE)
    counter.until_seen("新的期限")
    counter.type("2026-04-10")
    counter.press("Tab")
    counter.type("山洪断路，乡里开不出证明")
    counter.press("F9")
    counter.until(lambda: stored(counter, case.case_id).terms[Term.DEFERRAL].on > first)
    counter.until_seen("容缺延期", "山洪断路，乡里开不出证明")
    grab(counter, "deferral-excused")

    counter.days_later(24)
    counter.until_seen("容缺")
    assert stored(counter, case.case_id).state is not CaseState.LAPSED
    choose_act(counter, case, CaseAct.FAIL_DEFERRAL)
    counter.type("两次提醒后仍没有补交")
    counter.press("F9")

    counter.until(lambda: stored(counter, case.case_id).state is CaseState.LAPSED)
    ended = stored(counter, case.case_id)
    lapsed = [e for e in ended.events if e.kind is CaseEventKind.LAPSED]
    assert (lapsed[0].actor, lapsed[0].detail["reason"]) == ("wu", "两次提醒后仍没有补交")
    assert not [e for e in ended.events if e.kind is CaseEventKind.FALSE_PROMISE_REPORTED]
    counter.until_seen("逾期没有补齐，终止", "两次提醒后仍没有补交")
    grab(counter, "deferral-failed")


def test_a_bad_record_keeps_the_word_away_and_shows_the_way_back(counter):
    counter.open_item("gljt")
    counter.place_card(QIAN_JIADING.name)
    counter.go_material("居民户口簿")
    counter.press("8", "Return")
    for question in ("1", "1", "1"):
        if "LOW_INCOME" in verdict(counter).asked:
            break
        counter.press("F4", question)
    counter.go_material(LATE)

    counter.press("5")
    counter.until_seen("失信记录", "示例县信用办信用修复窗口")
    grab(counter, "deferral-bad-credit")
    counter.press("Esc")
    counter.until(lambda: counter.dialog() == "")
    counter.press("5")

    counter.until(lambda: counter.dialog() == "不能凭承诺办")
    counter.until_seen("凭整改证明申请信用修复")
    assert "LOW_INCOME" not in counter.case().evidence
    assert credit_of(counter.case()) is CreditOutcome.BAD
    grab(counter, "deferral-bad-credit-row")


def test_a_credit_platform_that_is_down_bars_nothing_and_is_asked_again_by_itself(counter):
    counter.tools.province.start("credit")
    counter.control("credit", fault="down", count=1000)
    case = said_yes_later(counter)
    assert credit_of(case) is CreditOutcome.SERVICE_DOWN
    assert "ask_credit" in case.tasks

    counter.control("credit", fault="none")
    counter.days_later(1)

    counter.until(lambda: credit_of(stored(counter, case.case_id)) is CreditOutcome.GOOD, 40_000)
    assert stored(counter, case.case_id).state in {CaseState.ACCEPTED, CaseState.UNDER_REVIEW}


def credit_of(case: Case) -> CreditOutcome | None:
    return case.credit.outcome if case.credit else None


def verdict(counter: AtCounter) -> Verdict:
    opened = counter.floor.intake.desk.current
    assert opened is not None
    return opened.verdict


def choose_act(counter: AtCounter, case: Case, act: CaseAct) -> None:
    """Go to an act of 其他处理 by its key."""
    offered = counter.floor.actions.cases.offered_acts(stored(counter, case.case_id))
    place = [one.act for one in offered if one.bar is None].index(act)
    offering = counter.floor.shell.acts.find("Shift+F9")
    assert offering is not None
    counter.until(offering.enabled)
    counter.press("Shift+F9")
    counter.until(lambda: counter.dialog() == "其他处理")
    counter.press(KEYS[place])


def hand_over(counter: AtCounter, account_id: str) -> None:
    """Let another person sign in at the same window."""
    counter.press("Ctrl+L")
    counter.until(counter.station.window.is_locked)
    page = counter.station.window.lock_page
    assert page is not None
    page.other.setFocus()
    counter.press("Space")
    counter.enter(account_id)
