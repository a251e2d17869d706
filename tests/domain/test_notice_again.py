"""再次告知: a supervisor tells what the one complete notice left out, and says why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.act_rules import bar_of
from clerk.domain.case import CaseEventKind, CaseState, Notice
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.course import derived_again
from clerk.domain.deadlines import Term
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.hand_off import CaseNumber
from clerk.domain.identity import Role
from clerk.domain.intake import without_evidence
from clerk.domain.life import notify_once
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.notice_again import notify_again, untold_points
from tests.domain.at_the_window import CLERK, NOW, TODAY, noodle_shop_complete, rules, session

SUPERVISOR = session(Role.SUPERVISOR)
LATER = NOW + timedelta(days=5)
WHY = ActWords(reason="漏看了布局图")


def told(*points):
    """A case that lacks two papers, of which these were told."""
    case = without_evidence(without_evidence(noodle_shop_complete(), "LAYOUT"), "RULES")
    notice = Notice(points=points, remarks={}, at=NOW, reply_by_on=date(2026, 4, 30))
    number = CaseNumber(text="20260318-0001", query_code="123456", provisional=False)
    term = Limit(amount=30, unit=LimitUnit.WORKDAYS)
    return notify_once(rules(), case, number, notice, term, CLERK)


def test_only_what_was_left_out_is_told_and_the_term_begins_anew():
    case = told("RULES")
    assert untold_points(rules(), case, TODAY) == ("LAYOUT",)

    after = notify_again(rules(), case, WHY, SUPERVISOR, LATER)

    assert after.state is CaseState.CORRECTION_DUE
    assert after.notice is not None
    assert after.notice.points == ("RULES", "LAYOUT")
    assert after.notice.again == "漏看了布局图"
    event = after.events[-1]
    assert event.kind is CaseEventKind.NOTIFIED_ONCE
    assert (event.detail["points"], event.detail["reason"]) == ("1", "漏看了布局图")
    assert after.terms[Term.CORRECTION].on > case.terms[Term.CORRECTION].on
    assert after.notice.reply_by_on == after.terms[Term.CORRECTION].on
    assert derived_again(rules(), after) == after


def test_nothing_is_told_twice():
    case = told("RULES", "LAYOUT")

    with pytest.raises(NotAcceptable, match="没有漏告知"):
        notify_again(rules(), case, WHY, SUPERVISOR, LATER)
    bar = bar_of(rules(), case, SUPERVISOR, CaseAct.NOTIFY_AGAIN, LATER)
    assert bar is ActBar.NOTHING_LEFT_OUT


def test_without_a_reason_nothing_is_told_again():
    with pytest.raises(BadInput, match="写明原因"):
        notify_again(rules(), told("RULES"), ActWords(reason=" "), SUPERVISOR, LATER)


def test_a_clerk_does_not_tell_again():
    bar = bar_of(rules(), told("RULES"), CLERK, CaseAct.NOTIFY_AGAIN, LATER)

    assert bar is ActBar.NOT_YOUR_ROLE


def test_before_the_first_notice_there_is_nothing_to_tell_again():
    case = replace(told("RULES"), notice=None)

    assert untold_points(rules(), case, TODAY) == ()
