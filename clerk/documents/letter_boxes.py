"""Text boxes of a Word file (MS-DOCX 2.5, ECMA-376 part 1, 20.4.2): where one stands, how it looks.

Drawn are boxes that stand in the line, and boxes before or behind the text that hang on their
paragraph; one that pushes the text aside, or hangs on the page, is told.
"""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from clerk.documents.letter_marks import W

_EMU_PER_POINT: Final = 12_700
_USUAL_INSETS: Final = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_USUAL_LINE_EMU: Final = 9_525
_ACROSS_FROM: Final = frozenset({"column", "margin", "page", "leftMargin"})
_DOWN_FROM: Final = frozenset({"paragraph", "line"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A box by what it holds; ``css`` is its size and look, ``top_pt`` None where it stands in line.

    ``left_pt`` counts from the edge of the paper where ``from_paper``, else from the margin;
    ``align`` is its place across instead, empty where it has an offset.
    """

    content: etree._Element
    css: str
    width_pt: float
    left_pt: float = 0
    top_pt: float | None = None
    from_paper: bool = False
    align: str = ""

    def placed_css(self, margin_pt: float, across_pt: float, indent_pt: float) -> str:
        """Return the whole look, in a paragraph so far indented on a page of such a margin."""
        if self.top_pt is None:
            return f"{self.css};display:inline-block;overflow:hidden"
        free = across_pt - self.width_pt
        left = {"left": 0.0, "center": free / 2, "right": free}.get(self.align, self.left_pt)
        left -= (margin_pt if self.from_paper else 0) + indent_pt
        return f"{self.css};position:absolute;left:{left:g}pt;top:{self.top_pt:g}pt"


def box_in(drawn: etree._Element) -> TextBox | None:
    """Return the text box of a drawing; None where it is something else, or cannot be drawn."""
    holder = next(drawn.iter("{*}inline", "{*}anchor"), None)
    shapes = [] if holder is None else list(holder.iter("{*}wsp"))
    content = None if len(shapes) != 1 else next(shapes[0].iter(f"{W}txbxContent"), None)
    extent = None if holder is None else holder.find("{*}extent")
    if holder is None or content is None or extent is None:
        return None
    width, height = (_points(extent.get(side)) for side in ("cx", "cy"))
    css = _look(shapes[0], width, height)
    if etree.QName(holder).localname == "inline":
        return TextBox(content=content, css=css, width_pt=width)
    if holder.find("{*}wrapNone") is None:
        return None
    across, down = holder.find("{*}positionH"), holder.find("{*}positionV")
    if across is None or down is None:
        return None
    offset, align = down.find("{*}posOffset"), across.find("{*}align")
    left = across.find("{*}posOffset")
    sound = (
        across.get("relativeFrom") in _ACROSS_FROM
        and down.get("relativeFrom") in _DOWN_FROM
        and offset is not None
    )
    if not sound or offset is None or (align is None and left is None):
        return None
    return TextBox(
        content=content,
        css=css,
        width_pt=width,
        left_pt=0 if left is None else _points(left.text),
        top_pt=_points(offset.text),
        from_paper=across.get("relativeFrom") in {"page", "leftMargin"},
        align="" if align is None else str(align.text),
    )


def _look(shape: etree._Element, width: float, height: float) -> str:
    """Return size, inner margins, line and ground of a shape as CSS."""
    body, own = shape.find("{*}bodyPr"), shape.find("{*}spPr")
    insets = [
        _points((body.get(side) if body is not None else None) or usual)
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
        css.append(f"border:{_points(line.get('w', _USUAL_LINE_EMU)):g}pt solid {_colour(line)}")
    if own is not None and own.find("{*}solidFill") is not None:
        css.append(f"background:{_colour(own)}")
    return ";".join(css)


def _colour(holder: etree._Element) -> str:
    told = holder.find("{*}solidFill/{*}srgbClr")
    given = "" if told is None else str(told.get("val", ""))
    named = holder.find("{*}solidFill/{*}schemeClr")
    light = named is not None and named.get("val") in {"bg1", "lt1"}
    return f"#{given}" if given.isalnum() else "#fff" if light else "#000"


def _points(emu: object) -> float:
    return int(str(emu or 0)) / _EMU_PER_POINT
