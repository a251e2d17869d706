"""An update leaves the old schema or the new one, and never loses a row on the way."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.deadlines import Term
from clerk.storage import cases, codec, schema
from clerk.storage.engine import Store, file_engine, server_engine
from clerk.storage.tables import metadata
from clerk.storage.trouble import StoreDamaged
from tests.storage.invented import KEY, a_full_case

ROOT = Path(__file__).parents[2]


MADE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master",
    "postgresql": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tablename, indexname, indexdef, '', ''
        FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''
        FROM pg_trigger
        """,
}


class Broken(Exception):
    """What the tests raise in the middle of a migration."""


@pytest.fixture
def engine(place: Path | str) -> Iterator[Engine]:
    """Connections as a migration gets them: foreign keys off on SQLite."""
    made = (
        file_engine(place, KEY, foreign_keys=False, pooled=False)
        if isinstance(place, Path)
        else server_engine(make_url(place))
    )
    yield made
    made.dispose()


@contextmanager
def breaking_off_at(engine: Engine, number: int) -> Iterator[list[str]]:
    """Raise at the ``number``-th statement; yields the statements that were begun."""
    seen: list[str] = []

    def count(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("BEGIN"):
            return
        seen.append(statement)
        if len(seen) == number:
            raise Broken

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)


def objects(engine: Engine) -> set[str]:
    with engine.begin() as tx:
        return set(inspect(tx).get_table_names())


def made(engine: Engine) -> set[tuple[object, ...]]:
    """Everything in a store that a migration makes or changes, as the database itself says it."""
    with engine.begin() as tx:
        told = tx.execute(text(MADE[engine.dialect.name]))
        return {tuple(row) for row in told} | {(schema.revision_of(tx),)}


def statements_of(engine: Engine, to: str) -> int:
    """Count the statements of a migration without keeping it."""
    with breaking_off_at(engine, -1) as seen, engine.connect() as connection:
        transaction = connection.begin()
        schema.upgrade(connection, to)
        transaction.rollback()
    return len(seen)


def test_the_program_knows_every_schema_it_ships() -> None:
    shipped = [script.revision for script in schema.scripts().walk_revisions()]

    assert tuple(reversed(shipped)) == schema.RELEASED


def test_the_migrations_make_the_tables_of_the_program(engine: Engine) -> None:
    with engine.begin() as tx:
        schema.upgrade(tx)

        context = MigrationContext.configure(tx, opts={"include_object": _is_ours})
        assert compare_metadata(context, metadata) == []


def _is_ours(_item: object, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and str(name).startswith("case_search"))


@pytest.mark.parametrize("revision", schema.RELEASED)
def test_every_released_schema_comes_up_to_date_with_every_row(
    engine: Engine, place: Path | str, open_store: Callable[..., Store], revision: str
) -> None:
    with engine.begin() as tx:
        schema.upgrade(tx, revision)
    store = open_store(place)
    with store.begin() as tx:
        cases.add(tx, a_full_case())
    store.close()
    before = rows(engine)

    with engine.begin() as tx:
        schema.upgrade(tx)

    assert rows(engine) == before
    assert before["cases"] == before["case_bodies"] == 1


def test_a_case_of_the_first_schema_keeps_everything_and_gets_its_terms(
    engine: Engine, place: Path | str, open_store: Callable[..., Store]
) -> None:
    """What the course did not say before is put into it: the receipt, the decision, the promise."""
    with engine.begin() as tx:
        schema.upgrade(tx, "0001")
        _keep_the_old_way(tx)

    with open_store(place).read() as tx:
        case = cases.load(tx, OLD_CASE_ID)

    assert (case.state, case.applicant_name) == (CaseState.ACCEPTED, "张示例")
    assert case.terms[Term.PROMISED].on == date(2026, 3, 25)
    assert (case.received_on, case.accepted_on) == (date(2026, 3, 18), date(2026, 3, 18))
    assert [event.kind for event in case.events] == [
        CaseEventKind.OPENED,
        CaseEventKind.RECEIVED,
        CaseEventKind.ACCEPTED,
        CaseEventKind.DEFERRED,
    ]
    assert case.events[-1].until_on == date(2026, 3, 24)


OLD_CASE_ID = UUID(int=7)


def _keep_the_old_way(tx: Connection) -> None:
    """Write a case as the program with the first schema did."""
    full = a_full_case()
    body = json.loads(codec.dump(replace(full, case_id=OLD_CASE_ID, terms={})))
    for newer in ("terms", "received_on", "accepted_on"):
        del body[newer]
    old_event = {"actor": "lisi", "actor_name": "李样本", "at": body["accepted_at"], "detail": {}}
    kinds = ("opened", "received", "accepted")
    body["events"] = [{**old_event, "kind": kind} for kind in kinds]
    body["evidence"]["HEALTH"]["due_on"] = "2026-03-24"
    body |= {"decide_by_on": None, "due_on": "2026-03-25", "statutory_due_on": "2026-04-01"}
    columns = inspect(tx).get_columns("cases")
    row = {column["name"]: OLD_ROW.get(column["name"], "") for column in columns}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    tx.execute(text(f"INSERT INTO cases ({names}) VALUES ({values})"), row)
    written = {"row": 1, "body": json.dumps(body, ensure_ascii=False)}
    tx.execute(text("INSERT INTO case_bodies (row_number, body) VALUES (:row, :body)"), written)


OLD_ROW: dict[str, object] = {
    "row_number": 1,
    "version": 1,
    "standard_version": 1,
    "state": "20",
    "number": None,
    "provisional_number": None,
    "opened_at": "2026-03-18 01:00:00.000000",
    "received_at": "2026-03-18 01:00:00.000000",
    "accepted_at": "2026-03-18 01:00:00.000000",
    "decide_by_on": None,
    "due_on": "2026-03-25",
    "statutory_due_on": "2026-04-01",
    "next_due_on": "2026-03-24",
    "dates_estimated": False,
    "closed": False,
    "returned": False,
    "deferred": True,
    "place": b"\0" * 20,
    "case_id": OLD_CASE_ID.hex,
}


def rows(engine: Engine) -> dict[str, int]:
    def count(tx: Connection, table: Table) -> int:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()

    with engine.begin() as tx:
        return {table.name: count(tx, table) for table in metadata.sorted_tables}


def test_a_migration_broken_off_at_any_statement_leaves_the_old_schema(engine: Engine) -> None:
    """Each from the one before it, and at its end the whole way from an empty store."""
    empty = made(engine)
    every = statements_of(engine, schema.HEAD)
    assert every > 20
    with breaking_off_at(engine, every), pytest.raises(Broken), engine.begin() as tx:
        schema.upgrade(tx)
    assert made(engine) == empty

    for revision in schema.RELEASED:
        before = made(engine)
        for number in range(1, statements_of(engine, revision) + 1):
            with breaking_off_at(engine, number), pytest.raises(Broken), engine.begin() as tx:
                schema.upgrade(tx, revision)
            assert made(engine) == before
        with engine.begin() as tx:
            schema.upgrade(tx, revision)
        assert made(engine) != before

    assert set(metadata.tables) <= objects(engine)


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from clerk.storage import schema
from clerk.storage.engine import file_engine
from tests.storage.invented import KEY
engine = file_engine(Path(sys.argv[1]), KEY, foreign_keys=False, pooled=False)
left = [int(number) for number in sys.argv[2:]]
@event.listens_for(engine, "before_cursor_execute")
def count(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
with engine.begin() as tx:
    schema.upgrade(tx)
"""


def test_a_migration_killed_half_way_leaves_the_old_schema(tmp_path: Path) -> None:
    place = tmp_path / "clerk.db"
    engine = file_engine(place, KEY, foreign_keys=False, pooled=False)
    steps = statements_of(engine, schema.HEAD)
    seed = random.SystemRandom().randrange(1 << 32)
    sys.stdout.write(f"seed {seed}\n")

    for number in random.Random(seed).sample(range(5, steps), 3):
        command = [sys.executable, "-c", KILLED, str(place), str(number)]
        killed = subprocess.run(command, cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
        assert objects(engine) == set()
        with engine.begin() as tx:
            assert tx.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_row_that_lost_its_parent_stops_a_migration(tmp_path: Path) -> None:
    """Foreign keys are off while a table is re-created, so they are checked before the commit."""
    engine = file_engine(tmp_path / "clerk.db", KEY, foreign_keys=False, pooled=False)
    with engine.begin() as tx:
        tx.exec_driver_sql("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
        tx.exec_driver_sql("CREATE TABLE children (parent INTEGER REFERENCES parents)")
        tx.exec_driver_sql("INSERT INTO children VALUES (7)")

    with pytest.raises(StoreDamaged), engine.begin() as tx:
        schema.upgrade(tx)

    assert objects(engine) == {"parents", "children"}
