"""The ledger of certificate calls, the days compared with the library, reports of wrong ones.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Calls made before stay in the journal; the ledger begins empty."""
    _calls()
    _pieces()
    _comparisons()
    _reports()


def _calls() -> None:
    op.create_table(
        "certificate_calls",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("holder_index", sa.String(length=64), nullable=False),
        sa.Column("authorisation_id", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Text(), nullable=False),
        sa.Column("intent", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("receipt_id", sa.Text(), nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("result", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_certificate_calls")),
    )
    op.create_index("ix_certificate_calls_case_id", "certificate_calls", ["case_id"])
    op.create_index(
        "ix_certificate_calls_authorisation_id", "certificate_calls", ["authorisation_id"]
    )
    op.create_index(
        "ix_certificate_calls_holder_index", "certificate_calls", ["holder_index", "at"]
    )
    op.create_index("ix_certificate_calls_at", "certificate_calls", ["at"])
    still_open = sa.text("ending = ''")
    op.create_index(
        "ix_certificate_calls_open",
        "certificate_calls",
        ["station", "at"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _pieces() -> None:
    op.create_table(
        "certificate_pieces",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_certificate_pieces")),
    )


def _comparisons() -> None:
    op.create_table(
        "use_comparisons",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("compared_at", _INSTANT, nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("looked_at", _INSTANT, nullable=True),
        sa.Column("looked_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_use_comparisons")),
    )


def _reports() -> None:
    op.create_table(
        "certificate_reports",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("reported_at", _INSTANT, nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_certificate_reports")),
    )
    op.create_index("ix_certificate_reports_case_id", "certificate_reports", ["case_id"])
    op.create_index("ix_certificate_reports_issuer_name", "certificate_reports", ["issuer_name"])
