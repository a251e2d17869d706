"""Applicant, handler and clerk: on every act; and a handler does what he was entrusted with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain.acting import act_on
from clerk.domain.care import Care
from clerk.domain.caring import note_care
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import derived_again
from clerk.domain.errors import NotAllowed
from clerk.domain.findings import Check, Outcome
from clerk.domain.hand_out import takers
from clerk.domain.intake import with_handler
from clerk.domain.life import BY_HANDLER, handed_off
from clerk.domain.party import MandateAct
from clerk.wording import finding
from clerk.wording_events import event_by
from tests.domain.at_the_window import (
    CLERK,
    NOW,
    TODAY,
    accepted_case,
    check,
    handler,
    mandate_of,
    noodle_shop_complete,
    rules,
)

EVERY = tuple(MandateAct)
WITHDRAWN = ActWords(reason="不开店了", choice=BY_HANDLER)


def brought_by_handler(*acts, **changed):
    mandate = replace(mandate_of(*acts), **changed)
    return with_handler(noodle_shop_complete(), handler(mandate))


def entrusted(*acts, **changed):
    """An accepted case that somebody sees to for the applicant."""
    return replace(accepted_case(), handler=handler(replace(mandate_of(*acts), **changed)))


def mandate_found(case):
    (found,) = [one for one in check(case).findings if one.check is Check.HANDLER_MANDATE]
    return found


@pytest.mark.parametrize(
    ("acts", "changed", "said"),
    [
        (EVERY, {"signed": False}, "委托书缺委托人签名"),
        (EVERY, {"until_on": TODAY - timedelta(days=1)}, "委托书不在期限内"),
        (EVERY, {"from_on": TODAY + timedelta(days=1)}, "委托书不在期限内"),
        ((MandateAct.COLLECT,), {}, "委托书没有授权这件事"),
    ],
)
def test_a_handler_outside_his_mandate_hands_nothing_in_and_the_sentence_says_why(
    acts, changed, said
):
    found = mandate_found(brought_by_handler(*acts, **changed))

    assert found.outcome is Outcome.FAIL
    assert found.hard
    assert said in finding(found)


def test_a_handler_within_his_mandate_hands_in():
    assert mandate_found(brought_by_handler(MandateAct.SUBMIT)).outcome is Outcome.PASS


def test_corrections_are_handed_in_by_who_may_correct():
    """Who was entrusted with handing in alone brings no corrections later."""
    back = replace(brought_by_handler(MandateAct.SUBMIT), state=CaseState.CORRECTION_DUE)
    may = replace(brought_by_handler(MandateAct.CORRECT), state=CaseState.CORRECTION_DUE)

    assert mandate_found(back).outcome is Outcome.FAIL
    assert mandate_found(may).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("acts", "days_later"),
    [((MandateAct.SUBMIT,), 0), (EVERY, 400)],
)
def test_a_handler_takes_nothing_back_without_being_entrusted_with_it(acts, days_later):
    case = entrusted(MandateAct.SUBMIT, *acts)
    at = NOW + timedelta(days=days_later)

    with pytest.raises(NotAllowed, match="没有授权撤回"):
        act_on(rules(), case, CaseAct.WITHDRAW, WITHDRAWN, CLERK, at)
    himself = act_on(rules(), case, CaseAct.WITHDRAW, replace(WITHDRAWN, choice=""), CLERK, at)

    assert himself.state is CaseState.WITHDRAWN


def test_an_entrusted_handler_takes_it_back():
    case = entrusted(*EVERY)

    gone = act_on(rules(), case, CaseAct.WITHDRAW, WITHDRAWN, CLERK, NOW)

    assert gone.state is CaseState.WITHDRAWN
    assert gone.events[-1].handler == handler(mandate_of()).party.name


def test_the_result_is_collected_within_the_mandate_only():
    collects = brought_by_handler(MandateAct.COLLECT)

    until_on = mandate_of().until_on
    assert len(takers(collects, TODAY)) == 2
    assert len(takers(collects, until_on + timedelta(days=1))) == 1
    assert len(takers(brought_by_handler(MandateAct.SUBMIT), TODAY)) == 1


def test_every_act_of_a_person_carries_applicant_handler_and_clerk():
    before = entrusted(*EVERY)
    case = act_on(rules(), before, CaseAct.WITHDRAW, WITHDRAWN, CLERK, NOW)
    case = note_care(replace(before, events=case.events), Care(large_print=True), CLERK, NOW)

    by_people = [one for one in case.events[len(before.events) :] if one.actor]
    assert len(by_people) == 2
    for event in by_people:
        assert event.applicant == case.applicant_name
        assert event.handler == handler(mandate_of()).party.name
        assert (event.actor, event.actor_name) == (
            CLERK.account.account_id,
            CLERK.account.display_name,
        )
    assert f"代办人{event.handler}" in event_by(event, TODAY)


def test_what_another_system_tells_is_nobodys_act_here():
    case = handed_off(rules(), entrusted(*EVERY), NOW, "审批科")

    assert (case.events[-1].applicant, case.events[-1].handler) == ("", "")


def test_identities_on_events_change_nothing_that_follows_from_them():
    case = act_on(rules(), entrusted(*EVERY), CaseAct.WITHDRAW, WITHDRAWN, CLERK, NOW)

    assert derived_again(rules(), case) == case
