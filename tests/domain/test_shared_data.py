"""Shared data in a case: asked of whom it is about, standing in for a paper, locked to its source."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.form import asked_of, facts_of
from clerk.domain.intake import with_value, without_evidence
from clerk.domain.party import Source
from clerk.domain.path_values import value_at
from clerk.domain.shared_asking import LONGEST_REASON, question_for, sources_of, subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.domain.shared_taking import with_answer
from clerk.domain.standard import Way
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    draft,
    noodle_shop_complete,
)

FIRM, MARRIAGE = SharedSource.ENTERPRISE, SharedSource.MARRIAGE
STATE = "shared:enterprise:状态"


def _standard():
    """The food permit of a bureau that asks the register of firms for the licence."""
    lines = [
        replace(one, ways=(*one.ways, Way.SHARED_DATA), shared_source=FIRM)
        if one.code == "LICENCE"
        else one
        for one in FOOD.requirements
    ]
    first, *rest = FOOD.fields
    return replace(
        FOOD,
        requirements=tuple(lines),
        fields=(replace(first, prefill=(STATE,)), *rest),
    )


STANDARD = _standard()
CASE = without_evidence(noodle_shop_complete(), "LICENCE")


def said(outcome=SharedOutcome.FOUND, about=NOODLE_SHOP.code, **values):
    found = outcome is SharedOutcome.FOUND
    return SharedAnswer(
        source=FIRM,
        outcome=outcome,
        about=about,
        at=NOW,
        basis=SharedBasis.CONSENT,
        reason="本人当场书面同意",
        record_number="ENT-1" if found else "",
        as_of=date(2026, 3, 17) if found else None,
        values=values or ({"状态": "存续"} if found else {}),
    )


def taken(case, answer):
    asked = asked_of(STANDARD, facts_of(case, TODAY, CALENDAR))
    return with_answer(asked, case, answer, CLERK, NOW)


def test_only_the_sources_that_the_item_names_are_asked():
    assert sources_of(STANDARD) == (FIRM,)
    assert sources_of(FOOD) == ()
    with pytest.raises(NotAcceptable, match="不核这类"):
        question_for(STANDARD, CASE, MARRIAGE, SharedBasis.CONSENT, "本人同意")


def test_the_body_is_asked_about_in_the_register_and_its_person_everywhere_else():
    body, person = subject_of(CASE, FIRM), subject_of(CASE, MARRIAGE)

    assert body is not None
    assert person is not None
    assert (body.id_number, person.id_number) == (NOODLE_SHOP.code, ZHANG_SHILI.id_number)


def test_nobody_is_asked_about_before_he_is_known():
    with pytest.raises(NotAcceptable, match="还不知道核谁"):
        question_for(STANDARD, draft(STANDARD), FIRM, SharedBasis.CONSENT, "本人同意")


@pytest.mark.parametrize("reason", ["", " ", "长" * (LONGEST_REASON + 1)])
def test_no_consent_by_silence(reason):
    with pytest.raises(BadInput):
        question_for(STANDARD, CASE, FIRM, SharedBasis.CONSENT, reason)


def test_what_was_found_stands_in_for_the_paper_and_fills_the_line():
    after = taken(CASE, said())

    held = after.evidence["LICENCE"]
    assert (held.way, held.issued_on) == (Way.SHARED_DATA, date(2026, 3, 17))
    filled = value_at(STATE, STANDARD, after, NOW)
    assert filled is not None
    assert (filled.value, filled.source, filled.record) == ("存续", Source.SHARED_DATA, "ENT-1")
    assert after.events[-1].kind is CaseEventKind.SHARED_DATA_ASKED


def test_a_paper_that_is_there_is_not_replaced():
    whole = noodle_shop_complete()

    assert taken(whole, said()).evidence == whole.evidence


def test_what_the_source_finds_no_more_stands_in_no_longer():
    after = taken(taken(CASE, said()), said(SharedOutcome.NOT_FOUND))

    assert "LICENCE" not in after.evidence
    assert value_at(STATE, STANDARD, after, NOW) is None


def test_silence_is_not_no_and_takes_nothing_away():
    found = taken(CASE, said())

    after = taken(found, said(SharedOutcome.NO_ANSWER))

    assert after.evidence == found.evidence
    assert after.shared == found.shared
    assert len(after.events) == len(found.events) + 1


def test_an_answer_about_somebody_else_is_used_in_no_part():
    assert taken(CASE, said(about=ZHANG_SHILI.id_number)) == CASE


def test_a_line_that_shared_data_filled_is_locked_to_its_source():
    code = STANDARD.fields[0].code
    filled = value_at(STATE, STANDARD, taken(CASE, said()), NOW)
    assert filled is not None
    case = replace(CASE, values={**CASE.values, code: filled})

    with pytest.raises(NotAcceptable, match="锁定在共享数据"):
        with_value(case, code, "注销", NOW + timedelta(minutes=1))
    assert with_value(case, code, "存续", NOW) is case
