"""The seconds of intakes by step: one line a case that was taken in, added and never changed."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, insert, select

from clerk.domain.case import Case
from clerk.domain.step_times import MeasuredIntake, Step
from clerk.storage.prepared import Prepared
from clerk.storage.tables import intake_steps

_COLUMNS = {step: intake_steps.c[f"{step.value}_s"] for step in Step}
_INSERT = Prepared(insert(intake_steps))
_CHANCE = (1 << 62) - 1
"""The last bits of a UUID of version 7, which are random (RFC 9562, 5.7); the first tell the time."""


def add(
    tx: Connection, case: Case, seconds: Mapping[Step, int], on: date, *, line_id: UUID
) -> None:
    """Keep the seconds of a case taken in on that day; of the day only its month.

    Of the new ``line_id`` only its random part is kept, so that nothing tells the lines' order.
    """
    counted = {column.name: seconds.get(step, 0) for step, column in _COLUMNS.items()}
    _INSERT.run(
        tx,
        {
            "chance": line_id.int & _CHANCE,
            "item_code": case.item_code,
            "item_name": case.item_name,
            "standard_version": case.standard_version,
            "month_on": on.replace(day=1),
            **counted,
        },
    )


def since(tx: Connection, month_on: date) -> Iterator[MeasuredIntake]:
    """Read every line from that month on, by the version of the standard, else in no order."""
    rows = tx.execute(
        select(intake_steps)
        .where(intake_steps.c.month_on >= month_on)
        .order_by(intake_steps.c.standard_version)
    )
    for row in rows:
        yield MeasuredIntake(
            item_code=row.item_code,
            item_name=row.item_name,
            seconds={step: getattr(row, column.name) for step, column in _COLUMNS.items()},
        )
