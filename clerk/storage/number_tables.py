"""The ledger of paper numbers (文号台账): every number ever given, and what became of it."""

from sqlalchemy import Column, Integer, String, Table, Text, Uuid

from clerk.storage.columns import Instant, metadata

paper_numbers = Table(
    "paper_numbers",
    metadata,
    Column("body_code", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, index=True),
    Column("case_id", Uuid, index=True),
    Column("given_at", Instant),
    Column("given_by", Text, nullable=False),
    Column("counter_code", Text, nullable=False),
    Column("letter_sha256", String(64)),
    Column("voided_at", Instant),
    Column("voided_by", Text, nullable=False, server_default=""),
    Column("void_reason", Text, nullable=False, server_default=""),
    Column("replaced_by", Text, nullable=False, server_default=""),
)
"""One row a number, written with the act that took it. ``case_id`` is no foreign key: a draft that
a letter was signed for may be thrown away. What was given before there was this ledger may lack
``number``, ``case_id`` and ``given_at``. ``letter_sha256`` is the PDF of a signed letter."""
