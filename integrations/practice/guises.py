"""Which certificates the practice library shows as something else: kept with its ledger."""

import sqlite3
from typing import Final

from integrations.practice.envelope import Refused
from integrations.practice.holding import Guise, Holding, dressed
from integrations.practice.holdings import BY_ID

ALL: Final = "*"
"""In place of an identifier: every certificate that has no guise of its own."""

TABLE: Final = """
CREATE TABLE IF NOT EXISTS guise (certificate_id TEXT PRIMARY KEY, guise TEXT NOT NULL);
"""


def dress(tx: sqlite3.Connection, certificate_id: str, guise: str) -> None:
    """Show a certificate, or ``ALL`` of them, as ``guise`` from now on; raises ``Refused``."""
    if guise not in set(Guise) or certificate_id not in {ALL, *BY_ID}:
        raise Refused("INVALID_ARGUMENT", "没有这份证照或者这种变化")
    if certificate_id == ALL:
        tx.execute("DELETE FROM guise")
    tx.execute("INSERT OR REPLACE INTO guise VALUES (?, ?)", (certificate_id, guise))


def worn(tx: sqlite3.Connection) -> dict[str, str]:
    """Return every guise that was given, by identifier or for ``ALL``."""
    return {row["certificate_id"]: row["guise"] for row in tx.execute("SELECT * FROM guise")}


def as_told(tx: sqlite3.Connection, holding: Holding) -> Holding:
    """Return a certificate in its guise; its own comes before that of all."""
    row = tx.execute(
        "SELECT guise FROM guise WHERE certificate_id IN (?, ?) ORDER BY certificate_id = ?",
        (holding.certificate_id, ALL, ALL),
    ).fetchone()
    return holding if row is None else dressed(holding, Guise(row["guise"]))
