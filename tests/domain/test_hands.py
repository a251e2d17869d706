"""在谁手里: since when follows from what last laid the case into somebody's hands."""

from datetime import timedelta

import pytest

from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.hands import PASSES_ON, held_since
from tests.domain.at_the_window import NOW

K = CaseEventKind


def course(*kinds):
    """These events, an hour between them."""
    return [
        CaseEvent(kind=kind, at=NOW + timedelta(hours=number), actor="zhou", actor_name="周模拟")
        for number, kind in enumerate(kinds)
    ]


def test_a_return_inside_and_its_answer_each_begin_anew():
    back = course(K.RECEIVED, K.ACCEPTED, K.RETURNED_INTERNALLY)
    answered = course(K.RECEIVED, K.ACCEPTED, K.RETURNED_INTERNALLY, K.RETAKEN, K.RETURN_ANSWERED)

    assert held_since(back) == NOW + timedelta(hours=2)
    assert held_since(answered) == NOW + timedelta(hours=4)


@pytest.mark.parametrize("kind", sorted(set(CaseEventKind) - PASSES_ON))
def test_what_passes_it_to_nobody_begins_nothing(kind):
    assert held_since(course(K.ACCEPTED, kind)) == NOW


def test_of_a_case_without_a_course_nothing_is_known():
    assert held_since(()) is None
