"""What became of the promises of all cases (告知承诺核查情况)."""

from collections.abc import Sequence

from clerk.domain.identity import Act, Session
from clerk.domain.promise_rate import PromiseRate
from clerk.services.desk import Desk
from clerk.storage import promise_rates


def false_promise_rates(desk: Desk, session: Session) -> Sequence[PromiseRate]:
    """Return for each item how many promises were made, looked at, and found false."""
    session.require(Act.CHECK_PROMISE)
    with desk.store.read() as tx:
        return promise_rates.rates(tx)
