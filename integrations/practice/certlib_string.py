"""The practice certificate library of the older generation: strings in, strings out."""

import base64
import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar, Final

from lxml import etree

from clerk.domain.certificate import AuthorisationMode, CertificateStatus
from clerk.values import dataclass
from integrations.practice import ledger, library_desk, sessions
from integrations.practice.envelope import Refused, Speech, Tree, instant
from integrations.practice.holding import Holding
from integrations.practice.ledger import Heard
from integrations.practice.library_desk import LibraryDesk
from integrations.practice.service import PracticePeer
from integrations.soap import xml

_CODES: Final = {
    "BUSY": "200",
    "INVALID_ARGUMENT": "201",
    "ACCESS_DENIED": "202",
    "INTERNAL": "203",
    "SESSION_OVER": "205",
    "USECODE_INVALID": "206",
    "USECODE_EXPIRED": "207",
    "AUTHORIZATION_REQUIRED": "208",
    "AUTHN_FAILED": "209",
    "CERT_REVOKED": "301",
    "NOT_FOUND": "304",
}
_UNKNOWN_CODE: Final = "299"
_STATUSES: Final = {
    CertificateStatus.VALID: "01",
    CertificateStatus.SUSPENDED: "02",
    CertificateStatus.REVOKED: "04",
    CertificateStatus.EXPIRED: "05",
    CertificateStatus.UNKNOWN: "99",
}
_HEADER: Final = '<?xml version="1.0" encoding="GB2312"?>'
"""What such libraries write above a document, whatever its encoding is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """An operation with its strings, and the document in ``requestXml``."""

    operation: str
    body: etree._Element
    document: etree._Element | None

    def text(self, name: str) -> str:
        """Return a parameter, empty where it is not given."""
        return xml.child_text(self.body, name)

    def inner(self, *path: str) -> str:
        """Return a value of the document, empty where it has none."""
        element = self.document
        for name in path[:-1]:
            element = None if element is None else element.find(f"./{name}")
        return "" if element is None else xml.child_text(element, path[-1])

    def type_codes(self) -> list[str]:
        """Return the types that are asked for."""
        found = [] if self.document is None else self.document.findall("Message/Info/TypeCode")
        return [(each.text or "").strip() for each in found]


class StringCertificateLibrary(PracticePeer):
    """Keeps what the other practice libraries keep, and says it in one string."""

    contract: ClassVar[str] = "certlib_string"
    tables: ClassVar[str] = library_desk.TABLES + sessions.TABLES

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(folder, now)
        self._speech = Speech(self.contract, "ServiceFault")
        self._desk = LibraryDesk(now)

    def answer(self, content: bytes, below: str = "") -> tuple[int, bytes]:  # noqa: ARG002
        """Return status and envelope; a refusal is a string like any other."""
        try:
            asked = _read(content)
        except Refused as refusal:
            return 500, self._speech.fault(refusal.code, refusal.message, "")
        refused = ""
        try:
            with self._ledger.turn() as tx:
                result = self._act(tx, asked)
        except Refused as refusal:
            refused, result = refusal.code, _refusal(refusal)
        with self._ledger.turn() as tx:
            ledger.note(tx, _heard(asked, content), self.now(), replayed=False, refused=refused)
        return 200, self._said(asked.operation, result)

    def fault(self, code: str, content: bytes, below: str = "") -> tuple[int, bytes]:  # noqa: ARG002
        """Return the string of a refusal that a control ordered."""
        refusal = Refused(code, "练习：按菜单的要求拒绝")
        return 200, self._said(_read(content).operation, _refusal(refusal))

    def operation(self, content: bytes, below: str = "") -> str:  # noqa: ARG002
        """Return the operation a message asks for, empty where it cannot be read."""
        try:
            return _read(content).operation
        except Refused:
            return ""

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """End all sessions, or do what every library does."""
        if order == {"end_sessions": True}:
            sessions.end_all(tx)
        else:
            self._desk.steer(tx, order)

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return the authorisations; it hears of no use."""
        return self._desk.state(tx)

    def _said(self, operation: str, result: str) -> bytes:
        return self._speech.answer(operation, [(f"{operation}Result", result)])

    def _act(self, tx: sqlite3.Connection, asked: _Asked) -> str:
        if asked.operation == "Test":
            return _document("Reply", [("Code", "100"), ("ServerTime", instant(self.now()))])
        if asked.operation == "Authorization":
            return sessions.begin(tx, asked.text("username"), asked.text("password"), self.now())
        sessions.check(tx, asked.text("guid"), self.now())
        match asked.operation:
            case "VerifyAuthCode":
                return self._verify(tx, asked)
            case "GetDocumentListByQuery":
                return self._list(tx, asked)
            case "GetLicenseFileByQuery":
                return self._file(tx, asked)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def _verify(self, tx: sqlite3.Connection, asked: _Asked) -> str:
        holder = self._desk.holder_of_code(asked.text("authCode"))
        leave_id = f"SQ-{asked.inner('Message', 'OperatorInfo', 'MessageID')}"
        until = self._desk.keep_leave(tx, leave_id, holder, mode=AuthorisationMode.CODE)
        return _document(
            "AuthResult",
            [
                ("Code", "100"),
                ("AuthID", leave_id),
                ("ValidTo", instant(until)),
                ("HolderName", holder.name),
                ("HolderTypeCode", holder.id_type),
                ("HolderID", holder.id_number),
            ],
        )

    def _list(self, tx: sqlite3.Connection, asked: _Asked) -> str:
        holder = self._desk.holder_of_number(asked.inner("Message", "HolderInfo", "HolderID"))
        leave_id = asked.inner("Message", "BusinessInfo", "AuthID")
        if leave_id and self._desk.granted(tx, leave_id)[0] != holder:
            raise Refused("AUTHORIZATION_REQUIRED", "授权与持证主体不符")
        index = int(asked.inner("Message", "Page", "Index") or 1)
        size = int(asked.inner("Message", "Page", "Size") or 100)
        found = self._desk.covered(tx, holder, asked.type_codes())
        return _document(
            "LicenseList",
            [
                ("Code", "100"),
                ("HolderID", holder.id_number),
                ("TotalCount", len(found)),
                *(("License", _row(each)) for each in found[(index - 1) * size : index * size]),
            ],
        )

    def _file(self, tx: sqlite3.Connection, asked: _Asked) -> str:
        certificate_id = asked.inner("Message", "Info", "FileID")
        file_format = asked.inner("Message", "Info", "FileType").upper()
        leave_id = asked.inner("Message", "BusinessInfo", "AuthID")
        if leave_id:
            holding, version = self._desk.file_of(tx, leave_id, certificate_id, file_format)
        else:
            holding, version = self._desk.file_by_duty(tx, certificate_id, file_format)
        return base64.encodebytes(holding.file(version, file_format)).decode("ascii")


def _read(content: bytes) -> _Asked:
    try:
        envelope = xml.parse(content)
        body = envelope.find(f"{{{xml.SOAP_11}}}Body")
        if body is None or len(body) != 1:
            raise Refused("INVALID_ARGUMENT", "报文不符合接口规范")
        document = xml.child_text(body[0], "requestXml")
        return _Asked(
            operation=xml.local_name(body[0]),
            body=body[0],
            document=xml.parse_text(document) if document else None,
        )
    except xml.XmlRefused as error:
        raise Refused("INVALID_ARGUMENT", f"报文不能解析：{error.reason}") from error


def _heard(asked: _Asked, content: bytes) -> Heard:
    return Heard(
        message_id=asked.inner("Message", "OperatorInfo", "MessageID"),
        operation=asked.operation,
        case_id=asked.inner("Message", "OperatorInfo", "CaseID"),
        sequence=None,
        digest=hashlib.sha256(content).hexdigest(),
    )


def _refusal(refusal: Refused) -> str:
    code = _CODES.get(refusal.code, _UNKNOWN_CODE)
    return _document("Reply", [("Code", code), ("Message", refusal.message)])


def _row(holding: Holding) -> Tree:
    """Return a line of the list; its three dates are written in the three ways of the field."""
    until = holding.valid_until_on
    return [
        ("ZZBS", holding.certificate_id),
        ("ZZLXDM", holding.type_code),
        ("ZZMC", holding.type_name),
        ("ZZBH", holding.number),
        ("CZZT", holding.holder_name),
        ("ZZBFJG", holding.issuer_name),
        ("ZZBFJGDM", holding.issuer_code),
        ("ZZBFRQ", f"{holding.issued_on:%Y-%m-%d} 00:00:00"),
        ("ZZYXQQSRQ", _milliseconds(holding.issued_on)),
        ("ZZYXQJZRQ", f"{until:%Y-%m-%d}" if until else "长期"),
        ("ZZZT", _STATUSES[holding.status]),
        *(("FileType", each.lower()) for each in holding.formats),
        *(("Node", [("Name", name), ("Value", value)]) for name, value in holding.fields.items()),
    ]


def _milliseconds(on: date) -> str:
    return f"{int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp() * 1000):013}"


def _document(root: str, values: Tree) -> str:
    element = etree.Element(root)
    _fill(element, values)
    return _HEADER + etree.tostring(element, encoding="unicode")


def _fill(parent: etree._Element, values: Tree) -> None:
    for name, value in values:
        child = etree.SubElement(parent, name)
        if isinstance(value, str | int):
            child.text = str(value)
        elif not isinstance(value, bytes | datetime):
            _fill(child, value)
