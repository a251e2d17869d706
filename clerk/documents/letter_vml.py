"""Text boxes and pictures drawn the old way (VML, ECMA-376 part 4, 19): older Word, and WPS."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from clerk.documents.letter_boxes import TextBox
from clerk.documents.letter_marks import W
from clerk.documents.letter_pictures import Picture
from clerk.documents.letter_shapes import Place, Wrap

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_SHAPES: Final = frozenset(f"{_V}{name}" for name in ("shape", "rect", "roundrect"))
_POINTS: Final = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75, "pc": 12.0}
_EMU: Final = 12_700
_WRAPS: Final = {
    "": Wrap.OVER,
    "none": Wrap.OVER,
    "square": Wrap.BESIDE,
    "tight": Wrap.BESIDE,
    "through": Wrap.BESIDE,
    "topAndBottom": Wrap.BETWEEN,
}
_ACROSS_FROM: Final = frozenset({"", "text", "margin", "page"})
_DOWN_FROM: Final = frozenset({"", "text", "line"})
_USUAL_GAP: Final = {"left": "9pt", "right": "9pt", "top": "0", "bottom": "0"}
_USUAL_INSET: Final = ("7.2pt", "3.6pt", "7.2pt", "3.6pt")


def shape_in(drawn: etree._Element) -> TextBox | Picture | None:
    """Return the one shape of a ``pict``; None where it is something else, or has no sound place."""
    shapes = [one for one in drawn if one.tag in _SHAPES]
    others = [one for one in drawn if one.tag not in _SHAPES and one.tag != f"{_V}shapetype"]
    if len(shapes) != 1 or others:
        return None
    (shape,) = shapes
    style = _style_of(shape)
    place, height = _place(shape, style), _length(style.get("height", ""))
    if place is None or height is None or "rotation" in style:
        return None
    content = next(shape.iter(f"{W}txbxContent"), None)
    image = shape.find(f"{_V}imagedata")
    if content is not None and image is None:
        return TextBox(content=content, css=_look(shape, place.width_pt, height), place=place)
    if image is not None and image.get(f"{_R}id"):
        relation = str(image.get(f"{_R}id"))
        return Picture(relation=relation, lines="", name="", place=place, height_pt=height)
    return None


def sizes_of(root: etree._Element) -> list[tuple[etree._Element, float, float]]:
    """Return what each box of a fixed height holds, with its width and height in points."""
    found = []
    for shape in root.iter(*_SHAPES):
        style, content = _style_of(shape), next(shape.iter(f"{W}txbxContent"), None)
        sides = [_length(style.get(side, "")) for side in ("width", "height")]
        if content is not None and None not in sides and not _grows(shape):
            found.append((content, sides[0] or 0.0, sides[1] or 0.0))
    return found


def _style_of(shape: etree._Element) -> Mapping[str, str]:
    pairs = (one.partition(":") for one in str(shape.get("style", "")).split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def _place(shape: etree._Element, style: Mapping[str, str]) -> Place | None:
    width = _length(style.get("width", ""))
    if width is None:
        return None
    if style.get("position") != "absolute":
        return Place(width_pt=width)
    left, top = (_length(style.get(side, "0")) for side in ("margin-left", "margin-top"))
    wrap = shape.find("{urn:schemas-microsoft-com:office:word}wrap")
    kind = "" if wrap is None else str(wrap.get("type", ""))
    across, down = (
        style.get(f"mso-position-{way}-relative", "") for way in ("horizontal", "vertical")
    )
    align = style.get("mso-position-horizontal", "absolute")
    sound = across in _ACROSS_FROM and down in _DOWN_FROM and kind in _WRAPS
    placed_down = style.get("mso-position-vertical", "absolute") != "absolute"
    if not sound or placed_down or left is None or top is None:
        return None
    gaps = [
        _length(style.get(f"mso-wrap-distance-{side}", _USUAL_GAP[side])) or 0.0
        for side in ("top", "right", "bottom", "left")
    ]
    side = "" if wrap is None else str(wrap.get("side", ""))
    return Place(
        width_pt=width,
        wrap=_WRAPS[kind],
        left_pt=left,
        top_pt=top,
        from_paper=across == "page",
        align="" if align == "absolute" else align,
        behind=style.get("z-index", "").startswith("-"),
        gaps_pt=(gaps[0], gaps[1], gaps[2], gaps[3]),
        text_on=side if side in {"left", "right"} else "",
    )


def _length(told: str) -> float | None:
    """Return a length in points; a bare number counts EMU, None where it is none."""
    number, unit = (told[:-2], told[-2:]) if told[-2:] in _POINTS else (told, "")
    try:
        return float(number) * _POINTS.get(unit, 1 / _EMU)
    except ValueError:
        return None


def _look(shape: etree._Element, width: float, height: float) -> str:
    """Return size, inner margins, line and ground of a box as CSS."""
    box = shape.find(f"{_V}textbox")
    told = [] if box is None else str(box.get("inset", "")).split(",")
    sides = [
        _length((told[at] if at < len(told) else "").strip() or usual) or 0.0
        for at, usual in enumerate(_USUAL_INSET)
    ]
    left, above, right, below = sides
    css = [
        "box-sizing:border-box",
        "text-indent:0",
        f"width:{width:g}pt",
        f"{'min-height' if _grows(shape) else 'height'}:{height:g}pt",
        f"padding:{above:g}pt {right:g}pt {below:g}pt {left:g}pt",
    ]
    if not _off(shape.get("stroked")):
        weight = _length(str(shape.get("strokeweight", "0.75pt"))) or 0.75
        css.append(f"border:{weight:g}pt solid {_colour(shape.get('strokecolor'), '#000')}")
    if not _off(shape.get("filled")):
        css.append(f"background:{_colour(shape.get('fillcolor'), '#fff')}")
    return ";".join(css)


def _grows(shape: etree._Element) -> bool:
    box = shape.find(f"{_V}textbox")
    return box is not None and "mso-fit-shape-to-text:t" in str(box.get("style", ""))


def _off(told: str | None) -> bool:
    return told in {"f", "false", "0"}


def _colour(told: str | None, usual: str) -> str:
    """Return a colour as CSS; ``#fff [3212]`` names the theme's behind it."""
    given = (told or "").partition(" ")[0]
    return given if given.lstrip("#").isalnum() else usual
