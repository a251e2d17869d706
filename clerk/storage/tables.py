"""Every table of the store. The migrations make them; a test compares the two.

Text columns that end in ``_json`` or are called ``body`` hold canonical JSON (see ``codec``).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

from clerk.storage import ledger_tables, letter_tables, number_tables, print_tables, step_tables
from clerk.storage.columns import Instant

metadata = ledger_tables.metadata
"""All tables of the store: those below, those of the catalogue and of the ledgers."""

paper_numbers = number_tables.paper_numbers
letter_templates = letter_tables.letter_templates
paper_prints = print_tables.paper_prints
intake_steps = step_tables.intake_steps

RowNumber = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts a row number up by itself only where its type is INTEGER."""

starts = Table(
    "starts",
    metadata,
    Column("start_number", RowNumber, primary_key=True),
    Column("station", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("stopped_at", Instant),
)
"""One row a start; without ``stopped_at`` the program or the machine went down."""

accounts = Table(
    "accounts",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("roles_json", Text, nullable=False),
    Column("mandate_json", Text),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_at", Instant),
    Column("locked_tick_seconds", BigInteger),
)
"""``attempts`` only ever grows; ``locked_tick_seconds`` is the machine's monotonic clock."""

decision_pins = Table(
    "decision_pins",
    metadata,
    Column("account_id", Text, ForeignKey("accounts.account_id"), primary_key=True),
    Column("pin_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
)
"""What a chief representative proves himself with at a decision, apart from his password."""

account_settings = Table(
    "account_settings",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value_json", Text, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("row_number", RowNumber, primary_key=True),
    Column("case_id", Uuid, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("state", String(2), nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("item_code", Text, nullable=False),
    Column("item_name", Text, nullable=False),
    Column("standard_version", Integer, nullable=False),
    Column("number", Text, unique=True),
    Column("provisional_number", Text, unique=True),
    Column("query_code", Text, nullable=False),
    Column("applicant_name", Text, nullable=False),
    Column("applicant_kind", Text, nullable=False),
    Column("applicant_index", String(64), nullable=False),
    Column("handler_name", Text, nullable=False),
    Column("counter_code", Text, nullable=False),
    Column("clerk_id", Text, nullable=False),
    Column("clerk_name", Text, nullable=False),
    Column("with_whom", Text, nullable=False),
    Column("held_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("accepted_at", Instant),
    Column("terms", Text, nullable=False, server_default=""),
    Column("due_on", Date),
    Column("statutory_due_on", Date),
    Column("next_due_on", Date, nullable=False),
    Column("dates_estimated", Boolean, nullable=False),
    Column("tasks", Text, nullable=False, server_default=""),
    Column("task_due_on", Date, nullable=False, server_default="9999-12-31"),
    Column("file_step", Text, nullable=False, server_default=""),
    Column("events", Integer, nullable=False, server_default="0"),
    Column("events_told", Integer, nullable=False, server_default="0"),
    Column("queue", Text, nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("deferred", Boolean, nullable=False),
    Column("care", Text, nullable=False, server_default=""),
    Column("decided_on", Date),
    Column("search_text", Text, nullable=False),
    Column("place", LargeBinary(20), nullable=False, unique=True),
    Index("ix_cases_queue", "queue", "place"),
    Index(
        "ix_cases_today",
        *("closed", "next_due_on", "queue", "due_on", "statutory_due_on", "item_code", "clerk_id"),
    ),
    Index("ix_cases_applicant_index", "applicant_index"),
    Index("ix_cases_accepted_at", "accepted_at"),
    Index("ix_cases_task_due_on", "task_due_on"),
    Index(
        "ix_cases_untold",
        "row_number",
        # On PostgreSQL too, see the migration; said here it would load that dialect everywhere.
        sqlite_where=text("events > events_told AND state <> '00'"),
    ),
    Index("ix_cases_file_step", "closed", "file_step", "row_number"),
    Index("ix_cases_decided_on", "decided_on", sqlite_where=text("decided_on IS NOT NULL")),
)
"""What lists and searches need of a case, derived from its body on every save.

``applicant_index`` finds an identity number without holding it (HMAC-SM3); ``next_due_on`` is the
last day of what is due next and 9999-12-31 where nothing is; ``task_due_on`` is the same for what
has to be done besides the case's course, also after it was closed. ``place`` orders the list: what is
due first comes first, of the same day the newest. ``queue`` says who has to act. ``file_step`` is
empty, ``reviewed`` or ``archived``: how far the file of a closed case has come. Of its
``events`` the applicant has been told, or needed not be told, the first ``events_told``. ``care``
is how the person is to be served, as codes.
"""

alarms = Table(
    "alarms",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("raised_at", Instant, nullable=False),
    Column("seen_by", Text, nullable=False),
)
"""Steps that a term has reached, each raised once; ``seen_by`` is empty until a person saw it."""

blanks = Table(
    "blanks",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("case_id", Uuid, ForeignKey("cases.case_id")),
    Column("certificate_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_blanks_state", "kind", "state", "number"),
)
"""One row a numbered blank certificate, so that every one is in stock, used or spoilt."""

blank_counts = Table(
    "blank_counts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("counted_at", Instant, primary_key=True),
    Column("counted", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("counted_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

case_bodies = Table(
    "case_bodies",
    metadata,
    Column(
        "row_number",
        RowNumber,
        ForeignKey("cases.row_number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("body", Text, nullable=False),
)
"""The whole case, apart from what lists read, so that a search does not wade through it."""

case_materials = Table(
    "case_materials",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True),
    Column("requirement_code", Text, primary_key=True),
    Column("way", Text, nullable=False),
    Column("fault", Text, nullable=False),
    Column("due_on", Date),
    Column("finding", Text, nullable=False, server_default=""),
    Column("left_at", Instant),
)
"""What satisfies each requirement of a case; ``due_on`` is set while the paper is deferred,
``finding`` is what the last check of a promise found, ``left_at`` since when it may be reused."""

case_checks = Table(
    "case_checks",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True),
    Column("case_version", Integer, primary_key=True, autoincrement=False),
    Column("item_code", Text, nullable=False),
    Column("standard_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
"""Every check that was acted upon, with what lay on the desk then; replayed years later."""

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
)

file_bodies = Table(
    "file_bodies",
    metadata,
    Column("sha256", String(64), ForeignKey("files.sha256", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""Apart from ``files``, so that lists never drag the bytes along. Inside the encrypted store,
since a scan beside it would lie readable on the disk."""

case_files = Table(
    "case_files",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), primary_key=True),
)

papers = Table(
    "papers",
    metadata,
    Column("paper_id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False, index=True),
    Column("template_sha256", String(64), nullable=False),
    Column("pdf_sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("docx_sha256", String(64), ForeignKey("files.sha256")),
    Column("made_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    Column("printed_at", Instant),
    Column("copies_printed", Integer, nullable=False),
    Column("electronic_at", Instant),
)

number_blocks = Table(
    "number_blocks",
    metadata,
    Column("block_id", Text, primary_key=True),
    Column("counter_code", Text, nullable=False),
    Column("leased_at", Instant, nullable=False),
    Column("voided_at", Instant),
    Column("void_reason", Text, nullable=False),
    Column("used_up", Boolean, nullable=False, server_default=false()),
    Index("ix_number_blocks_open", "counter_code", "used_up", "leased_at", "block_id", unique=True),
)
"""``used_up`` is set with the next block; of an index that is unique SQLite reads in its order."""

leased_numbers = Table(
    "leased_numbers",
    metadata,
    Column("number", Text, primary_key=True),
    Column("block_id", Text, ForeignKey("number_blocks.block_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("query_code", Text, nullable=False),
    Column("case_id", Uuid),
    Column("given_at", Instant),
    UniqueConstraint("block_id", "position"),
    Index(
        "ix_leased_numbers_free",
        "block_id",
        "position",
        # On PostgreSQL too, see the migration; said here it would load that dialect everywhere.
        sqlite_where=text("case_id IS NULL"),
    ),
)
"""One row a number, so that each is given at most once and every gap has a reason."""

series = Table(
    "series",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
"""Counters without gaps: the yearly 文号 of an authority and kind, a counter's temporary numbers."""

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Column("peer", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Instant, nullable=False),
    Column("last_trouble", Text, nullable=False),
    Column("receipt_json", Text),
    Column("receipt_at", Instant),
    UniqueConstraint("case_id", "peer", "sequence"),
    Index("ix_outbox_state", "state", "next_try_at"),
)
"""``case_id`` is no foreign key: a certificate's use may be told before its draft is saved."""

inbox_cursors = Table(
    "inbox_cursors",
    metadata,
    Column("peer", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("moved_at", Instant, nullable=False),
)

inbox_events = Table(
    "inbox_events",
    metadata,
    Column("peer", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("case_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("station", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("case_id", Uuid, index=True),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
"""One SM3 chain per station; triggers refuse every change of a line."""

typed_values = Table(
    "typed_values",
    metadata,
    Column("party_index", String(64), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("case_id", Uuid, ForeignKey("cases.case_id", ondelete="CASCADE"), nullable=False),
    Column("typed_at", Instant, nullable=False),
)
"""What a person typed in an earlier case, offered again with source and age (B3); never a
certificate's value."""

bundles = Table(
    "bundles",
    metadata,
    Column("bundle_id", Uuid, primary_key=True),
    Column("item_code", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("open_lines", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_bundles_open", "open_lines", "made_at"),
)
"""Lists of a week's cases that one level hands up to the next."""
