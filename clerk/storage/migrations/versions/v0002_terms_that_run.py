"""The terms that run stand with each case, and the alarms they have raised.

Until now a case kept its dates by hand; now they follow from its events, so what the events did
not say is put into them.

Revision ID: 0002
"""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AT_ONCE = 500
HALL = timezone(timedelta(hours=8))

_bodies = sa.table("case_bodies", sa.column("row_number"), sa.column("body"))
_cases = sa.table("cases", sa.column("row_number"), sa.column("terms"))


def upgrade() -> None:
    """Add the terms and the alarms, and bring every case to the new form."""
    op.add_column("cases", sa.Column("terms", sa.Text(), nullable=False, server_default=""))
    op.drop_column("cases", "decide_by_on")
    op.create_table(
        "alarms",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
            name=op.f("fk_alarms_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "term", "due_on", "step", name=op.f("pk_alarms")),
    )
    _rewrite_cases(op.get_bind())


def _rewrite_cases(tx: sa.Connection) -> None:
    """Bring the stored cases to the new form, a few hundred at a time."""
    last = -1
    while True:
        found = tx.execute(
            sa.select(_bodies.c.row_number, _bodies.c.body)
            .where(_bodies.c.row_number > last)
            .order_by(_bodies.c.row_number)
            .limit(AT_ONCE)
        ).all()
        if not found:
            return
        for row in found:
            body = json.loads(row.body)
            terms = rewritten(body)
            of_row = _bodies.c.row_number == row.row_number
            tx.execute(sa.update(_bodies).where(of_row).values(body=_text(body)))
            of_case = _cases.c.row_number == row.row_number
            tx.execute(sa.update(_cases).where(of_case).values(terms=terms))
        last = found[-1].row_number


def rewritten(body: dict[str, Any]) -> str:
    """Change a case's plain data in place and return the text of its running terms."""
    decide_by_on = body.pop("decide_by_on", None)
    body["events"] = _events(body)
    body["received_on"] = _day(body.get("received_at"))
    body["accepted_on"] = _day(body.get("accepted_at"))
    terms = {}
    if body["state"] == "10":
        terms = {"notice": decide_by_on}
    elif body["state"] in {"20", "30"}:
        terms = {"promised": body.get("due_on"), "statutory": body.get("statutory_due_on")}
    estimated = body.get("dates_estimated", False)
    known = {term: on for term, on in terms.items() if on}
    body["terms"] = {term: {"on": on, "estimated": estimated} for term, on in known.items()}
    return " ".join(f"{term}:{on}" for term, on in sorted(known.items()))


def _events(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the course with what it left out: the receipt before a notice, what was decided."""
    events: list[dict[str, Any]] = []
    received = False
    for event in body.get("events", []):
        kind = event["kind"]
        if kind == "notified_once" and not received:
            events.append({**event, "kind": "received", "detail": {}})
        received = received or kind in {"received", "notified_once"}
        if kind == "decided":
            said = event.get("detail", {}).pop("granted", None)
            decided = body.get("decision") or {}
            event["granted"] = said == "yes" if said else bool(decided.get("granted"))
        events.append(event)
        if kind == "accepted":
            events.extend(_deferred(body, event))
    return events


def _deferred(body: dict[str, Any], accepted: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **accepted,
            "kind": "deferred",
            "detail": {},
            "subject": code,
            "until_on": given["due_on"],
        }
        for code, given in sorted(body.get("evidence", {}).items())
        if given.get("due_on")
    ]


def _day(instant: str | None) -> str | None:
    if instant is None:
        return None
    return datetime.fromisoformat(instant).astimezone(HALL).date().isoformat()


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
