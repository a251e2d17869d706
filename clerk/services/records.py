"""What every act writes in its one transaction: the case, its journal line, its messages."""

from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.findings import Verdict
from clerk.domain.hand_off import CaseNumber, MessageKind
from clerk.domain.hand_off_body import Plain, case_body, claim_body
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.storage import cases, journal, outbox
from clerk.storage.codec import canonical_json, ordered_json


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
    outbox.put_all(tx, case_id, [_told(desk, kind, canonical_json(body))], desk.now())


def tell_of_case(
    desk: Desk,
    tx: Connection,
    case: Case,
    verdict: Verdict,
    claimed: CaseNumber | None = None,
) -> None:
    """Queue the case for its back office, and for the platform the number that it takes."""
    standard = desk.standard(case.item_code, case.standard_version)
    body = ordered_json(case_body(standard, case, verdict, desk.state_codes))
    told = [_told(desk, MessageKind.SUBMIT_CASE, body)]
    if claimed is not None:
        claim = canonical_json(claim_body(case, claimed))
        told.insert(0, _told(desk, MessageKind.CLAIM_NUMBER, claim))
    outbox.put_all(tx, case.case_id, told, desk.now())


def _told(desk: Desk, kind: MessageKind, body: str) -> outbox.Told:
    return outbox.Told(message_id=desk.new_id(), kind=kind, schema_version=1, body=body)
