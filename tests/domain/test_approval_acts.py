"""Points answered one by one, statement before a refusal, correction, sample."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.act_rules import bar_of
from clerk.domain.case import CaseEventKind, CaseState, Decision, InternalReturn
from clerk.domain.case_acts import CaseAct
from clerk.domain.correcting import correct_decision
from clerk.domain.decisions import (
    answer_point,
    answer_return,
    decide,
    points_to_look_at,
    return_internally,
)
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_out import ready_for_hand_out
from clerk.domain.mandate import chosen
from clerk.domain.refusal import HEARD, WAIVED, offer_statement, take_statement
from clerk.domain.review import PointOutcome, gives_reasons
from clerk.domain.sampling import AT_FAULT, IN_ORDER, check_sample
from clerk.domain.tasks import TaskKind, is_open
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TRADER,
    accepted_case,
    approval_mandate,
    chief,
    draft,
    rules,
    session,
)

OPINION = "材料齐全，现场核查符合要求，准予许可。"
REASONS = "操作间没有独立的清洗水池，不符合要求"


def decision(*, granted=True, opinion=OPINION, at=NOW):
    return Decision(
        granted=granted, opinion=opinion, at=at, by="zheng", by_name="郑范例", number="1 号"
    )


def answered(case, who=None, standard=FOOD):
    for point in points_to_look_at(standard, case):
        case = answer_point(standard, case, point, PointOutcome.MET, "", who or chief(), NOW)
    return case


def found(case, point, outcome, remark="", who=None):
    return answer_point(FOOD, case, point, outcome, remark, who or chief(), NOW)


# 审查要点 -----------------------------------------------------------------------------------------


def test_answers_travel_with_the_decision():
    case = found(answered(accepted_case()), "ON_SITE", PointOutcome.NOT_APPLICABLE, "只卖预包装")

    decided = decide(rules(), case, decision(), chief())

    assert decided.decision is not None
    assert decided.decision.points == case.point_answers
    assert decided.decision.points["ON_SITE"].remark == "只卖预包装"


@pytest.mark.parametrize("outcome", [PointOutcome.NOT_MET, PointOutcome.NOT_APPLICABLE])
def test_what_does_not_hold_or_apply_needs_a_remark(outcome):
    with pytest.raises(NotAcceptable):
        found(accepted_case(), "ON_SITE", outcome, " ")


def test_a_point_that_is_not_asked_has_no_answer():
    with pytest.raises(NotAcceptable):
        found(accepted_case(), "ANOTHER", PointOutcome.MET)


def test_nothing_is_granted_where_a_point_does_not_hold():
    case = found(answered(accepted_case()), "ON_SITE", PointOutcome.NOT_MET, "只有一人签名")

    with pytest.raises(NotAcceptable, match="1 处"):
        decide(rules(), case, decision(), chief())


def test_a_deputy_looks_for_himself():
    """What the other found is no answer of his."""
    deputy = chief(account_id="qian")

    with pytest.raises(NotAcceptable, match="别人也在审"):
        decide(rules(), answered(accepted_case()), decision(), deputy)
    assert decide(rules(), answered(accepted_case(), deputy), decision(), deputy).decision


@pytest.mark.parametrize("opinion", ["同意", "同意。", "准予许可", "  情况属实，同意 "])
def test_a_bare_word_of_agreement_is_no_opinion_where_points_were_looked_at(opinion):
    assert not gives_reasons(opinion)
    with pytest.raises(NotAcceptable, match="没有理由"):
        decide(rules(), answered(accepted_case()), decision(opinion=opinion), chief())


def test_every_opinion_the_starter_items_offer_gives_reasons():
    assert all(gives_reasons(text) for item in (FOOD, TRADER) for text in item.opinions)


def test_what_was_sent_back_is_looked_at_again():
    sent = InternalReturn(
        points=("LAYOUT_UNCLEAR",), materials=("LAYOUT",), remark="", at=NOW, by="郑范例"
    )
    back = return_internally(rules(), answered(accepted_case()), sent, chief())

    again = answer_return(rules(), back, CLERK, NOW)

    assert "LAYOUT/FLOW" not in again.point_answers
    assert "ON_SITE" in again.point_answers


def test_a_deputys_decision_names_whom_he_stood_in_for():
    deputy = chief(
        approval_mandate(number="代 1", deputises_for="zheng", deputises_for_name="郑范例"),
        account_id="qian",
    )

    case = decide(rules(), answered(accepted_case(), deputy), decision(), deputy)

    assert case.decision is not None
    assert (case.decision.mandate, case.decision.deputy_for) == ("代 1", "郑范例")
    assert case.events[-1].detail["deputy_for"] == "郑范例"


# 陈述申辩 -----------------------------------------------------------------------------------------


def told():
    return offer_statement(rules(), answered(accepted_case()), REASONS, chief(), NOW)


def test_a_permit_is_not_refused_before_the_applicant_was_told():
    """行政许可法 art. 7: the right to speak and to defend oneself."""
    with pytest.raises(NotAcceptable, match="先告知"):
        decide(rules(), answered(accepted_case()), decision(granted=False), chief())


def test_while_he_may_speak_nobody_refuses_and_the_clock_runs_on():
    case = told()

    assert case.statement is not None
    assert case.statement.until_on == date(2026, 3, 23)
    assert case.due_on == accepted_case().due_on
    assert is_open(case, TaskKind.HEAR_APPLICANT)
    with pytest.raises(NotAcceptable, match="2026-03-23"):
        decide(rules(), case, decision(granted=False), chief())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(HEARD, CaseEventKind.STATEMENT_HEARD), (WAIVED, CaseEventKind.STATEMENT_WAIVED)],
)
def test_once_he_spoke_or_gave_it_up_the_case_may_be_refused(answer, kind):
    case = take_statement(rules(), told(), answer, "已记录并签字", CLERK, NOW)

    assert case.events[-2].kind is kind
    assert not is_open(case, TaskKind.HEAR_APPLICANT)
    refused = decide(rules(), case, decision(granted=False, opinion=REASONS), chief())
    assert refused.state is CaseState.REFUSED


def test_when_the_term_passed_in_silence_the_case_may_be_refused():
    late = NOW + timedelta(days=6)

    case = decide(rules(), told(), decision(granted=False, at=late), chief())

    assert case.state is CaseState.REFUSED
    assert not is_open(case, TaskKind.HEAR_APPLICANT)


def test_whoever_was_told_may_still_be_granted():
    assert decide(rules(), told(), decision(), chief()).state is CaseState.GRANTED


@pytest.mark.parametrize(
    "who",
    [
        chief(approval_mandate(until_on=date(2026, 3, 17))),
        chief(approval_mandate(until_on=date(2026, 3, 18), until_at=NOW)),
        chief(approval_mandate(from_on=date(2026, 3, 19))),
        chief(approval_mandate(items=frozenset())),
        chief(account_id="zhou"),
    ],
)
def test_only_whose_mandate_carries_the_refusal_now_tells_of_it(who):
    """One that ends at noon carries nothing at noon."""
    case = answered(accepted_case())

    assert bar_of(rules(), case, who, CaseAct.OFFER_STATEMENT, NOW) is not None
    with pytest.raises(NotAllowed, match="没有告知陈述申辩"):
        offer_statement(rules(), case, REASONS, who, NOW)


def test_a_registration_asks_for_no_statement():
    """Only the kinds of item whose law asks for it."""
    case = replace(draft(TRADER), state=CaseState.ACCEPTED)

    with pytest.raises(NotAcceptable, match="不用告知"):
        offer_statement(rules(TRADER), case, REASONS, chief(), NOW)


def test_he_is_told_once_with_reasons_and_spoken_to_once():
    case = told()
    heard = take_statement(rules(), case, HEARD, "有异议，已记录", CLERK, NOW)

    with pytest.raises(NotAcceptable):
        offer_statement(rules(), case, REASONS, chief(), NOW)
    with pytest.raises(NotAcceptable):
        offer_statement(rules(), accepted_case(), "不行", chief(), NOW)
    with pytest.raises(NotAcceptable):
        take_statement(rules(), heard, HEARD, "又来一次", CLERK, NOW)
    with pytest.raises(NotAcceptable):
        take_statement(rules(), case, HEARD, "", CLERK, NOW)
    with pytest.raises(NotAcceptable):
        take_statement(rules(), case, "perhaps", "有异议", CLERK, NOW)


# 更正 ---------------------------------------------------------------------------------------------

BETTER = "材料齐全，现场核查符合要求，准予许可，经营面积为 46 平方米。"


def granted():
    return decide(rules(), answered(accepted_case()), decision(), chief())


def anew(**changed):
    return replace(decision(opinion=BETTER), number="2 号", **changed)


def test_a_correction_is_a_new_version_and_the_old_one_stays():
    case = ready_for_hand_out(rules(), granted(), NOW, "县局")

    after = correct_decision(rules(), case, anew(), "面积漏写", chief())

    assert after.decision is not None
    assert (after.decision.number, after.decision.opinion) == ("2 号", BETTER)
    assert [old.decision.number for old in after.corrected_decisions] == ["1 号"]
    assert after.corrected_decisions[0].reason == "面积漏写"
    assert after.events[-1].detail["replaces"] == "1 号"


def test_a_corrected_result_goes_out_again():
    case = ready_for_hand_out(rules(), granted(), NOW, "县局")

    after = correct_decision(rules(), case, anew(), "面积漏写", chief())

    assert (after.state, after.hand_out) == (CaseState.GRANTED, None)
    assert ready_for_hand_out(rules(), after, NOW, "县局").state is CaseState.RESULT_WAITING


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (anew(granted=False), "结果不对"),
        (anew(), "  "),
        (replace(anew(), opinion=OPINION), "没有变"),
        (replace(anew(), opinion="同意"), "只有结论"),
    ],
    ids=["another outcome", "no reason", "nothing changed", "no reasons in it"],
)
def test_a_correction_corrects_something_and_never_the_outcome(new, reason):
    with pytest.raises(NotAcceptable):
        correct_decision(rules(), granted(), new, reason, chief())


def test_what_is_not_decided_is_not_corrected_and_only_by_whoever_may_decide():
    with pytest.raises(NotAcceptable):
        correct_decision(rules(), accepted_case(), anew(), "面积漏写", chief())
    with pytest.raises(NotAllowed):
        correct_decision(rules(), granted(), anew(), "面积漏写", session(account_id="wang"))


# 抽查 ---------------------------------------------------------------------------------------------


def own_intake(one_in=1):
    """An on-the-spot case decided by whoever took it in, by the office's permission."""
    mandate = approval_mandate(
        own_intake_permit="示许 1 号",
        own_intake_until_on=date(2026, 12, 31),
        own_intake_one_in=one_in,
        own_intake_check_workdays=3,
    )
    who = chief(mandate, account_id=CLERK.account.account_id)
    case = replace(
        accepted_case(), item_code=TRADER.item_code, state=CaseState.ACCEPTED, evidence={}
    )
    case = answered(case, who, TRADER)
    return decide(rules(TRADER), case, replace(decision(), by=who.account.account_id), who)


def test_ones_own_intake_is_drawn_for_a_check_by_another():
    case = own_intake()

    assert case.decision is not None
    assert case.decision.own_intake == "示许 1 号"
    decided = [event for event in case.events if event.kind is CaseEventKind.DECIDED]
    assert decided[0].detail["sampled"] == "yes"
    assert case.tasks == {"sample_check": date(2026, 3, 23)}


def test_a_case_that_was_not_drawn_says_so_and_has_no_task():
    not_drawn = next(n for n in range(2, 100) if not chosen(own_intake().case_id, n))

    case = own_intake(one_in=not_drawn)

    assert case.events[-1].detail["sampled"] == "no"
    assert not case.tasks


@pytest.mark.parametrize(("result", "remark"), [(IN_ORDER, ""), (AT_FAULT, "经营范围写错")])
def test_another_person_records_what_the_check_found(result, remark):
    supervisor = session(account_id="wu")

    case = check_sample(rules(TRADER), own_intake(), result, remark, supervisor, NOW)

    checked = next(e for e in case.events if e.kind is CaseEventKind.SAMPLE_CHECKED)
    assert (checked.detail["result"], checked.actor) == (result, "wu")
    assert not case.tasks
    assert case.state is CaseState.GRANTED


def test_a_sample_is_not_checked_by_whoever_decided_and_not_without_a_finding():
    with pytest.raises(NotAllowed):
        check_sample(rules(TRADER), own_intake(), IN_ORDER, "", CLERK, NOW)
    with pytest.raises(NotAcceptable):
        check_sample(rules(TRADER), own_intake(), AT_FAULT, "", session(account_id="wu"), NOW)
    with pytest.raises(NotAcceptable):
        check_sample(rules(TRADER), own_intake(), "", "", session(account_id="wu"), NOW)
    with pytest.raises(NotAcceptable):
        check_sample(rules(), granted(), IN_ORDER, "", session(account_id="wu"), NOW)
