"""The contact sheet of the letters: every page by LibreOffice (left) beside the same one by us."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from clerk.documents.press import Press
from clerk.documents.small_pictures import small

_WIDTH, _HEIGHT = 300, 424
_GAP, _HEAD = 10, 18
_ACROSS = 3
_PAGES = 2
_INCHES = 8.27


def draw_sheet(ours: Path, theirs: Path, names: Sequence[str], target: Path) -> None:
    """Draw the first pages of each letter, as the two folders have them as PDF, into one picture."""
    wide, high = 2 * _PAGES * (_WIDTH + 2) + _GAP, _HEIGHT + _HEAD + _GAP
    down = -(-len(names) // _ACROSS)
    sheet = Image.new("RGB", (_ACROSS * wide + _GAP, down * high + _GAP), (200, 200, 200))
    told = ImageDraw.Draw(sheet)
    press = Press(deadline_seconds=60)
    try:
        for place, name in enumerate(names):
            left, top = _GAP + place % _ACROSS * wide, _GAP + place // _ACROSS * high
            told.text((left, top), f"{name}: LibreOffice | PDF", fill=(0, 0, 0))
            sides = [
                _pages(press, (folder / f"{name}.pdf").read_bytes()) for folder in (theirs, ours)
            ]
            for at, page in enumerate(one for both in zip(*sides, strict=True) for one in both):
                sheet.paste(page, (left + at * (_WIDTH + 2), top + _HEAD))
    finally:
        press.close()
    out = io.BytesIO()
    sheet.save(out, "PNG")
    target.write_bytes(small(out.getvalue()))


def _pages(press: Press, pdf: bytes) -> list[Image.Image]:
    dpi = 2 * _WIDTH / _INCHES
    first = press.rasterise(pdf, page=1, dpi=dpi)
    others = [press.rasterise(pdf, page=page, dpi=dpi) for page in range(2, first.pages + 1)]
    drawn = [Image.open(io.BytesIO(one.png)).convert("RGB") for one in (first, *others)]
    return [one.resize((_WIDTH, _HEIGHT)) for one in drawn[:_PAGES]]
