"""撤销决定 after a false promise: told, heard, then a person; its paper has a term of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clerk.domain.act_rules import bar_of
from clerk.domain.after_check import order_repair, record_check
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.course import derived_again, settled
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.mandate import MandateLimit
from clerk.domain.revocation import (
    SPOKE,
    WAIVED,
    answer_hearing,
    heard,
    offer_hearing,
    revoke,
    serve,
)
from clerk.domain.tasks import TaskKind, subjects_open, task_set
from tests.domain.at_the_check import (
    BASIS,
    CHECKER,
    CHIEF,
    FALSE,
    REASON,
    at,
    found_false,
    granted_case,
    handed_out,
    heard_case,
)
from tests.domain.at_the_window import CLERK, approval_mandate, chief, rules

TOLD_ON = date(2026, 4, 10)
DAY = date(2026, 4, 15)


def told():
    return offer_hearing(rules(), found_false(), REASON, CHIEF, at(TOLD_ON))


def revoked():
    return revoke(rules(), heard_case(), REASON, BASIS, CHIEF, at(DAY))


def test_the_applicant_is_told_and_has_some_days_to_speak():
    case = told()

    assert case.checks.hearing is not None
    assert case.checks.hearing.until_on > TOLD_ON
    assert subjects_open(case, TaskKind.HEAR_APPLICANT) == {
        "revocation": case.checks.hearing.until_on
    }


def test_nobody_is_told_of_a_revocation_where_no_promise_is_false():
    with pytest.raises(NotAcceptable):
        offer_hearing(rules(), granted_case(), REASON, CHIEF, at(TOLD_ON))


def test_nobody_is_told_twice_or_without_reasons():
    with pytest.raises(NotAcceptable):
        offer_hearing(rules(), told(), REASON, CHIEF, at(TOLD_ON))
    with pytest.raises(NotAcceptable):
        offer_hearing(rules(), found_false(), " ", CHIEF, at(TOLD_ON))


def found_later(case, day, material="RULES"):
    """Another promise of the same case is to be looked at, and is false as well."""
    when = at(day)
    held = replace(case.evidence["PREMISES"], older=())
    case = replace(case, evidence={**case.evidence, material: held})
    case = settled(rules(), case, (task_set(TaskKind.AFTER_CHECK, day, when, material),))
    return record_check(rules(), case, replace(FALSE, material=material), CHECKER, when)


def test_one_hearing_serves_only_the_finding_it_was_held_about():
    """国办发〔2020〕42号: each time the applicant is told what was found, and may speak."""
    case = found_later(heard_case(), DAY)

    assert not heard(case, DAY)
    assert bar_of(rules(), case, CHIEF, CaseAct.REVOKE, at(DAY)) is ActBar.NOT_HEARD
    with pytest.raises(NotAcceptable, match="陈述申辩"):
        revoke(rules(), case, REASON, BASIS, CHIEF, at(DAY))

    assert bar_of(rules(), case, CHIEF, CaseAct.OFFER_HEARING, at(DAY)) is None
    case = offer_hearing(rules(), case, "制度也是假的", CHIEF, at(DAY))
    case = answer_hearing(rules(), case, SPOKE, "没有意见", CHIEF, at(date(2026, 4, 16)))

    assert [one.reasons for one in case.checks.earlier_hearings] == [REASON]
    assert heard(case, date(2026, 4, 16))
    after = revoke(rules(), case, REASON, BASIS, CHIEF, at(date(2026, 4, 16)))
    assert after.state is CaseState.REVOKED


def test_a_promise_that_is_still_false_after_its_repair_is_heard_again():
    case = order_repair(
        rules(), heard_case(), "PREMISES", "取得同意", date(2026, 4, 30), CHIEF, at(DAY)
    )
    later = date(2026, 5, 6)
    case = record_check(rules(), case, FALSE, CHECKER, at(later))

    with pytest.raises(NotAcceptable, match="陈述申辩"):
        revoke(rules(), case, REASON, BASIS, CHIEF, at(later))


def test_while_he_may_still_speak_of_one_finding_he_is_not_told_of_the_next():
    case = found_later(told(), TOLD_ON)

    assert bar_of(rules(), case, CHIEF, CaseAct.OFFER_HEARING, at(TOLD_ON)) is ActBar.TOLD_BEFORE
    with pytest.raises(NotAcceptable, match="还没结束"):
        offer_hearing(rules(), case, "制度也是假的", CHIEF, at(TOLD_ON))


LATER = datetime(2026, 4, 10, 4, 0, tzinfo=UTC)
"""Noon in the hall."""


@pytest.mark.parametrize(
    ("who", "bar"),
    [
        (chief(), None),
        (chief(approval_mandate(items=frozenset())), ActBar.OUTSIDE_MANDATE),
        (chief(approval_mandate(until_on=date(2026, 4, 9))), ActBar.MANDATE_NOT_RUNNING),
        (chief(approval_mandate(from_on=date(2026, 4, 11))), ActBar.MANDATE_NOT_RUNNING),
        (
            chief(approval_mandate(until_on=date(2026, 4, 10), until_at=LATER)),
            ActBar.MANDATE_NOT_RUNNING,
        ),
        (
            chief(
                approval_mandate(
                    limits=(MandateLimit(field="area", at_most=Decimal(20)),),
                )
            ),
            ActBar.OVER_MANDATE,
        ),
        (chief(account_id="zhou"), ActBar.OWN_WORK),
    ],
)
def test_what_leads_to_a_revocation_needs_the_mandate_that_the_revocation_needs(who, bar):
    """Items, dates, the noon it ends at, limits: as for the decision itself."""
    case = found_false()
    for act in (CaseAct.OFFER_HEARING, CaseAct.ORDER_REPAIR):
        assert bar_of(rules(), case, who, act, LATER) is bar
    if bar is None:
        return
    with pytest.raises(NotAllowed, match="没有告知"):
        offer_hearing(rules(), case, REASON, who, LATER)
    with pytest.raises(NotAllowed, match="没有发出"):
        order_repair(rules(), case, "PREMISES", "取得同意", date(2026, 4, 30), who, LATER)


def test_a_deputy_tells_the_applicant_for_the_one_he_stands_in_for():
    mandate = approval_mandate(deputises_for="zheng", deputises_for_name="郑范例")

    case = offer_hearing(
        rules(), found_false(), REASON, chief(mandate, account_id="qian"), at(TOLD_ON)
    )

    assert case.events[-2].detail["deputy_for"] == "郑范例"
    assert case.events[-2].detail["mandate"] == mandate.number


def test_what_he_said_is_kept_and_the_task_is_done():
    case = heard_case()

    assert heard(case, date(2026, 4, 14))
    assert case.checks.hearing is not None
    assert case.checks.hearing.record == "愿意搬迁，请求从轻"
    assert not subjects_open(case, TaskKind.HEAR_APPLICANT)


def test_giving_it_up_needs_a_record_as_well():
    with pytest.raises(NotAcceptable, match="记录"):
        answer_hearing(rules(), told(), WAIVED, "", CHIEF, at(DAY))


@pytest.mark.parametrize("answer", ["", "silent"])
def test_only_a_listed_answer_is_taken(answer):
    with pytest.raises(NotAcceptable):
        answer_hearing(rules(), told(), answer, "记录", CHIEF, at(DAY))


def test_without_being_heard_nothing_is_revoked():
    """行政许可法 art. 7: the right to speak and to defend himself."""
    with pytest.raises(NotAcceptable):
        revoke(rules(), found_false(), REASON, BASIS, CHIEF, at(DAY))
    with pytest.raises(NotAcceptable, match="陈述申辩"):
        revoke(rules(), told(), REASON, BASIS, CHIEF, at(TOLD_ON))


def test_silence_until_the_term_is_over_lets_a_person_revoke():
    case = told()
    assert case.checks.hearing is not None
    later = date(2026, 4, 30)
    assert case.checks.hearing.until_on < later

    after = revoke(rules(), case, REASON, BASIS, CHIEF, at(later))

    assert after.state is CaseState.REVOKED


def test_a_revoked_case_runs_the_term_for_its_paper_and_keeps_the_old_decision():
    """Ten working days from Wednesday the 15th of April."""
    case = revoked()

    assert case.state is CaseState.REVOKED
    assert case.terms[Term.DELIVERY].on == date(2026, 4, 29)
    assert not case.closed
    assert case.decision == granted_case().decision
    assert derived_again(rules(), case) == case


def test_it_is_revoked_after_the_result_was_handed_out_too():
    case = handed_out(granted_case(), date(2026, 3, 23))
    case = offer_hearing(rules(), found_false(case), REASON, CHIEF, at(TOLD_ON))
    case = answer_hearing(rules(), case, SPOKE, "没有意见", CHIEF, at(DAY))

    assert revoke(rules(), case, REASON, BASIS, CHIEF, at(DAY)).state is CaseState.REVOKED


def test_while_he_may_still_make_it_good_nothing_is_revoked():
    case = order_repair(
        rules(), heard_case(), "PREMISES", "取得同意", date(2026, 4, 30), CHIEF, at(DAY)
    )

    with pytest.raises(NotAcceptable, match="整改期限"):
        revoke(rules(), case, REASON, BASIS, CHIEF, at(DAY))


@pytest.mark.parametrize(("reason", "basis"), [("", BASIS), (REASON, " ")])
def test_a_revocation_names_reason_and_basis(reason, basis):
    with pytest.raises(NotAcceptable, match="理由和依据"):
        revoke(rules(), heard_case(), reason, basis, CHIEF, at(DAY))


@pytest.mark.parametrize(
    "who", [CLERK, chief(approval_mandate(items=frozenset())), chief(account_id="zhou")]
)
def test_only_who_may_decide_the_item_and_took_nothing_in_revokes(who):
    with pytest.raises(NotAllowed):
        revoke(rules(), heard_case(), REASON, BASIS, who, at(DAY))


def test_the_served_paper_ends_it_and_is_served_once():
    case = serve(rules(), revoked(), "张示例", "直接送达", CLERK, at(date(2026, 4, 16)))

    assert case.closed
    assert case.terms == {}
    with pytest.raises(NotAcceptable):
        serve(rules(), case, "张示例", "直接送达", CLERK, at(date(2026, 4, 17)))


def test_a_paper_is_served_to_somebody_by_name():
    with pytest.raises(NotAcceptable, match="收件人"):
        serve(rules(), revoked(), " ", "邮寄", CLERK, at(DAY))
