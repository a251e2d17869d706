"""One certificate of the practice library, and the guises in which it can be shown."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Final

from clerk.domain.certificate import CertificateStatus
from clerk.domain.check_digits import mod_37_36_check_character
from clerk.values import dataclass, replace
from integrations.practice.certificate_types import TYPES
from integrations.practice.people import AREA

_ROOT: Final = "1.2.156.3005.2"
_FIRST_ISSUER_CODE: Final = "11990123MB00010014"
_STRANGER: Final = "冒名者"
_LONG_AGO: Final = date(2025, 12, 31)


class Guise(StrEnum):
    """As what a certificate is shown; the last four are flaws of its file."""

    NORMAL = "normal"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    WRONG_HOLDER = "wrong_holder"
    CHANGED_BYTE = "changed_byte"
    """Something was written over after it was sealed."""
    HALF_COVERED = "half_covered"
    """Something that is shown lies outside of what was sealed."""
    UNSEALED = "unsealed"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A certificate in the library, listed under the number of ``owner``.

    Several who hold it together are joined by ``^``, in ``owner`` as in ``holder_name``.
    ``issuer_part`` is how its identifier names the issuer; ``check_character`` stands there in
    place of the right one. Its file is made at the first use and then kept in memory.
    """

    owner: str
    serial: str
    type_name: str
    number: str
    holder_name: str
    issuer_name: str
    issued_on: date
    valid_until_on: date | None = None
    status: CertificateStatus = CertificateStatus.VALID
    fields: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ("PDF", "OFD")
    issuer_code: str = _FIRST_ISSUER_CODE
    issuer_part: str = AREA
    check_character: str = ""
    guise: Guise = Guise.NORMAL

    @property
    def type_code(self) -> str:
        """The 21 characters of its type."""
        return TYPES[self.type_name].code

    @property
    def certificate_id(self) -> str:
        """Its identifier (GB/T 36904) with its check character."""
        parts = (self.type_code, self.issuer_part, self.serial, "001")
        check = self.check_character or mod_37_36_check_character("".join(parts))
        return ".".join((_ROOT, *parts, check))

    def file(self, version: int, file_format: str = "PDF") -> bytes:
        """Return its file of one of its ``formats``; always the same bytes for a version."""
        # Fonts, pictures and signatures are loaded for the first file, not when the peer starts.
        from integrations.practice.certificate_makers import file_of

        return file_of(self, version, file_format)


def dressed(holding: Holding, guise: Guise) -> Holding:
    """Return ``holding`` as it is to be shown."""
    holding = replace(holding, guise=guise)
    match guise:
        case Guise.EXPIRED:
            until = max(holding.issued_on, _LONG_AGO)
            return replace(holding, status=CertificateStatus.EXPIRED, valid_until_on=until)
        case Guise.REVOKED:
            return replace(holding, status=CertificateStatus.REVOKED)
        case Guise.SUSPENDED:
            return replace(holding, status=CertificateStatus.SUSPENDED)
        case Guise.WRONG_HOLDER:
            fields = {
                name: _STRANGER if value == holding.holder_name else value
                for name, value in holding.fields.items()
            }
            return replace(holding, holder_name=_STRANGER, fields=fields)
    return holding
