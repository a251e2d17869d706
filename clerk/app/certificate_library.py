"""The certificate library of a counter: its adapter by its profile, behind a circuit breaker."""

import time
from collections.abc import Callable
from uuid import UUID

from clerk.settings import Settings
from clerk.values import replace
from integrations.certificates.breaker import breaking
from integrations.certificates.libraries import AnyLibrary, library_of
from integrations.practice import account
from integrations.soap.call_traces import CallTraces
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe
from integrations.soap.security import WireSecurity


def certificate_library(
    settings: Settings,
    profile: PeerProfile,
    scribe: Scribe,
    *,
    new_id: Callable[[], UUID],
    traces: CallTraces,
) -> AnyLibrary:
    """Return the library behind ``profile``; in the practice hall the settings tell its shape.

    Raises:
        BadInput: the profile names a shape that this program does not speak.
    """
    if settings.counter.practice:
        security = WireSecurity(username=account.ACCOUNT, password=account.PASSWORD)
        profile = replace(profile, shape=settings.library_shape, security=security)
    library = library_of(profile, scribe, new_id=new_id, traces=traces)
    return breaking(library, profile.name, monotonic=time.monotonic, new_id=new_id)
