"""Pictures that stand in a line of a Word file (ECMA-376 part 1, 20.4.2.8)."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

_EMU_PER_POINT: Final = 12_700
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STARTS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InlinePicture:
    """A picture by the relation that names its part, as large as it is shown."""

    relation: str
    width_pt: float
    height_pt: float


def picture_in(drawing: etree._Element) -> InlinePicture | None:
    """Return the picture of a drawing; None where it floats or is something else."""
    inline = next(drawing.iterchildren("{*}inline"), None)
    extent = None if inline is None else next(inline.iterchildren("{*}extent"), None)
    blip = None if inline is None else next(inline.iter("{*}blip"), None)
    if extent is None or blip is None:
        return None
    width, height = (int(extent.get(side, "0")) / _EMU_PER_POINT for side in ("cx", "cy"))
    return InlinePicture(relation=str(blip.get(f"{_R}embed")), width_pt=width, height_pt=height)


def media_of(content: bytes) -> str | None:
    """Return the media type of a PNG or JPEG by its first bytes; None for anything else."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
