"""The journal (操作日志): who did what when, one SM3 chain per station, never changed.

Triggers refuse every UPDATE and DELETE. A line is written in the transaction of the act it tells
of, so there is no act without its line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from clerk.storage.codec import canonical_json
from clerk.storage.digest import sm3
from clerk.storage.json_text import instant_text
from clerk.storage.prepared import ONE, Prepared
from clerk.storage.tables import journal
from clerk.values import dataclass

GENESIS = "0" * 64
"""What the first line of a chain follows."""

Detail = Mapping[str, str | int | bool | list[str] | None]
"""What a line says of its act, as plain JSON; names of people and numbers never belong in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The end of a chain, to be kept elsewhere: only it shows that a tail was cut off."""

    station: str
    sequence: int
    digest: str


_LAST = Prepared(
    select(journal.c.sequence, journal.c.digest)
    .where(journal.c.station == bindparam("station"))
    .order_by(journal.c.sequence.desc())
    .limit(ONE)
)
_INSERT = Prepared(insert(journal))
_ONE_AT_A_TIME = Prepared(
    select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("station"), 0)))
)


def append(
    tx: Connection,
    *,
    at: datetime,
    station: str,
    account_id: str,
    act: str,
    case_id: UUID | None = None,
    detail: Detail | None = None,
) -> Anchor:
    """Add a line to the station's chain and return the chain's new end."""
    if tx.dialect.name == "postgresql":
        # two programs of one station would otherwise both follow the same line
        _ONE_AT_A_TIME.rows(tx, {"station": station})
    end = anchor(tx, station)
    sequence = end.sequence + 1 if end else 1
    told = dict(detail or {})
    row: dict[str, object] = {
        "station": station,
        "sequence": sequence,
        "at": at,
        "account_id": account_id,
        "act": act,
        "case_id": case_id,
        "previous": end.digest if end else GENESIS,
    }
    digest = sm3(canonical_json(_plain(row, told)).encode())
    _INSERT.run(tx, {**row, "detail": canonical_json(told), "digest": digest})
    return Anchor(station=station, sequence=sequence, digest=digest)


def anchor(tx: Connection, station: str) -> Anchor | None:
    """Return the end of the station's chain, None where nothing was written yet."""
    last = _LAST.first(tx, {"station": station})
    if last is None:
        return None
    sequence, digest = last
    return Anchor(station=station, sequence=sequence, digest=digest)


def stations(tx: Connection) -> list[str]:
    """Return every station that has a chain here."""
    return list(
        tx.execute(select(journal.c.station).distinct().order_by(journal.c.station)).scalars()
    )


def verify(
    tx: Connection, station: str, *, last: int | None = None, expected: Anchor | None = None
) -> int | None:
    """Return the sequence of the first line that does not follow, None where all do.

    Args:
        tx: the transaction to read in.
        station: whose chain.
        last: look at that many lines at the end only.
        expected: an end that was kept elsewhere; it must be met.
    """
    lines = (
        select(journal)
        .where(journal.c.station == station, journal.c.sequence > _before(tx, station, last))
        .order_by(journal.c.sequence)
        .execution_options(yield_per=1000)
    )
    met = expected is None
    sequence, previous = 0, GENESIS
    with tx.execute(lines) as rows:
        for at, row in enumerate(rows):
            if at == 0 and last is not None:
                sequence, previous = row.sequence - 1, row.previous
            if (row.sequence, row.previous) != (sequence + 1, previous):
                return sequence + 1
            if row.digest != sm3(canonical_json(_kept(row)).encode()):
                return int(row.sequence)
            sequence, previous = row.sequence, row.digest
            met = met or (expected is not None and (sequence, previous) == _end(expected))
    return None if met else sequence + 1


def export(tx: Connection, station: str) -> Iterator[str]:
    """Yield the chain line by line as JSON text, for the separate verifier and for keeping."""
    lines = (
        select(journal)
        .where(journal.c.station == station)
        .order_by(journal.c.sequence)
        .execution_options(yield_per=1000)
    )
    with tx.execute(lines) as rows:
        for row in rows:
            yield canonical_json({**_kept(row), "digest": row.digest})


def acts_like(tx: Connection, station: str, prefix: str) -> Iterator[tuple[int, str, Any]]:
    """Yield sequence, act and detail of the station's lines whose act begins so, in order."""
    lines = (
        select(journal.c.sequence, journal.c.act, journal.c.detail)
        .where(journal.c.station == station, journal.c.act.startswith(prefix, autoescape=True))
        .order_by(journal.c.sequence)
        .execution_options(yield_per=1000)
    )
    with tx.execute(lines) as rows:
        for row in rows:
            yield row.sequence, row.act, json.loads(row.detail)


def of_case(tx: Connection, case_id: UUID) -> Iterable[Row[tuple[object, ...]]]:
    """Return the lines of one case, oldest first."""
    return tx.execute(
        select(journal)
        .where(journal.c.case_id == case_id)
        .order_by(journal.c.at, journal.c.station, journal.c.sequence)
    ).all()


def lines_of_case(tx: Connection, case_id: UUID) -> Iterator[str]:
    """Yield the lines of one case as ``export`` does, station by station in the order of each."""
    lines = (
        select(journal)
        .where(journal.c.case_id == case_id)
        .order_by(journal.c.station, journal.c.sequence)
    )
    for row in tx.execute(lines).all():
        yield canonical_json({**_kept(row), "digest": row.digest})


def _end(anchor: Anchor) -> tuple[int, str]:
    return anchor.sequence, anchor.digest


def _before(tx: Connection, station: str, last: int | None) -> int:
    if last is None:
        return 0
    end = anchor(tx, station)
    return max(0, end.sequence - last) if end else 0


def _kept(row: Row[Any]) -> dict[str, object]:
    return _plain(row._asdict(), json.loads(row.detail))


def _plain(row: Mapping[str, Any], detail: object) -> dict[str, object]:
    """Return what is digested: every column but the digest, as plain JSON."""
    case_id = row["case_id"]
    return {
        "station": row["station"],
        "sequence": row["sequence"],
        "at": instant_text(row["at"]),
        "account_id": row["account_id"],
        "act": row["act"],
        "case_id": None if case_id is None else str(case_id),
        "detail": detail,
        "previous": row["previous"],
    }
