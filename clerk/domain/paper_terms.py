"""What a standard says of the paper itself: pages, format, issuer, who signs, how long it is valid.

Of a file or a certificate the program sees it; of a paper on the desk, or a scan of one, a person
does. So a standard that bounds it brings a review point of the reserved code, which the intake
screen shows like any other.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from clerk.domain.standard import FileFormat, Requirement, Way


class SeenPoint(StrEnum):
    """Reserved codes of review points at which a person sees what the program cannot."""

    PAGES = "PAGES"
    FORMAT = "FORMAT"
    ISSUER = "ISSUER"
    SIGNERS = "SIGNERS"
    VALIDITY = "VALIDITY"


_BY_HAND: Final = frozenset({Way.PAPER, Way.SCAN, Way.FILE})
_FORMATS: Final[Mapping[str, FileFormat]] = {
    "application/pdf": FileFormat.PDF,
    "application/ofd": FileFormat.OFD,
    "image/jpeg": FileFormat.JPEG,
    "image/png": FileFormat.PNG,
    "image/tiff": FileFormat.TIFF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileFormat.DOCX,
}

MEDIA_TYPES: Final[Mapping[FileFormat, str]] = {kind: name for name, kind in _FORMATS.items()}


def format_of(media_type: str) -> str:
    """Return the format of a file by its media type; what is none of ours stays as it is."""
    return _FORMATS.get(media_type.partition(";")[0].strip().lower(), media_type)


def bounds(fewest: int | None, most: int | None) -> str:
    """Return bounds as text: ``2–20``, ``≥2`` or ``≤20``; empty where there are none."""
    if fewest is None:
        return "" if most is None else f"≤{most}"
    return f"≥{fewest}" if most is None else f"{fewest}–{most}"


def wanted_at(asked: Requirement, point: str) -> str:
    """Return what the standard asks for at a reserved review point, empty at any other."""
    match point:
        case SeenPoint.PAGES:
            return bounds(asked.pages_at_least, asked.pages_at_most)
        case SeenPoint.FORMAT:
            return asked.page_format
        case SeenPoint.ISSUER:
            return "/".join(asked.issuers) or asked.issuer
        case SeenPoint.SIGNERS:
            return "/".join(asked.signers)
        case _:
            return ""


def unseen(asked: Requirement) -> tuple[SeenPoint, ...]:
    """Return the reserved points the standard lacks, of what it bounds and only a person sees."""
    by_hand = bool(_BY_HAND & set(asked.ways))
    bounded = {
        SeenPoint.PAGES: Way.PAPER in asked.ways and _bounds_pages(asked),
        SeenPoint.ISSUER: by_hand and bool(asked.issuers),
        SeenPoint.SIGNERS: by_hand and bool(asked.signers),
        SeenPoint.VALIDITY: by_hand and bool(asked.valid_on) and not asked.read_from_card,
    }
    there = {point.code for point in asked.review_points}
    return tuple(point for point, needed in bounded.items() if needed and point.value not in there)


def _bounds_pages(asked: Requirement) -> bool:
    return asked.pages_at_least is not None or asked.pages_at_most is not None
