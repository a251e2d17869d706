"""What this person still has to do besides the running cases (待办任务)."""

from typing import Final

from clerk.domain.identity import Act, Session
from clerk.domain.tasks import SHOWN_AHEAD, TaskLine, is_for, kinds_of
from clerk.services.desk import Desk
from clerk.storage import tasks

AT_ONCE: Final = 50


def my_tasks(desk: Desk, session: Session) -> list[TaskLine]:
    """Return the tasks of this person's roles that end within a week, the most urgent first."""
    session.require(Act.LIST_CASES)
    mine = kinds_of(session.account.roles)
    with desk.store.read() as tx:
        found = tasks.due_by(tx, desk.today() + SHOWN_AHEAD, mine, AT_ONCE)
    return [line for line in found if is_for(line, session.account.account_id)]
