"""The process that is killed: accepts case after case, and hands off what it accepted."""

import random
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from uuid import UUID

from benchmarks.counter import SCAN
from benchmarks.soak.planted import Planted
from benchmarks.soak.window import COUNTER, Place, fast_clock, opened_desk, turn
from clerk.app.edges import uuid7
from clerk.domain.errors import RemoteTrouble
from clerk.domain.findings import NextAct
from clerk.domain.material import StoredFile
from clerk.services import acceptance, drafts
from clerk.services.desk import Desk
from clerk.storage import files

SPEED = 50
MOST_CASES = 500
TURN_SECONDS = 0.01
PAUSE_SECONDS = 0.004
"""Mean of the pauses between a clerk's acts; they are drawn anew each time."""


def accept_until_killed(place: Place, seed: int, acknowledge: Connection) -> None:
    """Accept cases; each id and number is acknowledged when the service has returned."""
    pauses = random.Random(seed)  # noqa: S311
    with opened_desk(place, fast_clock(place.start_at, SPEED), first_send=0) as desk:
        _connect(desk)
        threading.Thread(target=_hand_off, args=(desk,), daemon=True).start()
        scan = _keep_scan(desk)
        for _ in range(MOST_CASES):
            case_id = uuid7()
            draft = drafts.save_draft(
                desk, COUNTER.session, COUNTER.draft(case_id, desk.now(), scan)
            )
            _pause(pauses)
            if place.planted is Planted.ACKNOWLEDGES_FIRST:
                _acknowledge(acknowledge, case_id, "")
            taken = acceptance.take_in(desk, COUNTER.session, draft, NextAct.ACCEPT_AND_PASS_ON)
            if place.planted is not Planted.ACKNOWLEDGES_FIRST:
                _acknowledge(acknowledge, case_id, taken.label)
            _pause(pauses)


def _keep_scan(desk: Desk) -> StoredFile:
    """Keep the file without a look into it: a child process in each life would be all its time."""
    with desk.store.begin() as tx:
        return files.keep(tx, SCAN, name="布局图.pdf", media_type="application/pdf", at=desk.now())


def _connect(desk: Desk) -> None:
    """Ask both peers once, as a counter has that opened a minute ago: what comes is sent at once."""
    call = desk.call(COUNTER.session, None)
    with suppress(RemoteTrouble):
        desk.back_office.ping(call)
        desk.platform.ping(call)


def _acknowledge(to: Connection, case_id: UUID, number: str) -> None:
    to.send_bytes(case_id.bytes + number.encode())


def _pause(pauses: random.Random) -> None:
    time.sleep(pauses.expovariate(1 / PAUSE_SECONDS))


def _hand_off(desk: Desk) -> None:
    while True:
        turn(desk)
        time.sleep(TURN_SECONDS)
