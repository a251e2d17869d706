"""How a paper of the office was signed by who got it (签收、签字), or that he would not sign."""

from datetime import datetime
from enum import StrEnum

from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind
from clerk.values import dataclass

SIGN_PLACE = "hand"
"""The name under which a paper's place for the applicant's signature is marked on its page."""


class SignWay(StrEnum):
    """How it was signed (签收方式)."""

    PEN = "pen"
    """By hand on the signing screen, kept as strokes."""
    PAPER = "paper"
    """On the printed paper; the clerk says so."""
    REFUSED = "refused"
    """Whoever got it would not sign; it counts as told all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSignature:
    """One paper's signature: which paper, how, by whom, when, and which clerk stood there.

    ``handwriting`` are the strokes and ``shown`` the very file that was on the screen while they
    were written; both only for ``SignWay.PEN``.
    """

    kind: PaperKind
    number: str
    way: SignWay
    signer: str
    at: datetime
    by: str
    handwriting: StoredFile | None = None
    shown: StoredFile | None = None
