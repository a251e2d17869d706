"""What signing on the screen may ask for; everything in PAPER."""

from collections.abc import Callable

from clerk.domain.case import Case
from clerk.domain.handwriting import Handwriting
from clerk.domain.issued import IssuedPaper, ShownPages
from clerk.domain.material import SignedLetter
from clerk.domain.paper_signature import SignWay
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningActions:
    """Letters while a case is taken in, and papers that were issued."""

    letter_pages: Callable[[Case, str, int], ShownPages]
    """Case, requirement code, width in pixels: the letter as it will be signed."""
    sign_letter: Callable[[Case, str, Handwriting], SignedLetter]
    """Case, requirement code."""
    mandate_pages: Callable[[Case, int], ShownPages]
    """Case, width in pixels: the mandate of an agent as the principal will sign it."""
    sign_mandate: Callable[[Case, Handwriting], SignedLetter]
    sign_paper: Callable[[IssuedPaper, SignWay, Handwriting | None], IssuedPaper]
    """The strokes come with ``SignWay.PEN`` only."""
