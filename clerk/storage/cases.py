"""Cases: each a whole value, saved at its version, with columns derived for lists and searches."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from clerk.domain.case import Case, CaseState
from clerk.domain.case_files import files_of
from clerk.domain.days import local_date
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.errors import CaseChanged
from clerk.domain.hands import held_since
from clerk.domain.standard import Way
from clerk.storage import codec, search_text, upsert
from clerk.storage.blind_index import index_of
from clerk.storage.file_steps import step_of
from clerk.storage.prepared import Prepared
from clerk.storage.tables import case_bodies, case_files, case_materials, cases
from clerk.values import dataclass, field_names, replace

NOTHING_DUE = date(9999, 12, 31)
"""Sorts behind every real day."""

AT_ONCE = 500
"""So many bodies are read with one query."""


class Queue(StrEnum):
    """Who has to act on a case; each case stands in exactly one queue."""

    DRAFTS = "drafts"
    WITH_DEPARTMENT = "with_department"
    WITH_APPLICANT = "with_applicant"
    TO_DECIDE = "to_decide"
    RETURNED = "returned"
    DECIDED = "decided"
    RESULT_WAITING = "result_waiting"
    CLOSED = "closed"


_QUEUES = {
    CaseState.DRAFT: Queue.DRAFTS,
    CaseState.RECEIVED: Queue.WITH_DEPARTMENT,
    CaseState.CORRECTION_DUE: Queue.WITH_APPLICANT,
    CaseState.ACCEPTED: Queue.TO_DECIDE,
    CaseState.UNDER_REVIEW: Queue.TO_DECIDE,
    CaseState.SPECIAL_PROCEDURE: Queue.WITH_DEPARTMENT,
    CaseState.GRANTED: Queue.DECIDED,
    CaseState.REFUSED: Queue.DECIDED,
    CaseState.RESULT_WAITING: Queue.RESULT_WAITING,
    CaseState.REVOKED: Queue.DECIDED,
}

_NOT_OF_THE_CASE = {"row_number", "case_id", "events_told"}
_LISTED = [column.name for column in cases.c if column.name not in _NOT_OF_THE_CASE]
_FOUND_BY = Prepared(
    select(cases.c.row_number, cases.c.search_text).where(
        cases.c.case_id == bindparam("id"), cases.c.version == bindparam("read_version")
    )
)
_UPDATE = Prepared(
    update(cases).where(
        cases.c.case_id == bindparam("id"), cases.c.version == bindparam("read_version")
    ),
    _LISTED,
)
_BODY = Prepared(
    select(cases.c.version, case_bodies.c.body)
    .join_from(cases, case_bodies)
    .where(cases.c.case_id == bindparam("id"))
)
_INSERT_BODY = Prepared(insert(case_bodies))
_UPDATE_BODY = Prepared(
    update(case_bodies).where(case_bodies.c.row_number == bindparam("row")), ["body"]
)
_INSERT_MATERIALS = Prepared(insert(case_materials))
_INSERT_LINKS = Prepared(insert(case_files))
_DELETE_MATERIALS = Prepared(
    delete(case_materials).where(case_materials.c.case_id == bindparam("id"))
)
_DELETE_LINKS = Prepared(delete(case_files).where(case_files.c.case_id == bindparam("id")))
_UNINDEX = Prepared(text("DELETE FROM case_search WHERE rowid = :row"))
_INDEX = Prepared(text("INSERT INTO case_search (rowid, tokens) VALUES (:row, :tokens)"))


def add(tx: Connection, case: Case) -> Case:
    """Keep a new case and return it at its first version.

    Raises:
        CaseChanged: it was kept before; nothing is written.
    """
    first = replace(case, version=1)
    row = _columns(tx, first)
    written = upsert.put_new(tx, cases, row, key=("case_id",))
    if written is None:
        raise _changed(case)
    (row_number,) = written
    _INSERT_BODY.run(tx, {"row_number": row_number, "body": codec.dump(first)})
    _index(tx, row_number, row["search_text"])
    _write_parts(tx, first)
    return first


def save(tx: Connection, case: Case) -> Case:
    """Write ``case`` over the version it was read at and return it at its new version.

    Raises:
        CaseChanged: someone else saved the case since then; nothing is written.
    """
    keys = {"id": case.case_id, "read_version": case.version}
    before = _FOUND_BY.first(tx, keys)
    saved = replace(case, version=case.version + 1)
    row = _columns(tx, saved)
    if before is None or _UPDATE.run(tx, {**row, **keys}) != 1:
        raise _changed(case)
    row_number, search_line = before
    _UPDATE_BODY.run(tx, {"row": row_number, "body": codec.dump(saved)})
    if search_line != row["search_text"]:
        _unindex(tx, row_number)
        _index(tx, row_number, row["search_text"])
    _DELETE_MATERIALS.run(tx, {"id": case.case_id})
    _DELETE_LINKS.run(tx, {"id": case.case_id})
    _write_parts(tx, saved)
    return saved


def _changed(case: Case) -> CaseChanged:
    name = f"办件{case.label}" if case.label else "这件暂存的办件"
    return CaseChanged(f"{name}已在别处保存过新内容，这一步没有写入。请重新打开后再做")


def load(tx: Connection, case_id: UUID) -> Case:
    """Return the case; an id that is not here is our own bug (``KeyError``)."""
    found = find(tx, case_id)
    if found is None:
        raise KeyError(case_id)
    return found


def find(tx: Connection, case_id: UUID) -> Case | None:
    """Return the case, None where the store has none of that id."""
    row = _BODY.first(tx, {"id": case_id})
    if row is None:
        return None
    version, body = row
    return replace(codec.load(body, Case), version=version)


def load_all(tx: Connection, case_ids: Sequence[UUID]) -> list[Case]:
    """Return these cases in the order of their ids as given, some hundred with each query."""
    found: dict[UUID, Case] = {}
    for first in range(0, len(case_ids), AT_ONCE):
        rows = tx.execute(
            select(cases.c.case_id, cases.c.version, case_bodies.c.body)
            .join_from(cases, case_bodies)
            .where(cases.c.case_id.in_(case_ids[first : first + AT_ONCE]))
        )
        for case_id, version, body in rows:
            found[case_id] = replace(codec.load(body, Case), version=version)
    return [found[case_id] for case_id in case_ids]


def id_of_number(tx: Connection, number: str) -> UUID | None:
    """Return the case that bears ``number``, final or temporary."""
    return tx.execute(
        select(cases.c.case_id).where(
            (cases.c.number == number) | (cases.c.provisional_number == number)
        )
    ).scalar_one_or_none()


def with_provisional_number(tx: Connection) -> list[UUID]:
    """Return the cases that still wait for the platform's number, oldest first."""
    return list(
        tx.execute(
            select(cases.c.case_id)
            .where(cases.c.provisional_number.is_not(None), cases.c.number.is_(None))
            .order_by(cases.c.case_id)
        ).scalars()
    )


def with_running_terms(tx: Connection, after: UUID, limit: int) -> list[UUID]:
    """Return open cases on which some term runs, in the order of their ids from ``after`` on."""
    running = (
        select(cases.c.case_id)
        .where(
            cases.c.closed.is_(False),
            cases.c.next_due_on < NOTHING_DUE,
            cases.c.case_id > after,
        )
        .order_by(cases.c.case_id)
        .limit(limit)
    )
    return list(tx.execute(running).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCase:
    """A case as its body holds it, and its row as lists read it."""

    case: Case
    row: Mapping[str, object]


def with_step(tx: Connection) -> list[UUID]:
    """Return open cases that lie with a level before the decision, in the order of their ids."""
    lying = (
        select(cases.c.case_id)
        .where(
            cases.c.closed.is_(False),
            cases.c.next_due_on < NOTHING_DUE,
            cases.c.terms.contains(f"{Term.STEP.value}:", autoescape=True),
        )
        .order_by(cases.c.case_id)
    )
    return list(tx.execute(lying).scalars())


def bodies_after(tx: Connection, after: UUID, limit: int) -> list[StoredCase]:
    """Return cases in the order of their ids from ``after`` on, each with its row."""
    found = tx.execute(
        select(cases, case_bodies.c.body)
        .join_from(cases, case_bodies)
        .where(cases.c.case_id > after)
        .order_by(cases.c.case_id)
        .limit(limit)
    ).mappings()
    return [
        StoredCase(
            case=replace(codec.load(row["body"], Case), version=row["version"]),
            row={name: row[name] for name in _LISTED},
        )
        for row in found
    ]


def differing(tx: Connection, stored: StoredCase, derived: Case) -> tuple[str, ...]:
    """Return the columns and fields in which the store says something else than ``derived``."""
    held = stored.case
    fields = set(field_names(Case))
    of_body = {name for name in fields if getattr(held, name) != getattr(derived, name)}
    columns = _columns(tx, derived)
    of_row = {name for name in _LISTED if stored.row[name] != columns[name]}
    return tuple(sorted(of_body | of_row))


def discard_draft(tx: Connection, case_id: UUID) -> bool:
    """Remove a draft with everything that hangs on it; anything else stays and False is told."""
    row = tx.execute(
        delete(cases)
        .where(cases.c.case_id == case_id, cases.c.state == CaseState.DRAFT.value)
        .returning(cases.c.row_number)
    ).first()
    if row is None:
        return False
    _unindex(tx, row.row_number)
    return True


def next_due_on(case: Case) -> date:
    """Return the last day of what is due next, ``NOTHING_DUE`` where nothing is."""
    return min((due.on for due in case.terms.values()), default=NOTHING_DUE)


def terms_text(terms: Mapping[Term, DueDate]) -> str:
    """Return the running terms as one short text, to be read without the whole case."""
    return " ".join(f"{term.value}:{due.on.isoformat()}" for term, due in sorted(terms.items()))


def tasks_text(tasks: Mapping[str, date]) -> str:
    """Return the open tasks as one short text, to be read without the whole case."""
    return " ".join(f"{task}:{on.isoformat()}" for task, on in sorted(tasks.items()))


def queue_of(case: Case) -> Queue:
    """Return who has to act on the case."""
    if case.closed:
        return Queue.CLOSED
    if _returned(case):
        return Queue.RETURNED
    return _QUEUES[case.state]


def _returned(case: Case) -> bool:
    return any(sent.answered_at is None for sent in case.returns)


def place(due_on: date, case_id: UUID) -> bytes:
    """Return where a case stands in the list: what is due first, then what is newest."""
    newest_first = (1 << 128) - 1 - case_id.int
    return due_on.toordinal().to_bytes(4, "big") + newest_first.to_bytes(16, "big")


def _deferred(case: Case) -> list[date | None]:
    return [given.due_on for given in case.evidence.values() if given.way is Way.DEFERRAL]


def _columns(tx: Connection, case: Case) -> dict[str, object]:
    party = case.applicant.party if case.applicant else None
    number = case.number.text if case.number and not case.number.provisional else None
    provisional = case.provisional_number or (
        case.number.text if case.number and case.number.provisional else ""
    )
    initials = tx.info["initials"](case.applicant_name)
    due = next_due_on(case)
    return {
        "case_id": case.case_id,
        "version": case.version,
        "state": case.state.value,
        "closed": case.closed,
        "item_code": case.item_code,
        "item_name": case.item_name,
        "standard_version": case.standard_version,
        "number": number,
        "provisional_number": provisional or None,
        "query_code": case.number.query_code if case.number else "",
        "applicant_name": case.applicant_name,
        "applicant_kind": party.kind.value if party else "",
        "applicant_index": index_of(tx, party.id_number) if party else "",
        "handler_name": case.handler.party.name if case.handler else "",
        "counter_code": case.counter_code,
        "clerk_id": case.clerk,
        "clerk_name": case.clerk_name,
        "with_whom": case.with_whom,
        "held_at": held_since(case.events),
        "opened_at": case.opened_at,
        "received_at": case.received_at,
        "accepted_at": case.accepted_at,
        "terms": terms_text(case.terms),
        "due_on": case.due_on,
        "statutory_due_on": case.statutory_due_on,
        "next_due_on": due,
        "dates_estimated": case.dates_estimated,
        "tasks": tasks_text(case.tasks),
        "events": len(case.events),
        "task_due_on": min(case.tasks.values(), default=NOTHING_DUE),
        "file_step": step_of(case).value,
        "queue": queue_of(case).value,
        "returned": _returned(case),
        "deferred": bool(_deferred(case)),
        "decided_on": local_date(case.decision.at) if case.decision else None,
        "care": " ".join(case.care.marks) if case.care else "",
        "search_text": search_text.line(
            case.applicant_name, initials, number or "", provisional, case.item_name
        ),
        "place": place(due, case.case_id),
    }


def _write_parts(tx: Connection, case: Case) -> None:
    found = {check.material: check.finding.value for check in case.checks.after}
    materials = [
        {
            "case_id": case.case_id,
            "requirement_code": code,
            "way": given.way.value,
            "fault": given.fault,
            "due_on": given.due_on,
            "finding": found.get(code, ""),
            "left_at": given.leave.at if given.leave and not given.fault else None,
        }
        for code, given in case.evidence.items()
    ]
    kept = tuple(files_of(case))
    names = {file.sha256 for file in kept} | {file.places_sha256 for file in kept} - {""}
    links = [{"case_id": case.case_id, "sha256": name} for name in sorted(names)]
    _INSERT_MATERIALS.run_each(tx, materials)
    _INSERT_LINKS.run_each(tx, links)


def _index(tx: Connection, row_number: int, line: object) -> None:
    if tx.dialect.name == "sqlite":
        tokens = search_text.index_tokens(str(line))
        _INDEX.run(tx, {"row": row_number, "tokens": tokens})


def _unindex(tx: Connection, row_number: int) -> None:
    if tx.dialect.name == "sqlite":
        _UNINDEX.run(tx, {"row": row_number})
