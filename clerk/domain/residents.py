"""What a citizen's number tells about him: birth, sex, age."""

from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """Sex as registered (GB/T 2261.1); the value is the standard's code."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


def resident_birth_on(number: str) -> date | None:
    """Return the birth date inside an 18-digit card number, None where there is no such day."""
    digits = number[6:14]
    if len(digits) != 8 or not _digits_only(digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def resident_sex(number: str) -> Sex:
    """Return the sex that the 17th digit of a card number tells: odd is male."""
    digit = number[16:17]
    if not _digits_only(digit):
        return Sex.UNKNOWN
    return Sex.MALE if int(digit) % 2 else Sex.FEMALE


def age_on(birth_on: date, day: date) -> int:
    """Return the completed years (周岁) on ``day``; the birthday itself completes one.

    Who was born on 29 February completes a year on 1 March where there is no such day.
    """
    before_birthday = (day.month, day.day) < (birth_on.month, birth_on.day)
    return day.year - birth_on.year - before_birthday


def _digits_only(text: str) -> bool:
    return text.isascii() and text.isdigit()
