"""The promise in place of a proof (告知承诺): who may, what he chose, and the way back to paper.

The choice is the applicant's, is offered and never pressed, and may be taken back until the
decision. What no promise may replace is data of the standard; whether his credit lets him promise
is the gate of ``clerk.domain.credit_gate``.

Source: 国办发〔2020〕42号.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, done, event_by, must_be
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.material import Evidence
from clerk.domain.party import MandateAct
from clerk.domain.standard import Requirement, Way
from clerk.values import replace

K = CaseEventKind

WITHDRAWABLE = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.UNDER_REVIEW,
        CaseState.SPECIAL_PROCEDURE,
    }
)
"""Where a promise is taken back by an act of its own; a draft's materials simply change."""


class PromiseBar(StrEnum):
    """Why a proof may not be promised in this case."""

    NOT_OFFERED = "not_offered"
    EXCLUDED_PROOF = "excluded_proof"
    NOBODY_FOR_ANOTHER = "nobody_for_another"
    NO_MANDATE = "no_mandate"


class PromiseChoice(StrEnum):
    """What the applicant chose when the promise was offered to him."""

    CHOSEN = "chosen"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


_CHOICES: Mapping[CaseEventKind, PromiseChoice] = {
    K.LETTER_SIGNED: PromiseChoice.CHOSEN,
    K.PROMISE_DECLINED: PromiseChoice.DECLINED,
    K.PROMISE_WITHDRAWN: PromiseChoice.TAKEN_BACK,
}


def promise_bar(asked: Requirement, case: Case, on: date) -> PromiseBar | None:
    """Return why this proof may not be promised by whoever stands here, None where it may."""
    if asked.never_promised is not None:
        return PromiseBar.EXCLUDED_PROOF
    if asked.promise is None or Way.COMMITMENT not in asked.ways:
        return PromiseBar.NOT_OFFERED
    handler = case.handler
    if handler is None:
        return None
    if not asked.promise.terms.agent_may:
        return PromiseBar.NOBODY_FOR_ANOTHER
    carries = handler.mandate.carries(MandateAct.PROMISE, on)
    return None if carries else PromiseBar.NO_MANDATE


def refused(bar: PromiseBar, asked: Requirement) -> NotAllowed:
    """Return the bar as the refusal that the clerk reads."""
    name = asked.name
    match bar:
        case PromiseBar.NOT_OFFERED:
            return NotAllowed(f"{name}不在告知承诺清单内，承诺书没有签。收原件，或一次性告知")
        case PromiseBar.EXCLUDED_PROOF:
            return NotAllowed(f"{name}属于不适用告知承诺的证明，承诺书没有签。请交材料")
        case PromiseBar.NOBODY_FOR_ANOTHER:
            return NotAllowed(f"{name}不能由别人代为承诺，承诺书没有签。请本人来签，或交材料")
        case PromiseBar.NO_MANDATE:
            return NotAllowed("委托书没有写可以代为承诺，承诺书没有签。请申请人本人签，或交原件")


def require_open(asked: Requirement, case: Case, on: date) -> None:
    """Raise ``NotAllowed`` unless this proof may be promised in this case today."""
    bar = promise_bar(asked, case, on)
    if bar is not None:
        raise refused(bar, asked)


def decline_offer(
    case: Case, asked: Requirement, offered_at: datetime, session: Session, at: datetime
) -> Case:
    """Note that the promise was offered and the applicant would rather bring the paper."""
    said = event_by(
        session, K.PROMISE_DECLINED, at, subject=asked.code, offered_at=offered_at.isoformat()
    )
    return case.with_event(said)


def torn_up(case: Case, code: str, session: Session, at: datetime) -> Case:
    """Note that a promise was taken back while the case is still a draft; none there: nothing."""
    held = case.evidence.get(code)
    if held is None or held.way is not Way.COMMITMENT:
        return case
    return case.with_event(event_by(session, K.PROMISE_WITHDRAWN, at, subject=code))


def choice_of(case: Case, code: str) -> PromiseChoice | None:
    """Return what the applicant last chose for a proof, None where it was not offered."""
    said = [event for event in case.events if event.subject == code and event.kind in _CHOICES]
    return _CHOICES[said[-1].kind] if said else None


def promised_proofs(case: Case) -> tuple[str, ...]:
    """Return the materials for which a promise stands now."""
    return tuple(sorted(code for code, held in case.evidence.items() if held.way is Way.COMMITMENT))


def withdraw_promise(
    rules: CaseRules, case: Case, code: str, given: Evidence, session: Session, at: datetime
) -> Case:
    """Let the applicant take his promise back and hand in the paper (撤回承诺，改交材料).

    The letter stays below the paper. What the chief representative found at this material counts
    no more: he looks at the paper. Nothing is checked afterwards that was not decided upon.

    Raises:
        NotAcceptable: it is decided already, or no promise stands for this material.
    """
    must_be(case, *WITHDRAWABLE)
    if code not in promised_proofs(case):
        raise NotAcceptable("这份材料没有承诺，没有改动。按 F5 刷新后看最新进度")
    held = case.evidence[code]
    paper = replace(given, older=(replace(held, older=()), *held.older))
    anew = {point for point in case.looked_at if point.partition("/")[0] == code}
    back = replace(
        case,
        evidence={**case.evidence, code: paper},
        looked_at=case.looked_at - anew,
        point_answers={
            point: found for point, found in case.point_answers.items() if point not in anew
        },
    )
    taken_back: CaseEvent = event_by(session, K.PROMISE_WITHDRAWN, at, subject=code)
    return done(rules, back, taken_back)
