"""The face of invented certificates, cut to the characters of one page and embedded in its file.

What is cut is the font of the window, so a page looks the same wherever it is opened and is the
same to the last byte on every machine.
"""

import io
from collections.abc import Iterable
from functools import cache
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from clerk import assets
from clerk.values import dataclass

NAME: Final = "PracticeSans"
UNITS: Final = 1000
ASCENT: Final = 880
DESCENT: Final = 120
_FILE: Final = "fonts/counter-sans-regular.otf"
_ABSENT: Final = "〓"
"""The mark that printers set for a character they have no type of."""
_MADE: Final = 3_600_000_000
"""The font's own date (seconds since 1904), so that it is always the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutFont:
    """An OpenType font of a few characters; ``glyphs`` and ``advances`` are by character."""

    content: bytes
    glyphs: dict[str, int]
    advances: dict[str, int]

    def width(self, text: str, size: float) -> float:
        """Return how long ``text`` is at ``size``."""
        return sum(self.advances[one] for one in text) * size / UNITS


def advance(character: str) -> int:
    """Return how far a character moves the pen, in thousandths of its size."""
    return _glyph(character)[1]


def cut(characters: Iterable[str]) -> CutFont:
    """Return a font of just these characters; the place of a glyph is that of its character."""
    wanted = sorted(set(characters))
    names = [".notdef", *(f"u{ord(one):05X}" for one in wanted)]
    drawn = [_glyph(_ABSENT), *(_glyph(one) for one in wanted)]
    builder = FontBuilder(UNITS, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(one): name for one, name in zip(wanted, names[1:], strict=True)})
    builder.setupCFF(
        NAME,
        {"FullName": NAME, "FamilyName": NAME, "Weight": "Regular"},
        {name: glyph for name, (glyph, _) in zip(names, drawn, strict=True)},
        {},
    )
    builder.setupHorizontalMetrics(
        {name: (wide, 0) for name, (_, wide) in zip(names, drawn, strict=True)}
    )
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=-DESCENT, usWinAscent=ASCENT, usWinDescent=DESCENT
    )
    builder.setupPost(keepGlyphNames=False)
    font = builder.font
    font["head"].created = font["head"].modified = _MADE
    font.recalcTimestamp = False
    target = io.BytesIO()
    font.save(target)
    return CutFont(
        content=target.getvalue(),
        glyphs={one: place for place, one in enumerate(wanted, 1)},
        advances={one: wide for one, (_, wide) in zip(wanted, drawn[1:], strict=True)},
    )


@cache
def _whole() -> tuple[TTFont, dict[int, str]]:
    font = TTFont(io.BytesIO(assets.read_bytes("resources", _FILE)), lazy=True)
    return font, font.getBestCmap()


@cache
def _glyph(character: str) -> tuple[T2CharString, int]:
    """Return the outline of a character and how wide it is."""
    font, names = _whole()
    name = names.get(ord(character)) or names[ord(_ABSENT)]
    wide = font["hmtx"][name][0]
    pen = T2CharStringPen(wide, None)
    font.getGlyphSet()[name].draw(pen)
    return pen.getCharString(), wide
