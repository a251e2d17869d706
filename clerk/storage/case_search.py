"""Which cases a searched text finds, for the lists of cases.

A text is looked for in the newest cases that may have it, so that no word, however common, makes
anybody wait: each case that is looked at costs a page of the file.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    case,
    column,
    func,
    null,
    or_,
    select,
    table,
    text,
)

from clerk.storage import search_text
from clerk.storage.blind_index import index_of
from clerk.storage.prepared import ONE, Prepared
from clerk.storage.tables import cases

LOOKED_AT = 500
"""So many cases are compared with a searched text at most: a few milliseconds."""

ID_NUMBER_LENGTHS = (15, 18)

_search = table("case_search", column("rowid"))
_MATCHES = text("case_search MATCH :match")
_CANDIDATES = select(_search.c.rowid).order_by(_search.c.rowid.desc()).limit(LOOKED_AT)
_NEWEST = Prepared(_CANDIDATES.where(_MATCHES))
_ROWS = text("SELECT value FROM json_each(:rows)").columns(cases.c.row_number)
_STILL_OPEN = text(
    "SELECT one.row_number FROM json_each(:rows) AS of_these CROSS JOIN cases AS one"
    " INDEXED BY ix_cases_file_step ON one.closed = 0 AND one.file_step = ''"
    " AND one.row_number = of_these.value"
).columns(cases.c.row_number)
ORDER = (
    cases.c.closed,
    case((cases.c.closed, null()), else_=cases.c.place),
    cases.c.row_number.desc(),
)
"""What a text finds: open cases by what is due, then closed ones, the newest first."""

_OF_NUMBER = or_(
    cases.c.number == bindparam("number"), cases.c.provisional_number == bindparam("number")
)
_OF_PERSON = cases.c.applicant_index == bindparam("person")
_ANY_OF_NUMBER = Prepared(select(cases.c.row_number).where(_OF_NUMBER).limit(ONE))
_ANY_OF_PERSON = Prepared(select(cases.c.row_number).where(_OF_PERSON).limit(ONE))


def known(tx: Connection, words: Sequence[str]) -> tuple[list[ColumnElement[bool]], list[str]]:
    """Return the conditions of words that are a case's or a person's number; the other words."""
    found: list[ColumnElement[bool]] = []
    others: list[str] = []
    for word in words:
        if _ANY_OF_NUMBER.first(tx, {"number": word}) is not None:
            of_case = or_(cases.c.number == word, cases.c.provisional_number == word)
            found.append(cases.c.row_number.in_(select(cases.c.row_number).where(of_case)))
        elif _is_person(tx, word):
            found.append(cases.c.applicant_index == index_of(tx, word))
        else:
            others.append(word)
    return found, others


def contain(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return the conditions that a case has all of these words."""
    return [
        cases.c.search_text.contains(bindparam(name, word), escape="/")
        for name, word in escaped(words).items()
    ]


def one_by_one(conditions: Sequence[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """Return conditions to be asked of each case that is left, never through their own index."""
    return [case((condition, 1), else_=0) == 1 for condition in conditions]


def found(
    dialect: str, words: Sequence[str], within: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Return the conditions that a case is looked at, has all words, and is ``within`` a list.

    Without the index (PostgreSQL) the newest for which that holds are all that is looked at.
    """
    if dialect == "sqlite":
        looked_at = cases.c.row_number.in_(_candidates(words))
        return [looked_at, *contain(words), *one_by_one(within)]
    return [cases.c.row_number.in_(_newest_of(words, within))]


def is_all(tx: Connection, words: Sequence[str], within: Sequence[ColumnElement[bool]]) -> bool:
    """Say whether no case that may have the words is left out of those looked at."""
    by_index = tx.dialect.name == "sqlite"
    looked_at = _candidates(words) if by_index else _newest_of(words, within)
    return _number_of(tx, looked_at) < LOOKED_AT


def newest(tx: Connection, words: Sequence[str]) -> str:
    """Return the row numbers of those looked at, as JSON: what ``first_lines`` are among."""
    return json.dumps([row for (row,) in _NEWEST.rows(tx, {"match": _match(words)})])


def first_lines(
    line: Select[Any], words: int, within: Sequence[ColumnElement[bool]]
) -> tuple[Prepared, Prepared]:
    """Return how the first lines of a search by the index are read: open cases, then closed ones.

    An index says which of those looked at are open. Nearly all are closed, the newest first, and
    only as many of them are read as are shown. Both run with ``rows``, ``most`` and ``escaped``.
    """
    wanted = one_by_one([*contain([""] * words), *within])
    open_first = line.where(cases.c.row_number.in_(_STILL_OPEN), *wanted)
    closed = line.where(
        cases.c.row_number.in_(_ROWS), *one_by_one([cases.c.closed.is_(True)]), *wanted
    )
    most = bindparam("most", type_=Integer)
    return (
        Prepared(open_first.order_by(None).order_by(cases.c.place).limit(most)),
        Prepared(closed.order_by(None).order_by(cases.c.row_number.desc()).limit(most)),
    )


def is_short(tx: Connection, view: Sequence[ColumnElement[bool]]) -> bool:
    """Say whether every case of a view may be looked at."""
    some = select(cases.c.row_number).where(*view).limit(LOOKED_AT + 1)
    return bool(view) and _number_of(tx, some) <= LOOKED_AT


def _is_person(tx: Connection, word: str) -> bool:
    if len(word) not in ID_NUMBER_LENGTHS:
        return False
    return _ANY_OF_PERSON.first(tx, {"person": index_of(tx, word)}) is not None


def _candidates(words: Sequence[str]) -> Select[Any]:
    """Return the newest that may have every word; an index says too much, never too little."""
    return _CANDIDATES.where(_MATCHES.bindparams(match=_match(words)))


def _newest_of(words: Sequence[str], within: Sequence[ColumnElement[bool]]) -> Select[tuple[int]]:
    having = select(cases.c.row_number).where(*within, *contain(words)).correlate(None)
    return having.order_by(cases.c.row_number.desc()).limit(LOOKED_AT)


def _match(words: Sequence[str]) -> str:
    return " AND ".join(search_text.match_expression(word) for word in words)


def escaped(words: Sequence[str]) -> Mapping[str, str]:
    """Return the words for ``LIKE``, by the names of their parameters."""
    return {
        f"word_{number}": word.replace("/", "//").replace("%", "/%").replace("_", "/_")
        for number, word in enumerate(words)
    }


def _number_of(tx: Connection, wanted: Select[Any]) -> int:
    return tx.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
