"""Checks of promises after the decision (承诺事后核查): a task each, and what a person found.

Whoever took the case in does not check it. What cannot be found out stays open; what is false is
to be made true by a day, or leads through a hearing to the revocation (``clerk.domain.revocation``).
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.check_records import (
    AfterCheck,
    CheckFinding,
    OnlineAnswer,
    OnlineOutcome,
    RepairOrder,
)
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.decision_bars import carrying_mandate, decides_own_intake, noting
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.domain.promise import promised_proofs
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.tasks import TaskKind, subjects_open, task_done, task_set
from clerk.values import dataclass, replace

K = CaseEventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNote:
    """What the checker writes down; ``grounds`` or a file shows how he knows it."""

    material: str
    finding: CheckFinding
    method: CheckMethod
    grounds: str
    files: tuple[StoredFile, ...] = ()


def checks_to_set(rules: CaseRules, case: Case, on: date, at: datetime) -> tuple[CaseEvent, ...]:
    """Return the tasks that a grant on ``on`` sets: each promised proof is looked at in its term."""
    return tuple(
        task_set(TaskKind.AFTER_CHECK, _by(rules, code, on), at, code)
        for code in promised_proofs(case)
        if _method(rules, code) is not CheckMethod.NONE
    )


def open_checks(case: Case) -> dict[str, date]:
    """Return the promised proofs that are still to be looked at, each with its last day."""
    return subjects_open(case, TaskKind.AFTER_CHECK)


def proven_false(case: Case) -> tuple[str, ...]:
    """Return the proofs whose last check found the promise false, so that it still stands so."""
    last = {check.material: check.finding for check in case.checks.after}
    return tuple(sorted(code for code, found in last.items() if found is CheckFinding.FALSE))


def false_since(case: Case, place: int) -> tuple[str, ...]:
    """Return the proofs that stand as false by a check at this place of the list or behind it."""
    later = {check.material for check in case.checks.after[place:]}
    return tuple(code for code in proven_false(case) if code in later)


def checks_own_intake(case: Case, session: Session) -> bool:
    """Whether this person may not check, since he had a hand in taking the case in."""
    return decides_own_intake(case, session.account)


def record_check(
    rules: CaseRules, case: Case, note: CheckNote, session: Session, at: datetime
) -> Case:
    """Write down what a look at a promised proof found.

    Raises:
        NotAllowed: the checker had a hand in taking the case in.
        NotAcceptable: this proof is not to be checked, or all there is to it is that the
            certificate library did not answer.
        BadInput: nothing shows how it is known.
    """
    if checks_own_intake(case, session):
        raise NotAllowed("这件是你收的，不能由你核查，没有登记。由没有经手的人核查")
    if note.material not in open_checks(case):
        raise NotAcceptable("这份承诺没有待做的核查，没有登记。按 F5 刷新后看最新进度")
    if not note.grounds.strip() and not note.files:
        raise BadInput("还没写凭什么认定，没有登记。写下查到什么，或附上核查材料")
    online = online_answer(case, note.material)
    if _rests_on_silence(note, online):
        raise NotAcceptable(
            "证照库没有答复，不能凭它认定，没有登记。选查不清楚，或附上别的核查材料"
        )
    check = AfterCheck(
        material=note.material,
        finding=note.finding,
        method=note.method,
        grounds=note.grounds.strip(),
        files=note.files,
        at=at,
        by=session.account.account_id,
        by_name=session.account.display_name,
        online=online,
    )
    checks = replace(case.checks, after=(*case.checks.after, check))
    found = event_by(
        session,
        K.PROMISE_CHECKED,
        at,
        subject=note.material,
        finding=note.finding.value,
        method=note.method.value,
        grounds=check.grounds,
    )
    return done(rules, replace(case, checks=checks), found, _what_follows(rules, note, session, at))


def online_answer(case: Case, code: str) -> OnlineAnswer | None:
    """Return what the library last said of this proof since it was last looked at, if anything."""
    since = [check.at for check in case.checks.after if check.material == code]
    asked = [one for one in case.checks.online if one.material == code]
    return asked[-1] if asked and (not since or asked[-1].at > since[-1]) else None


def _rests_on_silence(note: CheckNote, online: OnlineAnswer | None) -> bool:
    """Whether a finding would stand on no answer alone."""
    silent = online is not None and online.outcome is OnlineOutcome.NO_ANSWER
    found_out = note.finding is not CheckFinding.UNCLEAR and note.method is CheckMethod.ONLINE
    return silent and found_out and not note.files


def _what_follows(rules: CaseRules, note: CheckNote, session: Session, at: datetime) -> CaseEvent:
    """The task is done; what could not be found out is looked at again within the same term."""
    if note.finding is CheckFinding.UNCLEAR:
        again = _by(rules, note.material, local_date(at))
        return task_set(TaskKind.AFTER_CHECK, again, at, note.material)
    return task_done(TaskKind.AFTER_CHECK, session, at, note.material)


def order_repair(
    rules: CaseRules,
    case: Case,
    code: str,
    demand: str,
    until_on: date,
    session: Session,
    at: datetime,
) -> Case:
    """Order that what was promised be made true by a day (责令限期整改); then it is checked again.

    The order's 文号 stands in the case already, drawn with this act.

    Raises:
        NotAllowed: no mandate of this person would carry the decision now, or his own intake.
        NotAcceptable: no false promise stands, the day is past, or nothing is demanded.
    """
    mandate = carrying_mandate(rules.standard, case, session, at)
    if mandate is None or checks_own_intake(case, session):
        raise NotAllowed("这件不能由你责令整改，没有发出。转给有授权、没有经手的首席代表")
    if code not in proven_false(case) or case.checks.revocation is not None:
        raise NotAcceptable("这份承诺没有核查出不实，没有责令整改。先登记核查结果")
    if not demand.strip():
        raise NotAcceptable("还没写要改什么，没有责令整改。写明改到什么样")
    if until_on <= local_date(at):
        raise NotAcceptable("整改期限要晚于今天，没有责令整改。改日期再办")
    number = case.paper_numbers.get(PaperKind.REPAIR_ORDER.value, "")
    order = RepairOrder(
        material=code,
        demand=demand.strip(),
        until_on=until_on,
        number=number,
        at=at,
        by_name=session.account.display_name,
    )
    checks = replace(case.checks, repairs=(*case.checks.repairs, order))
    ordered = event_by(
        session,
        K.REPAIR_ORDERED,
        at,
        subject=code,
        until_on=until_on,
        reason=order.demand,
    )
    again = task_set(TaskKind.AFTER_CHECK, until_on, at, code)
    return done(rules, replace(case, checks=checks), noting(mandate, ordered), again)


def repair_runs(case: Case, on: date) -> bool:
    """Whether the applicant still has time to make true what he promised."""
    repairs = (order for order in case.checks.repairs if order.material in proven_false(case))
    return any(on <= order.until_on for order in repairs)


def _method(rules: CaseRules, code: str) -> CheckMethod:
    promise = rules.standard.requirement(code).promise
    return promise.terms.check if promise else CheckMethod.NONE


def _by(rules: CaseRules, code: str, on: date) -> date:
    promise = rules.standard.requirement(code).promise
    days = promise.terms.check_within_workdays if promise else 0
    return due_date(on, Limit(amount=days, unit=LimitUnit.WORKDAYS), rules.calendar).on
