"""The remedies (救济途径) a paper names: the item's own text, else what the law says of its body."""

import tomllib
from functools import lru_cache

from clerk import assets
from clerk.domain.office import OfficeRules
from clerk.domain.remedies import RemedyLaw, remedies_told, remedy_law_from
from clerk.domain.standard import ItemStandard


def remedies_of(standard: ItemStandard, office: OfficeRules) -> str:
    """Return the sentence; an exception of a single item stands in its standard."""
    return standard.remedies or remedies_told(_law(), standard.body.name, office.government)


@lru_cache(maxsize=1)
def _law() -> RemedyLaw:
    return remedy_law_from(tomllib.loads(assets.read_text("resources", "remedies.toml")))
