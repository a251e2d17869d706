"""The picture of an invented seal (电子印章): a red ring, a star, the name of the authority."""

import io
import math
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from clerk import assets

SIDE_MM: Final = 42
_SIDE: Final = 420
_RED: Final = (200, 22, 29, 230)
_RING: Final = 11
_SHADES: Final = 24
"""Shades of the edges; more of them would make the picture larger, not better."""
_FONT: Final = "fonts/counter-sans-bold.otf"
_BELOW: Final = "练习专用章"


def seal_name(authority: str) -> str:
    """Return what the seal of an authority is called."""
    return f"{authority}{_BELOW}"


@cache
def stamp(authority: str) -> bytes:
    """Return the seal of an authority (PNG with a clear ground)."""
    picture = Image.new("RGBA", (_SIDE, _SIDE), (255, 255, 255, 0))
    brush = ImageDraw.Draw(picture)
    edge = _RING // 2
    brush.ellipse((edge, edge, _SIDE - edge, _SIDE - edge), outline=_RED, width=_RING)
    brush.polygon(_star(_SIDE / 2, _SIDE / 2, _SIDE * 0.15), fill=_RED)
    _write_round(picture, authority)
    font = _font(34)
    brush.text((_SIDE / 2, _SIDE * 0.80), _BELOW, font=font, fill=_RED, anchor="mm")
    target = io.BytesIO()
    few = picture.quantize(_SHADES, method=Image.Quantize.FASTOCTREE)
    few.save(target, "PNG", optimize=True)
    return target.getvalue()


def _write_round(picture: Image.Image, authority: str) -> None:
    """Write the name on an arc, each character upright on its radius."""
    size = 50 if len(authority) <= 13 else 44
    font = _font(size)
    radius = _SIDE / 2 - _RING - size * 0.62
    whole = 250.0
    step = min(whole / max(len(authority) - 1, 1), 30.0)
    first = -90 - step * (len(authority) - 1) / 2
    for place, character in enumerate(authority):
        degrees = first + place * step
        letter = Image.new("RGBA", (size * 2, size * 2), (255, 255, 255, 0))
        ImageDraw.Draw(letter).text((size, size), character, font=font, fill=_RED, anchor="mm")
        turned = letter.rotate(-(degrees + 90), resample=Image.Resampling.BICUBIC)
        x = _SIDE / 2 + radius * math.cos(math.radians(degrees)) - size
        y = _SIDE / 2 + radius * math.sin(math.radians(degrees)) - size
        picture.alpha_composite(turned, (round(x), round(y)))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(-90 + 36 * corner)
        points.append((x + length * math.cos(angle), y + length * math.sin(angle)))
    return points


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(assets.read_bytes("resources", _FONT)), size)
