"""Rounds of killing: start, wait for acknowledgements, kill, open again, drain, compare."""

import json
import multiprocessing
import random
import shutil
import time
import urllib.request
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.counter import START_AT, new_key
from benchmarks.soak.planted import Planted
from benchmarks.soak.victim import accept_until_killed
from benchmarks.soak.window import COUNTER, SENDS_A_ROUND, Place, opened_desk, turn
from benchmarks.soak.witness import Findings, look, peer_state
from clerk.services import hand_off
from clerk.services.desk import Desk
from clerk.storage import outbox
from integrations.practice.province import PracticeProvince

PEERS = ("back_office", "platform")
LEAST_ACKNOWLEDGED = 5
ROUNDS_A_STORE = 20
"""Then both ends begin anew: a store of many rounds would only make each comparison slow."""

FIRST_SECONDS = 30.0
MEAN_LIFE_SECONDS = 0.05
"""How long a counter lives on after the fifth acknowledgement, on average."""

TURNS = 60
LIES = ("drop_answer", "cut", "truncated", "wrong_reply", "malformed", "down", "busy")
"""What the wire does in some rounds; after the first five the peer has acted."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run of rounds came to."""

    rounds: int = 0
    acknowledged: int = 0
    peers_killed: int = 0
    lies: int = 0
    lost: int = 0
    doubled: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or broken."""
        return not (self.lost or self.doubled or self.broken)

    def add(self, found: Findings) -> None:
        """Count what a round showed."""
        self.lost += len(found.lost)
        self.doubled += len(found.doubled)
        self.broken += found.broken


@dataclass(slots=True, kw_only=True)
class Both:
    """A store and its province over some rounds."""

    place: Path
    key: bytes
    province: PracticeProvince
    planted: Planted
    acknowledged: dict[UUID, str] = field(default_factory=dict)


def run(
    rounds: int, seed: int, folder: Path, planted: Planted = Planted.NOTHING
) -> Generator[Tally, None, None]:
    """Yield the tally after each round; with a planted bug it is for the caller to stop."""
    chance = random.Random(seed)  # noqa: S311
    tally = Tally()
    while tally.rounds < rounds:
        with _both_ends(folder, planted) as both:
            for number in range(min(ROUNDS_A_STORE, rounds - tally.rounds)):
                found = _round(both, number, chance, tally)
                tally.rounds += 1
                tally.add(found)
                yield tally


@contextmanager
def _both_ends(folder: Path, planted: Planted) -> Iterator[Both]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with PracticeProvince(folder / "province", peers=PEERS) as province:
        both = Both(place=folder / "store.db", key=new_key(), province=province, planted=planted)
        with opened_desk(_place(both, 0), lambda: START_AT, first_send=0) as desk:
            COUNTER.publish(desk.store)
        yield both
    shutil.rmtree(folder)


def _place(both: Both, number: int) -> Place:
    return Place(
        path=both.place,
        key=both.key,
        urls=dict(both.province.urls),
        round_number=number + 1,
        start_at=START_AT + timedelta(minutes=20 * number),
        planted=both.planted,
    )


def _round(both: Both, number: int, chance: random.Random, tally: Tally) -> Findings:
    place = _place(both, number)
    mishap = chance.random()
    victim_peer = chance.choice(PEERS)
    if mishap < 0.4:
        tally.lies += 1
        _tell_lies(both.province, chance)
    before = len(both.acknowledged)
    kill_peer_at = chance.randrange(LEAST_ACKNOWLEDGED) if mishap > 0.8 else -1
    heard = _acknowledged_until_killed(both, place, chance, kill_peer_at, victim_peer)
    both.acknowledged |= heard
    tally.acknowledged += len(both.acknowledged) - before
    tally.peers_killed += kill_peer_at >= 0
    for peer in PEERS:
        both.province.start(peer)
        _control(both.province, peer, {"fault": "none"})
    return _drained(both, place)


def _acknowledged_until_killed(
    both: Both, place: Place, chance: random.Random, kill_peer_at: int, peer: str
) -> dict[UUID, str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.soak.victim"])
    ours, theirs = context.Pipe(duplex=False)
    victim = context.Process(
        target=accept_until_killed, args=(place, chance.getrandbits(32), theirs), daemon=True
    )
    victim.start()
    theirs.close()
    heard: dict[UUID, str] = {}
    try:
        while len(heard) < LEAST_ACKNOWLEDGED:
            if len(heard) == kill_peer_at and peer in both.province.urls:
                both.province.kill(peer)
            if not ours.poll(FIRST_SECONDS):
                raise TimeoutError(f"{len(heard)} acknowledgements in {FIRST_SECONDS:g} seconds")
            _hear(ours.recv_bytes(), heard)
        time.sleep(chance.expovariate(1 / MEAN_LIFE_SECONDS))
    finally:
        victim.kill()
        victim.join()
    try:
        while True:
            _hear(ours.recv_bytes(), heard)
    except EOFError:
        return heard
    finally:
        ours.close()


def _hear(said: bytes, heard: dict[UUID, str]) -> None:
    heard[UUID(bytes=said[:16])] = said[16:].decode()


def _drained(both: Both, place: Place) -> Findings:
    """Open the store again, let the outbox drain, compare; the clock jumps to what is due."""
    at = place.start_at + timedelta(minutes=5)
    with opened_desk(place, lambda: at, first_send=SENDS_A_ROUND // 2) as desk:
        for _ in range(TURNS):
            turn(desk)
            if _all_told(desk):
                break
            at += timedelta(seconds=hand_off.LONGEST_RETRY_SECONDS)
        hand_off.take_over_events(desk, COUNTER.session)
        return look(
            desk,
            both.acknowledged,
            *(peer_state(both.province.control_url(peer)) for peer in PEERS),
        )


def _all_told(desk: Desk) -> bool:
    with desk.store.read() as tx:
        left = outbox.waiting(tx)
    if left.stuck and not left.waiting:
        hand_off.try_stuck_again(desk, COUNTER.session)
    return not left.waiting and not left.stuck


def _tell_lies(province: PracticeProvince, chance: random.Random) -> None:
    for peer, operation in (("back_office", "SubmitCase"), ("platform", "ClaimNumber")):
        order = {
            "fault": chance.choice(LIES),
            "count": chance.randint(1, 3),
            "operation": operation,
        }
        _control(province, peer, order)


def _control(province: PracticeProvince, peer: str, order: dict[str, object]) -> None:
    request = urllib.request.Request(  # noqa: S310
        province.control_url(peer), data=json.dumps(order).encode(), method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        answer.read()


def caught(planted: Planted, most_rounds: int, seed: int, folder: Path) -> Tally | None:
    """Return the tally of the round in which the planted bug showed, None where it never did."""
    with closing(run(most_rounds, seed, folder, planted)) as tallies:
        return next((tally for tally in tallies if not tally.clean), None)


PLANTED: Sequence[Planted] = (Planted.ACKNOWLEDGES_FIRST, Planted.SENDS_WITHOUT_ID)
