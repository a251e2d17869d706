"""Values that fill themselves (变填表为补表): from card, certificate, answers and the day.

What a person typed is never overwritten, but for a line that is worked out from others; what was
derived is derived again when its source changes. Every value says where it comes from.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from clerk.domain.case import Answer, Case, FieldValue
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.form import asked_of, facts_of
from clerk.domain.party import Source
from clerk.domain.path_values import HELD_BY_PERSON, from_certificate, value_at
from clerk.domain.residents import age_on
from clerk.domain.standard import FormField, ItemStandard, Question
from clerk.values import replace

__all__ = ["HELD_BY_PERSON", "prefilled", "value_at"]


def prefilled(standard: ItemStandard, case: Case, at: datetime, calendar: WorkCalendar) -> Case:
    """Return the case with every answer and field that is known or worked out filled in."""
    on = local_date(at)
    case = replace(case, answers=_known_answers(standard, case, at))
    asked = asked_of(standard, facts_of(case, on, calendar))
    values = dict(case.values)
    for line in asked.fields:
        held = values.get(line.code)
        if line.computed is not None or (held is not None and held.source in HELD_BY_PERSON):
            continue
        found = _first_known(line, standard, case, at)
        if found is None:
            if held is not None:
                del values[line.code]
        elif held is None or (held.value, held.source) != (found.value, found.source):
            values[line.code] = found
    case = replace(case, values=values)
    worked_out = [line for line in asked.fields if line.computed is not None]
    return _with_computed(worked_out, case, at, calendar) if worked_out else case


def _with_computed(
    lines: Sequence[FormField], case: Case, at: datetime, calendar: WorkCalendar
) -> Case:
    """Work out lines, also those that follow from each other; a typed value does not stand.

    Each round settles at least one more of them, as a circle is a fault of the standard.
    """
    for _ in lines:
        facts = facts_of(case, local_date(at), calendar)
        values = dict(case.values)
        for line in lines:
            value = line.computed.value(facts) if line.computed else ""
            held = values.get(line.code)
            if not value:
                values.pop(line.code, None)
            elif held is None or (held.value, held.source) != (value, Source.DERIVED):
                values[line.code] = FieldValue(value=value, source=Source.DERIVED, at=at)
        if values == case.values:
            break
        case = replace(case, values=values)
    return case


def _first_known(
    line: FormField, standard: ItemStandard, case: Case, at: datetime
) -> FieldValue | None:
    for path in line.prefill:
        if path == "earlier":
            continue
        found = value_at(path, standard, case, at)
        if found is not None and found.value:
            return replace(found, value=_as_chosen(line, found.value))
    return None


def _as_chosen(line: FormField, value: str) -> str:
    """Return a choice by its label where its source gives the code."""
    return next((option.label for option in line.options if option.code == value), value)


def _known_answers(standard: ItemStandard, case: Case, at: datetime) -> Mapping[str, Answer]:
    answers = dict(case.answers)
    for question in standard.questions:
        held = answers.get(question.code)
        if not question.known_from or (held and held.source is Source.ANSWERED):
            continue
        known = _known_answer(question, case, at)
        if known is None:
            answers.pop(question.code, None)
        elif held is None or held.option != known.option:
            answers[question.code] = known
    return answers


def _known_answer(question: Question, case: Case, at: datetime) -> Answer | None:
    kind, _, detail = question.known_from.partition(":")
    options = {option.code for option in question.options}
    if kind == "certificate":
        type_code, _, name = detail.partition(":")
        found = from_certificate(type_code, name, case)
        by_label = {option.label: option.code for option in question.options}
        if found is None or found.value not in by_label:
            return None
        return Answer(option=by_label[found.value], source=Source.CERTIFICATE, at=found.at)
    if case.applicant is None:
        return None
    party = case.applicant.party
    if kind == "applicant.kind":
        option = party.kind.value
    elif kind == "applicant.age":
        if party.birth_on is None:
            return None
        option = _by_lower_bound(detail, age_on(party.birth_on, local_date(at)))
    elif kind == "handler":
        option = "handler" if case.handler else "self"
    else:
        return None
    if option not in options:
        return None
    return Answer(option=option, source=party.source, at=party.identified_at)


def _by_lower_bound(bounds: str, age: int) -> str:
    """Return the option of the highest lower bound reached; ``bounds`` is ``a=0,b=80``."""
    reached = [
        (int(low), option)
        for option, _, low in (part.partition("=") for part in bounds.split(","))
        if age >= int(low)
    ]
    return max(reached)[1] if reached else ""
