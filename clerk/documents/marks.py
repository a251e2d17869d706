"""Where on a printed page each filled value stands.

HTML carries a mark as the target of an anchor; the press takes the marks out of the page again,
so the PDF itself has no links.
"""

from clerk.values import dataclass

SEAL_PLACE = "seal"
"""Marks no value, but where an office's seal stands."""

_PREFIX = "value-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A filled value on a page: ``page`` counts from 1, the rectangle is in millimetres."""

    field: str
    page: int
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


def mark_of(field: str) -> str:
    """Return the anchor target that marks a value of ``field``."""
    return f"#{_PREFIX}{field}"


def field_of(target: str) -> str | None:
    """Return the field that an anchor target marks; None where it is no mark of ours."""
    return target.removeprefix(_PREFIX) if target.startswith(_PREFIX) else None
