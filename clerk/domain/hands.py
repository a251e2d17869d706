"""In whose hands a case is (在谁手里), and since when."""

from collections.abc import Iterable
from datetime import datetime

from clerk.domain.case import CaseEvent, CaseEventKind

K = CaseEventKind

PASSES_ON = frozenset(
    {
        K.OPENED,
        K.RECEIVED,
        K.NOTIFIED_ONCE,
        K.CORRECTED,
        K.ACCEPTED,
        K.DEEMED_ACCEPTED,
        K.DECLINED,
        K.PROCEDURE_STARTED,
        K.PROCEDURE_ENDED,
        K.WITHDRAWN,
        K.LAPSED,
        K.VOIDED,
        K.PASSED_ON,
        K.STEP_DONE,
        K.STEP_RETURNED,
        K.CONCLUDED,
        K.SIGNED_FOR,
        K.DECIDED,
        K.RETURNED_INTERNALLY,
        K.RETURN_ANSWERED,
        K.RESULT_READY,
        K.HANDED_OUT,
        K.DECISION_REVOKED,
        K.REVOCATION_SERVED,
    }
)
"""What lays a case into somebody's hands; all else happens while it stays there."""


def held_since(events: Iterable[CaseEvent]) -> datetime | None:
    """Return when the case came into the hands it is in now, None where nothing has happened."""
    moved = [event.at for event in events if event.kind in PASSES_ON]
    return moved[-1] if moved else None
