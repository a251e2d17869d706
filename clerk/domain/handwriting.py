"""A signature by hand (手写签名): strokes of a pen with their time, bound to the page that was shown.

Lengths are hundredths of a millimetre from the upper left corner of the pad, times milliseconds
since the pen first touched it, pressure runs from 0 to ``FULL_PRESSURE``. What is no handwriting,
is too large for one, or was not written by a hand in time is refused before anything is drawn.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, groupby, pairwise
from math import hypot

from clerk.domain.errors import BadInput, ClerkError
from clerk.values import dataclass, field_names, replace

FULL_PRESSURE = 1000
MOST_STROKES = 400
MOST_POINTS = 20_000
MOST_MS = 10 * 60 * 1000
LEAST_SIDE, MOST_SIDE = 1_000, 60_000
"""From 10 mm to 600 mm, of the pad."""
LEAST_INK = 500
"""Hundredths of a millimetre of line; less than 5 mm is a touch, not a signature."""
LONGEST_SIGNER = 200
LARGEST_BYTES = 2_000_000
"""Of the stored form; ``MOST_POINTS`` points need less than half of it."""

_DIGEST = re.compile("[0-9a-f]{64}")
_THICKNESSES = 6
_THINNEST, _THICKEST = 30, 110
"""Hundredths of a millimetre of line, without and with full pressure."""
_DOTS = 1_000
"""In how many whole steps a signature is drawn from end to end: finer than a printer's own."""
_NEAREST = 5
"""Points nearer to each other than so many of these steps are one on paper."""


class HandwritingRefused(BadInput):
    """What came from the pad is no signature that can be kept."""


class PageChanged(ClerkError):
    """The page that was signed is no longer the page that would be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where the pen was, when, and how firmly."""

    x: int
    y: int
    ms: int
    pressure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handwriting:
    """A signature as it was written, by whom, when it was done, and below which page.

    ``page_sha256`` is the digest of the very file that was on the screen, ``width`` and ``height``
    are the pad's.

    Raises:
        HandwritingRefused: on making one that cannot be a signature.
    """

    strokes: tuple[tuple[Point, ...], ...]
    width: int
    height: int
    page_sha256: str
    signed_at: datetime
    signer: str

    def __post_init__(self) -> None:
        _check_amount(self.strokes)
        _check_frame(self)
        _check_points(self)
        _check_ink(self.strokes)


def require_same_page(handwriting: Handwriting, page_sha256: str) -> None:
    """Let a signature stand only below the page it was written under.

    Raises:
        PageChanged: the page is another one by now.
    """
    if handwriting.page_sha256 != page_sha256:
        raise PageChanged("签字后文书内容变了，这次签名没有用上。请申请人看过新的一页再签")


def svg(handwriting: Handwriting) -> str:
    """Return the signature as one SVG picture of nothing but lines, cut to what was written.

    Only numbers of the handwriting go into it, so it may stand in any paper as it is.
    """
    everything = tuple(chain.from_iterable(handwriting.strokes))
    left = min(point.x for point in everything) - _THICKEST
    top = min(point.y for point in everything) - _THICKEST
    width = max(point.x for point in everything) + _THICKEST - left
    height = max(point.y for point in everything) + _THICKEST - top
    dot = max(1, max(width, height) // _DOTS)
    lines = "".join(
        f'<path d="{path}" stroke-width="{thickness / dot:.3g}"/>'
        for stroke in handwriting.strokes
        for thickness, path in _paths_of(_in_dots(stroke, left, top, dot))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width // dot} {height // dot}"'
        f' width="{_millimetres(width)}" height="{_millimetres(height)}">'
        '<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">'
        f"{lines}</g></svg>"
    )


def plain(handwriting: Handwriting) -> bytes:
    """Return the form it is stored in: JSON, each point as four numbers."""
    return json.dumps(
        {
            "strokes": [
                [[point.x, point.y, point.ms, point.pressure] for point in stroke]
                for stroke in handwriting.strokes
            ],
            "width": handwriting.width,
            "height": handwriting.height,
            "page_sha256": handwriting.page_sha256,
            "signed_at": handwriting.signed_at.isoformat(),
            "signer": handwriting.signer,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_plain(content: bytes) -> Handwriting:
    """Read what ``plain`` wrote.

    Raises:
        HandwritingRefused: it is something else, or damaged.
    """
    if len(content) > LARGEST_BYTES:
        raise _too_much()
    try:
        held = json.loads(content)
        return Handwriting(
            strokes=tuple(
                tuple(Point(x=x, y=y, ms=ms, pressure=hard) for x, y, ms, hard in stroke)
                for stroke in held["strokes"]
            ),
            width=held["width"],
            height=held["height"],
            page_sha256=held["page_sha256"],
            signed_at=datetime.fromisoformat(held["signed_at"]),
            signer=held["signer"],
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise HandwritingRefused("这份签名记录读不出来，没有用上。请申请人重新签") from error


# What is refused ------------------------------------------------------------


def _too_much() -> HandwritingRefused:
    return HandwritingRefused("签名的笔画多得不像签名，没有留下。点“重写”再签一次")


def _garbled() -> HandwritingRefused:
    return HandwritingRefused("签字屏传来的笔迹不对，没有留下。点“重写”再签一次")


def _check_amount(strokes: tuple[tuple[Point, ...], ...]) -> None:
    if not strokes or not all(strokes):
        raise HandwritingRefused("还没有写下签名。请申请人在框里签上名字")
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise _too_much()


def _check_frame(held: Handwriting) -> None:
    whole = _is_whole(held.width) and _is_whole(held.height)
    if not whole or not all(LEAST_SIDE <= side <= MOST_SIDE for side in (held.width, held.height)):
        raise _garbled()
    if not _is_text(held.page_sha256) or not _DIGEST.fullmatch(held.page_sha256):
        raise _garbled()
    if held.signed_at.tzinfo is None:
        raise _garbled()
    if not _is_text(held.signer) or not 0 < len(held.signer.strip()) <= LONGEST_SIGNER:
        raise _garbled()


def _check_points(held: Handwriting) -> None:
    before = 0
    for point in chain.from_iterable(held.strokes):
        if not all(_is_whole(getattr(point, name)) for name in field_names(Point)):
            raise _garbled()
        inside = 0 <= point.x <= held.width and 0 <= point.y <= held.height
        if not inside or not 0 <= point.pressure <= FULL_PRESSURE:
            raise _garbled()
        if not before <= point.ms <= MOST_MS:
            raise _garbled()
        before = point.ms


def _is_whole(number: object) -> bool:
    """Whether it is a whole number; what is not finite never is."""
    return isinstance(number, int) and not isinstance(number, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _check_ink(strokes: tuple[tuple[Point, ...], ...]) -> None:
    ink = sum(
        hypot(there.x - here.x, there.y - here.y)
        for stroke in strokes
        for here, there in pairwise(stroke)
    )
    if ink < LEAST_INK:
        raise HandwritingRefused("只碰了一下，还不是签名。请申请人在框里签上名字")


# How it is drawn ------------------------------------------------------------


def _in_dots(stroke: tuple[Point, ...], left: int, top: int, dot: int) -> tuple[Point, ...]:
    """Return a stroke in steps of ``dot`` from its corner; both its ends stay, near points go."""
    whole = [
        replace(point, x=(point.x - left) // dot, y=(point.y - top) // dot) for point in stroke
    ]
    kept = whole[:1]
    for point in whole[1:-1]:
        if hypot(point.x - kept[-1].x, point.y - kept[-1].y) >= _NEAREST:
            kept.append(point)
    return (*kept, *whole[1:][-1:])


def _paths_of(stroke: tuple[Point, ...]) -> Iterator[tuple[int, str]]:
    """Yield the lines of one stroke: curves from the middle of one step to that of the next."""
    if len(stroke) == 1:
        dot = stroke[0]
        yield _thickness(dot), f"M{dot.x} {dot.y}h0"
        return
    ends = [stroke[0], *(_between(*step) for step in pairwise(stroke)), stroke[-1]]
    bends = [
        (_thickness(bend), start, bend, end)
        for bend, (start, end) in zip(stroke, pairwise(ends), strict=True)
    ]
    for thickness, run in groupby(bends, key=lambda one: one[0]):
        stretch = list(run)
        start = stretch[0][1]
        path = "".join(_curve(*ends_and_bend) for _, *ends_and_bend in stretch)
        yield thickness, f"M{start.x} {start.y}{path}"


def _curve(start: Point, bend: Point, end: Point) -> str:
    """Return the curve that ``bend`` pulls aside, as a PDF has curves, in whole steps.

    A printer would make fractions with six places of it, which weigh more than the letter's words.
    """
    towards = (((one.x + 2 * bend.x) // 3, (one.y + 2 * bend.y) // 3) for one in (start, end))
    (x1, y1), (x2, y2) = towards
    return f"C{x1} {y1} {x2} {y2} {end.x} {end.y}"


def _between(here: Point, there: Point) -> Point:
    return Point(
        x=(here.x + there.x) // 2, y=(here.y + there.y) // 2, ms=here.ms, pressure=here.pressure
    )


def _thickness(point: Point) -> int:
    level = min(_THICKNESSES - 1, point.pressure * _THICKNESSES // FULL_PRESSURE)
    return _THINNEST + (_THICKEST - _THINNEST) * level // (_THICKNESSES - 1)


def _millimetres(length: int) -> str:
    return f"{length / 100:.2f}mm"
