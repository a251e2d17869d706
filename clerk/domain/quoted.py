"""Values that a paper quotes (引用的内容): where each comes from, and where it is changed at intake.

A paper keeps which value stands where on its pages. What it was taken from is read off the case and
its standard when somebody looks: a value that came from a card is told as one, one that the standard
fixes as one that nobody changes at the counter.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from clerk.domain.case import Case
from clerk.domain.material import Origin
from clerk.domain.party import Party, Source
from clerk.domain.standard import ItemStandard
from clerk.values import dataclass

ABOUT: Final = "/"
"""Stands in a field's name between a list and what one of its lines tells of."""


class QuoteSource(StrEnum):
    """Where a value comes from that is not a person's: see ``Source`` for those."""

    BY_STANDARD = "by_standard"
    BY_AUTHORITY = "by_authority"
    BY_CALENDAR = "by_calendar"
    BY_PLATFORM = "by_platform"
    BY_LEDGER = "by_ledger"
    BY_COUNTER = "by_counter"
    AT_INTAKE = "at_intake"
    AT_MAKING = "at_making"
    BY_MATERIALS = "by_materials"
    BY_DECISION = "by_decision"
    BY_ACT = "by_act"
    NOT_KEPT = "not_kept"


class QuotePlace(StrEnum):
    """Where at intake a value is changed."""

    AT_APPLICANT = "at_applicant"
    AT_FIELD = "at_field"
    AT_MATERIAL = "at_material"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A value as a paper says it.

    ``field`` is what its places on the pages are called: the name of a value of the paper, for the
    lines of a list with a slash and what the line is about. It is empty where nobody kept that.
    """

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedValue:
    """A quote and its origin; ``record`` names the card, certificate or case it was taken from.

    ``place`` is None where nobody can change it at intake; ``code`` is that of the form's line or of
    the material, empty where the place has no lines.
    """

    quote: Quote
    source: Source | Origin | QuoteSource
    record: str = ""
    place: QuotePlace | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Origin:
    source: Source | Origin | QuoteSource
    record: str = ""
    place: QuotePlace | None = None
    code: str = ""


_APPLICANT: Final = frozenset(
    {"applicant_name", "applicant_kind", "applicant_id_kind", "applicant_id_number"}
)
_HANDLER: Final = frozenset(
    {"handler", "agent_name", "agent_id_kind", "agent_id_number", "relation"}
)
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "applicant_phone": "phone",
        "contact_phone": "phone",
        "contact_mobile": "phone",
        "pickup": "delivery",
        "project_name": "project_name",
        "site": "premises",
    }
)
"""Values that every item takes from the same line of its form."""

_NAMES: Final[Mapping[QuoteSource, str]] = MappingProxyType(
    {
        QuoteSource.BY_STANDARD: (
            "item_name basis fees limit project_type procedures remedies silence_rule consequence "
            "law_kind fee_name fee_standard income_code body_code exemptions proof_name item_basis "
            "proof_basis must_be_true excluded promise_way check public conditions_met_by points "
            "procedure failing result_name services"
        ),
        QuoteSource.BY_AUTHORITY: "body_name seal_name body_contact body_phone",
        QuoteSource.BY_CALENDAR: (
            "due_on decide_by_on reply_by_on until_on before_on later_on pay_by_on back_by_on workdays"
        ),
        QuoteSource.BY_PLATFORM: "number case_number provisional_number query_code qr_text",
        QuoteSource.BY_LEDGER: (
            "document_number letter_number replaces decision_number new_number replaced_number "
            "result_number"
        ),
        QuoteSource.BY_COUNTER: (
            "clerk_line phone supervise_phone how_to_submit how_to_supply place courier"
        ),
        QuoteSource.AT_INTAKE: "received_on received_at",
        QuoteSource.AT_MAKING: "made_on",
        QuoteSource.BY_MATERIALS: (
            "materials deferred missing_rows late_rows returned still_open there lacking not_asked"
        ),
        QuoteSource.BY_DECISION: "content decided_by valid_until_on results",
    }
)
_SOURCES: Final[Mapping[str, QuoteSource]] = MappingProxyType(
    {name: source for source, names in _NAMES.items() for name in names.split()}
)


def quoted_values(
    standard: ItemStandard, case: Case, quotes: Iterable[Quote]
) -> tuple[QuotedValue, ...]:
    """Return where each quote comes from, as the case has it now."""
    return tuple(_with_origin(standard, case, quote) for quote in quotes)


def quoted_earlier(values: Iterable[tuple[str, str]]) -> tuple[QuotedValue, ...]:
    """Return what a paper of an older program quotes: it kept neither origin nor places."""
    return tuple(
        QuotedValue(quote=Quote(field="", label=label, text=text), source=QuoteSource.NOT_KEPT)
        for label, text in values
    )


def _with_origin(standard: ItemStandard, case: Case, quote: Quote) -> QuotedValue:
    name, _, subject = quote.field.partition(ABOUT)
    found = (_of_subject(standard, case, subject) if subject else None) or _of_name(case, name)
    return QuotedValue(
        quote=quote,
        source=found.source,
        record=found.record,
        place=found.place,
        code=found.code,
    )


def _of_subject(standard: ItemStandard, case: Case, subject: str) -> _Origin | None:
    """Return the origin of a line by what it is about: somebody, a line of the form, a material."""
    role, _, part = subject.partition(".")
    if part and role in _people(case):
        return _of_party(_people(case)[role])
    if any(line.code == subject for line in standard.fields):
        return _of_field(case, subject)
    if any(asked.code == subject for asked in standard.requirements):
        held = case.evidence.get(subject)
        source = held.origin if held else QuoteSource.BY_MATERIALS
        return _Origin(source, place=QuotePlace.AT_MATERIAL, code=subject)
    return None


def _of_name(case: Case, name: str) -> _Origin:
    people = _people(case)
    if name in _APPLICANT:
        return _of_party(people.get("applicant"))
    if name in _HANDLER:
        return _of_party(people.get("handler"))
    if name == "representative_name":
        return _of_party(people.get("representative") or people.get("applicant"))
    if name in {"contact", "contact_address"}:
        return _of_party(_contact(people, addressed=name == "contact_address"))
    if name in _FIELDS:
        return _of_field(case, _FIELDS[name])
    return _Origin(_SOURCES.get(name, QuoteSource.BY_ACT))


def _contact(people: Mapping[str, Party], *, addressed: bool) -> Party | None:
    """Return whom the papers name for questions, or whose address they give."""
    order = (
        ("applicant", "representative") if addressed else ("handler", "representative", "applicant")
    )
    known = [people[role] for role in order if role in people]
    return next((one for one in known if one.address or not addressed), None)


def _people(case: Case) -> Mapping[str, Party]:
    found = {}
    if case.applicant is not None:
        found["applicant"] = case.applicant.party
        if case.applicant.representative is not None:
            found["representative"] = case.applicant.representative
    if case.handler is not None:
        found["handler"] = case.handler.party
    return found


def _of_party(party: Party | None) -> _Origin:
    source = party.source if party is not None else Source.DERIVED
    return _Origin(source, place=QuotePlace.AT_APPLICANT)


def _of_field(case: Case, code: str) -> _Origin:
    """Return the origin of a line of the form; one that is not filled was put together."""
    held = case.values.get(code)
    if held is None:
        return _Origin(Source.DERIVED)
    return _Origin(held.source, record=held.record, place=QuotePlace.AT_FIELD, code=code)
