"""How numbers and names of people are grouped for reading and masked in lists.

Text of another shape is returned as it is by the grouping functions and fully masked by the
masking ones: nothing personal is shown because it was unusual.
"""

_MASK = "*"


def grouped_identity_number(number: str) -> str:
    """An identity number in groups of 6, 8 and 4: ``990123 19880312 0010``."""
    if len(number) != 18:
        return number
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def grouped_phone(number: str) -> str:
    """A mobile number in groups of 3, 4 and 4: ``138 0000 0147``."""
    if len(number) != 11 or not number.isdigit():
        return number
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def masked_identity_number(number: str) -> str:
    """First six and last four stay, the birthday goes: ``990123 ******** 0010``."""
    if len(number) != 18:
        return _MASK * len(number)
    return f"{number[:6]} {_MASK * 8} {number[14:]}"


def masked_phone(number: str) -> str:
    """The middle four go: ``138 **** 0147``."""
    if len(number) != 11 or not number.isdigit():
        return _MASK * len(number)
    return f"{number[:3]} {_MASK * 4} {number[7:]}"


def masked_name(name: str) -> str:
    """The first character stays: ``张**``; a name of one character is masked whole."""
    return name[0] + _MASK * (len(name) - 1) if len(name) > 1 else _MASK * len(name)
