"""Where the office's seal stands on a letter, for the press's child process alone.

A letter comes from a bureau's own Word file: its seal stands behind the words that ask for it.
"""

from collections.abc import Sequence
from typing import Final

from clerk.documents.drawn_pages import DrawnPage
from clerk.documents.marks import SEAL_PLACE

_ASKS: Final = "行政机关（盖章）"
_SIDE_MM: Final = 34.0
_BELOW_MM: Final = 4.0
"""So far below the top of the words it begins: under the office's name, and it ends over the day."""
_MM: Final = 25.4 / 72


def seal_marks(pages: Sequence[DrawnPage]) -> list[list[str | int | float]]:
    """Return the seal's place as a row of marks; none where no words ask for one."""
    for number, page in reversed(list(enumerate(pages, 1))):
        first = page.words.find(_ASKS)
        if first < 0:
            continue
        left, _, _, _ = page.box(first)
        _, top, right, _ = page.box(first + len(_ASKS) - 1)
        x = min(max(left, right) * _MM, page.width * _MM - _SIDE_MM)
        y = min(top * _MM + _BELOW_MM, page.height * _MM - _SIDE_MM)
        return [[SEAL_PLACE, number, round(x, 2), round(y, 2), _SIDE_MM, _SIDE_MM]]
    return []
