"""The print journal of papers (打印登记): every job, where it went and what became of it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid, text

from clerk.storage.columns import Instant, metadata

paper_prints = Table(
    "paper_prints",
    metadata,
    Column("print_id", Uuid, primary_key=True),
    Column("paper_id", Uuid, ForeignKey("papers.paper_id"), nullable=False, index=True),
    Column("case_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("body", Text, nullable=False),
    Index("ix_paper_prints_usual", "kind", "printer", "sent_at"),
    Index(
        "ix_paper_prints_open",
        "case_id",
        # On PostgreSQL too, see the migration; said here it would load that dialect everywhere.
        sqlite_where=text("ended_at IS NULL"),
    ),
)
"""``ended_at`` is empty until the sheets came out, went out as a file, or a person gave the job up."""
