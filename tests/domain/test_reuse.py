"""Papers left for re-use: only by the applicant's word, only his own, never in unseen."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import Check, Outcome
from clerk.domain.intake import (
    from_file,
    with_evidence,
    with_fault,
    with_issue_day,
    with_point,
    without_evidence,
)
from clerk.domain.material import Origin
from clerk.domain.reuse import (
    PaperChange,
    fitting,
    leavable,
    leave_paper,
    left_papers,
    paper_offers,
    take_leave_back,
    with_paper_reused,
)
from clerk.domain.standard import Way
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    TRADER,
    accepted_case,
    check,
    held,
    noodle_shop_begun,
    noodle_shop_complete,
    scan,
)

LAYOUT, RULES = FOOD.requirement("LAYOUT"), FOOD.requirement("RULES")
THEN = NOW - timedelta(days=16)


def scanned(case, asked=LAYOUT, sha256="cd" * 32, at=NOW):
    """The paper was scanned and every point of it looked at."""
    file = replace(scan(pages=2), sha256=sha256)
    case = with_evidence(case, asked.code, from_file(asked, file, Origin.SCANNED, CLERK, at))
    for point in asked.review_points:
        case = with_point(case, asked.code, point.code, True)
    return case


def earlier(number=7, asked=LAYOUT, sha256="cd" * 32, leave=True):
    """An earlier case of the shop, with a paper that its owner left."""
    case = scanned(replace(noodle_shop_begun(), case_id=UUID(int=number)), asked, sha256, THEN)
    return leave_paper(case, asked, CLERK, THEN) if leave else case


def offers(papers, case=None, standard=FOOD):
    case = case or noodle_shop_begun()
    codes = [one.code for one in standard.requirements]
    return paper_offers(standard, case, codes, papers, CLERK, NOW, CALENDAR)


def test_his_word_is_written_down_with_the_time_and_may_be_taken_back():
    left = leave_paper(scanned(noodle_shop_begun()), LAYOUT, CLERK, NOW)

    back = take_leave_back(left, LAYOUT, CLERK, NOW + timedelta(minutes=5))

    assert left.evidence["LAYOUT"].leave is not None
    assert left.evidence["LAYOUT"].leave.at == NOW
    assert back.evidence["LAYOUT"].leave is None
    kinds = [event.kind for event in back.events[-2:]]
    assert kinds == [CaseEventKind.PAPER_LEFT, CaseEventKind.LEAVE_TAKEN_BACK]
    assert left.events[-1].applicant == left.applicant_name


def test_a_word_given_twice_is_written_down_once():
    left = leave_paper(scanned(noodle_shop_begun()), LAYOUT, CLERK, NOW)

    assert leave_paper(left, LAYOUT, CLERK, NOW) is left


@pytest.mark.parametrize(
    "given",
    [
        held(),
        held(Way.DEFERRAL, Origin.PROMISED_LATER),
        held(Way.COMMITMENT, Origin.SIGNED_LETTER, files=(scan(),)),
        held(Way.CERTIFICATE, Origin.LIBRARY, files=(scan(),)),
        held(Way.SHARED_DATA, Origin.LIBRARY),
        held(Way.FILE, Origin.MADE_BY_SYSTEM, files=(scan(),)),
        held(Way.SCAN, Origin.SCANNED, files=(scan(),), fault="看不清"),
    ],
)
def test_nothing_but_his_own_fit_scan_or_file_can_be_left(given):
    case = with_evidence(noodle_shop_begun(), "LAYOUT", given)

    with pytest.raises(NotAcceptable):
        leave_paper(case, LAYOUT, CLERK, NOW)


def test_what_can_be_called_from_the_library_is_called_anew():
    licence = FOOD.requirement("LICENCE")
    case = scanned(scanned(noodle_shop_begun(), licence))

    found = leavable(FOOD, case, [one.code for one in FOOD.requirements])

    assert [one.code for one in found] == ["LAYOUT"]
    with pytest.raises(NotAcceptable):
        leave_paper(case, licence, CLERK, NOW)


def test_another_paper_in_its_place_has_no_leave():
    case = scanned(earlier(), sha256="ef" * 32)

    assert left_papers([(case, FOOD)]) == ()


def test_what_was_not_left_or_was_marked_unfit_is_not_offered():
    assert left_papers([(earlier(leave=False), FOOD)]) == ()
    assert left_papers([(with_fault(earlier(), "LAYOUT", "图纸过期"), FOOD)]) == ()


def test_files_that_a_later_case_found_unfit_are_offered_no_more():
    later = with_fault(earlier(8, leave=False), "LAYOUT", "平面图和现场不一样")

    assert left_papers([(later, FOOD), (earlier(7), FOOD)]) == ()


def test_a_paper_left_twice_is_offered_once_from_the_newest_case():
    (paper,) = left_papers([(earlier(8), FOOD), (earlier(7), FOOD)])

    assert paper.case_id.int == 8


def test_a_paper_that_a_later_case_replaced_is_marked():
    later = earlier(8, sha256="ef" * 32, leave=False)

    (offer,) = offers(left_papers([(later, FOOD), (earlier(7), FOOD)]))

    assert offer.changes == (PaperChange.REPLACED,)


def test_a_standard_that_asks_for_something_else_now_is_marked():
    before = replace(
        FOOD,
        requirements=tuple(
            replace(one, acceptance_standard="旧的要求") if one.code == "LAYOUT" else one
            for one in FOOD.requirements
        ),
    )

    (same,) = offers(left_papers([(earlier(), FOOD)]))
    (changed,) = offers(left_papers([(earlier(), before)]))

    assert same.changes == ()
    assert changed.changes == (PaperChange.STANDARD,)


def test_only_what_is_still_missing_is_offered_and_other_items_by_name():
    papers = left_papers([(earlier(), FOOD)])
    named = replace(
        TRADER,
        requirements=(
            replace(TRADER.requirement("LEASE"), name=LAYOUT.name),
            replace(TRADER.requirement("FAMILY"), code="LAYOUT"),
        ),
    )

    codes = ["LEASE", "LAYOUT"]
    by_name = [asked.code for asked, _ in fitting(named, noodle_shop_begun(), codes, papers)]

    assert by_name == ["LEASE"]
    assert offers(papers, scanned(noodle_shop_begun(), sha256="01" * 32)) == ()


def test_a_paper_that_is_too_old_today_is_told_and_not_taken():
    lines = tuple(
        replace(one, max_age_days=30) if one.code == "LAYOUT" else one for one in FOOD.requirements
    )
    dated = with_issue_day(earlier(), "LAYOUT", date(2026, 1, 5))

    (offer,) = offers(left_papers([(dated, FOOD)]), standard=replace(FOOD, requirements=lines))

    assert [one.check for one in offer.failed] == [Check.MATERIAL_AGE]
    with pytest.raises(NotAcceptable):
        with_paper_reused(noodle_shop_begun(), offer, CLERK, NOW)


def test_a_paper_taken_over_says_where_it_came_from_and_is_looked_at_anew():
    dated = with_issue_day(earlier(), "LAYOUT", date(2026, 3, 1))
    (offer,) = offers(left_papers([(dated, FOOD)]))
    complete = without_evidence(noodle_shop_complete(), "LAYOUT")

    case = with_paper_reused(complete, offer, CLERK, NOW)

    taken = case.evidence["LAYOUT"]
    assert (taken.origin, taken.issued_on) == (Origin.EARLIER, date(2026, 3, 1))
    assert taken.taken_from is not None
    assert (taken.taken_from.case_id.int, taken.taken_from.at) == (7, THEN)
    assert taken.leave is None
    assert case.events[-1].kind is CaseEventKind.PAPER_REUSED
    unseen = {
        one.point
        for one in check(case).findings
        if one.check is Check.MATERIAL_POINT and one.outcome is Outcome.CANNOT_TELL
    }
    assert unseen == {point.code for point in LAYOUT.review_points}


def test_a_paper_used_again_and_left_again_keeps_the_day_it_first_came():
    (offer,) = offers(left_papers([(earlier(), FOOD)]))
    again = with_paper_reused(noodle_shop_begun(), offer, CLERK, NOW)

    (paper,) = left_papers([(leave_paper(again, LAYOUT, CLERK, NOW), FOOD)])

    assert paper.came_at == THEN


def test_what_is_there_already_is_not_replaced_by_an_older_one():
    (offer,) = offers(left_papers([(earlier(), FOOD)]))

    with pytest.raises(NotAcceptable):
        with_paper_reused(scanned(noodle_shop_begun()), offer, CLERK, NOW)


def test_a_case_that_was_taken_in_takes_nothing_over_but_gives_back_his_word():
    (offer,) = offers(left_papers([(earlier(), FOOD)]))
    complete = leave_paper(scanned(noodle_shop_complete()), LAYOUT, CLERK, NOW)
    accepted = accepted_case(complete)

    with pytest.raises(NotAcceptable):
        with_paper_reused(accepted, offer, CLERK, NOW)
    with pytest.raises(NotAcceptable):
        leave_paper(accepted, LAYOUT, CLERK, NOW)
    assert take_leave_back(accepted, LAYOUT, CLERK, NOW).evidence["LAYOUT"].leave is None
    assert take_leave_back(accepted, RULES, CLERK, NOW) is accepted
