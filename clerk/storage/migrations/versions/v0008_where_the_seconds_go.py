"""The seconds of each intake are kept by step, for the item and for no person.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STEPS = ("notice", "applicant", "questions", "form", "materials", "check", "accept")


def upgrade() -> None:
    """Nothing was measured so far."""
    op.create_table(
        "intake_steps",
        sa.Column(
            "chance",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("item_name", sa.Text(), nullable=False),
        sa.Column("standard_version", sa.Integer(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        *(sa.Column(f"{step}_s", sa.Integer(), nullable=False) for step in _STEPS),
        sa.PrimaryKeyConstraint("chance", name=op.f("pk_intake_steps")),
    )
    op.create_index("ix_intake_steps_month_on", "intake_steps", ["month_on"])
