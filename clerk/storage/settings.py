"""What a person set for himself or a counter for itself: small JSON values by key."""

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from clerk.storage import upsert
from clerk.storage.codec import canonical_json
from clerk.storage.tables import account_settings

COUNTER = ""
"""Stands for the counter itself where no person is meant."""


def get(tx: Connection, account_id: str, key: str, default: Any = None) -> Any:
    """Return the plain JSON value set under ``key``, ``default`` where none was."""
    text = tx.execute(
        select(account_settings.c.value_json).where(
            account_settings.c.account_id == account_id, account_settings.c.key == key
        )
    ).scalar_one_or_none()
    return default if text is None else json.loads(text)


def put(tx: Connection, account_id: str, key: str, value: Any) -> None:
    """Set a plain JSON value; None removes it."""
    if value is None:
        tx.execute(
            delete(account_settings).where(
                account_settings.c.account_id == account_id, account_settings.c.key == key
            )
        )
        return
    row = {"value_json": canonical_json(value)}
    upsert.put(tx, account_settings, {"account_id": account_id, "key": key}, row)
