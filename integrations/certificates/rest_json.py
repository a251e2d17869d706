"""The Guangdong-type certificate library: JSON by POST, one auth code a certificate (soap.md 1.2).

Every question carries ``request_id``, which the answer must repeat as ``correlation_id``. Its ways:

* ``security/login`` (account, password, app_key, org_code) brings the access token of the others;
  ``security/get_current_user`` is asked as a ping.
* ``license/auth`` lists by duty, ``license/entrust`` what the holder has entrusted to agencies
  over there beforehand, ``license/holder`` what the code opens that the holder shows. A list
  brings one auth code for each certificate; they stay in memory, for half an hour at most.
* ``license/get_license`` reads one whole record by its auth code, ``license/token`` and
  ``license/archive`` bring the file.

There are no receipts and no reports of use (``abilities``), so whatever may use up a code is not
repeated after a lost answer. Files come whole and without a digest, as in ``soap_string``.
"""

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificatePage,
    CertificateSummary,
    Holder,
    LibraryAbilities,
    Purpose,
)
from clerk.domain.days import HALL_ZONE, local_date
from clerk.domain.errors import RemoteTrouble
from clerk.values import replace
from integrations.certificates import rest_records as records
from integrations.certificates.field_days import NoDay
from integrations.certificates.json_model import Model
from integrations.certificates.json_peer import JsonPeer, JsonQuestion
from integrations.certificates.leaves import OpenedCertificate, OpenedLeave, OpenedLeaves
from integrations.certificates.plain_library import PlainLibrary
from integrations.certificates.session import SESSION_OVER, LibrarySession
from integrations.certificates.strict_json import JsonRefused
from integrations.certificates.use_reason import fitting
from integrations.certificates.whole_files import Wanted
from integrations.soap.call_traces import CallTraces
from integrations.soap.outcome import Doubt, Kind, Lacking, Sent
from integrations.soap.peer import Repeat
from integrations.soap.profile import PeerProfile

_LASTS: Final = timedelta(minutes=30)
_PAGE: Final = 150
_CODES: Final = {
    "TOKEN_INVALID": SESSION_OVER,
    "TOKEN_EXPIRED": SESSION_OVER,
    "access_token_invalid": SESSION_OVER,
    "LOGIN_FAILED": "AUTHN_FAILED",
    "NO_PERMISSION": "ACCESS_DENIED",
    "CREDENTIAL_INVALID": "USECODE_INVALID",
    "CREDENTIAL_EXPIRED": "USECODE_EXPIRED",
    "AUTH_CODE_INVALID": "AUTHORIZATION_REQUIRED",
    "NOT_ENTRUSTED": "AUTHORIZATION_REQUIRED",
    "LICENSE_NOT_FOUND": "NOT_FOUND",
    "HOLDER_NOT_FOUND": "NOT_FOUND",
    "LICENSE_ABOLISHED": "CERT_REVOKED",
    "PARAM_ERROR": "INVALID_ARGUMENT",
    "SYSTEM_BUSY": "BUSY",
    "SYSTEM_ERROR": "INTERNAL",
}
_LISTS: Final = {
    AuthorisationMode.BY_DUTY: "license/auth",
    AuthorisationMode.ENTRUSTED: "license/entrust",
}


class RestCertificateLibrary(PlainLibrary):
    """Fulfils the port ``CertificateLibrary``; made and called in workers, by several at once."""

    abilities: Final = LibraryAbilities(
        modes=frozenset({AuthorisationMode.CODE, *_LISTS}),
        reports_use=False,
        keeps_receipts=False,
    )

    def __init__(
        self, profile: PeerProfile, *, new_id: Callable[[], UUID], traces: CallTraces | None = None
    ) -> None:
        """``new_id`` names what one call asks beside its first question.

        ``profile.security`` holds account and password.
        """
        super().__init__(profile)
        self._peer = JsonPeer(profile, _CODES, traces)
        self._door = JsonPeer(profile, _CODES)  # what the password goes through, untraced
        self._new_id = new_id
        self._session = LibrarySession(profile.name, self._sign_in)
        self._leaves = OpenedLeaves()

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""
        end = self._end()
        path, ids = "security/get_current_user", self._ids(call)
        user = self._ask(call, path, {}, records.CURRENT_USER, Repeat.READ, ids, end)
        try:
            said = datetime.fromisoformat(user["timestamp"])
            zoned = said if said.tzinfo is not None else said.replace(tzinfo=HALL_ZONE)
            return zoned.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._peer.garbled(Kind.SCHEMA) from error

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Exchange the code the holder shows (亮证码) for an authorisation and what it covers."""
        end, ids = self._end(), self._ids(call)
        fields = self._purpose(call, purpose) | {"credential": code}
        holds, repeat = records.LIST_OF_HOLDER, Repeat.WRITE
        answers = self._once(
            lambda: list(self._pages(call, "license/holder", fields, holds, repeat, ids, end))
        )
        holder = records.holder_of(answers[0]["holder"])
        rows = [row for answer in answers for row in answer["data"]]
        self._check_owner(rows, holder)
        leave = self._opened(call, rows, holder, AuthorisationMode.CODE)
        summaries = self._once(
            lambda: self._read_records(call, leave, list(leave.opened), ids, end), used=True
        )
        return self._granted(call, leave), summaries

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],  # noqa: ARG002  a list knows no types; the query does
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Ask for the holder's list by duty, or for what he has entrusted beforehand.

        Raises:
            RemoteRefused: this library knows no such way, or no such holder.
        """
        if mode not in _LISTS:
            self._lacks(Lacking.PHONE)
        end, ids = self._end(), self._ids(call)
        rows = self._rows(call, mode, holder, purpose, ids, end)
        return self._granted(call, self._opened(call, rows, holder, mode))

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
        """Read the holder's certificates anew, one by one; ``page`` counts from 1."""
        end, ids = self._end(), self._ids(call)
        leave = self._leave(call, authorisation_id)
        if leave.holder.id_number.upper() != holder.id_number.upper():
            raise self._no_leave()
        if leave.mode in _LISTS:  # listed again: what was issued since is found at once
            rows = self._rows(call, leave.mode, holder, purpose, ids, end)
            leave = replace(leave, opened=self._by_id(rows))
            self._leaves.keep(authorisation_id, leave)
        wanted = [
            certificate_id
            for certificate_id, one in leave.opened.items()
            if not type_codes or one.type_code in type_codes
        ]
        shown = wanted[(page - 1) * page_size : page * page_size]
        return CertificatePage(
            total=len(wanted), certificates=self._read_records(call, leave, shown, ids, end)
        )

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        super().cancel(message_id)
        self._peer.cancel(message_id)
        self._door.cancel(message_id)

    def close(self) -> None:
        """End all calls at once, refuse new ones and forget all leaves and files."""
        self._peer.close()
        self._door.close()
        self._leaves.clear()
        self._files.clear()

    def _sign_in(self, call: Call, seconds: float) -> str:
        profile = self._profile
        question = JsonQuestion(
            request_id=self._new_id(),
            path="security/login",
            fields={
                "account": profile.security.username,
                "password": profile.security.password,
                "app_key": profile.client_system,
                "org_code": profile.org_code,
            },
            holds=records.LOGIN,
        )
        end = time.monotonic() + seconds
        return str(self._door.ask(call, question, Repeat.READ, end)["access_token"])

    def _ask(
        self,
        call: Call,
        path: str,
        fields: Mapping[str, object],
        holds: Model,
        repeat: Repeat,
        ids: Iterator[UUID],
        end: float,
    ) -> Mapping[str, Any]:
        request_id = next(ids)

        def ask(token: str) -> Mapping[str, Any]:
            self._go_on(call)
            question = JsonQuestion(
                request_id=request_id,
                path=path,
                fields={"access_token": token, **fields},
                holds=holds,
            )
            return self._peer.ask(call, question, repeat, end)

        return self._session.carry(call, end, ask)

    def _rows(
        self,
        call: Call,
        mode: AuthorisationMode,
        holder: Holder,
        purpose: Purpose,
        ids: Iterator[UUID],
        end: float,
    ) -> list[Mapping[str, Any]]:
        fields = self._purpose(call, purpose) | {"identity_number": holder.id_number}
        answers = self._pages(
            call, _LISTS[mode], fields, records.LIST, Repeat.AUDITED_READ, ids, end
        )
        rows = [row for answer in answers for row in answer["data"]]
        self._check_owner(rows, holder)
        return rows

    def _check_owner(self, rows: list[Mapping[str, Any]], holder: Holder) -> None:
        """Make sure that every line is the holder's, alone or together with others."""
        number = holder.id_number.upper()
        if any(number not in row["holder_identity_num"].upper() for row in rows):
            raise self._peer.garbled(Kind.WRONG_REPLY)

    def _pages(
        self,
        call: Call,
        path: str,
        fields: Mapping[str, object],
        holds: Model,
        repeat: Repeat,
        ids: Iterator[UUID],
        end: float,
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of a list until it is whole."""
        listed, page = 0, 1
        while True:
            pages = {"page_index": page, "page_size": _PAGE}
            answer = self._ask(call, path, {**fields, **pages}, holds, repeat, ids, end)
            listed += len(answer["data"])
            if answer["total_count"] < listed:
                raise self._peer.garbled(Kind.MODEL, Doubt.TOTAL)
            yield answer
            if answer["total_count"] == listed:
                return
            if not answer["data"]:
                raise self._peer.garbled(Kind.MODEL, Doubt.TOTAL)
            page += 1

    def _opened(
        self, call: Call, rows: list[Mapping[str, Any]], holder: Holder, mode: AuthorisationMode
    ) -> OpenedLeave:
        """Keep what a list opened under the id of the call."""
        leave = OpenedLeave(
            holder=holder, mode=mode, until_at=call.sent_at + _LASTS, opened=self._by_id(rows)
        )
        self._leaves.keep(str(call.message_id), leave)
        return leave

    def _by_id(self, rows: list[Mapping[str, Any]]) -> Mapping[str, OpenedCertificate]:
        """Return what was listed; drafts and what is not issued yet are left out."""
        if len({row["license_code"] for row in rows}) != len(rows):
            raise self._peer.garbled(Kind.MODEL, Doubt.SAME_CERTIFICATE_TWICE)
        return {
            row["license_code"]: OpenedCertificate(
                type_code=row["license_item_code"], auth_code=row["auth_code"]
            )
            for row in rows
            if row["license_status"] in records.SHOWN
        }

    def _granted(self, call: Call, leave: OpenedLeave) -> Authorisation:
        return Authorisation(
            authorisation_id=str(call.message_id),
            state=AuthorisationState.GRANTED,
            mode=leave.mode,
            holder=leave.holder,
            valid_until_at=leave.until_at,
        )

    def _leave(self, call: Call, authorisation_id: str) -> OpenedLeave:
        leave = self._leaves.held(authorisation_id, call.sent_at)
        if leave is None:
            raise self._no_leave()
        return leave

    def _no_leave(self) -> RemoteTrouble:
        return self._peer.refused("AUTHORIZATION_REQUIRED", sent=Sent.NO)

    def _read_records(
        self,
        call: Call,
        leave: OpenedLeave,
        wanted: list[str],
        ids: Iterator[UUID],
        end: float,
    ) -> tuple[CertificateSummary, ...]:
        read = (self._record(call, leave, one, ids, end) for one in wanted)
        return tuple(summary for summary in read if summary is not None)

    def _record(
        self, call: Call, leave: OpenedLeave, certificate_id: str, ids: Iterator[UUID], end: float
    ) -> CertificateSummary | None:
        """Return what the library says of a certificate now; None where it was taken back."""
        fields = {"auth_code": leave.opened[certificate_id].auth_code}
        repeat = Repeat.AUDITED_READ
        path = "license/get_license"
        record = self._ask(call, path, fields, records.ONE_RECORD, repeat, ids, end)["data"]
        if record["license_code"] != certificate_id:
            raise self._peer.garbled(Kind.WRONG_REPLY)
        if record["license_status"] not in records.SHOWN:
            return None
        try:
            summary = records.summary_of(record, local_date(call.sent_at))
        except (NoDay, JsonRefused) as error:
            raise self._peer.garbled(Kind.SCHEMA) from error
        begins_on, ends_on = summary.valid_from_on, summary.valid_until_on
        if begins_on is not None and ends_on is not None and ends_on < begins_on:
            raise self._peer.garbled(Kind.MODEL, Doubt.VALIDITY)
        return summary

    def _file(self, call: Call, wanted: Wanted, purpose: Purpose) -> bytes:
        end, ids = self._end(), self._ids(call)
        opened = self._leave(call, wanted.authorisation_id).opened.get(wanted.certificate_id)
        if opened is None:
            raise self._no_leave()
        fields = self._purpose(call, purpose) | {"auth_code": opened.auth_code}
        repeat = Repeat.AUDITED_READ
        token = self._ask(call, "license/token", fields, records.FILE_TOKEN, repeat, ids, end)
        fields = {**token, "file_type": wanted.file_format.lower()}
        file = self._ask(call, "license/archive", fields, records.ARCHIVE, repeat, ids, end)
        if file["license_code"] not in {None, wanted.certificate_id}:
            raise self._peer.garbled(Kind.WRONG_REPLY)
        try:
            return base64.b64decode("".join(file["file_data"].split()), validate=True)
        except ValueError as error:
            raise self._peer.garbled(Kind.SCHEMA) from error

    def _purpose(self, call: Call, purpose: Purpose) -> dict[str, object]:
        """Return for what it is, and who asks: the operator of the session, nobody else."""
        return {
            "service_item_code": purpose.item_code,
            "service_item_name": purpose.item_name,
            "biz_num": purpose.business_number,
            "use_cause": fitting(purpose.reason),
            "operator": {
                "account": call.account_id,
                "name": call.display_name,
                "service_org_code": self._profile.org_code,
                "counter": call.counter_code,
            },
        }

    def _ids(self, call: Call) -> Iterator[UUID]:
        """Yield the ids of one call's questions; the first is the call's own."""
        yield call.message_id
        while True:
            yield self._new_id()
