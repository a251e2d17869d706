"""What a form of an act is made of (表单各项), as data."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum, auto

from clerk.domain.case import Case
from clerk.domain.course import CaseRules
from clerk.values import dataclass

Listed = Callable[[CaseRules, Case], Sequence[tuple[str, str]]]
"""The codes that may be chosen, and what each reads as."""


ListedOn = Callable[[CaseRules, Case, date], Sequence[tuple[str, str]]]
"""The same, by the hall's day."""


class Kind(Enum):
    """How the text of a box is read."""

    TEXT = auto()
    WHOLE = auto()
    DAY = auto()
    MONEY = auto()
    NAMES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: the field of ``ActWords`` it fills; one that is not ``needed`` may stay empty."""

    into: str
    label: str
    kind: Kind = Kind.TEXT
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """What an act says, the list to choose from (into ``material``, ``procedure``, ``choice``).

    ``listed_on`` is such a list where what may be chosen depends on the day.

    ``also`` is a second list, always into ``choice``. ``points`` are looked at one by one, and
    those that hold go into ``seen``. ``files`` names what may be attached, empty where nothing may.
    ``sure`` is said before it is done; then a second F9 does it. Empty where one is enough.
    """

    says: str
    boxes: tuple[Box, ...] = ()
    listed: Listed | None = None
    listed_on: ListedOn | None = None
    list_into: str = "choice"
    list_name: str = ""
    also: Listed | None = None
    also_name: str = ""
    points: Listed | None = None
    points_name: str = ""
    files: str = ""
    sure: str = ""
