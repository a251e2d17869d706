"""Where something is still to be done, in reading order: what Enter and F4 go to."""

from enum import Enum
from typing import NamedTuple

from clerk.domain.findings import Check, Group, Outcome
from clerk.ui.intake_flow import OpenCase


class Region(Enum):
    """The part of the page a stop lies in, in reading order."""

    QUESTION = 0
    APPLICANT = 1
    FIELD = 2
    MATERIAL = 3


class Stop(NamedTuple):
    """One place; ``code`` is that of the question, line or material."""

    region: Region
    code: str


def stops_of(opened: OpenCase) -> tuple[Stop, ...]:
    """Return every place with something left to do; what blocks as well as what is only soft."""
    verdict = opened.verdict
    found = [f for f in verdict.findings if f.outcome is not Outcome.PASS]
    stops = {Stop(Region.QUESTION, f.subject) for f in found if f.check is Check.QUESTION_ANSWERED}
    if any(f.group is Group.APPLICANT and f.hard for f in found):
        stops.add(Stop(Region.APPLICANT, ""))
    fields = set(verdict.fields)
    stops |= {
        Stop(Region.FIELD, f.subject)
        for f in found
        if f.group is Group.FORM and f.subject in fields
    }
    stops |= {Stop(Region.MATERIAL, f.subject) for f in found if f.group is Group.MATERIALS}
    order = {
        Region.QUESTION: verdict.questions,
        Region.APPLICANT: ("",),
        Region.FIELD: verdict.fields,
        Region.MATERIAL: verdict.asked,
    }
    return tuple(
        Stop(region, code)
        for region in Region
        for code in order[region]
        if Stop(region, code) in stops
    )


def next_stop(opened: OpenCase, here: Stop | None, step: int, *, wrap: bool = True) -> Stop | None:
    """Return the stop after (or before) ``here``, round the end; None where none is left."""
    stops = stops_of(opened)
    if not stops:
        return None
    if here is None:
        return stops[0 if step > 0 else -1]
    order = _places(opened)
    at = order.index(here) if here in order else -1
    if step > 0:
        after = [stop for stop in stops if order.index(stop) > at]
        return after[0] if after else (_first_other(stops, here) if wrap else None)
    before = [stop for stop in stops if order.index(stop) < at]
    return before[-1] if before else stops[-1]


def _first_other(stops: tuple[Stop, ...], here: Stop) -> Stop | None:
    return next((stop for stop in stops if stop != here), None)


def _places(opened: OpenCase) -> tuple[Stop, ...]:
    verdict = opened.verdict
    return (
        *(Stop(Region.QUESTION, code) for code in verdict.questions),
        Stop(Region.APPLICANT, ""),
        *(Stop(Region.FIELD, code) for code in verdict.fields),
        *(Stop(Region.MATERIAL, code) for code in verdict.asked),
    )
