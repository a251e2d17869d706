"""Special procedures and extension (特别程序, 延长审批): what moves the terms, and on whose word.

Only procedures that the item lists; 现场核查 is none of them and pauses nothing. An extension is
decided by the head of the authority, never at the window, and is written down with its paper.

Source: 行政许可法 art. 42 (extension, once, with reasons told), art. 45 (excluded procedures, told
in writing).
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term, due_date
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import SpecialProcedure
from clerk.values import dataclass, replace

K = CaseEventKind


def procedures_of(rules: CaseRules) -> tuple[SpecialProcedure, ...]:
    """Return the procedures that the item lists and whose time does not count."""
    return tuple(one for one in rules.standard.special_procedures if not one.extends)


def start_procedure(
    rules: CaseRules, case: Case, name: str, document: str, session: Session, at: datetime
) -> Case:
    """Start a special procedure; ``document`` is the paper that tells the applicant of it.

    Raises:
        NotAcceptable: the item does not list it, no paper is named, or the state forbids it.
    """
    listed = next((one for one in procedures_of(rules) if one.name == name), None)
    if listed is None:
        raise NotAcceptable("事项标准没有这项特别程序，计时没有停。现场核查不停计时")
    if not document.strip():
        raise NotAcceptable("特别程序要书面告知申请人，计时没有停。填告知书文号再办")
    limit = Limit(amount=listed.days, unit=LimitUnit.WORKDAYS)
    until = due_date(local_date(at), limit, rules.calendar).on
    started = event_by(
        session, K.PROCEDURE_STARTED, at, subject=name, until_on=until, document=document.strip()
    )
    return done(rules, case, started)


def end_procedure(
    rules: CaseRules, case: Case, result: str, session: Session, at: datetime
) -> Case:
    """End the procedure that runs; the terms go on, later by the days it took.

    Raises:
        NotAcceptable: none runs, or its result is not written down.
    """
    if not result.strip():
        raise NotAcceptable("还没写特别程序的结果，没有结束。写一句结果再办")
    return done(rules, case, event_by(session, K.PROCEDURE_ENDED, at, result=result.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What the head of the authority has granted, on which paper (延长审批)."""

    workdays: int
    reason: str
    approved_by: str
    document: str


def extend(
    rules: CaseRules, case: Case, granted: Extension, session: Session, at: datetime
) -> Case:
    """Write down that the head of the authority has extended the term (延长审批).

    Raises:
        NotAcceptable: the item allows none or not so many days, it was extended before, the term
            has passed, or approver, reason or paper is missing.
    """
    cap = rules.law.extension
    if cap is None:
        raise NotAcceptable("这个事项的依据没有规定延长，没有延长。按原期限决定")
    if facts_of(rules.law, case.events).extended is not None:
        raise NotAcceptable("这件已经延长过一次，没有再延长。按延长后的期限决定")
    if not 0 < granted.workdays <= cap.amount:
        raise NotAcceptable(f"最多延长 {cap.amount} 个工作日，没有延长。改天数再办")
    if _passed(case, local_date(at)):
        raise NotAcceptable("法定时限已经过了，没有延长。延长要在期满以前批准")
    if not all(said.strip() for said in (granted.reason, granted.approved_by, granted.document)):
        raise NotAcceptable("延长要有本机关负责人、理由和告知书文号，没有延长。补齐再办")
    longer = Limit(amount=granted.workdays, unit=LimitUnit.WORKDAYS)
    extended = event_by(
        session,
        K.EXTENDED,
        at,
        limit=longer,
        reason=granted.reason.strip(),
        approved_by=granted.approved_by.strip(),
        document=granted.document.strip(),
    )
    told = {**extended.detail, **_on_paper(rules, case, longer)}
    return done(rules, case, replace(extended, detail=told))


def _on_paper(rules: CaseRules, case: Case, longer: Limit) -> dict[str, str]:
    """The statutory last day before and after, as the paper to the applicant names them."""
    term = case.terms.get(Term.STATUTORY)
    if term is None:
        return {}
    later = due_date(term.on, longer, rules.calendar).on
    return {"before_on": term.on.isoformat(), "later_on": later.isoformat()}


def _passed(case: Case, on: date) -> bool:
    term = case.terms.get(Term.STATUTORY)
    return term is not None and on > term.on
