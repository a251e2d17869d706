"""Pictures that stand in a line of a Word file (ECMA-376 part 1, 20.4.2.8)."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from clerk.documents.letter_fields import known_pictures

_EMU_PER_POINT: Final = 12_700
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STARTS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InlinePicture:
    """A picture by the relation that names its part, as large as it is shown.

    ``lines`` names the same picture drawn in lines (SVG), empty where there is none; ``name`` is
    what the file calls it.
    """

    relation: str
    lines: str
    name: str
    width_pt: float
    height_pt: float


def picture_in(drawing: etree._Element) -> InlinePicture | None:
    """Return the picture of a drawing; None where it floats or is something else."""
    inline = next(drawing.iterchildren("{*}inline"), None)
    extent = None if inline is None else next(inline.iterchildren("{*}extent"), None)
    blip = None if inline is None else next(inline.iter("{*}blip"), None)
    if inline is None or extent is None or blip is None:
        return None
    width, height = (int(extent.get(side, "0")) / _EMU_PER_POINT for side in ("cx", "cy"))
    drawn, told = next(blip.iter("{*}svgBlip"), None), next(inline.iter("{*}docPr"), None)
    return InlinePicture(
        relation=str(blip.get(f"{_R}embed")),
        lines="" if drawn is None else str(drawn.get(f"{_R}embed")),
        name="" if told is None else str(told.get("name", "")),
        width_pt=width,
        height_pt=height,
    )


def picture_html(found: InlinePicture, part: Callable[[str], bytes | None]) -> str:
    """Return a picture as HTML, its lines before its dots; empty where it cannot be shown.

    ``part`` returns what a relation names.
    """
    lines = part(found.lines) if found.lines else None
    content = lines or part(found.relation)
    media = "image/svg+xml" if lines else content and media_of(content)
    if content is None or not media:
        return ""
    return (
        f'<img style="width:{found.width_pt:g}pt;height:{found.height_pt:g}pt" alt=""'
        f' src="data:{media};base64,{b64encode(content).decode()}">'
    )


def sole_sign_place(document: etree._Element) -> tuple[str, ...]:
    """Return what the one place for a signature is called; nothing where there are several."""
    known = {name for name, place in known_pictures().items() if not place.value}
    found = [str(one.get("name", "")) for one in document.iter("{*}docPr")]
    places = tuple(name for name in found if name in known)
    return places if len(places) == 1 else ()


def media_of(content: bytes) -> str | None:
    """Return the media type of a PNG or JPEG by its first bytes; None for anything else."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
