"""Papers that were allowed to come later: in time, excused, or not at all."""

from datetime import UTC, date, datetime

import pytest

from clerk.domain import deferral, intake
from clerk.domain.case import CaseState, HandOut
from clerk.domain.case_acts import ActBar, CaseAct, acts_on
from clerk.domain.deadlines import Term
from clerk.domain.decisions import hand_out, ready_for_hand_out
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import RemoteEvent, RemoteEventKind
from clerk.domain.identity import Role
from clerk.domain.material import Origin
from clerk.domain.standard import Way
from clerk.domain.told import apply_remote
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    accepted_case,
    held,
    noodle_shop_complete,
    rules,
    session,
)

SUPERVISOR = session(Role.SUPERVISOR, account_id="wu")


def at(day, month=3):
    return datetime(2026, month, day, 2, 0, tzinfo=UTC)


def promised():
    """The noodle shop, accepted while its rules of hygiene are still to come."""
    asked = FOOD.requirement("RULES")
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    later = intake.deferred(FOOD, asked, CALENDAR, CLERK, NOW, TODAY)
    return accepted_case(intake.with_evidence(case, "RULES", later))


def test_a_promised_paper_runs_under_a_term_of_its_own_within_the_items():
    case = promised()

    assert case.terms[Term.DEFERRAL].on <= case.terms[Term.PROMISED].on
    assert set(deferral.open_deferrals(rules(), case)) == {"RULES"}


def test_the_late_paper_closes_the_term_and_the_promise_of_it_stays_below():
    case = deferral.supply(rules(), promised(), "RULES", held(), CLERK, at(20))

    assert Term.DEFERRAL not in case.terms
    assert case.evidence["RULES"].way is Way.PAPER
    assert [old.way for old in case.evidence["RULES"].older] == [Way.DEFERRAL]


def test_an_accepted_paper_is_not_replaced():
    with pytest.raises(NotAcceptable, match="已受理的材料不再替换"):
        deferral.supply(rules(), promised(), "LAYOUT", held(), CLERK, at(20))


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
    ended = deferral.fail(rules(), case, "两次提醒后没有补交", SUPERVISOR, at(1, month=4))

    assert ended.state is CaseState.LAPSED
    assert ended.events[-1].actor == "wu"


def test_a_result_stays_in_the_house_while_a_paper_is_open():
    """The department may decide; the result goes out only when everything is there."""
    case = promised()
    granted = RemoteEvent(
        event_id="e1",
        case_id=case.case_id,
        kind=RemoteEventKind.GRANTED,
        at=at(20),
        actor="县行政审批服务局",
        detail={},
    )
    waiting = ready_for_hand_out(rules(), apply_remote(rules(), case, granted), at(20), "县局")
    handed = HandOut(at=at(20), by="zhou", receiver="张示例", receiver_id_number="", way="window")

    with pytest.raises(NotAcceptable, match="容缺"):
        hand_out(rules(), waiting, handed, CLERK)


def test_what_a_window_may_do_and_what_only_a_supervisor():
    bars = {one.act: one.bar for one in acts_on(rules(), promised(), CLERK, TODAY)}

    assert bars[CaseAct.SUPPLY] is None
    assert bars[CaseAct.WITHDRAW] is None
    assert bars[CaseAct.EXCUSE] is ActBar.NOT_YOUR_ROLE
    assert bars[CaseAct.LAPSE] is ActBar.NOT_IN_THIS_STATE


def test_a_scan_serves_as_the_late_paper_as_well():
    given = held(Way.SCAN, Origin.SCANNED)

    case = deferral.supply(rules(), promised(), "RULES", given, CLERK, at(20))

    assert deferral.open_deferrals(rules(), case) == {}
