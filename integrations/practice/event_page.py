"""The pages of a practice peer's events behind a cursor, and a peer that never turns the page."""

import sqlite3
from collections.abc import Callable
from typing import Final

from integrations.practice import ledger
from integrations.practice.envelope import Refused, Request, Tree

_MOST_EVENTS: Final = 500
_SAME_PAGE: Final = "same_page"


def stay_on_page(tx: sqlite3.Connection, stays: bool) -> None:
    """From now on answer every question with the last event, a page full, under the old cursor."""
    ledger.set_setting(tx, _SAME_PAGE, "yes" if stays else "no")


def events_page(
    tx: sqlite3.Connection, request: Request, table: str, tree: Callable[[sqlite3.Row], Tree]
) -> Tree:
    """Return the events of ``table`` behind the cursor of the question, and the next cursor."""
    cursor, limit = request.text("cursor"), int(request.text("limit"))
    if not (cursor == "" or (cursor.isascii() and cursor.isdigit())) or limit < 1:
        raise Refused("INVALID_ARGUMENT", "游标或条数不对")
    if ledger.setting(tx, _SAME_PAGE, "no") == "yes":
        last = tx.execute(
            f"SELECT * FROM {table} ORDER BY number DESC LIMIT 1"  # noqa: S608  our own name
        ).fetchall()
        return [*(("event", tree(row)) for row in last * limit), ("cursor", cursor)]
    rows = tx.execute(
        f"SELECT * FROM {table} WHERE number > ? ORDER BY number LIMIT ?",  # noqa: S608  our own
        (int(cursor or 0), min(limit, _MOST_EVENTS)),
    ).fetchall()
    return [
        *(("event", tree(row)) for row in rows),
        ("cursor", str(rows[-1]["number"]) if rows else cursor),
    ]
