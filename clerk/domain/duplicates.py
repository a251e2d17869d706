"""Noticing that a person, or a case, is here already (重复申请人、重复办件).

It is told, never decided by the program: a second case of the same item may be right. What the
clerk decides stands with the reason in the course of the case at hand.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.case_list import CaseLine
from clerk.domain.course import event_by
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.intake import EDITABLE
from clerk.values import dataclass, replace

LONGEST_REASON: Final = 100
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What the store holds beside a case that is being taken in.

    ``same_item`` are open cases of the same item for the same applicant, ``other_names`` cases in
    which the same identity number stands beside another name; both newest first.
    """

    same_item: tuple[CaseLine, ...] = ()
    other_names: tuple[CaseLine, ...] = ()

    def undecided(self, case: Case) -> "Alike":
        """Return what the clerk has not decided yet."""
        seen = decided(case)
        return Alike(
            same_item=tuple(one for one in self.same_item if one.case_id not in seen),
            other_names=tuple(one for one in self.other_names if one.case_id not in seen),
        )

    def lines(self) -> tuple[CaseLine, ...]:
        """Return all of them, each once, the same item first."""
        return tuple(dict.fromkeys((*self.same_item, *self.other_names)))


def decided(case: Case) -> frozenset[UUID]:
    """Return the other cases beside which this one is taken in on purpose."""
    kept = (event for event in case.events if event.kind is CaseEventKind.KEPT_BESIDE)
    return frozenset(UUID(event.subject) for event in kept)


def keep_beside(case: Case, other: CaseLine, reason: str, session: Session, at: datetime) -> Case:
    """Write down that the case is taken in although the other one is there.

    Raises:
        BadInput: the reason is missing or too long.
        NotAcceptable: the case is no longer being taken in.
    """
    if case.state not in EDITABLE:
        raise NotAcceptable("这件已经收下，没有改动。重复办件在收件前处理")
    said = reason.strip()
    if not said:
        raise BadInput("还没写为什么仍要另办，没有登记。写明原因再定")
    if len(said) > LONGEST_REASON:
        raise BadInput(f"原因超过 {LONGEST_REASON} 个字，没有登记。写短一些再定")
    event = event_by(
        session,
        CaseEventKind.KEPT_BESIDE,
        at,
        subject=str(other.case_id),
        label=other.label,
        name=other.applicant_name if other.applicant_name != case.applicant_name else "",
        reason=said,
    )
    return replace(case, events=(*case.events, case.stamped(event)))
