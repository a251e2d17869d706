"""The library's list of uses beside ours (用证对账): by message id, day by day.

What the library counts as a use of ours and we never made is the graver half: somebody may be
calling in the hall's name.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.domain.certificate_call import CallEnd, CertificateCall
from clerk.values import dataclass

LISTED: Final[Mapping[str, str]] = {
    "verify_use_code": "VerifyUseCode",
    "request_authorisation": "RequestAuthorization",
    "query": "QueryCertificates",
    "fetch": "FetchCertificateFile",
    "report_use": "ReportUse",
}
"""Which of our operations a library lists, by the name it lists them under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUse:
    """One use as the library lists it; certificate and outcome where it knows them."""

    message_id: UUID
    operation: str
    certificate_id: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUses:
    """Uses after a cursor, oldest first, and the cursor to ask from next time."""

    uses: tuple[ListedUse, ...]
    cursor: str


class Differs(StrEnum):
    """How the two lists differ in one message."""

    MISSING_THERE = "missing_there"
    UNKNOWN_HERE = "unknown_here"
    OPERATION = "operation"
    CERTIFICATE = "certificate"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseDifference:
    """One difference; ``ours`` and ``theirs`` say what stands on each side, empty for nothing."""

    message_id: UUID
    kind: Differs
    at: datetime
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseComparison:
    """What comparing one day found; ``looked_at`` is when somebody took note of it."""

    on: date
    compared_at: datetime
    listed: int
    differences: tuple[UseDifference, ...]
    looked_at: datetime | None = None
    looked_by: str = ""


def compared(
    ours: Iterable[CertificateCall],
    known: Mapping[UUID, CertificateCall],
    theirs: Sequence[ListedUse],
) -> tuple[UseDifference, ...]:
    """Return every difference of a day, by its instant.

    Args:
        ours: our calls of that day.
        known: those of our calls, of whichever day, that the list names.
        theirs: the library's list of the day.
    """
    listed = {use.message_id for use in theirs}
    found = [
        UseDifference(
            message_id=call.message_id,
            kind=Differs.MISSING_THERE,
            at=call.at,
            ours=_ours(call),
            theirs="",
        )
        for call in ours
        if call.message_id not in listed and _was_taken(call)
    ]
    for use in theirs:
        found += _of_one(known.get(use.message_id), use)
    return tuple(sorted(found, key=lambda one: (one.at, one.message_id)))


def listed_name(call: CertificateCall) -> str:
    """Return what a library lists a call as, empty where it lists none of its kind."""
    return LISTED.get(call.operation.partition(":")[0], "")


def _of_one(call: CertificateCall | None, use: ListedUse) -> list[UseDifference]:
    def differs(kind: Differs, ours: str, theirs: str) -> UseDifference:
        return UseDifference(
            message_id=use.message_id, kind=kind, at=use.at, ours=ours, theirs=theirs
        )

    if call is None:
        return [differs(Differs.UNKNOWN_HERE, "", f"{use.operation} {use.certificate_id}".strip())]
    if listed_name(call) != use.operation:
        return [differs(Differs.OPERATION, _ours(call), use.operation)]
    found = []
    if use.certificate_id and use.certificate_id != call.certificate_id:
        found.append(differs(Differs.CERTIFICATE, call.certificate_id, use.certificate_id))
    outcome = call.words.get("use", "")
    if use.outcome and use.outcome != outcome:
        found.append(differs(Differs.OUTCOME, outcome, use.outcome))
    return found


def _was_taken(call: CertificateCall) -> bool:
    """Whether the library said that it had acted; of anything less it need list nothing."""
    return bool(listed_name(call)) and call.end in {CallEnd.ANSWERED, CallEnd.ACTED}


def _ours(call: CertificateCall) -> str:
    return f"{listed_name(call)} {call.certificate_id}".strip()
