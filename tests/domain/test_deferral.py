"""Papers that were allowed to come later: in time, excused, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clerk.domain import deferral, intake
from clerk.domain.act_rules import acts_on
from clerk.domain.case import CaseEvent, CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.course import settled
from clerk.domain.deadlines import Term
from clerk.domain.deferral_gate import BarredDeferral, DeferralBar, deferral_bar
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import RemoteEvent, RemoteEventKind
from clerk.domain.hand_out import hand_out, ready_for_hand_out
from clerk.domain.identity import Role
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct
from clerk.domain.receiving import IdentityCheck, Receiving
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open, subjects_open
from clerk.domain.told import apply_remote
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    accepted_case,
    check,
    handler,
    held,
    mandate_of,
    noodle_shop_complete,
    rules,
    scan,
    session,
)

SUPERVISOR = session(Role.SUPERVISOR, account_id="wu")
LOOKED_AT = {"COMPLETE": True}


def at(day, month=3):
    return datetime(2026, month, day, 2, 0, tzinfo=UTC)


def put_off(code="RULES"):
    """The noodle shop at the window, one paper still to come."""
    asked = FOOD.requirement(code)
    case = intake.without_evidence(noodle_shop_complete(), code)
    later = intake.deferred(FOOD, asked, CALENDAR, CLERK, NOW, TODAY)
    return intake.with_evidence(case, code, later)


def promised():
    """The noodle shop, accepted while its rules of hygiene are still to come."""
    return accepted_case(put_off())


def paper(**changed):
    return held(points=LOOKED_AT, **changed)


# What may come later ------------------------------------------------------------------------------


def bar_of(case, code="RULES"):
    found = deferral_bar(FOOD, FOOD.requirement(code), case, check(case), TODAY)
    return found and found.bar


def test_only_a_listed_paper_may_come_later_and_never_a_main_one():
    case = intake.without_evidence(noodle_shop_complete(), "RULES")

    assert bar_of(case) is None
    assert bar_of(case, "LAYOUT") is DeferralBar.MAIN
    assert bar_of(case, "LICENCE") is DeferralBar.MAIN


def test_the_main_papers_lie_there_first_and_the_bar_names_those_that_lack():
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    case = intake.without_evidence(case, "LAYOUT")

    found = deferral_bar(FOOD, FOOD.requirement("RULES"), case, check(case), TODAY)

    assert found == BarredDeferral(bar=DeferralBar.MAIN_MISSING, lacking=("经营场所、设备布局图",))


def test_a_main_paper_that_does_not_hold_is_as_good_as_none():
    case = intake.without_evidence(noodle_shop_complete(), "RULES")

    assert bar_of(intake.with_fault(case, "LAYOUT", "没有标出备餐间")) is DeferralBar.MAIN_MISSING


def test_nobody_goes_both_ways_with_one_paper():
    """容缺 and 告知承诺 exclude each other."""
    case = noodle_shop_complete()
    signed = replace(case.evidence["PREMISES"], way=Way.COMMITMENT)
    case = replace(case, evidence={**case.evidence, "PREMISES": signed})

    assert bar_of(case, "PREMISES") is DeferralBar.PROMISED


def test_an_agent_needs_a_mandate_that_lets_him_bring_papers_later():
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    only_submits = intake.with_handler(case, handler(mandate_of(MandateAct.SUBMIT)))
    corrects = intake.with_handler(case, handler(mandate_of(MandateAct.SUBMIT, MandateAct.CORRECT)))

    assert bar_of(only_submits) is DeferralBar.NO_MANDATE
    assert bar_of(corrects) is not DeferralBar.NO_MANDATE


@pytest.mark.parametrize(
    "promised_limit",
    [Limit(amount=2, unit=LimitUnit.WORKDAYS), Limit(amount=3, unit=LimitUnit.DAYS)],
    ids=["working days", "calendar days"],
)
def test_a_late_papers_day_never_lies_behind_the_items_promised_term(promised_limit):
    quick = replace(FOOD, promised_limit=promised_limit)

    later = intake.deferred(quick, FOOD.requirement("PREMISES"), CALENDAR, CLERK, NOW, TODAY)

    assert later.due_on == date(2026, 3, 20 if promised_limit.amount == 2 else 23)


def test_a_promised_paper_runs_under_a_term_of_its_own_within_the_items():
    case = promised()

    assert case.terms[Term.DEFERRAL].on <= case.terms[Term.PROMISED].on
    assert set(deferral.open_deferrals(rules(), case)) == {"RULES"}


def test_what_silence_or_the_department_accepts_puts_the_same_papers_off():
    case = intake.with_evidence(
        intake.without_evidence(noodle_shop_complete(), "RULES"),
        "RULES",
        put_off().evidence["RULES"],
    )
    received = settled(rules(), case, (event_of("received", at(18)),))
    told = RemoteEvent(
        event_id="e1",
        case_id=case.case_id,
        kind=RemoteEventKind.ACCEPTED,
        at=at(19),
        actor="县行政审批服务局",
        detail={},
    )

    accepted = apply_remote(rules(), received, told)

    assert set(deferral.open_deferrals(rules(), accepted)) == {"RULES"}
    assert is_open(accepted, TaskKind.SIGN_DEFERRAL)


def event_of(kind, moment):
    return CaseEvent(kind=CaseEventKind(kind), at=moment, actor="zhou", actor_name="周模拟")


# The promise and the late paper -------------------------------------------------------------------


def test_the_signed_promise_is_kept_with_each_paper_it_is_about():
    case = promised()
    assert is_open(case, TaskKind.SIGN_DEFERRAL)

    signed = deferral.sign(rules(), case, (scan("承诺书.png"),), CLERK, at(18))

    assert signed.evidence["RULES"].signed
    assert [file.name for file in signed.evidence["RULES"].files] == ["承诺书.png"]
    assert not is_open(signed, TaskKind.SIGN_DEFERRAL)
    with pytest.raises(NotAcceptable, match="已经收过"):
        deferral.sign(rules(), signed, (), CLERK, at(18))


def test_the_late_paper_closes_the_term_and_the_promise_of_it_stays_below():
    case = deferral.supply(rules(), promised(), "RULES", paper(), CLERK, at(20))

    assert Term.DEFERRAL not in case.terms
    assert case.evidence["RULES"].way is Way.PAPER
    assert [old.way for old in case.evidence["RULES"].older] == [Way.DEFERRAL]
    assert subjects_open(case, TaskKind.REMIND_DEFERRAL) == {}


def test_an_accepted_paper_is_not_replaced_and_a_late_one_only_once():
    once = deferral.supply(rules(), promised(), "RULES", paper(), CLERK, at(20))

    with pytest.raises(NotAcceptable, match="已受理的材料不再替换"):
        deferral.supply(rules(), promised(), "LAYOUT", paper(), CLERK, at(20))
    with pytest.raises(NotAcceptable, match="已经补过"):
        deferral.supply(rules(), once, "RULES", paper(), CLERK, at(20))


def test_the_late_paper_is_checked_like_any_other():
    with pytest.raises(NotAcceptable, match="还有没核过的"):
        deferral.supply(rules(), promised(), "RULES", held(), CLERK, at(20))
    with pytest.raises(NotAcceptable, match="不符合要求"):
        deferral.supply(rules(), promised(), "RULES", paper(originals=0), CLERK, at(20))


def test_the_day_it_reached_the_office_counts():
    """Posted on the 19th, opened on the 23rd: it came in time."""
    case = deferral.supply(
        rules(),
        promised(),
        "RULES",
        paper(),
        CLERK,
        at(23),
        arrived_on=date(2026, 3, 19),
        why="邮政快递，19 日收发室签收",
    )

    supplied = [e for e in case.events if e.kind is CaseEventKind.SUPPLIED]
    assert (supplied[0].day, supplied[0].detail["counter"]) == (date(2026, 3, 19), "03")


@pytest.mark.parametrize(
    ("arrived_on", "why", "said"),
    [
        (date(2026, 3, 24), "邮寄", "还没到"),
        (date(2026, 3, 17), "邮寄", "早于容缺受理"),
        (date(2026, 3, 19), " ", "写明原因"),
    ],
    ids=["in the future", "before it was put off", "earlier without a reason"],
)
def test_a_day_that_cannot_be_right_is_not_taken(arrived_on, why, said):
    with pytest.raises(NotAcceptable, match=said):
        deferral.supply(
            rules(), promised(), "RULES", paper(), CLERK, at(23), arrived_on=arrived_on, why=why
        )


def test_a_scan_serves_as_the_late_paper_as_well():
    given = paper(way=Way.SCAN, origin=Origin.SCANNED)

    case = deferral.supply(rules(), promised(), "RULES", given, CLERK, at(20))

    assert deferral.open_deferrals(rules(), case) == {}


# Excused, failed, waited for ----------------------------------------------------------------------


def test_more_time_is_given_for_a_reason_and_to_a_later_day():
    case = deferral.excuse(
        rules(), promised(), "RULES", date(2026, 3, 30), "山洪断路", SUPERVISOR, at(20)
    )

    assert case.terms[Term.DEFERRAL].on == date(2026, 3, 30)
    assert case.evidence["RULES"].due_on == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2026, 3, 30), " "),
        (date(2026, 3, 18), "山洪断路"),
        (date(2026, 5, 1), "山洪断路"),
    ],
    ids=["no reason", "not later", "behind the statutory term"],
)
def test_more_time_is_not_given_otherwise(until, reason):
    with pytest.raises(NotAcceptable):
        deferral.excuse(rules(), promised(), "RULES", until, reason, SUPERVISOR, at(20))


def test_a_paper_that_never_came_ends_the_case_only_by_a_persons_word():
    case = promised()

    with pytest.raises(NotAcceptable, match="才满"):
        deferral.fail(rules(), case, "没有补交", SUPERVISOR, at(20))
    with pytest.raises(NotAcceptable, match="理由"):
        deferral.fail(rules(), case, " ", SUPERVISOR, at(1, month=4))
    ended = deferral.fail(rules(), case, "两次提醒后没有补交", SUPERVISOR, at(1, month=4))

    assert ended.state is CaseState.LAPSED
    assert [e.actor for e in ended.events if e.kind is CaseEventKind.LAPSED] == ["wu"]
    assert not ended.tasks


def granted_elsewhere(kind=RemoteEventKind.GRANTED):
    """The department has decided while a paper is open, and its result lies at the window."""
    case = promised()
    said = RemoteEvent(
        event_id="e1",
        case_id=case.case_id,
        kind=kind,
        at=at(20),
        actor="县行政审批服务局",
        detail={},
    )
    return ready_for_hand_out(rules(), apply_remote(rules(), case, said), at(20), "县局")


RECEIVING = Receiving(
    name=ZHANG_SHILI.name, id_number=ZHANG_SHILI.id_number, identity=IdentityCheck.CARD_READ
)


def test_a_result_stays_in_the_house_while_a_paper_is_open():
    """The department may decide; the result goes out only when everything is there."""
    with pytest.raises(NotAcceptable, match="容缺"):
        hand_out(rules(), granted_elsewhere(), RECEIVING, CLERK, at(20))


def test_the_late_paper_lets_a_result_go_that_waited_for_it():
    waiting = granted_elsewhere()

    whole = deferral.supply(rules(), waiting, "RULES", paper(), CLERK, at(20) + timedelta(hours=1))

    assert whole.state is CaseState.RESULT_WAITING
    assert deferral.open_deferrals(rules(), whole) == {}


def test_what_a_window_may_do_and_what_only_a_supervisor():
    bars = {one.act: one.bar for one in acts_on(rules(), promised(), CLERK, NOW)}

    assert bars[CaseAct.SUPPLY] is bars[CaseAct.SIGN_DEFERRAL] is None
    assert bars[CaseAct.REMIND_DEFERRAL] is bars[CaseAct.WITHDRAW] is None
    assert bars[CaseAct.EXCUSE] is ActBar.NOT_YOUR_ROLE
    assert bars[CaseAct.LAPSE] is ActBar.NOT_IN_THIS_STATE
    assert bars[CaseAct.LOOK_AT_CREDIT] is ActBar.NOT_YOUR_ROLE
