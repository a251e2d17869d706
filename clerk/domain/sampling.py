"""The sample (抽查) of on-the-spot cases that were decided by whoever took them in."""

from datetime import datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.mandate import ApprovalMandate, chosen
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set

IN_ORDER = "in_order"
AT_FAULT = "at_fault"
RESULTS = (IN_ORDER, AT_FAULT)


def sample_of(
    rules: CaseRules, case: Case, mandate: ApprovalMandate, at: datetime
) -> CaseEvent | None:
    """Return the task to check this own intake, None where the sample does not take the case."""
    if not chosen(case.case_id, mandate.own_intake_one_in):
        return None
    limit = Limit(amount=mandate.own_intake_check_workdays, unit=LimitUnit.WORKDAYS)
    due = due_date(local_date(at), limit, rules.calendar)
    return task_set(TaskKind.SAMPLE_CHECK, due.on, at)


def check_sample(
    rules: CaseRules, case: Case, result: str, remark: str, session: Session, at: datetime
) -> Case:
    """Record what the check of a sample found; the decision itself stays as it is.

    Raises:
        NotAcceptable: nothing is to be checked, or no finding was written down.
        NotAllowed: whoever took the case in or decided it does not check it.
    """
    if not is_open(case, TaskKind.SAMPLE_CHECK):
        raise NotAcceptable("这件没有要抽查的，没有登记。按 F5 刷新后看最新进度")
    decided_by = case.decision.by if case.decision else ""
    if session.account.account_id in {decided_by, case.clerk}:
        raise NotAllowed("自己收或自己决定的件不能自己抽查，没有登记。请另一人抽查")
    if result not in RESULTS:
        raise NotAcceptable("还没选抽查结论，没有登记。选没有问题或有问题")
    if result == AT_FAULT and not remark.strip():
        raise NotAcceptable("有问题要写明是什么问题，没有登记。写明再办")
    checked = event_by(
        session, CaseEventKind.SAMPLE_CHECKED, at, result=result, remark=remark.strip()
    )
    return done(rules, case, checked, task_done(TaskKind.SAMPLE_CHECK, session, at))
