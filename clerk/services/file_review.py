"""Review the files of closed cases (案卷评查): on asking, and by itself once a case is closed."""

import json
import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents.review_sheet import materials_on, papers_of_course, review_sheet
from clerk.domain.case import Case
from clerk.domain.checking import check_case
from clerk.domain.days import local_date
from clerk.domain.errors import UnknownItem
from clerk.domain.file_review import CaseFile, FileReview, review, reviewed
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Act, Session
from clerk.domain.mandate import ApprovalMandate
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import accounts, cases, file_steps, outbox, papers, untold

SETTLED: Final = timedelta(minutes=30)
"""So long after its last event a closed case has its papers, and its messages are on their way."""
AT_ONCE: Final = 10
"""So many files a round reviews; saves wait behind it."""

_SERIES = re.compile(r"(.*\D)(\d+)(\D*)")


def review_file(desk: Desk, session: Session, case_id: UUID) -> FileReview:
    """Review the file of a case as it is now; nothing is written."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return review_in(desk, tx, cases.load(tx, case_id))


def review_in(desk: Desk, tx: Connection, case: Case) -> FileReview:
    """Review the file of a case inside the caller's transaction."""
    from clerk.domain.review_checks import CHECKERS  # a closed file is looked at, no open one

    return review(review_sheet(), CHECKERS, desk.rules(case), _file_of(desk, tx, case))


def review_closed(desk: Desk) -> int:
    """Review the files of cases that were closed since the last round; return how many.

    What a must fails in becomes a task of the supervisor. A second round adds nothing.
    """
    row, done = 0, 0
    while done < AT_ONCE:
        with desk.store.read() as tx:
            found = file_steps.not_reviewed(tx, row, AT_ONCE)
        if not found:
            break
        row = found[-1][0]
        done += sum(_review_settled(desk, case_id) for _, case_id in found)
    return done


def _review_settled(desk: Desk, case_id: UUID) -> bool:
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        if not case.closed or max(event.at for event in case.events) > now - SETTLED:
            return False
        try:
            found = review_in(desk, tx, case)
        except UnknownItem:  # its standard was never sent here; the next file is looked at
            return False
        cases.save(tx, reviewed(desk.rules(case), case, found, now))
        blocking = [result.rule.check.value for result in found.blocking]
        record(desk, tx, None, "file.reviewed", case_id, blocking=blocking)
    return True


def _file_of(desk: Desk, tx: Connection, case: Case) -> CaseFile:
    standard = desk.standard(case.item_code, case.standard_version)
    made = papers.of_case(tx, case.case_id)
    on = case.accepted_on or case.received_on or local_date(case.opened_at)
    messages = outbox.of_case(tx, case.case_id)
    told = [one.message for one in messages if one.message.kind is MessageKind.SUBMIT_CASE]
    return CaseFile(
        case=case,
        papers=tuple(made),
        due=papers_of_course(case, standard),
        asked=check_case(standard, case, case.counter_code, on, desk.calendar).asked,
        listed=materials_on(made),
        handed_over=_handed_over(told[-1].body) if told else None,
        untold=sum(one.state.value in outbox.UNDELIVERED for one in messages)
        + untold.waits(tx, case.case_id),
        mandate=_mandate(tx, case),
        missing_numbers=tuple(
            gone for paper in made if (gone := _missing_before(tx, paper.number)) is not None
        ),
    )


def _handed_over(body: str) -> frozenset[str]:
    return frozenset(material["code"] for material in json.loads(body)["materials"])


def _mandate(tx: Connection, case: Case) -> ApprovalMandate | None:
    """Return the mandate that the decision stands on, None where it is not known here."""
    decision = case.decision
    who = accounts.find(tx, decision.by) if decision is not None else None
    if decision is None or who is None:
        return None
    return next((one for one in who.mandates if one.number == decision.mandate), None)


def _missing_before(tx: Connection, number: str) -> str | None:
    """Return the 文号 directly before this one where no paper bears it, else None."""
    parts = _SERIES.fullmatch(number)
    if parts is None or int(parts[2]) < 2:
        return None
    before = f"{parts[1]}{int(parts[2]) - 1}{parts[3]}"
    return None if papers.is_borne(tx, before) else before
