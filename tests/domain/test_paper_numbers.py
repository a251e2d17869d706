"""Which numbers may become void, and what a case says afterwards."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.custody import place_originals
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.life import with_paper_number
from clerk.domain.originals import OriginalPlace
from clerk.domain.paper_numbers import (
    GivenNumber,
    Series,
    WentOut,
    missing_counts,
    numbers_now,
    renumbered,
    replaced_by,
    require_voidable,
)
from clerk.domain.paper_signature import PaperSignature, SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import papers_of_acts, with_number
from tests.domain.at_the_window import CLERK, NOW, accepted_case, rules

FIRST, SECOND, THIRD = (f"示审流〔2026〕{count} 号" for count in (1, 2, 3))


def given(kind=PaperKind.TRANSFER_SLIP, number=FIRST, **changed):
    made = GivenNumber(
        series=Series(body_code="990123", kind=kind, year=2026),
        count=1,
        number=number,
        case_id=None,
        given_at=NOW,
        given_by="zhou",
        counter_code="03",
    )
    return replace(made, **changed)


def handed_on():
    before = with_paper_number(accepted_case(), "transfer_slip", FIRST)
    moved = place_originals(
        rules(),
        before,
        "RULES",
        OriginalPlace.HANDED_ON,
        CLERK,
        NOW,
        number=FIRST,
        bag="D-17",
        back_by_on=date(2026, 3, 25),
    )
    return with_number(before, moved, PaperKind.TRANSFER_SLIP, FIRST)


def void(case, old, new):
    return renumbered(case, given(number=old), new, "写花了", CLERK, NOW)


def test_a_case_bears_the_next_number_everywhere_and_its_course_keeps_the_void_one():
    case = handed_on()

    after = void(case, FIRST, SECOND)

    assert after.paper_numbers["transfer_slip"] == after.custody["RULES"].number == SECOND
    assert after.events[: len(case.events)] == case.events
    assert after.events[-1].kind is CaseEventKind.NUMBER_VOIDED
    assert (after.state, after.terms, after.evidence) == (case.state, case.terms, case.evidence)


def test_an_acts_paper_is_owed_under_the_last_number_that_stands_for_its_own():
    twice = void(void(handed_on(), FIRST, SECOND), SECOND, THIRD)

    assert [one.number for one in papers_of_acts(twice)] == [THIRD]
    assert numbers_now(twice.events) == {FIRST: THIRD, SECOND: THIRD}
    assert (replaced_by(twice, THIRD), replaced_by(twice, FIRST)) == (SECOND, "")


def test_a_paper_that_nothing_stands_for_is_not_owed_any_more():
    assert papers_of_acts(void(handed_on(), FIRST, "")) == ()


@pytest.mark.parametrize(
    ("number", "out", "said"),
    [
        (given(PaperKind.DECISION), WentOut(), "更正决定"),
        (given(PaperKind.REVOCATION), WentOut(), "更正决定"),
        (given(voided_at=NOW), WentOut(), "已经作废"),
        (given(), WentOut(as_file=True), "电子件"),
        (given(), WentOut(hangs=True), "打印任务还没结束"),
        (given(), WentOut(copies=3), "打印过 3 份"),
    ],
)
def test_a_number_that_is_out_of_the_house_stays(number, out, said):
    with pytest.raises(NotAcceptable, match=said):
        require_voidable(number, accepted_case(), out, "写花了", recovered=False)


def test_a_paper_that_was_signed_for_keeps_its_number():
    signed = PaperSignature(
        kind=PaperKind.TRANSFER_SLIP,
        number=FIRST,
        way=SignWay.PAPER,
        signer="张示例",
        at=NOW,
        by="zhou",
    )
    case = replace(accepted_case(), signatures=(signed,))

    with pytest.raises(NotAcceptable, match="签收"):
        require_voidable(given(), case, WentOut(copies=1), "写花了", recovered=True)


def test_recovered_copies_and_a_reason_are_enough():
    out = WentOut(copies=2)

    assert require_voidable(given(), None, out, " 写花了 ", recovered=True) == "写花了"
    with pytest.raises(BadInput):
        require_voidable(given(), None, out, " ", recovered=True)


def test_what_is_missing_is_named():
    assert missing_counts(5, [5, 2, 1]) == (3, 4)
