"""Who may decide, what must be looked at before, and what follows from a decision."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseEventKind, CaseState, Decision, InternalReturn
from clerk.domain.decision_bars import DecisionBar, decision_bar
from clerk.domain.decisions import (
    answer_point,
    answer_return,
    decide,
    points_to_look_at,
    return_internally,
)
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_out import ready_for_hand_out
from clerk.domain.refusal import WAIVED, offer_statement, take_statement
from clerk.domain.review import PointOutcome
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    TRADER,
    accepted_case,
    approval_mandate,
    chief,
    draft,
    noodle_shop_complete,
    rules,
    session,
)

OPEN_FOR_DECISION = {CaseState.ACCEPTED, CaseState.UNDER_REVIEW}
OPINION = "材料齐全，现场核查符合要求，准予许可。"


def decision(*, granted=True, opinion=OPINION, at=NOW):
    return Decision(
        granted=granted, opinion=opinion, at=at, by="zheng", by_name="郑范例", number="1 号"
    )


def looked_at(case, standard=FOOD, who=None):
    for point in points_to_look_at(standard, case):
        case = answer_point(standard, case, point, PointOutcome.MET, "", who or chief(), NOW)
    return case


def bar(standard, case, who, at=NOW):
    """Why this person may not decide, None where he may."""
    barred = decision_bar(standard, case, who, at)
    return barred.bar if barred else None


def gave_up_speaking(case):
    """The applicant was told of the intended refusal and gave up speaking."""
    told = offer_statement(rules(), case, "操作间没有独立的清洗水池", chief(), NOW)
    return take_statement(rules(), told, WAIVED, "当面表示放弃", CLERK, NOW)


def ready():
    """An accepted case of which the chief has looked at everything."""
    return looked_at(accepted_case())


def returned(*points, at=NOW):
    return InternalReturn(
        points=points or ("LAYOUT_UNCLEAR",), materials=("LAYOUT",), remark="", at=at, by="郑范例"
    )


# 谁能决定 -----------------------------------------------------------------------------------------


def test_a_chief_decides_within_his_mandate():
    assert bar(FOOD, accepted_case(), chief()) is None


def test_what_the_department_decides_is_not_decided_here():
    case = replace(draft(ALLOWANCE), state=CaseState.ACCEPTED)

    assert bar(ALLOWANCE, case, chief()) is DecisionBar.BACK_OFFICE_DECIDES


def test_nobody_decides_without_a_mandate():
    assert bar(FOOD, accepted_case(), CLERK) is DecisionBar.NO_MANDATE


@pytest.mark.parametrize(
    ("mandate", "why"),
    [
        (approval_mandate(items=frozenset({"another_item"})), DecisionBar.OTHER_ITEM),
        (approval_mandate(until_on=date(2026, 3, 17)), DecisionBar.ENDED),
        (approval_mandate(from_on=date(2026, 3, 19)), DecisionBar.NOT_BEGUN),
    ],
    ids=["another item", "ended yesterday", "begins tomorrow"],
)
def test_outside_the_mandate_nobody_decides(mandate, why):
    assert bar(FOOD, accepted_case(), chief(mandate)) is why


def test_a_mandate_counts_on_its_first_and_last_day():
    mandate = approval_mandate(from_on=TODAY, until_on=TODAY)

    assert bar(FOOD, accepted_case(), chief(mandate)) is None


def test_nobody_decides_what_he_took_in_himself():
    """A case with a promised limit: no exception."""
    own = chief(account_id=CLERK.account.account_id)

    assert bar(FOOD, accepted_case(), own) is DecisionBar.OWN_INTAKE


@pytest.mark.parametrize(
    "kind", [CaseEventKind.OPENED, CaseEventKind.RECEIVED, CaseEventKind.ACCEPTED]
)
def test_whoever_had_a_hand_in_the_intake_took_it_in(kind):
    case = accepted_case()
    of_mine = replace(
        case,
        clerk="dai",
        events=tuple(replace(e, actor="zheng" if e.kind is kind else "dai") for e in case.events),
    )

    assert bar(FOOD, of_mine, chief()) is DecisionBar.OWN_INTAKE


def test_an_on_the_spot_case_may_be_decided_by_its_clerk_where_the_office_allowed_it():
    """即办件, by a written permission and for its time only."""
    case = replace(draft(TRADER), state=CaseState.ACCEPTED)
    permitted = approval_mandate(own_intake_permit="示许 1 号", own_intake_until_on=TODAY)
    own = chief(permitted, account_id=case.clerk)

    assert bar(TRADER, case, own) is None
    assert bar(TRADER, case, own, NOW + timedelta(days=1)) is DecisionBar.OWN_INTAKE_PERMIT_ENDED


def test_that_permission_does_not_carry_a_case_with_a_promised_limit():
    permitted = approval_mandate(own_intake_permit="示许 1 号", own_intake_until_on=TODAY)
    own = chief(permitted, account_id=CLERK.account.account_id)

    assert bar(FOOD, accepted_case(), own) is DecisionBar.OWN_INTAKE


def test_an_on_the_spot_case_without_that_permission_needs_another_person():
    case = replace(draft(TRADER), state=CaseState.ACCEPTED)

    assert bar(TRADER, case, chief(account_id=case.clerk)) is DecisionBar.OWN_INTAKE


# 决定 ---------------------------------------------------------------------------------------------


def test_what_a_chief_looks_at_are_the_items_points_and_those_of_the_papers_that_are_there():
    points = points_to_look_at(FOOD, accepted_case())

    assert "LAYOUT/FLOW" in points
    assert {point.code for point in FOOD.chief_points} <= set(points)


def test_points_of_a_paper_that_is_not_in_the_file_are_not_asked():
    case = intake.without_evidence(noodle_shop_complete(), "LAYOUT")

    assert "LAYOUT/FLOW" not in points_to_look_at(FOOD, case)


@pytest.mark.parametrize(
    ("granted", "state"), [(True, CaseState.GRANTED), (False, CaseState.REFUSED)]
)
def test_a_decision_moves_the_case_and_is_kept_in_it(granted, state):
    given = decision(granted=granted)

    case = decide(rules(), ready() if granted else gave_up_speaking(ready()), given, chief())

    assert case.state is state
    assert case.decision == replace(
        given, mandate="示授〔2026〕1 号", points=case.point_answers, deputy_for="", own_intake=""
    )
    assert case.events[-1].kind is CaseEventKind.DECIDED
    assert case.events[-1].actor == "zheng"


def test_nothing_is_decided_before_everything_was_looked_at():
    case = ready()
    answers = {code: found for code, found in case.point_answers.items() if code != "LAYOUT/FLOW"}
    unseen = replace(case, point_answers=answers)

    with pytest.raises(NotAcceptable, match="1 处"):
        decide(rules(), unseen, decision(), chief())


def test_an_open_deferral_blocks_the_grant_and_not_the_refusal():
    asked = FOOD.requirement("RULES")
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    later = intake.deferred(FOOD, asked, CALENDAR, CLERK, NOW, TODAY)
    case = looked_at(accepted_case(intake.with_evidence(case, "RULES", later)))

    with pytest.raises(NotAcceptable, match="容缺"):
        decide(rules(), case, decision(), chief())
    refused = decide(rules(), gave_up_speaking(case), decision(granted=False), chief())

    assert refused.state is CaseState.REFUSED


@pytest.mark.parametrize("opinion", ["", "  \n"])
def test_a_decision_says_why(opinion):
    """行政许可法 art. 38: a refusal gives its reasons; so does a grant here."""
    with pytest.raises(NotAcceptable):
        decide(rules(), ready(), decision(opinion=opinion), chief())


def test_a_decision_of_somebody_who_may_not_is_refused():
    with pytest.raises(NotAllowed):
        decide(rules(), ready(), decision(), chief(account_id=CLERK.account.account_id))


def test_the_mandate_must_carry_the_halls_day_of_the_decision():
    """17:00 UTC on 18 March is one o'clock on the 19th in the hall."""
    begins_today = chief(approval_mandate(from_on=date(2026, 3, 19)))
    ends_before = chief(approval_mandate(until_on=TODAY))
    at = datetime(2026, 3, 18, 17, 0, tzinfo=UTC)

    assert decide(rules(), ready(), decision(at=at), begins_today).decision
    with pytest.raises(NotAllowed):
        decide(rules(), ready(), decision(at=at), ends_before)


@pytest.mark.parametrize("state", [s for s in CaseState if s not in OPEN_FOR_DECISION])
def test_only_an_accepted_case_is_decided_or_sent_back(state):
    case = replace(ready(), state=state)

    with pytest.raises(NotAcceptable):
        decide(rules(), case, decision(), chief())
    with pytest.raises(NotAcceptable):
        return_internally(rules(), case, returned(), chief())


# 退回补核 -----------------------------------------------------------------------------------------


def test_a_return_inside_the_house_lets_the_clock_run_on():
    case = accepted_case()

    back = return_internally(rules(), case, returned(), chief())

    assert (back.state, back.due_on, back.statutory_due_on) == (
        case.state,
        case.due_on,
        case.statutory_due_on,
    )
    assert back.notice is None
    assert back.with_whom == case.clerk_name


@pytest.mark.parametrize("points", [(), ("因为",), ("LAYOUT_UNCLEAR", "因为")])
def test_a_case_is_sent_back_only_for_reasons_the_standard_lists(points):
    sent = replace(returned(), points=points)

    with pytest.raises(NotAcceptable):
        return_internally(rules(), accepted_case(), sent, chief())


@pytest.mark.parametrize(
    "who",
    [
        CLERK,
        session(account_id="zheng"),
        chief(approval_mandate(items=frozenset({"another_item"}))),
    ],
    ids=["clerk", "no mandate", "another department"],
)
def test_only_whoever_may_decide_it_sends_a_case_back(who):
    with pytest.raises(NotAllowed):
        return_internally(rules(), accepted_case(), returned(), who)


def test_a_chief_who_took_the_case_in_may_still_send_it_back():
    own = chief(account_id=CLERK.account.account_id)

    assert return_internally(rules(), accepted_case(), returned(), own).returns


def test_the_window_answers_a_return_once():
    back = return_internally(rules(), accepted_case(), returned(), chief())

    answered = answer_return(rules(), back, CLERK, NOW)

    assert answered.returns[-1].answered_at == NOW
    assert answered.with_whom == FOOD.body.short_name
    with pytest.raises(NotAcceptable):
        answer_return(rules(), answered, CLERK, NOW)


def test_what_was_not_sent_back_is_not_answered():
    with pytest.raises(NotAcceptable):
        answer_return(rules(), accepted_case(), CLERK, NOW)


def test_a_second_return_stands_beside_the_first():
    once = return_internally(rules(), accepted_case(), returned(), chief())
    once = answer_return(rules(), once, CLERK, NOW)

    twice = return_internally(rules(), once, returned(), chief())

    assert [r.answered_at for r in twice.returns] == [NOW, None]


# 结果到窗口 -----------------------------------------------------------------------------------------


def test_a_result_waits_only_after_the_decision():
    """Another system's word that it is ready stands in the course and moves nothing."""
    told = ready_for_hand_out(rules(), ready(), NOW, "县行政审批服务局")

    assert told.state is CaseState.ACCEPTED
    assert told.events[-1].kind is CaseEventKind.RESULT_READY
