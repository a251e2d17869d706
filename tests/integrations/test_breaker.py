"""The circuit breaker: a dead library is left alone for half a minute, then asked by one Ping."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from clerk.domain.call import Call
from clerk.domain.certificate import AuthorisationMode, LibraryAbilities
from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from integrations.certificates.breaker import BreakingLibrary, CircuitState
from integrations.practice.certlib import CertificateLibrary as PracticeLibrary
from integrations.soap.outcome import Kind, Sent, fault, trouble
from tests.integrations.library_calls import library as library_of
from tests.integrations.library_calls import new_id, profile
from tests.integrations.practice_peer import running

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
ABILITIES = LibraryAbilities(
    modes=frozenset(AuthorisationMode), reports_use=True, keeps_receipts=True
)


class Seconds:
    """A clock in seconds that stands until it is moved."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Library:
    """Answers receipts and pings, or fails as it is told; counts what reached it."""

    abilities = ABILITIES

    def __init__(self):
        self.fails = None
        self.heard = []
        self.together = self.most_together = 0
        self.hold = threading.Event()
        self.hold.set()
        self.arrived = threading.Semaphore(0)
        self._lock = threading.Lock()

    def ping(self, call):
        return self._answer("ping", AT)

    def receipt(self, call, message_id):
        return self._answer("receipt", None)

    def close(self):
        self.hold.set()

    def waits_for(self, calls):
        """Return when so many more calls have come in."""
        for _ in range(calls):
            assert self.arrived.acquire(timeout=10)

    def _answer(self, what, answer):
        with self._lock:
            self.heard.append(what)
            self.together += 1
            self.most_together = max(self.most_together, self.together)
        self.arrived.release()
        self.hold.wait(10)
        with self._lock:
            self.together -= 1
        if self.fails is not None:
            raise self.fails
        return answer


DOWN = trouble("省证照库", Kind.UNREACHABLE)
SLOW = trouble("省证照库", Kind.DEADLINE)
STOPPED = trouble("省证照库", Kind.CANCELLED)
REFUSED = fault("省证照库", code="NOT_FOUND", text="", retryable=False, retry_after_seconds=None)
BUSY = fault("省证照库", code="BUSY", text="", retryable=True, retry_after_seconds=1)


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def library():
    return Library()


@pytest.fixture
def guarded(library, seconds):
    return BreakingLibrary(library, "省证照库", monotonic=seconds, new_id=uuid4)


def call():
    return Call(
        message_id=uuid4(),
        case_id=uuid4(),
        account_id="zhou",
        display_name="周模拟",
        counter_code="03",
        sent_at=AT,
    )


def ask(guarded):
    return guarded.receipt(call(), uuid4())


def fail(guarded, library, error, times=5):
    library.fails = error
    for _ in range(times):
        with pytest.raises(type(error)):
            ask(guarded)
    library.fails = None


def test_five_transport_failures_in_a_minute_open_the_circuit_and_nothing_is_sent(guarded, library):
    fail(guarded, library, SLOW)
    heard = len(library.heard)

    with pytest.raises(RemoteUnavailable, match="收纸质件") as refused:
        ask(guarded)

    assert (refused.value.kind, refused.value.sent) == (Kind.OPEN_CIRCUIT, Sent.NO)
    assert len(library.heard) == heard
    assert guarded.state is CircuitState.OPEN
    with pytest.raises(RemoteUnavailable):
        guarded.ping(call())
    assert len(library.heard) == heard


@pytest.mark.parametrize("error", [REFUSED, BUSY, STOPPED], ids=["no", "busy", "ended by us"])
def test_whatever_the_library_says_itself_never_opens_it(guarded, library, error):
    fail(guarded, library, error, 8)

    assert ask(guarded) is None


def test_an_answer_between_forgets_the_failures_before_it(guarded, library):
    for _ in range(3):
        fail(guarded, library, DOWN, 4)
        ask(guarded)

    assert guarded.state is CircuitState.CLOSED


def test_failures_that_lie_further_apart_than_a_minute_open_nothing(guarded, library, seconds):
    for _ in range(8):
        fail(guarded, library, DOWN, 1)
        seconds.now += 16

    assert guarded.state is CircuitState.CLOSED


def test_after_half_a_minute_one_ping_closes_it_and_the_call_goes_on(guarded, library, seconds):
    fail(guarded, library, DOWN)
    seconds.now += 29.9
    with pytest.raises(RemoteUnavailable):
        ask(guarded)
    seconds.now += 0.2
    library.heard.clear()

    ask(guarded)
    ask(guarded)

    assert library.heard == ["ping", "receipt", "receipt"]
    assert guarded.state is CircuitState.CLOSED


def test_a_ping_that_fails_leaves_it_open_for_another_half_minute(guarded, library, seconds):
    fail(guarded, library, DOWN)
    seconds.now += 31
    library.fails = SLOW
    library.heard.clear()

    with pytest.raises(RemoteUnavailable) as failed:
        ask(guarded)
    library.fails = None
    seconds.now += 20
    with pytest.raises(RemoteUnavailable) as refused:
        ask(guarded)

    assert (failed.value.kind, refused.value.kind) == (Kind.DEADLINE, Kind.OPEN_CIRCUIT)
    assert library.heard == ["ping"]


def test_a_library_that_refuses_the_ping_is_there_again(guarded, library, seconds):
    fail(guarded, library, DOWN)
    seconds.now += 31
    library.fails = REFUSED

    with pytest.raises(RemoteRefused):
        guarded.ping(call())

    assert guarded.state is CircuitState.CLOSED


def test_while_the_one_ping_is_on_its_way_all_others_are_answered_at_once(
    guarded, library, seconds
):
    fail(guarded, library, DOWN)
    seconds.now += 31
    library.heard.clear()
    library.waits_for(5)  # those that failed
    library.hold.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask, guarded)
        library.waits_for(1)
        for _ in range(20):
            with pytest.raises(RemoteUnavailable):
                ask(guarded)
        library.hold.set()

        assert first.result(10) is None
    assert library.heard == ["ping", "receipt"]


def test_never_more_than_four_calls_are_under_way_and_the_rest_wait(guarded, library):
    library.hold.clear()
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, guarded) for _ in range(12)]
        library.waits_for(4)
        assert len(library.heard) == 4
        library.hold.set()
        assert [one.result(10) for one in asked] == [None] * 12

    assert library.most_together == 4
    assert len(library.heard) == 12


def test_who_waits_for_his_turn_is_let_go_when_the_counter_closes(guarded, library):
    library.hold.clear()
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(ask, guarded) for _ in range(4)]
        library.waits_for(4)
        fifth = pool.submit(ask, guarded)
        guarded.close()

        with pytest.raises(RemoteUnavailable) as ended:
            fifth.result(10)
        assert [one.result(10) for one in asked] == [None] * 4
    assert (ended.value.kind, ended.value.sent) == (Kind.CANCELLED, Sent.NO)


def test_the_practice_library_goes_down_and_comes_back(tmp_path, seconds):
    """Over HTTP: five dropped calls, refused without a byte sent, then Ping and the call."""
    with running(PracticeLibrary(tmp_path, lambda: AT)) as peer:
        real = library_of(profile(peer.url, seconds=5))
        guarded = BreakingLibrary(real, "省证照库", monotonic=seconds, new_id=new_id)
        assert ask(guarded) is None
        peer.control({"fault": "down", "count": 1000})
        for _ in range(5):
            with pytest.raises(RemoteUnavailable):
                ask(guarded)
        heard = len(peer.log())
        with pytest.raises(RemoteUnavailable) as refused:
            ask(guarded)
        assert refused.value.kind == Kind.OPEN_CIRCUIT
        peer.control({"fault": "none"})
        seconds.now += 31
        assert ask(guarded) is None
        assert len(peer.log()) == heard + 1
        guarded.close()
