"""The practice certificate library (省证照库)."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from lxml import etree

from clerk.domain.certificate import AuthorisationMode, AuthorisationState, CertificateStatus
from integrations.practice import ledger
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.holdings import (
    BY_ID,
    HOLDERS_BY_NUMBER,
    HOLDERS_BY_USE_CODE,
    HOLDINGS,
    Holding,
    KnownHolder,
)
from integrations.practice.people import EXPIRED_USE_CODE
from integrations.practice.service import Service
from integrations.soap import xml
from integrations.soap.digest import sm3

_LASTS: Final = timedelta(minutes=30)
_ISSUER_CODE: Final = "11990123MB00010014"
_POLLS: Final = "polls_until_granted"


class CertificateLibrary(Service):
    """Codes, authorisations by phone and by duty, certificates and what became of them.

    A phone says yes after so many polls (setting ``polls_until_granted``, at first 2; ``never``
    leaves it to a control).
    """

    contract: ClassVar[str] = "certlib"
    fault_name: ClassVar[str] = "CertLibFault"
    reads: ClassVar[frozenset[str]] = frozenset(
        {"GetAuthorization", "QueryCertificates", "FetchCertificateFile", "GetReceipt"}
    )
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS leave (
        leave_id TEXT PRIMARY KEY, holder TEXT NOT NULL, types TEXT NOT NULL, mode TEXT NOT NULL,
        state TEXT NOT NULL, until TEXT NOT NULL, polls INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE IF NOT EXISTS use_report (
        number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL,
        leave_id TEXT NOT NULL, certificate_id TEXT NOT NULL, business_number TEXT NOT NULL,
        outcome TEXT NOT NULL, used_at TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS file_version (
        certificate_id TEXT PRIMARY KEY, version INTEGER NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        match request.operation:
            case "VerifyUseCode":
                return self._verify(tx, request)
            case "RequestAuthorization":
                return self._request(tx, request)
            case "GetAuthorization":
                return self._poll(tx, request)
            case "QueryCertificates":
                return self._query(tx, request)
            case "FetchCertificateFile":
                return self._fetch(tx, request)
            case "ReportUse":
                return _report(tx, request)
            case "GetReceipt":
                return self._earlier_receipt(tx, request)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Decide an authorisation, set the phone's patience, or replace a file."""
        match order:
            case {"authorisation": str(leave_id), "state": str(state)}:
                tx.execute(
                    "UPDATE leave SET state = ? WHERE leave_id = ?",
                    (AuthorisationState(state), leave_id),
                )
            case {"polls_until_granted": int() | "never" as polls}:
                ledger.set_setting(tx, _POLLS, str(polls))
            case {"replace_file": str(certificate_id)} if certificate_id in BY_ID:
                tx.execute(
                    "INSERT INTO file_version VALUES (?, 2)"
                    " ON CONFLICT DO UPDATE SET version = version + 1",
                    (certificate_id,),
                )
            case _:
                raise Refused("INVALID_ARGUMENT", "没有这项控制")

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return the authorisations and what was reported."""
        return {
            "authorisations": [
                dict(row)
                for row in tx.execute("SELECT leave_id, mode, state FROM leave ORDER BY rowid")
            ],
            "uses": [
                dict(row)
                for row in tx.execute(
                    "SELECT message_id, certificate_id, business_number, outcome FROM use_report"
                )
            ],
        }

    def _verify(self, tx: sqlite3.Connection, request: Request) -> Tree:
        code = request.text("useCode")
        if code == EXPIRED_USE_CODE:
            raise Refused("USECODE_EXPIRED", "亮证码已过期")
        holder = HOLDERS_BY_USE_CODE.get(code)
        if holder is None:
            raise Refused("USECODE_INVALID", "亮证码无效")
        granted = AuthorisationState.GRANTED
        leave_id, until = self._keep_leave(
            tx, request, holder, mode=AuthorisationMode.CODE, state=granted, types=()
        )
        return [
            ("authorizationId", leave_id),
            ("status", granted),
            ("validUntil", until),
            (
                "holder",
                [
                    ("name", holder.name),
                    ("idType", holder.id_type),
                    ("idNumber", holder.id_number),
                ],
            ),
            *(("certificate", _summary(each, authorised=True)) for each in _covered(holder, ())),
        ]

    def _request(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder = _holder(request)
        if holder is None:
            raise Refused("NOT_FOUND", "查无此持证主体")
        mode = _mode(request)
        granted = mode is AuthorisationMode.BY_DUTY
        state = AuthorisationState.GRANTED if granted else AuthorisationState.PENDING
        leave_id, until = self._keep_leave(
            tx, request, holder, mode=mode, state=state, types=_types(request)
        )
        return [("authorizationId", leave_id), ("status", state), ("validUntil", until)]

    def _poll(self, tx: sqlite3.Connection, request: Request) -> Tree:
        leave_id = request.text("authorizationId")
        tx.execute("UPDATE leave SET polls = polls + 1 WHERE leave_id = ?", (leave_id,))
        patience = ledger.setting(tx, _POLLS, "2")
        if patience != "never":
            tx.execute(
                "UPDATE leave SET state = ? WHERE leave_id = ? AND state = ? AND polls >= ?",
                (
                    AuthorisationState.GRANTED,
                    leave_id,
                    AuthorisationState.PENDING,
                    int(patience),
                ),
            )
        leave = _leave(tx, leave_id)
        if leave is None:
            raise Refused("NOT_FOUND", "查无此授权")
        until = datetime.fromisoformat(leave["until"])
        state = leave["state"] if self.now() < until else AuthorisationState.EXPIRED
        return [("authorizationId", leave_id), ("status", state), ("validUntil", until)]

    def _query(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder, allowed = self._granted(tx, request.text("authorizationId"))
        if holder != _holder(request):
            raise Refused("AUTHORIZATION_REQUIRED", "授权与持证主体不符")
        index, size = int(request.text("pageIndex")), int(request.text("pageSize"))
        if index < 1 or not 1 <= size <= 150:
            raise Refused("INVALID_ARGUMENT", "页码或页长超出范围")
        found = _covered(holder, _types(request))
        page = found[(index - 1) * size : index * size]
        return [
            ("totalCount", len(found)),
            *(
                (
                    "certificate",
                    _summary(each, authorised=not allowed or each.type_code in allowed),
                )
                for each in page
            ),
        ]

    def _fetch(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder, allowed = self._granted(tx, request.text("authorizationId"))
        holding = BY_ID.get(request.text("certificateId"))
        if holding is None:
            raise Refused("NOT_FOUND", "查无此证照")
        if holding.owner not in holder.covers or (allowed and holding.type_code not in allowed):
            raise Refused("AUTHORIZATION_REQUIRED", "授权不含此证照")
        if holding.status is CertificateStatus.REVOKED:
            raise Refused("CERT_REVOKED", "证照已注销")
        if request.text("format") != "PDF":
            raise Refused("INVALID_ARGUMENT", "只有PDF文件")
        version = _version(tx, holding)
        if request.text("ifFileVersion") not in {"", str(version)}:
            raise Refused("FILE_CHANGED", "证照文件已更新")
        return _piece(
            holding,
            version,
            offset=int(request.text("offset")),
            longest=int(request.text("maxBytes")),
        )

    def _earlier_receipt(self, tx: sqlite3.Connection, request: Request) -> Tree:
        kept = ledger.recall(tx, request.text("messageId"))
        return [] if kept is None else [("receipt", self.receipt(kept, replayed=True))]

    def _keep_leave(
        self,
        tx: sqlite3.Connection,
        request: Request,
        holder: KnownHolder,
        *,
        mode: AuthorisationMode,
        state: AuthorisationState,
        types: Sequence[str],
    ) -> tuple[str, datetime]:
        leave_id = f"SQ-{request.header('messageId')}"
        until = self.now() + _LASTS
        tx.execute(
            "INSERT INTO leave (leave_id, holder, types, mode, state, until)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (leave_id, holder.id_number, " ".join(types), mode, state, until.isoformat()),
        )
        return leave_id, until

    def _granted(self, tx: sqlite3.Connection, leave_id: str) -> tuple[KnownHolder, Sequence[str]]:
        """Return whose leave it is and for which types (empty: all of them)."""
        leave = _leave(tx, leave_id)
        if (
            leave is None
            or leave["state"] != AuthorisationState.GRANTED
            or self.now() >= datetime.fromisoformat(leave["until"])
        ):
            raise Refused("AUTHORIZATION_REQUIRED", "没有有效的授权")
        return HOLDERS_BY_NUMBER[leave["holder"]], leave["types"].split()


def _leave(tx: sqlite3.Connection, leave_id: str) -> Mapping[str, str] | None:
    row = tx.execute("SELECT * FROM leave WHERE leave_id = ?", (leave_id,)).fetchone()
    return None if row is None else dict(row)


def _holder(request: Request) -> KnownHolder | None:
    holder: etree._Element = request.children("holder")[0]
    return HOLDERS_BY_NUMBER.get(xml.child_text(holder, "idNumber"))


def _types(request: Request) -> Sequence[str]:
    return [(child.text or "").strip() for child in request.children("certTypeCode")]


def _mode(request: Request) -> AuthorisationMode:
    """Read the mode, which stands in brackets before the reason."""
    reason = xml.child_text(request.children("purpose")[0], "reason")
    for mode in AuthorisationMode:
        if reason.startswith(f"[{mode}]"):
            return mode
    raise Refused("INVALID_ARGUMENT", "用证事由没有注明授权方式")


def _covered(holder: KnownHolder, types: Sequence[str]) -> list[Holding]:
    return [
        each
        for each in HOLDINGS
        if each.owner in holder.covers and (not types or each.type_code in types)
    ]


def _summary(holding: Holding, *, authorised: bool) -> Tree:
    until = holding.valid_until_on
    return [
        ("certificateId", holding.certificate_id),
        ("certTypeCode", holding.type_code),
        ("certTypeName", holding.type_name),
        ("certNumber", holding.number),
        ("holderName", holding.holder_name),
        ("issuerName", holding.issuer_name),
        ("issuerCode", _ISSUER_CODE),
        ("issueDate", holding.issued_on.isoformat()),
        ("validFrom", holding.issued_on.isoformat()),
        *([("validTo", until.isoformat())] if until else []),
        ("status", holding.status),
        ("authorized", authorised),
        ("formats", "PDF"),
        *(("field", [("name", name), ("value", value)]) for name, value in holding.fields.items()),
    ]


def _version(tx: sqlite3.Connection, holding: Holding) -> int:
    row = tx.execute(
        "SELECT version FROM file_version WHERE certificate_id = ?", (holding.certificate_id,)
    ).fetchone()
    return 1 if row is None else int(row["version"])


def _piece(holding: Holding, version: int, *, offset: int, longest: int) -> Tree:
    file = holding.file(version)
    if not 0 <= offset <= len(file) or longest < 1:
        raise Refused("INVALID_ARGUMENT", "分段超出文件范围")
    content = file[offset : offset + longest]
    return [
        ("fileName", f"{holding.type_name}-{holding.serial}.pdf"),
        ("format", "PDF"),
        ("fileVersion", str(version)),
        ("totalSize", len(file)),
        ("offset", offset),
        ("last", offset + len(content) == len(file)),
        ("digestMethod", "SM3"),
        ("digestValue", sm3(file)),
        ("content", content),
    ]


def _report(tx: sqlite3.Connection, request: Request) -> Tree:
    if request.text("certificateId") not in BY_ID:
        raise Refused("NOT_FOUND", "查无此证照")
    tx.execute(
        "INSERT INTO use_report"
        " (message_id, leave_id, certificate_id, business_number, outcome, used_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            request.header("messageId"),
            request.text("authorizationId"),
            request.text("certificateId"),
            request.text("businessNumber"),
            request.text("outcome"),
            request.text("usedAt"),
        ),
    )
    return []
