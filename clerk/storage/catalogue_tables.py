"""The tables of the catalogue: published versions, their lines, drafts and proposals."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, Uuid, false

from clerk.storage.columns import Instant, metadata

standards = Table(
    "standards",
    metadata,
    Column("item_code", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("effective_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("digest", String(64), nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)
"""Every version ever published; triggers refuse every change of a row."""

standard_lines = Table(
    "standard_lines",
    metadata,
    Column("item_code", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("codes", Text, nullable=False),
    Column("state_code", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("body", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("law_kind", Text, nullable=False),
    Column("use_level", Text, nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("proposal_id", Uuid, index=True),
    Column("base_version", Integer, nullable=False, server_default="0"),
    Column("hands", Text, nullable=False, server_default=""),
    Column("taken_back", Boolean, nullable=False, server_default=false()),
)
"""One row a version, for lists and the search. ``ended_on`` follows from the versions after it;
``aliases``, ``codes`` and ``hands`` (who wrote it) stand one a line. A version taken back before its day stays published but
is never in force."""

standard_drafts = Table(
    "standard_drafts",
    metadata,
    Column("item_code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_by_name", Text, nullable=False),
    Column("hands", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("proposal_id", Uuid),
    Column("samples", Text),
    Column("body", Text, nullable=False),
    Index("ix_standard_drafts_batch", "batch", "item_code"),
    Index("ix_standard_drafts_proposal_id", "proposal_id", "item_code"),
)
"""``hands`` are the accounts that changed it, one a line: none of them publishes it."""

standard_proposals = Table(
    "standard_proposals",
    metadata,
    Column("proposal_id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_by_name", Text, nullable=False),
    Column("expected_json", Text, nullable=False),
    Column("settled_at", Instant),
    Column("settled_by", Text, nullable=False),
    Column("settled_by_name", Text, nullable=False),
    Column("settled_reason", Text, nullable=False),
    Index("ix_standard_proposals_state", "state", "proposed_at"),
)

standard_samples = Table(
    "standard_samples",
    metadata,
    Column("item_code", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""The sample cases that were run when the version was published."""
