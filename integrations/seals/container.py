"""The signature of a seal: a detached CMS container (RFC 5652) as PAdES wants it.

It is written out here, since only the digest and the signature differ from one paper to the next:
pyHanko's own builder takes a tenth of a second for each, most of it on the certificates.
"""

import hashlib
from functools import lru_cache
from typing import Final

from asn1crypto import core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from integrations.seals.authority import SealHolder

_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_OCTETS: Final = 0x04
_TAGGED: Final = 0xA0
_DATA: Final = "1.2.840.113549.1.7.1"
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.47"
_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"


def container(holder: SealHolder, digest: bytes) -> bytes:
    """Return the signature (DER) of ``holder`` over what has this SHA-256 digest.

    The signing time is not in it: PAdES has it in the PDF, where it is signed as well.
    """
    told = (*_told_attributes(holder.certificate), _attribute(_MESSAGE_DIGEST, _octets(digest)))
    attributes = b"".join(sorted(told))  # as DER orders a set
    method = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    signature = holder.key.sign(_tlv(_SET, attributes), method)
    signer = _sequence(
        _integer(1),
        _issuer_and_serial(holder.certificate),
        _sequence(_oid(_SHA256)),
        _tlv(_TAGGED, attributes),
        _sequence(_oid(_ECDSA_SHA256)),
        _octets(signature),
    )
    signed = _sequence(
        _integer(1),
        _tlv(_SET, _sequence(_oid(_SHA256))),
        _sequence(_oid(_DATA)),
        _tlv(_TAGGED, holder.certificate),
        _tlv(_SET, signer),
    )
    return _sequence(_oid(_SIGNED_DATA), _tlv(_TAGGED, signed))


@lru_cache(maxsize=64)
def _told_attributes(certificate: bytes) -> tuple[bytes, ...]:
    """Return what is signed beside the digest: the kind of content, and who signs (RFC 5035)."""
    named = _sequence(_sequence(_sequence(_octets(hashlib.sha256(certificate).digest()))))
    return _attribute(_CONTENT_TYPE, _oid(_DATA)), _attribute(_SIGNING_CERTIFICATE, named)


@lru_cache(maxsize=64)
def _issuer_and_serial(certificate: bytes) -> bytes:
    read = x509.Certificate.load(certificate)
    return _sequence(read.issuer.dump(), read["tbs_certificate"]["serial_number"].dump())


def _attribute(kind: str, value: bytes) -> bytes:
    return _sequence(_oid(kind), _tlv(_SET, value))


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, b"".join(parts))


def _octets(content: bytes) -> bytes:
    return _tlv(_OCTETS, content)


def _integer(number: int) -> bytes:
    return bytes(core.Integer(number).dump())


@lru_cache(maxsize=16)
def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
