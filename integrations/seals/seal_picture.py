"""The picture of a practice seal (样章) as drawing orders of a PDF: outlines alone, no fonts.

A font inside a signature's field would have to be embedded for the archive (ISO 19005-2).
"""

import io
import math
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from typing_extensions import override

from clerk import assets

SIDE: Final = 496
"""The picture fills a square of so many units: whole ones are finer than a printer's dots."""
_UNIT: Final = SIDE / 124
"""Everything below is measured in parts of a 124th."""
_FONT: Final = "fonts/counter-sans-regular.otf"
_COLOUR: Final = "0.753 0.196 0.165"
_RING: Final = f"{_COLOUR} RG {3 * _UNIT:.0f} w"
_RADIUS: Final = 59.0 * _UNIT
_ROUND: Final = 0.5523
"""How long the handles of a quarter of a circle are, beside its radius."""
_LETTERS_AT: Final = 42.0 * _UNIT
_WIDEST_STEP: Final = 23.0
_WHOLE_ARC: Final = 250.0
_SAMPLE: Final = "样章"


@lru_cache(maxsize=64)
def drawn(body_name: str, seal_name: str) -> bytes:
    """Return the seal of an office; characters that the face lacks are left out."""
    middle = SIDE / 2
    orders = [_RING, *_circle(middle, _RADIUS), "S", f"{_COLOUR} rg"]
    step = min(_WIDEST_STEP, _WHOLE_ARC / max(len(body_name) - 1, 1))
    size = 14.0 * _UNIT * min(1.0, step / 18.0)
    for place, letter in enumerate(body_name):
        angle = math.radians(step * (place - (len(body_name) - 1) / 2))
        orders += _letter(letter, size, middle, middle, -angle, _LETTERS_AT)
    orders += _line(_SAMPLE, 13.0 * _UNIT, 57.0 * _UNIT)
    orders += _line(seal_name, _UNIT * min(13.0, 84.0 / max(len(seal_name), 1)), 26.0 * _UNIT)
    return "\n".join(orders).encode()


def _line(text: str, size: float, y: float) -> list[str]:
    """Write a line in the middle."""
    first = SIDE / 2 - size * len(text) / 2
    return [
        order
        for place, letter in enumerate(text)
        for order in _letter(letter, size, first + size * (place + 0.5), y, 0.0, 0.0)
    ]


def _letter(text: str, size: float, x: float, y: float, angle: float, lift: float) -> list[str]:
    """Draw one character around (x, y), turned by ``angle`` and lifted along its own upright."""
    glyphs, names, units = _face()
    name = names.get(ord(text))
    if name is None:
        return []
    scale = size / units
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    left = -glyphs[name].width / 2
    up = lift / scale
    move = (cos * left - sin * up + x, sin * left + cos * up + y)
    pen = _Orders()
    glyphs[name].draw(TransformPen(pen, (cos, sin, -sin, cos, *move)))
    return [*pen.orders, "f"]


def _circle(middle: float, radius: float) -> list[str]:
    far = radius * _ROUND
    corners = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    orders = [f"{middle + radius:.0f} {middle:.0f} m"]
    for (x, y), (to_x, to_y) in pairwise(corners):
        points = (
            (radius * x - far * y, radius * y + far * x),
            (radius * to_x + far * to_y, radius * to_y - far * to_x),
            (radius * to_x, radius * to_y),
        )
        orders.append(" ".join(f"{middle + a:.0f} {middle + b:.0f}" for a, b in points) + " c")
    return [*orders, "h"]


class _Orders(BasePen):  # type: ignore[misc]  # fontTools is without types
    """Writes outlines as a PDF draws them."""

    def __init__(self) -> None:
        super().__init__(None)
        self.orders: list[str] = []

    @override
    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.orders.append(f"{pt[0]:.0f} {pt[1]:.0f} m")

    @override
    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.orders.append(f"{pt[0]:.0f} {pt[1]:.0f} l")

    @override
    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        told = " ".join(f"{x:.0f} {y:.0f}" for x, y in (pt1, pt2, pt3))
        self.orders.append(f"{told} c")

    @override
    def _closePath(self) -> None:
        self.orders.append("h")


@cache
def _face() -> tuple[Any, dict[int, str], int]:
    """Return glyphs by name, their names by character, and how many units make a square."""
    font = TTFont(io.BytesIO(assets.read_bytes("resources", _FONT)), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
