"""The certificate library that speaks ``wsdl/certlib.wsdl`` (field map: soap.md 6.2)."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateChunk,
    CertificatePage,
    CertificateStatus,
    CertificateSummary,
    Holder,
    LibraryAbilities,
    Purpose,
    UseReport,
)
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from clerk.values import replace
from integrations.certificates.use_reason import fitting
from integrations.soap.call_traces import CallTraces
from integrations.soap.outcome import Doubt, Kind, Sent
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapCertificateLibrary:
    """Fulfils the port ``CertificateLibrary``; made and called in workers, by several at once."""

    abilities: Final = LibraryAbilities(
        modes=frozenset(AuthorisationMode), reports_use=True, keeps_receipts=True
    )

    def __init__(
        self,
        profile: PeerProfile,
        scribe: Scribe,
        *,
        new_id: Callable[[], UUID],
        traces: CallTraces | None = None,
    ) -> None:
        """``new_id`` names the questions about lost answers; ``scribe`` is the caller's to close."""
        self._peer = Peer(profile, "certlib", scribe, traces)
        self._new_id = new_id

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""
        answer = self._ask(call, "Ping", {"echo": str(call.message_id)}, Repeat.READ)
        return self._peer.instant(answer["serverTime"])

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Exchange the code the holder shows (亮证码) for an authorisation and what it covers."""
        mode = AuthorisationMode.CODE
        answer = self._act(
            call, "VerifyUseCode", {"useCode": code, "purpose": _purpose(purpose, mode)}
        )
        named = answer["holder"]
        holder = Holder(
            name=self._filled(named["name"], Doubt.HOLDER_NAME),
            id_type=named["idType"],
            id_number=self._filled(named["idNumber"], Doubt.HOLDER_NUMBER),
        )
        return self._authorisation(answer, holder, mode), self._summaries(answer)

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Ask the holder's phone, or, by duty, the library itself."""
        answer = self._act(
            call,
            "RequestAuthorization",
            {
                "holder": _holder(holder),
                "certTypeCode": list(type_codes),
                "purpose": _purpose(purpose, mode),
            },
        )
        return self._authorisation(answer, holder, mode)

    def authorisation(
        self, call: Call, authorisation_id: str, holder: Holder, mode: AuthorisationMode
    ) -> Authorisation:
        """Return where an asked authorisation stands."""
        fields = {"authorizationId": authorisation_id}
        answer = self._ask(call, "GetAuthorization", fields, Repeat.READ)
        authorisation = self._authorisation(answer, holder, mode)
        if authorisation.authorisation_id != authorisation_id:
            raise self._peer.implausible(Doubt.AUTHORISATION_ID)
        return authorisation

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
        answer = self._ask(
            call,
            "QueryCertificates",
            {
                "authorizationId": authorisation_id or None,
                "holder": _holder(holder),
                "certTypeCode": list(type_codes),
                "purpose": _purpose(purpose),
                "pageIndex": page,
                "pageSize": page_size,
            },
            Repeat.AUDITED_READ,
        )
        certificates = self._summaries(answer)
        if answer["totalCount"] < len(certificates):
            raise self._peer.implausible(Doubt.TOTAL)
        return CertificatePage(total=answer["totalCount"], certificates=certificates)

    def fetch_chunk(
        self,
        call: Call,
        authorisation_id: str,
        certificate_id: str,
        file_format: str,
        purpose: Purpose,
        offset: int,
        max_bytes: int,
        file_version: str,
    ) -> CertificateChunk:
        """Fetch a piece of the file; ``file_version`` empty on the first call."""
        answer = self._ask(
            call,
            "FetchCertificateFile",
            {
                "authorizationId": authorisation_id,
                "certificateId": certificate_id,
                "format": file_format,
                "purpose": _purpose(purpose),
                "offset": offset,
                "maxBytes": max_bytes,
                "ifFileVersion": file_version or None,
            },
            Repeat.AUDITED_READ,
        )
        chunk = CertificateChunk(
            file_name=answer["fileName"],
            format=answer["format"],
            file_version=self._filled(answer["fileVersion"], Doubt.FILE_VERSION),
            total_bytes=answer["totalSize"],
            offset=answer["offset"],
            last=answer["last"],
            digest_method=self._filled(answer["digestMethod"], Doubt.DIGEST_METHOD),
            digest=self._filled(answer["digestValue"], Doubt.DIGEST),
            content=answer["content"] or b"",
        )
        self._check_chunk(chunk, file_format, offset, max_bytes, file_version)
        return chunk

    def report_use(self, call: Call, use: UseReport) -> RemoteReceipt:
        """Tell the library what became of a certificate."""
        answer = self._act(
            call,
            "ReportUse",
            {
                "authorizationId": use.authorisation_id,
                "certificateId": use.certificate_id,
                "businessNumber": use.business_number,
                "outcome": use.outcome.value,
                "usedAt": use.used_at,
                "note": use.note or None,
            },
        )
        return self._peer.receipt(answer["receipt"])

    def receipt(self, call: Call, message_id: UUID) -> RemoteReceipt | None:
        """Return the receipt of an earlier message, None where the library never acted on it."""
        return self._receipt(call, message_id, self._peer.profile.total_seconds)

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._peer.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._peer.close()

    def _ask(
        self, call: Call, operation: str, fields: Mapping[str, object], repeat: Repeat
    ) -> Mapping[str, Any]:
        return self._peer.ask(call, self._question(call, operation, fields), repeat)

    def _act(self, call: Call, operation: str, fields: Mapping[str, object]) -> Mapping[str, Any]:
        """Send what changes something over there; a lost answer is asked after, then repeated.

        The repeat carries the same message id, so the library answers what it answered before.
        """
        end = time.monotonic() + self._peer.profile.total_seconds
        question = self._question(call, operation, fields)
        try:
            return self._peer.ask(call, question, Repeat.WRITE)
        except RemoteUnavailable as error:
            if error.sent != Sent.UNKNOWN or error.kind == Kind.CANCELLED:
                raise
            self._ask_after(call, error, end)
            left = max(end - time.monotonic(), 0.001)
            return self._peer.ask(call, question, Repeat.NEVER, seconds=left)

    def _ask_after(self, call: Call, lost: RemoteTrouble, end: float) -> None:
        """Make sure that the library answers again and can tell this message from a new one."""
        asking = replace(call, message_id=self._new_id())
        try:
            self._receipt(asking, call.message_id, max(end - time.monotonic(), 0.001))
        except RemoteTrouble as error:
            raise lost from error

    def _receipt(self, call: Call, message_id: UUID, seconds: float) -> RemoteReceipt | None:
        question = replace(
            self._question(call, "GetReceipt", {"messageId": str(message_id)}),
            receipt_of=message_id,
        )
        answer = self._peer.ask(call, question, Repeat.READ, seconds=seconds)
        found = answer["receipt"]
        return None if found is None else self._peer.receipt(found)

    def _question(self, call: Call, operation: str, fields: Mapping[str, object]) -> Question:
        context = self._peer.context(call)
        if call.case_id is not None:
            context["issue"] = str(call.case_id)
        return Question(operation=operation, context=context, fields=fields)

    def _authorisation(
        self, answer: Mapping[str, Any], holder: Holder, mode: AuthorisationMode
    ) -> Authorisation:
        until = answer["validUntil"]
        return Authorisation(
            authorisation_id=self._filled(answer["authorizationId"], Doubt.AUTHORISATION_ID),
            state=AuthorisationState(answer["status"]),
            mode=mode,
            holder=holder,
            valid_until_at=None if until is None else self._peer.instant(until),
        )

    def _summaries(self, answer: Mapping[str, Any]) -> tuple[CertificateSummary, ...]:
        listed = tuple(self._summary(row) for row in answer["certificate"] or ())
        if len({row.certificate_id for row in listed}) != len(listed):
            raise self._peer.implausible(Doubt.SAME_CERTIFICATE_TWICE)
        return listed

    def _summary(self, row: Mapping[str, Any]) -> CertificateSummary:
        fields = {each["name"]: each["value"] or "" for each in row["field"] or ()}
        if len(fields) != len(row["field"] or ()):
            raise self._peer.implausible(Doubt.SAME_FIELD_TWICE)
        if row["validFrom"] and row["validTo"] and row["validTo"] < row["validFrom"]:
            raise self._peer.implausible(Doubt.VALIDITY)
        return CertificateSummary(
            certificate_id=self._filled(row["certificateId"], Doubt.CERTIFICATE_ID),
            type_code=self._filled(row["certTypeCode"], Doubt.CERTIFICATE_TYPE),
            type_name=row["certTypeName"] or "",
            number=row["certNumber"] or "",
            holder_name=self._filled(row["holderName"], Doubt.HOLDER),
            issuer_name=row["issuerName"] or "",
            issuer_code=row["issuerCode"] or "",
            issued_on=row["issueDate"],
            valid_from_on=row["validFrom"],
            valid_until_on=row["validTo"],
            status=CertificateStatus(row["status"]),
            authorised=row["authorized"],
            formats=tuple(row["formats"] or ()),
            fields=fields,
        )

    def _check_chunk(
        self,
        chunk: CertificateChunk,
        file_format: str,
        offset: int,
        max_bytes: int,
        file_version: str,
    ) -> None:
        end = chunk.offset + len(chunk.content)
        asked = chunk.format == file_format and chunk.offset == offset
        same_file = not file_version or chunk.file_version == file_version
        fits = len(chunk.content) <= max_bytes and end <= chunk.total_bytes
        moves_on = chunk.last == (end == chunk.total_bytes) and (chunk.content or chunk.last)
        if not (asked and same_file and fits and moves_on):
            raise self._peer.implausible(Doubt.PIECE)

    def _filled(self, value: str | None, what: Doubt) -> str:
        """Return ``value`` without the blanks around it; an empty one breaks the contract."""
        text = (value or "").strip()
        if not text:
            raise self._peer.implausible(what)
        return text


def _holder(holder: Holder) -> dict[str, object]:
    return {
        "name": holder.name or None,
        "idType": holder.id_type,
        "idNumber": holder.id_number,
    }


def _purpose(purpose: Purpose, mode: AuthorisationMode | None = None) -> dict[str, object]:
    """Return the purpose; the mode of a new authorisation stands before the reason."""
    reason = f"[{mode}] {purpose.reason}" if mode is not None else purpose.reason
    return {
        "serviceItemCode": purpose.item_code,
        "serviceItemName": purpose.item_name,
        "businessNumber": purpose.business_number or None,
        "reason": fitting(reason),
    }
