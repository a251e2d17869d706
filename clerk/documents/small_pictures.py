"""A drawn page as a small picture for the documentation: few colours, a fraction of the bytes."""

import io
from itertools import chain
from typing import Final

from PIL import Image

_GREYS: Final = (0, 70, 140, 200, 240, 255)
"""Of text and watermark; with two reds of seal and marks all that a picture needs."""
_REDS: Final = ((0xC0, 0x32, 0x2A), (0xE2, 0x9E, 0x9A))


def small(png: bytes) -> bytes:
    """Return our own picture of a page with no more colours than it needs, as PNG."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([*chain.from_iterable((one,) * 3 for one in _GREYS), *chain(*_REDS)])
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    kept = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()
