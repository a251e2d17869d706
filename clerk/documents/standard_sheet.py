"""A list of item standards as a worksheet file; no cell is ever a formula or a number."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

_WIDTH: Final = 18
_MOST_CHARACTERS: Final = 32_767
"""A cell holds no more (ISO/IEC 29500 is silent, the programs are not)."""


def write_standard_sheet(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write the list row by row.

    Raises:
        OSError: the place cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    sheet.freeze_panes = "B2"

    def cell(said: str) -> Any:
        text = ILLEGAL_CHARACTERS_RE.sub("", said)[:_MOST_CHARACTERS]
        if not text.startswith("="):
            return text
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"
        return made

    sheet.append(list(headings))
    for row in rows:
        sheet.append([cell(text) for text in row])
    book.save(path)
