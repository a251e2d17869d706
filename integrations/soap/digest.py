"""The digest that goes with a message's body."""

import hashlib


def sm3(content: bytes) -> str:
    """Return the SM3 digest (GB/T 32905), 64 hex digits in lower case.

    OpenSSL has it through ``hashlib`` on most machines; where a build leaves it out,
    ``cryptography`` brings its own, and stays in memory for it.
    """
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", content).hexdigest()
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()
