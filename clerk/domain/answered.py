"""What came back after something was asked for: by the one notice, or by a return inside."""

from clerk.domain.case import Case, CaseEvent, CaseEventKind

_ANSWERS = frozenset({CaseEventKind.CORRECTED, CaseEventKind.RETURN_ANSWERED})


def last_answer(case: Case) -> CaseEvent | None:
    """Return the last time something asked for came back, None where nothing was or it is open."""
    if case.returns and case.returns[-1].answered_at is None:
        return None
    return next((event for event in reversed(case.events) if event.kind in _ANSWERS), None)
