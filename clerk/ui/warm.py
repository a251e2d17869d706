"""Draws what forms are painted with once, before the first form is."""

from collections.abc import Iterator

from clerk.ui import icons
from clerk.ui.chips import CHIP_LOOKS, Source

_CHIP_STROKE = "2.25"
_MARK_TONES = ("t2", "t3")


def icons_of_forms() -> Iterator[None]:
    """Read and draw the icons of chips and source marks, one at each step."""
    for look in CHIP_LOOKS.values():
        if look.icon and look.icon != "dot":
            icons.pixmap(look.icon, 14, look.icon_tone, stroke=_CHIP_STROKE)
            yield
    for source in Source:
        for tone in _MARK_TONES:
            icons.pixmap(source.icon, 14, tone)
        yield
