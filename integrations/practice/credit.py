"""The practice credit platform (信用信息平台): who has a bad record, and what was reported to it."""

import json
import sqlite3
from collections.abc import Mapping
from typing import ClassVar, Final

from integrations.practice.bodies import body_of
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.people import FIRMS, PEOPLE, QIAN_JIADING
from integrations.practice.residents import BODIES, RESIDENTS
from integrations.practice.service import Service

_REPAIR: Final = "改正以后凭整改证明申请信用修复，五个工作日内办结"
_CONTACT: Final = "示例县信用办信用修复窗口，电话 000-1000 016"
_RECORDS: Final[Mapping[str, Mapping[str, str]]] = {
    QIAN_JIADING.id_number: {
        "recordNumber": "示信〔2025〕第 7 号",
        "source": "示例县民政局",
        "fact": "领取补贴时作虚假承诺",
        "recordedOn": "2025-09-10",
        "repair": _REPAIR,
        "contact": _CONTACT,
    },
}
_KNOWN: Final = frozenset(
    {
        *(one.id_number for one in (*PEOPLE, *RESIDENTS)),
        *(one.code for one in (*FIRMS, *BODIES)),
    }
)


class Credit(Service):
    """Knows the practice people, one of them badly, and nothing of anybody else.

    Its control ``{"repair": number}`` repairs a record, ``{"forget": number}`` makes somebody
    unknown, ``{"note": number}`` gives somebody the record of ``QIAN_JIADING``.
    """

    contract: ClassVar[str] = "credit"
    fault_name: ClassVar[str] = "CreditFault"
    reads: ClassVar[frozenset[str]] = frozenset({"AskCredit"})
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS standing (id_number TEXT PRIMARY KEY, outcome TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS report (
        message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, body TEXT NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        match request.operation:
            case "AskCredit":
                return _ask(tx, request)
            case "ReportFalsePromise":
                return _report(tx, request)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Change how somebody stands."""
        for name, outcome in (("repair", "GOOD"), ("forget", "UNKNOWN"), ("note", "BAD")):
            number = order.get(name)
            if isinstance(number, str) and number:
                tx.execute("INSERT OR REPLACE INTO standing VALUES (?, ?)", (number, outcome))
                return
        raise Refused("INVALID_ARGUMENT", "没有这项控制")

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return what was reported."""
        return {
            "reports": [
                dict(row) | {"body": json.loads(row["body"])}
                for row in tx.execute("SELECT message_id, case_id, body FROM report")
            ]
        }


def _ask(tx: sqlite3.Connection, request: Request) -> Tree:
    if not request.case_id:
        raise Refused("ACCESS_DENIED", "只能为办件查询")
    number = request.text("idNumber")
    row = tx.execute("SELECT outcome FROM standing WHERE id_number = ?", (number,)).fetchone()
    known = "BAD" if number in _RECORDS else "GOOD" if number in _KNOWN else "UNKNOWN"
    outcome = str(row["outcome"]) if row is not None else known
    told: list[tuple[str, str | Tree]] = [("idNumber", number), ("outcome", outcome)]
    if outcome == "BAD":
        record = _RECORDS.get(number, _RECORDS[QIAN_JIADING.id_number])
        told.append(("record", list(record.items())))
    return told


def _report(tx: sqlite3.Connection, request: Request) -> Tree:
    body = body_of(request)
    if not body.get("heard_at") or not body.get("reported_by"):
        raise Refused("INVALID_ARGUMENT", "没有听取陈述申辩的记录，不收")
    tx.execute(
        "INSERT INTO report VALUES (?, ?, ?)",
        (
            request.header("messageId"),
            request.case_id,
            json.dumps(body, ensure_ascii=False, sort_keys=True),
        ),
    )
    return []
