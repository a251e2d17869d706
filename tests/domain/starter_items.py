"""The starter catalogue as tests read it."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from clerk import assets
from clerk.domain.condition import Facts
from clerk.domain.party import PartyKind
from clerk.domain.pinyin import Initials
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from

TODAY = date(2026, 3, 18)

FILES = tuple(n for n in assets.names("resources", "standards") if n.endswith(".toml"))


def raw(item_code: str) -> dict[str, Any]:
    """The parsed TOML of an item, free to be spoiled."""
    name = next(name for name in FILES if f"/{item_code}/" in name)
    return tomllib.loads(assets.read_text("resources", name))


def item(item_code: str) -> ItemStandard:
    return standard_from(raw(item_code))


def catalogue() -> tuple[ItemStandard, ...]:
    return tuple(standard_from(tomllib.loads(assets.read_text("resources", n))) for n in FILES)


def facts(
    answers: Mapping[str, str],
    *,
    kind: PartyKind | None = None,
    age: int | None = None,
    handler: bool = False,
) -> Facts:
    return Facts(
        answers=answers, fields={}, applicant_kind=kind, age=age, has_handler=handler, on=TODAY
    )


def initials() -> Initials:
    return Initials.read(
        assets.read_text("resources", "pinyin/initials.txt"),
        assets.read_text("resources", "pinyin/phrases.txt"),
    )
