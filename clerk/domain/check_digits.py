"""The last character of a number, computed from the others.

Each function takes the characters before the check character, already in the normal form that
``clerk.domain.identifiers`` makes (ASCII digits and capitals); other characters are our own bug.
"""

from typing import Final

UNIFIED_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V, Z (GB 32100-2015)."""

_DIGITS_AND_CAPITALS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHARACTERS: Final = "10X98765432"
_UNIFIED_CODE_WEIGHTS: Final = tuple(pow(3, power, 31) for power in range(17))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def resident_check_digit(body: str) -> str:
    """Return the 18th character, ``X`` included, to 17 digits. Source: GB 11643 (MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_RESIDENT_WEIGHTS, body, strict=True))
    return _RESIDENT_CHARACTERS[total % 11]


def unified_code_check_character(body: str) -> str:
    """Return the 18th character to 17 of a unified social credit code. Source: GB 32100-2015."""
    total = sum(
        weight * UNIFIED_CODE_ALPHABET.index(character)
        for weight, character in zip(_UNIFIED_CODE_WEIGHTS, body, strict=True)
    )
    return UNIFIED_CODE_ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the 9th character to 8 of an organisation code. Source: GB 11714."""
    total = sum(
        weight * _DIGITS_AND_CAPITALS.index(character)
        for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    return "0123456789X"[-total % 11]


def mod_37_36_check_character(body: str) -> str:
    """Return the check character of ISO 7064 MOD 37,36 (GB/T 17710) to ``body``."""
    carried = 36
    for character in body:
        added = (carried + _DIGITS_AND_CAPITALS.index(character)) % 36 or 36
        carried = added * 2 % 37
    return _DIGITS_AND_CAPITALS[(1 - carried) % 36]
