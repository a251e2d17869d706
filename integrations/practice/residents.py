"""The people and firms of ``holders.toml``: those that the library knows besides the first few."""

import tomllib
from collections.abc import Mapping
from typing import Any, Final

from clerk import assets
from clerk.domain.check_digits import resident_check_digit
from integrations.practice.certificate_types import body_code
from integrations.practice.people import AREA, COUNTY, PracticeFirm, PracticePerson


def _person(told: Mapping[str, Any]) -> PracticePerson:
    body = f"{AREA}{told['birth_on']:%Y%m%d}{told['order']}"
    return PracticePerson(
        name=told["name"],
        sex="男" if int(told["order"]) % 2 else "女",
        birth_on=told["birth_on"],
        id_number=body + resident_check_digit(body),
        phone=told["phone"],
        address=f"{COUNTY}{told['address']}",
        nation=told.get("nation", "汉"),
        use_code=told["use_code"],
    )


def _firm(told: Mapping[str, Any], people: Mapping[str, PracticePerson]) -> PracticeFirm:
    kind, organisation = told["code"]
    return PracticeFirm(
        name=told["name"],
        kind=told["kind"],
        code=body_code(kind, organisation),
        person=people[told["person"]],
        address=f"{COUNTY}{told['address']}",
        scope=told["scope"],
        registered_on=told["registered_on"],
        capital_10k=told.get("capital_10k", ""),
        use_code=told["use_code"],
    )


_TOLD: Final = tomllib.loads(assets.read_text("resources", "practice/holders.toml"))

RESIDENTS: Final = tuple(_person(one) for one in _TOLD["people"])
_BY_NAME: Final = {one.name: one for one in RESIDENTS}
BODIES: Final = tuple(_firm(one, _BY_NAME) for one in _TOLD["firms"])
WITHOUT_CARD: Final = frozenset(
    _BY_NAME[one["name"]].id_number for one in _TOLD["people"] if not one.get("card", True)
)
"""The numbers of those that the library knows, and holds nothing of."""
