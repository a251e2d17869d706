"""Signed data files (节假日、事项标准): Ed25519 over the file's bytes, in a file beside it.

Source: RFC 8032. A signature file ``<name>.sig`` holds the 64 bytes in base64; keys are 32 bytes
in hex, so that a person can read one out over the telephone.
"""

import base64
import binascii
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_key() -> tuple[str, str]:
    """Return a new private key and its public key, both in hex."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), _public_hex(private)


def public_key_of(private_hex: str) -> str:
    """Return the public key in hex that belongs to a private one.

    Raises:
        ValueError: this is no key.
    """
    return _public_hex(_private(private_hex))


def sign(private_hex: str, content: bytes) -> str:
    """Return the signature over ``content`` as base64 text.

    Raises:
        ValueError: this is no key.
    """
    return base64.b64encode(_private(private_hex).sign(content)).decode()


def is_signed_by(public_hexes: Iterable[str], content: bytes | memoryview, signature: str) -> bool:
    """Whether one of these keys has signed exactly these bytes."""
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    return any(_verifies(key, content, raw) for key in public_hexes)


def _verifies(public_hex: str, content: bytes | memoryview, raw: bytes) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))
        key.verify(raw, content)
    except (ValueError, InvalidSignature):
        return False
    return True


def _private(private_hex: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_hex))


def _public_hex(private: Ed25519PrivateKey) -> str:
    form = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return private.public_key().public_bytes(*form).hex()
