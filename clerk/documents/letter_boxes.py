"""Text boxes of a Word file (MS-DOCX 2.5): what one holds and how it looks.

Where it stands is in ``letter_shapes``; boxes drawn the old way are in ``letter_vml``.
"""

from typing import Final

from lxml import etree

from clerk.documents.letter_marks import W
from clerk.documents.letter_shapes import Place, place_of, points
from clerk.values import dataclass

_USUAL_INSETS: Final = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_USUAL_LINE_EMU: Final = 9_525


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A box by what it holds; ``css`` is its size and look."""

    content: etree._Element
    css: str
    place: Place


def box_in(drawn: etree._Element) -> TextBox | None:
    """Return the text box of a drawing; None where it is something else, or has no sound place."""
    holder = next(drawn.iter("{*}inline", "{*}anchor"), None)
    shapes = [] if holder is None else list(holder.iter("{*}wsp"))
    content = None if len(shapes) != 1 else next(shapes[0].iter(f"{W}txbxContent"), None)
    place = None if holder is None else place_of(holder)
    extent = None if holder is None else holder.find("{*}extent")
    if content is None or place is None or extent is None:
        return None
    css = _look(shapes[0], place.width_pt, points(extent.get("cy")))
    return TextBox(content=content, css=css, place=place)


def _look(shape: etree._Element, width: float, height: float) -> str:
    """Return size, inner margins, line and ground of a shape as CSS."""
    body, own = shape.find("{*}bodyPr"), shape.find("{*}spPr")
    insets = [
        points((body.get(side) if body is not None else None) or usual)
        for side, usual in _USUAL_INSETS.items()
    ]
    grows = body is not None and body.find("{*}spAutoFit") is not None
    css = [
        "box-sizing:border-box",
        "text-indent:0",
        f"width:{width:g}pt",
        f"{'min-height' if grows else 'height'}:{height:g}pt",
        "padding:{1:g}pt {2:g}pt {3:g}pt {0:g}pt".format(*insets),
    ]
    line = None if own is None else own.find("{*}ln")
    if line is not None and line.find("{*}noFill") is None:
        css.append(f"border:{points(line.get('w', _USUAL_LINE_EMU)):g}pt solid {_colour(line)}")
    if own is not None and own.find("{*}solidFill") is not None:
        css.append(f"background:{_colour(own)}")
    return ";".join(css)


def _colour(holder: etree._Element) -> str:
    told = holder.find("{*}solidFill/{*}srgbClr")
    given = "" if told is None else str(told.get("val", ""))
    named = holder.find("{*}solidFill/{*}schemeClr")
    light = named is not None and named.get("val") in {"bg1", "lt1"}
    return f"#{given}" if given.isalnum() else "#fff" if light else "#000"
