"""What a certificate brings into the form, and the draft once it was used."""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, CertificateSummary, CertificateUse
from clerk.domain.days import local_date
from clerk.domain.intake import (
    certificate_was_used,
    from_certificate,
    with_evidence,
    with_value,
)
from clerk.domain.material import StoredFile
from clerk.domain.party import Source
from clerk.domain.prefill import HELD_BY_PERSON, prefilled
from clerk.domain.standard import FormField, ItemStandard
from clerk.ui.actions import Here
from clerk.values import dataclass, replace
from clerk.wording_reuse import typed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A line of the form before and after; ``typed``: a person chose the value that stands there.

    ``said`` is the value before with where it is from and how old it is.
    """

    field: str
    label: str
    old: str
    new: str
    typed: bool
    said: str = ""

    @property
    def conflict(self) -> bool:
        """Whether a person has to say which of the two counts."""
        return self.typed and self.old != self.new


def fills_of(
    here: Here,
    case: Case,
    requirement_code: str,
    leave: Authorisation,
    certificate: CertificateSummary,
) -> tuple[Fill, ...]:
    """Return what would be filled, in the order of the form, by trying it on a copy."""
    standard, at = here.standard(case.item_code, case.standard_version), here.now()
    use = CertificateUse(
        certificate_id=certificate.certificate_id,
        type_code=certificate.type_code,
        type_name=certificate.type_name,
        number=certificate.number,
        holder_name=certificate.holder_name,
        holder=leave.holder,
        issuer_name=certificate.issuer_name,
        valid_until_on=certificate.valid_until_on,
        status=certificate.status,
        authorisation_id=leave.authorisation_id,
        mode=leave.mode,
        fetched_at=at,
        fields=certificate.fields,
    )
    reached = [line.code for line in _reached(standard, certificate.type_code)]
    values = {
        code: held
        for code, held in case.values.items()
        if code not in reached or held.source not in HELD_BY_PERSON
    }
    evidence = {
        **case.evidence,
        requirement_code: from_certificate(use, (), here.session, at),
    }
    trial = certificate_was_used(replace(case, evidence=evidence, values=values), here.session, use)
    tried = prefilled(standard, trial, at, here.calendar)
    found = []
    for line in _reached(standard, certificate.type_code):
        new, held = tried.values.get(line.code), case.values.get(line.code)
        if new is not None and new.source is Source.CERTIFICATE and new.record == use.number:
            by_person = held is not None and held.source in HELD_BY_PERSON
            found.append(
                Fill(
                    field=line.code,
                    label=line.label,
                    old=held.value if held else "",
                    new=new.value,
                    typed=by_person,
                    said=typed_words(held, local_date(at)) if held and by_person else "",
                )
            )
    return tuple(found)


def with_certificate(
    here: Here,
    case: Case,
    requirement_code: str,
    use: CertificateUse,
    files: tuple[StoredFile, ...],
    fills: Sequence[Fill],
    taken: frozenset[str],
) -> Case:
    """Return the draft with the certificate in it and the form filled.

    ``taken`` names the fields where the certificate's value replaces a typed one. Where the typed
    one stays, the certificate's is kept beside it, so that the difference is seen in the verdict.
    """
    at = here.now()
    case = with_evidence(case, requirement_code, from_certificate(use, files, here.session, at))
    case = certificate_was_used(case, here.session, use)
    typed = {fill.field: case.values[fill.field] for fill in fills if fill.typed}
    for field in typed:
        case = with_value(case, field, "", at)
    standard = here.standard(case.item_code, case.standard_version)
    case = prefilled(standard, case, at, here.calendar)
    for fill in fills:
        held = typed.get(fill.field)
        if held is not None and fill.conflict and fill.field not in taken:
            case = with_value(case, fill.field, held.value, at, held.source)
    return prefilled(standard, case, at, here.calendar)


def _reached(standard: ItemStandard, type_code: str) -> list[FormField]:
    """The lines that may take a value from a certificate of this type."""
    start = f"certificate:{type_code}:"
    return [line for line in standard.fields if any(p.startswith(start) for p in line.prefill)]
