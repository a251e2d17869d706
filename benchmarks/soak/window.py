"""The counter of the soak: the real store, services and SOAP adapters, in whatever process.

Importing it reads catalogue and calendar once, so that a process forked from one that has done so
is at work within milliseconds.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import Counter, open_store
from benchmarks.soak.planted import Planted, SendsWithoutId
from clerk.app.edges import uuid7
from clerk.domain.errors import RemoteTrouble
from clerk.services import hand_off, numbers
from clerk.services.desk import Desk
from clerk.services.ports import BackOffice
from integrations.back_office.soap import SoapBackOffice
from integrations.platform.soap import SoapPlatform
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

COUNTER = Counter()
SENDS_A_ROUND = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a counter of one round works, and what is wrong with it."""

    path: Path
    key: bytes
    urls: Mapping[str, str]
    round_number: int
    start_at: datetime
    planted: Planted


def fast_clock(start_at: datetime, speed: int) -> Callable[[], datetime]:
    """Return a clock that runs ``speed`` times as fast, so that a repeat is soon due."""
    begun = time.monotonic()
    return lambda: start_at + timedelta(seconds=(time.monotonic() - begun) * speed)


@contextmanager
def opened_desk(place: Place, now: Callable[[], datetime], first_send: int) -> Iterator[Desk]:
    """Open the counter's store and its peers."""
    with ExitStack() as held:
        store = open_store(place.path, place.key, now, COUNTER.initials)
        held.callback(store.close)
        scribe = Scribe()
        held.callback(scribe.close)
        back_office = SoapBackOffice(_profile("部门系统", place.urls["back_office"]), scribe)
        held.callback(back_office.close)
        platform = SoapPlatform(_profile("一窗式平台", place.urls["platform"]), scribe)
        held.callback(platform.close)
        told: BackOffice = back_office
        if place.planted is Planted.SENDS_WITHOUT_ID:
            first = place.round_number * SENDS_A_ROUND + first_send
            told = SendsWithoutId(back_office, uuid7, first)
        yield COUNTER.desk(
            store,
            now=now,
            new_id=uuid7,
            certificates=AbsentPeers(),
            back_office=told,
            platform=platform,
        )


def turn(desk: Desk) -> None:
    """Do once what the program does every two seconds in its lane of the back office."""
    hand_off.deliver(desk, COUNTER.session)
    try:
        numbers.lease_numbers(desk, COUNTER.session)
        numbers.map_provisional(desk, COUNTER.session)
        hand_off.take_over_events(desk, COUNTER.session)
    except RemoteTrouble:
        return  # the next turn asks again


def _profile(name: str, endpoint: str) -> PeerProfile:
    return PeerProfile(
        name=name,
        endpoint=endpoint,
        allowed_hosts=frozenset({"127.0.0.1"}),
        client_system="window-clerk",
        org_code="11990123MB0001001W",
    )
