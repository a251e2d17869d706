"""Village, township and county: each level's opinion under its own term, then the decision."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain.act_rules import acts_on
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActBar, CaseAct
from clerk.domain.chain import give_opinion, pass_on, send_down, step_of, steps_before
from clerk.domain.clock import StepLaw, facts_of
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import ChainStep, StepKind
from tests.domain.at_the_window import CLERK, accepted_case, rules, session

VILLAGE = ChainStep(
    code="village",
    name="村初审",
    by="示例村便民服务站",
    limit=Limit(amount=3, unit=LimitUnit.WORKDAYS),
)
PUBLICITY = ChainStep(
    code="publicity",
    name="公示",
    by="示例村便民服务站",
    limit=Limit(amount=7, unit=LimitUnit.DAYS),
    kind=StepKind.PUBLICITY,
)
TOWNSHIP = ChainStep(
    code="township",
    name="镇审核",
    by="示例镇便民服务中心",
    limit=Limit(amount=5, unit=LimitUnit.WORKDAYS),
)


LEVEL = session(account_id="village")
"""Somebody at the village who did not take the case in."""
ABOVE = session(account_id="township")


def chained(*steps):
    """The rules of the noodle shop's item, as if these levels stood before its decision."""
    plain = rules()
    chain = tuple(StepLaw(code=one.code, limit=one.limit) for one in steps)
    return replace(
        plain,
        standard=replace(plain.standard, chain=steps),
        law=replace(plain.law, chain=chain),
    )


ALL = chained(VILLAGE, PUBLICITY, TOWNSHIP)


def at(day, month=3):
    return datetime(2026, month, day, 2, 0, tzinfo=UTC)


def begun(law=ALL):
    return accepted_case(law=law)


def test_the_first_level_begins_with_acceptance_and_has_its_own_term():
    case = begun()

    assert step_of(ALL, case) == VILLAGE
    assert case.terms[Term.STEP].on == date(2026, 3, 23)
    assert Term.STATUTORY in case.terms


def test_each_opinion_hands_the_case_to_the_next_level():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))

    assert step_of(ALL, case) == PUBLICITY
    assert case.events[-1].detail["opinion"] == "情况属实"
    assert case.terms[Term.STEP].on == date(2026, 3, 26)


def test_a_publicity_is_not_cut_short():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))

    with pytest.raises(NotAcceptable, match="公示到 2026-03-26 才满"):
        give_opinion(ALL, case, True, "没有异议", LEVEL, at(26))
    over = give_opinion(ALL, case, True, "没有异议", LEVEL, at(27))

    assert (step_of(ALL, over), over.with_whom) == (TOWNSHIP, TOWNSHIP.by)


def test_a_level_that_disagrees_refuses_nothing():
    one = chained(VILLAGE)

    case = give_opinion(one, begun(one), False, "年龄不够", LEVEL, at(19))

    assert (case.state, case.events[-1].granted) == (CaseState.ACCEPTED, False)
    assert step_of(one, case) is None


def test_what_went_back_to_a_level_before_begins_there_anew():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))

    back = send_down(ALL, case, "village", "缺两位邻居的说明", ABOVE, at(20))

    assert (step_of(ALL, back), back.with_whom) == (VILLAGE, VILLAGE.by)
    assert back.terms[Term.STEP].on == date(2026, 3, 25)
    assert back.terms[Term.STATUTORY] == case.terms[Term.STATUTORY]


def test_nothing_goes_back_to_a_publicity_or_forward():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))
    case = give_opinion(ALL, case, True, "没有异议", LEVEL, at(27))

    assert steps_before(ALL, case) == (VILLAGE,)
    with pytest.raises(NotAcceptable):
        send_down(ALL, case, "publicity", "再公示", ABOVE, at(28))


def test_an_opinion_is_written_down():
    with pytest.raises(NotAcceptable, match="村初审意见"):
        give_opinion(ALL, begun(), True, " ", LEVEL, at(19))


def test_a_case_is_reported_on_when_this_level_has_spoken():
    last = replace(TOWNSHIP, passes_on=True)
    law = chained(last)
    case = begun(law)

    with pytest.raises(NotAcceptable, match="本级意见还没给"):
        pass_on(law, case, "示例县民政局", "", LEVEL, at(19))
    spoken = give_opinion(law, case, True, "同意上报", LEVEL, at(19))
    gone = pass_on(law, spoken, "示例县民政局", "", LEVEL, at(19))

    assert gone.state is CaseState.PASSED_ON
    assert not facts_of(law.law, gone.events).step


def test_what_is_not_open_says_why():
    case = begun()
    bars = {one.act: one.bar for one in acts_on(ALL, case, LEVEL, at(18))}

    assert bars[CaseAct.GIVE_OPINION] is None
    assert bars[CaseAct.SEND_DOWN] is ActBar.NO_LEVEL
    assert bars[CaseAct.PASS_ON] is ActBar.NOT_LISTED


def bar_for(who, case, act=CaseAct.GIVE_OPINION, law=ALL):
    return {one.act: one.bar for one in acts_on(law, case, who, at(27))}[act]


def test_who_took_the_case_in_speaks_for_no_level_of_it():
    assert bar_for(CLERK, begun()) is ActBar.OWN_WORK
    with pytest.raises(NotAllowed, match="这件是你收的"):
        give_opinion(ALL, begun(), True, "情况属实", CLERK, at(19))


def test_nobody_speaks_for_two_levels_of_one_case():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))
    case = give_opinion(ALL, case, True, "没有异议", LEVEL, at(27))

    assert bar_for(LEVEL, case) is ActBar.SPOKE_BEFORE
    assert bar_for(LEVEL, case, CaseAct.SEND_DOWN) is ActBar.SPOKE_BEFORE
    for act in (
        lambda: give_opinion(ALL, case, True, "同意", LEVEL, at(27)),
        lambda: send_down(ALL, case, "village", "缺说明", LEVEL, at(27)),
    ):
        with pytest.raises(NotAllowed, match="另一级的意见是你给的"):
            act()
    assert bar_for(ABOVE, case) is None
    assert step_of(ALL, give_opinion(ALL, case, True, "同意", ABOVE, at(27))) is None


def test_a_publicity_is_ended_by_the_person_of_the_place_that_made_it_and_no_other_level():
    law = chained(VILLAGE, TOWNSHIP, replace(PUBLICITY, by=TOWNSHIP.by))
    case = give_opinion(law, begun(law), True, "情况属实", LEVEL, at(19))
    case = give_opinion(law, case, True, "同意", ABOVE, at(19))

    assert bar_for(LEVEL, case, law=law) is ActBar.SPOKE_BEFORE
    assert bar_for(ABOVE, case, law=law) is None


def test_what_came_back_to_a_level_is_spoken_for_again_by_the_same_person():
    case = give_opinion(ALL, begun(), True, "情况属实", LEVEL, at(19))
    back = send_down(ALL, case, "village", "缺两位邻居的说明", ABOVE, at(20))

    assert bar_for(LEVEL, back) is None
