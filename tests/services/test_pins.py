"""The PIN at the decision: it opens decisions for some minutes, and five wrong ones lock it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk.domain.errors import BadInput, SignInRefused
from clerk.domain.pin import PRACTICE_PIN, PinState
from clerk.services import pin_lease
from clerk.storage import accounts, pins
from tests.services.at_the_decision import acts, decide, ready
from tests.services.window import Window, opened


@pytest.fixture(scope="module")
def peopled(tmp_path_factory, empty, peers, press, catalogue, calendar) -> Path:
    """A store with the people of the practice hall and their public PIN, to be copied."""
    folder: Path = tmp_path_factory.mktemp("peopled")
    with (
        opened(folder, empty, peers, press, catalogue, calendar) as window,
        window.desk.store.begin() as tx,
    ):
        password_hash = accounts.hashed("practice")
        for person in window.people:
            accounts.add(tx, person, password_hash)
            if person.mandates:
                pins.keep(tx, person.account_id, PRACTICE_PIN)
    return folder / "clerk.db"


@pytest.fixture
def with_pins(tmp_path, peopled, peers, press, catalogue, calendar) -> Iterator[Window]:
    """The window with its people and their PIN."""
    with opened(tmp_path, peopled, peers, press, catalogue, calendar) as window:
        window.lease()
        yield window


def test_the_pin_opens_decisions_for_some_minutes(with_pins):
    window = with_pins
    case = ready(window)
    chief = window.chief

    pin_lease.open_lease(window.desk, chief, PRACTICE_PIN)
    window.clock.goes_on(minutes=4, seconds=59)

    assert pin_lease.lease_left_seconds(window.desk, chief) == 1
    assert decide(window, case, chief).decision


@pytest.mark.parametrize(
    "then",
    [
        lambda window: window.clock.goes_on(minutes=5),
        lambda window: window.clock.goes_on(days=-365),
        lambda window: pin_lease.end_lease(window.desk, window.chief),
    ],
    ids=["its minutes passed", "the clock was set back", "the screen was locked"],
)
def test_a_lease_ends(with_pins, then):
    window = with_pins
    chief = window.chief
    pin_lease.open_lease(window.desk, chief, PRACTICE_PIN)

    then(window)

    assert pin_lease.lease_left_seconds(window.desk, chief) == 0


def test_a_lease_is_one_persons_and_one_sessions(with_pins):
    window = with_pins
    pin_lease.open_lease(window.desk, window.chief, PRACTICE_PIN)

    later = replace(window.chief, signed_in_at=window.clock() + timedelta(minutes=1))

    assert pin_lease.lease_left_seconds(window.desk, window.deputy) == 0
    assert pin_lease.lease_left_seconds(window.desk, later) == 0


def test_five_wrong_pins_lock_it_and_the_password_sets_a_new_one(with_pins):
    window = with_pins
    desk, chief = window.desk, window.chief
    said = []
    for _ in range(5):
        with pytest.raises(SignInRefused) as refused:
            pin_lease.open_lease(desk, chief, "000000")
        said.append(str(refused.value))

    assert "还可以试 4 次" in said[0]
    assert "已停用" in said[-1]
    assert pin_lease.pin_state(desk, chief) is PinState.LOCKED
    with pytest.raises(SignInRefused):
        pin_lease.open_lease(desk, chief, PRACTICE_PIN)
    pin_lease.set_pin(desk, chief, "practice", "927461", lambda: 100)
    pin_lease.open_lease(desk, chief, "927461")

    assert acts(window).count("account.pin_wrong") == 6
    assert acts(window)[-1] == "account.pin_right"


@pytest.mark.parametrize("pin", ["12345", "1234567", "12a456", "١٢٣٤٥٦"])
def test_a_pin_is_six_digits(with_pins, pin):
    with pytest.raises(BadInput, match="6 位数字"):
        pin_lease.set_pin(with_pins.desk, with_pins.chief, "practice", pin, lambda: 100)


@pytest.mark.parametrize("pin", ["111111", "123456", "987654", PRACTICE_PIN])
def test_a_pin_that_anybody_would_try_first_is_not_kept(with_pins, pin):
    with pytest.raises(BadInput, match="太好猜"):
        pin_lease.set_pin(with_pins.desk, with_pins.chief, "practice", pin, lambda: 100)


def test_a_pin_is_set_only_with_the_password(with_pins):
    with pytest.raises(SignInRefused):
        pin_lease.set_pin(with_pins.desk, with_pins.chief, "wrong", "927461", lambda: 100)

    assert "account.pin_set" not in acts(with_pins)
