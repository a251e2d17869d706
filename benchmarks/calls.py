"""Calls of a certificate library: what ours add to a bare POST, and how they behave in numbers.

Ours is the whole call as the counter makes it: the message written by the scribe, a connection of
its own, the gate, zeep, the checks, two durable transactions of journal and ledger. Beside it the
same bytes on a connection that stays open, their answer thrown away. Both ask the same quick peer.
"""

import gc
import http.client
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Final

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.memory_child import resident_mib
from clerk.app.edges import uuid7
from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    CertificateChunk,
    CertificatePage,
    Holder,
    Purpose,
)
from clerk.domain.certificate_call import CallAbout
from clerk.domain.errors import RemoteUnavailable
from clerk.services.call_journal import journaled
from clerk.services.desk import Desk
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.soap.call_traces import CallTraces
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

ROUNDS: Final = {"small": 100, "60": 60, "1024": 20}
ADDED: Final = {"small": 5.0, "60": 15.0, "1024": 60.0}
"""How many milliseconds a call may cost beyond the bare POST (soap.md 3.2)."""

NAMES: Final = {
    "small": "added to a small call",
    "60": "added to a 60 KB file",
    "1024": "added to a 1 MiB piece",
}
CALLS, THREADS = 400, 8
WARM, FETCHES = 600, 2_000
"""The first fill the memory of the digests of 512 messages."""

DEADLINE_SECONDS, DEADLINES = 1.0, 5

ADD = Goal(number=None, floor=1.0, reach=0.7)
CROSSED = Goal(number=None, floor=0.0, reach=0.0)
FLAT = Goal(number=None, floor=1.03, reach=1.01)
KEPT = Goal(number=None, floor=1.1, reach=1.05)

PURPOSE = Purpose(item_code="131001", item_name="item", business_number="", reason="benchmark")
HOLDER = Holder(name="", id_type="111", id_number="990123198506120030")
LEAVE = Authorisation(
    authorisation_id="SQ-1",
    state=AuthorisationState.GRANTED,
    mode=AuthorisationMode.CODE,
    holder=HOLDER,
    valid_until_at=None,
)


class Caller:
    """A counter with an open store, and the library at one path of the quick peer."""

    def __init__(
        self,
        desk: Desk,
        counter: Counter,
        scribe: Scribe,
        traces: CallTraces,
        port: int,
        path: str,
    ) -> None:
        """``path`` says what the peer answers with."""
        profile = PeerProfile(
            name="library",
            endpoint=f"http://127.0.0.1:{port}/{path}",
            allowed_hosts=frozenset({"127.0.0.1"}),
            client_system="window-clerk",
            org_code="11990123MB0001001W",
            attempt_seconds=DEADLINE_SECONDS if path == "drip" else 8.0,
            total_seconds=DEADLINE_SECONDS if path == "drip" else 20.0,
        )
        self._desk, self._session = desk, counter.session
        self._library = SoapCertificateLibrary(profile, scribe, new_id=uuid7, traces=traces)

    def query(self, holder: Holder = HOLDER) -> CertificatePage:
        """List one certificate of ``holder``."""
        call = self._desk.call(self._session, None)
        ask = partial(self.query_unnoted, holder, call)
        about = CallAbout(purpose=PURPOSE, leave=replace(LEAVE, holder=holder))
        return journaled(self._desk, call, "query", "M1", ask, about)

    def query_unnoted(self, holder: Holder = HOLDER, call: Call | None = None) -> CertificatePage:
        """List it without the two durable lines in the store."""
        call = call or self._desk.call(self._session, None)
        return self._library.query(call, "SQ-1", holder, (), PURPOSE, 1, 10)

    def fetch(self) -> CertificateChunk:
        """Fetch one piece of a file."""
        call = self._desk.call(self._session, None)
        about = CallAbout(purpose=PURPOSE, leave=LEAVE, certificate_id="ZZ-1")
        ask = partial(self.fetch_unnoted, call)
        return journaled(self._desk, call, "fetch", "M1", ask, about)

    def fetch_unnoted(self, call: Call | None = None) -> CertificateChunk:
        """Fetch one without a line in the store, whose page cache grows to its 16 MB with any."""
        call = call or self._desk.call(self._session, None)
        return self._library.fetch_chunk(call, "SQ-1", "ZZ-1", "PDF", PURPOSE, 0, 1 << 20, "")


class _BarePost:
    """The same bytes on a connection that stays open; what comes back is thrown away."""

    def __init__(self, port: int, path: str, body: bytes) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._path, self._body = f"/{path}", body

    def __call__(self) -> None:
        self._connection.request("POST", self._path, self._body, {"Content-Type": "text/xml"})
        self._connection.getresponse().read()


def measure(_large: bool) -> Sequence[Figure]:
    """Measure in one run, on one store, with one scribe and one peer."""
    folder = scratch("bench")
    scribe = Scribe()
    try:
        with _peer() as port:
            counter = Counter()
            traces = CallTraces()
            desk = replace(_desk(folder, counter), call_traces=traces)
            at = partial(Caller, desk, counter, scribe, traces, port)
            gc.collect()
            gc.freeze()  # as the program does once it is open
            return [
                *chain.from_iterable(_added(at, scribe, port, size) for size in ROUNDS),
                _crossed(at("small")),
                *_memory(at(str(60 << 10)), scribe),
                _deadline(at("drip")),
            ]
    finally:
        scribe.close()
        shutil.rmtree(folder)


def _desk(folder: Path, counter: Counter) -> Desk:
    store = open_store(folder / "calls.db", new_key(), lambda: START_AT, counter.initials)
    peers = AbsentPeers()
    return counter.desk(
        store,
        now=lambda: START_AT,
        new_id=uuid7,
        certificates=peers,
        back_office=peers,
        platform=peers,
    )


@contextmanager
def _peer() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.calls_child"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as peer:
        if peer.stdout is None:
            raise AssertionError("the peer says nothing")
        try:
            yield int(peer.stdout.readline())
        finally:
            peer.kill()


def _added(at: Callable[[str], Caller], scribe: Scribe, port: int, size: str) -> Sequence[Figure]:
    """Measure the call without the journal and all of it, each in turn with the bare POST.

    The bar was set for a call without a journal (soap.md 3.2); the whole is held to it too.
    """
    path = size if size == "small" else str(int(size) << 10)
    caller, bar = at(path), ADDED[size]
    bare = _BarePost(port, path, _message(scribe))
    if size == "small":
        works: tuple[tuple[str, Callable[[], object]], ...] = (
            (" without the journal", caller.query_unnoted),
            ("", caller.query),
        )
    else:
        works = ((" without the journal", caller.fetch_unnoted), ("", caller.fetch))
    figures = []
    for which, work in works:
        ours, raw = in_turn(ROUNDS[size], partial(milliseconds, work), partial(milliseconds, bare))
        added = median(ours) - median(raw)
        whole = f"bare POST {median(raw):.2f} ms, ours{which} {median(ours):.2f} ms"
        print(f"  {size}: {whole}, +{added:.2f} of {bar:g}")
        ratios = [(a - b) / bar for a, b in zip(ours, raw, strict=True)]
        name = f"{NAMES[size]}{which}, ms of {bar:g}"
        figures.append(ADD.figure_of_ratios(name, added, bar, ratios, "ms"))
    return figures


def _message(scribe: Scribe) -> bytes:
    """Return the bytes of a question; those of a query and of a fetch are about as many."""
    context = {
        "protocolVersion": "1",
        "messageId": str(uuid7()),
        "clientSystem": "window-clerk",
        "orgCode": "11990123MB0001001W",
        "operatorAccount": "clerk01",
        "sentAt": START_AT,
    }
    fields = {
        "authorizationId": "SQ-1",
        "holder": {"name": None, "idType": HOLDER.id_type, "idNumber": HOLDER.id_number},
        "certTypeCode": [],
        "purpose": {
            "serviceItemCode": PURPOSE.item_code,
            "serviceItemName": PURPOSE.item_name,
            "businessNumber": None,
            "reason": PURPOSE.reason,
        },
        "pageIndex": 1,
        "pageSize": 10,
    }
    return scribe.write("library", "certlib", "QueryCertificates", context, fields)[1]


def _crossed(caller: Caller) -> Figure:
    """Ask for as many holders at once as there are calls; each answer must be of its own."""
    holders = [replace(HOLDER, id_number=f"99012319850612{number:04}") for number in range(CALLS)]
    with ThreadPoolExecutor(THREADS) as pool:
        pages = list(pool.map(caller.query, holders))
    numbers = [page.certificates[0].number for page in pages]
    crossed = sum(a != b.id_number for a, b in zip(numbers, holders, strict=True))
    name = f"crossed of {CALLS} calls on {THREADS} threads"
    return CROSSED.figure_of_ratios(name, crossed, 1.0, [float(crossed)], "calls")


def _memory(caller: Caller, scribe: Scribe) -> Sequence[Figure]:
    """Fetch 60 KB again and again; compare what is resident before and after."""
    processes = {"the window's process": "self", "the scribe": str(scribe.process_id)}
    for _ in range(WARM):
        caller.fetch_unnoted()
    before = {name: resident_mib(process=process) for name, process in processes.items()}
    for _ in range(FETCHES):
        caller.fetch_unnoted()
    return [
        FLAT.figure(
            f"{name} after {FETCHES:,} fetches",
            [resident_mib(process=process)],
            [before[name]],
            "MiB",
        )
        for name, process in processes.items()
    ]


def _deadline(caller: Caller) -> Figure:
    """Ask a peer whose answer never ends; the action's whole time is what counts."""
    taken = [_waited(caller) for _ in range(DEADLINES)]
    return KEPT.figure(
        "one action's deadline, dripping peer", taken, [DEADLINE_SECONDS] * DEADLINES, "s"
    )


def _waited(caller: Caller) -> float:
    begun = monotonic()
    try:
        caller.query()
    except RemoteUnavailable:
        return monotonic() - begun
    raise AssertionError("a dripping answer was taken")
