"""What the 申请书 says: who asks, and every line of the form as it was filled in at the window."""

from typing import TYPE_CHECKING

from clerk import wording
from clerk.domain.case import Case
from clerk.domain.papers import Application, FormRow, MaterialRow
from clerk.domain.party import Party

if TYPE_CHECKING:
    from clerk.documents.content import Occasion


def application(
    of: "Occasion", common: dict[str, object], materials: tuple[MaterialRow, ...], phone: str
) -> Application:
    """Return the paper; ``common`` is what every paper carries."""
    case = of.case
    fields = {line.code: line for line in of.standard.fields}
    return Application(
        **common,  # type: ignore[arg-type]  # values of one mapping
        applicant_rows=_applicant_rows(case, phone),
        rows=tuple(
            FormRow(
                label=fields[code].label,
                value=_shown(case, code, fields[code].unit),
                code=code,
            )
            for code in of.verdict.fields
            if code in case.values
        ),
        materials=materials,
    )


def _shown(case: Case, code: str, unit: str) -> str:
    value = case.values[code].value
    return f"{value} {unit}" if unit else value


def _applicant_rows(case: Case, phone: str) -> tuple[FormRow, ...]:
    rows: list[FormRow] = []
    if case.applicant:
        rows += _party_rows("申请人", case.applicant.party, "applicant")
        if case.applicant.representative:
            rows += _party_rows("负责人", case.applicant.representative, "representative")
    if case.handler:
        rows += _party_rows("经办人", case.handler.party, "handler")
    return (*rows, *([FormRow(label="联系电话", value=phone, code="phone")] if phone else []))


def _party_rows(role: str, party: Party, code: str) -> list[FormRow]:
    kind = wording.ID_KINDS[party.id_kind]
    told = (
        (role, party.name, "name"),
        (f"{role}{kind}", party.id_number, "id_number"),
        (f"{role}住址", party.address, "address"),
    )
    return [
        FormRow(label=label, value=value, code=f"{code}.{part}")
        for label, value, part in told
        if value
    ]
