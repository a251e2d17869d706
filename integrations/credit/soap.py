"""A credit information platform (信用信息平台) that speaks ``wsdl/credit.wsdl``."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.credit import (
    CreditAnswer,
    CreditOccasion,
    CreditOutcome,
    CreditRecord,
    CreditSubject,
)
from clerk.domain.hand_off import Message, RemoteReceipt
from integrations.soap.late_peer import LatePeer
from integrations.soap.messages import message_body, message_context
from integrations.soap.outcome import Doubt
from integrations.soap.peer import Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

_OUTCOMES: Final = {
    "GOOD": CreditOutcome.GOOD,
    "BAD": CreditOutcome.BAD,
    "UNKNOWN": CreditOutcome.UNKNOWN,
}


class SoapCreditSource:
    """Fulfils the port ``CreditSource``.

    ``profile`` is called at the first use, in a worker: the practice peer is started by it, so
    that a day without a late paper never pays for it.
    """

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._late = LatePeer(profile, "credit", scribe)

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        peer = self._late.get()
        question = Question(
            operation="Ping", context=peer.context(call), fields={"echo": str(call.message_id)}
        )
        return peer.instant(peer.ask(call, question, Repeat.NEVER)["serverTime"])

    def ask(self, call: Call, subject: CreditSubject, occasion: CreditOccasion) -> CreditAnswer:
        """Ask about the applicant of the call's case."""
        peer = self._late.get()
        question = Question(
            operation="AskCredit",
            context=peer.context(call) | {"caseId": str(call.case_id)},
            fields={
                "name": subject.name,
                "idType": subject.id_type,
                "idNumber": subject.id_number,
                "occasion": occasion.value,
            },
        )
        answer = peer.ask(call, question, Repeat.NEVER)
        outcome = _OUTCOMES[answer["outcome"]]
        records = tuple(_record(told) for told in answer["record"] or ())
        if answer["idNumber"] != subject.id_number:
            raise peer.implausible(Doubt.CREDIT_SUBJECT)
        if (outcome is CreditOutcome.BAD) != bool(records):
            raise peer.implausible(Doubt.CREDIT_RECORDS)
        return CreditAnswer(
            outcome=outcome, about=subject.id_number, at=call.sent_at, records=records
        )

    def report_false_promise(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that a promise was proven false; a repeat changes nothing."""
        peer = self._late.get()
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        question = Question(
            operation="ReportFalsePromise",
            context=message_context(peer, call, message),
            fields=message_body(message),
        )
        return peer.receipt(peer.ask(call, question, Repeat.NEVER)["receipt"])

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._late.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._late.close()


def _record(told: Mapping[str, Any]) -> CreditRecord:
    return CreditRecord(
        number=told["recordNumber"],
        source=told["source"],
        fact=told["fact"],
        recorded_on=told["recordedOn"],
        repair=told["repair"],
        contact=told["contact"],
    )
