"""The code on a deferral notice (容缺补件码): which case, which paper; scanned or typed anywhere.

A scanner is a keyboard to the window: it types the text, in whatever width and case its layout
makes of it, so reading forgives all that and nothing else.
"""

import re
import unicodedata
from typing import Final

from clerk.values import dataclass

MARK: Final = "RQ"
_SHAPE: Final = re.compile(r"RQ[:; ]([0-9A-Z][0-9A-Z-]{3,39})[:; ]([0-9A-Z_-]{1,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePaperCode:
    """A case by its final number (办件编号), and the material that is still to come."""

    number: str
    material: str


def code_text(number: str, material: str) -> str:
    """Return what the code says: plain ASCII, so that every scanner can type it."""
    return f"{MARK}:{number}:{material}"


def read_code(text: str) -> LatePaperCode | None:
    """Return what a scanned or typed text names, None where it is no such code."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = _SHAPE.fullmatch(plain)
    if found is None:
        return None
    # a scanner that forgets to shift makes a dash of the underscore
    return LatePaperCode(number=found[1], material=found[2].replace("-", "_"))
