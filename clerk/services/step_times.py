"""分步用时: where the seconds of intakes go, item by item, for whoever answers for the items."""

from collections.abc import Sequence

from clerk.domain.identity import Act, Session
from clerk.domain.step_times import ItemTimes, first_month, summed_up
from clerk.services.desk import Desk
from clerk.storage import intake_steps


def step_times(desk: Desk, session: Session, months: int) -> Sequence[ItemTimes]:
    """Return the steps of every item measured in so many months, this one among them.

    Raises:
        NotAllowed: who asks answers neither for the items nor for the hall.
    """
    session.require(Act.SEE_STEP_TIMES)
    with desk.store.read() as tx:
        return summed_up(intake_steps.since(tx, first_month(desk.today(), months)))
