"""A case that is ready to be decided, and who decides it."""

from dataclasses import replace

from clerk.domain.decisions import points_to_look_at
from clerk.domain.review import PointOutcome
from clerk.services import approval
from tests.services.noodle_shop import FOOD, OPINION, accepted


def looked_at(window, case, who):
    for point in points_to_look_at(window.catalogue[FOOD], case):
        approval.answer_review_point(window.desk, who, case.case_id, point, PointOutcome.MET)
    return case


def ready(window, who=None):
    """An accepted case of which this person has looked at everything."""
    return looked_at(window, accepted(window), who or window.chief)


def decide(window, case, who, *, granted=True, opinion=OPINION):
    return approval.decide_case(window.desk, who, case.case_id, granted, opinion)


def acts(window):
    return [line.act for line in window.lines()]


def with_mandate(who, **changed):
    """The same person under another mandate."""
    mandate = replace(who.account.mandates[0], **changed)
    return replace(who, account=replace(who.account, mandates=(mandate,)))
