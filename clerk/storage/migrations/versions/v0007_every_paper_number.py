"""Every 文号 stands in a ledger by itself: which paper bears it, or why it is void.

Revision ID: 0007
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AT_ONCE = 500

_INSTANT = sa.DateTime(timezone=True)
_NUMBER = re.compile(r"(?P<mark>.+)〔(?P<year>\d{4})〕(?P<count>\d+) 号")

_series = sa.table(
    "series", *map(sa.column, ("authority", "kind", "period")), sa.column("last", sa.Integer())
)
_standards = sa.table("standards", *map(sa.column, ("item_code", "version", "body")))
_papers = sa.table(
    "papers",
    sa.column("paper_id", sa.Uuid()),
    sa.column("case_id", sa.Uuid()),
    sa.column("number"),
    sa.column("made_at", _INSTANT),
    sa.column("body"),
)
_cases = sa.table("cases", sa.column("row_number"), sa.column("case_id", sa.Uuid()))
_bodies = sa.table("case_bodies", sa.column("row_number"), sa.column("body"))
_journal = sa.table(
    "journal",
    *map(sa.column, ("station", "sequence", "account_id", "act", "detail")),
    sa.column("case_id", sa.Uuid()),
    sa.column("at", _INSTANT),
)

_MARKS = MappingProxyType(
    {
        "受": "acceptance",
        "补": "correction_notice",
        "不受": "decline",
        "告": "not_required",
        "决": "decision",
        "承": "commitment",
        "容": "deferral_notice",
        "特": "procedure_notice",
        "延": "extension_notice",
        "退": "termination_notice",
        "补收": "supplement_receipt",
        "核": "site_notice",
        "核记": "site_record",
        "改": "repair_order",
        "撤告": "hearing_notice",
        "撤": "revocation",
        "拟告": "statement_notice",
        "更": "decision_correction",
        "缴": "fee_notice",
        "流": "transfer_slip",
        "邮收": "posted_receipt",
    }
)
"""The series of papers and their marks, as they were when this version was made."""

Place = tuple[str, str, int, int]
"""Authority, kind, year, count: one number."""

Found = tuple[str, UUID | None, datetime | None, str]
"""The number as it was printed, its case, when and by whom it was given."""


def upgrade() -> None:
    """Every number given so far gets its row; what nobody wrote down of it stays empty."""
    ledger = _ledger()
    _fill(op.get_bind(), ledger)
    _letter_templates()
    _paper_prints()


def _ledger() -> sa.Table:
    made = op.create_table(
        "paper_numbers",
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", _INSTANT, nullable=True),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("counter_code", sa.Text(), nullable=False),
        sa.Column("letter_sha256", sa.String(length=64), nullable=True),
        sa.Column("voided_at", _INSTANT, nullable=True),
        sa.Column("voided_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("void_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("replaced_by", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint(
            "body_code", "kind", "year", "count", name=op.f("pk_paper_numbers")
        ),
    )
    op.create_index("ix_paper_numbers_number", "paper_numbers", ["number"])
    op.create_index("ix_paper_numbers_case_id", "paper_numbers", ["case_id"])
    return made


def _paper_prints() -> None:
    op.add_column("papers", sa.Column("electronic_at", _INSTANT, nullable=True))
    op.create_table(
        "paper_prints",
        sa.Column("print_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["papers.paper_id"],
            name=op.f("fk_paper_prints_paper_id_papers"),
        ),
        sa.PrimaryKeyConstraint("print_id", name=op.f("pk_paper_prints")),
    )
    op.create_index("ix_paper_prints_paper_id", "paper_prints", ["paper_id"])
    op.create_index("ix_paper_prints_usual", "paper_prints", ["kind", "printer", "sent_at"])
    still_open = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_paper_prints_open",
        "paper_prints",
        ["case_id"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _letter_templates() -> None:
    op.create_table(
        "letter_templates",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_letter_templates")),
    )
    op.create_index(
        "ix_letter_templates_code", "letter_templates", ["code", "version"], unique=True
    )
    op.create_table(
        "letter_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kept_at", _INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_letter_files")),
    )


def _fill(tx: sa.Connection, ledger: sa.Table) -> None:
    series = {
        (row.authority, row.kind, int(row.period)): row.last
        for row in tx.execute(sa.select(_series).where(_series.c.kind.in_(_MARKS.values())))
    }
    if not series:
        return
    authorities = _authorities(tx)
    found: dict[Place, Found] = {}
    for told in _told(tx):
        place = _place(told[0], authorities, series)
        if place is not None:
            found.setdefault(place, told)
    for (authority, kind, year), last in series.items():
        for first in range(1, last + 1, AT_ONCE):
            places = [
                (authority, kind, year, count)
                for count in range(first, min(first + AT_ONCE, last + 1))
            ]
            rows = [_row(place, found.get(place, ("", None, None, ""))) for place in places]
            tx.execute(sa.insert(ledger), rows)


def _authorities(tx: sa.Connection) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return whose series and of which kind a number with this mark is, by all that is published."""
    found = defaultdict[str, set[tuple[str, str]]](set)
    for body in _standard_bodies(tx):
        for mark, kind in _MARKS.items():
            found[body["document_mark"] + mark].add((body["code"], kind))
    return {mark: frozenset(of) for mark, of in found.items()}


def _standard_bodies(tx: sa.Connection) -> Iterator[Mapping[str, str]]:
    after = ("", 0)
    place = sa.tuple_(_standards.c.item_code, _standards.c.version)
    while rows := tx.execute(
        sa.select(_standards)
        .where(place > after)
        .order_by(_standards.c.item_code, _standards.c.version)
        .limit(AT_ONCE)
    ).all():
        after = (rows[-1].item_code, rows[-1].version)
        for row in rows:
            yield json.loads(row.body)["body"]


def _place(
    number: str,
    authorities: Mapping[str, frozenset[tuple[str, str]]],
    series: Mapping[tuple[str, str, int], int],
) -> Place | None:
    """Return which number of which series this is, None where that cannot be told for certain."""
    read = _NUMBER.fullmatch(number)
    if read is None:
        return None
    year, count = int(read["year"]), int(read["count"])
    may_be = [
        (authority, kind, year, count)
        for authority, kind in authorities.get(read["mark"], ())
        if 1 <= count <= series.get((authority, kind, year), 0)
    ]
    return may_be[0] if len(may_be) == 1 else None


def _told(tx: sa.Connection) -> Iterator[Found]:
    """Return every number that is written anywhere, what says most of it first."""
    yield from _of_papers(tx)
    signed = sa.select(_journal).where(_journal.c.act == "letter.signed")
    for row in tx.execute(signed):
        yield json.loads(row.detail).get("number", ""), row.case_id, row.at, row.account_id
    yield from _of_cases(tx)


def _of_papers(tx: sa.Connection) -> Iterator[Found]:
    after, here = UUID(int=0), _papers.c
    in_order = sa.select(_papers).order_by(here.paper_id).limit(AT_ONCE)
    while rows := tx.execute(in_order.where(here.paper_id > after)).all():
        after = rows[-1].paper_id
        for row in rows:
            yield row.number, row.case_id, row.made_at, json.loads(row.body)["made_by"]


def _of_cases(tx: sa.Connection) -> Iterator[Found]:
    """Numbers of acts, and of papers that were not made yet."""
    after, here = -1, _cases.c
    in_order = (
        sa.select(here.row_number, here.case_id, _bodies.c.body)
        .join_from(_cases, _bodies, here.row_number == _bodies.c.row_number)
        .order_by(here.row_number)
        .limit(AT_ONCE)
    )
    while rows := tx.execute(in_order.where(here.row_number > after)).all():
        after = rows[-1].row_number
        for row in rows:
            body = json.loads(row.body)
            for event in body.get("events", ()):
                number = event["detail"].get("document", "")
                if number:
                    yield number, row.case_id, _instant(event["at"]), event["actor"]
            for number in body.get("paper_numbers", {}).values():
                yield number, row.case_id, None, ""


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _row(place: Place, told: Found) -> dict[str, object]:
    body_code, kind, year, count = place
    number, case_id, given_at, given_by = told
    return {
        "body_code": body_code,
        "kind": kind,
        "year": year,
        "count": count,
        "number": number,
        "case_id": case_id,
        "given_at": given_at,
        "given_by": given_by,
        "counter_code": "",
    }
