"""What every act writes in its one transaction: the case, its journal line, its messages."""

from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import Plain
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.storage import cases, journal, outbox
from clerk.storage.codec import canonical_json


def record(
    desk: Desk,
    tx: Connection,
    session: Session | None,
    act: str,
    case_id: UUID | None = None,
    **detail: str | int | bool | list[str],
) -> None:
    """Add a line to this station's chain; no session means the program itself acted."""
    journal.append(
        tx,
        at=desk.now(),
        station=desk.station,
        account_id=session.account.account_id if session else "",
        act=act,
        case_id=case_id,
        detail=detail,
    )


def keep_case(tx: Connection, case: Case) -> Case:
    """Write a case for the first time or over the version it was read at.

    Raises:
        CaseChanged: another window saved it meanwhile.
    """
    return cases.save(tx, case) if case.version else cases.add(tx, case)


def tell(
    desk: Desk, tx: Connection, case_id: UUID, kind: MessageKind, body: dict[str, Plain]
) -> None:
    """Queue what another system must be told, under an id that never changes."""
    outbox.put(
        tx,
        message_id=desk.new_id(),
        case_id=case_id,
        kind=kind,
        schema_version=1,
        body=canonical_json(body),
        at=desk.now(),
    )
