"""The papers of a case that are letters (容缺受理承诺书、帮办代办委托书): drawn from their Word files."""

from collections.abc import Mapping

from clerk.documents import letters, notices
from clerk.documents.letter_signature import signed_by
from clerk.documents.press import Press, PrintedLetter
from clerk.domain.papers import Paper, PaperKind


def print_letter(press: Press, paper: Paper, content: bytes | None = None) -> PrintedLetter:
    """Fill the letter of a paper; ``content`` is a bureau's own file, None takes what ships.

    Raises:
        PaperTrouble: a value is missing, the template is not sound, or it could not be drawn.
    """
    notices.require_complete(paper)
    return press.print_letter(
        letters.template_of(paper.kind),
        letters.values_for(paper),
        pictures=strokes_of(paper),
        content=content,
    )


def strokes_of(paper: Paper) -> Mapping[str, str]:
    """Return the signature of a paper as the picture for the place of whoever signed it.

    Only the principal signs a mandate on the screen, even where his agent bears the same name.
    """
    hand, agent = paper.hand, paper.handler
    by_agent = hand is not None and agent is not None and hand.signer == agent.name
    return signed_by(hand, agent=by_agent and paper.kind is not PaperKind.AGENCY_MANDATE)
