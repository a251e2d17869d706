"""Marks what a person needs on his case, and the visits that are promised and made (上门服务).

None of it moves a case or a term. The address stands on the case alone, not in its course: whoever
reads the course by another way than the case learns that there is a visit and no more.
"""

from collections.abc import Sequence
from datetime import date, datetime

from clerk.domain.care import Care, HomeVisit, ServiceNeed, VisitDone
from clerk.domain.case import CLOSED_STATES, Case, CaseEvent, CaseEventKind
from clerk.domain.case_acts import ActWords
from clerk.domain.course import CaseRules, event_by
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.office import OfficeRules
from clerk.domain.party import PartyKind
from clerk.domain.residents import age_on, resident_birth_on
from clerk.domain.tasks import (
    TaskKind,
    is_open,
    standing_tasks,
    task_done,
    task_set,
    tasks_after,
)
from clerk.values import replace

K = CaseEventKind
GREEN = "green"
LARGE = "large"
"""Beside the needs, what may be ticked for a case."""


def age_of_applicant(case: Case, on: date) -> int | None:
    """Return the completed years of the person who applies, None where they are not known."""
    applicant = case.applicant
    if applicant is None:
        return None
    person = applicant.party
    if person.kind is not PartyKind.PERSON:
        return None
    birth_on = person.birth_on or resident_birth_on(person.id_number)
    return age_on(birth_on, on) if birth_on else None


def suggests_elderly(case: Case, office: OfficeRules, on: date) -> bool:
    """Whether the age asks the clerk to ask; nothing is marked by it."""
    age = age_of_applicant(case, on)
    held = case.care.needs if case.care else ()
    return age is not None and age >= office.elderly_from_age and ServiceNeed.ELDERLY not in held


def note_care(case: Case, care: Care, session: Session, at: datetime) -> Case:
    """Mark what the person needs, or take it back; the same again changes nothing.

    Raises:
        NotAcceptable: the case is closed.
        BadInput: a visit lacks address or telephone, or its day has passed.
    """
    if case.state in CLOSED_STATES:
        raise NotAcceptable("这件已经办结，没有登记服务需求。新的服务请在新件里登记")
    held = case.care or Care()
    if care.visit is not None and care.visit != held.visit:
        _require_visitable(care.visit, local_date(at))
    noted = replace(care, needs=tuple(one for one in ServiceNeed if one in care.needs))
    if replace(noted, noted_by=held.noted_by, noted_at=held.noted_at) == held:
        return case
    said = event_by(
        session,
        K.CARE_NOTED,
        at,
        until_on=noted.visit.wanted_on if noted.visit else None,
        needs=" ".join(noted.needs),
        green="yes" if noted.green_channel else "",
        large="yes" if noted.large_print else "",
    )
    kept = replace(noted, noted_by=session.account.account_id, noted_at=at)
    return _with(replace(case, care=kept), (said, *_visit_task(case, kept, session, at)))


def _require_visitable(visit: HomeVisit, today: date) -> None:
    if not visit.address.strip() or not visit.phone.strip():
        raise BadInput("上门要写地址和电话，没有登记。补上再办")
    if visit.wanted_on < today:
        raise BadInput("上门的日子已经过了，没有登记。改一天再办")


def _visit_task(case: Case, care: Care, session: Session, at: datetime) -> tuple[CaseEvent, ...]:
    if care.visit is not None:
        return (task_set(TaskKind.HOME_VISIT, care.visit.wanted_on, at),)
    if is_open(case, TaskKind.HOME_VISIT):
        return (task_done(TaskKind.HOME_VISIT, session, at),)
    return ()


def record_visit(case: Case, note: str, session: Session, at: datetime) -> Case:
    """Note that somebody went there, and what came of it (登记上门服务).

    Raises:
        NotAcceptable: no visit is promised.
        BadInput: nothing is said of it.
    """
    care = case.care
    if care is None or care.visit is None:
        raise NotAcceptable("这件没有约上门，没有登记。要上门先登记服务需求")
    if not note.strip():
        raise BadInput("还没写上门办了什么，没有登记。写明再办")
    made = VisitDone(
        on=local_date(at),
        address=care.visit.address,
        note=note.strip(),
        by=session.account.account_id,
        by_name=session.account.display_name,
    )
    after = replace(case, care=replace(care, visit=None), visits=(*case.visits, made))
    said = event_by(session, K.VISITED, at, note=made.note)
    return _with(after, (said, task_done(TaskKind.HOME_VISIT, session, at)))


def _with(case: Case, events: Sequence[CaseEvent]) -> Case:
    """Add notes to the course: no state and no term follows from them, only tasks."""
    tasks = standing_tasks(tasks_after(case.tasks, events), case.state)
    named = (case.stamped(event) for event in events)
    return replace(case, events=(*case.events, *named), tasks=tasks)


def care_of_words(words: ActWords) -> Care:
    """Return what was written down: ``seen`` holds what is ticked, ``note`` the address.

    ``number`` is the telephone, ``until_on`` the day of the visit; without a day there is none.
    """
    visit = None
    if words.until_on is not None:
        visit = HomeVisit(
            address=words.note.strip(), phone=words.number.strip(), wanted_on=words.until_on
        )
    return Care(
        needs=tuple(one for one in ServiceNeed if one.value in words.seen),
        green_channel=GREEN in words.seen,
        large_print=LARGE in words.seen,
        visit=visit,
    )


def act_note(_: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    """Mark what was written down for the act."""
    after = note_care(case, care_of_words(words), session, at)
    if after is case:
        raise NotAcceptable("服务需求和登记过的一样，没有改动。改了再办")
    return after


def act_visit(_: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    """Note the visit that was written down for the act."""
    return record_visit(case, words.note, session, at)
