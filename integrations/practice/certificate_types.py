"""The types of certificate that the practice library serves (``certificate_types.toml``)."""

import tomllib
from collections.abc import Mapping
from typing import Any, Final

from clerk import assets
from clerk.domain.check_digits import organisation_check_character, unified_code_check_character
from clerk.values import dataclass

_DEFINING_BODY: Final = "11990123MB0000094P"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateType:
    """A type; ``number`` and ``fields`` are texts with gaps for what its holder is called.

    ``years`` is how long one is valid, 0 without end; ``tone`` the colour of its frame.
    """

    serial: int
    name: str
    issuer: str
    issuer_code: str
    number: str
    years: int
    tone: str
    landscape: bool
    fields: Mapping[str, str]

    @property
    def code(self) -> str:
        """The 21 characters of the type: defining body (18) and serial (3)."""
        return f"{_DEFINING_BODY}{self.serial:03}"


def _types() -> dict[str, CertificateType]:
    told = tomllib.loads(assets.read_text("resources", "practice/certificate_types.toml"))["types"]
    issuers = list(dict.fromkeys(str(one["issuer"]) for one in told))
    return {one["name"]: _type(one, issuers.index(one["issuer"])) for one in told}


def _type(told: Mapping[str, Any], issuer: int) -> CertificateType:
    return CertificateType(
        serial=told["serial"],
        name=told["name"],
        issuer=told["issuer"],
        issuer_code=body_code("11", f"MB002{issuer:03}"),
        number=told.get("number", ""),
        years=told.get("years", 0),
        tone=told["tone"],
        landscape=told.get("landscape", False),
        fields=told.get("fields", {}),
    )


def body_code(kind: str, organisation: str) -> str:
    """Return the unified code of an invented body of area 990123 (GB 32100, GB 11714)."""
    code = f"{kind}990123{organisation}{organisation_check_character(organisation)}"
    return code + unified_code_check_character(code)


TYPES: Final = _types()
