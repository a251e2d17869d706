"""Papers that were allowed to come later (容缺受理): handed in, excused, or failed by a person.

Nothing here happens by itself: a term that passes only raises an alarm, and what follows from it
is a person's decision with a reason. No path leads from a clock to anybody's bad record.
"""

from dataclasses import replace
from datetime import date, datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.material import Evidence

K = CaseEventKind


def open_deferrals(rules: CaseRules, case: Case) -> dict[str, date]:
    """Return the materials that are still to come, and the last day of each."""
    return dict(facts_of(rules.law, case.events).deferred)


def supply(
    rules: CaseRules, case: Case, material: str, given: Evidence, session: Session, at: datetime
) -> Case:
    """Take in a paper that was allowed to come later (补件); the promise of it stays below.

    The day it reaches the office counts, whatever the way it came.

    Raises:
        NotAcceptable: this material is not open.
    """
    _must_be_open(rules, case, material)
    held = case.evidence[material]
    evidence = {**case.evidence, material: replace(given, older=(held, *held.older))}
    brought = event_by(session, K.SUPPLIED, at, subject=material)
    return done(rules, replace(case, evidence=evidence), brought)


def excuse(
    rules: CaseRules,
    case: Case,
    material: str,
    until_on: date,
    reason: str,
    session: Session,
    at: datetime,
) -> Case:
    """Give more time for a late paper, for a reason that is nobody's fault (不可抗力).

    Raises:
        NotAcceptable: the material is not open, no reason, or a day that is not later or lies
            behind the item's own promised term.
    """
    _must_be_open(rules, case, material)
    before = open_deferrals(rules, case)[material]
    if not reason.strip():
        raise NotAcceptable("延期要写明理由，没有延期。写清什么事耽误了")
    if until_on <= max(before, local_date(at)):
        raise NotAcceptable(f"新的期限要晚于 {before}，没有延期。改日期再办")
    term = case.terms.get(Term.STATUTORY)
    if term is not None and until_on > term.on:
        raise NotAcceptable(f"补交不能晚于法定时限 {term.on}，没有延期。改日期再办")
    later = event_by(
        session, K.DEFERRAL_EXCUSED, at, subject=material, until_on=until_on, reason=reason.strip()
    )
    held = replace(case.evidence[material], due_on=until_on)
    return done(rules, replace(case, evidence={**case.evidence, material: held}), later)


def fail(rules: CaseRules, case: Case, reason: str, session: Session, at: datetime) -> Case:
    """End a case whose promised papers did not come (容缺终止); a person decides, with a reason.

    Raises:
        NotAcceptable: nothing is open, its last day has not passed, or no reason is given.
    """
    still = open_deferrals(rules, case)
    if not still:
        raise NotAcceptable("这件没有没补的容缺材料，没有终止。按 F5 刷新后看最新进度")
    last = min(still.values())
    if local_date(at) <= last:
        raise NotAcceptable(f"容缺期限到 {last} 才满，没有终止。到期后再办")
    if not reason.strip():
        raise NotAcceptable("还没写终止的理由，没有终止。写明理由再办")
    ended = event_by(session, K.LAPSED, at, reason=reason.strip())
    return done(rules, replace(case, with_whom=""), ended)


def _must_be_open(rules: CaseRules, case: Case, material: str) -> None:
    if material not in open_deferrals(rules, case):
        raise NotAcceptable("这份材料没有容缺，没有改动。已受理的材料不再替换")
