"""Drafts, proposals and sample cases of item standards; a line per version for lists.

Revision ID: 0005
"""

import json
from datetime import timedelta
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 500

_standards = sa.table(
    "standards",
    sa.column("item_code"),
    sa.column("version"),
    sa.column("effective_on", sa.Date()),
    sa.column("ended_on", sa.Date()),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("body"),
)


def upgrade() -> None:
    """Every version published so far gets its line."""
    lines = _lines()
    _drafts()
    _proposals()
    op.create_table(
        "standard_samples",
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_code", "version", name=op.f("pk_standard_samples")),
    )
    _kept_checks()
    op.add_column("case_materials", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    _fill(op.get_bind(), lines)


def _kept_checks() -> None:
    op.create_table(
        "case_checks",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("standard_version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
            name=op.f("fk_case_checks_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "case_version", name=op.f("pk_case_checks")),
    )


def _lines() -> sa.Table:
    made = op.create_table(
        "standard_lines",
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("state_code", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("law_kind", sa.Text(), nullable=False),
        sa.Column("use_level", sa.Text(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("hands", sa.Text(), nullable=False, server_default=""),
        sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("item_code", "version", name=op.f("pk_standard_lines")),
    )
    op.create_index("ix_standard_lines_proposal_id", "standard_lines", ["proposal_id"])
    return made


def _drafts() -> None:
    op.create_table(
        "standard_drafts",
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_by_name", sa.Text(), nullable=False),
        sa.Column("hands", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("samples", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_code", name=op.f("pk_standard_drafts")),
    )
    op.create_index("ix_standard_drafts_batch", "standard_drafts", ["batch", "item_code"])
    op.create_index(
        "ix_standard_drafts_proposal_id", "standard_drafts", ["proposal_id", "item_code"]
    )


def _proposals() -> None:
    op.create_table(
        "standard_proposals",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("expected_json", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("settled_by_name", sa.Text(), nullable=False),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_standard_proposals")),
    )
    op.create_index("ix_standard_proposals_state", "standard_proposals", ["state", "proposed_at"])


def _fill(tx: sa.Connection, lines: sa.Table) -> None:
    after = ("", 0)
    place = sa.tuple_(_standards.c.item_code, _standards.c.version)
    while found := tx.execute(
        sa.select(_standards)
        .where(place > after)
        .order_by(_standards.c.item_code, _standards.c.version)
        .limit(AT_ONCE)
    ).all():
        after = (found[-1].item_code, found[-1].version)
        tx.execute(sa.insert(lines), [_line(row) for row in found])
    _end_before_the_next(tx, lines)


def _end_before_the_next(tx: sa.Connection, lines: sa.Table) -> None:
    """So far the highest version counted of those in force; now none overlap."""
    here = lines.c
    several = sa.select(here.item_code).group_by(here.item_code).having(sa.func.count() > 1)
    for item_code in tx.execute(several).scalars().all():
        rows = tx.execute(sa.select(lines).where(here.item_code == item_code)).all()
        ordered = sorted(rows, key=lambda row: (row.effective_on, row.version))
        for row, following in pairwise(ordered):
            last = following.effective_on - timedelta(days=1)
            if row.ended_on is None or row.ended_on > last:
                this = sa.and_(here.item_code == item_code, here.version == row.version)
                tx.execute(sa.update(lines).where(this).values(ended_on=last))


def _line(row: sa.Row[tuple[object, ...]]) -> dict[str, object]:
    said = json.loads(row.body)
    codes = (
        said["task_code"],
        said["handle_item_code"],
        said["local_code"],
        said["catalog_code"],
        row.item_code,
    )
    return {
        "item_code": row.item_code,
        "version": row.version,
        "name": said["name"],
        "aliases": "\n".join(said.get("aliases", ())),
        "codes": "\n".join(dict.fromkeys(code for code in codes if code)),
        "state_code": said["state"]["code"],
        "effective_on": row.effective_on,
        "ended_on": row.ended_on,
        "body": said["body"]["short_name"] or said["body"]["name"],
        "phone": said["consult"] or said["body"]["phone"],
        "law_kind": said["law_kind"],
        "use_level": said["use_level"]["code"],
        "offline": False,
        "published_at": row.published_at,
        "proposal_id": None,
        "base_version": 0,
        "taken_back": False,
    }
