"""Which cases may be decided many at once (批量审批), and which of them must be opened one by one."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules
from clerk.domain.decision_bars import decides_own_intake, decision_bar, mandate_for
from clerk.domain.decisions import points_answered, points_to_look_at
from clerk.domain.findings import Verdict
from clerk.domain.identity import Account, Session
from clerk.domain.mandate import BatchRule, lot
from clerk.domain.review import PointOutcome
from clerk.values import dataclass


class BatchBar(StrEnum):
    """Why a case is in no batch; the words are in ``clerk.wording_approval``."""

    NOT_MARKED = "not_marked"
    MAY_NOT_DECIDE = "may_not_decide"
    OWN_INTAKE = "own_intake"
    NOT_CLEAN = "not_clean"
    NOT_LOOKED_AT = "not_looked_at"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCandidate:
    """A case that may be in a batch as far as it goes itself; ``opened`` where it was looked at."""

    case_id: UUID
    item_code: str
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What may be decided together now: the cases in it, and why the others are not.

    ``most`` is the mandate's cap, ``beyond`` how many more there would be without it.
    ``opinion`` is the item's first prepared one; ``offered_at`` begins the time it took.
    """

    item_code: str
    item_name: str
    lines: tuple[CaseLine, ...]
    left_out: tuple[tuple[CaseLine, BatchBar], ...]
    most: int
    opinion: str
    offered_at: datetime
    beyond: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDone:
    """What came of a batch: the decided cases, and the sentence for each that was not."""

    decided: tuple[Case, ...]
    refused: tuple[str, ...]
    seconds: int


def batch_rule_for(account: Account, item_code: str, at: datetime) -> BatchRule | None:
    """Return the rule by which this person may decide many cases of the item at once."""
    rules = (mandate.batch for mandate in account.mandates if mandate.runs(at))
    return next((rule for rule in rules if rule and item_code in rule.items), None)


def batch_bar(
    rules: CaseRules, case: Case, verdict: Verdict, session: Session, at: datetime
) -> BatchBar | None:
    """Return why this case is in no batch of this person, None where it may be."""
    standard, account = rules.standard, session.account
    mandate = mandate_for(standard, case, account, at)
    if mandate is None or decision_bar(standard, case, session, at) is not None:
        return BatchBar.MAY_NOT_DECIDE
    if mandate.batch is None or case.item_code not in mandate.batch.items:
        return BatchBar.NOT_MARKED
    if decides_own_intake(case, account):
        return BatchBar.OWN_INTAKE
    pending = case.returns and case.returns[-1].answered_at is None
    if verdict.failed or verdict.open or pending or facts_of(rules.law, case.events).deferred:
        return BatchBar.NOT_CLEAN
    answers = points_answered(standard, case, session)
    if set(points_to_look_at(standard, case)) - set(answers):
        return BatchBar.NOT_LOOKED_AT
    if any(found.outcome is PointOutcome.NOT_MET for found in answers.values()):
        return BatchBar.NOT_CLEAN
    return None


def to_be_opened(candidates: Sequence[BatchCandidate], open_one_in: int) -> frozenset[UUID]:
    """Return which of these must be decided one by one, at least one of every batch.

    Drawn by the id of the case, so that nobody picks. What a person has looked at point by point
    was opened already and needs no drawing.
    """
    unseen = [one.case_id for one in candidates if not one.opened]
    drawn = {case_id for case_id in unseen if lot(case_id) % open_one_in == 0}
    if unseen and not drawn:
        drawn = {min(unseen, key=lot)}
    return frozenset(drawn)
