"""What the paths of a standard lead to in a case (``applicant.name``, ``certificate:…`` …)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, FieldValue
from clerk.domain.certificate import CertificateUse
from clerk.domain.days import local_date
from clerk.domain.party import Party, Source
from clerk.domain.shared_asking import standing_answer
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import ItemStandard

HELD_BY_PERSON: Final = frozenset({Source.TYPED, Source.EARLIER})
"""Sources that prefill leaves alone."""

OF_THE_LIBRARY: Final = frozenset({"number", "holder_name", "issuer_name", "valid_until_on"})
"""What the library tells of every certificate, beside its face values."""

OF_A_MATERIAL: Final = frozenset({"issued_on", "valid_until_on"})
"""The days of a paper that are recorded when it is taken in."""

NO_END: Final = date.max
"""The last day of what is valid without end (长期)."""


def value_at(path: str, standard: ItemStandard, case: Case, at: datetime) -> FieldValue | None:
    """Return what a prefill path of the standard leads to, None where nothing is known yet."""
    match path.split(":"):
        case ["today"]:
            day = local_date(case.received_at or at)  # a correction makes no new application
            return FieldValue(value=day.isoformat(), source=Source.DERIVED, at=at)
        case ["answer", question]:
            return _answered(question, standard, case)
        case ["certificate", type_code, name]:
            return from_certificate(type_code, name, case)
        case ["shared", source, name]:
            return _from_shared(source, name, case)
        case ["material", code, what]:
            return _of_material(code, what, case)
        case ["field", code]:
            return case.values.get(code)
        case [who_and_what]:
            return _from_party(who_and_what, case)
        case _:
            return None


def _answered(question_code: str, standard: ItemStandard, case: Case) -> FieldValue | None:
    answer = case.answers.get(question_code)
    question = next((q for q in standard.questions if q.code == question_code), None)
    if answer is None or question is None:
        return None
    label = next((o.label for o in question.options if o.code == answer.option), "")
    return FieldValue(value=label, source=Source.DERIVED, at=answer.at)


def text_at(case: Case, path: str) -> str:
    """Return what a condition's path leads to, empty where nothing is known yet.

    Of a case alone: a condition asks for no label of the standard, and its day is handed to it.
    """
    match path.split(":"):
        case ["certificate", type_code, name]:
            found = from_certificate(type_code, name, case)
        case ["shared", source, name]:
            found = _from_shared(source, name, case)
        case ["material", code, what]:
            found = _of_material(code, what, case)
        case [who_and_what]:
            found = _from_party(who_and_what, case)
        case _:
            found = None
    return found.value if found else ""


def from_certificate(type_code: str, name: str, case: Case) -> FieldValue | None:
    """Return a face value of a certificate used in the case, or what the library says of it."""
    for evidence in case.evidence.values():
        used = evidence.certificate
        if used is None or used.type_code != type_code:
            continue
        value = used.fields.get(name)
        if value is None and name in OF_THE_LIBRARY:
            value = _said_by_library(used, name)
        if value is not None:
            return FieldValue(
                value=value,
                source=Source.CERTIFICATE,
                at=used.fetched_at,
                record=used.number,
            )
    return None


def _said_by_library(used: CertificateUse, name: str) -> str:
    match name:
        case "number":
            return used.number or used.certificate_id
        case "holder_name":
            return used.holder_name
        case "issuer_name":
            return used.issuer_name
        case _:
            return (used.valid_until_on or NO_END).isoformat()


def _from_shared(source: str, name: str, case: Case) -> FieldValue | None:
    """Return what a source of shared data said about whom this case is about now."""
    answer = standing_answer(case, SharedSource(source))
    if answer is None or not answer.proves or not answer.values.get(name):
        return None
    return FieldValue(
        value=answer.values[name],
        source=Source.SHARED_DATA,
        at=answer.at,
        record=answer.record_number,
    )


def _of_material(code: str, what: str, case: Case) -> FieldValue | None:
    """Return a day that the paper bears, as far as it was recorded when it was taken in."""
    held = case.evidence.get(code)
    if held is None:
        return None
    day = {"issued_on": held.issued_on, "valid_until_on": held.valid_until_on}.get(what)
    if day is None:
        return None
    return FieldValue(value=day.isoformat(), source=Source.DERIVED, at=held.at)


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
