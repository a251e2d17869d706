"""The practice hall's authority for seals: one root, below it one key for each office.

The keys are worked out from the office's code and known to everybody: they seal papers of the
practice hall, and whoever trusts the root is a practice counter. They are ECDSA, never SM2.
"""

import hashlib
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from clerk.values import dataclass

_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2049, 12, 31, tzinfo=UTC)
_ROOT_NAME: Final = "示例省练习印章根证书（仅供练习）"
_ROOT_SERIAL: Final = 21
_LONGEST_COMMON_NAME_BYTES: Final = 64
_LONGEST_NAME: Final = 60
"""In characters; what the room for the signature in a paper is made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealHolder:
    """An office's certificate (DER) and its key."""

    certificate: bytes
    key: ec.EllipticCurvePrivateKey


def root() -> bytes:
    """Return the root (DER) that a practice counter trusts; it lies in the resources as well."""
    return _root_certificate().public_bytes(Encoding.DER)


@lru_cache(maxsize=64)
def holder(body_code: str, body_name: str) -> SealHolder:
    """Return the one key of an office and its certificate."""
    key = _key(body_code)
    name = _name(body_name[:_LONGEST_NAME], (NameOID.ORGANIZATION_IDENTIFIER, body_code))
    serial = int.from_bytes(_digest(f"{body_code} {body_name}")[:8], "big") | 1 << 63
    certificate = _certificate(name, key, serial, authority=False)
    return SealHolder(certificate=certificate.public_bytes(Encoding.DER), key=key)


@cache
def _root_certificate() -> x509.Certificate:
    return _certificate(_name(_ROOT_NAME), _root_key(), _ROOT_SERIAL, authority=True)


@cache
def _root_key() -> ec.EllipticCurvePrivateKey:
    return _key("root")


def _key(purpose: str) -> ec.EllipticCurvePrivateKey:
    """Return a key that anybody can work out: it protects nothing."""
    seed = int.from_bytes(_digest(f"practice only: {purpose}"), "big")
    return ec.derive_private_key(seed % (_ORDER - 1) + 1, _CURVE)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _name(office: str, *more: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """Return an office's name; as a common name, too, where it is short enough for one (X.520)."""
    told = [
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, office),
        *more,
    ]
    if len(office.encode()) <= _LONGEST_COMMON_NAME_BYTES:
        told.append((NameOID.COMMON_NAME, office))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in told])


def _certificate(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, serial: int, *, authority: bool
) -> x509.Certificate:
    """Issue a certificate; the same bytes each time, so its signature takes nothing at random."""
    ours, theirs = key.public_key(), _root_key().public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name(_ROOT_NAME))
        .public_key(ours)
        .serial_number(serial)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_use(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ours), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(theirs), critical=False)
        .sign(_root_key(), hashes.SHA256(), ecdsa_deterministic=True)
    )


def _use(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
