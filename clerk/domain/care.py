"""What a person needs to be served well (服务需求): who goes first, what is read, who is visited.

Marked by the clerk at the applicant's word, never by the program: an age in an identity number
only suggests. It decides nothing about the case itself. Source: 无障碍环境建设法 (2023) art. 30,
38; 国办发〔2020〕45号 (老年人运用智能技术困难); the hall's own list of 绿色通道.
"""

from datetime import date, datetime
from enum import StrEnum

from clerk.values import dataclass


class ServiceNeed(StrEnum):
    """Why somebody is served apart; a closed list, no value holds a space."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    INFIRM = "infirm"
    SOLDIER = "soldier"
    VETERAN = "veteran"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """A visit at home that was promised (上门服务): where, under which number, on which day."""

    address: str
    phone: str
    wanted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDone:
    """A visit that took place, or was tried: what came of it, and who went."""

    on: date
    address: str
    note: str
    by: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What is to be kept in mind about the person of a case.

    ``green_channel`` lets him go first (绿色通道); papers are printed large where ``large_print``
    is set. ``visit`` is the one still to be made, None where none is.
    """

    needs: tuple[ServiceNeed, ...] = ()
    green_channel: bool = False
    large_print: bool = False
    visit: HomeVisit | None = None
    noted_by: str = ""
    noted_at: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is marked."""
        return not (self.needs or self.green_channel or self.large_print or self.visit)

    @property
    def marks(self) -> tuple[str, ...]:
        """What lists show of it, as codes: the needs, ``green``, ``visit``; never an address."""
        green = ("green",) if self.green_channel else ()
        visit = ("visit",) if self.visit else ()
        return (*green, *self.needs, *visit)
