"""SM3 (GB/T 32905) and its HMAC.

OpenSSL offers SM3 through ``hashlib`` on most machines; where a build leaves it out,
``cryptography`` brings its own.
"""

import hashlib
import hmac
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash


def sm3(data: bytes) -> str:
    """Return the SM3 digest of ``data`` as 64 lower-case hexadecimal digits."""
    if "sm3" in hashlib.algorithms_available:
        begun = _begun().copy()
        begun.update(data)
        return begun.hexdigest()
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


@cache
def _begun() -> "_Hash":
    """OpenSSL's SM3 before any byte: looking it up costs three times what a digest does."""
    return hashlib.new("sm3")


def hmac_sm3(key: bytes, data: bytes) -> str:
    """Return the keyed SM3 digest of ``data`` as 64 lower-case hexadecimal digits."""
    if "sm3" in hashlib.algorithms_available:
        return hmac.digest(key, data, "sm3").hex()
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.hmac import HMAC

    keyed = HMAC(key, hashes.SM3())
    keyed.update(data)
    return keyed.finalize().hex()
