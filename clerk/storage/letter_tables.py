"""The tables of letter templates: a bureau's own versions, and the bytes of every one used."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, Uuid

from clerk.storage.columns import Instant, metadata

letter_templates = Table(
    "letter_templates",
    metadata,
    Column("template_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_letter_templates_code", "code", "version", unique=True),
)
"""One row an imported version; it is never removed, its number never given again."""

letter_files = Table(
    "letter_files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("code", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The docx of every imported template, and of every shipped one a letter was signed from."""
