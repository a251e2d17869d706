"""The practice certificate library (省证照库)."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from lxml import etree

from clerk.domain.certificate import AuthorisationMode, AuthorisationState
from integrations.practice import ledger
from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.holding import Holding
from integrations.practice.ledger import Remembered
from integrations.practice.library_desk import TABLES, LibraryDesk
from integrations.practice.service import Service
from integrations.practice.taken_in import taken_in
from integrations.soap import xml
from integrations.soap.digest import sm3


class CertificateLibrary(Service):
    """The library of the contract ``certlib``: chunks, receipts and reports of use."""

    contract: ClassVar[str] = "certlib"
    fault_name: ClassVar[str] = "CertLibFault"
    reads: ClassVar[frozenset[str]] = frozenset(
        {"GetAuthorization", "QueryCertificates", "FetchCertificateFile", "GetReceipt"}
    )
    tables: ClassVar[str] = TABLES

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(folder, now)
        self._desk = LibraryDesk(self.time, partial(taken_in, folder))

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
                return self._report(tx, request)
            case "GetReceipt":
                return self._earlier_receipt(tx, request)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Decide an authorisation, set the phone's patience, or replace a file."""
        self._desk.steer(tx, order)

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return the authorisations and what was reported."""
        return self._desk.state(tx)

    def receipt(self, kept: Remembered, *, replayed: bool) -> Tree:
        """Return the receipt of a message, with the digest of the answer where that is kept."""
        told = super().receipt(kept, replayed=replayed)
        return told if kept.answer is None else [*told, ("resultDigest", sm3(kept.answer))]

    def _verify(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder = self._desk.holder_of_code(request.text("useCode"))
        leave_id = _leave_id(request)
        until = self._desk.keep_leave(tx, leave_id, holder, mode=AuthorisationMode.CODE)
        return [
            ("authorizationId", leave_id),
            ("status", AuthorisationState.GRANTED),
            ("validUntil", until),
            (
                "holder",
                [
                    ("name", holder.name),
                    ("idType", holder.id_type),
                    ("idNumber", holder.id_number),
                ],
            ),
            *(
                ("certificate", _summary(each, authorised=True))
                for each in self._desk.covered(tx, holder)
            ),
        ]

    def _request(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder = self._desk.holder_of_number(_holder_number(request))
        mode = _mode(request)
        granted = mode is AuthorisationMode.BY_DUTY
        state = AuthorisationState.GRANTED if granted else AuthorisationState.PENDING
        leave_id = _leave_id(request)
        until = self._desk.keep_leave(
            tx, leave_id, holder, mode=mode, state=state, types=_types(request)
        )
        return [("authorizationId", leave_id), ("status", state), ("validUntil", until)]

    def _poll(self, tx: sqlite3.Connection, request: Request) -> Tree:
        leave_id = request.text("authorizationId")
        state, until = self._desk.poll(tx, leave_id)
        return [("authorizationId", leave_id), ("status", state), ("validUntil", until)]

    def _query(self, tx: sqlite3.Connection, request: Request) -> Tree:
        holder, allowed = self._desk.granted(tx, request.text("authorizationId"))
        if holder.id_number != _holder_number(request):
            raise Refused("AUTHORIZATION_REQUIRED", "授权与持证主体不符")
        index, size = int(request.text("pageIndex")), int(request.text("pageSize"))
        if index < 1 or not 1 <= size <= 150:
            raise Refused("INVALID_ARGUMENT", "页码或页长超出范围")
        found = self._desk.covered(tx, holder, _types(request))
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
        holding, version = self._desk.file_of(
            tx,
            request.text("authorizationId"),
            request.text("certificateId"),
            request.text("format"),
        )
        if request.text("ifFileVersion") not in {"", str(version)}:
            raise Refused("FILE_CHANGED", "证照文件已更新")
        return _piece(
            holding,
            version,
            request.text("format"),
            offset=int(request.text("offset")),
            longest=int(request.text("maxBytes")),
        )

    def _report(self, tx: sqlite3.Connection, request: Request) -> Tree:
        self._desk.holding(tx, request.text("certificateId"))
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

    def _earlier_receipt(self, tx: sqlite3.Connection, request: Request) -> Tree:
        kept = ledger.recall(tx, request.text("messageId"))
        return [] if kept is None else [("receipt", self.receipt(kept, replayed=True))]


def _leave_id(request: Request) -> str:
    return f"SQ-{request.header('messageId')}"


def _holder_number(request: Request) -> str:
    holder: etree._Element = request.children("holder")[0]
    return xml.child_text(holder, "idNumber")


def _types(request: Request) -> Sequence[str]:
    return [(child.text or "").strip() for child in request.children("certTypeCode")]


def _mode(request: Request) -> AuthorisationMode:
    """Read the mode, which stands in brackets before the reason."""
    reason = xml.child_text(request.children("purpose")[0], "reason")
    for mode in AuthorisationMode:
        if reason.startswith(f"[{mode}]"):
            return mode
    raise Refused("INVALID_ARGUMENT", "用证事由没有注明授权方式")


def _summary(holding: Holding, *, authorised: bool) -> Tree:
    until = holding.valid_until_on
    return [
        ("certificateId", holding.certificate_id),
        ("certTypeCode", holding.type_code),
        ("certTypeName", holding.type_name),
        ("certNumber", holding.number),
        ("holderName", holding.holder_name),
        ("issuerName", holding.issuer_name),
        ("issuerCode", holding.issuer_code),
        ("issueDate", holding.issued_on.isoformat()),
        ("validFrom", holding.issued_on.isoformat()),
        *([("validTo", until.isoformat())] if until else []),
        ("status", holding.status),
        ("authorized", authorised),
        *(("formats", each) for each in holding.formats),
        *(("field", [("name", name), ("value", value)]) for name, value in holding.fields.items()),
    ]


def _piece(holding: Holding, version: int, file_format: str, *, offset: int, longest: int) -> Tree:
    file = holding.file(version, file_format)
    if not 0 <= offset <= len(file) or longest < 1:
        raise Refused("INVALID_ARGUMENT", "分段超出文件范围")
    content = file[offset : offset + longest]
    return [
        ("fileName", f"{holding.type_name}-{holding.serial}.{file_format.lower()}"),
        ("format", file_format),
        ("fileVersion", str(version)),
        ("totalSize", len(file)),
        ("offset", offset),
        ("last", offset + len(content) == len(file)),
        ("digestMethod", "SM3"),
        ("digestValue", sm3(file)),
        ("content", content),
    ]
