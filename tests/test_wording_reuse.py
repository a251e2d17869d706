"""What the dialog and the course say of a paper that was left for re-use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk.domain.intake import with_issue_day
from clerk.domain.reuse import left_papers, with_paper_reused
from clerk.wording_events import event_note, event_title
from clerk.wording_reuse import age_words, failed_line, offer_line
from tests.domain.at_the_window import CLERK, FOOD, NOW, TODAY, noodle_shop_begun
from tests.domain.test_reuse import earlier, offers


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "今天"), (16, "16 天前"), (59, "59 天前"), (150, "5 个月前"), (800, "2 年前")],
)
def test_age_is_told_as_people_say_it(days, said):
    assert age_words(TODAY - timedelta(days=days), TODAY) == said


def test_a_line_tells_source_age_and_pages_and_what_has_changed():
    (paper,) = left_papers([(earlier(), FOOD)])
    (offer,) = offers([replace(paper, replaced=True, case_label="20260302-0007")])

    assert offer_line(offer, TODAY) == (
        "经营场所、设备布局图，后来的办件换过一份，2 页，2026-03-02 收（16 天前），"
        "食品经营许可新办 20260302-0007"
    )


def test_what_would_not_pass_today_says_why():
    lines = tuple(replace(one, max_age_days=30) for one in FOOD.requirements)
    dated = with_issue_day(earlier(), "LAYOUT", date(2026, 1, 5))
    (offer,) = offers(left_papers([(dated, FOOD)]), standard=replace(FOOD, requirements=lines))

    assert failed_line(offer, TODAY) == (
        "经营场所、设备布局图，2026-03-02 收（16 天前），开具 2026-01-05，今天用不了：开具太久"
    )


def test_the_course_says_what_was_used_again():
    (offer,) = offers(left_papers([(earlier(), FOOD)]))
    case = with_paper_reused(noodle_shop_begun(), offer, CLERK, NOW)

    event = case.events[-1]

    assert event_title(event, case, FOOD) == "用上次留下的材料：经营场所、设备布局图"
    assert event_note(event, case, FOOD) == "3 月 2 日收的，审查要点重新看"
