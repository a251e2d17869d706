"""The decision on a case and what follows from it, as pure functions.

Who may decide, what must be looked at before, and the return inside the house.
"""

from datetime import datetime

from clerk.domain.after_check import checks_to_set
from clerk.domain.case import (
    Case,
    CaseEventKind,
    CaseState,
    Decision,
    InternalReturn,
)
from clerk.domain.clock import facts_of
from clerk.domain.course import (
    CaseRules,
    changed_since_asked,
    done,
    event_by,
    must_be,
    settled,
    standing,
)
from clerk.domain.days import local_date
from clerk.domain.decision_bars import DecisionBar, decides_own_intake, decision_bar, mandate_for
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.identity import Session
from clerk.domain.mandate import ApprovalMandate
from clerk.domain.refusal import statement_needed, statement_runs
from clerk.domain.review import PointAnswer, PointOutcome, gives_reasons
from clerk.domain.sampling import sample_of
from clerk.domain.site_check import points_of_site, still_to_be_held
from clerk.domain.standard import ItemStandard
from clerk.domain.tasks import TaskKind, is_open, task_done
from clerk.values import replace

_OWN = frozenset({DecisionBar.OWN_INTAKE, DecisionBar.OWN_INTAKE_PERMIT_ENDED})
"""Whoever is barred by that alone may still send a case back."""


def points_to_look_at(standard: ItemStandard, case: Case) -> tuple[str, ...]:
    """Return the codes of everything a person must look at before deciding.

    Chief points are the item's own; a material's review point counts as ``material/point``.
    """
    own = (*points_of_site(case), *(point.code for point in standard.chief_points))
    of_materials = tuple(
        f"{asked.code}/{point.code}"
        for asked in standard.requirements
        if asked.code in case.evidence
        for point in asked.review_points
        if point.for_chief
    )
    return (*of_materials, *own)


def points_answered(standard: ItemStandard, case: Case, session: Session) -> dict[str, PointAnswer]:
    """Return what this person found at each point; what another found, he has yet to look at."""
    mine = session.account.account_id
    asked = points_to_look_at(standard, case)
    answers = ((code, case.point_answers.get(code)) for code in asked)
    return {code: answer for code, answer in answers if answer is not None and answer.by == mine}


def answer_point(
    standard: ItemStandard,
    case: Case,
    point: str,
    outcome: PointOutcome,
    remark: str,
    session: Session,
    at: datetime,
) -> Case:
    """Write down what was found at one point (符合、不符合、不适用).

    Raises:
        NotAcceptable: the point is not asked, or it does not hold and nobody wrote why.
    """
    if point not in points_to_look_at(standard, case):
        raise NotAcceptable("这一处不在要看的里面，没有记下。按 F5 看最新")
    if outcome is not PointOutcome.MET and not remark.strip():
        raise NotAcceptable("不符合或不适用要写原因，没有记下。写明再办")
    found = PointAnswer(
        outcome=outcome, remark=remark.strip(), at=at, by=session.account.account_id
    )
    return replace(
        case,
        looked_at=case.looked_at | {point},
        point_answers={**case.point_answers, point: found},
    )


def decide(rules: CaseRules, case: Case, decision: Decision, session: Session) -> Case:
    """Decide the case (决定): grant or refuse; the decision is kept with all it stands on.

    Raises:
        NotAllowed: outside the mandate, or one's own intake.
        NotAcceptable: a point has no answer, a deferred paper is open, no reasons, or the
            applicant may still speak before a refusal.
    """
    standard = rules.standard
    must_be(case, CaseState.ACCEPTED, CaseState.UNDER_REVIEW)
    mandate = mandate_for(standard, case, session.account, decision.at)
    if mandate is None or decision_bar(standard, case, session, decision.at) is not None:
        raise NotAllowed("这件不能由你决定，没有作出决定。转给有授权的首席代表")
    answers = points_answered(standard, case, session)
    missing = set(points_to_look_at(standard, case)) - set(answers)
    if missing & set(case.point_answers):
        raise NotAcceptable("这件别人也在审，刚看过，没有作出决定。要由你决定，就自己再看一遍")
    if missing:
        raise NotAcceptable(f"还有 {len(missing)} 处没看过，没有作出决定。按空格逐处看")
    if decision.granted:
        _require_grantable(rules, case, answers)
    else:
        _require_refusable(rules, case, decision.at)
    if not decision.opinion.strip():
        raise NotAcceptable("还没写审查意见，没有作出决定。按 Ctrl 1 选常用意见")
    if answers and not gives_reasons(decision.opinion):
        raise NotAcceptable("审查意见只有结论没有理由，没有作出决定。写明理由，或按 Ctrl 1 选")
    return _decided(rules, case, decision, session, mandate, answers)


def _require_grantable(rules: CaseRules, case: Case, answers: dict[str, PointAnswer]) -> None:
    wrong = sum(answer.outcome is PointOutcome.NOT_MET for answer in answers.values())
    if wrong:
        raise NotAcceptable(f"有 {wrong} 处你看了不符合，不能准予。可以退回补核，或按规定不予许可")
    if facts_of(rules.law, case.events).deferred:
        raise NotAcceptable("容缺材料还没补齐，不能准予。等材料补齐，或按规定终止")
    if still_to_be_held(case):
        raise NotAcceptable("现场核查约了还没有记录，不能准予。先登记核查结果")


def _require_refusable(rules: CaseRules, case: Case, at: datetime) -> None:
    if statement_needed(rules, case):
        raise NotAcceptable("不予许可以前要先告知申请人可以陈述申辩，没有作出决定。先告知再决定")
    if case.statement is not None and statement_runs(case, local_date(at)):
        until = case.statement.until_on
        raise NotAcceptable(f"申请人可以陈述申辩到 {until}，没有作出决定。记下陈述，或到期后再办")


def _decided(
    rules: CaseRules,
    case: Case,
    decision: Decision,
    session: Session,
    mandate: ApprovalMandate,
    answers: dict[str, PointAnswer],
) -> Case:
    own = decides_own_intake(case, session.account)
    stands = replace(
        decision,
        mandate=mandate.number,
        deputy_for=mandate.deputises_for_name,
        points=answers,
        own_intake=mandate.own_intake_permit if own else "",
    )
    sample = sample_of(rules, case, mandate, decision.at) if own else None
    detail = {"number": decision.number, "mandate": mandate.number}
    if mandate.deputises_for:
        detail["deputy_for"] = mandate.deputises_for_name
    if own:
        detail |= {"own_intake": mandate.own_intake_permit, "sampled": "yes" if sample else "no"}
    decided_by = event_by(session, CaseEventKind.DECIDED, decision.at, granted=decision.granted)
    taken = replace(decided_by, detail=detail)
    decided = replace(case, decision=stands, with_whom=rules.standard.body.short_name)
    also = [sample] if sample else []
    if is_open(case, TaskKind.HEAR_APPLICANT):
        also.append(task_done(TaskKind.HEAR_APPLICANT, None, decision.at))  # nobody came in time
    checks = checks_to_set(rules, case, taken.day, taken.at) if decision.granted else ()
    return done(rules, decided, taken, *also, *checks)


def return_internally(
    rules: CaseRules, case: Case, returned: InternalReturn, session: Session
) -> Case:
    """Send the case back inside the house; the clock runs on, the applicant is asked nothing.

    Raises:
        NotAllowed: another department's case; one's own intake may be sent back.
        NotAcceptable: no point was named, or one that the standard does not list.
    """
    standard = rules.standard
    must_be(case, CaseState.ACCEPTED, CaseState.UNDER_REVIEW)
    barred = decision_bar(standard, case, session, returned.at)
    if barred is not None and barred.bar not in _OWN:
        raise NotAllowed("这件不归你审批，没有退回。转给有授权的首席代表")
    listed = {reason.code for reason in standard.return_reasons}
    if not returned.points or not listed.issuperset(returned.points):
        raise NotAcceptable("退回只能用事项标准列出的原因，没有退回。按数字选一条或几条")
    back = replace(
        case,
        returns=(*case.returns, returned),
        with_whom=case.clerk_name,
        asked_at=standing(case),
    )
    points = "、".join(returned.points)
    sent = event_by(session, CaseEventKind.RETURNED_INTERNALLY, returned.at, points=points)
    return settled(rules, back, (sent,))


def answer_return(rules: CaseRules, case: Case, session: Session, at: datetime) -> Case:
    """The window has dealt with what the chief representative sent back.

    What was found at a material that was sent back is to be looked at again.

    Raises:
        NotAcceptable: nothing was sent back.
    """
    if not case.returns or case.returns[-1].answered_at is not None:
        raise NotAcceptable("这件没有退回补核，没有改动。按 F5 刷新后看最新进度")
    answered = replace(case.returns[-1], answered_at=at)
    anew = {point for point in case.looked_at if point.partition("/")[0] in answered.materials}
    back = replace(
        case,
        returns=(*case.returns[:-1], answered),
        looked_at=case.looked_at - anew,
        point_answers={
            point: found for point, found in case.point_answers.items() if point not in anew
        },
        with_whom=rules.standard.body.short_name,
    )
    return settled(
        rules,
        back,
        (event_by(session, CaseEventKind.RETURN_ANSWERED, at, changed=changed_since_asked(case)),),
    )
