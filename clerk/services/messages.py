"""Tells applicants by message, and the platform how far each case is (短信、进度查询).

Queued from the events themselves, after the act: an act waits for nothing here, and what was
queued is sent by the outbox under its own id. A reminder's receipt is its proof.
"""

import json
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents.applicant_texts import text_of
from clerk.documents.content import phone_of
from clerk.domain import reminders, unclaimed
from clerk.domain.applicant_messages import Occasion, ToTell, news, shows_progress
from clerk.domain.applicant_messages import reminders as reminders_due
from clerk.domain.case import Case
from clerk.domain.clock import ALLOWED_FROM
from clerk.domain.course import CaseRules
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import Message, MessageKind, RemoteReceipt
from clerk.domain.identifiers import check_mobile
from clerk.domain.reminder import ReminderWay
from clerk.domain.tasks import TaskKind
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import cases, outbox, tasks, untold

AT_ONCE: Final = 20
_REMIND: Final = frozenset({TaskKind.REMIND_DEFERRAL, TaskKind.REMIND_RESULT})


def tell_applicants(desk: Desk) -> int:
    """Queue what applicants and the platform have still to be told; how many cases it was about."""
    with desk.store.read() as tx:
        waiting = untold.some(tx, AT_ONCE)
        due = tasks.due_by(tx, desk.today(), _REMIND, AT_ONCE) if desk.messages else []
    for case_id, told in waiting:
        with desk.store.begin() as tx:
            case = cases.load(tx, case_id)
            if untold.mark(tx, case_id, told, len(case.events)):
                _tell_news(desk, tx, case, told)
    reminded = [_remind(desk, case_id) for case_id in dict.fromkeys(line.case_id for line in due)]
    return len(waiting) + sum(reminded)


def reminded(rules: CaseRules, case: Case, message: Message, receipt: RemoteReceipt) -> Case | None:
    """Return the case with the reminder that a delivered message was, None where it was none."""
    body = json.loads(message.body)
    if not body.get("about"):
        return None
    proof = receipt.receipt_id
    way, at = ReminderWay.MESSAGE, receipt.at
    try:
        if body["occasion"] == Occasion.REMIND_DEFERRAL.value:
            return reminders.remind(rules, case, way, proof, None, at)
        return unclaimed.remind(rules, case, case.applicant_name, way, proof, None, at)
    except NotAcceptable:
        return None  # it came, or was fetched, while the message was under way


def _tell_news(desk: Desk, tx: Connection, case: Case, told: int) -> None:
    new = news(case, case.events[told:])
    if new is not None and desk.messages is not None:
        _queue(desk, tx, case, new)
    moved = [event for event in case.events[told:] if event.kind in ALLOWED_FROM]
    if moved and shows_progress(case) and case.number is not None:
        body = {
            "case_id": str(case.case_id),
            "number": case.number.text,
            "state": case.state.value,
            "at": moved[-1].at.isoformat(),
        }
        tell(desk, tx, case.case_id, MessageKind.REPORT_STATUS, {**body})


def _remind(desk: Desk, case_id: UUID) -> bool:
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        sent = {
            json.loads(entry.message.body).get("about")
            for entry in outbox.of_case(tx, case_id)
            if entry.message.kind is MessageKind.TELL_APPLICANT
        }
        new = [one for one in reminders_due(case, desk.today()) if one.about not in sent]
        queued = [_queue(desk, tx, case, one) for one in new]
    return any(queued)


def _queue(desk: Desk, tx: Connection, case: Case, one: ToTell) -> bool:
    """Queue a message where a mobile number is known; whether it was."""
    checked = check_mobile(phone_of(case))
    if checked.fault is not None:
        return False
    mobile = checked.number
    text = text_of(one.occasion, case.label, one.day, desk.counter.phone)
    body = {"mobile": mobile, "text": text, "occasion": one.occasion.value, "about": one.about}
    tell(desk, tx, case.case_id, MessageKind.TELL_APPLICANT, {**body})
    record(desk, tx, None, "applicant.told", case.case_id, occasion=one.occasion.value)
    return True
