"""The starter catalogue as tests read it."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from clerk import assets
from clerk.domain.catalogue_line import CatalogueLine, line_of
from clerk.domain.condition import Facts
from clerk.domain.party import PartyKind
from clerk.domain.pinyin import Initials
from clerk.domain.sounds import Sounds
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from

TODAY = date(2026, 3, 18)

FILES = tuple(n for n in assets.names("resources", "standards") if n.endswith(".toml"))


@cache
def _parsed(name: str) -> dict[str, Any]:
    return tomllib.loads(assets.read_text("resources", name))


def raw(item_code: str) -> dict[str, Any]:
    """The parsed TOML of an item, free to be spoiled."""
    return deepcopy(_parsed(next(name for name in FILES if f"/{item_code}/" in name)))


@cache
def item(item_code: str) -> ItemStandard:
    return standard_from(raw(item_code))


@cache
def catalogue() -> tuple[ItemStandard, ...]:
    return tuple(standard_from(_parsed(name)) for name in FILES)


@cache
def newest() -> Mapping[str, ItemStandard]:
    """Of each item the version in force on the day, one still to come where none is."""
    found = sorted(catalogue(), key=lambda one: (one.in_force(TODAY), one.version))
    return {one.item_code: one for one in found}


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


def sounds() -> Sounds:
    return Sounds.read(
        assets.read_text("resources", "pinyin/syllables.txt"),
        assets.read_text("resources", "pinyin/phrases.txt"),
    )


@cache
def lines() -> tuple[CatalogueLine, ...]:
    return tuple(map(line_of, catalogue()))
