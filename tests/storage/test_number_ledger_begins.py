"""A store from before the ledger of paper numbers: counts go on, what is known is listed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, insert, make_url

from clerk.domain.paper_numbers import NumberAsking, NumberLine
from clerk.domain.papers import PaperKind
from clerk.storage import numbers, paper_numbers, schema
from clerk.storage.codec import dump
from clerk.storage.engine import Store, file_engine, server_engine
from tests.storage.invented import KEY, NOW, a_full_case

CASE = UUID(int=7)
PDF = "ab" * 32
BODY = {"code": "990123", "document_mark": "示审"}


@pytest.fixture
def engine(place: Path | str) -> Iterator[Engine]:
    made = (
        file_engine(place, KEY, foreign_keys=False, pooled=False)
        if isinstance(place, Path)
        else server_engine(make_url(place))
    )
    yield made
    made.dispose()


def test_an_old_store_keeps_its_counts_and_lists_every_number_that_is_written_anywhere(
    engine: Engine, place: Path | str, open_store: Callable[..., Store]
) -> None:
    with engine.begin() as tx:
        schema.upgrade(tx, "0006")
        _keep_the_old_way(tx)

    store = open_store(place)

    with store.begin() as tx:
        listed = paper_numbers.lines(tx, NumberAsking(year=2026), 10, 0)
        proof = paper_numbers.proof(tx)
        following = numbers.next_paper_number(tx, "990123", "acceptance", 2026)
    assert [_told(one) for one in listed] == [
        (PaperKind.ACCEPTANCE, 4, "示审受〔2026〕4 号", "", "zhou", NOW),
        (PaperKind.ACCEPTANCE, 3, "", "", "", None),
        (PaperKind.ACCEPTANCE, 2, "示审受〔2026〕2 号", "20260318-0007", "", None),
        (PaperKind.ACCEPTANCE, 1, "示审受〔2026〕1 号", "20260318-0007", "lisi", NOW),
        (PaperKind.COMMITMENT, 1, "示审承〔2026〕1 号", "", "wang", NOW),
        (PaperKind.EXTENSION_NOTICE, 1, "示审延〔2026〕1 号", "20260318-0007", "lisi", NOW),
    ]
    assert all(one.gapless for one in proof.standings)
    assert proof.unlisted == ("示外受〔2026〕3 号",)
    assert following == 5


def _told(line: NumberLine) -> tuple[object, ...]:
    given = line.given
    at, kind = given.given_at, given.series.kind
    return kind, given.count, given.number, line.case_label, given.given_by, at


def _keep_the_old_way(tx: Connection) -> None:
    """A notice that was made, one that was not yet, an act's paper, letters, and a lost number."""
    _put(tx, "standards", item_code="food", version=1, body=json.dumps({"body": BODY}))
    for kind, last in (("acceptance", 4), ("extension_notice", 1), ("commitment", 1)):
        _put(tx, "series", authority="990123", kind=kind, period="2026", last=last)
    _put(tx, "series", authority="03", kind="provisional", period="2026-03-18", last=3)
    body = json.loads(dump(a_full_case()))
    event = {**body["events"][0], "at": NOW.isoformat(), "actor": "lisi"}
    body |= {
        "paper_numbers": {"acceptance": "示审受〔2026〕2 号"},
        "events": [{**event, "detail": {"document": "示审延〔2026〕1 号"}}],
    }
    _put(tx, "cases", row_number=1, case_id=CASE, number="20260318-0007")
    _put(tx, "case_bodies", row_number=1, body=json.dumps(body))
    _put(tx, "files", sha256=PDF)
    for place, number in enumerate(("示审受〔2026〕1 号", "示外受〔2026〕3 号", "")):
        _put(
            tx, "papers", paper_id=UUID(int=place + 1), case_id=CASE, number=number,
            pdf_sha256=PDF, body=json.dumps({"made_by": "lisi"}),
        )  # fmt: skip
    signed = {"示审承〔2026〕1 号": "wang", "示审受〔2026〕4 号": "zhou"}
    for sequence, (number, who) in enumerate(signed.items()):
        detail = json.dumps({"number": number})
        _put(
            tx, "journal", station="03", sequence=sequence, act="letter.signed",
            account_id=who, detail=detail, case_id=UUID(int=9),
        )  # fmt: skip


def _put(tx: Connection, name: str, **given: Any) -> None:
    """Write a row as that schema has it; what is not given is empty, 0 or the one instant."""
    table = Table(name, MetaData(), autoload_with=tx)
    row = dict(given)
    for column in table.columns:
        if column.name not in row and not column.nullable:
            row[column.name] = _nothing(column.type.python_type)
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(value, UUID) and column.type.python_type is str:
            row[column.name] = value.hex
    tx.execute(insert(table), row)


def _nothing(kind: type) -> object:
    if kind.__name__ == "datetime":
        return NOW
    if kind.__name__ == "date":
        return NOW.date()
    return b"\0" * 20 if kind is bytes else kind()
