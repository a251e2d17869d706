"""Outlines: the abbreviated path data of OFD (GB/T 33190 9.3), and how a PDF writes them.

A step is a letter of PDF (``m``, ``l``, ``c``, ``h``) and its numbers; arcs and quadratic curves
become cubic ones, which is exact for the latter and good to a 10,000th of the radius for arcs.
"""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Final

from integrations.certificate_files.ofd_reading import Matrix, number

Step = tuple[str, tuple[float, ...]]
Outline = list[Step]

_WORDS: Final = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WRITTEN: Final = {
    "m": "%.5f %.5f m",
    "l": "%.5f %.5f l",
    "c": "%.5f %.5f %.5f %.5f %.5f %.5f c",
    "h": "h",
}
_OPERANDS: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def outline_of(data: str) -> Outline:
    """Return the outline that ``AbbreviatedData`` describes.

    Raises:
        ValueError: an operator is unknown, or has not all of its numbers.
    """
    steps: Outline = []
    start = here = (0.0, 0.0)
    for letter, given in _commands(data):
        match letter:
            case "S" | "M":
                start = here = (given[0], given[1])
                steps.append(("m", given))
            case "L":
                here = (given[0], given[1])
                steps.append(("l", given))
            case "Q":
                steps.append(quadratic(here, given))
                here = (given[2], given[3])
            case "B":
                steps.append(("c", given))
                here = (given[4], given[5])
            case "A":
                end = (given[5], given[6])
                steps.extend(_arc(here, given, end))
                here = end
            case _:
                steps.append(("h", ()))
                here = start
    return _begun(steps)


def _begun(steps: Outline) -> Outline:
    """Return the outline with a first point: a file may begin with a line, at 0, 0."""
    return [("m", (0.0, 0.0)), *steps] if steps and steps[0][0] != "m" else steps


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    words = _WORDS.findall(data)
    at = 0
    letter = ""
    while at < len(words):
        if words[at].isalpha():
            letter = words[at].upper()
            at += 1
        elif letter in {"", "C"}:
            raise ValueError(words[at])
        wanted = _OPERANDS.get(letter)
        if wanted is None or at + wanted > len(words):
            raise ValueError(letter)
        yield letter, tuple(number(word, 0.0) for word in words[at : at + wanted])
        at += wanted


def quadratic(here: tuple[float, float], given: tuple[float, ...]) -> Step:
    """Return the cubic curve that is a quadratic one from ``here``, by its middle and its end."""
    middle_x, middle_y, x, y = given
    return (
        "c",
        (
            here[0] + (middle_x - here[0]) * 2 / 3,
            here[1] + (middle_y - here[1]) * 2 / 3,
            x + (middle_x - x) * 2 / 3,
            y + (middle_y - y) * 2 / 3,
            x,
            y,
        ),
    )


def _arc(
    start: tuple[float, float], given: tuple[float, ...], end: tuple[float, float]
) -> Iterator[Step]:
    """Draw an arc of an ellipse between two points (9.3.5), in pieces of a quarter at most."""
    radius_x, radius_y = abs(given[0]), abs(given[1])
    if start == end:
        return
    if not radius_x or not radius_y:
        yield "l", end
        return
    turn = math.radians(given[2] % 360)
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    # An ellipse too small to reach both points is enlarged until it does.
    lack = math.hypot(x / radius_x, y / radius_y)
    if lack > 1:
        radius_x, radius_y = radius_x * lack, radius_y * lack
    across = (radius_x * y) ** 2 + (radius_y * x) ** 2
    off = math.sqrt(max(0.0, (radius_x * radius_y) ** 2 - across) / across)
    large, clockwise = bool(given[3]), bool(given[4])
    if large == clockwise:
        off = -off
    centre_x, centre_y = off * radius_x * y / radius_y, -off * radius_y * x / radius_x
    first = math.atan2((y - centre_y) / radius_y, (x - centre_x) / radius_x)
    sweep = math.atan2((-y - centre_y) / radius_y, (-x - centre_x) / radius_x) - first
    if clockwise and sweep < 0:
        sweep += 2 * math.pi
    elif not clockwise and sweep > 0:
        sweep -= 2 * math.pi
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    place = (
        cos * radius_x,
        sin * radius_x,
        -sin * radius_y,
        cos * radius_y,
        cos * centre_x - sin * centre_y + middle[0],
        sin * centre_x + cos * centre_y + middle[1],
    )
    yield from transformed(_round(first, sweep), place)


def _round(first: float, sweep: float) -> Iterator[Step]:
    """Draw a part of the circle of radius 1; its first point is where the outline is already."""
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    each = sweep / pieces
    handle = 4 / 3 * math.tan(each / 4)
    for piece in range(pieces):
        begin, end = first + piece * each, first + (piece + 1) * each
        yield (
            "c",
            (
                math.cos(begin) - handle * math.sin(begin),
                math.sin(begin) + handle * math.cos(begin),
                math.cos(end) + handle * math.sin(end),
                math.sin(end) - handle * math.cos(end),
                math.cos(end),
                math.sin(end),
            ),
        )


def transformed(steps: Iterable[Step], matrix: Matrix) -> Iterator[Step]:
    a, b, c, d, e, f = matrix
    for letter, given in steps:
        yield (
            letter,
            tuple(
                value
                for x, y in zip(given[::2], given[1::2], strict=True)
                for value in (a * x + c * y + e, b * x + d * y + f)
            ),
        )


def written(steps: Iterable[Step]) -> str:
    """Return the outline as a PDF writes it."""
    return "\n".join(_WRITTEN[letter] % given for letter, given in steps)
