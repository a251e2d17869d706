"""Sessions of the practice libraries that want one before they answer."""

import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from integrations.practice.account import ACCOUNT, PASSWORD
from integrations.practice.envelope import Refused

TABLES: Final = """
CREATE TABLE IF NOT EXISTS session (token TEXT PRIMARY KEY, until TEXT NOT NULL);
"""

_LASTS: Final = timedelta(minutes=20)


def begin(tx: sqlite3.Connection, account: str, password: str, at: datetime) -> str:
    """Return the token of a new session; raises ``Refused``."""
    if (account, password) != (ACCOUNT, PASSWORD):
        raise Refused("AUTHN_FAILED", "账号或密码不对")
    token = secrets.token_hex(16)
    tx.execute("INSERT INTO session VALUES (?, ?)", (token, (at + _LASTS).isoformat()))
    return token


def check(tx: sqlite3.Connection, token: str, at: datetime) -> None:
    """Raise ``Refused`` where the session is over or never was."""
    row = tx.execute("SELECT until FROM session WHERE token = ?", (token,)).fetchone()
    if row is None or at >= datetime.fromisoformat(row["until"]):
        raise Refused("SESSION_OVER", "会话已失效")


def end_all(tx: sqlite3.Connection) -> None:
    """End every session at once, as a restart over there would."""
    tx.execute("DELETE FROM session")
