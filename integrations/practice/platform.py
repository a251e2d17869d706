"""The practice one-window platform (一窗式平台): numbers, who bears them, what was handed out."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from integrations.practice import platform_certificates as certificates
from integrations.practice.bodies import body_of
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.service import Service

_HALL: Final = ZoneInfo("Asia/Shanghai")
_MOST_NUMBERS: Final = 1000


PROGRESS: Final[Mapping[str, str]] = {
    "10": "已收件，尚未受理",
    "11": "等待补正",
    "20": "已受理",
    "30": "正在办理",
    "31": "特别程序中",
    "40": "已办结",
    "41": "已办结",
    "42": "已办结",
    "50": "结果待领取",
    "51": "已送达",
    "90": "已答复",
    "92": "已撤回",
    "93": "已终止",
    "94": "已作废",
    "95": "已转报",
}
"""What anybody sees who asks with number and query code: how far, never what it is about."""


class Platform(Service):
    """Numbers are ``YYYYMMDD-NNNN``, given once; a final number must be one of them."""

    contract: ClassVar[str] = "province"
    fault_name: ClassVar[str] = "ProvinceFault"
    reads: ClassVar[frozenset[str]] = frozenset({"ListCertificateUses", "GetCertificateReports"})
    tables: ClassVar[str] = f"""
    {certificates.TABLES}
    CREATE TABLE IF NOT EXISTS leased (
        number TEXT PRIMARY KEY, query_code TEXT NOT NULL, block_id TEXT NOT NULL,
        counter_code TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS claim (
        number TEXT PRIMARY KEY, case_id TEXT NOT NULL, message_id TEXT NOT NULL,
        body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS hand_out (
        message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS result (
        message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS status (
        number TEXT PRIMARY KEY, case_id TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL);
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(folder, now)
        self._folder = folder

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        match request.operation:
            case "LeaseNumbers":
                return self._lease(tx, request)
            case "ClaimNumber":
                return _claim(tx, request)
            case "ReportHandOut":
                return _hand_out(tx, request)
            case "ReportResult":
                return _result(tx, request)
            case "ReportStatus":
                return _status(tx, request)
            case "ListCertificateUses":
                return certificates.uses(tx, request, self._folder)
            case "ReportWrongCertificate":
                return certificates.report(tx, request)
            case "GetCertificateReports":
                return certificates.report_answers(tx, request)
            case "SubmitIssuedCertificate":
                return certificates.submit(tx, request)
            case "WithdrawIssuedCertificate":
                return certificates.withdraw(tx, request)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Answer a report, or plant differences in the list of uses."""
        certificates.steer(tx, order, self.now())

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return how many numbers are out, who bears which, and what was handed out."""
        return {
            "leased": tx.execute("SELECT count(*) AS n FROM leased").fetchone()["n"],
            "claims": [
                dict(row) for row in tx.execute("SELECT number, case_id, message_id FROM claim")
            ],
            "results": [
                json.loads(row["body"])
                for row in tx.execute("SELECT body FROM result ORDER BY rowid")
            ],
            "hand_outs": [
                dict(row) | {"body": json.loads(row["body"])}
                for row in tx.execute("SELECT message_id, case_id, body FROM hand_out")
            ],
            **certificates.state(tx),
        }

    def public(
        self, tx: sqlite3.Connection, path: str, asked: Mapping[str, str]
    ) -> Mapping[str, object] | None:
        """Tell whoever has number and query code (查询密码) how far a case is; nothing else."""
        if path != "/track":
            return None
        row = tx.execute(
            "SELECT state FROM status JOIN leased USING (number)"
            " WHERE number = ? AND query_code = ?",
            (asked.get("number", ""), asked.get("code", "")),
        ).fetchone()
        return None if row is None else {"state": PROGRESS[row["state"]]}

    def _lease(self, tx: sqlite3.Connection, request: Request) -> Tree:
        count = int(request.text("count"))
        if not 1 <= count <= _MOST_NUMBERS:
            raise Refused("INVALID_ARGUMENT", "一次可领1至1000个编号")
        day = f"{self.now().astimezone(_HALL):%Y%m%d}"
        given = tx.execute(
            "SELECT count(*) AS n FROM leased WHERE number LIKE ?", (f"{day}-%",)
        ).fetchone()["n"]
        block_id = f"HD-{day}-{given + 1:04}"
        rows = [
            (
                f"{day}-{given + place:04}",
                f"{secrets.randbelow(1_000_000):06}",
                block_id,
                request.header("windowNo"),
            )
            for place in range(1, count + 1)
        ]
        tx.executemany("INSERT INTO leased VALUES (?, ?, ?, ?)", rows)
        return [
            ("blockId", block_id),
            *(("leased", [("number", row[0]), ("queryCode", row[1])]) for row in rows),
        ]


def _claim(tx: sqlite3.Connection, request: Request) -> Tree:
    body = body_of(request)
    number = body.get("number")
    if not isinstance(number, str) or not number:
        raise Refused("INVALID_ARGUMENT", "缺少编号")
    leased = tx.execute("SELECT 1 FROM leased WHERE number = ?", (number,)).fetchone()
    if leased is None and body.get("provisional") is not True:
        raise Refused("NUMBER_UNKNOWN", "编号不是本平台发放的")
    claimed = tx.execute("SELECT case_id FROM claim WHERE number = ?", (number,)).fetchone()
    if claimed is not None and claimed["case_id"] != request.case_id:
        raise Refused("NUMBER_TAKEN", "编号已被其他办件占用")
    tx.execute(
        "INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?)",
        (number, request.case_id, request.header("messageId"), _json(body)),
    )
    return []


def _hand_out(tx: sqlite3.Connection, request: Request) -> Tree:
    body = body_of(request)
    tx.execute(
        "INSERT INTO hand_out VALUES (?, ?, ?)",
        (request.header("messageId"), request.case_id, _json(body)),
    )
    return []


def _result(tx: sqlite3.Connection, request: Request) -> Tree:
    body = body_of(request)
    if body.get("change") not in {"corrected", "revoked"} or not body.get("document_number"):
        raise Refused("INVALID_ARGUMENT", "结果变更报文不完整")
    tx.execute(
        "INSERT INTO result VALUES (?, ?, ?)",
        (request.header("messageId"), request.case_id, _json(body)),
    )
    return []


def _status(tx: sqlite3.Connection, request: Request) -> Tree:
    body = body_of(request)
    number, state, at = (str(body.get(name, "")) for name in ("number", "state", "at"))
    if tx.execute("SELECT 1 FROM leased WHERE number = ?", (number,)).fetchone() is None:
        raise Refused("NUMBER_UNKNOWN", "编号不是本平台发放的")
    if state not in PROGRESS:
        raise Refused("INVALID_ARGUMENT", "没有这种办件状态")
    tx.execute(
        "INSERT INTO status VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE"
        " SET state = excluded.state, at = excluded.at WHERE excluded.at >= status.at",
        (number, request.case_id, state, at),
    )
    return []


def _json(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True)
