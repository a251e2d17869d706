"""Acts of the window, the dates that follow, and what a back office tells."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseEventKind, CaseState, Notice
from clerk.domain.checking import check_case
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.life import (
    accept,
    correct,
    decline,
    notify_once,
    receive,
    with_paper_number,
)
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.notice_points import notice_points
from clerk.domain.referral import NOBODY, Referral
from clerk.domain.standard import LawKind
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    NUMBER,
    TEMPORARY,
    TODAY,
    TRADER,
    accepted_case,
    check,
    draft,
    held,
    noodle_shop_begun,
    noodle_shop_complete,
    person,
    rules,
    typed,
)
from tests.domain.starter_items import catalogue

WITHIN = Limit(amount=30, unit=LimitUnit.WORKDAYS)
NOT_A_DRAFT = [state for state in CaseState if state is not CaseState.DRAFT]
BEFORE_ACCEPTANCE = {CaseState.DRAFT, CaseState.RECEIVED}


def received(case=None, standard=FOOD, number=NUMBER, at=NOW):
    case = begun_by(case or noodle_shop_complete(), at)
    return receive(rules(standard), case, number, CLERK, at)


def begun_by(case, at):
    """The same case, opened no later than this instant."""
    return replace(case, events=tuple(replace(e, at=min(e.at, at)) for e in case.events))


def accepted_at(at):
    """The noodle shop's case, accepted at this instant."""
    complete = begun_by(typed(noodle_shop_complete(), {"opening_on": "2026-12-31"}), at)
    verdict = check_case(FOOD, complete, "03", at.date(), CALENDAR)
    return accept(rules(), complete, verdict, NUMBER, CLERK, at)


def notice(case=None, at=NOW):
    points = notice_points(check(case or noodle_shop_begun()))
    return Notice(points=points, remarks={}, at=at, reply_by_on=date(2026, 4, 30))


def told(case=None):
    case = case or noodle_shop_begun()
    return notify_once(rules(), case, NUMBER, notice(case), WITHIN, CLERK)


def test_a_correction_shows_what_it_changed_since_it_was_asked_for():
    begun = intake.without_evidence(noodle_shop_complete(), "RULES")
    asked = told(begun)
    brought = typed(intake.with_evidence(asked, "RULES", held()), {"opening_on": "2026-12-31"})

    case = correct(
        rules(), brought, replace(check(brought), act=NextAct.RECEIVE_AND_PASS_ON), CLERK, NOW
    )

    assert [(one.code, one.before) for one in case.events[-1].changed] == [
        ("opening_on", begun.values["opening_on"].value if "opening_on" in begun.values else ""),
        ("RULES", ""),
    ]


def trader_case():
    """Somebody who wants to be registered, as he stands there."""
    return intake.with_person(draft(TRADER), person(), TRADER.applicant_kinds)


def reason(standard, code):
    return next(one for one in standard.decline_reasons if one.code == code)


# 收件 ---------------------------------------------------------------------------------------------


def test_receiving_is_not_accepting():
    """收件 starts the five working days; only 受理 starts the limit."""
    case = received()

    assert case.state is CaseState.RECEIVED
    assert (case.received_at, case.accepted_at, case.due_on) == (NOW, None, None)
    assert case.with_whom == FOOD.body.short_name


def test_a_received_permit_is_decided_on_within_five_working_days():
    """行政许可法 art. 32 (4): within five days; the day itself is not counted."""
    case = received()

    assert case.decide_by_on == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("received_at", "decide_by"),
    [
        (datetime(2026, 4, 30, 1, 0, tzinfo=UTC), date(2026, 5, 11)),  # 9 May is worked
        (datetime(2026, 2, 13, 1, 0, tzinfo=UTC), date(2026, 2, 27)),  # Spring Festival
        (datetime(2026, 3, 17, 17, 0, tzinfo=UTC), date(2026, 3, 25)),  # 18 March in the hall
    ],
)
def test_the_five_working_days_go_by_the_calendar_and_the_halls_day(received_at, decide_by):
    assert received(at=received_at).decide_by_on == decide_by


def test_no_rule_for_permits_touches_a_benefit():
    """A received allowance has no five working days: 行政许可法 does not govern it."""
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)

    taken = received(case, ALLOWANCE)

    assert taken.state is CaseState.RECEIVED
    assert taken.decide_by_on is None
    assert not taken.dates_estimated


@pytest.mark.parametrize("standard", catalogue(), ids=lambda item: item.item_code)
def test_only_an_item_of_the_permit_law_has_days_to_decide_on_acceptance(standard):
    permit = standard.law_kind is LawKind.PERMIT

    assert (standard.decision_limit_workdays is not None) is permit


def test_nothing_is_received_from_nobody():
    with pytest.raises(NotAcceptable):
        received(draft())


def test_a_temporary_number_stands_apart_from_the_final_one():
    case = received(number=TEMPORARY)

    assert (case.number, case.provisional_number) == (None, TEMPORARY.text)
    assert case.label == TEMPORARY.text


# 受理 ---------------------------------------------------------------------------------------------


def test_a_food_permit_accepted_on_18_march_2026_is_due_on_25_march():
    case = accepted_case()

    assert case.state is CaseState.ACCEPTED
    assert (case.accepted_at, case.received_at) == (NOW, NOW)
    assert case.due_on == date(2026, 3, 25)
    assert case.statutory_due_on == date(2026, 4, 1)
    assert case.decide_by_on is None
    assert not case.dates_estimated


@pytest.mark.parametrize(
    ("on", "due", "statutory"),
    [
        ("2026-02-13", "2026-02-27", "2026-03-05"),  # 14 and 28 February are worked
        ("2026-02-14", "2026-02-28", "2026-03-06"),  # accepted and due on Saturdays
        ("2026-04-30", "2026-05-11", "2026-05-18"),
        ("2026-06-18", "2026-06-26", "2026-07-03"),
        ("2026-09-18", "2026-09-24", "2026-10-09"),
        ("2026-09-30", "2026-10-13", "2026-10-20"),
    ],
)
def test_the_limits_run_in_working_days_from_the_day_after_acceptance(on, due, statutory):
    """行政许可法 art. 82; ten and five working days of the starter standard."""
    day = date.fromisoformat(on)

    case = accepted_at(datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC))

    assert (case.due_on, case.statutory_due_on) == (
        date.fromisoformat(due),
        date.fromisoformat(statutory),
    )


def test_a_limit_that_runs_into_a_year_without_a_notice_is_marked_as_estimated():
    case = accepted_at(datetime(2026, 12, 30, 4, 0, tzinfo=UTC))

    assert case.dates_estimated


def test_accepting_says_so_twice_in_the_course():
    """收件 and 受理 are two steps, also where both happen at once."""
    kinds = [e.kind for e in accepted_case().events]

    assert kinds == [CaseEventKind.OPENED, CaseEventKind.RECEIVED, CaseEventKind.ACCEPTED]


def test_a_window_without_delegation_accepts_nothing():
    complete = noodle_shop_complete()
    verdict = check_case(FOOD, complete, "04", TODAY, CALENDAR)

    with pytest.raises(NotAllowed):
        accept(rules(), complete, verdict, NUMBER, CLERK, NOW)


def test_a_case_with_a_blocking_finding_is_not_accepted():
    begun = noodle_shop_begun()

    with pytest.raises(NotAcceptable):
        accept(rules(), begun, check(begun), NUMBER, CLERK, NOW)


@pytest.mark.parametrize("state", NOT_A_DRAFT)
def test_only_a_draft_is_taken_in(state):
    case = replace(noodle_shop_complete(), state=state)

    with pytest.raises(NotAcceptable):
        received(case)
    with pytest.raises(NotAcceptable):
        accept(rules(), case, check(case), NUMBER, CLERK, NOW)


# 一次性告知 ---------------------------------------------------------------------------------------


def test_a_notice_stops_the_five_working_days_and_waits_for_the_applicant():
    case = received(noodle_shop_begun())

    after = told(case)

    assert after.state is CaseState.CORRECTION_DUE
    assert after.decide_by_on is None
    assert after.with_whom == case.applicant_name
    assert after.received_at == case.received_at


def test_a_second_notice_is_refused():
    """行政许可法 art. 32 (4): once."""
    once = told()
    back_on_the_desk = replace(once, state=CaseState.RECEIVED)

    with pytest.raises(NotAcceptable, match="已经一次性告知过"):
        notify_once(rules(), back_on_the_desk, NUMBER, notice(), WITHIN, CLERK)


def test_a_notice_with_nothing_in_it_is_refused():
    with pytest.raises(NotAcceptable):
        told(noodle_shop_complete())


@pytest.mark.parametrize("state", [s for s in CaseState if s not in BEFORE_ACCEPTANCE])
def test_after_acceptance_nothing_more_is_asked_by_notice(state):
    case = replace(noodle_shop_begun(), state=state)

    with pytest.raises(NotAcceptable):
        told(case)


# 不予受理 -----------------------------------------------------------------------------------------


NEXT_DOOR = Referral(office=" 邻县市监局 ", receiver="钱接收", phone="0990-1234567")


def test_declining_for_want_of_competence_names_the_competent_body():
    """行政许可法 art. 32 (2)."""
    declined = decline(
        rules(TRADER), trader_case(), reason(TRADER, "NOT_COMPETENT"), NEXT_DOOR, CLERK, NOW
    )

    assert declined.state is CaseState.DECLINED
    assert declined.closed
    assert declined.events[-1].detail == {
        "reason": "NOT_COMPETENT",
        "competent_body": "邻县市监局",
        "receiver": "钱接收",
        "receiver_phone": "0990-1234567",
    }


@pytest.mark.parametrize(
    "lacking", [{"office": "  "}, {"receiver": ""}, {"phone": ""}, {"phone": "回头再说"}]
)
def test_nobody_is_sent_on_without_somebody_who_expects_him(lacking):
    """首办负责."""
    with pytest.raises(NotAcceptable, match="首办负责"):
        decline(
            rules(TRADER),
            trader_case(),
            reason(TRADER, "NOT_COMPETENT"),
            replace(NEXT_DOOR, **lacking),
            CLERK,
            NOW,
        )


@pytest.mark.parametrize(
    "case",
    [draft(TRADER), intake.with_person(draft(), person(), FOOD.applicant_kinds)],
    ids=["nobody", "a body without a name"],
)
def test_nothing_is_received_from_or_declined_to_somebody_without_a_name(case):
    """Its paper could never be made, and the case would be closed."""
    with pytest.raises(NotAcceptable):
        decline(rules(TRADER), case, reason(TRADER, "NOT_REQUIRED"), NOBODY, CLERK, NOW)
    with pytest.raises(NotAcceptable):
        received(case)


def test_where_no_permission_is_needed_no_body_is_named():
    """行政许可法 art. 32 (1): 不受理."""
    declined = decline(
        rules(TRADER), trader_case(), reason(TRADER, "NOT_REQUIRED"), NOBODY, CLERK, NOW
    )

    assert declined.state is CaseState.DECLINED


@pytest.mark.parametrize("state", [s for s in CaseState if s not in BEFORE_ACCEPTANCE])
def test_an_accepted_case_is_not_declined_any_more(state):
    case = replace(trader_case(), state=state)

    with pytest.raises(NotAcceptable):
        decline(rules(TRADER), case, reason(TRADER, "NOT_REQUIRED"), NOBODY, CLERK, NOW)


def test_a_paper_gets_its_number_beside_those_of_the_others():
    case = with_paper_number(with_paper_number(draft(), "acceptance", "1 号"), "decision", "2 号")

    assert case.paper_numbers == {"acceptance": "1 号", "decision": "2 号"}
