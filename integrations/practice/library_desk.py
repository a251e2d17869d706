"""What every practice certificate library keeps and decides, whatever it speaks."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from clerk.domain.certificate import AuthorisationMode, AuthorisationState, CertificateStatus
from integrations.practice import guises, ledger
from integrations.practice.envelope import Refused
from integrations.practice.holding import Holding
from integrations.practice.holdings import (
    BY_ID,
    HOLDERS_BY_NUMBER,
    HOLDERS_BY_USE_CODE,
    HOLDINGS,
    KnownHolder,
)
from integrations.practice.people import EXPIRED_USE_CODE

_LASTS: Final = timedelta(minutes=30)
_POLLS: Final = "polls_until_granted"

TABLES: Final = f"""{guises.TABLE}
CREATE TABLE IF NOT EXISTS leave (
    leave_id TEXT PRIMARY KEY, holder TEXT NOT NULL, types TEXT NOT NULL, mode TEXT NOT NULL,
    state TEXT NOT NULL, until TEXT NOT NULL, polls INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS use_report (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL,
    leave_id TEXT NOT NULL, certificate_id TEXT NOT NULL, business_number TEXT NOT NULL,
    outcome TEXT NOT NULL, used_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file_version (
    certificate_id TEXT PRIMARY KEY, version INTEGER NOT NULL);
"""


class LibraryDesk:
    """Codes, leave by phone and by duty, certificates and their files.

    A phone says yes after so many polls (setting ``polls_until_granted``, at first 2; ``never``
    leaves it to a control).
    """

    def __init__(
        self, now: Callable[[], datetime], taken_in: Callable[[], Sequence[Holding]] = tuple
    ) -> None:
        """``taken_in`` tells what counters submitted, beside the library's own holdings."""
        self._now, self._taken_in = now, taken_in

    def holder_of_code(self, code: str) -> KnownHolder:
        """Return whose code it is; raises ``Refused``."""
        if code == EXPIRED_USE_CODE:
            raise Refused("USECODE_EXPIRED", "亮证码已过期")
        holder = HOLDERS_BY_USE_CODE.get(code)
        if holder is None:
            raise Refused("USECODE_INVALID", "亮证码无效")
        return holder

    def holder_of_number(self, number: str) -> KnownHolder:
        """Return who has this number; raises ``Refused``."""
        holder = HOLDERS_BY_NUMBER.get(number)
        if holder is None:
            raise Refused("NOT_FOUND", "查无此持证主体")
        return holder

    def keep_leave(
        self,
        tx: sqlite3.Connection,
        leave_id: str,
        holder: KnownHolder,
        *,
        mode: AuthorisationMode,
        state: AuthorisationState = AuthorisationState.GRANTED,
        types: Sequence[str] = (),
    ) -> datetime:
        """Keep a leave for these types (empty: all of them); return when it ends."""
        until = self._now() + _LASTS
        tx.execute(
            "INSERT INTO leave (leave_id, holder, types, mode, state, until)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (leave_id, holder.id_number, " ".join(types), mode, state, until.isoformat()),
        )
        return until

    def poll(self, tx: sqlite3.Connection, leave_id: str) -> tuple[str, datetime]:
        """Return state and end of a leave; raises ``Refused``."""
        tx.execute("UPDATE leave SET polls = polls + 1 WHERE leave_id = ?", (leave_id,))
        patience = ledger.setting(tx, _POLLS, "2")
        if patience != "never":
            tx.execute(
                "UPDATE leave SET state = ? WHERE leave_id = ? AND state = ? AND polls >= ?",
                (
                    AuthorisationState.GRANTED,
                    leave_id,
                    AuthorisationState.PENDING,
                    int(patience),
                ),
            )
        leave = _leave(tx, leave_id)
        if leave is None:
            raise Refused("NOT_FOUND", "查无此授权")
        until = datetime.fromisoformat(leave["until"])
        return (leave["state"] if self._now() < until else AuthorisationState.EXPIRED), until

    def granted(self, tx: sqlite3.Connection, leave_id: str) -> tuple[KnownHolder, Sequence[str]]:
        """Return whose leave it is and for which types (empty: all of them), or refuse."""
        leave = _leave(tx, leave_id)
        if (
            leave is None
            or leave["state"] != AuthorisationState.GRANTED
            or self._now() >= datetime.fromisoformat(leave["until"])
        ):
            raise Refused("AUTHORIZATION_REQUIRED", "没有有效的授权")
        return HOLDERS_BY_NUMBER[leave["holder"]], leave["types"].split()

    def covered(
        self, tx: sqlite3.Connection, holder: KnownHolder, types: Sequence[str] = ()
    ) -> list[Holding]:
        """Return what the library has of a holder, of these types (empty: of all)."""
        return [
            guises.as_told(tx, each)
            for each in (*HOLDINGS, *self._taken_in())
            if each.owner in holder.covers and (not types or each.type_code in types)
        ]

    def holding(self, tx: sqlite3.Connection, certificate_id: str) -> Holding:
        """Return a certificate; raises ``Refused``."""
        holding = BY_ID.get(certificate_id) or self._submitted(certificate_id)
        if holding is None:
            raise Refused("NOT_FOUND", "查无此证照")
        return guises.as_told(tx, holding)

    def _submitted(self, certificate_id: str) -> Holding | None:
        found = (each for each in self._taken_in() if each.certificate_id == certificate_id)
        return next(found, None)

    def file_of(
        self, tx: sqlite3.Connection, leave_id: str, certificate_id: str, file_format: str
    ) -> tuple[Holding, int]:
        """Return a certificate whose file this leave opens, and the file's version, or refuse."""
        holder, allowed = self.granted(tx, leave_id)
        holding = self.holding(tx, certificate_id)
        if holding.owner not in holder.covers or (allowed and holding.type_code not in allowed):
            raise Refused("AUTHORIZATION_REQUIRED", "授权不含此证照")
        return self.file_by_duty(tx, certificate_id, file_format)

    def file_by_duty(
        self, tx: sqlite3.Connection, certificate_id: str, file_format: str
    ) -> tuple[Holding, int]:
        """Return a certificate and the version of its file, or refuse, whoever's leave it is."""
        holding = self.holding(tx, certificate_id)
        if holding.status is CertificateStatus.REVOKED:
            raise Refused("CERT_REVOKED", "证照已注销")
        if file_format not in holding.formats:
            raise Refused("INVALID_ARGUMENT", "这份证照没有这种格式的文件")
        return holding, _version(tx, holding)

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Decide an authorisation, set the phone's patience, replace a file or dress a certificate.

        ``{"holding": id, "as": guise}`` shows one certificate as something else, the id ``*`` all
        of them; as ``normal`` it is again what it was.
        """
        match order:
            case {"authorisation": str(leave_id), "state": str(state)}:
                tx.execute(
                    "UPDATE leave SET state = ? WHERE leave_id = ?",
                    (AuthorisationState(state), leave_id),
                )
            case {"polls_until_granted": int() | "never" as polls}:
                ledger.set_setting(tx, _POLLS, str(polls))
            case {"replace_file": str(certificate_id)} if certificate_id in BY_ID:
                tx.execute(
                    "INSERT INTO file_version VALUES (?, 2)"
                    " ON CONFLICT DO UPDATE SET version = version + 1",
                    (certificate_id,),
                )
            case {"holding": str(certificate_id), "as": str(guise)}:
                guises.dress(tx, certificate_id, guise)
            case _:
                raise Refused("INVALID_ARGUMENT", "没有这项控制")

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return the authorisations and what was reported."""
        return {
            "guises": guises.worn(tx),
            "authorisations": [
                dict(row)
                for row in tx.execute("SELECT leave_id, mode, state FROM leave ORDER BY rowid")
            ],
            "uses": [
                dict(row)
                for row in tx.execute(
                    "SELECT message_id, certificate_id, business_number, outcome FROM use_report"
                )
            ],
        }


def _leave(tx: sqlite3.Connection, leave_id: str) -> Mapping[str, str] | None:
    row = tx.execute("SELECT * FROM leave WHERE leave_id = ?", (leave_id,)).fetchone()
    return None if row is None else dict(row)


def _version(tx: sqlite3.Connection, holding: Holding) -> int:
    row = tx.execute(
        "SELECT version FROM file_version WHERE certificate_id = ?", (holding.certificate_id,)
    ).fetchone()
    return 1 if row is None else int(row["version"])
