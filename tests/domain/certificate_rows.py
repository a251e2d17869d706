"""A shop's food permit and licences of a library, as plain values."""

from dataclasses import replace
from datetime import date

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateStatus, CertificateSummary
from clerk.domain.party import Applicant
from tests.domain.at_the_window import LICENCE_TYPE, draft, person, shop


def certificate(number: str, **changed: object) -> CertificateSummary:
    made = CertificateSummary(
        certificate_id=number,
        type_code=LICENCE_TYPE,
        type_name="营业执照",
        number=number,
        holder_name=shop().name,
        issuer_name="示例县行政审批服务局",
        issuer_code="11990123",
        issued_on=date(2026, 3, 11),
        valid_from_on=None,
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorised=True,
        formats=("PDF",),
        fields={},
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def food_case(*, named: bool = True) -> Case:
    """A shop's draft; without ``named`` only its owner's identity card lies there."""
    body = shop() if named else replace(shop(), name="", id_number="")
    return replace(draft(), applicant=Applicant(party=body, representative=person()))
