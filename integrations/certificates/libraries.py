"""Which adapter speaks to a library: its profile's shape decides, and nothing else knows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from clerk.domain.errors import BadInput
from integrations.soap.call_traces import CallTraces
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

if TYPE_CHECKING:
    from integrations.certificates.rest_json import RestCertificateLibrary
    from integrations.certificates.soap_string import StringCertificateLibrary
    from integrations.certificates.soap_typed import SoapCertificateLibrary

AnyLibrary: TypeAlias = "SoapCertificateLibrary | StringCertificateLibrary | RestCertificateLibrary"
"""A library of any shape; each fulfils the port ``CertificateLibrary``."""

PRACTICE_PEERS: Final = {
    "soap_typed": "certlib",
    "soap_string": "certlib_string",
    "rest_json": "certlib_rest",
}
"""The practice peer that speaks each shape."""


def library_of(
    profile: PeerProfile,
    scribe: Scribe,
    *,
    new_id: Callable[[], UUID],
    traces: CallTraces | None = None,
) -> AnyLibrary:
    """Return the library behind ``profile``; nothing is sent yet, no other shape is loaded.

    Raises:
        BadInput: the profile names a shape that this program does not speak.
    """
    match profile.shape:
        case "soap_typed":
            from integrations.certificates.soap_typed import SoapCertificateLibrary

            return SoapCertificateLibrary(profile, scribe, new_id=new_id, traces=traces)
        case "soap_string":
            from integrations.certificates.soap_string import StringCertificateLibrary

            return StringCertificateLibrary(profile, scribe, traces=traces)
        case "rest_json":
            from integrations.certificates.rest_json import RestCertificateLibrary

            return RestCertificateLibrary(profile, new_id=new_id, traces=traces)
    raise BadInput(f"{profile.name}的接口形式本程序不会，未连接，请联系系统管理员核对配置")
