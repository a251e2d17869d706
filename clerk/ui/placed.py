"""Where a filled value stands, as a viewer of pages wants to know it."""

from clerk.domain.issued import PlacedValue
from clerk.ui.widgets.page_view import PageMark

_A4_WIDTH, _A4_HEIGHT = 2100, 2970
"""Tenths of a millimetre."""


def mark_of(value: PlacedValue) -> PageMark:
    """Return the place as parts of an A4 page, under the name of the field."""
    return PageMark(
        page=value.page - 1,
        left=value.left / _A4_WIDTH,
        top=value.top / _A4_HEIGHT,
        width=value.width / _A4_WIDTH,
        height=value.height / _A4_HEIGHT,
        name=value.field,
    )
