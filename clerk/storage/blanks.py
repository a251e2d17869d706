"""The ledger of blank certificates (空白证照台账): each numbered blank, and what was counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from clerk.domain.blanks import Blank, BlankCount, BlankState, BlankStock
from clerk.domain.errors import NotAcceptable
from clerk.storage import upsert
from clerk.storage.tables import blank_counts, blanks


def receive(tx: Connection, kind: str, numbers: Sequence[str], by: str, at: datetime) -> None:
    """Put a delivery into stock.

    Raises:
        NotAcceptable: one of the numbers was received before; nothing is written by the caller.
    """
    for number in numbers:
        row = {
            "kind": kind,
            "number": number,
            "state": BlankState.IN_STOCK.value,
            "received_at": at,
            "received_by": by,
            "changed_at": at,
            "changed_by": by,
            "certificate_number": "",
            "reason": "",
        }
        if upsert.put_new(tx, blanks, row, key=("kind", "number")) is None:
            raise NotAcceptable(f"{kind} {number} 已经入过库，这一批都没有入。核对起止号")


def find(tx: Connection, kind: str, number: str) -> Blank | None:
    """Return one blank, None where it was never received."""
    row = tx.execute(select(blanks).where(blanks.c.kind == kind, blanks.c.number == number)).first()
    return None if row is None else _blank(row)


def change(tx: Connection, blank: Blank, was: BlankState = BlankState.IN_STOCK) -> bool:
    """Write what became of a blank; False where it is not (any more) what it ``was``."""
    changed = tx.execute(
        update(blanks)
        .where(
            blanks.c.kind == blank.kind,
            blanks.c.number == blank.number,
            blanks.c.state == was.value,
        )
        .values(
            state=blank.state.value,
            changed_at=blank.at,
            changed_by=blank.by,
            case_id=blank.case_id,
            certificate_number=blank.certificate_number,
            reason=blank.reason,
        )
    )
    return changed.rowcount == 1


def bears_number(tx: Connection, kind: str, certificate_number: str) -> bool:
    """Whether a blank of this kind that was not spoilt bears the number already."""
    found = select(blanks.c.number).where(
        blanks.c.kind == kind,
        blanks.c.state == BlankState.USED.value,
        blanks.c.certificate_number == certificate_number,
    )
    return tx.execute(found.limit(1)).first() is not None


def count(tx: Connection, counted: BlankCount) -> None:
    """Keep what somebody counted."""
    tx.execute(
        insert(blank_counts),
        {
            "kind": counted.kind,
            "counted_at": counted.at,
            "counted": counted.counted,
            "expected": counted.expected,
            "counted_by": counted.by,
            "reason": counted.reason,
        },
    )


def stocks(tx: Connection) -> list[BlankStock]:
    """Return how every kind stands."""
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in tx.execute(
        select(blanks.c.kind, blanks.c.state, func.count())
        .group_by(blanks.c.kind, blanks.c.state)
        .order_by(blanks.c.kind)
    ):
        found.setdefault(kind, {})[state] = number
    lowest = select(blanks.c.kind, func.min(blanks.c.number)).where(
        blanks.c.state == BlankState.IN_STOCK.value
    )
    first = {row[0]: row[1] for row in tx.execute(lowest.group_by(blanks.c.kind))}
    return [
        BlankStock(
            kind=kind,
            received=sum(states.values()),
            in_stock=states.get(BlankState.IN_STOCK.value, 0),
            used=states.get(BlankState.USED.value, 0),
            spoilt=states.get(BlankState.SPOILT.value, 0),
            next_number=first.get(kind, ""),
            last_count=_last_count(tx, kind),
        )
        for kind, states in found.items()
    ]


def _last_count(tx: Connection, kind: str) -> BlankCount | None:
    row = tx.execute(
        select(blank_counts)
        .where(blank_counts.c.kind == kind)
        .order_by(blank_counts.c.counted_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return BlankCount(
        kind=row.kind,
        counted=row.counted,
        expected=row.expected,
        at=row.counted_at,
        by=row.counted_by,
        reason=row.reason,
    )


def _blank(row: Row[Any]) -> Blank:
    return Blank(
        kind=row.kind,
        number=row.number,
        state=BlankState(row.state),
        at=row.changed_at,
        by=row.changed_by,
        case_id=row.case_id,
        certificate_number=row.certificate_number,
        reason=row.reason,
    )
