"""Walking the journal of every station (日志核验): is each chain whole, what is open in it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from sqlalchemy import Connection

from clerk.domain.identity import Act, Session
from clerk.domain.journal_check import JournalCheck, OpenIntent
from clerk.services.call_journal import INTENT, digest_of_words
from clerk.services.call_settling import SETTLED
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import certificate_calls, journal
from clerk.values import dataclass

CALLS = "certificate."
Ends = Mapping[str, journal.Anchor]
"""Ends of chains that were kept elsewhere, by station."""


@dataclass(slots=True, kw_only=True)
class _Calls:
    """The certificate calls of one chain, as they are read line by line."""

    intents: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """Message id, purpose digest and operation, by the sequence of the line; of those with a
    record in the ledger, which lines from before it have not."""
    operations: dict[str, str] = field(default_factory=dict)
    count: int = 0
    open: dict[str, int] = field(default_factory=dict)
    wrong_replies: int = 0

    def read(self, sequence: int, act: str, detail: Mapping[str, Any]) -> None:
        """Take in one line."""
        message_id = detail.get("message_id", "")
        if detail.get("outcome") == INTENT:
            self.count += 1
            operation = self.operations[message_id] = act.removeprefix(CALLS)
            self.open[message_id] = sequence
            if "holder" in detail:
                self.intents[sequence] = message_id, detail["purpose"], operation
        elif act == SETTLED or message_id in self.open:
            self.open.pop(message_id, None)
            self.wrong_replies += bool(detail.get("wrong_reply"))


def check_journal(desk: Desk, session: Session, expected: Ends) -> Sequence[JournalCheck]:
    """Walk every chain of the store; that it was done is a line itself.

    ``expected`` are ends that were kept elsewhere: only they show that a tail was cut off, or a
    chain written anew.
    """
    session.require(Act.VERIFY_JOURNAL)
    with desk.store.read() as tx:
        stations = sorted({*journal.stations(tx), *expected})
        found = [_checked(tx, station, expected.get(station)) for station in stations]
    with desk.store.begin() as tx:
        broken = [f"{one.station} {one.broken_at}" for one in found if one.broken_at is not None]
        record(desk, tx, session, "journal.verified", chains=len(found), broken=broken)
    return found


def _checked(tx: Connection, station: str, expected: journal.Anchor | None) -> JournalCheck:
    end = journal.anchor(tx, station)
    calls = _Calls()
    for line in journal.acts_like(tx, station, CALLS):
        calls.read(*line)
    return JournalCheck(
        station=station,
        lines=end.sequence if end else 0,
        digest=end.digest if end else "",
        broken_at=journal.verify(tx, station, expected=expected),
        calls=calls.count,
        wrong_replies=calls.wrong_replies,
        open_intents=tuple(
            OpenIntent(sequence=at, operation=calls.operations[message_id], message_id=message_id)
            for message_id, at in sorted(calls.open.items(), key=lambda pair: pair[1])
        ),
        unlike=_unlike(tx, station, calls),
    )


def _unlike(tx: Connection, station: str, calls: _Calls) -> tuple[int, ...]:
    """Return the intents that the ledger tells otherwise; a repeat's record is its last intent."""
    known: set[str] = set()
    unlike: list[int] = []
    for call in certificate_calls.every_of(tx, station):
        known.add(str(call.message_id))
        message_id, purpose, operation = calls.intents.get(call.intent, ("", "", ""))
        same = (message_id, operation) == (str(call.message_id), call.operation)
        told = not purpose or purpose == digest_of_words(call.words)
        if not (same and told):
            unlike.append(call.intent)
    unlike += (at for at, (message_id, _, _) in calls.intents.items() if message_id not in known)
    return tuple(sorted(unlike))
