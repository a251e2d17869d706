"""The records of the Guangdong-type library, and what they are here (soap.md 1.2, 6.2)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from clerk.domain.certificate import CertificateStatus, CertificateSummary, Holder
from integrations.certificates.face_fields import face_fields
from integrations.certificates.field_days import day, last_day
from integrations.certificates.json_model import Model, number, one_of, several, text, written_day

_STATUSES: Final = {
    "ISSUED": CertificateStatus.VALID,
    "ABOLISHED": CertificateStatus.REVOKED,
    "SUSPENDED": CertificateStatus.SUSPENDED,
    "UNKNOWN": CertificateStatus.UNKNOWN,
}
SHOWN: Final = frozenset(_STATUSES)
"""DRAFT and REGISTERED are made and not issued: nobody has such a certificate yet."""

_FILLED: Final = text(least=1)
_CODE: Final = text(least=1, most=128, pattern=r"[\x21-\x7e]+")
_FORMATS: Final = frozenset({"PDF", "OFD", "PNG"})

LINE: Final = Model(
    must={
        "license_code": _CODE,
        "name": _FILLED,
        "license_item_code": _CODE,
        "holder_name": _FILLED,
        "holder_identity_num": text(least=6, most=64),
        "license_status": one_of("DRAFT", "REGISTERED", *_STATUSES),
        "auth_code": _CODE,
    },
    may={
        "id_code": text(),
        "holder_identity_type": text(most=3),
        "issue_org_name": text(),
        "issue_org_code": text(most=32),
        "division_code": text(most=12),
        "issue_date": written_day,
        "begin_date": written_day,
        "expiry_date": written_day,
        "trust_level": text(most=8),
    },
)
"""A line of a list: what there is, and the auth code (用证码) that opens it for one use."""

RECORD: Final = Model(
    must={**LINE.must, "id_code": text(), "issue_org_name": text(), "issue_date": written_day},
    may={
        **LINE.may,
        "data_fields": text(most=64 * 1024),
        "file_types": several(text(most=8), most=6),
        "s_sign_cert": text(most=16 * 1024),
        "s_sign_data": text(most=16 * 1024),
        "algorithm": text(most=64),
    },
)
"""A whole record; its face values are JSON inside of a text."""

HOLDER: Final = Model(
    must={
        "holder_name": _FILLED,
        "holder_identity_type": text(pattern="[0-9]{3}"),
        "holder_identity_num": text(least=6, most=32, pattern="[0-9A-Za-z]+"),
    },
    may={},
)

LIST: Final = Model(
    must={
        "auth_codes": several(_CODE, most=150),
        "data": several(LINE.read, most=150),
        "total_count": number(most=100_000),
    },
    may={},
)
LIST_OF_HOLDER: Final = Model(must={**LIST.must, "holder": HOLDER.read}, may={})
ONE_RECORD: Final = Model(must={"data": RECORD.read}, may={})
LOGIN: Final = Model(must={"access_token": _CODE}, may={"expires_in": number(most=10_000_000)})
CURRENT_USER: Final = Model(
    must={"account": _FILLED, "timestamp": _FILLED},
    may={
        "division": text(),
        "division_code": text(most=12),
        "service_org": text(),
        "service_org_code": text(most=32),
    },
)
FILE_TOKEN: Final = Model(must={"license_access_token": _CODE}, may={})
ARCHIVE: Final = Model(
    must={"file_name": _FILLED, "file_data": text(least=64, most=1 << 30)},
    may={"license_code": _CODE},
)

T = TypeVar("T")


def holder_of(values: Mapping[str, Any]) -> Holder:
    """Return who holds it, as the library says."""
    return Holder(
        name=values["holder_name"],
        id_type=values["holder_identity_type"],
        id_number=values["holder_identity_num"],
    )


def summary_of(record: Mapping[str, Any], on: date) -> CertificateSummary:
    """Return an issued or abolished record as the port shows it on this day.

    Raises:
        NoDay: a day is none.
        JsonRefused: its face values cannot be read.
    """
    until = _maybe(last_day, record["expiry_date"])
    status = _STATUSES[record["license_status"]]
    if status is CertificateStatus.VALID and until is not None and until < on:
        status = CertificateStatus.EXPIRED
    formats = [each.upper() for each in record["file_types"] or ("PDF",)]
    return CertificateSummary(
        certificate_id=record["license_code"],
        type_code=record["license_item_code"],
        type_name=record["name"],
        number=record["id_code"],
        holder_name=record["holder_name"],
        issuer_name=record["issue_org_name"],
        issuer_code=record["issue_org_code"] or "",
        issued_on=day(record["issue_date"]),
        valid_from_on=_maybe(last_day, record["begin_date"]),
        valid_until_on=until,
        status=status,
        authorised=True,  # it has an auth code
        formats=tuple(each for each in dict.fromkeys(formats) if each in _FORMATS),
        fields=face_fields(record["data_fields"] or ""),
    )


def _maybe(read: Callable[[str], T], value: str | None) -> T | None:
    return None if value is None else read(value)
