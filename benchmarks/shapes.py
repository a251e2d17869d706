"""The other shapes of a certificate library: 400 questions on 8 threads, no answer crossed.

Each client asks its own practice peer, a process over HTTP, for the card of one person after the
other; an answer about anybody else counts as crossed.
"""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from benchmarks.calls import CALLS, CROSSED, PURPOSE, THREADS
from benchmarks.counter import START_AT, scratch
from benchmarks.figures import Figure
from clerk.app.edges import uuid7
from clerk.domain.call import Call
from clerk.domain.certificate import AuthorisationMode, Holder
from integrations.certificates.libraries import PRACTICE_PEERS, AnyLibrary, library_of
from integrations.practice import account
from integrations.practice.holdings import IDENTITY_CARD, TYPE_CODES
from integrations.practice.people import PEOPLE
from integrations.practice.province import PracticeProvince
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe
from integrations.soap.security import WireSecurity

SHAPES: Final = ("soap_string", "rest_json")
HOLDERS: Final = tuple(
    Holder(name=person.name, id_type="111", id_number=person.id_number) for person in PEOPLE
)
_BASE: Final = Call(
    message_id=uuid7(),
    case_id=None,
    account_id="clerk01",
    display_name="",
    counter_code="01",
    sent_at=START_AT,
)


def measure(_large: bool) -> Sequence[Figure]:
    """Ask each shape in turn."""
    return [_crossed(shape) for shape in SHAPES]


def _crossed(shape: str) -> Figure:
    folder, scribe = scratch("bench"), Scribe()
    peers = PracticeProvince(
        folder, now=START_AT, peers=("certlib",), library=PRACTICE_PEERS[shape]
    )
    try:
        with peers:
            library = library_of(_profile(shape, peers.urls["certlib"]), scribe, new_id=uuid7)
            leaves = {holder: _leave(library, holder) for holder in HOLDERS}
            asked = [HOLDERS[number % len(HOLDERS)] for number in range(CALLS)]
            with ThreadPoolExecutor(THREADS) as pool:
                told = list(pool.map(lambda holder: _name_of(library, leaves, holder), asked))
    finally:
        scribe.close()
        shutil.rmtree(folder)
    crossed = sum(name != holder.name for name, holder in zip(told, asked, strict=True))
    name = f"{shape}: crossed of {CALLS} on {THREADS} threads"
    return CROSSED.figure_of_ratios(name, crossed, 1.0, [float(crossed)], "calls")


def _profile(shape: str, url: str) -> PeerProfile:
    return PeerProfile(
        name="library",
        endpoint=url,
        allowed_hosts=frozenset({"127.0.0.1"}),
        client_system="window-clerk",
        org_code="11990123MB0001001W",
        shape=shape,
        security=WireSecurity(username=account.ACCOUNT, password=account.PASSWORD),
    )


def _call() -> Call:
    return replace(_BASE, message_id=uuid7())


def _leave(library: AnyLibrary, holder: Holder) -> str:
    mode = AuthorisationMode.BY_DUTY
    return library.request_authorisation(_call(), holder, (), PURPOSE, mode).authorisation_id


def _name_of(library: AnyLibrary, leaves: Mapping[Holder, str], holder: Holder) -> str:
    cards = (TYPE_CODES[IDENTITY_CARD],)
    page = library.query(_call(), leaves[holder], holder, cards, PURPOSE, 1, 10)
    return page.certificates[0].holder_name
