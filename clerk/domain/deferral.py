"""Papers that were allowed to come later (容缺受理): handed in, excused, or failed by a person.

Nothing here happens by itself: a term that passes only raises an alarm, and what follows from it
is a person's decision with a reason. No path leads from a clock to anybody's bad record.
"""

from datetime import date, datetime

from clerk.domain import form
from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.credit_gate import with_next_question
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import Outcome
from clerk.domain.identity import Session
from clerk.domain.material import Evidence, StoredFile
from clerk.domain.material_checks import check_material
from clerk.domain.reminders import with_reminders
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

K = CaseEventKind


def open_deferrals(rules: CaseRules, case: Case) -> dict[str, date]:
    """Return the materials that are still to come, and the last day of each."""
    if not any(event.kind is K.DEFERRED for event in case.events):
        return {}
    return dict(facts_of(rules.law, case.events).deferred)


def put_off_by(case: Case, accepted: CaseEvent) -> tuple[CaseEvent, ...]:
    """Return that each paper the applicant brings later was put off, by the act that accepts."""
    return tuple(
        replace(
            accepted,
            kind=K.DEFERRED,
            detail={},
            on=None,
            limit=None,
            subject=code,
            until_on=held.due_on,
        )
        for code, held in sorted(case.evidence.items())
        if held.way is Way.DEFERRAL and held.due_on is not None
    )


def after_acceptance(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Return a case just accepted with what its late papers and promises ask for from now on."""
    if open_deferrals(rules, case):
        case = settled(rules, case, (task_set(TaskKind.SIGN_DEFERRAL, local_date(at), at),))
    return _followed(rules, case, at)


def sign(
    rules: CaseRules,
    case: Case,
    files: tuple[StoredFile, ...],
    session: Session,
    at: datetime,
) -> Case:
    """Keep the promise that the applicant has signed (容缺受理承诺书), on paper or as a scan.

    Raises:
        NotAcceptable: nothing is open, or it was signed before.
    """
    still = open_deferrals(rules, case)
    if not still:
        raise NotAcceptable("这件没有没补的容缺材料，没有登记。按 F5 刷新后看最新进度")
    if not is_open(case, TaskKind.SIGN_DEFERRAL):
        raise NotAcceptable("容缺承诺书已经收过，没有再登记")
    signed = {
        code: replace(case.evidence[code], signed=True, files=(*case.evidence[code].files, *files))
        for code in still
    }
    kept = replace(case, evidence={**case.evidence, **signed})
    told = event_by(session, K.DEFERRAL_SIGNED, at, way="scan" if files else "paper")
    return done(rules, kept, told, task_done(TaskKind.SIGN_DEFERRAL, session, at))


def supply(
    rules: CaseRules,
    case: Case,
    material: str,
    given: Evidence,
    session: Session,
    at: datetime,
    *,
    arrived_on: date | None = None,
    why: str = "",
) -> Case:
    """Take in a paper that was allowed to come later (补件); the promise of it stays below.

    Any window may. The day it reaches the office counts, whatever the way it came: ``arrived_on``
    where that was before today (posted, left at the door), and ``why`` says so.

    Raises:
        NotAcceptable: this material is not open, does not hold, or the day cannot be right.
    """
    require_open(rules, case, material)
    today = local_date(at)
    arrived = arrived_on or today
    if arrived > today:
        raise NotAcceptable(f"送到的日子 {arrived} 还没到，没有收下。填实际送到的那天")
    if arrived < _put_off_on(case, material):
        raise NotAcceptable(f"送到的日子 {arrived} 早于容缺受理，没有收下。填实际送到的那天")
    if arrived < today and not why.strip():
        raise NotAcceptable("送到的日子早于今天，没有收下。写明原因（如邮寄签收）再办")
    held = case.evidence[material]
    evidence = {**case.evidence, material: replace(given, older=(held, *held.older))}
    brought = replace(case, evidence=evidence)
    _must_hold(rules, brought, material, arrived)
    detail = {"way": given.way.value, "counter": session.counter_code}
    if why.strip():
        detail["reason"] = why.strip()
    on = arrived if arrived != today else None
    told = replace(event_by(session, K.SUPPLIED, at, on=on, subject=material), detail=detail)
    return _followed(rules, done(rules, brought, told), at)


def _put_off_on(case: Case, material: str) -> date:
    days = [e.day for e in case.events if e.kind is K.DEFERRED and e.subject == material]
    return days[0] if days else date.min


def _must_hold(rules: CaseRules, case: Case, material: str, on: date) -> None:
    """The late paper is checked like any other; nothing of it is left for later again."""
    asked = rules.standard.requirement(material)
    found = list(
        check_material(rules.standard, asked, case, form.facts_of(case, on, rules.calendar))
    )
    if any(one.outcome is Outcome.FAIL for one in found):
        raise NotAcceptable(f"补来的{asked.name}不符合要求，没有收下。退回申请人，在期限内补正")
    if any(one.outcome is not Outcome.PASS for one in found):
        raise NotAcceptable(f"补来的{asked.name}还有没核过的，没有收下。逐项看过再收")


def _followed(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Return the case with the reminders and the questions that still follow from it."""
    return with_next_question(rules, with_reminders(rules, case, at), at)


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
    require_open(rules, case, material)
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
    excused = done(rules, replace(case, evidence={**case.evidence, material: held}), later)
    return _followed(rules, excused, at)


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
    return _followed(rules, done(rules, replace(case, with_whom=""), ended), at)


def require_open(rules: CaseRules, case: Case, material: str) -> None:
    """Raise ``NotAcceptable`` unless this material is still to come."""
    if material in open_deferrals(rules, case):
        return
    if any(one.kind is K.SUPPLIED and one.subject == material for one in case.events):
        raise NotAcceptable("这份材料已经补过，没有改动。按 F5 刷新后看最新进度")
    raise NotAcceptable("这份材料没有容缺，没有改动。已受理的材料不再替换")
