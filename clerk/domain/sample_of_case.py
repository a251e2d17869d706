"""A sample case after a case that was once at a window (照办件做样例), with nobody in it.

What was answered, chosen, counted and dated is kept, days as their distance to the day the case was
taken in; the applicant and every word that was typed are replaced by an invented person's. An
invented person's card number follows from his age and so from the day of the check: it is never
written down, a field that bears one of the case's own is left to be filled from the card.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from clerk.domain.case import Case
from clerk.domain.credit import CreditOutcome
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.errors import BadInput
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identifiers import IdKind
from clerk.domain.material import Evidence
from clerk.domain.party import Party, PartyKind
from clerk.domain.path_values import HELD_BY_PERSON
from clerk.domain.residents import Sex, age_on
from clerk.domain.sample_case import GivenAs, SampleWho
from clerk.domain.sample_editing import Line
from clerk.domain.sample_evidence import usual_way
from clerk.domain.sample_people import SamplePeople
from clerk.domain.standard import FieldKind, FormField, ItemStandard, Requirement, Way
from clerk.values import dataclass

_AS_IT_IS: Final = frozenset(
    {FieldKind.CHOICE, FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY}
)
_MOBILE: Final = "13800000147"
_ACCOUNT: Final = "6200000000000005"
_NO_PAPER: Final = frozenset({Way.COMMITMENT, Way.DEFERRAL, Way.EXEMPT})
_SEXES: Final[Mapping[str, str]] = {Sex.MALE.value: "male", Sex.FEMALE.value: "female"}
_BY_ITSELF: Final = frozenset({GivenAs.MADE, GivenAs.CARD})


def sample_of_case(
    standard: ItemStandard, case: Case, people: SamplePeople, calendar: WorkCalendar
) -> Line:
    """Return the case as an edited sample that expects nothing yet.

    Raises:
        BadInput: among the invented people is nobody of the applicant's kind.
    """
    on = local_date(case.received_at or case.opened_at)
    asked = asked_of(standard, facts_of(case, on, calendar))
    applicant = _applicant(case, people, on)
    line: Line = {
        "applicant": applicant,
        "answers": {code: answer.option for code, answer in case.answers.items()},
        "fields": _fields(case, asked.fields, _Stand.of(case, people, applicant, on), on),
        "materials": [
            given
            for one in asked.requirements
            if (given := _material(one, case.evidence.get(one.code), on)) is not None
        ],
    }
    if case.handler is not None:
        line["handler"] = {"like": _another(people, str(applicant["like"]))}
        if not case.handler.mandate.signed:
            line["mandate"] = "unsigned"
    if case.credit is not None and case.credit.outcome is CreditOutcome.BAD:
        line["bad_credit"] = True
    return {key: held for key, held in line.items() if held not in ({}, [])}


def _applicant(case: Case, people: SamplePeople, on: date) -> Line:
    kind = case.applicant.party.kind if case.applicant else PartyKind.PERSON
    of_kind = [body.key for body in people.bodies.values() if body.kind is kind]
    if kind is not PartyKind.PERSON:
        if not of_kind:
            raise BadInput("样例人物里没有这一类申请人，没有加样例。请换一件别的办件")
        return {"like": of_kind[0]}
    party = case.applicant.party if case.applicant else None
    who: Line = {"like": next(iter(people.persons))}
    if party is not None and party.birth_on is not None:
        who["age"] = age_on(party.birth_on, on)
    if party is not None and party.sex in _SEXES:
        who["sex"] = _SEXES[party.sex]
    return who


def _another(people: SamplePeople, key: str) -> str:
    return next(one for one in people.persons if one != key)


@dataclass(frozen=True, slots=True)
class _Stand:
    """Who stands for whom: an invented person, and what stands for the names of the case.

    ``cards`` are the card numbers of the case's people, which stand nowhere.
    """

    party: Party
    names: Mapping[str, str]
    cards: frozenset[str]

    @classmethod
    def of(cls, case: Case, people: SamplePeople, applicant: Line, on: date) -> "_Stand":
        """The invented applicant's names for those of the case: a check may compare them."""
        sample_who = _who(applicant)
        key = sample_who.key
        person = people.person(sample_who).party(on, case.opened_at)
        body = people.bodies.get(key)
        who = body.party(case.opened_at) if body else person
        names: dict[str, str] = {}
        found = [case.handler.party] if case.handler is not None else []
        if case.applicant is not None:
            real = case.applicant
            pairs = [(real.party, who), (real.representative or real.party, person)]
            found += [old for old, _ in pairs]
            for old, new in reversed(pairs):
                names |= {old.name: new.name, old.id_number: new.id_number}
        cards = [one.id_number for one in found if one.id_kind is IdKind.RESIDENT_ID]
        return cls(person, names, frozenset(cards))


def _who(applicant: Line) -> SampleWho:
    age, sex = applicant.get("age"), applicant.get("sex")
    return SampleWho(
        key=str(applicant["like"]),
        age=age if isinstance(age, int) else None,
        sex=next((Sex(code) for code, word in _SEXES.items() if word == sex), None),
    )


def _fields(case: Case, fields: tuple[FormField, ...], stand: _Stand, on: date) -> dict[str, str]:
    found = {}
    for line in fields:
        held = case.values.get(line.code)
        if line.computed is not None or held is None or held.value in stand.cards:
            continue
        if held.source in HELD_BY_PERSON:
            found[line.code] = _nameless(line, held.value, stand, on)
    return found


def _nameless(line: FormField, value: str, stand: _Stand, on: date) -> str:
    """Return a value that says of nobody who he is."""
    if line.kind in _AS_IT_IS or not value:
        return value
    if value in stand.names:
        return stand.names[value]
    match line.kind:
        case FieldKind.DATE:
            return _from_today(value, on)
        case FieldKind.MOBILE:
            return _MOBILE
        case FieldKind.BANK_ACCOUNT:
            return _ACCOUNT
        case FieldKind.RESIDENT_ID:
            return stand.party.id_number
        case FieldKind.CREDIT_CODE:
            return ""
        case _:
            return stand.party.name[: line.max_length]


def _from_today(value: str, on: date) -> str:
    try:
        days = (date.fromisoformat(value) - on).days
    except ValueError:
        return ""
    return f"today{days:+d}" if days else "today"


def _material(asked: Requirement, held: Evidence | None, on: date) -> Line | None:
    """Return how a material was given, None where it was in order in the usual way."""
    usual = usual_way(asked)
    if held is None:
        return None if usual in _BY_ITSELF else {"code": asked.code, "way": GivenAs.MISSING.value}
    if held.way in _NO_PAPER:
        return {"code": asked.code, "way": held.way.value}
    given: Line = {}
    if held.way.value != usual.value and usual not in _BY_ITSELF:
        given["way"] = held.way.value
    for key, brought, wanted in (
        ("originals", held.originals, asked.originals),
        ("copies", held.copies, asked.copies),
    ):
        if held.way.value == GivenAs.PAPER.value and brought != wanted:
            given[key] = brought
    if held.issued_on is not None:
        given["issued_days_ago"] = (on - held.issued_on).days
    if held.valid_until_on is not None and held.certificate is None and usual not in _BY_ITSELF:
        given["valid_days"] = (held.valid_until_on - on).days
    for name, wanted_of, said in (
        ("signed", bool(asked.signature_by), held.signed),
        ("sealed", asked.needs_seal, held.sealed),
    ):
        if wanted_of and said is False:
            given[name] = False
    if held.fault:
        given["unfit"] = asked.name
    points = [point.code for point in asked.review_points]
    given["unmet"] = [code for code in points if held.points.get(code) is False]
    if held.certificate is None:
        given["unseen"] = [code for code in points if code not in held.points]
    given = {key: value for key, value in given.items() if value != []}
    return {"code": asked.code, **given} if given else None
