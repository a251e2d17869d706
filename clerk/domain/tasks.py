"""What somebody has yet to do about a case (待办任务), by a last day: it outlives the decision.

A task is set by one event and done by another, so that it can be derived again like all else. It
never moves a case, and nothing happens when its day passes: it stands there until a person acts.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.identity import Role, Session
from clerk.values import dataclass


class TaskKind(StrEnum):
    """Something to be done; no value holds a space, a slash or a colon."""

    AFTER_CHECK = "after_check"
    SAMPLE_CHECK = "sample_check"
    SITE_CHECK = "site_check"
    FILE_REVIEW = "file_review"
    REMIND_DEFERRAL = "remind_deferral"
    REMIND_RESULT = "remind_result"
    UNCLAIMED_RESULT = "unclaimed_result"
    PLACE_ORIGINALS = "place_originals"
    RETURN_ORIGINALS = "return_originals"
    RECEIVE_TRANSFER = "receive_transfer"
    PAY_FEE = "pay_fee"
    HEAR_APPLICANT = "hear_applicant"
    ANSWER_URGING = "answer_urging"
    COMPLETE_BUNDLED = "complete_bundled"
    SIGN_DEFERRAL = "sign_deferral"
    ASK_CREDIT = "ask_credit"
    LOOK_AT_CREDIT = "look_at_credit"
    HOME_VISIT = "home_visit"
    URGING_UNANSWERED = "urging_unanswered"
    BRING_RESULT = "bring_result"
    RECHECK_CERTIFICATE = "recheck_certificate"
    VERIFY_CERTIFICATE = "verify_certificate"
    LOOK_AT_CERTIFICATE = "look_at_certificate"


WHO_DOES: Mapping[TaskKind, frozenset[Role]] = MappingProxyType(
    {
        TaskKind.AFTER_CHECK: frozenset({Role.SUPERVISOR, Role.CHIEF_REPRESENTATIVE}),
        TaskKind.SAMPLE_CHECK: frozenset({Role.SUPERVISOR, Role.CHIEF_REPRESENTATIVE}),
        TaskKind.SITE_CHECK: frozenset({Role.CHIEF_REPRESENTATIVE}),
        TaskKind.FILE_REVIEW: frozenset({Role.SUPERVISOR}),
        TaskKind.REMIND_DEFERRAL: frozenset({Role.WINDOW_CLERK}),
        TaskKind.REMIND_RESULT: frozenset({Role.WINDOW_CLERK, Role.RESULT_CLERK}),
        TaskKind.UNCLAIMED_RESULT: frozenset({Role.SUPERVISOR}),
        TaskKind.PLACE_ORIGINALS: frozenset({Role.WINDOW_CLERK}),
        TaskKind.RETURN_ORIGINALS: frozenset({Role.WINDOW_CLERK, Role.RESULT_CLERK}),
        TaskKind.RECEIVE_TRANSFER: frozenset({Role.WINDOW_CLERK, Role.CHIEF_REPRESENTATIVE}),
        TaskKind.PAY_FEE: frozenset({Role.WINDOW_CLERK, Role.RESULT_CLERK}),
        TaskKind.HEAR_APPLICANT: frozenset({Role.CHIEF_REPRESENTATIVE}),
        TaskKind.COMPLETE_BUNDLED: frozenset({Role.WINDOW_CLERK}),
        TaskKind.ANSWER_URGING: frozenset({Role.WINDOW_CLERK, Role.CHIEF_REPRESENTATIVE}),
        TaskKind.SIGN_DEFERRAL: frozenset({Role.WINDOW_CLERK}),
        TaskKind.ASK_CREDIT: frozenset[Role](),  # the program's own, by ``services.credit``
        TaskKind.LOOK_AT_CREDIT: frozenset({Role.SUPERVISOR, Role.CHIEF_REPRESENTATIVE}),
        TaskKind.HOME_VISIT: frozenset({Role.WINDOW_CLERK, Role.RESULT_CLERK}),
        TaskKind.URGING_UNANSWERED: frozenset({Role.SUPERVISOR}),
        TaskKind.BRING_RESULT: frozenset({Role.WINDOW_CLERK, Role.RESULT_CLERK}),
        TaskKind.RECHECK_CERTIFICATE: frozenset[Role](),  # the program's own
        TaskKind.VERIFY_CERTIFICATE: frozenset({Role.WINDOW_CLERK}),
        TaskKind.LOOK_AT_CERTIFICATE: frozenset({Role.SUPERVISOR, Role.CHIEF_REPRESENTATIVE}),
    }
)
"""Whom a task is shown to; who may do it is the right of the act that does it."""


SHOWN_AHEAD: Final = timedelta(days=7)
"""A task is shown so long before its last day."""


def kinds_of(roles: frozenset[Role]) -> frozenset[TaskKind]:
    """Return the kinds of task that are shown to somebody with these roles."""
    return frozenset(kind for kind, who in WHO_DOES.items() if who & roles)


NAMED: Final = frozenset({TaskKind.URGING_UNANSWERED})
"""Tasks of one person: their subject is his account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task with what a person must know of its case; ``subject`` is empty or what it is about."""

    case_id: UUID
    label: str
    item_name: str
    applicant_name: str
    clerk: str
    kind: TaskKind
    subject: str
    due_on: date


def is_for(line: TaskLine, account_id: str) -> bool:
    """Whether the task is this person's among those of his roles."""
    return line.kind not in NAMED or line.subject == account_id


def task_set(kind: TaskKind, due_on: date, at: datetime, subject: str = "") -> CaseEvent:
    """Return the event that sets a task; one of that kind and subject set before moves to its day.

    ``subject`` is a code of the item's standard or an id, without spaces and colons.
    """
    return CaseEvent(
        kind=CaseEventKind.TASK_SET,
        at=at,
        actor="",
        actor_name="",
        subject=_name(kind, subject),
        until_on=due_on,
    )


def task_done(
    kind: TaskKind, session: Session | None, at: datetime, subject: str = ""
) -> CaseEvent:
    """Return the event that does a task; without a session another system or the course did it."""
    return CaseEvent(
        kind=CaseEventKind.TASK_DONE,
        at=at,
        actor=session.account.account_id if session else "",
        actor_name=session.account.display_name if session else "",
        subject=_name(kind, subject),
    )


def tasks_after(tasks: Mapping[str, date], events: Iterable[CaseEvent]) -> Mapping[str, date]:
    """Return the open tasks after these events; from none and all events of a case, all of them."""
    still = dict(tasks)
    for event in events:
        if event.kind is CaseEventKind.TASK_SET and event.until_on is not None:
            still[event.subject] = event.until_on
        elif event.kind is CaseEventKind.TASK_DONE:
            still.pop(event.subject, None)
    return still


_PENDING = frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.SPECIAL_PROCEDURE})
_NOT_ENDED = frozenset(CaseState) - {
    CaseState.DECLINED,
    CaseState.WITHDRAWN,
    CaseState.LAPSED,
    CaseState.VOID,
}
_ONLY_IN: Mapping[TaskKind, frozenset[CaseState]] = MappingProxyType(
    {
        TaskKind.RECHECK_CERTIFICATE: _NOT_ENDED,
        TaskKind.VERIFY_CERTIFICATE: _NOT_ENDED,
        TaskKind.REMIND_DEFERRAL: _PENDING,
        TaskKind.SIGN_DEFERRAL: _PENDING | {CaseState.GRANTED, CaseState.RESULT_WAITING},
        TaskKind.REMIND_RESULT: frozenset({CaseState.RESULT_WAITING}),
        TaskKind.UNCLAIMED_RESULT: frozenset({CaseState.RESULT_WAITING}),
        TaskKind.BRING_RESULT: frozenset({CaseState.RESULT_WAITING}),
    }
)
"""Tasks that are over, done or not, once the case has left these states."""


def standing_tasks(tasks: Mapping[str, date], state: CaseState) -> Mapping[str, date]:
    """Return the tasks that a case in this state can still have."""
    everywhere = frozenset(CaseState)
    return {
        name: on
        for name, on in tasks.items()
        if state in _ONLY_IN.get(kind_and_subject(name)[0], everywhere)
    }


def is_open(case: Case, kind: TaskKind, subject: str = "") -> bool:
    """Whether the task is still to be done."""
    return _name(kind, subject) in case.tasks


def subjects_open(case: Case, kind: TaskKind) -> dict[str, date]:
    """Return what this kind of task is still open about, and by when."""
    named = {name.partition("/"): on for name, on in case.tasks.items()}
    return {subject: on for (first, _, subject), on in named.items() if first == kind.value}


def kind_and_subject(name: str) -> tuple[TaskKind, str]:
    """Return what a task of a case is called by in ``Case.tasks``."""
    kind, _, subject = name.partition("/")
    return TaskKind(kind), subject


def _name(kind: TaskKind, subject: str) -> str:
    if set(subject) & {" ", ":"}:
        raise ValueError(subject)
    return f"{kind.value}/{subject}" if subject else kind.value
