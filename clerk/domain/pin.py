"""The PIN that a chief representative types at a decision (审批密码)."""

from enum import StrEnum
from itertools import pairwise
from typing import Final

DIGITS: Final = 6
PRACTICE_PIN: Final = "246810"
"""The public PIN of the practice hall; nobody may choose it for himself."""


class PinState(StrEnum):
    """How a person's PIN stands."""

    ABSENT = "absent"
    USABLE = "usable"
    LOCKED = "locked"


def is_pin(text: str) -> bool:
    """Whether the text has the form of a PIN."""
    return len(text) == DIGITS and text.isascii() and text.isdecimal()


def easily_guessed(pin: str) -> bool:
    """Whether anybody would try it first: one digit, digits in a row, the practice hall's."""
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return pin == PRACTICE_PIN or steps in ({0}, {1}, {-1})
