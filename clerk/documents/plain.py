"""Values from outside are text and nothing else before they enter a paper."""

import unicodedata

from clerk.domain.errors import PaperTrouble

_REFUSED_CATEGORIES = frozenset({"Cc", "Cs"})
_RARE_PLANES = range(0x20000, 0x3FFFE)
"""Rare Han characters, of which each edition of Unicode has more than this Python knows."""

_DIRECTION_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

_SPELLED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))
"""The ampersand first: it stands in what the others become."""


def plain(text: str) -> str:
    """Return ``text`` in NFC; line breaks stay, any other control character is refused.

    Direction marks are refused too: with them a paper could read differently from what is stored.
    Characters beyond the basic plane and private signs pass, for rare names need them: what no
    face has is written in by hand.

    Raises:
        PaperTrouble: ``text`` holds a character that cannot be printed.
    """
    for letter in text:
        if _is_refused(letter):
            raise PaperTrouble(
                f"填写的内容里有不能打印的字符（U+{ord(letter):04X}），文书没有生成，办件未改动。"
                "请删去该字符后再出一次"
            )
    return unicodedata.normalize("NFC", text)


def _is_refused(letter: str) -> bool:
    kind = unicodedata.category(letter)
    if kind == "Cn":
        return ord(letter) not in _RARE_PLANES
    return letter in _DIRECTION_MARKS or (kind in _REFUSED_CATEGORIES and letter != "\n")


def escape(text: str) -> str:
    """Return ``text`` so that HTML shows it as it stands.

    The library's own function brings a table of all named characters along, a third of a MiB that
    the window's process never looks at.
    """
    for mark, spelled in _SPELLED:
        text = text.replace(mark, spelled)
    return text
