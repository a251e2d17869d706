"""``python -m benchmarks.certificate_day [--cases 1000] [--seed N]``: a day with a library that fails.

Real store, real practice library over HTTP; the clock is simulated and the library is out of reach
for random stretches, 30 % of the time. Nobody may be sent away for it, nothing may be accepted on
the hope of a later check, and when it is back nothing may be left unverified and unnoticed.
"""

import argparse
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

from benchmarks.certificate_hall import Clock, Day
from benchmarks.certificate_witness import Steering, afterwards, count
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from clerk.app.edges import uuid7
from integrations.back_office.soap import SoapBackOffice
from integrations.certificates.breaker import breaking
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.platform.soap import SoapPlatform
from integrations.practice.province import PracticeProvince
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

PEERS = ("certlib", "back_office", "platform")


def main(arguments: Sequence[str] | None = None) -> int:
    """Let the day pass and print what it came to; 1 where anything of it may not be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.certificate_day")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    folder = scratch("certificate_day")
    print(f"seed {options.seed}, {options.cases} cases", flush=True)
    try:
        with opened_day(folder, options.seed) as day:
            tally = day.run(options.cases)
            afterwards(day)
            count(day)
    finally:
        shutil.rmtree(folder)
    for name, value in asdict(tally).items():
        print(f"  {name.replace('_', ' ')}: {value}")
    seconds = time.monotonic() - begun
    print(f"{'clean' if tally.clean else 'NOT CLEAN'}  seed {options.seed}  seconds {seconds:.0f}")
    return 0 if tally.clean else 1


@contextmanager
def opened_day(folder: Path, seed: int) -> Iterator[Day]:
    """Open a new store and a province of its own."""
    clock, counter = Clock(START_AT), Counter()
    with ExitStack() as held:
        province = held.enter_context(
            PracticeProvince(folder / "province", now=START_AT, peers=PEERS)
        )
        store = open_store(folder / "clerk.db", new_key(), clock, counter.initials)
        held.callback(store.close)
        counter.publish(store)
        scribe = Scribe()
        held.callback(scribe.close)
        urls = province.urls
        real = SoapCertificateLibrary(_profile("省证照库", urls["certlib"]), scribe, new_id=uuid7)
        library = breaking(real, "省证照库", monotonic=clock.monotonic, new_id=uuid7)
        back_office = SoapBackOffice(_profile("部门系统", urls["back_office"]), scribe)
        platform = SoapPlatform(_profile("一窗式平台", urls["platform"]), scribe)
        for peer in (library, back_office, platform):
            held.callback(peer.close)
        desk = counter.desk(
            store,
            now=clock,
            new_id=uuid7,
            certificates=library,
            back_office=back_office,
            platform=platform,
        )
        yield Day(
            desk=desk,
            counter=counter,
            clock=clock,
            library=Steering(province.control_url("certlib")),
            chance=random.Random(seed),  # noqa: S311
        )


def _profile(name: str, endpoint: str) -> PeerProfile:
    return PeerProfile(
        name=name,
        endpoint=endpoint,
        allowed_hosts=frozenset({"127.0.0.1"}),
        client_system="window-clerk",
        org_code="11990123MB0001001W",
        retry_waits_seconds=(),
    )


if __name__ == "__main__":
    sys.exit(main())
