"""In the real window: a promise revoked after a hearing; a procedure and an extension with their
papers; a check on site by two people; a slip put right on the spot."""

import pytest

from clerk.domain import intake
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.check_records import CheckFinding, SiteOutcome
from clerk.domain.identity import Session
from clerk.domain.papers import PaperKind
from clerk.domain.pin import PRACTICE_PIN
from clerk.domain.site_check import POINT
from clerk.storage import papers
from tests.services import noodle_shop
from tests.services.printed_papers import in_hand
from tests.services.window import Window
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import (
    another_person,
    begin,
    fill,
    find_case,
)

pytestmark = pytest.mark.own_window


def accepted(window: Window) -> Case:
    return noodle_shop.accepted(window)


def granted_upon_a_promise(window: Window) -> Case:
    case = intake.without_evidence(noodle_shop.complete_on_paper(window), "PREMISES")
    case = noodle_shop.accepted(window, noodle_shop.promised(window, case, "PREMISES"))
    window.deliver()
    noodle_shop.decided(window, case)
    window.deliver()
    return window.stored(case)


def kinds(counter: AtCounter, case: Case) -> set[PaperKind]:
    with counter.store() as tx:
        return {paper.kind for paper in papers.of_case(tx, case.case_id)}


def acts_at(counter: AtCounter, session: Session, case: Case, act: CaseAct, *after: str) -> None:
    """Begin an act once the course on the window says what came before it."""
    find_case(counter, case, *after)
    begin(counter, session, case, act)


def show_papers(counter: AtCounter) -> None:
    counter.press("Ctrl+P")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 2 份")


def test_a_false_promise_is_found_by_another_heard_and_revoked_by_a_person(counter, window):
    """国办发〔2020〕42号: checked afterwards, the applicant heard, the decision revoked on paper."""
    case = granted_upon_a_promise(window)
    find_case(counter, case)
    counter.press("Shift+F9")
    counter.until_seen("不归你办：", "登记承诺核查")
    counter.press("Esc")

    another_person(counter, "wu")
    acts_at(counter, window.session(account=window.people[2]), case, CaseAct.CHECK_PROMISE)
    counter.press("2", "Tab")
    counter.type("产权人没有同意出租")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.after)
    assert counter.kept(case.case_id).checks.after[0].finding is CheckFinding.FALSE
    assert counter.kept(case.case_id).state is case.state

    another_person(counter, "zheng")
    acts_at(counter, window.chief, case, CaseAct.OFFER_HEARING)
    fill(counter, "承诺的场所没有合法使用权")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.hearing)
    acts_at(counter, window.chief, case, CaseAct.ANSWER_HEARING, "可以陈述申辩或要求听证")
    counter.press("1", "Tab")
    counter.type("愿意搬迁，请求从轻")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.hearing.answered_at)
    in_hand(window, counter.kept(case.case_id), PaperKind.HEARING_NOTICE)
    acts_at(counter, window.chief, case, CaseAct.REVOKE, "愿意搬迁")
    fill(counter, "申辩不能证明已取得同意", "《行政许可法》第六十九条")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "输审批密码" or revoked(counter, case))
    if not revoked(counter, case):
        counter.type(PRACTICE_PIN)
    counter.until(lambda: revoked(counter, case))

    find_case(counter, case)
    counter.until_seen("已撤销", "申辩不能证明已取得同意")
    show_papers(counter)
    counter.until(lambda: {PaperKind.HEARING_NOTICE, PaperKind.REVOCATION} <= kinds(counter, case))
    assert counter.kept(case.case_id).decision is not None


def revoked(counter: AtCounter, case: Case) -> bool:
    return counter.kept(case.case_id).state is CaseState.REVOKED


def test_a_procedure_and_an_extension_have_their_papers_and_move_the_term(counter, window):
    """行政许可法 art. 42, 45: told in writing, under numbers nobody types."""
    case = accepted(window)
    another_person(counter, "zheng")

    acts_at(counter, window.chief, case, CaseAct.START_PROCEDURE)
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).state is CaseState.SPECIAL_PROCEDURE)
    counter.days_later(2)
    acts_at(counter, window.chief, case, CaseAct.END_PROCEDURE, "特别程序开始")
    fill(counter, "没有人提出异议")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).state is CaseState.UNDER_REVIEW)
    acts_at(counter, window.chief, case, CaseAct.EXTEND, "特别程序结束")
    fill(counter, "5", "局长 吴样例", "专家意见不一致")
    counter.press("F9")
    counter.until(lambda: said(counter, case, CaseEventKind.EXTENDED))

    after = counter.kept(case.case_id)
    assert case.statutory_due_on is not None
    assert after.statutory_due_on is not None
    assert after.statutory_due_on > case.statutory_due_on
    find_case(counter, case)
    counter.until_seen("延长审批 5 个工作日", after.paper_numbers["extension_notice"])
    show_papers(counter)
    counter.until(
        lambda: {PaperKind.PROCEDURE_NOTICE, PaperKind.EXTENSION_NOTICE} <= kinds(counter, case)
    )
    counter.until_seen("延长期限告知书", "特别程序告知书")


def said(counter: AtCounter, case: Case, kind: CaseEventKind) -> bool:
    return any(event.kind is kind for event in counter.kept(case.case_id).events)


def test_two_people_go_on_site_and_the_chief_sees_what_they_found(counter, window):
    """行政许可法 art. 34: two staff or more; one alone is refused."""
    case = accepted(window)
    another_person(counter, "zheng")
    day = window.desk.today().isoformat()

    acts_at(counter, window.chief, case, CaseAct.AGREE_SITE_CHECK)
    fill(counter, day, "9:30", "孙核查", "电话告知张示例")
    counter.press("F9")
    counter.until_seen("现场核查要两个人去")
    acts_at(counter, window.chief, case, CaseAct.AGREE_SITE_CHECK)
    fill(counter, day, "9:30", "孙核查、钱勘验", "电话告知张示例")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.site)

    acts_at(counter, window.chief, case, CaseAct.RECORD_SITE_CHECK, "约定现场核查")
    counter.press("2", "Tab", "1", "3", "4", "Tab")
    fill(counter, day, "没有独立的消毒柜", "张示例")
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).checks.site[-1].record)

    record = counter.kept(case.case_id).checks.site[-1].record
    assert record is not None
    assert (record.outcome, record.failed) == (SiteOutcome.UNFIT, ("EQUIPMENT",))
    assert counter.kept(case.case_id).due_on == case.due_on
    find_case(counter, case)
    show_papers(counter)
    counter.until(lambda: {PaperKind.SITE_NOTICE, PaperKind.SITE_RECORD} <= kinds(counter, case))
    held = counter.kept(case.case_id)
    shown = {code: text for code, text, _ in counter.floor.actions.approval.to_look_at(held)}
    assert "没有独立的消毒柜" in shown[POINT]


def test_a_slip_is_put_right_on_the_spot_and_stands_in_the_course(counter):
    """行政许可法 art. 32 (3)."""
    counter.go_intake()
    case_id = counter.open_item("spjy").case_id
    counter.place_card("张示例")
    counter.go_material("食品安全管理制度目录")
    counter.press("8", "9")
    counter.until_seen("当场更正：食品安全管理制度目录")
    counter.type("落款 2062 年改为 2026 年")
    counter.press("Return")

    counter.until(lambda: counter.stored(case_id) is not None)
    counter.until(
        lambda: counter.kept(case_id).events[-1].kind is CaseEventKind.CORRECTED_ON_THE_SPOT
    )
    assert counter.kept(case_id).events[-1].detail["signer"] != ""
