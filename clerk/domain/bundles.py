"""A week's cases of one place, handed up together (批次上报), and dealt with person by person.

The bundle is a list, never a decision: each case keeps its own course, and one that is returned
holds up none of the others.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.chain import chain_bar, give_opinion, require_own_eyes, send_down, step_of
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Account, Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import StepKind
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import dataclass, replace

MOST_LINES = 200
"""So many persons at most in one bundle: a village has fewer in a week."""

COMPLETE_WITHIN = Limit(amount=5, unit=LimitUnit.WORKDAYS)
"""By when the level below completes what was asked; its own rule where a bureau has one."""

K = CaseEventKind


class LineOutcome(StrEnum):
    """What the receiving level did with one person of a bundle."""

    TAKEN = "taken"
    RETURNED = "returned"
    TO_COMPLETE = "to_complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleLine:
    """One person; ``outcome`` is None until the receiving level has looked."""

    case_id: UUID
    label: str
    applicant_name: str
    outcome: LineOutcome | None = None
    reason: str = ""
    by_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The list of one week; ``step`` is the level that hands it up, ``to_by`` who receives it."""

    bundle_id: UUID
    item_code: str
    item_name: str
    step: str
    step_name: str
    from_by: str
    to_by: str
    week_of: date
    made_at: datetime
    made_by: str
    made_by_name: str
    opinion: str
    lines: tuple[BundleLine, ...]

    @property
    def label(self) -> str:
        """What people call it by, on its list."""
        return f"PC{local_date(self.made_at):%Y%m%d}-{self.bundle_id.hex[-6:].upper()}"

    @property
    def open_lines(self) -> int:
        """Persons whom the receiving level has neither taken nor returned."""
        settled = {LineOutcome.TAKEN, LineOutcome.RETURNED}
        return sum(line.outcome not in settled for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Cases of one item that lie with one level and wait for its opinion.

    ``barred`` counts those for which this person may not speak; another hands them up.
    """

    item_code: str
    item_name: str
    step: str
    step_name: str
    from_by: str
    cases: tuple[Case, ...]
    barred: int = 0


def may_be_bundled(rules: CaseRules, case: Case, step: str) -> bool:
    """Whether the case lies with this level and waits for its opinion."""
    now = step_of(rules, case)
    return now is not None and now.code == step and now.kind is StepKind.OPINION


def handed_up(
    rules: CaseRules,
    case: Case,
    step: str,
    bundle_id: UUID,
    opinion: str,
    session: Session,
    at: datetime,
) -> Case:
    """Give this level's opinion as part of a bundle; a note in the course names the bundle.

    Raises:
        NotAllowed: this person took the case in, or spoke for another level of it.
        NotAcceptable: the case lies with another level, or no opinion was written.
    """
    if chain_bar(rules, case, session.account) is not None:
        raise NotAllowed(
            f"{case.applicant_name}的件你收过或在另一级给过意见，整批没有上报。去掉这个人，由别人报"
        )
    if not may_be_bundled(rules, case, step):
        raise NotAcceptable(
            f"{case.applicant_name}的件已经不在这一级，整批没有上报。去掉这个人再报"
        )
    spoken = give_opinion(rules, case, True, opinion, session, at)
    return done(rules, spoken, event_by(session, K.BUNDLED, at, subject=str(bundle_id)))


def bundle_of(
    rules: CaseRules,
    bundle_id: UUID,
    step: str,
    cases: Iterable[Case],
    opinion: str,
    session: Session,
    at: datetime,
) -> Bundle:
    """Return the list of the cases that are handed up.

    Raises:
        NotAcceptable: more persons than one list holds.
    """
    chain = rules.standard.chain
    here = next(one for one in chain if one.code == step)
    after = chain[chain.index(here) + 1 :]
    lines = tuple(
        BundleLine(case_id=one.case_id, label=one.label, applicant_name=one.applicant_name)
        for one in cases
    )
    if len(lines) > MOST_LINES:
        raise NotAcceptable(f"一批最多 {MOST_LINES} 人，没有上报。分两批报")
    today = local_date(at)
    return Bundle(
        bundle_id=bundle_id,
        item_code=rules.standard.item_code,
        item_name=rules.standard.name,
        step=step,
        step_name=here.name,
        from_by=here.by,
        to_by=after[0].by if after else rules.standard.body.short_name,
        week_of=today - timedelta(days=today.weekday()),
        made_at=at,
        made_by=session.account.account_id,
        made_by_name=session.account.display_name,
        opinion=opinion.strip(),
        lines=lines,
    )


def receives(bundle: Bundle, account: Account) -> bool:
    """Whether this person may receive the bundle: anybody but the one who handed it up."""
    return account.account_id != bundle.made_by


def with_line(
    bundle: Bundle,
    case_id: UUID,
    outcome: LineOutcome,
    reason: str,
    session: Session,
    at: datetime,
) -> Bundle:
    """Return the bundle with one person dealt with.

    Raises:
        NotAllowed: who handed the bundle up receives it himself.
        NotAcceptable: he is not on it, or was taken or returned before.
    """
    if not receives(bundle, session.account):
        raise NotAllowed("这一批是你自己上报的，没有处理。由接收的一级另一个人收")
    held = next((line for line in bundle.lines if line.case_id == case_id), None)
    if held is None or held.outcome in {LineOutcome.TAKEN, LineOutcome.RETURNED}:
        raise NotAcceptable("这个人这一批已经处理过，没有改动。按 F5 刷新后再看")
    settled = replace(
        held,
        outcome=outcome,
        reason=reason.strip(),
        by_name=session.account.display_name,
        at=at,
    )
    return replace(bundle, lines=tuple(settled if line is held else line for line in bundle.lines))


def line_settled(
    rules: CaseRules,
    case: Case,
    bundle: Bundle,
    outcome: LineOutcome,
    reason: str,
    session: Session,
    at: datetime,
) -> Case:
    """Return the case as the receiving level leaves it: taken, returned, or to be completed.

    Raises:
        NotAllowed: this person took the case in, or spoke for another level of it.
        NotAcceptable: it is sent back or to be completed without a reason.
    """
    require_own_eyes(rules, case, session)
    if outcome is not LineOutcome.TAKEN and not reason.strip():
        raise NotAcceptable("还没写要补什么、为什么退回，没有处理。写清楚再办")
    told = event_by(
        session,
        K.BUNDLE_LINE,
        at,
        subject=str(bundle.bundle_id),
        outcome=outcome.value,
        reason=reason.strip(),
    )
    events = [told]
    if is_open(case, TaskKind.COMPLETE_BUNDLED):
        events.append(task_done(TaskKind.COMPLETE_BUNDLED, session, at))
    if outcome is LineOutcome.TO_COMPLETE:
        by = due_date(local_date(at), COMPLETE_WITHIN, rules.calendar).on
        events.append(task_set(TaskKind.COMPLETE_BUNDLED, by, at))
    noted = done(rules, case, *events)
    if outcome is not LineOutcome.RETURNED:
        return noted
    return send_down(rules, noted, bundle.step, reason, session, at)
