"""What was handed in or stands in for a paper (材料)."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.certificate import CertificateUse
from clerk.domain.shared_data import SharedAnswer
from clerk.domain.standard import Way
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file in the store; ``sha256`` names it, hex, lower case.

    ``by_hand`` are characters that no face has: its pages have ruled blanks for them, into which
    they are written by pen. ``places_sha256`` names the file that tells where a paper's values
    stand on its pages, empty where none does.
    """

    sha256: str
    name: str
    media_type: str
    size_bytes: int
    pages: int
    by_hand: tuple[str, ...] = ()
    places_sha256: str = ""


class Origin(StrEnum):
    """How a material came to the counter, for the words on the row."""

    HANDED_IN = "handed_in"
    SCANNED = "scanned"
    CHOSEN_FILE = "chosen_file"
    READ_FROM_CARD = "read_from_card"
    MADE_BY_SYSTEM = "made_by_system"
    LIBRARY = "library"
    SIGNED_LETTER = "signed_letter"
    SIGNED_MANDATE = "signed_mandate"
    PROMISED_LATER = "promised_later"
    BY_RULE = "by_rule"
    SHARED_DATA = "shared_data"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLetter:
    """A commitment letter (告知承诺书) as it was signed: the exact template, text and files."""

    template: str
    template_sha256: str
    text_sha256: str
    offered_at: datetime
    signed_at: datetime
    signer: str
    docx: StoredFile
    pdf: StoredFile
    online_check: bool = False
    """Whether the applicant himself agreed in it that the certificate library is asked later."""
    handwriting: StoredFile | None = None
    """The strokes, where it was signed on the screen; None where it is signed on paper."""
    shown_sha256: str = ""
    """The digest of the very pages that were on the screen while it was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The applicant's word that a paper may be used again (允许再用), and who wrote it down."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrom:
    """The case that a paper was left in, by its id and its number, and when it came there."""

    case_id: UUID
    case_label: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """That the certificate library could not be asked when a paper was taken (证照库不通时收的).

    ``consent_at`` is when the holder, who stood there, agreed that it is asked once later; None
    where he did not.
    """

    at: datetime
    consent_at: datetime | None = None
    consent_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What satisfies a requirement, and how that is known.

    ``points`` holds the answers to the review points a person looked at. ``fault`` is the reason
    why a person marked it unfit (不合规), empty where nobody did. ``older`` keeps what it replaced,
    newest first. ``due_on`` is the last day for a deferred paper. ``leave`` goes with these very files:
    another paper in their place has none; ``taken_from`` says which earlier case they came out of.
    ``shared`` is the very answer that stands for the paper.
    """

    way: Way
    origin: Origin
    at: datetime
    by: str
    files: tuple[StoredFile, ...] = ()
    originals: int = 0
    copies: int = 0
    issued_on: date | None = None
    valid_until_on: date | None = None
    signed: bool | None = None
    sealed: bool | None = None
    points: Mapping[str, bool] = field(default_factory=dict)
    fault: str = ""
    certificate: CertificateUse | None = None
    letter: SignedLetter | None = None
    due_on: date | None = None
    older: tuple["Evidence", ...] = ()
    leave: Leave | None = None
    taken_from: TakenFrom | None = None
    unasked: Unasked | None = None
    shared: SharedAnswer | None = None

    @property
    def pages(self) -> int:
        """Pages of all files together."""
        return sum(file.pages for file in self.files)
