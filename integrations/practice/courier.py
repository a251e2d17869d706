"""The practice courier (寄递): books parcels, gives waybill numbers, tells what became of them."""

import sqlite3
from collections.abc import Mapping
from typing import ClassVar, Final
from uuid import NAMESPACE_OID, uuid5

from integrations.practice.envelope import Refused, Request, Tree
from integrations.practice.event_page import events_page, stay_on_page
from integrations.practice.service import Service
from integrations.soap import xml

_STEPS: Final = frozenset({"picked_up", "in_transit", "delivered", "came_back"})
_NOT_SERVED: Final = "无人区"
"""An address with this in it is refused, so that a refusal can be played."""


class Courier(Service):
    """Waybill numbers are ``LX`` and ten digits; a control moves a parcel a step on."""

    contract: ClassVar[str] = "courier"
    fault_name: ClassVar[str] = "CourierFault"
    reads: ClassVar[frozenset[str]] = frozenset({"GetEvents"})
    tables: ClassVar[str] = """
    CREATE TABLE IF NOT EXISTS parcel (
        number INTEGER PRIMARY KEY AUTOINCREMENT, waybill TEXT NOT NULL UNIQUE,
        case_id TEXT NOT NULL, message_id TEXT NOT NULL, receiver TEXT NOT NULL,
        phone TEXT NOT NULL, address TEXT NOT NULL, contents TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS step (
        number INTEGER PRIMARY KEY AUTOINCREMENT, waybill TEXT NOT NULL, case_id TEXT NOT NULL,
        step TEXT NOT NULL, at TEXT NOT NULL, taken_by TEXT NOT NULL, reason TEXT NOT NULL);
    """

    def handle(self, tx: sqlite3.Connection, request: Request) -> Tree:
        """Act on a message."""
        match request.operation:
            case "BookParcel":
                return _book(tx, request)
            case "GetEvents":
                return events_page(tx, request, "step", _event)
        raise Refused("INVALID_ARGUMENT", "没有这项操作")

    def steer(self, tx: sqlite3.Connection, order: Mapping[str, object]) -> None:
        """Move the newest parcel of a case a step on, or never turn the page of events again.

        ``step``, ``case``, ``taken_by``, ``reason``; or ``same_page``.
        """
        if isinstance(stays := order.get("same_page"), bool):
            stay_on_page(tx, stays)
            return
        step, case_id = str(order.get("step", "")), str(order.get("case", ""))
        row = tx.execute(
            "SELECT waybill FROM parcel WHERE case_id = ? ORDER BY number DESC", (case_id,)
        ).fetchone()
        if step not in _STEPS or row is None:
            raise Refused("INVALID_ARGUMENT", "没有这个快件或没有这一步")
        tx.execute(
            "INSERT INTO step (waybill, case_id, step, at, taken_by, reason)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                row["waybill"],
                case_id,
                step,
                self.now().isoformat(),
                str(order.get("taken_by", "")),
                str(order.get("reason", "")),
            ),
        )

    def state(self, tx: sqlite3.Connection) -> dict[str, object]:
        """Return every parcel with its steps."""
        steps = [dict(row) for row in tx.execute("SELECT * FROM step ORDER BY number")]
        parcels = [dict(row) for row in tx.execute("SELECT * FROM parcel ORDER BY number")]
        return {"parcels": parcels, "steps": steps}


def _book(tx: sqlite3.Connection, request: Request) -> Tree:
    if not request.case_id:
        raise Refused("INVALID_ARGUMENT", "缺少办件标识")
    receiver = request.children("receiver")[0]
    address = xml.child_text(receiver, "address")
    if _NOT_SERVED in address:
        raise Refused("ADDRESS_NOT_SERVED", "这个地址不送")
    given = tx.execute("SELECT count(*) AS n FROM parcel").fetchone()["n"]
    waybill = f"LX{given + 1:010}"
    tx.execute(
        "INSERT INTO parcel (waybill, case_id, message_id, receiver, phone, address, contents)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            waybill,
            request.case_id,
            request.header("messageId"),
            xml.child_text(receiver, "name"),
            xml.child_text(receiver, "phone"),
            address,
            request.text("contents"),
        ),
    )
    return [("waybillNumber", waybill)]


def _event(row: sqlite3.Row) -> Tree:
    return [
        ("eventId", str(uuid5(NAMESPACE_OID, f"{row['waybill']} {row['number']}"))),
        ("caseId", row["case_id"]),
        ("waybillNumber", row["waybill"]),
        ("step", row["step"]),
        ("at", row["at"]),
        ("takenBy", row["taken_by"]),
        ("reason", row["reason"]),
    ]
