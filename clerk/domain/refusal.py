"""Before a refusal (不予许可): the applicant is told what is intended and may speak (陈述、申辩)."""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, done, event_by, must_be
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.decision_bars import carrying_mandate, noting
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.review import gives_reasons
from clerk.domain.statement import Statement
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

HEARD = "heard"
WAIVED = "waived"
ANSWERS = (HEARD, WAIVED)


def statement_needed(rules: CaseRules, case: Case) -> bool:
    """Whether the applicant has still to be told before this case may be refused."""
    return rules.law.statement is not None and case.statement is None


def statement_runs(case: Case, on: date) -> bool:
    """Whether the applicant may still speak, so that nobody may refuse today."""
    return case.statement is not None and not case.statement.over(on)


def offer_statement(
    rules: CaseRules, case: Case, reasons: str, session: Session, at: datetime
) -> Case:
    """Tell the applicant why a refusal is intended and until when he may speak.

    Raises:
        NotAllowed: no mandate of this person would carry the refusal now.
        NotAcceptable: the item's law does not ask for it, he was told before, or no reasons.
    """
    must_be(case, CaseState.ACCEPTED, CaseState.UNDER_REVIEW)
    mandate = carrying_mandate(rules.standard, case, session, at)
    if mandate is None:
        raise NotAllowed("这件不能由你决定，没有告知陈述申辩。转给有授权的首席代表")
    limit = rules.law.statement
    if limit is None:
        raise NotAcceptable("这类事项不予办理前不用告知陈述申辩，没有登记。可以直接作出决定")
    if case.statement is not None:
        raise NotAcceptable("陈述申辩已经告知过，没有再告知。按 F5 刷新后看最新进度")
    if not gives_reasons(reasons):
        raise NotAcceptable("还没写清拟不予许可的理由，没有告知。写明查到什么、哪一条不符合")
    until_on = due_date(local_date(at), limit, rules.calendar).on
    told = Statement(
        reasons=reasons.strip(),
        told_at=at,
        told_by=session.account.display_name,
        until_on=until_on,
    )
    offered = event_by(
        session,
        CaseEventKind.STATEMENT_OFFERED,
        at,
        until_on=until_on,
        reason=reasons.strip(),
    )
    reminder = task_set(TaskKind.HEAR_APPLICANT, until_on, at)
    return done(rules, replace(case, statement=told), noting(mandate, offered), reminder)


def take_statement(
    rules: CaseRules, case: Case, answer: str, record: str, session: Session, at: datetime
) -> Case:
    """Record what the applicant said, or that he gives up speaking.

    Raises:
        NotAcceptable: he was not told, or spoke already; no answer or no record.
    """
    told = case.statement
    if told is None or told.answered_at is not None:
        raise NotAcceptable("这件没有等着的陈述申辩，没有登记。按 F5 刷新后看最新进度")
    if answer not in ANSWERS:
        raise NotAcceptable("还没选申请人陈述了还是放弃，没有登记。选一项再办")
    if not record.strip():
        raise NotAcceptable("还没写记录，没有登记。写下申请人说了什么，或怎样放弃的")
    answered = replace(
        told,
        answered_at=at,
        answered_to=session.account.display_name,
        waived=answer == WAIVED,
        record=record.strip(),
    )
    kind = CaseEventKind.STATEMENT_WAIVED if answered.waived else CaseEventKind.STATEMENT_HEARD
    events = [event_by(session, kind, at, record=record.strip())]
    if is_open(case, TaskKind.HEAR_APPLICANT):
        events.append(task_done(TaskKind.HEAR_APPLICANT, session, at))
    return done(rules, replace(case, statement=answered), *events)
