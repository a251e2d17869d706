"""Whose place in a letter a signature by hand goes to (签名、代理人签名)."""

from collections.abc import Mapping

from clerk.documents.letter_fields import fields_file
from clerk.domain.handwriting import Handwriting, svg


def signed_by(hand: Handwriting | None, *, agent: bool) -> Mapping[str, str]:
    """Return the signature as the picture for its place; nothing where it is signed on paper."""
    if hand is None:
        return {}
    place = fields_file()["pictures"]["agent_signature" if agent else "signature"]
    return {str(place["placeholder"]): svg(hand)}
