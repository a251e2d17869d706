"""What is still to be done about a case stands with it, so that it is found across all cases.

Revision ID: 0003
"""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 500

_bodies = sa.table("case_bodies", sa.column("row_number"), sa.column("body"))
_cases = sa.table(
    "cases",
    sa.column("row_number"),
    sa.column("events"),
    sa.column("events_told"),
    sa.column("held_at", sa.DateTime(timezone=True)),
)
_PASSES_ON = frozenset(
    "opened received notified_once corrected accepted deemed_accepted declined"
    " procedure_started procedure_ended withdrawn lapsed voided passed_on step_done step_returned"
    " concluded signed_for decided returned_internally return_answered result_ready handed_out"
    " decision_revoked revocation_served".split()
)
"""What laid a case into somebody's hands, as it was when this version was made."""


def upgrade() -> None:
    """Add what later parts of a case's life keep; what a stored case says stays as it is."""
    op.add_column("cases", sa.Column("tasks", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "cases",
        sa.Column("task_due_on", sa.Date(), nullable=False, server_default="9999-12-31"),
    )
    op.create_index("ix_cases_task_due_on", "cases", ["task_due_on"])
    op.add_column("cases", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("events", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "cases", sa.Column("events_told", sa.Integer(), nullable=False, server_default="0")
    )
    _count_events(op.get_bind())
    untold = sa.text("events > events_told AND state <> '00'")
    op.create_index(
        "ix_cases_untold",
        "cases",
        ["row_number"],
        sqlite_where=untold,
        postgresql_where=untold,
    )
    op.add_column("cases", sa.Column("file_step", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "case_materials", sa.Column("finding", sa.Text(), nullable=False, server_default="")
    )
    op.create_index("ix_papers_number", "papers", ["number"])
    op.create_index("ix_cases_file_step", "cases", ["closed", "file_step", "row_number"])
    op.create_table(
        "decision_pins",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.account_id"],
            name=op.f("fk_decision_pins_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_decision_pins")),
    )
    op.create_table(
        "blanks",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_blanks_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("kind", "number", name=op.f("pk_blanks")),
    )
    op.create_index("ix_blanks_state", "blanks", ["kind", "state", "number"])
    op.create_table(
        "blank_counts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "counted_at", name=op.f("pk_blank_counts")),
    )
    op.create_table(
        "bundles",
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_lines", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle_id", name=op.f("pk_bundles")),
    )
    op.create_index("ix_bundles_open", "bundles", ["open_lines", "made_at"])


def _count_events(tx: sa.Connection) -> None:
    """Count what has happened so far as told: nobody gets a message about last year."""
    last = -1
    while found := tx.execute(
        sa.select(_bodies.c.row_number, _bodies.c.body)
        .where(_bodies.c.row_number > last)
        .order_by(_bodies.c.row_number)
        .limit(AT_ONCE)
    ).all():
        for row in found:
            happened = json.loads(row.body).get("events", [])
            events = len(happened)
            passed_on = [one["at"] for one in happened if one["kind"] in _PASSES_ON]
            held_at = datetime.fromisoformat(passed_on[-1]) if passed_on else None
            tx.execute(
                sa.update(_cases)
                .where(_cases.c.row_number == row.row_number)
                .values(events=events, events_told=events, held_at=held_at)
            )
        last = found[-1].row_number
