"""The digest that goes with a message's body."""

from cryptography.hazmat.primitives import hashes


def sm3(content: bytes) -> str:
    """Return the SM3 digest (GB/T 32905), 64 hex digits in lower case."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()
