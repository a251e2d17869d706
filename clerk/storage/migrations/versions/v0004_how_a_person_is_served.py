"""How the person of a case is to be served and when it was decided stand beside it, for lists.

Revision ID: 0004
"""

import json
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 500
_HALL = timezone(timedelta(hours=8))
_bodies = sa.table("case_bodies", sa.column("row_number"), sa.column("body"))
_cases = sa.table("cases", sa.column("row_number"), sa.column("decided_on", sa.Date()))


def upgrade() -> None:
    """Nothing was marked on any case before: what lists show of it is empty."""
    op.add_column("cases", sa.Column("care", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "number_blocks",
        sa.Column("used_up", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.drop_index("ix_number_blocks_counter_code", "number_blocks")
    op.create_index(
        "ix_number_blocks_open",
        "number_blocks",
        ["counter_code", "used_up", "leased_at", "block_id"],
        unique=True,
    )
    op.add_column("cases", sa.Column("decided_on", sa.Date(), nullable=True))
    _say_when_decided(op.get_bind())
    decided = sa.text("decided_on IS NOT NULL")
    op.create_index(
        "ix_cases_decided_on",
        "cases",
        ["decided_on"],
        sqlite_where=decided,
        postgresql_where=decided,
    )


def _say_when_decided(tx: sa.Connection) -> None:
    """Read the day of each decision out of its case."""
    last = -1
    while found := tx.execute(
        sa.select(_bodies)
        .where(_bodies.c.row_number > last)
        .order_by(_bodies.c.row_number)
        .limit(AT_ONCE)
    ).all():
        last = found[-1].row_number
        for row in found:
            decision = json.loads(row.body).get("decision")
            if decision is not None:
                at = datetime.fromisoformat(decision["at"])
                tx.execute(
                    sa.update(_cases)
                    .where(_cases.c.row_number == row.row_number)
                    .values(decided_on=at.astimezone(_HALL).date())
                )
