"""The province's shared data (共享数据) behind ``wsdl/shared_data.wsdl``."""

from collections.abc import Callable
from typing import Final

from clerk.domain.call import Call
from clerk.domain.shared_data import (
    SharedAnswer,
    SharedBasis,
    SharedOutcome,
    SharedQuestion,
    SharedSource,
)
from integrations.soap.correspondent import Correspondent
from integrations.soap.outcome import Doubt
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

_SOURCES: Final = {
    SharedSource.POPULATION: "POPULATION",
    SharedSource.MARRIAGE: "MARRIAGE",
    SharedSource.ENTERPRISE: "ENTERPRISE",
    SharedSource.TAX: "TAX",
    SharedSource.QUALIFICATION: "QUALIFICATION",
}
_BASES: Final = {SharedBasis.CONSENT: "CONSENT", SharedBasis.DUTY: "DUTY"}
_OUTCOMES: Final = {"FOUND": SharedOutcome.FOUND, "NOT_FOUND": SharedOutcome.NOT_FOUND}


class SoapSharedData(Correspondent):
    """Fulfils the port ``SharedData``."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(profile, "shared_data", scribe)

    def ask(self, call: Call, question: SharedQuestion) -> SharedAnswer:
        """Ask one source about one person or body of the call's case."""
        asked = {
            "source": _SOURCES[question.source],
            "name": question.name,
            "idType": question.id_type,
            "idNumber": question.id_number,
            "purpose": question.purpose,
            "basis": _BASES[question.basis],
            "reason": question.reason,
        }
        answer = self._ask(call, "AskSharedData", asked, {"caseId": str(call.case_id)})
        outcome = _OUTCOMES[answer["outcome"]]
        told = [(one["name"], one["value"]) for one in answer["value"] or ()]
        values = dict(told)
        about = (answer["source"], answer["idNumber"])
        if about != (_SOURCES[question.source], question.id_number):
            raise self._peer.implausible(Doubt.SHARED_SUBJECT)
        if len(values) != len(told):
            raise self._peer.implausible(Doubt.SAME_FIELD_TWICE)
        found = outcome is SharedOutcome.FOUND
        if found != bool(values) or found != bool(answer["recordNumber"]):
            raise self._peer.implausible(Doubt.SHARED_RECORD)
        return SharedAnswer(
            source=question.source,
            outcome=outcome,
            about=question.id_number,
            at=call.sent_at,
            basis=question.basis,
            reason=question.reason,
            record_number=answer["recordNumber"] or "",
            as_of=answer["asOf"],
            values=values,
        )
