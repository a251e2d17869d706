"""A credit information platform (信用信息平台) that speaks ``wsdl/credit.wsdl``."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clerk.domain.call import Call
from clerk.domain.credit import (
    CreditAnswer,
    CreditOccasion,
    CreditOutcome,
    CreditRecord,
    CreditSubject,
)
from clerk.domain.hand_off import Message, RemoteReceipt
from integrations.soap.correspondent import Correspondent
from integrations.soap.outcome import Doubt
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

_OUTCOMES: Final = {
    "GOOD": CreditOutcome.GOOD,
    "BAD": CreditOutcome.BAD,
    "UNKNOWN": CreditOutcome.UNKNOWN,
}


class SoapCreditSource(Correspondent):
    """Fulfils the port ``CreditSource``."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(profile, "credit", scribe)

    def ask(self, call: Call, subject: CreditSubject, occasion: CreditOccasion) -> CreditAnswer:
        """Ask about the applicant of the call's case."""
        asked = {
            "name": subject.name,
            "idType": subject.id_type,
            "idNumber": subject.id_number,
            "occasion": occasion.value,
        }
        answer = self._ask(call, "AskCredit", asked, {"caseId": str(call.case_id)})
        outcome = _OUTCOMES[answer["outcome"]]
        records = tuple(_record(told) for told in answer["record"] or ())
        if answer["idNumber"] != subject.id_number:
            raise self._peer.implausible(Doubt.CREDIT_SUBJECT)
        if (outcome is CreditOutcome.BAD) != bool(records):
            raise self._peer.implausible(Doubt.CREDIT_RECORDS)
        return CreditAnswer(
            outcome=outcome, about=subject.id_number, at=call.sent_at, records=records
        )

    def report_false_promise(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that a promise was proven false; a repeat changes nothing."""
        return self._report("ReportFalsePromise", call, message)


def _record(told: Mapping[str, Any]) -> CreditRecord:
    return CreditRecord(
        number=told["recordNumber"],
        source=told["source"],
        fact=told["fact"],
        recorded_on=told["recordedOn"],
        repair=told["repair"],
        contact=told["contact"],
    )
