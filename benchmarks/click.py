"""From a click to the picture: a licence fetched, looked into and drawn, as the clerk waits for it.

The real practice library serves its own sealed OFD (about 40 KB). One click fetches it now; the
other finds it fetched already, behind the clerk's typing. Both are held against 300 ms, in which
nobody notices a wait.
"""

import shutil
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.certificate_day import opened_day
from benchmarks.certificate_drafts import company
from benchmarks.certificate_hall import Day
from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from clerk.app.edges import uuid7
from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, CertificateSummary
from clerk.domain.secret import Secret
from clerk.services.certificate_leave import authorise_by_code
from clerk.services.certificate_matching import match
from clerk.services.certificates import look_at_certificate, picture_of_certificate

MATERIAL = "LICENCE"
DPI = 110.0
ROUNDS = 15
CLICK = Goal(number=None, floor=1.0, reach=0.5)
WITHIN_MS = 300.0


def measure(_large: bool) -> Sequence[Figure]:
    """Click on the same licence again and again, with an empty memory and with a full one."""
    folder = scratch("click")
    try:
        with opened_day(folder, seed=5) as day:
            click, forget = _click(day)

            def cold() -> float:
                forget()
                return milliseconds(click)

            first, again = in_turn(ROUNDS, cold, lambda: milliseconds(click))
    finally:
        shutil.rmtree(folder)
    return [
        CLICK.figure(f"click to picture, {said}, of 300 ms", taken, [WITHIN_MS] * ROUNDS, "ms")
        for said, taken in (("fetched now", first), ("fetched ahead", again))
    ]


def _click(day: Day) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what a click does, and what makes the next one the first again."""
    desk, session = day.desk, day.counter.session
    visitor = company(day.counter, uuid7(), day.clock())
    case = visitor.case
    leave = authorise_by_code(desk, session, case, MATERIAL, Secret(visitor.use_code))
    rows = match(desk, session, case, leave).rows
    chosen = next(row.certificate for row in rows if row.material == MATERIAL and row.usable)
    forget = partial(desk.certificate_memory.drop_file, case.case_id, chosen.certificate_id)
    return partial(_shown, day, case, leave, chosen), forget


def _shown(day: Day, case: Case, leave: Authorisation, chosen: CertificateSummary) -> bytes:
    asked = (day.desk, day.counter.session, case, MATERIAL, leave, chosen)
    look_at_certificate(*asked)
    return picture_of_certificate(*asked, 1, DPI)
