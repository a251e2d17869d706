"""The province's one-window platform that speaks ``wsdl/province.wsdl``."""

from clerk.domain.call import Call
from clerk.domain.hand_off import LeasedNumber, Message, NumberBlock, RemoteReceipt
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

    def report_status(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell where a case stands."""
        return self._report("ReportStatus", call, message)
