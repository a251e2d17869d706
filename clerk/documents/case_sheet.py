"""The list of cases as a sheet to take away (导出): CSV or a worksheet, identity numbers masked."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from clerk.documents.plain import plain
from clerk.documents.publication import as_text
from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.masking import masked_identity_number
from clerk.wording_cases import EXPORT_HEADINGS, EXPORT_SHEET, held, state_of

_WIDTHS = (18, 24, 22, 30, 16, 30, 12, 12, 12, 12)


def row_of(line: CaseLine, case: Case, today: date) -> tuple[str, ...]:
    """Return what the sheet says of one case, in the order of its headings."""
    days = (
        local_date(line.received_at) if line.received_at else None,
        local_date(line.accepted_at) if line.accepted_at else None,
        line.due_on,
        line.statutory_due_on,
    )
    cells = (
        line.label,
        line.applicant_name,
        _masked(case),
        line.item_name,
        state_of(line),
        held(line, today),
        *(day.isoformat() if day else "" for day in days),
    )
    return tuple(as_text(plain(cell)) for cell in cells)


def _masked(case: Case) -> str:
    number = case.applicant.party.id_number if case.applicant else ""
    return masked_identity_number(number) if number else ""


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write the rows as CSV that office programs open as UTF-8 (with its mark, RFC 4180)."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(EXPORT_HEADINGS)
        writer.writerows(rows)


def write_worksheet(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write the rows as a worksheet file, row by row; no cell is ever a formula or a number."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(EXPORT_SHEET)
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.append(EXPORT_HEADINGS)
    for row in rows:
        sheet.append(row)
    book.save(path)
