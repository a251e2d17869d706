"""Pictures of a Word file (ECMA-376 part 1, 20.4.2): which part one shows, and how large."""

import io
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from lxml import etree
from PIL import Image

from clerk.documents.letter_fields import known_pictures
from clerk.documents.letter_shapes import Place, place_of, points
from clerk.values import dataclass

_BOMBS: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_MOST_PIXELS: Final = 40_000_000
"""A page of A4 at 600 dots an inch has 35 million."""
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STARTS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by the relation that names its part, as large as it is shown.

    ``lines`` names the same picture drawn in lines (SVG), empty where there is none; ``name`` is
    what the file calls it.
    """

    relation: str
    lines: str
    name: str
    place: Place
    height_pt: float


def picture_in(drawing: etree._Element) -> Picture | None:
    """Return the picture of a drawing; None where it is something else, or has no sound place."""
    holder = next(drawing.iterchildren("{*}inline", "{*}anchor"), None)
    blips = [] if holder is None else list(holder.iter("{*}blip"))
    place = None if holder is None else place_of(holder)
    extent = None if holder is None else holder.find("{*}extent")
    if holder is None or extent is None or place is None or len(blips) != 1:
        return None
    (blip,) = blips
    drawn, told = next(blip.iter("{*}svgBlip"), None), next(holder.iter("{*}docPr"), None)
    return Picture(
        relation=str(blip.get(f"{_R}embed")),
        lines="" if drawn is None else str(drawn.get(f"{_R}embed")),
        name="" if told is None else str(told.get("name", "")),
        place=place,
        height_pt=points(extent.get("cy")),
    )


def picture_html(found: Picture, part: Callable[[str], bytes | None]) -> str:
    """Return a picture as HTML, its lines before its dots; empty where it cannot be shown.

    ``part`` returns what a relation names.
    """
    lines = part(found.lines) if found.lines else None
    content = lines or part(found.relation)
    media = "image/svg+xml" if lines else content and media_of(content)
    if content is None or not media or (not lines and not _can_be_drawn(content)):
        return ""
    return (
        f'<img style="width:{found.place.width_pt:g}pt;height:{found.height_pt:g}pt" alt=""'
        f' src="data:{media};base64,{b64encode(content).decode()}">'
    )


def sole_sign_place(document: etree._Element) -> tuple[str, ...]:
    """Return what the one place for a signature is called; nothing where there are several."""
    known = {name for name, place in known_pictures().items() if not place.value}
    found = [str(one.get("name", "")) for one in document.iter("{*}docPr")]
    places = tuple(name for name in found if name in known)
    return places if len(places) == 1 else ()


@lru_cache(maxsize=32)
def _can_be_drawn(content: bytes) -> bool:
    """Whether dots can be unpacked: whole, and no more of them than a page can show."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError, *_BOMBS):
        return False
    return width * height <= _MOST_PIXELS


def media_of(content: bytes) -> str | None:
    """Return the media type of a PNG or JPEG by its first bytes; None for anything else."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
