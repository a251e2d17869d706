"""告知承诺: offered, chosen or declined; what may never be promised; always the way back to paper."""

from dataclasses import replace

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseEventKind
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.party import MandateAct
from clerk.domain.promise import (
    PromiseBar,
    PromiseChoice,
    choice_of,
    decline_offer,
    promise_bar,
    promised_proofs,
    require_open,
    torn_up,
    withdraw_promise,
)
from clerk.domain.promise_terms import CheckMethod, PromiseExclusion, PromiseTerms
from clerk.domain.requirement_faults import requirement_faults
from clerk.domain.review import PointAnswer, PointOutcome
from clerk.domain.standard import Way
from tests.domain.at_the_check import at, granted_case, letter, promised_case, promised_draft
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    handler,
    mandate_of,
    noodle_shop_begun,
    rules,
)

PREMISES = FOOD.requirement("PREMISES")
NEVER = replace(PREMISES, never_promised=PromiseExclusion.PUBLIC_SAFETY)


def own_word_only():
    assert PREMISES.promise is not None
    terms = PromiseTerms(check=CheckMethod.ONLINE, agent_may=False)
    return replace(PREMISES, promise=replace(PREMISES.promise, terms=terms))


def paper():
    return intake.on_paper(PREMISES, CLERK, at(TODAY))


def test_the_applicant_may_promise_what_the_standard_offers():
    assert promise_bar(PREMISES, noodle_shop_begun(), TODAY) is None


@pytest.mark.parametrize("exclusion", PromiseExclusion)
def test_a_proof_of_an_excluded_kind_is_never_promised(exclusion):
    """国办发〔2020〕42号: high risk, harm that is hard to put right."""
    asked = replace(PREMISES, never_promised=exclusion)

    assert promise_bar(asked, noodle_shop_begun(), TODAY) is PromiseBar.EXCLUDED_PROOF
    with pytest.raises(NotAllowed, match="不适用告知承诺"):
        require_open(asked, noodle_shop_begun(), TODAY)
    with pytest.raises(BadInput):
        intake.promised(asked, letter(), CLERK)


def test_a_standard_that_offers_a_promise_for_an_excluded_proof_is_refused():
    others = tuple(asked for asked in FOOD.requirements if asked.code != "PREMISES")
    faults = list(requirement_faults(replace(FOOD, requirements=(*others, NEVER))))

    assert any("不适用告知承诺" in str(fault) for fault in faults)


def test_a_material_without_a_promise_is_not_promised():
    assert promise_bar(FOOD.requirement("LAYOUT"), noodle_shop_begun(), TODAY) is not None


@pytest.mark.parametrize(
    ("asked", "acts", "bar"),
    [
        (PREMISES, (MandateAct.SUBMIT,), PromiseBar.NO_MANDATE),
        (PREMISES, (MandateAct.PROMISE,), None),
        (own_word_only(), (MandateAct.PROMISE,), PromiseBar.NOBODY_FOR_ANOTHER),
    ],
)
def test_who_promises_for_another_needs_the_mandate_and_the_standards_leave(asked, acts, bar):
    case = intake.with_handler(noodle_shop_begun(), handler(mandate_of(*acts)))

    assert promise_bar(asked, case, TODAY) is bar


def test_that_the_promise_was_offered_and_declined_stands_in_the_course():
    case = decline_offer(noodle_shop_begun(), PREMISES, NOW, CLERK, at(TODAY))

    assert choice_of(case, "PREMISES") is PromiseChoice.DECLINED
    assert case.events[-1].detail["offered_at"] == NOW.isoformat()


def test_what_was_never_offered_was_not_chosen():
    assert choice_of(noodle_shop_begun(), "PREMISES") is None


def test_a_signed_letter_is_the_choice_until_the_paper_comes():
    case = promised_draft()

    brought = intake.with_evidence(case, "PREMISES", paper())

    assert choice_of(case, "PREMISES") is PromiseChoice.CHOSEN
    assert choice_of(brought, "PREMISES") is PromiseChoice.TAKEN_BACK
    assert brought.evidence["PREMISES"].older[0].letter == letter()


def test_a_promise_torn_up_in_the_draft_is_noted_once():
    case = promised_draft()

    torn = torn_up(case, "PREMISES", CLERK, NOW)

    assert choice_of(torn, "PREMISES") is PromiseChoice.TAKEN_BACK
    assert torn_up(torn, "LAYOUT", CLERK, NOW) is torn


def test_after_acceptance_the_paper_takes_the_promises_place_and_is_looked_at_anew():
    """What the chief representative found at the promise says nothing of the paper."""
    seen = PointAnswer(outcome=PointOutcome.MET, remark="", at=NOW, by="zheng")
    case = replace(
        promised_case(),
        looked_at=frozenset({"PREMISES/X", "ON_SITE"}),
        point_answers={"PREMISES/X": seen, "ON_SITE": seen},
    )

    back = withdraw_promise(rules(), case, "PREMISES", paper(), CLERK, at(TODAY))

    assert promised_proofs(back) == ()
    assert back.evidence["PREMISES"].way is Way.PAPER
    assert back.evidence["PREMISES"].older[0].letter == letter()
    assert back.looked_at == {"ON_SITE"}
    assert set(back.point_answers) == {"ON_SITE"}
    assert back.events[-1].kind is CaseEventKind.PROMISE_WITHDRAWN
    assert (back.state, back.due_on) == (case.state, case.due_on)


def test_after_the_decision_no_promise_is_taken_back():
    with pytest.raises(NotAcceptable):
        withdraw_promise(rules(), granted_case(), "PREMISES", paper(), CLERK, at(TODAY))


def test_only_what_was_promised_is_taken_back():
    with pytest.raises(NotAcceptable, match="没有承诺"):
        withdraw_promise(rules(), promised_case(), "LAYOUT", paper(), CLERK, at(TODAY))
