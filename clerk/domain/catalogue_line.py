"""What is kept of every published version for finding it: a line of the catalogue (事项目录).

A province has over 100,000 items: whole standards are read one by one, lines all at once.
"""

from datetime import date
from typing import Final

from clerk.domain.standard import ItemStandard
from clerk.values import dataclass

IN_FORCE: Final = "1"
CANCELLED: Final = "3"
"""Codes of ``state_code`` (事项状态)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueLine:
    """One version of one item as it is found; the days are the first and last one in force.

    ``codes`` are all codes that people know the item by, ``aliases`` its common names (俗称).
    ``body`` and ``phone`` say who tells more about it where it cannot be taken in. By ``law_kind``,
    ``use_level`` (a code) and ``offline`` a window may choose what it takes.
    """

    item_code: str
    version: int
    name: str
    state_code: str
    effective_on: date
    ended_on: date | None = None
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    body: str = ""
    phone: str = ""
    law_kind: str = ""
    use_level: str = ""
    offline: bool = False

    def in_force(self, on: date) -> bool:
        """Whether this version may be taken in on ``on``."""
        ended = self.ended_on is not None and self.ended_on < on
        return self.state_code == IN_FORCE and self.effective_on <= on and not ended


def line_of(standard: ItemStandard) -> CatalogueLine:
    """Return the line of a published version."""
    codes = (
        standard.task_code,
        standard.handle_item_code,
        standard.local_code,
        standard.catalog_code,
        standard.item_code,
    )
    return CatalogueLine(
        item_code=standard.item_code,
        version=standard.version,
        name=standard.name,
        state_code=standard.state.code,
        effective_on=standard.effective_on,
        ended_on=standard.ended_on,
        aliases=standard.aliases,
        codes=tuple(dict.fromkeys(code for code in codes if code)),
        body=standard.body.short_name or standard.body.name,
        phone=standard.consult or standard.body.phone,
        law_kind=standard.law_kind.value,
        use_level=standard.use_level.code,
        offline=standard.offline,
    )
