"""How a paper is drawn: a notice from its own template, a letter (承诺书、委托书) from its Word file."""

from clerk.documents import letters, notices
from clerk.documents.letter_papers import print_letter
from clerk.documents.press import Press, PrintedPaper
from clerk.domain.papers import Paper, PaperKind
from clerk.services.desk import Desk
from clerk.services.letter_templates import ChosenTemplate, for_letter, named
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFrom:
    """What a paper was drawn from; ``letter`` is the Word file of a letter."""

    name: str
    sha256: str
    letter: ChosenTemplate | None = None


def print_paper(desk: Desk, paper: Paper, press: Press) -> PrintedPaper:
    """Return a paper as PDF, a letter with its filled docx.

    Raises:
        PaperTrouble: a value is missing, the template is not sound, or it could not be drawn.
    """
    code = letters.template_of(paper.kind)
    if not code:
        return press.print_paper(paper)
    chosen = for_letter(desk, code)
    drawn = print_letter(press, paper, chosen.content)
    return replace(drawn.printed, letter=named(chosen, drawn).filled)


def drawn_from(desk: Desk, kind: PaperKind, printed: PrintedPaper) -> DrawnFrom:
    """Return what a paper was drawn from just now."""
    made = printed.letter
    if made is None:
        return DrawnFrom(name=f"{kind.value}.html", sha256=notices.template_sha256(kind))
    return DrawnFrom(
        name=f"{made.template} {made.template_version}",
        sha256=made.template_sha256,
        letter=for_letter(desk, made.template),
    )


def template_sha256(desk: Desk, kind: PaperKind) -> str:
    """Return the digest of the template that papers of a kind are drawn from today."""
    code = letters.template_of(kind)
    return for_letter(desk, code).sha256 if code else notices.template_sha256(kind)
