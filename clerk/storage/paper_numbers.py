"""The ledger of paper numbers (文号台账): written with the act that takes one, never deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    and_,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from clerk.domain.paper_numbers import (
    GivenNumber,
    NumberAsking,
    NumberLine,
    NumberProof,
    Series,
    SeriesStanding,
    WentOut,
    missing_counts,
)
from clerk.domain.papers import PaperKind
from clerk.storage.number_tables import paper_numbers
from clerk.storage.prepared import Prepared
from clerk.storage.tables import accounts, cases, papers, series

MOST_NAMED: Final = 20
"""So many missing or doubled numbers are named; that there are any is what counts."""

_OF_A_SERIES: Final = "〔"

_here = paper_numbers.c
_INSERT = Prepared(
    insert(paper_numbers),
    (
        *("body_code", "kind", "year", "count", "number", "case_id"),
        *("given_at", "given_by", "counter_code", "letter_sha256"),
    ),
)


def keep(tx: Connection, given: GivenNumber) -> None:
    """Write a number that was taken in this transaction; one that is there is our own bug."""
    _INSERT.run(
        tx,
        {
            **_key(given),
            "number": given.number,
            "case_id": given.case_id,
            "given_at": given.given_at,
            "given_by": given.given_by,
            "counter_code": given.counter_code,
            "letter_sha256": given.letter_sha256,
        },
    )


def find(tx: Connection, of: Series, count: int) -> GivenNumber | None:
    """Return one number, None where it was never given."""
    row = tx.execute(select(paper_numbers).where(_in(of), _here.count == count)).first()
    return None if row is None else _given(row)


def void(tx: Connection, given: GivenNumber) -> bool:
    """Write why a number is void; False where another window has done so meanwhile."""
    changed = tx.execute(
        update(paper_numbers)
        .where(_in(given.series), _here.count == given.count, _here.voided_at.is_(None))
        .values(
            voided_at=given.voided_at,
            voided_by=given.voided_by,
            void_reason=given.void_reason,
            replaced_by=given.replaced_by,
        )
    )
    return changed.rowcount == 1


def is_void(number: str) -> ColumnElement[bool]:
    """Return the condition that this number was given and is void."""
    return exists().where(_here.number == number, _here.voided_at.is_not(None))


def bears_void_number() -> ColumnElement[bool]:
    """Return the condition, within a statement on ``papers``, that the paper's number is void."""
    return exists().where(
        _here.case_id == papers.c.case_id,
        _here.number == papers.c.number,
        _here.kind == papers.c.kind,
        _here.voided_at.is_not(None),
    )


def lines(tx: Connection, asking: NumberAsking, limit: int, offset: int) -> list[NumberLine]:
    """Return lines of the ledger, the numbers given last first; bodies' names are not known here."""
    made, copies, files = map(
        _of_papers,
        (
            func.count(papers.c.paper_id),
            func.coalesce(func.sum(papers.c.copies_printed), 0),
            func.count(papers.c.electronic_at),
        ),
    )
    found = tx.execute(
        select(
            paper_numbers,
            cases.c.number.label("case_number"),
            cases.c.provisional_number,
            accounts.c.display_name,
            made.label("made"),
            copies.label("copies"),
            files.label("files"),
        )
        .select_from(_with_names())
        .where(*_asked(asking))
        .order_by(_here.body_code, _here.kind, _here.year, _here.count.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_line(row) for row in found]


def _of_papers(counted: ColumnElement[Any]) -> ScalarSelect[Any]:
    return (
        select(counted)
        .where(
            papers.c.case_id == _here.case_id,
            papers.c.number == _here.number,
            papers.c.kind == _here.kind,
        )
        .correlate(paper_numbers)
        .scalar_subquery()
    )


def total(tx: Connection, asking: NumberAsking) -> int:
    """Return how many lines there are."""
    found = select(func.count()).select_from(_with_names()).where(*_asked(asking))
    return int(tx.execute(found).scalar_one())


def choices(tx: Connection) -> Sequence[Series]:
    """Return every series that a number was ever given of."""
    rows = tx.execute(select(_here.body_code, _here.kind, _here.year).distinct())
    return sorted(
        Series(body_code=code, kind=PaperKind(kind), year=year) for code, kind, year in rows
    )


def a_case_of(tx: Connection, body_code: str) -> UUID | None:
    """Return a case of the authority, to learn its name from; None where none is known."""
    known = select(_here.case_id).where(
        _here.body_code == body_code,
        exists().where(cases.c.case_id == _here.case_id),
    )
    return tx.execute(known.limit(1)).scalar_one_or_none()


def voided_since(tx: Connection, since: datetime) -> list[GivenNumber]:
    """Return the numbers that became void since then, oldest first."""
    rows = tx.execute(
        select(paper_numbers).where(_here.voided_at >= since).order_by(_here.voided_at)
    )
    return [_given(row) for row in rows]


def proof(tx: Connection, year: int | None = None, since: datetime | None = None) -> NumberProof:
    """Prove every series whole, or say what is not.

    Args:
        tx: a transaction; all is read in it.
        year: only the series of this year, all where None.
        since: only papers made since then are looked for in the series, all where None.
    """
    return NumberProof(
        standings=tuple(standings(tx, NumberAsking(year=year) if year else None)),
        doubled=tuple(_doubled(tx, year)),
        unlisted=tuple(_unlisted(tx, since)),
    )


def standings(tx: Connection, asking: NumberAsking | None) -> list[SeriesStanding]:
    """Return how series stand, all or those that are asked for; the counter is the measure."""
    unexplained = and_(_here.voided_at.is_not(None), func.trim(_here.void_reason) == "")
    counted = select(
        *(_here.body_code, _here.kind, _here.year),
        func.count().label("given"),
        func.count(_here.voided_at).label("void"),
        func.coalesce(func.max(_here.count), 0).label("highest"),
        func.sum(case((unexplained, 1), else_=0)).label("unexplained"),
    ).group_by(_here.body_code, _here.kind, _here.year)
    if asking is not None:
        counted = counted.where(*_of_series(asking))
    found = {_series(row): row for row in tx.execute(counted)}
    lasts = _lasts(tx, asking)
    return [_standing(tx, of, lasts.get(of, 0), found.get(of)) for of in sorted({*found, *lasts})]


def _lasts(tx: Connection, asking: NumberAsking | None) -> Mapping[Series, int]:
    kinds = [kind.value for kind in PaperKind]
    wanted: list[ColumnElement[bool]] = [series.c.kind.in_(kinds)]
    if asking is not None:
        wanted.append(series.c.period == str(asking.year))
        wanted += [series.c.authority == asking.body_code] * bool(asking.body_code)
        wanted += [series.c.kind == asking.kind.value] if asking.kind else []
    rows = tx.execute(select(series).where(*wanted))
    return {
        Series(body_code=row.authority, kind=PaperKind(row.kind), year=int(row.period)): row.last
        for row in rows
    }


def _standing(tx: Connection, of: Series, last: int, row: Row[Any] | None) -> SeriesStanding:
    if row is None:
        return SeriesStanding(series=of, last=last, given=0, void=0, missing=_first(last))
    whole = row.given == last == row.highest
    counts = () if whole else tx.execute(select(_here.count).where(_in(of))).scalars()
    return SeriesStanding(
        series=of,
        last=last,
        given=row.given,
        void=row.void,
        missing=() if whole else missing_counts(last, counts)[:MOST_NAMED],
        unexplained=_unexplained(tx, of) if row.unexplained else (),
    )


def _first(last: int) -> tuple[int, ...]:
    return tuple(range(1, min(last, MOST_NAMED) + 1))


def _unexplained(tx: Connection, of: Series) -> tuple[int, ...]:
    rows = tx.execute(
        select(_here.count)
        .where(_in(of), _here.voided_at.is_not(None), func.trim(_here.void_reason) == "")
        .order_by(_here.count)
        .limit(MOST_NAMED)
    )
    return tuple(rows.scalars())


def _doubled(tx: Connection, year: int | None) -> list[str]:
    known = [_here.number != ""]
    known += [_here.year == year] if year is not None else []
    twice = select(_here.number).where(*known).group_by(_here.number).having(func.count() > 1)
    return list(tx.execute(twice.limit(MOST_NAMED)).scalars())


def _unlisted(tx: Connection, since: datetime | None) -> list[str]:
    """Return numbers that stand on a paper of ours and in no series."""
    wanted = [
        papers.c.number.contains(_OF_A_SERIES),  # a courier's slip bears the courier's number
        ~exists().where(_here.number == papers.c.number),
    ]
    wanted += [papers.c.made_at >= since] if since is not None else []
    found = select(papers.c.number).where(*wanted).distinct().order_by(papers.c.number)
    return list(tx.execute(found.limit(MOST_NAMED)).scalars())


def _with_names() -> Any:
    return paper_numbers.outerjoin(cases, cases.c.case_id == _here.case_id).outerjoin(
        accounts, accounts.c.account_id == _here.given_by
    )


def _asked(asking: NumberAsking) -> list[ColumnElement[bool]]:
    wanted = _of_series(asking)
    if asking.only_void:
        wanted.append(_here.voided_at.is_not(None))
    if asking.text.strip():
        text = asking.text.strip()
        columns = (_here.number, cases.c.number, cases.c.provisional_number)
        wanted.append(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return wanted


def _of_series(asking: NumberAsking) -> list[ColumnElement[bool]]:
    wanted = [_here.year == asking.year]
    wanted += [_here.body_code == asking.body_code] if asking.body_code else []
    wanted += [_here.kind == asking.kind.value] if asking.kind else []
    return wanted


def _in(of: Series) -> ColumnElement[bool]:
    return and_(_here.body_code == of.body_code, _here.kind == of.kind.value, _here.year == of.year)


def _key(given: GivenNumber) -> dict[str, object]:
    of = given.series
    return {
        "body_code": of.body_code,
        "kind": of.kind.value,
        "year": of.year,
        "count": given.count,
    }


def _series(row: Row[Any]) -> Series:
    return Series(body_code=row.body_code, kind=PaperKind(row.kind), year=row.year)


def _given(row: Row[Any]) -> GivenNumber:
    said = row._mapping  # noqa: SLF001  a row's own count() hides the column of that name
    return GivenNumber(
        series=_series(row),
        count=said["count"],
        number=said["number"],
        case_id=row.case_id,
        given_at=row.given_at,
        given_by=row.given_by,
        counter_code=row.counter_code,
        letter_sha256=row.letter_sha256,
        voided_at=row.voided_at,
        voided_by=row.voided_by,
        void_reason=row.void_reason,
        replaced_by=row.replaced_by,
    )


def _line(row: Row[Any]) -> NumberLine:
    return NumberLine(
        given=_given(row),
        body_name="",
        case_label=row.case_number or row.provisional_number or "",
        given_by_name=row.display_name or "",
        made=bool(row.made),
        out=WentOut(copies=int(row.copies), as_file=bool(row.files)),
    )
