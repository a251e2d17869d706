"""Colours of OFD (GB/T 33190 8.3): plain ones, gradients and patterns, with their opacity."""

from typing import Final

from clerk.values import dataclass
from integrations.certificate_files.ofd_document import Resources
from integrations.certificate_files.ofd_reading import (
    Element,
    attribute,
    child,
    children,
    local,
    number,
    numbers,
    text_of,
)
from integrations.certificate_files.ofd_shadings import Colour, Gradient, Mesh, shade_of
from integrations.certificate_files.undrawn import Lack, Undrawn

BLACK: Final[Colour] = (0.0, 0.0, 0.0)
_CHANNELS: Final = {"gray": 1, "grey": 1, "rgb": 3, "cmyk": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """What an outline is filled or stroked with; ``pattern`` and ``shade`` cover ``colour``."""

    colour: Colour = BLACK
    opacity: float = 1.0
    shade: Gradient | Mesh | None = None
    pattern: Element | None = None


class Colours:
    """Reads colours with the colour spaces of one set of resources."""

    def __init__(self, resources: Resources, default_space: str, undrawn: Undrawn) -> None:
        self._resources = resources
        self._default = default_space
        self._undrawn = undrawn

    def paint(self, element: Element) -> Paint:
        """Return what ``FillColor`` or ``StrokeColor`` says; what is not understood is black."""
        opacity = _opacity(element)
        for below in element:
            kind = local(below).lower()
            if kind == "pattern":
                return Paint(opacity=opacity, pattern=below)
            if kind.endswith("shd"):
                shade = shade_of(below, self._basic)
                if shade is not None:
                    return Paint(opacity=opacity, shade=shade)
                self._undrawn.add(Lack.COLOUR)
        return Paint(colour=self._basic(element)[0], opacity=opacity)

    def _basic(self, element: Element | None) -> tuple[Colour, float]:
        """Return a colour without gradient, and its opacity."""
        if element is None:
            return BLACK, 1.0
        named = attribute(element, "ColorSpace") or self._default
        space = self._space(named)
        kind, bits = "rgb", 8
        if space is not None:
            kind = attribute(space, "Type").lower() or "rgb"
            bits = int(number(attribute(space, "BitsPerComponent"), 8))
            if attribute(space, "Profile"):
                self._undrawn.add(Lack.PROFILE)
        try:
            values = self._values(element, space)
        except (ValueError, IndexError):
            self._undrawn.add(Lack.COLOUR)
            values = ()
        if named and space is None and len(values) != _CHANNELS[kind]:
            self._undrawn.add(Lack.COLOUR)
        return _rgb(values, kind, 2 ** min(max(bits, 1), 16) - 1), _opacity(element)

    @staticmethod
    def _values(element: Element, space: Element | None) -> tuple[float, ...]:
        written = numbers(attribute(element, "Value"))
        index = attribute(element, "Index")
        if written or not index:
            return written
        palette = child(space, "Palette")
        listed = [] if palette is None else list(children(palette, "CV"))
        at = int(index)
        if at < 0:
            raise IndexError(index)
        return numbers(text_of(listed[at]))

    def _space(self, identity: str) -> Element | None:
        found = self._resources.find("ColorSpace", identity) if identity else None
        return None if found is None else found.element


def _rgb(values: tuple[float, ...], kind: str, full: float) -> Colour:
    """Translate channel values; none at all are zero in every channel (8.3.1)."""
    wanted = _CHANNELS.get(kind, 3)
    if not values:
        values = (0.0,) * wanted
    elif len(values) != wanted and len(values) not in {3, 4}:
        wanted = 1
    elif len(values) < wanted:
        wanted = 3
    share = [min(1.0, max(0.0, value / full)) for value in values[:wanted]]
    if wanted == 1:
        return share[0], share[0], share[0]
    if wanted == 4:
        cyan, magenta, yellow, black = share
        light = 1 - black
        return (1 - cyan) * light, (1 - magenta) * light, (1 - yellow) * light
    return share[0], share[1], share[2]


def _opacity(element: Element) -> float:
    return opacity_of(attribute(element, "Alpha"))


def opacity_of(word: str) -> float:
    """Return what an ``Alpha`` from 0 to 255 means; all of it where nothing is said."""
    return min(255.0, max(0.0, number(word, 255.0))) / 255
