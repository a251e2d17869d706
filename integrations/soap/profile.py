"""What this counter knows of one peer before it says a word to it."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from clerk.domain.errors import BadInput
from clerk.values import dataclass
from integrations.soap.security import (
    NO_DEMANDS,
    NO_SECURITY,
    AnswerDemands,
    ClientCertificate,
    WireSecurity,
)

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerProfile:
    """Where a peer is, what it may cost, and what we call ourselves there.

    ``name`` is what the clerk reads in a sentence (省证照库). ``allowed_hosts`` are bare host
    names. ``ca_file`` or ``ca_data`` (PEM) holds the only authorities that count; plain HTTP is
    spoken to this very machine alone. ``attempt_seconds`` bounds one send with its answer, ``total_seconds`` all of a
    call with its repeats; ``retry_waits_seconds`` lie between repeats, their number is the limit.
    ``shape`` names the protocol spoken there, and with it the adapter. Nothing is sent to a
    ``barred`` one: it was to be signed and is not.

    Raises:
        BadInput: the address is none we may speak to.
    """

    name: str
    endpoint: str
    allowed_hosts: frozenset[str]
    client_system: str
    org_code: str
    ca_file: Path | None = None
    connect_seconds: float = 3.0
    attempt_seconds: float = 8.0
    total_seconds: float = 20.0
    max_answer_bytes: int = 8 * 1024 * 1024
    retry_waits_seconds: tuple[float, ...] = (0.3, 1.0)
    shape: str = "soap_typed"
    ca_data: str = ""
    client_certificate: ClientCertificate | None = None
    security: WireSecurity = NO_SECURITY
    demands: AnswerDemands = NO_DEMANDS
    barred: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.endpoint)
        secure = parts.scheme == "https" and (self.ca_file is not None or self.ca_data)
        plain = parts.scheme == "http" and self.host in _LOOPBACK
        if not (secure or plain) or self.host not in self.allowed_hosts or parts.username:
            raise BadInput(f"{self.name}的接口地址不在允许范围内，未连接，请联系系统管理员核对配置")

    @property
    def host(self) -> str:
        """The host name of the endpoint."""
        return urlsplit(self.endpoint).hostname or ""

    @property
    def secure(self) -> bool:
        """Whether the peer is spoken to by TLS."""
        return urlsplit(self.endpoint).scheme == "https"

    @property
    def port(self) -> int:
        """The port of the endpoint."""
        return urlsplit(self.endpoint).port or (443 if self.secure else 80)

    @property
    def path(self) -> str:
        """What is asked for at the host."""
        parts = urlsplit(self.endpoint)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
