"""All materials of a case against all certificates of a holder at once (证照匹配).

One leave opens the list for every material that its holder's certificates can stand in for. What
the case does not ask for is counted and never named.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateSummary, Holder, Unusable, why_unusable
from clerk.domain.certificate_file import FileLook, SealState
from clerk.domain.certificate_status import certificates_held
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identifiers import IdKind
from clerk.domain.material_checks import holder_of, party_of
from clerk.domain.party import Party
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass


class HolderRelation(StrEnum):
    """What the holder of a certificate is to the applicant, where they are not the same (持证关系)."""

    HEAD = "head"
    BODY = "body"
    AGENT = "agent"
    GUARDIAN = "guardian"
    HOUSEHOLD = "household"


NEEDS_A_LOOK: Final = frozenset(
    {SealState.NONE, SealState.UNTRUSTED, SealState.PARTLY, SealState.UNDECIDED}
)
"""Seals that our own look cannot answer for: a person has to say that he looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLook:
    """What the file of a certificate shows (证照文件查看).

    ``restarted`` tells that the library changed the file while it was being fetched,
    ``undigested`` that it sent no digest to hold the file against.
    """

    look: FileLook
    restarted: bool
    undigested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialMatch:
    """One certificate against one material of the case; without reasons it can stand in for it.

    ``used`` tells that it stands for the material already.
    """

    material: str
    material_name: str
    certificate: CertificateSummary
    reasons: tuple[Unusable, ...]
    used: bool = False

    @property
    def usable(self) -> bool:
        """Whether it may stand in for the material now."""
        return not self.reasons and not self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What one leave brings: a row for each material and certificate, usable ones first.

    ``missing`` are the materials for which the library has nothing of this holder; ``unnamed`` is
    how many certificates the leave covers that the case does not ask for.
    """

    holder: Holder
    rows: tuple[MaterialMatch, ...]
    missing: tuple[str, ...] = ()
    unnamed: int = 0


def wanted_of(
    standard: ItemStandard, case: Case, on: date, calendar: WorkCalendar
) -> tuple[Requirement, ...]:
    """Return the materials that this case asks for and a certificate may stand in for."""
    asked = asked_of(standard, facts_of(case, on, calendar))
    return tuple(one for one in asked.requirements if callable_for(one))


def callable_for(asked: Requirement) -> bool:
    """Whether the standard lets a certificate stand in for the material."""
    return asked.certificate is not None and Way.CERTIFICATE in asked.ways


def wanted_of_holder(
    wanted: Sequence[Requirement], case: Case, holder: Holder
) -> tuple[Requirement, ...]:
    """Return those of the materials whose certificate ``holder`` holds.

    Where the case does not know yet who that is, it is whoever gave leave: a shop is known by its
    licence. Where it knows, the number decides: two may bear one name.
    """
    return tuple(asked for asked in wanted if _held_by(asked, case, holder))


def holder_party(holder: Holder, case: Case) -> Party | None:
    """Return who of the case the holder is; None for somebody else, or a body still unnamed."""
    for who in ("applicant", "representative", "handler"):
        party = party_of(who, case)
        if party is not None and _same(party, holder):
            return party
    return None


def type_codes(wanted: Sequence[Requirement]) -> tuple[str, ...]:
    """Return the types that these materials ask for, each once, in their order."""
    codes = (asked.certificate.type_code for asked in wanted if asked.certificate is not None)
    return tuple(dict.fromkeys(codes))


def match_certificates(
    wanted: Sequence[Requirement],
    found: Sequence[CertificateSummary],
    case: Case,
    holder: Holder,
    on: date,
) -> Matches:
    """Set every certificate against every material that asks for its type."""
    rows = [
        _row(asked, one, case, holder, on)
        for asked in wanted
        for one in found
        if asked.certificate is not None and asked.certificate.type_code == one.type_code
    ]
    named = {row.certificate.certificate_id for row in rows}
    matched = {row.material for row in rows}
    return Matches(
        holder=holder,
        rows=tuple(sorted(rows, key=lambda row: (not row.usable, row.used))),
        missing=tuple(asked.code for asked in wanted if asked.code not in matched),
        unnamed=len({one.certificate_id for one in found} - named),
    )


def holder_name(asked: Requirement, case: Case, holder: Holder) -> str:
    """Return the name the certificate must bear: as the case has it, else as the library has."""
    party = holder_of(asked, case)
    return party.name if party is not None and party.id_number else holder.name


def best_rows(matches: Matches) -> tuple[MaterialMatch, ...]:
    """Return one usable certificate for each material that has exactly one to choose from."""
    usable = [row for row in matches.rows if row.usable]
    return tuple(
        row for row in usable if sum(other.material == row.material for other in usable) == 1
    )


def asks_relation(case: Case, holder: Holder, certificate: CertificateSummary) -> bool:
    """Whether a person has to say what the holder is to the applicant.

    Nothing is asked where they are the same, nor of a body that is not named yet and whose own
    certificate names the person at the window as its head.
    """
    applicant = case.applicant
    if applicant is None:
        return True
    if applicant.party.id_number:
        return not _same(applicant.party, holder)
    head = applicant.representative
    of_body = holder.id_type == IdKind.UNIFIED_CODE.code
    return not (of_body and head is not None and head.name in certificate.fields.values())


def likely_relation(case: Case, holder: Holder) -> HolderRelation:
    """Return what the holder most likely is to the applicant, by who he is in the case."""
    handler = case.handler
    head = case.applicant.representative if case.applicant else None
    if head is not None and _same(head, holder):
        return HolderRelation.HEAD
    if handler is not None and _same(handler.party, holder):
        return HolderRelation.AGENT
    if holder.id_type == IdKind.UNIFIED_CODE.code:
        return HolderRelation.BODY
    return HolderRelation.HOUSEHOLD


def _row(
    asked: Requirement,
    certificate: CertificateSummary,
    case: Case,
    holder: Holder,
    on: date,
) -> MaterialMatch:
    held = certificates_held(case).get(asked.code)
    return MaterialMatch(
        material=asked.code,
        material_name=asked.name,
        certificate=certificate,
        reasons=reasons_against(asked, certificate, case, holder, on),
        used=held is not None and held.certificate_id == certificate.certificate_id,
    )


def reasons_against(
    asked: Requirement, certificate: CertificateSummary, case: Case, holder: Holder, on: date
) -> tuple[Unusable, ...]:
    """Return every reason why a certificate may not stand in for a material of the case."""
    return why_unusable(
        certificate,
        type_code=asked.certificate.type_code if asked.certificate else "",
        holder_name=holder_name(asked, case, holder),
        on=on,
    )


def _held_by(asked: Requirement, case: Case, holder: Holder) -> bool:
    party = holder_of(asked, case)
    if party is not None and party.id_number:
        return _same(party, holder)
    return holder_party(holder, case) is None


def _same(party: Party, holder: Holder) -> bool:
    return bool(party.id_number) and party.id_number.upper() == holder.id_number.upper()
