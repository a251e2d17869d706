"""The three shapes of a certificate library, each with its practice peer and its client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from integrations.certificates.libraries import AnyLibrary, library_of
from integrations.practice import account
from integrations.practice.certlib import CertificateLibrary
from integrations.practice.certlib_rest import RestCertificateLibrary
from integrations.practice.certlib_string import StringCertificateLibrary
from integrations.practice.service import PracticePeer
from integrations.soap.profile import PeerProfile
from integrations.soap.security import WireSecurity
from tests.integrations.library_calls import SCRIBE, SENT_AT, new_id, profile
from tests.integrations.practice_peer import RunningPeer, running

ACCOUNT: Final = WireSecurity(username=account.ACCOUNT, password=account.PASSWORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one shape is called, and what its library calls the steps that all have."""

    name: str
    peer: Callable[[Path], PracticePeer]
    opens: str
    lists: str
    fetches: str
    signs_in: str = ""


SHAPES: Final = {
    shape.name: shape
    for shape in (
        Shape(
            name="soap_typed",
            peer=lambda folder: CertificateLibrary(folder, lambda: SENT_AT),
            opens="VerifyUseCode",
            lists="QueryCertificates",
            fetches="FetchCertificateFile",
        ),
        Shape(
            name="soap_string",
            peer=lambda folder: StringCertificateLibrary(folder, lambda: SENT_AT),
            opens="VerifyAuthCode",
            lists="GetDocumentListByQuery",
            fetches="GetLicenseFileByQuery",
            signs_in="Authorization",
        ),
        Shape(
            name="rest_json",
            peer=lambda folder: RestCertificateLibrary(folder, lambda: SENT_AT),
            opens="license/holder",
            lists="license/get_license",
            fetches="license/archive",
            signs_in="security/login",
        ),
    )
}


def profile_of(shape: str, url: str) -> PeerProfile:
    """Return a profile with a short patience."""
    given = profile(url, seconds=5, waits=(0.01, 0.01))
    return replace(given, shape=shape, security=ACCOUNT)


def client_of(given: PeerProfile) -> AnyLibrary:
    """Return the client that the profile's shape asks for."""
    return library_of(given, SCRIBE, new_id=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A running library of one shape, and a client of it."""

    shape: Shape
    peer: RunningPeer
    client: AnyLibrary
    heard_before: int = 0

    def again(self) -> AnyLibrary:
        """Return another client, as after a restart of the program."""
        return client_of(profile_of(self.shape.name, self.peer.url))

    def log(self) -> list[dict[str, Any]]:
        """Return what the library has heard since this test began."""
        return self.peer.log()[self.heard_before :]

    def heard(self, operation: str) -> int:
        """Return how often the library was asked for this."""
        return len([each for each in self.log() if each["operation"] == operation])


@contextmanager
def client_at(shape: Shape, peer: RunningPeer) -> Iterator[Library]:
    """Open a client of a library that is running."""
    client = client_of(profile_of(shape.name, peer.url))
    yield Library(shape=shape, peer=peer, client=client, heard_before=len(peer.log()))
    client.close()


@contextmanager
def open_library(shape: Shape, service: PracticePeer) -> Iterator[Library]:
    """Serve ``service`` with a client beside it."""
    with running(service) as peer, client_at(shape, peer) as opened:
        yield opened
