"""What a piece of a Word file looks like: styles resolved, units turned into CSS.

Properties come from the document's defaults, then the chain of styles, then the piece itself; the
later wins, attribute by attribute.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from math import ceil
from typing import Final

from lxml import etree

from clerk.values import dataclass

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ALIGN: Final = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_LINES: Final = {
    "single": "solid",
    "thick": "solid",
    "double": "double",
    "dotted": "dotted",
    "dashed": "dashed",
    "dash": "dashed",
}
_SIDES: Final = (("top", "top"), ("left", "left"), ("bottom", "bottom"), ("right", "right"))
_DEFAULT_FACE: Final = "SimSun"
_SIGNS: Final = "signs"
"""The faces of signs such as ticked boxes, which faces of text lack."""
_DEFAULT_SIZE_PT: Final = 10.5
_SINGLE: Final = 240
"""What Word calls a line of its own height."""
_SONG_LINE: Final = 1.0
"""The height of a line of the pinned Song face, in its size."""
_SONG_ABOVE_MIDDLE: Final = 0.359
"""How far above the baseline the middle of a Song face lies, in its size (220 and 36 of 256)."""

Properties = Mapping[str, Mapping[str, str]]
"""By element name without namespace (``jc``), its attributes without namespace."""


def properties(element: etree._Element | None) -> dict[str, dict[str, str]]:
    """Return the children of a ``…Pr`` element with their attributes, a list's beside them."""
    if element is None:
        return {}
    found = {
        _bare(child.tag): {_bare(str(key)): str(value) for key, value in child.attrib.items()}
        for child in element.iterchildren(f"{W}*")
    }
    return found | properties(element.find(f"{W}numPr")) if "numPr" in found else found


def _bare(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def merged(*layers: Properties) -> dict[str, dict[str, str]]:
    """Lay properties over one another; the last wins, attribute by attribute."""
    result: dict[str, dict[str, str]] = {}
    for layer in layers:
        for name, attributes in layer.items():
            result[name] = {**result.get(name, {}), **attributes}
    return result


def switched_on(found: Properties, name: str) -> bool:
    """Whether a toggle such as bold is on."""
    return name in found and found[name].get("val", "1") not in {"0", "false", "off", "none"}


def size_of(found: Properties) -> float:
    """Return the size of a run's characters in points."""
    return float(found["sz"]["val"]) / 2 if "sz" in found else _DEFAULT_SIZE_PT


def points(twentieths: str) -> float:
    """Turn Word's twentieths of a point into points."""
    return float(twentieths) / 20


@dataclass(frozen=True, slots=True)
class Faces:
    """Which installed families stand for a face of a Word file, plain and bold."""

    plain: Mapping[str, tuple[str, ...]]
    bold: Mapping[str, tuple[str, ...]]

    def families(self, face: str, *, bold: bool) -> tuple[str, ...]:
        """Return the families to try, best first; an unknown face is tried by its own name."""
        usual = self.plain.get(face, (face, *self.plain[_DEFAULT_FACE]))
        return (*(self.bold.get(face, ()) if bold else ()), *usual, *self.plain[_SIGNS])


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file, resolved on demand."""

    by_id: Mapping[str, etree._Element]
    default_paragraph: Properties
    default_run: Properties
    normal: str
    faces: Faces
    chains: dict[tuple[str, str], Properties] = field(default_factory=dict)
    """What ``chain`` answered before: a letter asks for the same few styles hundreds of times."""
    fonts: dict[tuple[str, bool], str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None, faces: Faces) -> "Styles":
        """Read ``word/styles.xml``; a file without it has no styles."""
        if root is None:
            return cls({}, {}, {}, "", faces)
        by_id = {str(style.get(f"{W}styleId")): style for style in root.iterchildren(f"{W}style")}
        normal = next(
            (
                name
                for name, style in by_id.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1"
            ),
            "",
        )
        base = f"{W}docDefaults/{W}"
        return cls(
            by_id,
            properties(root.find(f"{base}pPrDefault/{W}pPr")),
            properties(root.find(f"{base}rPrDefault/{W}rPr")),
            normal,
            faces,
        )

    def chain(self, style_id: str, kind: str) -> Properties:
        """Return the ``kind`` (pPr, rPr, tblPr …) of a style over those it is based on."""
        asked = (style_id, kind)
        if asked not in self.chains:
            self.chains[asked] = self._chain(style_id, kind)
        return self.chains[asked]

    def _chain(self, style_id: str, kind: str) -> Properties:
        layers: list[Properties] = []
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            layers.append(properties(style.find(f"{W}{kind}")))
            based_on = style.find(f"{W}basedOn")
            style_id = "" if based_on is None else str(based_on.get(f"{W}val"))
        return merged(*reversed(layers))

    def table_borders(self, style_id: str) -> dict[str, dict[str, str]]:
        """Return the borders a table style draws."""
        found: dict[str, dict[str, str]] = {}
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            found = merged(properties(style.find(f"{W}tblPr/{W}tblBorders")), found)
            based_on = style.find(f"{W}basedOn")
            style_id = "" if based_on is None else str(based_on.get(f"{W}val"))
        return found

    def paragraph(self, paragraph: etree._Element, table: str) -> dict[str, dict[str, str]]:
        """Return all paragraph properties that count; ``table`` is the style of its table, if any."""
        own = properties(paragraph.find(f"{W}pPr"))
        style = own.get("pStyle", {}).get("val", self.normal)
        return merged(
            self.default_paragraph, self.chain(table, "pPr"), self.chain(style, "pPr"), own
        )

    def run(self, run: etree._Element, paragraph_style: str) -> Properties:
        """Return all run properties that count."""
        own = properties(run.find(f"{W}rPr"))
        style = paragraph_style or self.normal
        base = self._run_base(style, own.get("rStyle", {}).get("val", ""))
        return merged(base, own) if own else base

    def _run_base(self, style: str, named: str) -> Properties:
        asked = (style, f"rPr over {named}")
        if asked not in self.chains:
            self.chains[asked] = merged(
                self.default_run, self.chain(style, "rPr"), self.chain(named, "rPr")
            )
        return self.chains[asked]

    def run_css(self, found: Properties) -> str:
        """Return run properties as CSS declarations."""
        face = found.get("rFonts", {}).get("eastAsia", _DEFAULT_FACE)
        bold = switched_on(found, "b")
        size = size_of(found)
        css = [self._families_css(face, bold=bold), f"font-size:{size:g}pt"]
        if bold:
            css.append("font-weight:bold")
        if switched_on(found, "i"):
            css.append("font-style:italic")
        lines = [
            line
            for line, on in (
                ("underline", found.get("u", {}).get("val", "none") != "none"),
                ("line-through", switched_on(found, "strike")),
            )
            if on
        ]
        if lines:
            css.append("text-decoration:" + " ".join(lines))
        colour = found.get("color", {}).get("val", "auto")
        if colour != "auto":
            css.append(f"color:#{_quoted(colour)}")
        raised = found.get("vertAlign", {}).get("val")
        if raised in {"superscript", "subscript"}:
            css.append(f"vertical-align:{raised.removesuffix('script')};font-size:{size * 0.6:g}pt")
        if "spacing" in found:
            css.append(f"letter-spacing:{points(found['spacing'].get('val', '0')):g}pt")
        return ";".join(css)

    def _families_css(self, face: str, *, bold: bool) -> str:
        if (face, bold) not in self.fonts:
            families = self.faces.families(face, bold=bold)
            named = ",".join(f"'{_quoted(family)}'" for family in families)
            self.fonts[face, bold] = f"font-family:{named}"
        return self.fonts[face, bold]


def paragraph_css(found: Properties, size_pt: float, grid_pt: float, largest_pt: float) -> str:
    """Return paragraph properties as CSS.

    ``size_pt`` measures indents counted in characters; ``grid_pt`` is the pitch of the page's line
    grid (文档网格), 0 where it has none, which the ``largest_pt`` of the runs must fit.
    """
    css = [f"text-align:{_ALIGN.get(found.get('jc', {}).get('val', 'left'), 'left')}"]
    spacing, indent = found.get("spacing", {}), found.get("ind", {})
    above, below = points(spacing.get("before", "0")), points(spacing.get("after", "0"))
    left = points(indent.get("left", indent.get("start", "0")))
    right = points(indent.get("right", indent.get("end", "0")))
    css.append(f"margin:{above:g}pt {right:g}pt {below:g}pt {left:g}pt")
    first = points(indent.get("firstLine", "0")) - points(indent.get("hanging", "0"))
    if "firstLineChars" in indent:
        first = float(indent["firstLineChars"]) / 100 * size_pt
    if first:
        css.append(f"text-indent:{first:g}pt")
    snaps = "snapToGrid" not in found or switched_on(found, "snapToGrid")
    css.append(f"line-height:{_line_height(spacing, grid_pt if snaps else 0, largest_pt)}")
    if switched_on(found, "keepNext"):
        css.append("break-after:avoid")
    if switched_on(found, "keepLines"):
        css.append("break-inside:avoid")
    if switched_on(found, "pageBreakBefore"):
        css.append("break-before:page")
    return ";".join(css)


def _line_height(spacing: Mapping[str, str], grid_pt: float, largest_pt: float) -> str:
    """Return the height of a line: what it says, or a multiple of its own or of the grid's."""
    rule, line = spacing.get("lineRule", "auto"), float(spacing.get("line", _SINGLE))
    if rule == "exact":
        return f"{line / 20:g}pt"
    if rule == "atLeast":
        return f"{max(line / 20, largest_pt * _SONG_LINE):g}pt"
    if grid_pt:
        return f"{ceil(largest_pt * _SONG_LINE / grid_pt) * grid_pt * line / _SINGLE:g}pt"
    return f"{_SONG_LINE * line / _SINGLE:g}"


def without_spacing_between(
    paragraph: etree._Element, found: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Leave away the space between paragraphs of one style where the style says so."""
    if not switched_on(found, "contextualSpacing"):
        return found
    spacing = dict(found.get("spacing", {}))
    for neighbour, side in ((paragraph.getprevious(), "before"), (paragraph.getnext(), "after")):
        if neighbour is not None and _style_of(neighbour) == _style_of(paragraph):
            spacing[side] = "0"
    return {**found, "spacing": spacing}


def _style_of(paragraph: etree._Element) -> tuple[str, str]:
    style = properties(paragraph.find(f"{W}pPr")).get("pStyle", {}).get("val", "")
    return str(paragraph.tag), style


def number_css(found: Properties, suffix: str) -> str:
    """Return what a number before a paragraph takes: up to the tab it is as wide as it hangs."""
    hanging = points(found.get("ind", {}).get("hanging", "0"))
    if suffix != "tab" or not hanging:
        return ""
    return f";display:inline-block;text-indent:0;min-width:{hanging:g}pt"


def exact_line_css(found: Properties, size_pt: float) -> str:
    """Return what the text of a line of exact height takes; empty where the line is of another.

    Such a line is as high as it says, whatever faces stand in it, and four fifths of it lie above
    the baseline; CSS would put the characters in the middle.
    """
    spacing = found.get("spacing", {})
    if "line" not in spacing or spacing.get("lineRule") != "exact":
        return ""
    above = 0.5 * float(spacing["line"]) / 20 + _SONG_ABOVE_MIDDLE * size_pt
    return f"line-height:0;vertical-align:{above - 0.8 * float(spacing['line']) / 20:.2f}pt"


def border_css(borders: Properties, outer: Mapping[str, bool] | None = None) -> str:
    """Return borders as CSS.

    ``outer`` says, for the cell of a table, on which sides it lies at the table's edge: there the
    table's outer lines count, elsewhere its inner ones.
    """
    css = []
    for side, css_side in _SIDES:
        name = side
        if outer is not None and not outer[side]:
            name = "insideH" if side in {"top", "bottom"} else "insideV"
        line = borders.get(name) or borders.get({"left": "start", "right": "end"}.get(name, ""))
        if line is None:
            continue
        style = _LINES.get(line.get("val", "nil"))
        width = max(float(line.get("sz", "4")) / 8, 0.25)
        css.append(
            f"border-{css_side}:{width:g}pt {style} #000" if style else f"border-{css_side}:hidden"
        )
    return ";".join(css)


def widths_css(widths: Iterable[float]) -> str:
    """Return a ``colgroup`` of columns ``widths`` points wide."""
    return "".join(f'<col style="width:{width:g}pt">' for width in widths)


@lru_cache(maxsize=256)
def _quoted(name: str) -> str:
    """Keep only what a font's name or a colour consists of."""
    return "".join(letter for letter in name if letter.isalnum() or letter in " _-")
