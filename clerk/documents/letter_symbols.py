"""Signs of symbol faces that Chinese forms use for boxes, by what they look like (w:sym)."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from clerk.documents.letter_marks import W

_SIGNS: Final[Mapping[tuple[str, str], str]] = {
    ("Wingdings", "6F"): "□",
    ("Wingdings", "A8"): "□",
    ("Wingdings", "FC"): "√",
    ("Wingdings", "FD"): "☒",
    ("Wingdings", "FE"): "☑",
    ("Wingdings 2", "2A"): "□",
    ("Wingdings 2", "50"): "√",
    ("Wingdings 2", "52"): "☑",
    ("Wingdings 2", "54"): "☒",
    ("Wingdings 2", "A3"): "□",
}


def sign_of(symbol: etree._Element) -> str:
    """Return the character that looks like a sign of a symbol face; empty for any other sign."""
    code = str(symbol.get(f"{W}char", "")).upper()[-2:]
    return _SIGNS.get((str(symbol.get(f"{W}font", "")), code), "")
