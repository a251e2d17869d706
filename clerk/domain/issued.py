"""Papers as they were made, with everything to make them again years later."""

from datetime import datetime
from uuid import UUID

from clerk.domain.errors import NotAcceptable
from clerk.domain.material import StoredFile
from clerk.domain.paper_signature import PaperSignature
from clerk.domain.papers import PaperKind
from clerk.domain.quoted import Quote
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedValue:
    """Where a filled value stands on a page of A4: the page from 1, tenths of a millimetre."""

    field: str
    page: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlaces:
    """What a paper quotes and where it stands, as it is kept beside a PDF without a record.

    ``content`` is all that it says, where it is signed later; see ``IssuedPaper``.
    """

    quotes: tuple[Quote, ...] = ()
    placed: tuple[PlacedValue, ...] = ()
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A paper of a case; ``docx`` only where it was made from a Word template.

    ``number`` is the 文号, empty where the paper has none. ``values`` are (label, value) as quoted
    on the page, for the list beside it, ``placed`` where each value stands. ``copies_printed``
    counts the copies that came out of a printer before it was read from the store;
    ``electronic_at`` is when it was handed over as a file (电子件).
    """

    paper_id: UUID
    case_id: UUID
    kind: PaperKind
    title: str
    number: str
    template: str
    template_sha256: str
    made_at: datetime
    made_by: str
    pdf: StoredFile
    docx: StoredFile | None
    values: tuple[tuple[str, str], ...]
    placed: tuple[PlacedValue, ...] = ()
    copies_printed: int = 0
    electronic_at: datetime | None = None

    @property
    def handed_out(self) -> bool:
        """Whether it can be in the applicant's hand: it came out of a printer, or went as a file."""
        return self.copies_printed > 0 or self.electronic_at is not None

    signature: PaperSignature | None = None
    """Where it was signed on the screen, ``pdf`` is the signed file."""
    quotes: tuple[Quote, ...] = ()
    """``values`` one by one, by the names of their places; none of a paper of an older program."""
    content: str = ""
    """All that the page says, where it is to be signed: the signed page is drawn from it again."""


def require_goes_as_file(paper: IssuedPaper) -> None:
    """Let a paper be handed over as a file (电子件) that has no blank for a pen in its pages.

    Raises:
        NotAcceptable: it has one.
    """
    if paper.pdf.by_hand:
        raise NotAcceptable(
            f"{paper.title}有字要用笔写，不能存成电子件交付，没有存也没有登记。请打印后写上再交"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page drawn for the screen; ``png`` is a whole PNG file."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPages:
    """Pages as somebody reads them before he signs: ``sha256`` is of the very file.

    ``text`` is what they say, to be read aloud but for the numbers among what it ``quotes``,
    ``placed`` where values and the place for the signature stand.
    """

    pages: tuple[PageImage, ...]
    sha256: str
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    placed: tuple[PlacedValue, ...] = ()
