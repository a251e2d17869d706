"""What the acts on a case share: the line of its course, and the states they start from."""

from datetime import datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session


def event_by(session: Session, kind: CaseEventKind, at: datetime, **detail: str) -> CaseEvent:
    """Return the line that this person adds to the course of a case."""
    return CaseEvent(
        kind=kind,
        at=at,
        actor=session.account.account_id,
        actor_name=session.account.display_name,
        detail=detail,
    )


def must_be(case: Case, *states: CaseState) -> None:
    """Raise ``NotAcceptable`` unless the case is in one of these states."""
    if case.state not in states:
        raise NotAcceptable("这件现在的状态不能这样办，没有改动。按 F5 刷新后看最新进度")
