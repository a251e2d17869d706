"""The public list of decided permits as a table of plain text (双公示清单)."""

import csv
import io
from collections.abc import Iterable

from clerk.domain.publication import PublishedDecision
from clerk.wording_results import GRANTED, NO_END, PUBLISHED_HEADINGS, REFUSED

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_of(rows: Iterable[PublishedDecision]) -> str:
    """Return the list as CSV (RFC 4180), headings first; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(PUBLISHED_HEADINGS)
    for row in rows:
        writer.writerow(
            [
                as_text(cell)
                for cell in (
                    row.name,
                    row.credit_code,
                    row.number,
                    row.item,
                    GRANTED if row.granted else REFUSED,
                    row.decided_on.isoformat(),
                    row.valid_until_on.isoformat() if row.valid_until_on else NO_END,
                    row.body,
                    row.body_code,
                )
            ]
        )
    return text.getvalue()


def as_text(cell: str) -> str:
    """Return a cell that no office program takes for a formula."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
