"""Of what an applicant is told by message, and when: one message for all that happened at once."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.deadlines import Term
from clerk.domain.tasks import TaskKind, subjects_open
from clerk.values import dataclass

K = CaseEventKind


class Occasion(StrEnum):
    """What a message is about; its text is the bureau's."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOTIFIED = "notified"
    DECLINED = "declined"
    RESULT = "result"
    DELIVERED = "delivered"
    ENDED = "ended"
    PAUSED = "paused"
    EXTENDED = "extended"
    MAY_SPEAK = "may_speak"
    CORRECTED = "corrected"
    REMIND_DEFERRAL = "remind_deferral"
    REMIND_RESULT = "remind_result"


_OF_EVENT: Mapping[CaseEventKind, Occasion] = MappingProxyType(
    {
        K.RECEIVED: Occasion.RECEIVED,
        K.ACCEPTED: Occasion.ACCEPTED,
        K.DEEMED_ACCEPTED: Occasion.ACCEPTED,
        K.NOTIFIED_ONCE: Occasion.NOTIFIED,
        K.DECLINED: Occasion.DECLINED,
        K.RESULT_READY: Occasion.RESULT,
        K.CONCLUDED: Occasion.RESULT,
        K.HANDED_OUT: Occasion.DELIVERED,
        K.LAPSED: Occasion.ENDED,
        K.VOIDED: Occasion.ENDED,
        K.PROCEDURE_STARTED: Occasion.PAUSED,
        K.EXTENDED: Occasion.EXTENDED,
        K.STATEMENT_OFFERED: Occasion.MAY_SPEAK,
        K.DECISION_CORRECTED: Occasion.CORRECTED,
    }
)
"""What he took back himself needs no message; a decision is told when its paper can be fetched."""

_REMINDERS: Mapping[TaskKind, Occasion] = MappingProxyType(
    {
        TaskKind.REMIND_DEFERRAL: Occasion.REMIND_DEFERRAL,
        TaskKind.REMIND_RESULT: Occasion.REMIND_RESULT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """One message; ``about`` names the reminder's task, empty for what has happened."""

    occasion: Occasion
    day: date | None
    about: str = ""


def news(case: Case, events: Iterable[CaseEvent]) -> ToTell | None:
    """Return what these new events of the case come to, None where he need not be told."""
    told = [event for event in events if event.kind in _OF_EVENT]
    if not told:
        return None
    last = told[-1]
    occasion = _OF_EVENT[last.kind]
    return ToTell(occasion=occasion, day=_day(case, last, occasion))


def reminders(case: Case, on: date) -> tuple[ToTell, ...]:
    """Return the reminders whose day has come; a late paper's all in one message."""
    found = []
    for kind, occasion in _REMINDERS.items():
        due = sorted(code for code, by in subjects_open(case, kind).items() if by <= on)
        if due:
            term = case.terms.get(Term.DEFERRAL)
            day = term.on if term and kind is TaskKind.REMIND_DEFERRAL else None
            about = ",".join(f"{kind.value}/{code}" for code in due)
            found.append(ToTell(occasion=occasion, day=day, about=about))
    return tuple(found)


def _day(case: Case, event: CaseEvent, occasion: Occasion) -> date | None:
    match occasion:
        case Occasion.ACCEPTED | Occasion.EXTENDED:
            return case.due_on
        case Occasion.NOTIFIED:
            term = case.terms.get(Term.CORRECTION)
            return term.on if term else None
        case Occasion.PAUSED | Occasion.MAY_SPEAK:
            return event.until_on
        case _:
            return None


def shows_progress(case: Case) -> bool:
    """Whether anybody may ask how far it is: it bears a final number of the platform."""
    final = case.number is not None and not case.number.provisional
    return final and case.state is not CaseState.DRAFT
