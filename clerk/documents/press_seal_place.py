"""Where the office's seal stands on a letter, for the press's child process alone.

A letter comes from a bureau's own Word file: its seal stands behind the words that ask for it.
"""

from typing import Final

import pypdfium2

from clerk.documents.marks import SEAL_PLACE

_ASKS: Final = "行政机关（盖章）"
_SIDE_MM: Final = 34.0
_BELOW_MM: Final = 4.0
"""So far below the top of the words it begins: under the office's name, and it ends over the day."""
_MM: Final = 25.4 / 72


def seal_marks(pdf: bytes) -> list[list[str | int | float]]:
    """Return the seal's place as a row of marks; none where no words ask for one."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in reversed(range(len(document))):
            page = document[number]
            found = page.get_textpage().search(_ASKS, match_case=True).get_next()
            if found is None:
                continue
            width, height = page.get_size()
            first, count = found
            left, _, _, _ = page.get_textpage().get_charbox(first)
            _, _, right, top = page.get_textpage().get_charbox(first + count - 1)
            x = min(max(left, right) * _MM, width * _MM - _SIDE_MM)
            y = min((height - top) * _MM + _BELOW_MM, height * _MM - _SIDE_MM)
            return [[SEAL_PLACE, number + 1, round(x, 2), round(y, 2), _SIDE_MM, _SIDE_MM]]
    return []
