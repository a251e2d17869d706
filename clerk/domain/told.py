"""What a back office tells of a case (回传), taken over into its course."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clerk.domain.after_check import checks_to_set
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState, Decision
from clerk.domain.course import CaseRules, settled
from clerk.domain.deferral import after_acceptance, put_off_by
from clerk.domain.hand_off import RemoteEvent, RemoteEventKind
from clerk.values import replace

K = CaseEventKind

_ENDED = frozenset(
    {CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.LAPSED, CaseState.VOID, CaseState.REVOKED}
)
_RESULT_IS_HERE = frozenset({CaseState.RESULT_WAITING, CaseState.HANDED_OUT})
_KINDS: Mapping[RemoteEventKind, CaseEventKind] = MappingProxyType(
    {
        RemoteEventKind.SIGNED_FOR: K.SIGNED_FOR,
        RemoteEventKind.ACCEPTED: K.ACCEPTED,
        RemoteEventKind.CORRECTION_ASKED: K.NOTIFIED_ONCE,
        RemoteEventKind.GRANTED: K.DECIDED,
        RemoteEventKind.REFUSED: K.DECIDED,
        RemoteEventKind.RESULT_READY: K.RESULT_READY,
        RemoteEventKind.RETURNED: K.RETURNED_INTERNALLY,
    }
)


def apply_remote(rules: CaseRules, case: Case, event: RemoteEvent) -> Case:
    """Take over what a back office says; it wins where it disagrees with us.

    Messages arrive late and out of order: what the state of the case does not allow only stands
    in its course, so that no date moves that the applicant holds on paper. That a result is ready
    is no news where its own receipt said so.
    """
    if event.kind is RemoteEventKind.RESULT_READY and case.state in _RESULT_IS_HERE:
        return case
    told = CaseEvent(
        kind=_kind(case, event),
        at=event.at,
        actor="",
        actor_name=event.actor,
        detail={**event.detail, **_too_late(case)},
        granted=_granted(event.kind),
    )
    put_off = put_off_by(case, told) if told.kind is K.ACCEPTED else ()
    after = settled(rules, case, (*_all_is_in(case, told), told, *put_off))
    if put_off and after.state is CaseState.ACCEPTED:
        after = after_acceptance(rules, after, event.at)
    if told.granted is None or after.state is case.state:
        return after
    decision = Decision(
        granted=told.granted,
        opinion=event.detail.get("opinion", ""),
        at=event.at,
        by="",
        by_name=event.actor,
        number=event.detail.get("number", ""),
    )
    if told.granted:
        after = settled(rules, after, checks_to_set(rules, after, told.day, told.at))
    return replace(after, decision=decision)


TOO_LATE: Final = "too_late"
"""What an answer is marked with that came for a case which had ended: the state it was in."""


def _too_late(case: Case) -> dict[str, str]:
    return {TOO_LATE: case.state.value} if case.state in _ENDED else {}


def _all_is_in(case: Case, told: CaseEvent) -> tuple[CaseEvent, ...]:
    """Return that all had come in, where the department goes on while we wait for corrections."""
    goes_on = told.kind in {K.ACCEPTED, K.DECIDED}
    if case.state is not CaseState.CORRECTION_DUE or not goes_on:
        return ()
    return (replace(told, kind=K.CORRECTED, detail={}, granted=None),)


def _kind(case: Case, event: RemoteEvent) -> CaseEventKind:
    """Return what the event is to this case: another decision than the first corrects it."""
    granted = _granted(event.kind)
    if granted is not None and case.decision is not None and case.decision.granted != granted:
        return K.DECISION_CORRECTED
    return _KINDS[event.kind]


def _granted(kind: RemoteEventKind) -> bool | None:
    match kind:
        case RemoteEventKind.GRANTED:
            return True
        case RemoteEventKind.REFUSED:
            return False
        case _:
            return None
