"""What the drawing of one page carries along, and how an object is put into its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files.ofd_colours import Colours, Paint
from integrations.certificate_files.ofd_document import Document, Params, Resources, params_of
from integrations.certificate_files.ofd_fonts import Typefaces
from integrations.certificate_files.ofd_limits import Allowance
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.ofd_reading import (
    Attributes,
    Box,
    Element,
    Matrix,
    around,
    box,
    child,
    inverse,
    matrix,
    moved,
    number,
    numbers,
    text_of,
    upright,
)
from integrations.certificate_files.page_canvas import Canvas, Line
from integrations.certificate_files.undrawn import Undrawn

_MOST_DASHES: Final = 20_000
_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_MITER_UNIT: Final = 0.3528
"""The default limit of 3.528 mm (8.2) is the ratio of 10 of every other drawing model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Where a block's objects look up what they do not say themselves."""

    resources: Resources
    params: Params = field(default_factory=Params)

    def within(self, number_: str) -> "Style":
        """Return the style of what uses a DrawParam of that number, or the same without one."""
        if not number_:
            return self
        inner = self.params.under(self.resources.params(number_))
        return Style(resources=self.resources, params=inner)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One page being drawn; what is drawn inside a seal has a sheet of its own on its canvas."""

    package: OfdPackage
    document: Document
    canvas: Canvas
    typefaces: Typefaces
    undrawn: Undrawn
    allowance: Allowance
    pixels_per_mm: float
    draw_block: "Callable[[Sheet, Element, Style], None]"
    depth: int = 0
    pictures: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _colours: dict[Resources, Colours] = field(default_factory=dict)

    def paint(self, style: Style, element: Element | None) -> Paint | None:
        """Return what a colour says; None without one."""
        if element is None:
            return None
        resources = style.resources
        if resources not in self._colours:
            space = text_of(child(self.document.common, "DefaultCS"))
            self._colours[resources] = Colours(resources, space, self.undrawn)
        return self._colours[resources].paint(element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A graphic unit (图元) as it is read: its words, its place, its colours and lines."""

    element: Element
    words: Attributes
    params: Params
    boundary: Box | None
    matrix: Matrix | None

    @property
    def line(self) -> Line:
        return line_of(self.params.words)

    @property
    def opacity(self) -> float:
        return min(255.0, max(0.0, number(self.words.get("alpha"), 255.0))) / 255


def line_of(words: Attributes) -> Line:
    """Read how a line is drawn; what is not said is as the standard wants it (8.2)."""
    dashes = numbers(words.get("dashpattern"))
    return Line(
        width=abs(number(words.get("linewidth"), 0.353)),
        cap=_CAPS.get(words.get("cap", "").lower(), 0),
        join=_JOINS.get(words.get("join", "").lower(), 0),
        miter_limit=number(words.get("miterlimit"), 10 * _MITER_UNIT) / _MITER_UNIT,
        dashes=dashes if any(dashes) and min(dashes) >= 0 else (),
        dash_offset=number(words.get("dashoffset"), 0.0),
    )


def check_dashes(line: Line, length: float) -> None:
    """Refuse a line of more dashes than anybody could see.

    Raises:
        ValueError: there are too many.
    """
    if line.dashes and length > sum(line.dashes) * _MOST_DASHES:
        raise ValueError(length)


def unit_of(element: Element, words: Attributes, style: Style) -> Unit:
    """Read what all graphic units have.

    Raises:
        ValueError: a number is none.
    """
    above = style.params
    if words.get("drawparam"):
        above = above.under(style.resources.params(words["drawparam"]))
    return Unit(
        element=element,
        words=words,
        params=above.under(params_of(element, words)),
        boundary=box(words.get("boundary")),
        matrix=matrix(words.get("ctm")),
    )


@contextmanager
def placed(canvas: Canvas, unit: Unit, slack: float) -> Iterator[None]:
    """Draw what comes in the space of the unit's boundary, and not outside of it.

    ``slack`` is how far beyond in millimetres things may be seen: half a line's width, and what
    letters stand out of boxes that were measured with another font.
    """
    with canvas.kept():
        if unit.boundary is not None:
            left, top, width, height = upright(unit.boundary)
            if width and height:
                grown = (left - slack, top - slack, width + 2 * slack, height + 2 * slack)
                canvas.clip_box(grown)
            canvas.concat(moved(*unit.boundary[:2]))
        yield


def seen(sheet: Sheet, unit: Unit) -> Box:
    """Return what can be seen of an object, in the space of its outline."""
    area = (0.0, 0.0, sheet.canvas.width, sheet.canvas.height)
    if unit.boundary is not None:
        area = upright((0.0, 0.0, *unit.boundary[2:]))
    back = None if unit.matrix is None else inverse(unit.matrix)
    return area if back is None else around(area, back)
