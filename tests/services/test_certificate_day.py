"""A short day with a library that is out of reach a third of the time: nobody lost, nobody blocked."""

import random
import sys
from dataclasses import replace

import pytest

from benchmarks.certificate_hall import Day
from benchmarks.certificate_witness import Steering, afterwards, count
from benchmarks.counter import Counter
from integrations.certificates.breaker import BreakingLibrary
from tests.services.window import NOW

CASES = 14


@pytest.fixture
def steering(window):
    """The practice library; whatever it was told, it is well and on time again afterwards."""
    one = Steering(window.province.control_url("certlib"))
    yield one
    one.control({"fault": "none"})
    one.control({"now": NOW.isoformat()})


def test_everybody_is_served_and_nothing_stays_unverified(
    window, steering, catalogue, record_property
):
    seed = random.SystemRandom().randrange(1 << 32)
    record_property("seed", seed)
    sys.stdout.write(f"seed {seed}\n")
    breaker = BreakingLibrary(
        window.desk.certificates,
        "省证照库",
        monotonic=lambda: window.clock().timestamp(),
        new_id=window.desk.new_id,
    )
    day = Day(
        desk=replace(window.desk, certificates=breaker),
        counter=Counter(tuple(catalogue.values())),
        clock=window.clock,
        library=steering,
        chance=random.Random(seed),
        up_minutes=1.0,
        down_minutes=0.45,
    )

    tally = day.run(CASES)
    afterwards(day)
    count(day)

    assert tally.cases == CASES
    assert tally.clean, tally
    assert day.outages
