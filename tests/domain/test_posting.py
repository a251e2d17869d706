"""What came by post: opened against the list, and the day it arrived goes along with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.act_rules import bar_of
from clerk.domain.acting import act_on
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.case_files import files_of
from clerk.domain.errors import BadInput
from clerk.domain.findings import NextAct
from clerk.domain.life import correct
from clerk.domain.material import StoredFile
from clerk.domain.posted import PostedFinding
from clerk.domain.posting import asked_materials, came_by_post, outstanding
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    check,
    noodle_shop_complete,
    rules,
    with_paper,
)
from tests.domain.test_deferral import put_off
from tests.domain.test_life import told

PICTURE = StoredFile(
    sha256="5" * 64, name="开拆.jpg", media_type="image/jpeg", size_bytes=9, pages=1
)
LATER = NOW + timedelta(days=1)
SEEN = {point.code: True for point in FOOD.requirement("LAYOUT").review_points}
POSTED = ActWords(
    people=("张示例",), number="EX0000000147", arrived_at=NOW + timedelta(hours=2), files=(PICTURE,)
)


def opened(case, at=LATER, **words):
    return act_on(rules(), case, CaseAct.TAKE_POSTED, replace(POSTED, **words), CLERK, at)


def test_every_paper_still_to_come_is_there_or_missing():
    case = put_off()
    (late,) = outstanding(rules(), case, TODAY)

    there = opened(case, seen=(late,), others=("户口簿复印件",))
    (parcel,) = there.posted

    assert parcel.found == {late: PostedFinding.THERE}
    assert parcel.not_asked == ("户口簿复印件",)
    assert came_by_post(there, late) == parcel
    assert PICTURE in set(files_of(there))
    event = there.events[-1]
    assert event.kind is CaseEventKind.POSTED_IN
    assert (event.detail["there"], event.detail["missing"]) == ("1", "0")


def test_what_is_asked_and_did_not_lie_in_it_is_missing():
    case = put_off()
    (late,) = outstanding(rules(), case, TODAY)
    already = next(one.code for one in asked_materials(rules(), case, TODAY) if one.code != late)

    after = opened(case, seen=(already,))

    assert after.posted[0].found == {late: PostedFinding.MISSING, already: PostedFinding.THERE}
    assert came_by_post(after, late) is None


def test_a_parcel_takes_nothing_over_and_moves_nothing():
    case = put_off()

    after = opened(case, others=("空件",))

    assert after.evidence == case.evidence
    assert (after.state, after.terms, after.tasks) == (case.state, case.terms, case.tasks)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"people": ()}, "寄件人"),
        ({"arrived_at": LATER + timedelta(minutes=1)}, "送到的时间"),
        ({"arrived_at": NOW - timedelta(days=300)}, "送到的时间"),
        ({"files": ()}, "没有拍照"),
        ({"others": ()}, "有什么"),
    ],
)
def test_what_is_not_said_is_asked_for(words, told):
    with pytest.raises(BadInput, match=told):
        opened(put_off(), **{"others": ("空件",), **words})


def test_an_opening_without_a_camera_has_its_reason():
    after = opened(put_off(), files=(), reason="高拍仪坏了，两人在场开拆", others=("空件",))

    assert after.posted[0].why_unseen.startswith("高拍仪坏了")


def test_nothing_is_taken_in_for_a_case_that_asks_for_nothing_more():
    decided = replace(put_off(), state=CaseState.RESULT_WAITING)

    bar = bar_of(rules(), decided, CLERK, CaseAct.TAKE_POSTED, NOW)

    assert bar is ActBar.NOT_IN_THIS_STATE


def sent_in(*, entered_at, brought_at=None):
    """RULES came by post the day after it was asked for, and is entered in 受理 days later."""
    missing = intake.without_evidence(noodle_shop_complete(), "RULES")
    if brought_at is not None:
        missing = intake.without_evidence(missing, "LAYOUT")
    asked = told(missing)
    parcel = opened(asked, at=entered_at, arrived_at=LATER, seen=("RULES",))
    case = with_paper(FOOD, parcel, "RULES")
    if brought_at is not None:
        plan = replace(intake.on_paper(FOOD.requirement("LAYOUT"), CLERK, brought_at), points=SEEN)
        case = intake.with_evidence(case, "LAYOUT", plan)
    verdict = replace(check(case), act=NextAct.RECEIVE_AND_PASS_ON)
    return correct(rules(), case, verdict, CLERK, entered_at)


def test_a_correction_by_post_counts_from_the_day_it_arrived():
    case = sent_in(entered_at=NOW + timedelta(days=5))

    assert case.events[-1].kind is CaseEventKind.CORRECTED
    assert case.events[-1].on == TODAY + timedelta(days=1)


def test_what_was_brought_to_the_window_after_the_parcel_counts_from_its_own_day():
    brought_at = NOW + timedelta(days=3)

    case = sent_in(entered_at=NOW + timedelta(days=5), brought_at=brought_at)

    assert case.events[-1].on == TODAY + timedelta(days=3)


def test_a_correction_handed_in_counts_from_the_day_it_is_taken_in():
    asked = told(intake.without_evidence(noodle_shop_complete(), "RULES"))
    case = with_paper(FOOD, asked, "RULES")
    verdict = replace(check(case), act=NextAct.RECEIVE_AND_PASS_ON)

    taken = correct(rules(), case, verdict, CLERK, NOW + timedelta(days=5))

    assert taken.events[-1].on is None
