"""The applicant's credit at the counter: asked, kept, asked again, and never in anybody's way."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import credit_gate
from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import settled
from clerk.domain.credit import CreditOccasion, CreditOutcome
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import credit, tasks
from clerk.services.case_acts import do_act
from integrations.practice.people import NOODLE_SHOP
from tests.services.noodle_shop import accepted, complete_on_paper, promised, put_off
from tests.services.test_promises import found_false, heard


@pytest.fixture(autouse=True)
def clean_record(window):
    """The province is one for the whole run; whoever got a record here gets rid of it."""
    yield
    window.peer("credit").control({"repair": NOODLE_SHOP.code})
    window.peer("credit").control({"fault": "none"})


def ask(window, case, occasion=CreditOccasion.DEFERRAL):
    return credit.ask_credit(window.desk, window.clerk, case, occasion)


def answered(window, case):
    return credit_gate.with_credit(case, ask(window, case), window.clerk)


def test_a_question_is_about_the_applicant_and_a_line_of_the_journal(window):
    case = complete_on_paper(window)

    answer = ask(window, case)

    assert (answer.outcome, answer.about) == (CreditOutcome.GOOD, NOODLE_SHOP.code)
    (heard,) = window.heard("credit")[-1:]
    assert (heard["operation"], heard["case_id"]) == ("AskCredit", str(case.case_id))
    line = window.lines()[-1]
    assert (line.act, line.case_id) == ("credit.asked", case.case_id)
    assert NOODLE_SHOP.code not in str(line.detail)


def test_only_who_takes_in_asks(window):
    with pytest.raises(NotAllowed):
        credit.ask_credit(
            window.desk, window.chief, complete_on_paper(window), CreditOccasion.DEFERRAL
        )


def test_a_platform_that_is_down_is_an_answer_and_the_counter_goes_on(window):
    case = put_off(window)
    with window.trouble("credit", "down"):
        case = answered(window, case)

    taken = accepted(window, case)

    assert taken.credit is not None
    assert taken.credit.outcome is CreditOutcome.SERVICE_DOWN
    assert taken.credit.trouble
    assert is_open(taken, TaskKind.ASK_CREDIT)


def test_a_counter_without_any_platform_goes_on_too(window):
    desk = replace(window.desk, credit=None)

    answer = credit.ask_credit(
        desk, window.clerk, complete_on_paper(window), CreditOccasion.PROMISE
    )

    assert answer.outcome is CreditOutcome.SERVICE_DOWN


def test_a_bad_record_keeps_a_promised_case_from_acceptance(window):
    window.peer("credit").control({"note": NOODLE_SHOP.code})
    case = answered(window, promised(window, complete_on_paper(window), "PREMISES"))

    with pytest.raises(NotAcceptable):
        accepted(window, case)


def test_no_letter_is_signed_for_somebody_with_a_bad_record(window):
    """The gate is the use case's own: a window that forgot it changes nothing."""
    window.peer("credit").control({"note": NOODLE_SHOP.code})
    case = answered(window, complete_on_paper(window))

    with pytest.raises(NotAcceptable, match="信用修复"):
        promised(window, case, "PREMISES")


def test_it_is_asked_again_by_itself_until_somebody_answers(window):
    with window.trouble("credit", "down"):
        case = accepted(window, answered(window, put_off(window)))
        credit.ask_again(window.desk, window.clerk)
    assert window.stored(case).credit.outcome is CreditOutcome.SERVICE_DOWN

    window.clock.goes_on(minutes=6)
    credit.ask_again(window.desk, window.clerk)

    now = window.stored(case)
    assert now.credit.outcome is CreditOutcome.GOOD
    assert window.lines()[-1].act == "credit.asked"
    assert now.state is case.state


def test_a_silent_platform_is_left_alone_for_some_minutes(window):
    with window.trouble("credit", "down"):
        accepted(window, answered(window, put_off(window)))
        credit.ask_again(window.desk, window.clerk)
        before = len(window.lines())
        credit.ask_again(window.desk, window.clerk)

    assert len(window.lines()) == before


def test_a_clock_that_was_set_back_does_not_stop_the_questions(window):
    with window.trouble("credit", "down"):
        case = accepted(window, answered(window, put_off(window)))
        window.clock.goes_on(hours=5)
        credit.ask_again(window.desk, window.clerk)
    window.clock.goes_on(hours=-5)

    credit.ask_again(window.desk, window.clerk)

    assert window.stored(case).credit.outcome is CreditOutcome.GOOD


def test_a_record_found_later_is_set_before_a_person_and_changes_nothing(window):
    with window.trouble("credit", "down"):
        case = accepted(window, answered(window, put_off(window)))
    window.peer("credit").control({"note": NOODLE_SHOP.code})

    credit.ask_again(window.desk, window.clerk)

    now = window.stored(case)
    assert (now.state, now.terms) == (case.state, case.terms)
    supervisor = window.session(Role.SUPERVISOR)
    mine = tasks.my_tasks(window.desk, supervisor)
    assert TaskKind.LOOK_AT_CREDIT in {line.kind for line in mine if line.case_id == case.case_id}
    assert not [one for one in window.messages(case) if "report" in one.message.kind.value]


def test_a_case_that_was_decided_meanwhile_is_not_asked_about_any_more(window):
    with window.trouble("credit", "down"):
        case = accepted(window, answered(window, put_off(window)))
    withdrawn = CaseEvent(
        kind=CaseEventKind.WITHDRAWN, at=window.clock(), actor="zhou", actor_name="周模拟"
    )
    window.put(settled(window.desk.rules(case), window.stored(case), (withdrawn,)))

    credit.ask_again(window.desk, window.clerk)

    assert "ask_credit" not in window.stored(case).tasks


# A promise that was proven false ------------------------------------------------------------------


def test_a_supervisor_reports_after_the_hearing_and_the_platform_keeps_it_once(window):
    case = heard(window)
    supervisor = window.session(Role.SUPERVISOR)
    words = ActWords(reason="没有取得产权人同意")

    do_act(window.desk, supervisor, case.case_id, CaseAct.REPORT_FALSE_PROMISE, words)
    window.deliver()

    told = window.peer("credit").state()["reports"]
    mine = [one for one in told if one["case_id"] == str(case.case_id)]
    assert [one["body"]["fact"] for one in mine] == ["没有取得产权人同意"]
    with pytest.raises(NotAcceptable, match="已经报送过"):
        do_act(window.desk, supervisor, case.case_id, CaseAct.REPORT_FALSE_PROMISE, words)


def test_nobody_else_reports_and_nobody_reports_before_the_hearing(window):
    case = found_false(window)
    supervisor = window.session(Role.SUPERVISOR)

    for session in (window.clerk, window.chief):
        with pytest.raises(NotAllowed):
            credit.report_false_promise(window.desk, session, case.case_id, "假的")
    with pytest.raises(NotAcceptable, match="还没听取"):
        credit.report_false_promise(window.desk, supervisor, case.case_id, "假的")
    assert MessageKind.REPORT_FALSE_PROMISE not in {one.kind for one in window.waiting(case)}


def test_the_day_of_a_late_paper_stays_within_the_items_term(window):
    case = accepted(window, put_off(window))

    assert case.evidence["RULES"].due_on == date(2026, 3, 23)
    assert case.due_on == date(2026, 3, 25)
