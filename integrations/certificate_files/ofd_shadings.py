"""Gradients of OFD (GB/T 33190 8.3.4) and the shadings of PDF they become."""

import math
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files.ofd_reading import (
    IDENTITY,
    Element,
    Matrix,
    attribute,
    child,
    children,
    local,
    number,
    numbers,
)

Colour = tuple[float, float, float]
ReadColour = Callable[[Element | None], tuple[Colour, float]]

_MOST_STOPS: Final = 256
_MOST_REPEATS: Final = 64
_MOST_POINTS: Final = 20_000
_MESH_SIDE: Final = 1e5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A colour somewhere along the axis, from 0 to 1."""

    at: float
    colour: Colour
    opacity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """Along an axis (four coordinates) or between two circles (six), in the space ``matrix``."""

    coordinates: tuple[float, ...]
    stops: tuple[Stop, ...]
    before: bool
    beyond: bool
    matrix: Matrix = IDENTITY

    @property
    def clear(self) -> bool:
        """Return whether one can see through any part of it."""
        return any(stop.opacity < 1 for stop in self.stops)

    def dictionary(self) -> str:
        return self._dictionary(
            "/DeviceRGB", [" ".join(f"{part:.4f}" for part in stop.colour) for stop in self.stops]
        )

    def opacities(self) -> str:
        """Return the same shading with its opacity as the lightness."""
        return self._dictionary("/DeviceGray", [f"{stop.opacity:.4f}" for stop in self.stops])

    def _dictionary(self, space: str, colours: list[str]) -> str:
        kind = 2 if len(self.coordinates) == 4 else 3
        places = " ".join(f"{place:.5f}" for place in self.coordinates)
        ends = " ".join(str(end).lower() for end in (self.before, self.beyond))
        return (
            f"<</ShadingType {kind}/ColorSpace{space}/Coords[{places}]/Extend[{ends}]"
            f"/Function {self._function(colours)}>>"
        )

    def _function(self, colours: list[str]) -> str:
        pieces = "".join(
            f"<</FunctionType 2/Domain[0 1]/N 1/C0[{colour}]/C1[{following}]>>"
            for colour, following in pairwise(colours)
        )
        bounds = " ".join(f"{stop.at:.6f}" for stop in self.stops[1:-1])
        encoded = "0 1 " * (len(colours) - 1)
        return (
            f"<</FunctionType 3/Domain[0 1]/Functions[{pieces}]"
            f"/Bounds[{bounds}]/Encode[{encoded}]>>"
        )


Vertex = tuple[float, float, Colour]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """Triangles whose colours run from corner to corner."""

    corners: tuple[Vertex, ...]
    back: Colour | None = None

    def dictionary(self) -> str:
        """Return what stands before the stream of its corners."""
        side = f"{_MESH_SIDE:.0f}"
        back = "" if self.back is None else "/Background[{} {} {}]".format(*self.back)
        return (
            "/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 32/BitsPerComponent 8"
            f"/BitsPerFlag 8/Decode[-{side} {side} -{side} {side} 0 1 0 1 0 1]{back}"
        )

    def stream(self) -> bytes:
        return b"".join(
            struct.pack(">BII3B", 0, _packed(x), _packed(y), *(round(part * 255) for part in rgb))
            for x, y, rgb in self.corners
        )


def _packed(place: float) -> int:
    share = (min(_MESH_SIDE, max(-_MESH_SIDE, place)) + _MESH_SIDE) / (2 * _MESH_SIDE)
    return round(share * 0xFFFFFFFF)


def shade_of(element: Element, colour: ReadColour) -> Gradient | Mesh | None:
    """Return what is described; None where the kind is unknown or too little is said.

    Raises:
        ValueError: a number is none.
    """
    match local(element).lower():
        case "axialshd":
            return _axial(element, colour)
        case "radialshd":
            return _radial(element, colour)
        case "gouraudshd":
            return _gouraud(element, colour)
        case "lagouraudshd":
            return _lattice(element, colour)
    return None


def _axial(element: Element, colour: ReadColour) -> Gradient | None:
    stops = _stops(element, colour)
    start, end = _point(element, "StartPoint"), _point(element, "EndPoint")
    if not stops or start is None or end is None:
        return None
    return _repeated(element, (*start, *end), stops)


def _radial(element: Element, colour: ReadColour) -> Gradient | None:
    stops = _stops(element, colour)
    start, end = _point(element, "StartPoint"), _point(element, "EndPoint")
    if not stops or start is None or end is None:
        return None
    first = max(0.0, number(attribute(element, "StartRadius"), 0.0))
    last = max(0.0, number(attribute(element, "EndRadius"), 0.0))
    flat = math.sqrt(1 - min(0.9999, max(0.0, number(attribute(element, "Eccentricity"), 0))) ** 2)
    turn = math.radians(number(attribute(element, "Angle"), 0.0))
    # Ellipses are circles in a space pressed together across their long axis.
    cos, sin = math.cos(turn), math.sin(turn)
    slant = cos * sin * (1 - flat)
    along, across = cos * cos + flat * sin * sin, sin * sin + flat * cos * cos
    places = tuple(
        value
        for (x, y), radius in ((start, first), (end, last))
        for value in ((across * x - slant * y) / flat, (along * y - slant * x) / flat, radius)
    )
    return _repeated(element, places, stops, (along, slant, slant, across, 0.0, 0.0))


def _point(element: Element, name: str) -> tuple[float, float] | None:
    given = numbers(attribute(element, name))
    return (given[0], given[1]) if len(given) == 2 else None


def _stops(element: Element, colour: ReadColour) -> tuple[Stop, ...]:
    """Read the segments; positions that are not written lie evenly between their neighbours."""
    segments = list(children(element, "Segment"))[:_MOST_STOPS]
    if not segments:
        return ()
    written = [attribute(one, "Position") for one in segments]
    places: list[float | None] = [number(word, 0.0) if word else None for word in written]
    places[0] = places[0] or 0.0
    if places[-1] is None:
        places[-1] = 1.0
    known = [at for at, place in enumerate(places) if place is not None]
    filled: list[float] = []
    for left, right in pairwise(known):
        low, high = places[left] or 0.0, places[right] or 0.0
        filled += [low + (high - low) * (at - left) / (right - left) for at in range(left, right)]
    filled.append(places[-1] or 0.0)
    stops = []
    reached = 0.0
    for place, segment in zip(filled, segments, strict=True):
        reached = min(1.0, max(reached, place))
        rgb, opacity = colour(child(segment, "Color"))
        stops.append(Stop(at=reached, colour=rgb, opacity=opacity))
    return _from_0_to_1(stops)


def _from_0_to_1(stops: list[Stop]) -> tuple[Stop, ...]:
    first, last = stops[0], stops[-1]
    if first.at > 0:
        stops = [Stop(at=0.0, colour=first.colour, opacity=first.opacity), *stops]
    if last.at < 1 or len(stops) == 1:
        stops = [*stops, Stop(at=1.0, colour=last.colour, opacity=last.opacity)]
    return tuple(stops)


def _repeated(
    element: Element,
    places: tuple[float, ...],
    stops: tuple[Stop, ...],
    matrix: Matrix = IDENTITY,
) -> Gradient:
    """Write a repeated or mirrored gradient out as one long one."""
    extend = int(number(attribute(element, "Extend"), 0.0))
    before, beyond = extend in {1, 3}, extend in {2, 3}
    kind = attribute(element, "MapType").lower()
    half = len(places) // 2
    start, end = places[:half], places[half:]
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if half == 3:
        length = max(length, abs(end[2] - start[2]))
    unit = number(attribute(element, "MapUnit"), length) or length
    if kind not in {"repeat", "reflect"} or not length or unit <= 0:
        return Gradient(
            coordinates=places, stops=stops, before=before, beyond=beyond, matrix=matrix
        )
    step = [(there - here) * unit / length for here, there in zip(start, end, strict=True)]
    first = -_MOST_REPEATS // 2 if before else 0
    last = _MOST_REPEATS // 2 if beyond else min(_MOST_REPEATS, math.ceil(length / unit))
    if half == 3:  # no circle is smaller than a point
        first = _while_round(start[2], step[2], first, -1)
        last = _while_round(start[2], step[2], last, 1)
    last = max(last, first + 1)
    return Gradient(
        coordinates=tuple(
            here + each * count
            for count in (first, last)
            for here, each in zip(start, step, strict=True)
        ),
        stops=tuple(_run(stops, first, last, mirrored=kind == "reflect")),
        before=False,
        beyond=False,
        matrix=matrix,
    )


def _while_round(radius: float, step: float, count: int, towards: int) -> int:
    reached = 0
    while reached != count and radius + step * (reached + towards) >= 0:
        reached += towards
    return reached


def _run(stops: tuple[Stop, ...], first: int, last: int, *, mirrored: bool) -> Iterator[Stop]:
    back = tuple(
        Stop(at=1 - stop.at, colour=stop.colour, opacity=stop.opacity) for stop in reversed(stops)
    )
    for count in range(first, last):
        for stop in back if mirrored and count % 2 else stops:
            at = (count - first + stop.at) / (last - first)
            yield Stop(at=at, colour=stop.colour, opacity=stop.opacity)


def _vertices(element: Element, colour: ReadColour) -> list[tuple[Vertex, int]]:
    return [
        (
            (
                number(attribute(point, "X"), 0.0),
                number(attribute(point, "Y"), 0.0),
                colour(child(point, "Color"))[0],
            ),
            int(number(attribute(point, "EdgeFlag"), 0.0)),
        )
        for point in list(children(element, "Point"))[:_MOST_POINTS]
    ]


def _gouraud(element: Element, colour: ReadColour) -> Mesh | None:
    """Read triangles; a later point may share an edge with the triangle before (8.3.4.4)."""
    points = _vertices(element, colour)
    corners: list[Vertex] = []
    at = 0
    while at < len(points):
        point, edge = points[at]
        if edge in {1, 2} and corners:
            corners += [corners[-2 if edge == 1 else -3], corners[-1], point]
            at += 1
        elif at + 3 <= len(points):
            corners += [vertex for vertex, _ in points[at : at + 3]]
            at += 3
        else:
            break
    return _mesh(element, corners, colour)


def _lattice(element: Element, colour: ReadColour) -> Mesh | None:
    points = [vertex for vertex, _ in _vertices(element, colour)]
    width = int(number(attribute(element, "VerticesPerRow"), 0.0))
    corners: list[Vertex] = []
    if width >= 2:
        for top in range(0, len(points) - 2 * width + 1, width):
            for left in range(top, top + width - 1):
                below = left + width
                corners += [points[left], points[left + 1], points[below]]
                corners += [points[left + 1], points[below], points[below + 1]]
    return _mesh(element, corners, colour)


def _mesh(element: Element, corners: list[Vertex], colour: ReadColour) -> Mesh | None:
    back = child(element, "BackColor")
    if not corners:
        return None
    return Mesh(corners=tuple(corners), back=None if back is None else colour(back)[0])
