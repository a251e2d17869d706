"""The practice back office (委办局后台): signs for cases, decides, tells when a result is ready."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import ClassVar, Final
from uuid import NAMESPACE_OID, uuid5

from clerk.domain.hand_off import RemoteEventKind
from integrations.practice import ledger
from integrations.practice.bodies import body_of
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.event_page import events_page, stay_on_page
from integrations.practice.service import Service
from integrations.soap import xml

_ACTOR: Final = "示例县练习部门"


class BackOffice(Service):
    """Signs for every case at once.

    A case whose body says ``"decided_by": "back_office"`` is decided by a control, or, with the
    setting ``auto``, as soon as it is signed for.
    """

    contract: ClassVar[str] = "back_office"
    fault_name: ClassVar[str] = "BackOfficeFault"
    reads: ClassVar[frozenset[str]] = frozenset({"GetEvents"})
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS submission (
        number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, case_id TEXT NOT NULL,
        kind TEXT NOT NULL, sequence INTEGER NOT NULL, schema_version TEXT NOT NULL,
        body TEXT NOT NULL, files TEXT NOT NULL, at TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS event (
        number INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL, kind TEXT NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, detail TEXT NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        match request.operation:
            case "SubmitCase":
                return self._submit_case(tx, request)
            case "SubmitDecision":
                return self._submit_decision(tx, request)
            case "GetEvents":
                return events_page(tx, request, "event", _event)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Decide a case, tell any event about it, decide by itself or stay on a page from now on."""
        match order:
            case {"same_page": bool(stays)}:
                stay_on_page(tx, stays)
            case {"auto": bool(auto)}:
                ledger.set_setting(tx, "auto", "yes" if auto else "no")
            case {"decide": str(case_id), "granted": bool(granted)} if _known(tx, case_id):
                self._decide(tx, case_id, granted=granted)
            case {"event": str(kind), "case": str(case_id)} if _known(tx, case_id):
                detail = order.get("detail")
                self._tell(
                    tx,
                    case_id,
                    RemoteEventKind(kind),
                    detail if isinstance(detail, dict) else {},
                )
            case _:
                raise Refused("INVALID_ARGUMENT", "没有这项控制或没有这个办件")

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return every submission that was acted on, with its body, and the events."""
        return {
            "submissions": [
                dict(row) | {"body": json.loads(row["body"]), "files": row["files"].split()}
                for row in tx.execute(
                    "SELECT message_id, case_id, kind, sequence, body, files, at"
                    " FROM submission ORDER BY number"
                )
            ],
            "events": [
                dict(row)
                for row in tx.execute("SELECT case_id, kind, at FROM event ORDER BY number")
            ],
        }

    def _submit_case(self, tx: sqlite3.Connection, request: Request) -> Tree:
        body = self._keep(tx, request, "case")
        case_id = request.case_id
        self._tell(tx, case_id, RemoteEventKind.SIGNED_FOR, {})
        by_department = body.get("decided_by") == "back_office"
        if by_department and ledger.setting(tx, "auto", "no") == "yes":
            self._tell(tx, case_id, RemoteEventKind.ACCEPTED, {})
            self._decide(tx, case_id, granted=True)
        return []

    def _submit_decision(self, tx: sqlite3.Connection, request: Request) -> Tree:
        if not _known(tx, request.case_id):
            raise Refused("NOT_FOUND", "没有收到过这个办件")
        self._keep(tx, request, "decision")
        self._tell(tx, request.case_id, RemoteEventKind.RESULT_READY, {})
        return []

    def _keep(self, tx: sqlite3.Connection, request: Request, kind: str) -> Mapping[str, object]:
        body = body_of(request)
        files = _checked_files(request)
        sequence = int(request.header("sequence"))
        last = tx.execute(
            "SELECT max(sequence) AS last FROM submission WHERE case_id = ?", (request.case_id,)
        ).fetchone()["last"]
        if last is not None and sequence <= last:
            raise Refused("OUT_OF_ORDER", "序号不大于上一条报文")
        tx.execute(
            "INSERT INTO submission"
            " (message_id, case_id, kind, sequence, schema_version, body, files, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                request.header("messageId"),
                request.case_id,
                kind,
                sequence,
                request.header("schemaVersion"),
                json.dumps(body, ensure_ascii=False, sort_keys=True),
                " ".join(files),
                self.now().isoformat(),
            ),
        )
        return body

    def _decide(self, tx: sqlite3.Connection, case_id: str, *, granted: bool) -> None:
        kind = RemoteEventKind.GRANTED if granted else RemoteEventKind.REFUSED
        self._tell(tx, case_id, kind, {})
        self._tell(tx, case_id, RemoteEventKind.RESULT_READY, {})

    def _tell(
        self,
        tx: sqlite3.Connection,
        case_id: str,
        kind: RemoteEventKind,
        detail: Mapping[str, object],
    ) -> None:
        tx.execute(
            "INSERT INTO event (case_id, kind, at, actor, detail) VALUES (?, ?, ?, ?, ?)",
            (
                case_id,
                kind,
                self.now().isoformat(),
                _ACTOR,
                json.dumps({name: str(value) for name, value in detail.items()}),
            ),
        )


def _known(tx: sqlite3.Connection, case_id: str) -> bool:
    row = tx.execute("SELECT 1 FROM submission WHERE case_id = ?", (case_id,)).fetchone()
    return row is not None


def _checked_files(request: Request) -> list[str]:
    digests = []
    for attachment in request.children("attachment"):
        content = base64.b64decode(xml.child_text(attachment, "content"))
        digest = xml.child_text(attachment, "sha256")
        if hashlib.sha256(content).hexdigest() != digest:
            raise Refused("DIGEST_MISMATCH", "附件摘要不符")
        digests.append(digest)
    return digests


def _event(row: sqlite3.Row) -> Tree:
    return [
        ("eventId", str(uuid5(NAMESPACE_OID, f"{row['case_id']} {row['number']}"))),
        ("caseId", row["case_id"]),
        ("kind", row["kind"]),
        ("at", row["at"]),
        ("actor", row["actor"]),
        *(
            ("detail", [("name", name), ("value", value)])
            for name, value in json.loads(row["detail"]).items()
        ),
    ]
