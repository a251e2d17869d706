"""Where a text box or picture of a Word file stands (ECMA-376 part 1, 20.4.2), as CSS.

It stands in the line; before or behind the text, hanging on its paragraph; or the text gives way to
it, where it stands at an edge of the column and begins with its paragraph. One that hangs on the
page, or has text on both sides of it, cannot be laid out and is told.
"""

from enum import StrEnum
from typing import Final

from lxml import etree

from clerk.values import dataclass

_EMU_PER_POINT: Final = 12_700
_ACROSS_FROM: Final = frozenset({"column", "margin", "page", "leftMargin"})
_DOWN_FROM: Final = frozenset({"paragraph", "line"})
_FROM_PAPER: Final = frozenset({"page", "leftMargin"})
_WRAPS: Final = {
    "wrapNone": "over",
    "wrapSquare": "beside",
    "wrapTight": "beside",
    "wrapThrough": "beside",
    "wrapTopAndBottom": "between",
}
_SIDES: Final = ("distT", "distR", "distB", "distL")
_AT_EDGE_PT: Final = 12.0
"""What is nearer to the edge of the column leaves no room for text there."""
_WITH_PARAGRAPH_PT: Final = 8.0
"""What begins so much below its paragraph's first line leaves that line no room above it."""


class Wrap(StrEnum):
    """What the text does where the shape stands."""

    IN_LINE = "in_line"
    OVER = "over"
    BESIDE = "beside"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a shape stands, in points.

    ``left_pt`` counts from the edge of the paper where ``from_paper``, else from the margin;
    ``align`` is its place across instead, empty where it has an offset. ``gaps_pt`` are kept free
    around it, clockwise from above; ``text_on`` is the only side that text stands on, if only one.
    """

    width_pt: float
    wrap: Wrap = Wrap.IN_LINE
    left_pt: float = 0
    top_pt: float = 0
    from_paper: bool = False
    align: str = ""
    behind: bool = False
    gaps_pt: tuple[float, float, float, float] = (0, 0, 0, 0)
    text_on: str = ""

    @property
    def before_text(self) -> bool:
        """Whether the text of its paragraph begins behind it, wherever it hangs in there."""
        return self.wrap in {Wrap.BESIDE, Wrap.BETWEEN}

    def css(self, margin_pt: float, across_pt: float, indent_pt: float) -> str | None:
        """Return its place on a page of such a margin, in a paragraph so far indented.

        None where it cannot be laid out.
        """
        if self.wrap is Wrap.IN_LINE:
            return "display:inline-block;overflow:hidden"
        free = across_pt - self.width_pt
        left = {"left": 0.0, "center": free / 2, "right": free}.get(self.align, self.left_pt)
        left -= margin_pt if self.from_paper else 0
        if self.wrap is Wrap.OVER:
            order = ";z-index:-1" if self.behind else ""
            return f"position:absolute;left:{left - indent_pt:g}pt;top:{self.top_pt:g}pt{order}"
        if abs(self.top_pt) > _WITH_PARAGRAPH_PT:
            return None
        above, right, below, beside = self.gaps_pt
        above += self.top_pt
        if self.wrap is Wrap.BETWEEN:
            return f"display:block;margin:{above:g}pt 0 {below:g}pt {left - indent_pt:g}pt"
        if self.text_on == "right" or (left <= _AT_EDGE_PT and self.text_on != "left"):
            place = f"float:left;margin:{above:g}pt {right:g}pt {below:g}pt {left - indent_pt:g}pt"
        elif self.text_on == "left" or free - left <= _AT_EDGE_PT:
            place = f"float:right;margin:{above:g}pt {free - left:g}pt {below:g}pt {beside:g}pt"
        else:
            return None
        return place


def place_of(holder: etree._Element) -> Place | None:
    """Return where a drawing stands, by its ``inline`` or ``anchor``; None where it has no size."""
    extent = holder.find("{*}extent")
    if extent is None:
        return None
    width = points(extent.get("cx"))
    if etree.QName(holder).localname == "inline":
        return Place(width_pt=width)
    wrap = next((one for one in holder if etree.QName(one).localname in _WRAPS), None)
    across, down = holder.find("{*}positionH"), holder.find("{*}positionV")
    if wrap is None or across is None or down is None:
        return None
    offset, align = down.find("{*}posOffset"), across.find("{*}align")
    left = across.find("{*}posOffset")
    sound = across.get("relativeFrom") in _ACROSS_FROM and down.get("relativeFrom") in _DOWN_FROM
    if not sound or offset is None or (align is None and left is None):
        return None
    side = str(wrap.get("wrapText", ""))
    above, right, below, beside = (
        points(wrap.get(side_name) or holder.get(side_name)) for side_name in _SIDES
    )
    return Place(
        width_pt=width,
        wrap=Wrap(_WRAPS[etree.QName(wrap).localname]),
        left_pt=0 if left is None else points(left.text),
        top_pt=points(offset.text),
        from_paper=across.get("relativeFrom") in _FROM_PAPER,
        align="" if align is None else str(align.text),
        behind=holder.get("behindDoc") == "1",
        gaps_pt=(above, right, below, beside),
        text_on=side if side in {"left", "right"} else "",
    )


def points(emu: object) -> float:
    """Return a length of a drawing in points; nothing is none."""
    return int(str(emu or 0)) / _EMU_PER_POINT
