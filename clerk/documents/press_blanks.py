"""Ruled blanks for characters that no face has: the paper is made, and a pen writes them in.

A rare character of a name keeps nobody from a paper he has a right to. In its place stands a blank
of its size, never an empty box, and the sheet says what is to be written there.
"""

import re
from collections.abc import Collection
from typing import Final

from weasyprint.document import Document

from clerk.domain.rare_characters import numbers_of
from clerk.wording_letters import blanks_note

_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Signs without a meaning of their own: each maker of fonts draws something else."""

_NOT_WORDS: Final = r"<(style|title|svg)\b.*?</\1>|<[^<>]*>"
_BLANK: Final = (
    '<span style="display:inline-block;width:1.5em;height:1em;'
    'border-bottom:.6pt solid #000;vertical-align:-.12em"></span>'
)
_NOTE: Final = (
    "<p style=\"margin:2mm 0 0;font-family:'AR PL SungtiL GB','Noto Serif CJK SC',serif;"
    'font-size:10.5pt;line-height:15pt;text-indent:0;color:#000">{said}</p>'
)
_MOST_NAMED: Final = 5


def private_in(html: str) -> frozenset[str]:
    """Return the signs of ``html`` that no face can be asked for."""
    return frozenset() if html.isascii() else frozenset(_PRIVATE.findall(html))


def lacking(document: Document) -> frozenset[str]:
    """Return the characters of a drawn document that none of its faces has."""
    return frozenset(chr(code) for face in document.fonts.values() for code in face.missing)


def named(characters: Collection[str]) -> str:
    """Name the first characters by their numbers: nothing that shows them can be counted on."""
    return "、".join(numbers_of(characters)[:_MOST_NAMED])


def blanked(html: str, characters: Collection[str]) -> str:
    """Put a blank in the place of each of the characters, and say below what the blanks are.

    Drawings, style sheets and attributes stay as they are.
    """
    words = re.compile(f"{_NOT_WORDS}|[{re.escape(''.join(sorted(characters)))}]", re.DOTALL)
    count = 0

    def put(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] not in characters:
            return found[0]
        count += 1
        return _BLANK

    body = words.sub(put, html)
    note = _NOTE.format(said=blanks_note(count, named(characters)))
    before, end, after = body.rpartition("</body>")
    return f"{before}{note}{end}{after}" if end else f"{body}{note}"
