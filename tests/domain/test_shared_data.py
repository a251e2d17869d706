"""Shared data in a case: asked of whom it is about, standing in for a paper, locked to its source."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.case import CaseEventKind, CaseState, FieldValue
from clerk.domain.checking import check_case
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.findings import Check, Outcome
from clerk.domain.form import asked_of, facts_of
from clerk.domain.intake import with_handler, with_value, without_evidence
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct, Source
from clerk.domain.path_values import value_at
from clerk.domain.prefill import prefilled
from clerk.domain.rule import RuleKind
from clerk.domain.shared_asking import LONGEST_REASON, question_for, sources_of, subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.domain.shared_taking import LONGEST_OBJECTION, with_answer, with_objection
from clerk.domain.standard import Way
from integrations.practice.people import DISPATCH_COMPANY, NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    draft,
    handler,
    mandate_of,
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


def taken(case, answer, row=""):
    asked = asked_of(STANDARD, facts_of(case, TODAY, CALENDAR))
    return with_answer(asked, case, answer, CLERK, NOW, row)


def objected(case, words="店早就关了"):
    asked = asked_of(STANDARD, facts_of(case, TODAY, CALENDAR))
    return with_objection(asked, case, FIRM, words, CLERK, NOW)


def stands(case, on=TODAY):
    verdict = check_case(STANDARD, case, "03", on, CALENDAR)
    return next(one.outcome for one in verdict.findings if one.check is Check.DATA_STANDS)


def test_only_the_sources_that_the_item_names_are_asked():
    assert sources_of(STANDARD) == (FIRM,)
    assert sources_of(FOOD) == ()
    with pytest.raises(NotAcceptable, match="不核这类"):
        question_for(STANDARD, CASE, MARRIAGE, SharedBasis.CONSENT, "本人同意", TODAY)


def test_the_body_is_asked_about_in_the_register_and_its_person_everywhere_else():
    body, person = subject_of(CASE, FIRM), subject_of(CASE, MARRIAGE)

    assert body is not None
    assert person is not None
    assert (body.id_number, person.id_number) == (NOODLE_SHOP.code, ZHANG_SHILI.id_number)


def test_nobody_is_asked_about_before_he_is_known():
    with pytest.raises(NotAcceptable, match="还不知道核谁"):
        question_for(STANDARD, draft(STANDARD), FIRM, SharedBasis.CONSENT, "本人同意", TODAY)


@pytest.mark.parametrize("reason", ["", " ", "长" * (LONGEST_REASON + 1)])
def test_no_consent_by_silence(reason):
    with pytest.raises(BadInput):
        question_for(STANDARD, CASE, FIRM, SharedBasis.CONSENT, reason, TODAY)


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


def test_the_very_answer_lies_with_the_material_it_proves():
    after = taken(CASE, said())

    assert after.evidence["LICENCE"].shared == after.shared[0]
    assert stands(after) is Outcome.PASS


def test_the_row_it_was_asked_for_is_satisfied_whatever_lay_there():
    after = taken(noodle_shop_complete(), said(), row="LICENCE")

    assert after.evidence["LICENCE"].way is Way.SHARED_DATA
    assert after.evidence["LICENCE"].older


def test_what_was_asked_of_another_applicant_proves_nothing_any_more():
    case = taken(CASE, said())
    other = replace(case.applicant.party, id_number=DISPATCH_COMPANY.code)

    case = replace(case, applicant=replace(case.applicant, party=other))

    assert stands(case) is Outcome.FAIL


def test_an_answer_of_yesterday_is_asked_for_again_before_it_is_taken_in():
    case = taken(CASE, said())

    assert stands(case, TODAY + timedelta(days=1)) is Outcome.CANNOT_TELL
    received = replace(case, state=CaseState.ACCEPTED)
    assert stands(received, TODAY + timedelta(days=30)) is Outcome.PASS


def test_whoever_acts_for_somebody_consents_only_by_his_mandate():
    """国务院令第716号 shares data under the person's leave; an unsigned mandate is none."""
    for acts, may in (((), False), ((MandateAct.AUTHORISE_CERTIFICATES,), True)):
        case = with_handler(CASE, handler(mandate_of(MandateAct.SUBMIT, *acts)))
        if may:
            said_yes = question_for(STANDARD, case, FIRM, SharedBasis.CONSENT, "书面同意", TODAY)
            assert said_yes.basis is SharedBasis.CONSENT
        else:
            with pytest.raises(NotAcceptable, match="委托书没有授权"):
                question_for(STANDARD, case, FIRM, SharedBasis.CONSENT, "书面同意", TODAY)
        by_duty = question_for(STANDARD, case, FIRM, SharedBasis.DUTY, "核对内容", TODAY)
        assert by_duty.basis is SharedBasis.DUTY


def test_who_says_otherwise_than_the_source_is_no_longer_held_to_it():
    """异议: the paper must come, the line can be typed and shows what the source had said."""
    code = STANDARD.fields[0].code
    case = prefilled(STANDARD, taken(CASE, said()), NOW, CALENDAR)
    assert case.values[code].value == "存续"

    case = prefilled(STANDARD, objected(case), NOW, CALENDAR)

    assert "LICENCE" not in case.evidence
    assert (case.shared[0].objection, case.shared[0].proves) == ("店早就关了", False)
    assert case.events[-1].kind is CaseEventKind.SHARED_DATA_DISPUTED
    typed = with_value(case, code, "已注销", NOW)
    assert (typed.values[code].value, typed.values[code].replaced) == ("已注销", "存续")
    assert typed.values[code].replaced_source is Source.SHARED_DATA


def test_a_source_that_was_put_right_has_the_line_again():
    code = STANDARD.fields[0].code
    case = prefilled(STANDARD, taken(CASE, said()), NOW, CALENDAR)
    case = with_value(prefilled(STANDARD, objected(case), NOW, CALENDAR), code, "已注销", NOW)

    case = prefilled(STANDARD, taken(case, said(状态="注销")), NOW, CALENDAR)

    assert case.values[code].value == "注销"
    assert case.values[code].source is Source.SHARED_DATA
    proof = case.evidence["LICENCE"].shared
    assert proof is not None
    assert proof.values["状态"] == "注销"


def test_what_the_form_says_is_compared_with_the_source_only_where_it_stands_for_the_paper():
    """Married is not yet married to this very person; the paper itself is compared by a person."""
    line = replace(STANDARD.fields[1], when=None)
    rule = replace(
        next(one for one in STANDARD.rules if one.subjects),
        code="SAME",
        kind=RuleKind.FIELDS_EQUAL,
        subjects=(f"field:{line.code}", STATE),
        when=None,
    )
    standard = replace(STANDARD, fields=(*STANDARD.fields[:1], line), rules=(rule,))

    def outcomes(case, typed):
        case = replace(
            case, values={line.code: FieldValue(value=typed, source=Source.TYPED, at=NOW)}
        )
        verdict = check_case(standard, case, "03", TODAY, CALENDAR)
        return {one.outcome for one in verdict.findings if one.subject == "SAME"}

    assert outcomes(taken(CASE, said()), "存续") == {Outcome.PASS}
    assert outcomes(taken(CASE, said()), "注销") == {Outcome.FAIL}
    assert not outcomes(noodle_shop_complete(), "注销") & {Outcome.FAIL, Outcome.CANNOT_TELL}
    assert not outcomes(objected(taken(CASE, said())), "注销") & {Outcome.FAIL, Outcome.CANNOT_TELL}


def test_what_was_typed_after_an_objection_stays_where_the_source_finds_nothing_more():
    code = STANDARD.fields[0].code
    case = prefilled(STANDARD, taken(CASE, said()), NOW, CALENDAR)
    case = with_value(prefilled(STANDARD, objected(case), NOW, CALENDAR), code, "已注销", NOW)

    case = prefilled(STANDARD, taken(case, said(SharedOutcome.NOT_FOUND)), NOW, CALENDAR)

    assert case.values[code].value == "已注销"


def test_an_answer_kept_before_it_lay_with_its_material_is_checked_as_it_was_then():
    """A stored check of that time must come out the same."""
    case = taken(CASE, said())
    older = replace(case.evidence["LICENCE"], origin=Origin.LIBRARY, shared=None)
    case = replace(case, evidence={**case.evidence, "LICENCE": older})

    verdict = check_case(STANDARD, case, "03", TODAY, CALENDAR)

    of_it = [one for one in verdict.findings if one.subject == "LICENCE"]
    assert Check.DATA_STANDS not in [one.check for one in of_it]
    assert {one.outcome for one in of_it} == {Outcome.PASS}


@pytest.mark.parametrize("words", ["", " ", "长" * (LONGEST_OBJECTION + 1)])
def test_an_objection_says_what_is_wrong(words):
    with pytest.raises(BadInput):
        objected(taken(CASE, said()), words)


def test_nobody_objects_to_what_was_not_found():
    with pytest.raises(NotAcceptable, match="没有查到"):
        objected(taken(CASE, said(SharedOutcome.NOT_FOUND)))
