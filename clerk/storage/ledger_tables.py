"""The tables of the certificate ledger: calls, days compared, reports of what was wrong."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table, Text, Uuid, text

from clerk.storage import catalogue_tables
from clerk.storage.columns import Instant

metadata = catalogue_tables.standards.metadata
"""All tables of the store, those of the catalogue among them."""

certificate_calls = Table(
    "certificate_calls",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("station", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("case_id", Uuid, index=True),
    Column("holder_index", String(64), nullable=False),
    Column("authorisation_id", Text, nullable=False, index=True),
    Column("certificate_id", Text, nullable=False),
    Column("intent", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("receipt_id", Text, nullable=False),
    Column("ended_at", Instant),
    Column("result", BigInteger),
    Index("ix_certificate_calls_holder_index", "holder_index", "at"),
    Index("ix_certificate_calls_at", "at"),
    Index(
        "ix_certificate_calls_open",
        "station",
        "at",
        # On PostgreSQL too, see the migration; said here it would load that dialect everywhere.
        sqlite_where=text("ending = ''"),
    ),
)
"""Every call of the library, found by its holder without his number (HMAC-SM3); ``intent`` and
``result`` are the sequences of its two lines in the station's journal."""

certificate_pieces = Table(
    "certificate_pieces",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("call_id", Uuid, nullable=False),
)
"""The second and later pieces of a file: messages of their own, under the call that began it."""

use_comparisons = Table(
    "use_comparisons",
    metadata,
    Column("on", Date, primary_key=True),
    Column("compared_at", Instant, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("differences", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("looked_at", Instant),
    Column("looked_by", Text, nullable=False),
)
"""A row a day: our calls beside the library's list of them."""

certificate_reports = Table(
    "certificate_reports",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False, index=True),
    Column("issuer_name", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("reported_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("body", Text, nullable=False),
)
"""What a clerk found wrong in a certificate; ``case_id`` is no foreign key: a draft may not be
saved yet. ``number`` is the province's own, ``seen_at`` when somebody read its last word."""
