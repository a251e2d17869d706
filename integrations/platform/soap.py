"""The province's one-window platform that speaks ``wsdl/province.wsdl``."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate_report import ReportAnswer, ReportAnswers, ReportState
from clerk.domain.hand_off import LeasedNumber, Message, NumberBlock, RemoteReceipt
from clerk.domain.use_list import ListedUse, ListedUses
from integrations.soap.correspondent import Correspondent
from integrations.soap.outcome import Doubt
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapPlatform(Correspondent):
    """Fulfils the port ``Platform``."""

    def __init__(self, profile: PeerProfile, scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(lambda: profile, "province", scribe)

    def lease_numbers(self, call: Call, count: int) -> NumberBlock:
        """Lease ``count`` case numbers for this counter; a repeat returns the same block."""
        answer = self._ask(call, "LeaseNumbers", {"count": count})
        numbers = tuple(
            LeasedNumber(number=row["number"] or "", query_code=row["queryCode"] or "")
            for row in answer["leased"]
        )
        if len(numbers) != count or len({each.number for each in numbers}) != count:
            raise self._peer.implausible(Doubt.BLOCK_SIZE)
        if not answer["blockId"] or not all(row.number and row.query_code for row in numbers):
            raise self._peer.implausible(Doubt.BLOCK_CONTENT)
        return NumberBlock(block_id=answer["blockId"], numbers=numbers)

    def claim_number(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell which case bears which number, final or temporary."""
        return self._report("ClaimNumber", call, message)

    def report_hand_out(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that a result was handed out."""
        return self._report("ReportHandOut", call, message)

    def report_result(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that an issued result was corrected or revoked."""
        return self._report("ReportResult", call, message)

    def certificate_uses(self, call: Call, on: date, cursor: str, limit: int) -> ListedUses:
        """Return what the library counts as our uses of a day, after ``cursor``, oldest first."""
        asked = {"day": on, "cursor": cursor, "limit": limit}
        answer = self._ask(call, "ListCertificateUses", asked)
        uses = tuple(self._use(row) for row in answer["use"] or ())
        return ListedUses(uses=uses, cursor=answer["cursor"] or "")

    def report_wrong_certificate(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell what is wrong in a certificate; the receipt's id is the report's number."""
        return self._report("ReportWrongCertificate", call, message)

    def report_answers(self, call: Call, cursor: str, limit: int) -> ReportAnswers:
        """Return what issuers said to our reports after ``cursor``, oldest first."""
        answer = self._ask(call, "GetCertificateReports", {"cursor": cursor, "limit": limit})
        events = tuple(self._answer(row) for row in answer["event"] or ())
        return ReportAnswers(events=events, cursor=answer["cursor"] or "")

    def submit_issued(self, call: Call, message: Message) -> RemoteReceipt:
        """Hand a certificate that was issued here to the library."""
        return self._report("SubmitIssuedCertificate", call, message)

    def withdraw_issued(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell the library that a certificate issued here counts no longer."""
        return self._report("WithdrawIssuedCertificate", call, message)

    def _use(self, row: Mapping[str, Any]) -> ListedUse:
        return ListedUse(
            message_id=self._id_in(row["messageId"]),
            operation=row["operation"] or "",
            certificate_id=row["certificateId"] or "",
            outcome=row["outcome"] or "",
            at=self._peer.instant(row["at"]),
        )

    def _answer(self, row: Mapping[str, Any]) -> ReportAnswer:
        return ReportAnswer(
            event_id=row["eventId"],
            case_id=self._case_of(row),
            report_id=self._id_in(row["reportId"]),
            state=ReportState(row["state"]),
            text=row["text"] or "",
            at=self._peer.instant(row["at"]),
        )

    def _id_in(self, text: str) -> UUID:
        try:
            return UUID(text)
        except ValueError as error:
            raise self._peer.implausible(Doubt.RECEIPT) from error

    def report_status(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell where a case stands."""
        return self._report("ReportStatus", call, message)
