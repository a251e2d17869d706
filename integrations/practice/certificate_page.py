"""What stands on the page of an invented certificate, and where: the same for every format.

Lengths are millimetres from the upper left corner; the place of words is the start of their base
line. The colour is red, green, blue in hexadecimal digits.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from clerk.values import dataclass
from integrations.practice.certificate_fonts import UNITS, advance
from integrations.practice.certificate_types import TYPES
from integrations.practice.holding import Holding

NOTICE: Final = "练习用，非真实证照"
PURPOSE: Final = "仅供综合窗口练习核验使用"
_LONG: Final = 297.0
_SHORT: Final = 210.0
_MARGIN: Final = 12.0
_INK: Final = "222222"
_GREY: Final = "6a6a6a"
_PALE: Final = "d2d2d2"
_TITLE: Final = 10.5
_LABEL: Final = 4.2
_SIZES: Final = (4.6, 4.2, 3.8, 3.4, 3.0)
"""Of values; the first at which everything has room is taken."""
_SMALL: Final = 2.9
_SEAL: Final = 42.0
_LABEL_WIDTH: Final = 46.0
_LINE: Final = 1.55
"""A line of text takes so many times its size."""
_GAP: Final = 0.35
"""Between two rows, in sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text."""

    x: float
    y: float
    size: float
    text: str
    colour: str = _INK
    lifted: bool = False
    """Whether it rises to the right by 30 degrees, as a watermark does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle; filled where it has no line."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    line: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something square stands."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in layers: what every certificate of its type has, its own words, the watermark."""

    width: float
    height: float
    frames: tuple[Frame, ...]
    printed: tuple[Words, ...]
    words: tuple[Words, ...]
    watermark: tuple[Words, ...]
    seal: Place

    @property
    def characters(self) -> frozenset[str]:
        """Every character that is needed."""
        return frozenset("".join(one.text for one in self.printed + self.words + self.watermark))


def width_of(text: str, size: float) -> float:
    """Return how long ``text`` is at ``size``."""
    return sum(map(advance, text)) * size / UNITS


def page_of(holding: Holding, version: int) -> Page:
    """Return the page of a certificate."""
    look = TYPES[holding.type_name]
    width, height = (_LONG, _SHORT) if look.landscape else (_SHORT, _LONG)
    left, top = 2 * _MARGIN + 6, 24.0 if look.landscape else 34.0
    return Page(
        width=width,
        height=height,
        frames=_frames(width, height, look.tone),
        printed=(_centred(width, top + _TITLE, _TITLE, holding.type_name, look.tone),),
        words=tuple(_written(holding, version, left, top + 2.2 * _TITLE, width, height)),
        watermark=tuple(_watermark(width, height)),
        seal=Place(x=width - left - _SEAL, y=height - 30 - _SEAL, size=_SEAL),
    )


def _frames(width: float, height: float, tone: str) -> tuple[Frame, ...]:
    inner = _MARGIN + 3
    return (
        Frame(x=0, y=0, width=width, height=height, colour="fffdf6"),
        *(
            Frame(
                x=edge,
                y=edge,
                width=width - 2 * edge,
                height=height - 2 * edge,
                colour=tone,
                line=line,
            )
            for edge, line in ((_MARGIN, 1.4), (inner, 0.35))
        ),
        *(
            Frame(x=x, y=y, width=6, height=6, colour=tone, line=0.5)
            for x in (inner, width - inner - 6)
            for y in (inner, height - inner - 6)
        ),
    )


def _written(
    holding: Holding, version: int, left: float, top: float, width: float, height: float
) -> Iterator[Words]:
    """Lay out number, face values and, at the foot, by whom and until when."""
    yield _centred(width, top, _LABEL, f"证照编号：{holding.number}", _GREY)
    end = f"{holding.valid_until_on:%Y-%m-%d}" if holding.valid_until_on else "长期"
    foot = [
        ("发证机关", holding.issuer_name),
        ("发证日期", f"{holding.issued_on:%Y-%m-%d}"),
        ("有效期至", end),
    ]
    first, last = top + 2.4 * _LABEL, height - 50.0
    rows = [("持证主体", holding.holder_name), *holding.fields.items()]
    for size in _SIZES:
        laid = list(_rows(rows, size, left, first, width - left))
        if laid[-1].y + 1.2 * size * _LINE <= last:
            break
    yield from laid
    yield from _rows(foot, _SIZES[0], left, last, width - left - _SEAL)
    small = f"证照标识 {holding.certificate_id}　文件版本 {version}"
    yield Words(x=left, y=height - 19, size=_SMALL, text=small, colour=_GREY)


def _rows(
    rows: Sequence[tuple[str, str]], size: float, left: float, y: float, right: float
) -> Iterator[Words]:
    """Lay out labels and, beside them, their values in as many lines as each takes."""
    start = left + _LABEL_WIDTH
    for label, value in rows:
        yield Words(x=left, y=y, size=min(_LABEL, size), text=f"{label}：", colour=_GREY)
        for line in _broken(value, size, right - start):
            yield Words(x=start, y=y, size=size, text=line)
            y += size * _LINE
        y += size * _GAP


def _broken(value: str, size: float, room: float) -> Sequence[str]:
    """Break a value where it gets too long, anywhere, as Chinese is."""
    lines = [""]
    for character in value:
        if width_of(lines[-1] + character, size) > room:
            lines.append("")
        lines[-1] += character
    return lines


def _watermark(width: float, height: float) -> Iterator[Words]:
    for y in (height * 0.42, height * 0.62, height * 0.82):
        for x, text in ((width * 0.12, NOTICE), (width * 0.56, PURPOSE)):
            yield Words(x=x, y=y, size=6.0, text=text, colour=_PALE, lifted=True)


def _centred(width: float, y: float, size: float, text: str, colour: str) -> Words:
    x = (width - width_of(text, size)) / 2
    return Words(x=x, y=y, size=size, text=text, colour=colour)
