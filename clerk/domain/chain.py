"""Levels that give their opinion before the decision (村初审、镇审核、公示、县确认), and 转报.

Each level has its own term beside the item's; going back to a level before stops none of the
others. What a level thinks is an opinion: it refuses nothing, the decision does. Each level has
eyes of its own: nobody speaks for two levels of one case, nor for any where he took the case in.
"""

from datetime import datetime
from enum import StrEnum

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.decision_bars import decides_own_intake
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Account, Session
from clerk.domain.standard import ChainStep, StepKind
from clerk.values import replace

K = CaseEventKind


class ChainBar(StrEnum):
    """Why a person does not speak for the level that a case lies with."""

    OWN_INTAKE = "own_intake"
    OTHER_LEVEL = "other_level"


_BARRED = {
    ChainBar.OWN_INTAKE: "这件是你收的，不能由你给意见，没有改动。由这一级没有经手的人办",
    ChainBar.OTHER_LEVEL: "另一级的意见是你给的，这一级没有改动。由这一级的另一个人办",
}


def chain_bar(rules: CaseRules, case: Case, account: Account) -> ChainBar | None:
    """Return why this person does not speak for the level the case lies with, None where he may.

    A publicity (公示) is of the place that makes it: whoever gave that place's opinion ends it.
    """
    if decides_own_intake(case, account):
        return ChainBar.OWN_INTAKE
    now = step_of(rules, case)
    mine = {
        event.subject
        for event in case.events
        if event.kind is K.STEP_DONE and event.actor == account.account_id
    }
    same = _same_eyes(rules, now)
    return ChainBar.OTHER_LEVEL if mine - same else None


def _same_eyes(rules: CaseRules, now: ChainStep | None) -> set[str]:
    """Return the levels that one person may speak for together with this one."""
    if now is None:
        return set()
    return {now.code} | {
        one.code
        for one in rules.standard.chain
        if one.by == now.by and StepKind.PUBLICITY in {one.kind, now.kind}
    }


def require_own_eyes(rules: CaseRules, case: Case, session: Session) -> None:
    """Raise ``NotAllowed`` where this person may not speak for the level the case lies with."""
    barred = chain_bar(rules, case, session.account)
    if barred is not None:
        raise NotAllowed(_BARRED[barred])


def step_of(rules: CaseRules, case: Case) -> ChainStep | None:
    """Return the level that the case lies with, None where no opinion is awaited."""
    code = facts_of(rules.law, case.events).step
    return next((one for one in rules.standard.chain if one.code == code), None)


def steps_before(rules: CaseRules, case: Case) -> tuple[ChainStep, ...]:
    """Return the levels the case can be sent back to: people's, never a publicity."""
    now, chain = step_of(rules, case), rules.standard.chain
    before = chain if now is None else chain[: chain.index(now)]
    return tuple(one for one in before if one.kind is StepKind.OPINION)


def give_opinion(
    rules: CaseRules, case: Case, agreed: bool, opinion: str, session: Session, at: datetime
) -> Case:
    """Give this level's opinion and hand the case to the next (初审、审核意见).

    Raises:
        NotAllowed: this person took the case in, or spoke for another level of it.
        NotAcceptable: no level's opinion is awaited, none was written, or a publicity still runs.
    """
    step = _must_lie_with(rules, case)
    require_own_eyes(rules, case, session)
    if not opinion.strip():
        raise NotAcceptable(f"还没写{step.name}意见，没有转下一级。写一句意见再办")
    term = case.terms.get(Term.STEP)
    if step.kind is StepKind.PUBLICITY and term is not None and local_date(at) <= term.on:
        raise NotAcceptable(f"公示到 {term.on} 才满，没有转下一级。期满后再办")
    told = event_by(
        session, K.STEP_DONE, at, subject=step.code, granted=agreed, opinion=opinion.strip()
    )
    after = done(rules, case, told)
    following = step_of(rules, after)
    whom = following.by if following else rules.standard.body.short_name
    return replace(after, with_whom=whom)


def send_down(
    rules: CaseRules, case: Case, code: str, reason: str, session: Session, at: datetime
) -> Case:
    """Send the case back to a level before (退回下级补充); its term begins anew.

    Raises:
        NotAllowed: this person took the case in, or spoke for another level of it.
        NotAcceptable: it is no level before, or no reason was written.
    """
    require_own_eyes(rules, case, session)
    step = next((one for one in steps_before(rules, case) if one.code == code), None)
    if step is None:
        raise NotAcceptable("只能退回前面的环节，没有退回。另选一级")
    if not reason.strip():
        raise NotAcceptable("还没写要补充什么，没有退回。写清楚再办")
    back = event_by(session, K.STEP_RETURNED, at, subject=code, reason=reason.strip())
    return replace(done(rules, case, back), with_whom=step.by)


def pass_on(
    rules: CaseRules, case: Case, authority: str, reason: str, session: Session, at: datetime
) -> Case:
    """Report the case to the next authority, which decides (转报); here it ends.

    Raises:
        NotAcceptable: a level's opinion is still awaited, the item is decided here, or the
            authority is not named.
    """
    if not passes_on(rules):
        raise NotAcceptable("这个事项在本级决定，没有转报。按流程审批")
    if step_of(rules, case) is not None:
        raise NotAcceptable("本级意见还没给，没有转报。先办完本级环节")
    if not authority.strip():
        raise NotAcceptable("还没写转报给哪个机关，没有转报。写明再办")
    told = event_by(session, K.PASSED_ON, at, authority=authority.strip(), reason=reason.strip())
    return replace(done(rules, case, told), with_whom="")


def passes_on(rules: CaseRules) -> bool:
    """Whether the last level here reports the case to the next authority."""
    chain = rules.standard.chain
    return bool(chain) and chain[-1].passes_on


def _must_lie_with(rules: CaseRules, case: Case) -> ChainStep:
    step = step_of(rules, case)
    if step is None:
        raise NotAcceptable("这件现在不等哪一级的意见，没有改动。按 F5 刷新后看最新进度")
    return step
