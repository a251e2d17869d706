"""How the hand-off stands over all cases: told, still to tell, and given up."""

from sqlalchemy import Connection, func, select

from clerk.domain.case_list import Deliveries
from clerk.storage.outbox import UNDELIVERED, SendState
from clerk.storage.tables import outbox


def deliveries(tx: Connection) -> Deliveries:
    """Return how the hand-off stands over all cases."""
    rows = tx.execute(
        select(outbox.c.state, func.count(), func.min(outbox.c.created_at)).group_by(outbox.c.state)
    ).all()
    counts = {state: (number, oldest) for state, number, oldest in rows}
    trouble = tx.execute(
        select(outbox.c.last_trouble)
        .where(outbox.c.state.in_(UNDELIVERED), outbox.c.last_trouble != "")
        .order_by(outbox.c.next_try_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    nothing = (0, None)
    return Deliveries(
        delivered=counts.get(SendState.DELIVERED.value, nothing)[0],
        waiting=counts.get(SendState.WAITING.value, nothing)[0],
        stuck=counts.get(SendState.STUCK.value, nothing)[0],
        oldest_waiting_at=counts.get(SendState.WAITING.value, nothing)[1],
        last_trouble=trouble or "",
    )
