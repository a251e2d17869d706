"""The practice channel for short messages (短信): takes texts, shows them, sends none."""

import json
import re
import sqlite3
from typing import ClassVar, Final

from integrations.practice.bodies import body_of
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.service import Service

_MOBILE: Final = re.compile(r"1\d{10}")


class Messages(Service):
    """A text to a number that is no mobile one is refused, as a real channel does."""

    contract: ClassVar[str] = "messages"
    fault_name: ClassVar[str] = "MessagesFault"
    reads: ClassVar[frozenset[str]] = frozenset()
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS text (
        message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, body TEXT NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Take a text."""
        if request.operation != "SendMessage":
            raise Refused("INVALID_ARGUMENT", "没有这项操作")
        body = body_of(request)
        if not _MOBILE.fullmatch(str(body.get("mobile", ""))):
            raise Refused("NUMBER_NOT_MOBILE", "不是手机号码")
        if not str(body.get("text", "")).strip():
            raise Refused("INVALID_ARGUMENT", "缺少短信内容")
        tx.execute(
            "INSERT INTO text VALUES (?, ?, ?)",
            (
                request.header("messageId"),
                request.case_id,
                json.dumps(body, ensure_ascii=False, sort_keys=True),
            ),
        )
        return []

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return every text that was taken, oldest first."""
        rows = tx.execute("SELECT case_id, body FROM text ORDER BY rowid")
        return {"texts": [{"case_id": row["case_id"], **json.loads(row["body"])} for row in rows]}
