"""Reads the words of OFD elements: numbers, boxes, matrices, whatever the namespace or case.

Files in the field write names in other namespaces, attributes in other case and numbers with
commas. What cannot be understood at all raises ``ValueError``; who draws skips that one object.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

Element = etree._Element  # noqa: SLF001  lxml's only name of the type
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Attributes = dict[str, str]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_LARGEST: Final = 1e7
_SEPARATORS: Final = re.compile(r"[\s,]+")
_TRUE: Final = frozenset({"true", "1", "yes"})
_FALSE: Final = frozenset({"false", "0", "no"})


def local(element: Element) -> str:
    """Return the name without its namespace."""
    return element.tag.rpartition("}")[2]


def attributes(element: Element) -> Attributes:
    """Return all attributes by lower-case names without their namespaces."""
    return {_plain(str(name)): str(value) for name, value in element.attrib.items()}


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return name.rpartition("}")[2].lower()


def attribute(element: Element, name: str) -> str:
    found = element.get(name)
    return (attributes(element).get(name.lower(), "") if found is None else str(found)).strip()


def children(element: Element, *names: str) -> Iterator[Element]:
    wanted = {name.lower() for name in names}
    return (below for below in element if local(below).lower() in wanted)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of that name, or of a path of names."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def number(text: str | None, default: float) -> float:
    """Return a number, ``default`` where there is none.

    Raises:
        ValueError: what stands there is no number a page could hold.
    """
    if text is None or not text.strip():
        return default
    return _number(text.strip())


def numbers(text: str | None) -> tuple[float, ...]:
    """Return all numbers of a list; the error is that of ``number``."""
    return tuple(_number(word) for word in _SEPARATORS.split(text or "") if word)


def _number(word: str) -> float:
    found = float(int(word[1:], 16)) if word.startswith("#") else float(word)
    if not math.isfinite(found) or abs(found) > _LARGEST:
        raise ValueError(word)
    return found


def flag(text: str | None, *, default: bool) -> bool:
    word = (text or "").strip().lower()
    return word in _TRUE if word in _TRUE | _FALSE else default


def box(text: str | None) -> Box | None:
    """Return left, top, width and height; None where nothing is said.

    Sizes may be negative: makers write what stands to the left of its place that way.

    Raises:
        ValueError: there are not four numbers.
    """
    if text is None or not text.strip():
        return None
    left, top, width, height = numbers(text)
    return left, top, width, height


def matrix(text: str | None) -> Matrix | None:
    """Return the six numbers of a CTM; None where there is none."""
    if text is None or not text.strip():
        return None
    a, b, c, d, e, f = numbers(text)
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and ``then`` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(by_x: float, by_y: float) -> Matrix:
    return 1.0, 0.0, 0.0, 1.0, by_x, by_y


def stretch(matrix_: Matrix) -> float:
    """Return how many times longer a matrix makes a line, on the average of all directions."""
    a, b, c, d, _, _ = matrix_
    return math.sqrt(abs(a * d - b * c))


def inverse(matrix_: Matrix) -> Matrix | None:
    """Return the matrix that undoes another; None where nothing can."""
    a, b, c, d, e, f = matrix_
    size = a * d - b * c
    if not size:
        return None
    return (
        d / size,
        -b / size,
        -c / size,
        a / size,
        (c * f - d * e) / size,
        (b * e - a * f) / size,
    )


def upright(area: Box) -> Box:
    """Return the same box with sizes that are not negative."""
    left, top, width, height = area
    return min(left, left + width), min(top, top + height), abs(width), abs(height)


def around(area: Box, matrix_: Matrix) -> Box:
    """Return the upright box around a box that a matrix has moved and turned."""
    left, top, width, height = area
    a, b, c, d, e, f = matrix_
    corners = [(x, y) for x in (left, left + width) for y in (top, top + height)]
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    return min(across), min(down), max(across) - min(across), max(down) - min(down)
