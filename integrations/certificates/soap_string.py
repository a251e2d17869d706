"""The certificate library of the older generation: one string in, one string out (domain.md 3.6).

It speaks ``wsdl/certlib_string.wsdl``; what its strings hold, ``wsdl/certlib_string_inner.xsd``.
What it lacks is not made up:

* A session (guid) instead of a header, and no message id anywhere: it cannot tell a repeat from a
  new question, so nothing that may use up a code is ever repeated after a lost answer, and an
  answer is known to be ours only by the holder that it names.
* No receipts, no reports of use, no requests for leave: see ``abilities``.
* Leave by duty is not asked for over there. The library answers by number and name because the
  agency may ask; that this question is a duty is the counter's own word.
* Files come whole and without a digest: ``integrations.certificates.whole_files`` cuts them up.
"""

import base64
import binascii
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificatePage,
    CertificateStatus,
    CertificateSummary,
    Holder,
    LibraryAbilities,
    Purpose,
)
from clerk.domain.days import local_date
from clerk.domain.errors import RemoteTrouble
from integrations.certificates.field_days import day, last_day
from integrations.certificates.plain_library import PlainLibrary
from integrations.certificates.session import LibrarySession
from integrations.certificates.string_request import Parts, request_xml
from integrations.certificates.whole_files import Wanted
from integrations.soap.call_traces import CallTraces
from integrations.soap.outcome import Doubt, Kind, Lacking, trouble
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

CONTRACT: Final = "certlib_string"

_DUTY_LASTS: Final = timedelta(minutes=30)
_DUTY: Final = "duty:"
_LISTED_AT_ONCE: Final = 200
_GUID: Final = re.compile(r"\{?[0-9A-Za-z-]{16,64}\}?")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_STATUSES: Final = {
    "01": CertificateStatus.VALID,
    "02": CertificateStatus.SUSPENDED,
    "03": CertificateStatus.REVOKED,
    "04": CertificateStatus.REVOKED,
    "05": CertificateStatus.EXPIRED,
    "06": CertificateStatus.UNKNOWN,
    "07": CertificateStatus.REVOKED,
    "99": CertificateStatus.UNKNOWN,
}
_FORMATS: Final = frozenset({"PDF", "OFD", "PNG"})

T = TypeVar("T")


class StringCertificateLibrary(PlainLibrary):
    """Fulfils the port ``CertificateLibrary``; made and called in workers, by several at once."""

    abilities: Final = LibraryAbilities(
        modes=frozenset({AuthorisationMode.CODE, AuthorisationMode.BY_DUTY}),
        reports_use=False,
        keeps_receipts=False,
    )

    def __init__(
        self, profile: PeerProfile, scribe: Scribe, *, traces: CallTraces | None = None
    ) -> None:
        """``profile.security`` holds name and password; ``scribe`` is the caller's to close."""
        super().__init__(profile)
        self._peer = Peer(profile, CONTRACT, scribe, traces)
        self._door = Peer(profile, CONTRACT, scribe)  # what the password goes through, untraced
        self._scribe = scribe
        self._session = LibrarySession(profile.name, self._sign_in)

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""
        answer = self._read("Reply", self._say(call, "Test", {}, Repeat.READ, self._end()))
        return self._instant(answer.get("ServerTime"))

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Exchange the code the holder shows (亮证码) for an authorisation and what it covers."""
        end = self._end()
        fields = {
            "appID": self._profile.client_system,
            "businessID": purpose.business_number,
            "authCode": code,
            "requestXml": self._request(call, purpose),
        }
        answer = self._once(
            lambda: self._ask(call, "VerifyAuthCode", fields, "AuthResult", Repeat.WRITE, end)
        )
        holder = Holder(
            name=answer["HolderName"],
            id_type=answer["HolderTypeCode"],
            id_number=answer["HolderID"],
        )
        leave = Authorisation(
            authorisation_id=answer["AuthID"],
            state=AuthorisationState.GRANTED,
            mode=AuthorisationMode.CODE,
            holder=holder,
            valid_until_at=self._instant(answer["ValidTo"]),
        )
        leave_id, pages = leave.authorisation_id, (1, _LISTED_AT_ONCE)
        page = self._once(
            lambda: self._listed(call, leave_id, holder, (), purpose, pages, end), used=True
        )
        return leave, page.certificates

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Note that duty allows the question; the library is asked for the holder's list once.

        Raises:
            RemoteRefused: this library knows no such way, or no such holder.
        """
        if mode is AuthorisationMode.PHONE:
            self._lacks(Lacking.PHONE)
        if mode is not AuthorisationMode.BY_DUTY:
            self._lacks(Lacking.ENTRUSTED)
        leave_id = f"{_DUTY}{call.message_id}"
        self._listed(call, leave_id, holder, type_codes, purpose, (1, 1), self._end())
        return Authorisation(
            authorisation_id=leave_id,
            state=AuthorisationState.GRANTED,
            mode=mode,
            holder=holder,
            valid_until_at=call.sent_at + _DUTY_LASTS,
        )

    def query(
        self,
        call: Call,
        authorisation_id: str,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        page: int,
        page_size: int,
    ) -> CertificatePage:
        """List the holder's certificates; ``page`` counts from 1."""
        pages = (page, page_size)
        return self._listed(call, authorisation_id, holder, type_codes, purpose, pages, self._end())

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        super().cancel(message_id)
        self._peer.cancel(message_id)
        self._door.cancel(message_id)

    def close(self) -> None:
        """End all calls at once, refuse new ones and forget all files."""
        self._peer.close()
        self._door.close()
        self._files.clear()

    def _sign_in(self, call: Call, seconds: float) -> str:
        security = self._profile.security
        question = Question(
            operation="Authorization",
            context={},
            fields={"username": security.username, "password": security.password},
        )
        said = self._door.ask(call, question, Repeat.READ, seconds=seconds)
        guid = (said["AuthorizationResult"] or "").strip()
        if _GUID.fullmatch(guid) is None:
            self._read("Reply", guid)
            raise self._garbled(Kind.WRONG_ELEMENT)
        return str(guid)

    def _ask(
        self,
        call: Call,
        operation: str,
        fields: Mapping[str, object],
        root: str,
        repeat: Repeat,
        end: float,
    ) -> Mapping[str, Any]:
        def ask(guid: str) -> Mapping[str, Any]:
            return self._read(
                root, self._say(call, operation, {"guid": guid, **fields}, repeat, end)
            )

        return self._session.carry(call, end, ask)

    def _say(
        self, call: Call, operation: str, fields: Mapping[str, object], repeat: Repeat, end: float
    ) -> str:
        """Return the one string that is the answer."""
        self._go_on(call)
        question = Question(operation=operation, context={}, fields=fields)
        left = max(end - time.monotonic(), 0.001)
        return self._peer.ask(call, question, repeat, seconds=left)[f"{operation}Result"] or ""

    def _read(self, root: str, text: str) -> Mapping[str, Any]:
        tolerate = self._profile.demands.tolerate_additions
        return self._scribe.read_inner(
            self._profile.name, CONTRACT, root, text, tolerate_additions=tolerate
        )

    def _listed(
        self,
        call: Call,
        authorisation_id: str,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        pages: tuple[int, int],
        end: float,
    ) -> CertificatePage:
        wanted: Parts = [
            ("Info", [("TypeCode", code) for code in type_codes]),
            ("Page", [("Index", str(pages[0])), ("Size", str(pages[1]))]),
        ]
        fields = {
            "requestXml": self._request(
                call, purpose, holder=holder, authorisation_id=authorisation_id, wanted=wanted
            )
        }
        answer = self._ask(
            call, "GetDocumentListByQuery", fields, "LicenseList", Repeat.AUDITED_READ, end
        )
        if answer["HolderID"].upper() != holder.id_number.upper():
            raise self._garbled(Kind.WRONG_REPLY)
        listed = tuple(self._summary(row, call) for row in answer.get("License", ()))
        if len({row.certificate_id for row in listed}) != len(listed):
            raise self._peer.implausible(Doubt.SAME_CERTIFICATE_TWICE)
        total = int(answer["TotalCount"])
        if total < len(listed):
            raise self._peer.implausible(Doubt.TOTAL)
        return CertificatePage(total=total, certificates=listed)

    def _summary(self, row: Mapping[str, Any], call: Call) -> CertificateSummary:
        nodes = row.get("Node", ())
        fields = {each["Name"]: each["Value"] for each in nodes}
        if len(fields) != len(nodes):
            raise self._peer.implausible(Doubt.SAME_FIELD_TWICE)
        issued_on = self._written(day, row["ZZBFRQ"])
        begins_on = self._written(last_day, row.get("ZZYXQQSRQ"))
        ends_on = self._written(last_day, row.get("ZZYXQJZRQ"))
        if begins_on is not None and ends_on is not None and ends_on < begins_on:
            raise self._peer.implausible(Doubt.VALIDITY)
        status = _STATUSES[row["ZZZT"]]
        over = ends_on is not None and ends_on < local_date(call.sent_at)
        if over and status is CertificateStatus.VALID:
            status = CertificateStatus.EXPIRED
        formats = dict.fromkeys(each.upper() for each in row.get("FileType", ()))
        return CertificateSummary(
            certificate_id=row["ZZBS"],
            type_code=row["ZZLXDM"],
            type_name=row["ZZMC"],
            number=row["ZZBH"],
            holder_name=row["CZZT"],
            issuer_name=row["ZZBFJG"],
            issuer_code=row.get("ZZBFJGDM", ""),
            issued_on=issued_on,
            valid_from_on=begins_on,
            valid_until_on=ends_on,
            status=status,
            authorised=True,  # it lists nothing else
            formats=tuple(each for each in formats if each in _FORMATS),
            fields=fields,
        )

    def _file(self, call: Call, wanted: Wanted, purpose: Purpose) -> bytes:
        """Return the whole file, or raise the refusal that came in its place."""
        end = self._end()
        node: Parts = [
            ("Info", [("FileID", wanted.certificate_id), ("FileType", wanted.file_format.lower())])
        ]
        document = self._request(
            call, purpose, authorisation_id=wanted.authorisation_id, wanted=node
        )

        def ask(guid: str) -> bytes:
            fields = {"guid": guid, "requestXml": document}
            text = self._say(call, "GetLicenseFileByQuery", fields, Repeat.AUDITED_READ, end)
            packed = "".join(text.split())
            if len(packed) < 64 or _BASE64.fullmatch(packed) is None:
                self._read("Reply", text)
                raise self._garbled(Kind.WRONG_ELEMENT)  # it went well, and where is it?
            try:
                return base64.b64decode(packed, validate=True)
            except binascii.Error as error:
                raise self._garbled(Kind.SCHEMA) from error

        return self._session.carry(call, end, ask)

    def _request(
        self,
        call: Call,
        purpose: Purpose,
        *,
        holder: Holder | None = None,
        authorisation_id: str = "",
        wanted: Parts = (),
    ) -> str:
        return request_xml(
            self._profile,
            call,
            purpose,
            holder=holder,
            authorisation_id="" if authorisation_id.startswith(_DUTY) else authorisation_id,
            wanted=wanted,
        )

    def _instant(self, text: str | None) -> datetime:
        def read(written: str) -> datetime:
            return self._peer.instant(datetime.fromisoformat(written))

        return self._written(read, text)

    def _written(self, read: Callable[[str], T], text: str | None) -> T:
        """Return what ``read`` makes of a day or an instant that came as text."""
        try:
            return read(text or "")
        except (ValueError, OverflowError) as error:
            raise self._garbled(Kind.SCHEMA) from error

    def _garbled(self, kind: Kind) -> RemoteTrouble:
        return trouble(self._profile.name, kind)
