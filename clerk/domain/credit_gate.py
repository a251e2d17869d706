"""Whether an applicant's credit lets him bring a paper later or promise instead of proving it.

The one gate of both paths (容缺、告知承诺). A bad record bars them and names the way back; that
nobody knows or nobody answers bars nothing and is asked again. After acceptance nothing here bars
anything: what comes to light then is looked at by a person.
"""

from datetime import date, datetime
from typing import Final

from clerk.domain.after_check import checks_own_intake, proven_false, repair_runs
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.check_records import CheckFinding
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.credit import CreditAnswer, CreditOutcome, CreditRecord, CreditSubject
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term, due_date
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.hand_off_body import Plain
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.revocation import unheard
from clerk.domain.standard import Way
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set
from clerk.values import replace

K = CaseEventKind
BARRED_WAYS: Final = frozenset({Way.DEFERRAL, Way.COMMITMENT})
"""The ways that rest on the applicant's word."""

_BEFORE_ACCEPTANCE: Final = frozenset(
    {CaseState.DRAFT, CaseState.RECEIVED, CaseState.CORRECTION_DUE}
)
_PENDING: Final = frozenset(
    {CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.SPECIAL_PROCEDURE}
)
_ONE_WORKDAY: Final = Limit(amount=1, unit=LimitUnit.WORKDAYS)


def subject_of(case: Case) -> CreditSubject:
    """Return about whom may be asked: the applicant of this case and nobody else.

    Raises:
        NotAcceptable: it is not known yet who applies.
    """
    party = case.applicant.party if case.applicant else None
    if party is None or not party.id_number:
        raise NotAcceptable("还不知道申请人是谁，没有查信用。放上身份证，或按 F4 补上")
    return CreditSubject(name=party.name, id_type=party.id_kind.code, id_number=party.id_number)


def answer_about(case: Case) -> CreditAnswer | None:
    """Return what was answered about the present applicant, None where nobody was asked."""
    held, applicant = case.credit, case.applicant
    if held is None or applicant is None or held.about != applicant.party.id_number:
        return None
    return held


def must_ask(case: Case, on: date) -> bool:
    """Whether it has to be asked before this applicant's word is taken on ``on``."""
    held = answer_about(case)
    if held is None or local_date(held.at) != on:
        return True
    return held.outcome in {CreditOutcome.UNKNOWN, CreditOutcome.SERVICE_DOWN}


def bad_record(case: Case) -> CreditRecord | None:
    """Return the record that bars the applicant's word, None where nothing bars it."""
    held = answer_about(case)
    if held is None or held.outcome is not CreditOutcome.BAD:
        return None
    return held.records[0]


def require_no_bad_record(case: Case) -> None:
    """Let the applicant's word be taken, or say why not and how that is put right.

    Raises:
        NotAcceptable: a bad record stands that is not repaired.
    """
    record = bad_record(case)
    if record is not None:
        raise NotAcceptable(
            f"申请人有没修复的失信记录（{record.source}，{record.recorded_on}），没有改动。"
            f"收材料，或先修复信用：{record.repair}，{record.contact}"
        )


def bars_now(case: Case, way: Way) -> bool:
    """Whether a bad record bars what already lies there; never after acceptance."""
    early = case.state in _BEFORE_ACCEPTANCE
    return early and way in BARRED_WAYS and bad_record(case) is not None


def with_credit(case: Case, answer: CreditAnswer, session: Session) -> Case:
    """Let an answer stand with a draft, and in its course.

    Raises:
        BadInput: it is about somebody else.
    """
    if answer.about != subject_of(case).id_number:
        raise BadInput("信用答复说的不是这件的申请人，没有采用。再查一次")
    return replace(case, credit=answer).with_event(_asked(answer, session, answer.at))


def asked_again(
    rules: CaseRules, case: Case, answer: CreditAnswer, session: Session, at: datetime
) -> Case:
    """Return an accepted case with what was answered while it ran (过程中再查).

    A bad record found now sets a person a task and does nothing else. An answer that says what
    was known before only moves the day of the next question.
    """
    before = case.credit
    if before is None or (before.outcome, before.about) != (answer.outcome, answer.about):
        case = settled(rules, case, (_asked(answer, session, at),))
    case = replace(case, credit=answer)
    if answer.outcome is CreditOutcome.BAD:
        case = settled(rules, case, (task_set(TaskKind.LOOK_AT_CREDIT, local_date(at), at),))
    return with_next_question(rules, case, at)


def with_next_question(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Return the case with the day on which its applicant's credit is asked next, if it is."""
    wanted, held = _next_question_on(rules, case, at), case.tasks.get(TaskKind.ASK_CREDIT.value)
    if wanted == held:
        return case
    if wanted is None:
        return settled(rules, case, (task_done(TaskKind.ASK_CREDIT, None, at),))
    return settled(rules, case, (task_set(TaskKind.ASK_CREDIT, wanted, at),))


def _next_question_on(rules: CaseRules, case: Case, at: datetime) -> date | None:
    """At once where nobody answered, tomorrow where nobody knew, once more while it runs."""
    trusted = any(held.way in BARRED_WAYS for held in case.evidence.values())
    if not trusted or case.state not in _PENDING or case.applicant is None:
        return None
    today, answer = local_date(at), answer_about(case)
    if answer is None or answer.outcome is CreditOutcome.SERVICE_DOWN:
        return today
    asked_on = local_date(answer.at)
    if answer.outcome is CreditOutcome.UNKNOWN:
        return due_date(asked_on, _ONE_WORKDAY, rules.calendar).on
    early = case.accepted_on is not None and asked_on <= case.accepted_on
    if answer.outcome is CreditOutcome.BAD or not early:
        return None
    return _while_it_runs_on(case, due_date(asked_on, _ONE_WORKDAY, rules.calendar).on)


def _while_it_runs_on(case: Case, earliest: date) -> date:
    """The last day of the first term that rests on his word, and not before tomorrow."""
    ends = [case.terms[term].on for term in (Term.DEFERRAL, Term.PROMISED) if term in case.terms]
    return max(min(ends, default=earliest), earliest)


def look_at_credit(rules: CaseRules, case: Case, note: str, session: Session, at: datetime) -> Case:
    """Write down what a person concludes from a record that came to light later (核看信用变化).

    Raises:
        NotAcceptable: there is nothing to look at, or nothing was written.
    """
    if not is_open(case, TaskKind.LOOK_AT_CREDIT):
        raise NotAcceptable("这件没有要核看的信用变化，没有改动。按 F5 刷新后看最新进度")
    if not note.strip():
        raise NotAcceptable("还没写怎么处理，没有登记。写明再办")
    seen = task_done(TaskKind.LOOK_AT_CREDIT, session, at)
    return done(rules, case, replace(seen, detail={"note": note.strip()}))


def report_false_promise(
    rules: CaseRules, case: Case, fact: str, session: Session, at: datetime
) -> Case:
    """Report a promise that was proven false to the credit source (虚假承诺报送), as a person.

    Raises:
        NotAllowed: this person had a hand in taking the case in.
        NotAcceptable: nothing was promised, the applicant was not heard of what was found, the last
            check found nothing false any more, he may still make it good, it was reported before,
            or nothing is said.
    """
    trusted = any(
        one.way in BARRED_WAYS for held in case.evidence.values() for one in (held, *held.older)
    )
    if not trusted:
        raise NotAcceptable("这件没有承诺，没有报送")
    if checks_own_intake(case, session):
        raise NotAllowed("这件是你收的，不能由你报送，没有报送。由没有经手的督查人员办")
    if not proven_false(case):
        raise NotAcceptable("承诺没有核查出不实，或已整改好，没有报送。先登记核查结果")
    if not was_heard(case):
        raise NotAcceptable("还没听取申请人的陈述申辩，没有报送。先听取并记录，再报送")
    if repair_runs(case, local_date(at)):
        raise NotAcceptable("整改期限还没满，没有报送。到期复查仍不实再办")
    if reported_before(case):
        raise NotAcceptable("这件已经报送过，没有再报。要更正，请联系信用平台")
    if not fact.strip():
        raise NotAcceptable("还没写查实了什么，没有报送。写明再办")
    told = event_by(session, K.FALSE_PROMISE_REPORTED, at, fact=fact.strip())
    return done(rules, case, told)


def was_heard(case: Case) -> bool:
    """Whether a person recorded that the applicant was heard of everything that stands as false."""
    return heard_at(case) is not None and not unheard(case)


def reported_before(case: Case) -> bool:
    """Whether what stands as false was reported; what is found false afterwards was not."""
    for event in reversed(case.events):
        if event.kind is K.FALSE_PROMISE_REPORTED:
            return True
        if event.kind is K.PROMISE_CHECKED and event.detail.get("finding") == CheckFinding.FALSE:
            return False
    return False


def heard_at(case: Case) -> datetime | None:
    """Return when a person recorded that the applicant was heard, None where nobody did."""
    heard = [event.at for event in case.events if event.kind is K.HEARING_ANSWERED and event.actor]
    return heard[-1] if heard else None


def false_promise_body(case: Case) -> dict[str, Plain]:
    """Return what the credit source is told of a promise that was proven false."""
    subject, heard = subject_of(case), heard_at(case)
    told = [event for event in case.events if event.kind is K.FALSE_PROMISE_REPORTED]
    if not told or heard is None:
        raise ValueError("nothing was reported")
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "item": case.item_name,
        "subject": {
            "name": subject.name,
            "id_type": subject.id_type,
            "id_number": subject.id_number,
        },
        "fact": told[-1].detail["fact"],
        "heard_at": heard.isoformat(),
        "reported_at": told[-1].at.isoformat(),
        "reported_by": told[-1].actor,
    }


def _asked(answer: CreditAnswer, session: Session, at: datetime) -> CaseEvent:
    detail = {"outcome": answer.outcome.value}
    if answer.records:
        first = answer.records[0]
        detail |= {"source": first.source, "record": first.number}
    return replace(event_by(session, K.CREDIT_ASKED, at), detail=detail)
