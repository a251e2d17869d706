"""Values that fill themselves (变填表为补表): from card, certificate, answers and the day.

What a person typed is never overwritten; what was derived is derived again when its source
changes. Every value says where it comes from.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from clerk.domain.case import Answer, Case, FieldValue
from clerk.domain.days import local_date
from clerk.domain.form import asked_of, facts_of
from clerk.domain.party import Party, Source
from clerk.domain.standard import FormField, ItemStandard, Question

HELD_BY_PERSON = frozenset({Source.TYPED, Source.EARLIER})
"""Sources that prefill leaves alone."""


def prefilled(standard: ItemStandard, case: Case, at: datetime) -> Case:
    """Return the case with every answer and field that is known filled in."""
    case = replace(case, answers=_known_answers(standard, case, at))
    asked = asked_of(standard, facts_of(case, local_date(at)))
    values = dict(case.values)
    for line in asked.fields:
        held = values.get(line.code)
        if held is not None and held.source in HELD_BY_PERSON:
            continue
        found = _first_known(line, standard, case, at)
        if found is None:
            if held is not None:
                del values[line.code]
        elif held is None or (held.value, held.source) != (found.value, found.source):
            values[line.code] = found
    return replace(case, values=values)


def value_at(path: str, standard: ItemStandard, case: Case, at: datetime) -> FieldValue | None:
    """Return what a prefill path of the standard leads to, None where nothing is known yet."""
    match path.split(":"):
        case ["today"]:
            day = local_date(case.received_at or at)  # a correction makes no new application
            return FieldValue(value=day.isoformat(), source=Source.DERIVED, at=at)
        case ["answer", question]:
            return _answered(question, standard, case)
        case ["certificate", type_code, name]:
            return _from_certificate(type_code, name, case)
        case ["field", code]:
            return case.values.get(code)
        case [who_and_what]:
            return _from_party(who_and_what, case)
        case _:
            return None


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


def _answered(question_code: str, standard: ItemStandard, case: Case) -> FieldValue | None:
    answer = case.answers.get(question_code)
    question = next((q for q in standard.questions if q.code == question_code), None)
    if answer is None or question is None:
        return None
    label = next((o.label for o in question.options if o.code == answer.option), "")
    return FieldValue(value=label, source=Source.DERIVED, at=answer.at)


def _from_certificate(type_code: str, name: str, case: Case) -> FieldValue | None:
    for evidence in case.evidence.values():
        used = evidence.certificate
        if used is not None and used.type_code == type_code and name in used.fields:
            return FieldValue(
                value=used.fields[name],
                source=Source.CERTIFICATE,
                at=used.fetched_at,
                record=used.number,
            )
    return None


def _parties(case: Case) -> Mapping[str, Party | None]:
    applicant = case.applicant
    person = applicant.representative or applicant.party if applicant else None
    return {
        "applicant": applicant.party if applicant else None,
        "representative": person,
        "handler": case.handler.party if case.handler else None,
    }


def _from_party(path: str, case: Case) -> FieldValue | None:
    who, _, what = path.partition(".")
    party = _parties(case).get(who)
    if who == "handler" and what == "relation" and case.handler:
        return FieldValue(
            value=case.handler.relation,
            source=Source.DERIVED,
            at=case.handler.party.identified_at,
        )
    if party is None:
        return None
    value = _of_party(party, what)
    if not value:
        return None
    return FieldValue(value=value, source=_not_typed_here(party), at=party.identified_at)


def _not_typed_here(party: Party) -> Source:
    """Return where the line gets a party's value from.

    A typed party is not a typed line: that would stand still when the party is put right.
    """
    return Source.DERIVED if party.source in HELD_BY_PERSON else party.source


def _of_party(party: Party, what: str) -> str:
    match what:
        case "name":
            return party.name
        case "id_number":
            return party.id_number
        case "address":
            return party.address
        case "sex":
            return party.sex
        case "birth_on":
            return party.birth_on.isoformat() if party.birth_on else ""
        case _:
            return ""


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
        found = _from_certificate(type_code, name, case)
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
        age = facts_of(case, local_date(at)).age
        if age is None:
            return None
        option = _by_lower_bound(detail, age)
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
