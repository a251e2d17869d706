"""After a false promise: the applicant is heard, then a person may revoke the decision (撤销决定).

No path leads from a finding or from a clock to the revocation or to anybody's bad record: each
step is a person's, with reasons and on paper. A hearing serves the findings it was held about: what
is found false later needs one of its own.

Source: 国办发〔2020〕42号; 行政许可法 art. 7 (to be heard), art. 47 (five days to ask for a hearing),
art. 69 (revocation).
"""

from datetime import date, datetime
from typing import Final

from clerk.domain.after_check import false_since, proven_false, repair_runs
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.check_records import Revocation
from clerk.domain.clock import ALLOWED_FROM
from clerk.domain.course import CaseRules, done, event_by, must_be
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.decision_bars import carrying_mandate, decision_bar, noting
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.papers import PaperKind
from clerk.domain.statement import Statement
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

K = CaseEventKind

REVOCABLE: Final = ALLOWED_FROM[K.DECISION_REVOKED]
SPOKE, HELD, WAIVED = "spoke", "held", "waived"
ANSWERS: Final = (SPOKE, HELD, WAIVED)
"""He spoke (陈述申辩), a hearing was held (听证), or he gave it up (放弃)."""

_TO_SPEAK: Final = Limit(amount=5, unit=LimitUnit.WORKDAYS)
"""Where the kind's own law names no term."""

_SUBJECT: Final = "revocation"


def offer_hearing(
    rules: CaseRules, case: Case, reasons: str, session: Session, at: datetime
) -> Case:
    """Tell the applicant that a revocation is intended, why, and until when he may speak.

    Raises:
        NotAllowed: no mandate of this person would carry the revocation now.
        NotAcceptable: no promise was found false, he was told of it before, what he was told of
            an earlier one is still open, or no reasons are given.
    """
    must_be(case, *REVOCABLE)
    mandate = carrying_mandate(rules.standard, case, session, at)
    if mandate is None:
        raise NotAllowed("这件不能由你撤销，没有告知。转给有授权的首席代表，或由部门告知")
    if not proven_false(case):
        raise NotAcceptable("没有核查出不实的承诺，没有告知。先登记核查结果")
    before = case.checks.hearing
    if before is not None and not before.over(local_date(at)):
        raise NotAcceptable("上一次告知的陈述申辩还没结束，没有再告知。记下陈述，或到期后再告知")
    if not unheard(case):
        raise NotAcceptable("拟撤销决定已经告知过，没有再告知。按 F5 刷新后看最新进度")
    if not reasons.strip():
        raise NotAcceptable("还没写拟撤销的理由，没有告知。写明查到什么、哪一句承诺不实")
    until_on = due_date(local_date(at), rules.law.statement or _TO_SPEAK, rules.calendar).on
    told = Statement(
        reasons=reasons.strip(),
        told_at=at,
        told_by=session.account.display_name,
        until_on=until_on,
    )
    offered = event_by(
        session,
        K.HEARING_OFFERED,
        at,
        until_on=until_on,
        reason=told.reasons,
    )
    reminder = task_set(TaskKind.HEAR_APPLICANT, until_on, at, _SUBJECT)
    checks = replace(
        case.checks,
        hearing=told,
        hearing_covers=len(case.checks.after),
        earlier_hearings=(*case.checks.earlier_hearings, *([before] if before else [])),
    )
    return done(rules, replace(case, checks=checks), noting(mandate, offered), reminder)


def answer_hearing(
    rules: CaseRules, case: Case, answer: str, record: str, session: Session, at: datetime
) -> Case:
    """Record what the applicant said, what the hearing came to, or that he gave it up.

    Raises:
        NotAcceptable: he was not told, has answered already, or no record is given.
    """
    told = case.checks.hearing
    if told is None or told.answered_at is not None:
        raise NotAcceptable("没有等着的陈述申辩或听证，没有登记。按 F5 刷新后看最新进度")
    if answer not in ANSWERS:
        raise NotAcceptable("还没选陈述了、听证了还是放弃，没有登记。选一项再办")
    if not record.strip():
        raise NotAcceptable("还没写记录，没有登记。写下申请人说了什么，或怎样放弃的")
    answered = replace(
        told,
        answered_at=at,
        answered_to=session.account.display_name,
        waived=answer == WAIVED,
        record=record.strip(),
    )
    events = [event_by(session, K.HEARING_ANSWERED, at, answer=answer, record=record.strip())]
    if is_open(case, TaskKind.HEAR_APPLICANT, _SUBJECT):
        events.append(task_done(TaskKind.HEAR_APPLICANT, session, at, _SUBJECT))
    checks = replace(case.checks, hearing=answered)
    return done(rules, replace(case, checks=checks), *events)


def awaits_answer(case: Case) -> bool:
    """Whether the applicant was told and has neither spoken nor given it up."""
    return case.checks.hearing is not None and case.checks.hearing.answered_at is None


def unheard(case: Case) -> tuple[str, ...]:
    """Return the proofs found false about which no hearing was offered: they came to light later."""
    covered = case.checks.hearing_covers if case.checks.hearing is not None else 0
    return false_since(case, covered)


def hearing_wanted(case: Case, on: date) -> bool:
    """Whether the applicant can be told now of what was found false."""
    told = case.checks.hearing
    return bool(unheard(case)) and (told is None or told.over(on))


def unserved(case: Case) -> bool:
    """Whether the decision is revoked and the applicant does not have the paper yet."""
    revoked = case.checks.revocation
    return revoked is not None and revoked.served_at is None


def heard(case: Case, on: date) -> bool:
    """Whether the applicant was told, and nothing more is to be waited for."""
    told = case.checks.hearing
    return told is not None and told.over(on) and not unheard(case)


def revoke(
    rules: CaseRules, case: Case, reason: str, basis: str, session: Session, at: datetime
) -> Case:
    """Revoke the decision (撤销决定): its paper goes to the applicant within the delivery term.

    Raises:
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: no false promise stands, the applicant was not heard or may still make it
            good, or reason or basis is missing.
    """
    must_be(case, *REVOCABLE)
    if decision_bar(rules.standard, case, session, at) is not None:
        raise NotAllowed("这件不能由你撤销，决定没有改动。转给有授权的首席代表，或由部门撤销")
    if not proven_false(case):
        raise NotAcceptable("没有核查出不实的承诺，决定没有改动。先登记核查结果")
    if repair_runs(case, local_date(at)):
        raise NotAcceptable("整改期限还没满，决定没有改动。到期复查仍不实再办")
    if not heard(case, local_date(at)):
        raise NotAcceptable("还没听申请人陈述申辩，决定没有改动。先告知，记下陈述或到期后再办")
    if not reason.strip() or not basis.strip():
        raise NotAcceptable("撤销要写明理由和依据，决定没有改动。补齐再办")
    number = case.paper_numbers.get(PaperKind.REVOCATION.value, "")
    revoked = Revocation(
        reason=reason.strip(),
        basis=basis.strip(),
        number=number,
        decision_number=case.decision.number if case.decision else "",
        at=at,
        by=session.account.account_id,
        by_name=session.account.display_name,
    )
    taken = event_by(
        session,
        K.DECISION_REVOKED,
        at,
        replaces=revoked.decision_number,
        reason=revoked.reason,
        basis=revoked.basis,
    )
    checks = replace(case.checks, revocation=revoked)
    return done(rules, replace(case, checks=checks, with_whom=""), taken)


def serve(
    rules: CaseRules, case: Case, receiver: str, way: str, session: Session, at: datetime
) -> Case:
    """Note that the applicant has the revocation in his hands (撤销决定书送达).

    Raises:
        NotAcceptable: nothing was revoked, it was served before, or nobody is named.
    """
    must_be(case, CaseState.REVOKED)
    revoked = case.checks.revocation
    if revoked is None or revoked.served_at is not None:
        raise NotAcceptable("撤销决定书已经送达过，没有再登记。按 F5 刷新后看最新进度")
    if not receiver.strip():
        raise NotAcceptable("还没写谁收的，没有登记送达。填收件人的姓名")
    served = replace(revoked, served_at=at, receiver=receiver.strip(), way=way.strip())
    given = event_by(session, K.REVOCATION_SERVED, at, receiver=served.receiver, way=served.way)
    checks = replace(case.checks, revocation=served)
    return done(rules, replace(case, checks=checks), given)
