"""Numbers: leased 办件编号, temporary numbers, and the yearly 文号 series.

A number is taken in the transaction of the act that needs it: with the act it is kept, without it
it stays free. So none is given twice and none is missing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, false, func, insert, select, true, update

from clerk.domain.hand_off import CaseNumber, LeasedNumber, NumberBlock
from clerk.storage import upsert
from clerk.storage.prepared import ONE, Prepared
from clerk.storage.tables import leased_numbers, number_blocks, series

PROVISIONAL = "provisional"

_OPEN = (
    number_blocks.c.counter_code == bindparam("counter"),
    number_blocks.c.used_up == false(),
    number_blocks.c.voided_at.is_(None),
)
_LEFT = Prepared(
    select(func.count())
    .select_from(number_blocks.join(leased_numbers))
    .where(*_OPEN, leased_numbers.c.case_id.is_(None))
)
_OPEN_BLOCKS = Prepared(
    select(number_blocks.c.block_id)
    .where(*_OPEN)
    .order_by(number_blocks.c.leased_at, number_blocks.c.block_id)
)
_free = leased_numbers.alias("free")
_NEXT = (
    select(_free.c.number)
    .join_from(number_blocks, _free, _free.c.block_id == number_blocks.c.block_id)
    .where(*_OPEN, _free.c.case_id.is_(None))
    .order_by(number_blocks.c.leased_at, number_blocks.c.block_id, _free.c.position)
    .limit(ONE)
)
_EXPECTED = Prepared(_NEXT.add_columns(_free.c.query_code))
# a hall's other programs take numbers meanwhile: what one of them holds is passed over
_HELD = _NEXT.with_for_update(of=_free, skip_locked=True).scalar_subquery()
_TAKE = Prepared(
    update(leased_numbers)
    .where(leased_numbers.c.number == _HELD)
    .values(case_id=bindparam("for_case"), given_at=bindparam("now"))
    .returning(leased_numbers.c.number, leased_numbers.c.query_code)
)
_USED_UP = (
    update(number_blocks)
    .where(
        *_OPEN,
        ~exists().where(_free.c.block_id == number_blocks.c.block_id, _free.c.case_id.is_(None)),
    )
    .values(used_up=true())
)
_LAST = Prepared(
    select(series.c.last).where(
        series.c.authority == bindparam("authority"),
        series.c.kind == bindparam("kind"),
        series.c.period == bindparam("period"),
    )
)


def lease(tx: Connection, block: NumberBlock, counter_code: str, at: datetime) -> bool:
    """Keep a block for this counter; False where the platform sent the same one again."""
    row = {
        "block_id": block.block_id,
        "counter_code": counter_code,
        "leased_at": at,
        "void_reason": "",
    }
    if not upsert.put_new(tx, number_blocks, row):
        return False
    numbers = [
        {
            "number": leased.number,
            "block_id": block.block_id,
            "position": position,
            "query_code": leased.query_code,
        }
        for position, leased in enumerate(block.numbers)
    ]
    if numbers:
        tx.execute(insert(leased_numbers), numbers)
    tx.execute(_USED_UP, {"counter": counter_code})
    return True


def take(tx: Connection, counter_code: str, case_id: UUID, at: datetime) -> CaseNumber | None:
    """Give the case the counter's next number, None where no leased one is left."""
    return _number(_TAKE.first(tx, {"counter": counter_code, "for_case": case_id, "now": at}))


def expected(tx: Connection, counter_code: str) -> CaseNumber | None:
    """Return the number that ``take`` would give now; nothing is taken."""
    return _number(_EXPECTED.first(tx, {"counter": counter_code}))


def _number(row: tuple[str, ...] | None) -> CaseNumber | None:
    if row is None:
        return None
    number, query_code = row
    return CaseNumber(text=number, query_code=query_code, provisional=False)


def left(tx: Connection, counter_code: str) -> int:
    """Return how many leased numbers the counter may still give."""
    ((count,),) = _LEFT.rows(tx, {"counter": counter_code})
    return int(count)


def void_rest(tx: Connection, block_id: str, reason: str, at: datetime) -> list[LeasedNumber]:
    """Void what is left of a block and return it for the platform; empty where it was voided."""
    changed = tx.execute(
        update(number_blocks)
        .where(number_blocks.c.block_id == block_id, number_blocks.c.voided_at.is_(None))
        .values(voided_at=at, void_reason=reason)
    )
    if changed.rowcount == 0:
        return []
    rows = tx.execute(
        select(leased_numbers.c.number, leased_numbers.c.query_code)
        .where(leased_numbers.c.block_id == block_id, leased_numbers.c.case_id.is_(None))
        .order_by(leased_numbers.c.position)
    )
    return [LeasedNumber(number=row.number, query_code=row.query_code) for row in rows]


def open_blocks(tx: Connection, counter_code: str) -> Sequence[str]:
    """Return the counter's blocks that are not voided, oldest first."""
    return [block_id for (block_id,) in _OPEN_BLOCKS.rows(tx, {"counter": counter_code})]


def windows(tx: Connection) -> frozenset[str]:
    """Return every window that ever leased numbers here."""
    return frozenset(tx.execute(select(number_blocks.c.counter_code).distinct()).scalars())


def next_provisional(tx: Connection, counter_code: str, on: date) -> int:
    """Return the counter's next temporary number of the day, from 1 without a gap."""
    return next_of(tx, counter_code, PROVISIONAL, on.isoformat())


def next_paper_number(tx: Connection, authority: str, kind: str, year: int) -> int:
    """Return the authority's next number of a kind of paper (文号) in a year, from 1."""
    return next_of(tx, authority, kind, str(year))


def expected_paper_number(tx: Connection, authority: str, kind: str, year: int) -> int:
    """Return what ``next_paper_number`` would give now; nothing is taken."""
    last = _LAST.first(tx, {"authority": authority, "kind": kind, "period": str(year)})
    return last[0] + 1 if last else 1


def next_of(tx: Connection, authority: str, kind: str, period: str) -> int:
    """Return the next number of any series, from 1 without a gap."""
    key = {"authority": authority, "kind": kind, "period": period}
    return upsert.count_up(tx, series, key, "last")
