"""再次告知: what the one complete notice left out is told after all, by a supervisor's word.

The law knows one notice (行政许可法 art. 32 (4)); a second is the hall's own failure. It is given
for a written reason only, and the term for the corrections begins anew in the applicant's favour.
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.case_acts import ActWords
from clerk.domain.checking import check_case
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.deadlines import due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.notice_points import notice_points
from clerk.domain.office import counted_on
from clerk.values import replace


def untold_points(rules: CaseRules, case: Case, on: date) -> tuple[str, ...]:
    """Return the subjects that the check finds and no notice has told; none before the first."""
    if case.notice is None:
        return ()
    verdict = check_case(rules.standard, case, case.counter_code, on, rules.calendar)
    return tuple(one for one in notice_points(verdict) if one not in case.notice.points)


def notify_again(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    """Tell what was left out, for the reason in ``words``; what was told before stays told.

    Raises:
        BadInput: no reason is given.
        NotAcceptable: nothing was left out, or the state does not allow it.
    """
    reason = words.reason.strip()
    if not reason:
        raise BadInput("还没写为什么第一次没告知全，没有再次告知。写明原因再办")
    on = counted_on(rules.office, at, rules.calendar) or at.date()
    points = untold_points(rules, case, on)
    if case.notice is None or not points:
        raise NotAcceptable("没有漏告知的内容，没有再次告知。缺的都在第一次的告知书里")
    limit = _first(case).limit
    told = replace(
        case.notice,
        points=(*case.notice.points, *points),
        at=at,
        reply_by_on=None if limit is None else due_date(on, limit, rules.calendar).on,
        again=reason,
    )
    event = event_by(
        session,
        CaseEventKind.NOTIFIED_ONCE,
        at,
        limit=limit,
        points=str(len(points)),
        reason=reason,
    )
    return done(rules, replace(case, notice=told, with_whom=case.applicant_name), event)


def _first(case: Case) -> CaseEvent:
    return next(one for one in case.events if one.kind is CaseEventKind.NOTIFIED_ONCE)
