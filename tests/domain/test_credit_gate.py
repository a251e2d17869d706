"""The one gate of both paths: what an applicant's credit bars, and what it never bars."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import credit_gate, intake
from clerk.domain.after_check import order_repair, record_check
from clerk.domain.case import CaseEventKind
from clerk.domain.check_records import CheckFinding
from clerk.domain.course import settled
from clerk.domain.credit import CreditAnswer, CreditOutcome, CreditRecord
from clerk.domain.deferral_gate import BarredDeferral, DeferralBar, deferral_bar
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.findings import Check, NextAct, Outcome
from clerk.domain.identity import Role
from clerk.domain.revocation import SPOKE, answer_hearing, offer_hearing
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from integrations.practice.people import NOODLE_SHOP
from tests.domain.at_the_check import CHECKER, CHIEF, FALSE, REASON, found_false, heard_case
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    accepted_case,
    check,
    noodle_shop_complete,
    rules,
    school,
    session,
)
from tests.domain.test_deferral import at, promised, put_off

SUPERVISOR = session(Role.SUPERVISOR, account_id="wu")
RECORD = CreditRecord(
    number="示信〔2025〕第 12 号",
    source="示例县市场监督管理局",
    fact="作虚假承诺",
    recorded_on=date(2025, 11, 3),
    repair="改正后申请信用修复",
    contact="示例县信用办",
)


def answer(outcome, when=NOW):
    return CreditAnswer(
        outcome=outcome,
        about=NOODLE_SHOP.code,
        at=when,
        records=(RECORD,) if outcome is CreditOutcome.BAD else (),
        trouble="信用平台暂时连接不上" if outcome is CreditOutcome.SERVICE_DOWN else "",
    )


def known(outcome, case=None):
    case = case or intake.without_evidence(noodle_shop_complete(), "RULES")
    return credit_gate.with_credit(case, answer(outcome), CLERK)


HARMLESS = (CreditOutcome.GOOD, CreditOutcome.UNKNOWN, CreditOutcome.SERVICE_DOWN)


# Before -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", HARMLESS)
def test_unknown_and_down_are_not_bad(outcome):
    case = known(outcome)

    credit_gate.require_no_bad_record(case)

    assert deferral_bar(FOOD, FOOD.requirement("RULES"), case, check(case), TODAY) is None
    assert case.events[-1].kind is CaseEventKind.CREDIT_ASKED


def test_a_bad_record_bars_both_paths_and_names_the_way_back():
    case = known(CreditOutcome.BAD)

    barred = deferral_bar(FOOD, FOOD.requirement("RULES"), case, check(case), TODAY)

    assert barred == BarredDeferral(bar=DeferralBar.BAD_CREDIT, record=RECORD)
    with pytest.raises(NotAcceptable, match="改正后申请信用修复，示例县信用办"):
        credit_gate.require_no_bad_record(case)


def test_a_word_already_given_does_not_hold_when_the_record_comes_to_light_before_acceptance():
    case = known(CreditOutcome.BAD, put_off())

    verdict = check(case)

    assert verdict.act is not NextAct.ACCEPT_AND_PASS_ON
    found = next(one for one in verdict.findings if one.check is Check.CREDIT_CLEAR)
    assert (found.outcome, found.subject) == (Outcome.FAIL, "RULES")
    assert found.remedy_text == "改正后申请信用修复，示例县信用办"


def test_the_papers_themselves_are_never_barred():
    case = known(CreditOutcome.BAD, noodle_shop_complete())

    assert check(case).act is NextAct.ACCEPT_AND_PASS_ON


def test_an_answer_about_somebody_else_says_nothing_of_this_applicant():
    case = known(CreditOutcome.BAD)
    another = intake.with_body(case, school())

    assert credit_gate.bad_record(another) is None
    assert credit_gate.must_ask(another, TODAY)
    with pytest.raises(BadInput):
        credit_gate.with_credit(another, answer(CreditOutcome.GOOD), CLERK)


def test_nobody_is_asked_about_before_it_is_known_who_applies():
    with pytest.raises(NotAcceptable, match="还不知道申请人是谁"):
        credit_gate.subject_of(replace(noodle_shop_complete(), applicant=None))


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        (CreditOutcome.GOOD, False),
        (CreditOutcome.BAD, False),
        (CreditOutcome.UNKNOWN, True),
        (CreditOutcome.SERVICE_DOWN, True),
    ],
)
def test_it_is_asked_once_a_day_and_again_where_nothing_was_learned(outcome, again):
    case = known(outcome)

    assert credit_gate.must_ask(case, TODAY) is again
    assert credit_gate.must_ask(case, date(2026, 3, 19))


# While it runs ------------------------------------------------------------------------------------


def running(outcome):
    return accepted_case(known(outcome, put_off()))


@pytest.mark.parametrize(
    ("outcome", "on"),
    [
        (CreditOutcome.SERVICE_DOWN, date(2026, 3, 18)),
        (CreditOutcome.UNKNOWN, date(2026, 3, 19)),
        (CreditOutcome.GOOD, date(2026, 3, 23)),
    ],
    ids=["down: at once", "unknown: the next working day", "good: once more while it runs"],
)
def test_it_is_asked_again_by_itself(outcome, on):
    assert running(outcome).tasks["ask_credit"] == on


def test_a_case_that_rests_on_no_word_is_not_asked_about():
    assert "ask_credit" not in accepted_case().tasks


def test_a_bad_record_found_later_sets_a_person_a_task_and_does_nothing_else():
    before = running(CreditOutcome.UNKNOWN)

    after = credit_gate.asked_again(
        rules(), before, answer(CreditOutcome.BAD, at(19)), CLERK, at(19)
    )

    assert is_open(after, TaskKind.LOOK_AT_CREDIT)
    assert not is_open(after, TaskKind.ASK_CREDIT)
    assert (after.state, after.terms) == (before.state, before.terms)
    assert not any(f.check is Check.CREDIT_CLEAR for f in check(after).findings)


def test_the_person_writes_down_what_he_concludes():
    bad = credit_gate.asked_again(
        rules(),
        running(CreditOutcome.UNKNOWN),
        answer(CreditOutcome.BAD, at(19)),
        CLERK,
        at(19),
    )

    seen = credit_gate.look_at_credit(rules(), bad, "与本件无关，继续办", SUPERVISOR, at(20))

    assert not is_open(seen, TaskKind.LOOK_AT_CREDIT)
    assert seen.events[-1].detail == {"note": "与本件无关，继续办"}
    with pytest.raises(NotAcceptable, match="没有要核看"):
        credit_gate.look_at_credit(rules(), seen, "再看", SUPERVISOR, at(20))


def test_the_same_answer_again_is_no_news_in_the_course():
    before = running(CreditOutcome.SERVICE_DOWN)

    after = credit_gate.asked_again(
        rules(), before, answer(CreditOutcome.SERVICE_DOWN, at(18)), CLERK, at(18)
    )

    assert len(after.events) == len(before.events)
    assert after.tasks["ask_credit"] == date(2026, 3, 18)


def test_a_good_answer_while_it_runs_is_the_last_question():
    after = credit_gate.asked_again(
        rules(), running(CreditOutcome.GOOD), answer(CreditOutcome.GOOD, at(23)), CLERK, at(23)
    )

    assert "ask_credit" not in after.tasks


# A promise that was proven false ------------------------------------------------------------------


def reported(case, who=SUPERVISOR, day=20):
    return credit_gate.report_false_promise(rules(), case, "没有取得同意", who, at(day, month=4))


def test_a_false_promise_is_reported_only_after_a_recorded_hearing():
    with pytest.raises(NotAcceptable, match="还没听取"):
        reported(found_false())

    told = reported(heard_case())

    body = credit_gate.false_promise_body(told)
    assert (body["fact"], body["reported_by"]) == ("没有取得同意", "wu")
    with pytest.raises(NotAcceptable, match="已经报送过"):
        reported(told)


def test_a_hearing_serves_no_finding_that_came_after_it():
    """What is found false later is heard and reported on its own."""
    told = reported(heard_case())
    again = open_again(told, 21)
    found = record_check(rules(), again, FALSE, CHECKER, at(22, month=4))

    with pytest.raises(NotAcceptable, match="还没听取"):
        reported(found, day=23)
    heard = offer_hearing(rules(), found, REASON, CHIEF, at(23, month=4))
    heard = answer_hearing(rules(), heard, SPOKE, "没有意见", CHIEF, at(24, month=4))

    assert reported(heard, day=24).events[-1].kind is CaseEventKind.FALSE_PROMISE_REPORTED


def open_again(case, day):
    """The same proof is to be looked at once more."""
    when = at(day, month=4)
    return settled(rules(), case, (task_set(TaskKind.AFTER_CHECK, when.date(), when, "PREMISES"),))


def test_a_promise_that_was_made_good_is_not_reported_any_more():
    true = replace(FALSE, finding=CheckFinding.TRUE)
    repaired = record_check(rules(), open_again(heard_case(), 15), true, CHECKER, at(16, month=4))

    with pytest.raises(NotAcceptable, match="已整改好"):
        reported(repaired)


def test_while_it_may_still_be_made_good_nothing_is_reported():
    ordered = order_repair(
        rules(), heard_case(), "PREMISES", "取得同意", date(2026, 4, 30), CHIEF, at(15, month=4)
    )

    with pytest.raises(NotAcceptable, match="整改期限"):
        reported(ordered)


def test_who_took_the_case_in_reports_nobody():
    both = session(Role.SUPERVISOR)

    with pytest.raises(NotAllowed, match="不能由你报送"):
        reported(heard_case(), both)


def test_where_nothing_was_promised_nothing_is_reported():
    with pytest.raises(NotAcceptable, match="没有承诺"):
        reported(accepted_case())


def test_a_task_that_the_course_closed_is_no_hearing():
    """Nobody came in time is not the same as somebody was heard."""
    case = promised().with_event(task_done(TaskKind.HEAR_APPLICANT, None, at(19)))

    assert credit_gate.heard_at(case) is None
