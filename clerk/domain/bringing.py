"""A result that nobody fetched is offered to be brought (送上门): by courier, or by the service van.

Only after the last reminder, and at the holder's choice: what he says is written down with its
proof, and the way changes when he says yes.
"""

from datetime import date, datetime
from enum import StrEnum

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.parcel import ResultPlan, ResultWay
from clerk.domain.parcels import change_way, under_way
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.domain.unclaimed import LAST_LOOK
from clerk.values import dataclass, replace


class BringingAnswer(StrEnum):
    """What the holder said to the offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """One way it could be brought; by the van to ``stop`` on ``on``."""

    code: str
    way: ResultWay
    route: str = ""
    stop: str = ""
    on: date | None = None


def bringings(rules: CaseRules, today: date) -> tuple[Bringing, ...]:
    """Return what can be offered: the courier, and each stop of each route's next day, soon first."""
    found = [
        Bringing(
            code=f"van/{number}/{place}", way=ResultWay.VAN, route=route.name, stop=stop, on=on
        )
        for number, route in enumerate(rules.office.van_routes)
        if (on := route.next_on(today)) is not None
        for place, stop in enumerate(route.stops)
    ]
    found.sort(key=lambda one: (one.on or today, one.code))
    return (Bringing(code=ResultWay.COURIER.value, way=ResultWay.COURIER), *found)


def offer_to_bring(
    rules: CaseRules,
    case: Case,
    code: str,
    answer: BringingAnswer,
    plan: ResultPlan,
    proof: str,
    session: Session,
    at: datetime,
) -> Case:
    """Write down the offer and what the holder said; with his yes the way changes.

    Args:
        rules: what governs the case.
        case: a case whose result was reminded of to the last.
        code: one of ``bringings``.
        answer: what he said.
        plan: who takes it, his telephone and for the courier the address; the way is the offer's.
        proof: what shows that he was asked.
        session: who asked.
        at: when.

    Raises:
        NotAcceptable: the ladder of reminders has not ended, or nothing waits at the window.
        BadInput: who was asked, the proof, or what the way needs is missing.
    """
    if case.state is not CaseState.RESULT_WAITING or under_way(case) is not None:
        raise NotAcceptable("没有等着领的结果，没有登记。按 F5 刷新后看最新进度")
    if not is_open(case, TaskKind.UNCLAIMED_RESULT):
        raise NotAcceptable("催领还没到最后一次，没有登记。先照催领的日子提醒")
    today = local_date(at)
    chosen = next((one for one in bringings(rules, today) if one.code == code), None)
    if chosen is None:
        raise NotAcceptable("直通车没有这一趟，没有登记。按 F5 刷新后另选")
    if not plan.receiver or not proof.strip():
        raise BadInput("还没写问了谁、凭什么证明，没有登记。填上姓名和通话或短信的凭据")
    said = event_by(
        session,
        CaseEventKind.BRINGING_OFFERED,
        at,
        subject=chosen.way.value,
        until_on=chosen.on,
        to=plan.receiver,
        answer=answer.value,
        route=chosen.route,
        stop=chosen.stop,
        proof=proof.strip(),
    )
    if answer is not BringingAnswer.ACCEPTED:
        again = due_date(today, LAST_LOOK, rules.calendar).on
        return done(rules, case, said, task_set(TaskKind.UNCLAIMED_RESULT, again, at))
    agreed = replace(plan, way=chosen.way)
    if chosen.way is ResultWay.VAN:
        agreed = replace(agreed, address=chosen.stop, route=chosen.route, comes_on=chosen.on)
    events = [said, task_done(TaskKind.UNCLAIMED_RESULT, session, at)]
    if chosen.on is not None:
        events.append(task_set(TaskKind.BRING_RESULT, chosen.on, at))
    offered = done(rules, case, *events)
    return change_way(rules, offered, agreed, proof, session, at)
