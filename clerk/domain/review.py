"""What a person found where he looked before deciding (审查要点的结论), and what counts as reasons."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from clerk.values import dataclass

LEAST_LETTERS: Final = 8
"""A bare word of agreement is shorter than that; so is every opinion that gives no reason."""


class PointOutcome(StrEnum):
    """What was found at one review point."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAnswer:
    """The answer to one review point; anything but ``MET`` says why in ``remark``."""

    outcome: PointOutcome
    remark: str
    at: datetime
    by: str


def gives_reasons(opinion: str) -> bool:
    """Whether an opinion says more than that one agrees."""
    return sum(character.isalnum() for character in opinion) >= LEAST_LETTERS
