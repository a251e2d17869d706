"""Bags of originals under way (流转原件): told every hour until the department has signed.

Run with the other rounds of time. Who was away hears of the latest hour, not of each; an hour that
was told of is never told of again, by whichever window.
"""

from datetime import timedelta
from typing import Final

from clerk.domain.alarms import bag_alarms
from clerk.domain.tasks import TaskKind
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import alarms, cases, tasks

MOST_AT_ONCE: Final = 500
_FAR: Final = timedelta(days=3650)


def tell_of_bags(desk: Desk) -> int:
    """Keep an alarm for each bag that one more hour went by without a signature; how many."""
    now = desk.now()
    with desk.store.read() as tx:
        waiting = tasks.due_by(tx, desk.today() + _FAR, {TaskKind.RECEIVE_TRANSFER}, MOST_AT_ONCE)
        under_way = cases.load_all(tx, list(dict.fromkeys(line.case_id for line in waiting)))
        found = [(case.case_id, alarm) for case in under_way for alarm in bag_alarms(case, now)]
        before = alarms.known_of_bags(tx, [case_id for case_id, _ in found]) if found else set()
    new = [one for one in found if one not in before]
    if not new:
        return 0
    with desk.store.begin() as tx:
        kept = sum(alarms.keep_of_bag(tx, case_id, alarm, now) for case_id, alarm in new)
        if kept:
            record(desk, tx, None, "alarms.raised", count=kept)
    return kept
