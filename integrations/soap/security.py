"""How our messages to a peer are secured, and what its answers must fulfil (soap.md 3.4, 6.1).

Plain values: the scribe's child signs and checks, this process never loads what that takes.
"""

from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Final

from clerk.values import dataclass


class SecurityMode(StrEnum):
    """What stands in the Security header of our messages (WS-Security 1.1)."""

    NONE = "none"
    DIGEST = "digest"
    X509 = "x509"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireSecurity:
    """Name and password digest, or a signature; the secrets show in no ``repr``.

    ``key_pem`` (RSA, PKCS #8) and ``certificate_pem`` sign with ``SecurityMode.X509``.
    """

    mode: SecurityMode = SecurityMode.NONE
    username: str = ""
    password: str = field(default="", repr=False)
    key_pem: str = field(default="", repr=False)
    certificate_pem: str = ""


NO_SECURITY: Final = WireSecurity()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDemands:
    """What an answer must fulfil beside the contract.

    ``signers_pem`` not empty means that only answers count which one of these certificates has
    signed, not longer ago or further ahead than ``clock_tolerance_seconds``. ``required`` are
    paths of optional elements that this peer must give, from the answer's element on
    (``QueryCertificatesResponse/certificate/validTo``).
    """

    tolerate_additions: bool = False
    required: tuple[str, ...] = ()
    signers_pem: str = ""
    clock_tolerance_seconds: int = 300


NO_DEMANDS: Final = AnswerDemands()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """What proves at the TLS door who we are; the key's file is encrypted with ``password``."""

    certificate_file: Path
    key_file: Path
    password: str = field(default="", repr=False)
