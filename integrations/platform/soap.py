"""The province's one-window platform that speaks ``wsdl/province.wsdl``."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import LeasedNumber, Message, NumberBlock, RemoteReceipt
from integrations.soap.messages import message_body, message_context
from integrations.soap.outcome import Doubt
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapPlatform:
    """Fulfils the port ``Platform``; repeats are the caller's, under the same message id."""

    def __init__(self, profile: PeerProfile, scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._peer = Peer(profile, "province", scribe)

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        question = Question(
            operation="Ping",
            context=self._peer.context(call),
            fields={"echo": str(call.message_id)},
        )
        return self._peer.instant(self._peer.ask(call, question, Repeat.NEVER)["serverTime"])

    def lease_numbers(self, call: Call, count: int) -> NumberBlock:
        """Lease ``count`` case numbers for this counter; a repeat returns the same block."""
        question = Question(
            operation="LeaseNumbers", context=self._peer.context(call), fields={"count": count}
        )
        answer = self._peer.ask(call, question, Repeat.NEVER)
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

    def report_status(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell where a case stands."""
        return self._report("ReportStatus", call, message)

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._peer.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._peer.close()

    def _report(self, operation: str, call: Call, message: Message) -> RemoteReceipt:
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        question = Question(
            operation=operation,
            context=message_context(self._peer, call, message),
            fields=message_body(message),
        )
        return self._peer.receipt(self._peer.ask(call, question, Repeat.NEVER)["receipt"])
