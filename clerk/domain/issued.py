"""Papers as they were made, with everything to make them again years later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clerk.domain.material import StoredFile
from clerk.domain.papers import PaperKind


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
class IssuedPaper:
    """A paper of a case; ``docx`` only where it was made from a Word template.

    ``number`` is the 文号, empty where the paper has none. ``values`` are (label, value) as quoted
    on the page, for the list beside it, ``placed`` where each value stands. ``copies_printed``
    counts the copies that printers took before it was read from the store.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page drawn for the screen; ``png`` is a whole PNG file."""

    png: bytes
    width: int
    height: int
