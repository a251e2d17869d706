"""The ledger of certificate calls (用证台账): who asked the library for what, when, and for whom.

What the sources of shared data are asked stands in it too: whom it is about is told of both.

A line of the journal proves that a call was made and what came of it; the record here says the
same in words that can be printed for the holder, found by a keyed index of his number.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.certificate import Authorisation, AuthorisationMode, Holder, Purpose
from clerk.domain.shared_data import SharedBasis, SharedSource
from clerk.values import dataclass, replace


class LaterRight(StrEnum):
    """By what right the library is asked where its holder does not stand here (事后用证的依据).

    The library knows only 依职责 for all of them; whoever reads the ledger is told which it was.
    Only ``DUTY`` is done without the holder's word.
    """

    WRITTEN_WORD = "after_check"
    SPOKEN_WORD = "recheck_consent"
    DUTY = "recheck_duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAbout:
    """What a call is about, as far as it is known before it is made.

    ``leave`` tells holder, mode and authorisation at once. ``further`` is filled while a file is
    fetched: the message ids of its second and later pieces, which share the line of the first.
    ``right`` is set where the library is asked without the holder, ``basis`` where it is a source of
    shared data that is asked.
    """

    purpose: Purpose | None = None
    holder: Holder | None = None
    mode: AuthorisationMode | None = None
    leave: Authorisation | None = None
    certificate_id: str = ""
    type_name: str = ""
    use_outcome: str = ""
    further: list[UUID] = field(default_factory=list)
    right: LaterRight | None = None
    basis: SharedBasis | None = None

    @property
    def holder_number(self) -> str:
        """The number of whoever's certificates are asked for, empty where nobody knows yet."""
        known = self.holder or (self.leave.holder if self.leave else None)
        return known.id_number if known else ""

    @property
    def by_mode(self) -> AuthorisationMode | None:
        """How leave was given, or is being asked for."""
        return self.mode or (self.leave.mode if self.leave else None)


class CallEnd(StrEnum):
    """What came of a call; ``OPEN`` until it is known (调用结果).

    The last three were found out later, by asking the library for its receipt.
    """

    OPEN = ""
    ANSWERED = "answered"
    FAILED = "failed"
    REFUSED_HERE = "refused_here"
    ACTED = "acted"
    NEVER_ACTED = "never_acted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCall:
    """One call as the ledger keeps it; the holder's number is in it as a keyed digest only.

    ``intent`` and ``result`` are the numbers of its two lines in the station's journal. ``words``
    is what a print needs besides: window, clerk, item, case number, reason, mode, outcome.
    """

    message_id: UUID
    station: str
    at: datetime
    account_id: str
    operation: str
    case_id: UUID | None
    holder_index: str
    authorisation_id: str
    certificate_id: str
    intent: int
    words: Mapping[str, str]
    end: CallEnd = CallEnd.OPEN
    outcome: str = ""
    receipt_id: str = ""
    ended_at: datetime | None = None
    result: int | None = None

    @property
    def by_outbox(self) -> bool:
        """Whether the outbox repeats it under its id, so that nobody else need settle it."""
        return self.operation == REPORT_USE

    @property
    def source(self) -> SharedSource | None:
        """The source of shared data that was asked; None where it was the certificate library."""
        operation, _, asked = self.operation.partition(":")
        return SharedSource(asked) if operation == ASK_SHARED_DATA else None

    def ended(
        self, end: CallEnd, outcome: str, *, at: datetime, result: int, receipt_id: str = ""
    ) -> "CertificateCall":
        """Return it as it is once the journal's line ``result`` tells its end."""
        return replace(
            self, end=end, outcome=outcome, ended_at=at, result=result, receipt_id=receipt_id
        )


REPORT_USE = "report_use"
ASK_SHARED_DATA = "ask_shared_data"
"""Operation, followed by a colon and the source."""


def words_of(about: CallAbout, *, counter: str, clerk: str, material: str) -> dict[str, str]:
    """Return the words of a call as they are known; none of them is empty."""
    purpose, mode = about.purpose, about.by_mode or about.basis
    said = {
        "counter": counter,
        "clerk": clerk,
        "material": material,
        "item": purpose.item_name if purpose else "",
        "item_code": purpose.item_code if purpose else "",
        "number": purpose.business_number if purpose else "",
        "reason": purpose.reason if purpose else "",
        "mode": mode.value if mode else "",
        "type": about.type_name,
        "use": about.use_outcome,
        "right": about.right.value if about.right else "",
    }
    return {name: text for name, text in said.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesPage:
    """A page of a holder's uses, the newest first; ``total`` counts all of the days asked for."""

    total: int
    calls: tuple[CertificateCall, ...]
