"""What a form of an act is made of (表单各项), as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from clerk.domain.case import Case
from clerk.domain.course import CaseRules

Listed = Callable[[CaseRules, Case], Sequence[tuple[str, str]]]
"""The codes that may be chosen, and what each reads as."""


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

    ``also`` is a second list, always into ``choice``. ``points`` are looked at one by one, and
    those that hold go into ``seen``. ``files`` names what may be attached, empty where nothing may.
    """

    says: str
    boxes: tuple[Box, ...] = ()
    listed: Listed | None = None
    list_into: str = "choice"
    list_name: str = ""
    also: Listed | None = None
    also_name: str = ""
    points: Listed | None = None
    points_name: str = ""
    files: str = ""
