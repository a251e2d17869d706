"""Bringing a store's schema up to this program's, in one transaction."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from clerk.storage import migrations
from clerk.storage.trouble import StoreDamaged, StoreNewer

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

RELEASED = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every schema a released program wrote, oldest first; the last one is this program's."""

HEAD = RELEASED[-1]

_ONE_AT_A_TIME = 7_230_115
"""Advisory lock of a hall's server: two stations never migrate it together."""


def scripts() -> "ScriptDirectory":
    """Return the migrations that ship inside the package."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", migrations.__path__[0])
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def revision_of(tx: Connection) -> str | None:
    """Return the schema of the store, None for an empty one.

    Raises:
        StoreNewer: a later program wrote it.
    """
    if not inspect(tx).has_table("alembic_version"):
        return None
    found = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if found is not None and found not in RELEASED:
        raise StoreNewer
    return found


def upgrade(tx: Connection, to: str = HEAD) -> None:
    """Run every migration still missing inside the caller's transaction.

    On SQLite the caller's connection must have foreign keys switched off: re-creating a parent
    table otherwise empties its children without a word. They are checked here instead.

    Raises:
        StoreDamaged: a row points at nothing after the change; the caller's transaction must end.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    if revision_of(tx) == to:
        return
    # only a new or an older store pays for Alembic
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    directory = scripts()
    steps = directory._upgrade_revs  # noqa: SLF001 — Alembic's own commands hand this over too
    with EnvironmentContext(Config(), directory, fn=lambda found, _: steps(to, found)) as run:
        run.configure(connection=tx, transactional_ddl=True)
        run.run_migrations()
    if tx.dialect.name == "sqlite" and tx.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreDamaged
