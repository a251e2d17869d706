"""The practice certificate library of the Guangdong type: JSON by POST."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final

from clerk.domain.certificate import AuthorisationMode, CertificateStatus
from clerk.domain.days import local_time
from clerk.values import dataclass
from integrations.practice import ledger, library_desk, sessions
from integrations.practice.account import ACCOUNT
from integrations.practice.envelope import Refused
from integrations.practice.holding import Holding
from integrations.practice.holdings import KnownHolder
from integrations.practice.ledger import Heard
from integrations.practice.library_desk import LibraryDesk
from integrations.practice.service import PracticePeer

Values = Mapping[str, object]

_CODES: Final = {
    "SESSION_OVER": "TOKEN_EXPIRED",
    "AUTHN_FAILED": "LOGIN_FAILED",
    "ACCESS_DENIED": "NO_PERMISSION",
    "USECODE_INVALID": "CREDENTIAL_INVALID",
    "USECODE_EXPIRED": "CREDENTIAL_EXPIRED",
    "AUTHORIZATION_REQUIRED": "AUTH_CODE_INVALID",
    "NOT_FOUND": "LICENSE_NOT_FOUND",
    "CERT_REVOKED": "LICENSE_ABOLISHED",
    "INVALID_ARGUMENT": "PARAM_ERROR",
    "BUSY": "SYSTEM_BUSY",
    "INTERNAL": "SYSTEM_ERROR",
}
_STATUSES: Final = {
    CertificateStatus.VALID: "ISSUED",
    CertificateStatus.EXPIRED: "ISSUED",  # its last day tells
    CertificateStatus.REVOKED: "ABOLISHED",
    CertificateStatus.SUSPENDED: "SUSPENDED",
    CertificateStatus.UNKNOWN: "UNKNOWN",
}
_ENTRUSTED: Final = "entrusted:"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS auth_code (
    auth_code TEXT PRIMARY KEY, leave_id TEXT NOT NULL, certificate_id TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question: the way it came in, and its values."""

    path: str
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a value, empty where it is not given."""
        return str(self.values.get(name) or "")

    def number(self, name: str, otherwise: int) -> int:
        """Return a whole number."""
        value = self.values.get(name, otherwise)
        if not isinstance(value, int):
            raise Refused("INVALID_ARGUMENT", f"{name}不是数")
        return value


class RestCertificateLibrary(PracticePeer):
    """Keeps what the other practice libraries keep; a certificate is opened by its auth code.

    The control ``{"entrust": <number>}`` puts down that a holder entrusted his certificates.
    """

    contract: ClassVar[str] = "certlib_rest"
    media_type: ClassVar[str] = "application/json; charset=utf-8"
    tables: ClassVar[str] = library_desk.TABLES + sessions.TABLES + _TABLES

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__(folder, now)
        self._desk = LibraryDesk(now)

    def answer(self, content: bytes, below: str = "") -> tuple[int, bytes]:
        """Return status and answer; a refusal is an answer like any other."""
        asked, refused = _Asked(path=below.strip("/"), values={}), ""
        try:
            asked = _read(content, below)
            with self._ledger.turn() as tx:
                held = self._act(tx, asked)
            answer = self._said(asked, {"ack_code": "SUCCESS", "errors": [], **held})
        except Refused as refusal:
            refused, answer = refusal.code, self._refusal(asked, refusal)
        with self._ledger.turn() as tx:
            ledger.note(tx, _heard(asked, content), self.now(), replayed=False, refused=refused)
        return 200, answer

    def fault(self, code: str, content: bytes, below: str = "") -> tuple[int, bytes]:
        """Return the refusal that a control ordered."""
        return 200, self._refusal(_read(content, below), Refused(code, "练习：按菜单的要求拒绝"))

    def operation(self, content: bytes, below: str = "") -> str:  # noqa: ARG002
        """Return what is asked for."""
        return below.strip("/")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """End all sessions, put down an entrustment, or do what every library does."""
        match order:
            case {"end_sessions": True}:
                sessions.end_all(tx)
            case {"entrust": str(number)}:
                ledger.set_setting(tx, f"{_ENTRUSTED}{number}", "yes")
            case _:
                self._desk.steer(tx, order)

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return the authorisations; it hears of no use."""
        return self._desk.state(tx)

    def _act(self, tx: sqlite3.Connection, asked: _Asked) -> Values:
        if asked.path == "security/login":
            account, password = asked.text("account"), asked.text("password")
            token = sessions.begin(tx, account, password, self.now())
            return {"access_token": token, "expires_in": 1200}
        sessions.check(tx, asked.text("access_token"), self.now())
        match asked.path:
            case "security/get_current_user":
                return {"account": ACCOUNT, "service_org": "示例县政务服务中心"}
            case "license/holder":
                holder = self._desk.holder_of_code(asked.text("credential"))
                return self._list(tx, asked, holder, AuthorisationMode.CODE) | {
                    "holder": {
                        "holder_name": holder.name,
                        "holder_identity_type": holder.id_type,
                        "holder_identity_num": holder.id_number,
                    }
                }
            case "license/auth":
                holder = self._desk.holder_of_number(asked.text("identity_number"))
                return self._list(tx, asked, holder, AuthorisationMode.BY_DUTY)
            case "license/entrust":
                holder = self._desk.holder_of_number(asked.text("identity_number"))
                if not ledger.setting(tx, f"{_ENTRUSTED}{holder.id_number}", ""):
                    raise Refused("NOT_ENTRUSTED", "持证人没有委托")
                return self._list(tx, asked, holder, AuthorisationMode.ENTRUSTED)
            case "license/get_license":
                return {"data": self._record(tx, asked)}
            case "license/token":
                auth_code, _, certificate_id = self._opened(tx, asked.text("auth_code"))
                self._desk.file_by_duty(tx, certificate_id, "PDF")
                return {"license_access_token": auth_code}
            case "license/archive":
                return self._archive(tx, asked)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def _list(
        self, tx: sqlite3.Connection, asked: _Asked, holder: KnownHolder, mode: AuthorisationMode
    ) -> dict[str, object]:
        index, size = asked.number("page_index", 1), asked.number("page_size", 10)
        if index < 1 or not 1 <= size <= 150:
            raise Refused("INVALID_ARGUMENT", "页码或页长超出范围")
        leave_id = f"SQ-{asked.text('request_id')}"
        self._desk.keep_leave(tx, leave_id, holder, mode=mode)
        found = self._desk.covered(tx, holder)
        rows = [self._line(tx, leave_id, each) for each in found[(index - 1) * size : index * size]]
        return {
            "auth_codes": [row["auth_code"] for row in rows],
            "data": rows,
            "total_count": len(found),
        }

    def _line(self, tx: sqlite3.Connection, leave_id: str, holding: Holding) -> dict[str, object]:
        whose = f"{leave_id} {holding.certificate_id}"
        auth_code = hashlib.sha256(whose.encode()).hexdigest()[:32]
        tx.execute(
            "INSERT OR REPLACE INTO auth_code VALUES (?, ?, ?)",
            (auth_code, leave_id, holding.certificate_id),
        )
        return _line(holding) | {"auth_code": auth_code}

    def _opened(self, tx: sqlite3.Connection, auth_code: str) -> tuple[str, str, str]:
        """Return an auth code with its leave and its certificate, or refuse."""
        row = tx.execute("SELECT * FROM auth_code WHERE auth_code = ?", (auth_code,)).fetchone()
        if row is None:
            raise Refused("AUTHORIZATION_REQUIRED", "用证码无效")
        self._desk.granted(tx, row["leave_id"])
        return auth_code, row["leave_id"], row["certificate_id"]

    def _record(self, tx: sqlite3.Connection, asked: _Asked) -> Values:
        auth_code, _, certificate_id = self._opened(tx, asked.text("auth_code"))
        holding = self._desk.holding(tx, certificate_id)
        return _line(holding) | {
            "auth_code": auth_code,
            "data_fields": _face(holding.fields),
            "file_types": [each.lower() for each in holding.formats],
        }

    def _archive(self, tx: sqlite3.Connection, asked: _Asked) -> Values:
        _, leave_id, certificate_id = self._opened(tx, asked.text("license_access_token"))
        file_format = (asked.text("file_type") or "pdf").upper()
        holding, version = self._desk.file_of(tx, leave_id, certificate_id, file_format)
        return {
            "file_name": f"{holding.type_name}.{file_format.lower()}",
            "file_data": base64.b64encode(holding.file(version, file_format)).decode("ascii"),
            "license_code": certificate_id,
        }

    def _refusal(self, asked: _Asked, refusal: Refused) -> bytes:
        error = {"code": _CODES.get(refusal.code, refusal.code), "message": refusal.message}
        return self._said(asked, {"ack_code": "FAILURE", "errors": [error]})

    def _said(self, asked: _Asked, held: Values) -> bytes:
        said = {
            "correlation_id": asked.text("request_id"),
            "response_id": f"R-{asked.text('request_id')}",
            "timestamp": f"{local_time(self.now()):%Y-%m-%d %H:%M:%S}",
            "sign": "",
            "sign_method": "",
            **held,
        }
        return json.dumps(said, ensure_ascii=False).encode()


def _read(content: bytes, below: str) -> _Asked:
    try:
        values = json.loads(content)
    except ValueError as error:
        raise Refused("INVALID_ARGUMENT", "报文不能解析") from error
    if not isinstance(values, dict):
        raise Refused("INVALID_ARGUMENT", "报文不是对象")
    return _Asked(path=below.strip("/"), values=values)


def _heard(asked: _Asked, content: bytes) -> Heard:
    return Heard(
        message_id=asked.text("request_id"),
        operation=asked.path,
        case_id="",
        sequence=None,
        digest=hashlib.sha256(content).hexdigest(),
    )


def _line(holding: Holding) -> dict[str, object]:
    """Return a line of a list; its days are written in the three ways of the field."""
    until = holding.valid_until_on
    begin = datetime.combine(holding.issued_on, datetime.min.time(), UTC)
    return {
        "license_code": holding.certificate_id,
        "name": holding.type_name,
        "license_item_code": holding.type_code,
        "id_code": holding.number,
        "holder_name": holding.holder_name,
        "holder_identity_num": holding.owner,
        "issue_org_name": holding.issuer_name,
        "issue_org_code": holding.issuer_code,
        "issue_date": f"{holding.issued_on:%Y-%m-%d} 00:00:00",
        "begin_date": int(begin.timestamp() * 1000),
        "expiry_date": f"{until:%Y-%m-%d}" if until else None,
        "license_status": _STATUSES[holding.status],
    }


def _face(fields: Mapping[str, str]) -> str:
    """Return the face values as such libraries do: with single quotes where that is possible."""
    if any("'" in text or "\\" in text for pair in fields.items() for text in pair):
        return json.dumps(fields, ensure_ascii=False)
    return "{" + ", ".join(f"'{name}': '{value}'" for name, value in fields.items()) + "}"
