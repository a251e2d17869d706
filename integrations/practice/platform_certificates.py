"""What the practice platform does for certificates: the list of uses, reports, issued results.

The library keeps its ledger in the folder beside the platform's own; it is opened for reading only,
as another house's books are.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from integrations.practice import ledger
from integrations.practice.bodies import body_of
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.event_page import events_page

TABLES: Final = """
CREATE TABLE IF NOT EXISTS wrong_report (
    message_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS report_event (
    number INTEGER PRIMARY KEY AUTOINCREMENT, report_id TEXT NOT NULL, case_id TEXT NOT NULL,
    state TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS issued (
    certificate_number TEXT NOT NULL, type_code TEXT NOT NULL, holder_number TEXT NOT NULL,
    message_id TEXT NOT NULL, body TEXT NOT NULL, withdrawn TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (certificate_number, type_code));
"""
_HALL: Final = ZoneInfo("Asia/Shanghai")
_LIBRARY: Final = Path("certlib", "certlib.sqlite")
_PLANTED: Final = "planted_uses"
_MOST: Final = 500
_ANSWERS: Final = frozenset({"received", "corrected", "not_corrected"})
_LISTED: Final = (
    "VerifyUseCode",
    "RequestAuthorization",
    "QueryCertificates",
    "FetchCertificateFile",
    "ReportUse",
)


def uses(tx: sqlite3.Connection, request: Request, folder: Path) -> Tree:
    """Return the library's uses of a day behind the cursor; ``folder`` is the platform's own."""
    cursor, limit = request.text("cursor"), int(request.text("limit"))
    if not (cursor == "" or (cursor.isascii() and cursor.isdigit())) or limit < 1:
        raise Refused("INVALID_ARGUMENT", "游标或条数不对")
    planted = json.loads(ledger.setting(tx, _PLANTED, "{}"))
    after, most = int(cursor or 0), min(limit, _MOST)
    day, hidden = date.fromisoformat(request.text("day")), planted.get("hide", ())
    rows = _kept(folder.parent / _LIBRARY, day, after, most, hidden)
    invented = planted.get("add", ()) if after == 0 else ()
    return [
        *(("use", _use(row, planted)) for _, row in rows),
        *(("use", list(row.items())) for row in invented),
        ("cursor", str(rows[-1][0]) if rows else cursor),
    ]


def report(tx: sqlite3.Connection, request: Request) -> Tree:
    """Take a report of a wrong certificate; its issuer says first that he has it."""
    body = body_of(request)
    if not all(body.get(name) for name in ("certificate_id", "field")):
        raise Refused("INVALID_ARGUMENT", "纠错报文不完整")
    tx.execute(
        "INSERT INTO wrong_report VALUES (?, ?, ?)",
        (request.header("messageId"), request.case_id, _json(body)),
    )
    return []


def report_answers(tx: sqlite3.Connection, request: Request) -> Tree:
    """Return what issuers said to reports, behind the cursor."""
    return events_page(tx, request, "report_event", _answer)


def submit(tx: sqlite3.Connection, request: Request) -> Tree:
    """Take a certificate in; a later one under the same number replaces it."""
    body = body_of(request)
    holder = body.get("holder")
    named = [body.get(name) for name in ("certificate_number", "certificate_type_code")]
    if not all(named) or not isinstance(holder, dict) or not holder.get("id_number"):
        raise Refused("INVALID_ARGUMENT", "证照入库报文不完整")
    tx.execute(
        "INSERT OR REPLACE INTO issued VALUES (?, ?, ?, ?, ?, '')",
        (*named, holder["id_number"], request.header("messageId"), _json(body)),
    )
    return []


def withdraw(tx: sqlite3.Connection, request: Request) -> Tree:
    """Note that a certificate taken in before counts no longer."""
    body = body_of(request)
    changed = tx.execute(
        "UPDATE issued SET withdrawn = ? WHERE certificate_number = ? AND type_code = ?",
        (
            str(body.get("reason") or "withdrawn"),
            body.get("certificate_number"),
            body.get("certificate_type_code"),
        ),
    )
    if changed.rowcount == 0:
        raise Refused("NOT_FOUND", "库里没有这份证照")
    return []


def steer(tx: sqlite3.Connection, order: Mapping[str, object], now: datetime) -> None:
    """Let an issuer answer the newest report of a case, or plant differences in the list of uses.

    ``answer_report`` with ``state`` and ``text``; or ``uses`` with ``hide``, ``change``, ``add``.
    """
    match order:
        case {"answer_report": str(case_id), "state": str(state), "text": str(text)}:
            row = tx.execute(
                "SELECT message_id FROM wrong_report WHERE case_id = ? ORDER BY rowid DESC",
                (case_id,),
            ).fetchone()
            if row is None or state not in _ANSWERS:
                raise Refused("INVALID_ARGUMENT", "没有这份纠错，或没有这种答复")
            tx.execute(
                "INSERT INTO report_event (report_id, case_id, state, text, at)"
                " VALUES (?, ?, ?, ?, ?)",
                (row["message_id"], case_id, state, text, now.isoformat()),
            )
        case {"uses": dict(planted)}:
            ledger.set_setting(tx, _PLANTED, json.dumps(planted))
        case _:
            raise Refused("INVALID_ARGUMENT", "没有这项控制")


def state(tx: sqlite3.Connection) -> dict[str, object]:
    """Return the reports, and what was taken in with whether it was withdrawn."""
    return {
        "reports": [
            json.loads(row["body"])
            for row in tx.execute("SELECT body FROM wrong_report ORDER BY rowid")
        ],
        "issued": [
            {**json.loads(row["body"]), "withdrawn": row["withdrawn"]}
            for row in tx.execute("SELECT body, withdrawn FROM issued ORDER BY rowid")
        ],
    }


def _kept(
    file: Path, day: date, after: int, most: int, hidden: Sequence[str]
) -> list[tuple[int, dict[str, Any]]]:
    """Return the library's messages of a day that count as uses, with their numbers.

    Those that are ``hidden`` make no page shorter: a short one is the last.
    """
    begin = datetime.combine(day, time.min, tzinfo=_HALL).astimezone(UTC)
    end = begin + timedelta(days=1)
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as library:
        library.row_factory = sqlite3.Row
        rows = library.execute(
            "SELECT message.number, message.message_id, operation, at, certificate_id, outcome"
            " FROM message LEFT JOIN use_report USING (message_id)"
            " WHERE operation IN (SELECT value FROM json_each(?))"
            " AND message.message_id NOT IN (SELECT value FROM json_each(?))"
            " AND at >= ? AND at < ? AND message.number > ?"
            " ORDER BY message.number LIMIT ?",
            (
                *(json.dumps(_LISTED), json.dumps(hidden)),
                *(begin.isoformat(), end.isoformat(), after, most),
            ),
        ).fetchall()
    return [(row["number"], dict(_said(row))) for row in rows]


def _said(row: sqlite3.Row) -> Iterator[tuple[str, Any]]:
    yield "messageId", row["message_id"]
    yield "operation", row["operation"]
    if row["certificate_id"]:
        yield "certificateId", row["certificate_id"]
    if row["outcome"]:
        yield "outcome", row["outcome"]
    yield "at", datetime.fromisoformat(row["at"])


def _use(row: Mapping[str, Any], planted: Mapping[str, Any]) -> Tree:
    changed = planted.get("change", {}).get(row["messageId"], {})
    return [(name, changed.get(name, value)) for name, value in row.items()]


def _answer(row: sqlite3.Row) -> Tree:
    return [
        ("eventId", f"JC-{row['number']}"),
        ("caseId", row["case_id"]),
        ("reportId", row["report_id"]),
        ("state", row["state"]),
        ("text", row["text"]),
        ("at", datetime.fromisoformat(row["at"])),
    ]


def _json(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True)
