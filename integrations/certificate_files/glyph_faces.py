"""Outlines of glyphs out of font files, foreign ones and those of this machine.

Glyphs are found by their number, never by a name of theirs: foreign fonts are cut down, and what
says their names is often missing or wrong. OpenType with TrueType or CFF outlines is read, and
bare CFF, as it comes out of PDF.
"""

import io
import logging
import mmap
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final, overload

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont, TTLibError, newTable
from fontTools.ttLib.tables import _g_l_y_f as _glyf
from typing_extensions import override

from integrations.certificate_files.ofd_paths import Outline, Step, quadratic, written

# Every oddity of a foreign font is told at WARNING; what matters is whether its glyphs come out.
logging.getLogger("fontTools").setLevel(logging.ERROR)

_BROKEN: Final = (
    TTLibError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    ValueError,
    NotImplementedError,
)
"""What fontTools raises at fonts that are none, or half."""

_MOST_GLYPHS: Final = 65_536
_ON_CURVE: Final = 0x01
_MOST_STEPS: Final = 20_000
_MOST_KEPT: Final = 2000
"""How many glyphs of a face are kept: those of this machine live as long as the process."""
_SYMBOLS: Final = 0xF000
_DEFAULT_UNITS: Final = 1000
_BARE_CFF: Final = b"\x01"
"""The version every CFF table begins with; a whole font begins with a letter or a zero."""


class FontUnread(ValueError):
    """A font, or one of its glyphs, cannot be read."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise FontUnread from error


class _CubicPen:
    """Takes the steps of a glyph of CFF, whose curves are cubic and whose parts are its own."""

    def __init__(self) -> None:
        self.steps: Outline = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  fontTools' name
        self.steps.append(("m", point))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("l", point))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        (a, b), (c, d), (e, f) = points
        self.steps.append(("c", (a, b, c, d, e, f)))

    def closePath(self) -> None:  # noqa: N802
        self.steps.append(("h", ()))


def _contours(
    points: Sequence[tuple[float, float]], ends: Sequence[int], flags: Sequence[int]
) -> Iterator[Step]:
    """Draw a glyph of TrueType, whose quadratic curves become cubic ones."""
    start = 0
    for end in ends:
        part = list(zip(points[start : end + 1], flags[start : end + 1], strict=True))
        start = end + 1
        if len(part) < 2:
            continue
        first = next((at for at, (_, flag) in enumerate(part) if flag & _ON_CURVE), None)
        if first is None:  # all points only draw the curve near
            part.insert(0, (_middle(part[-1][0], part[0][0]), _ON_CURVE))
            first = 0
        yield from _contour([*part[first:], *part[:first]])


def _contour(part: list[tuple[tuple[float, float], int]]) -> Iterator[Step]:
    start = here = part[0][0]
    near: tuple[float, float] | None = None
    yield "m", start
    for point, flag in part[1:]:
        if flag & _ON_CURVE:
            yield ("l", point) if near is None else quadratic(here, (*near, *point))
            here, near = point, None
        else:
            if near is not None:
                middle = _middle(near, point)
                yield quadratic(here, (*near, *middle))
                here = middle
            near = point
    if near is not None:
        yield quadratic(here, (*near, *start))
    yield "h", ()


def _middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


class _Names(Sequence[str]):
    """Names of glyphs made of their numbers, so that no table of names is needed."""

    def __init__(self, count: int) -> None:
        self._count = count

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    @override
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [f"g{each}" for each in range(self._count)[number]]
        if not 0 <= number < self._count:
            raise IndexError(number)
        return f"g{number}"


class _Shapes(dict[str, Any]):
    """Shapes by the names of their glyphs, read when they are asked for."""

    def __init__(self, data: bytes, places: Sequence[int]) -> None:
        super().__init__()
        self._data = data
        self._places = places

    def __missing__(self, name: str) -> Any:
        number = int(name[1:])
        shape = _glyf.Glyph(self._data[self._places[number] : self._places[number + 1]])
        self[name] = shape
        return shape


def _source(file: str | bytes) -> Any:
    """Return what fontTools reads from; a font of the machine stays on its disk until read."""
    if isinstance(file, bytes):
        return io.BytesIO(file)
    with Path(file).open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


class Face:
    """One font. Nothing of it is read before it is needed."""

    def __init__(self, file: str | bytes, index: int = 0) -> None:
        """Open a font file of this machine, or the content of a foreign one.

        Raises:
            FontUnread: it is none, or of a kind that is not read.
        """
        self._drawn: dict[int, tuple[Outline, float]] = {}
        self._written: dict[int, str] = {}
        self._font: Any = None
        self._bare: Any = None
        with _reading():
            if isinstance(file, bytes) and file[:1] == _BARE_CFF:
                self._bare = CFFFontSet()
                self._bare.decompile(io.BytesIO(file), None)
                self.glyphs = len(self._bare[0].CharStrings.charStringsIndex)
            else:
                self._font = TTFont(_source(file), fontNumber=index, lazy=True)
                self.glyphs = self._short("maxp", 4)
                self._font.setGlyphOrder(_Names(self.glyphs))
            self.units = self._units()
        outlined = self._bare is not None or "CFF " in self._font or "glyf" in self._font
        if not 0 < self.glyphs <= _MOST_GLYPHS or not outlined:
            raise FontUnread(self.glyphs)

    def _units(self) -> float:
        """Return how many units of the font make one size of the text."""
        if self._bare is not None:
            scale = float(getattr(self._bare[0], "FontMatrix", [0.001])[0])
            return 1 / scale if scale > 0 else _DEFAULT_UNITS
        if "head" not in self._font:
            return _DEFAULT_UNITS
        return self._short("head", 18) or _DEFAULT_UNITS

    def _short(self, table: str, at: int) -> int:
        """Return a number out of a table as it stands there, whatever else is wrong with it."""
        return int(struct.unpack_from(">H", self._font.reader[table], at)[0])

    @cached_property
    def bold(self) -> bool:
        """Return whether the face is bold by itself."""
        try:
            return self._font is not None and self._short("OS/2", 4) >= 600
        except _BROKEN:
            return False

    def glyph(self, character: str) -> int | None:
        """Return the number of the glyph of a character; None where it has none."""
        found = self._map.get(ord(character))
        if found is None and self._symbolic:
            found = self._map.get(_SYMBOLS + ord(character))
        return found if found and found < self.glyphs else None

    def numbered(self, number: int) -> int | None:
        """Return the glyph that a file calls by ``number``; None where there is none.

        In bare CFF that is keyed by character ids, files call glyphs by these.
        """
        found = self._character_ids.get(number) if self._character_ids else number
        return found if found is not None and 0 <= found < self.glyphs else None

    @cached_property
    def _character_ids(self) -> dict[int, int]:
        try:
            top = self._bare[0] if self._bare is not None else None
            if top is None or not hasattr(top, "ROS"):
                return {}
            named = ((name.removeprefix("cid"), at) for at, name in enumerate(top.charset))
        except _BROKEN:
            return {}
        return {0: 0} | {int(name): at for name, at in named if name.isdecimal()}

    @cached_property
    def _map(self) -> dict[int, int]:
        try:
            if self._bare is not None:
                return self._names_as_characters()
            table = self._font["cmap"]
            best = table.getBestCmap() or self._other_map(table)
        except _BROKEN:
            return {}
        return {code: int(name[1:]) for code, name in best.items() if name[1:].isdecimal()}

    def _other_map(self, table: Any) -> dict[int, str]:
        """Return the map of a symbol font, or of one made for the Macintosh."""
        symbols = table.getcmap(3, 0)
        if symbols is not None:
            return dict(symbols.cmap)
        macintosh = table.getcmap(1, 0)
        codes = {} if macintosh is None else macintosh.cmap
        return {ord(bytes([code]).decode("mac_roman")): name for code, name in codes.items()}

    def _names_as_characters(self) -> dict[int, int]:
        from fontTools import agl

        texts = (agl.toUnicode(name) for name in self._bare[0].charset)
        return {ord(text): at for at, text in enumerate(texts) if len(text) == 1}

    @cached_property
    def _symbolic(self) -> bool:
        try:
            return self._font is not None and self._font["cmap"].getcmap(3, 0) is not None
        except _BROKEN:
            return False

    def outline(self, glyph: int) -> Outline:
        """Return the outline in units, y upwards.

        Raises:
            FontUnread: there is no such glyph, or it is broken.
        """
        with _reading():
            return self._glyph(glyph)[0]

    def advance(self, glyph: int) -> float:
        """Return how far the next glyph is by itself, in sizes of the text."""
        try:
            return self._told_width(glyph) / self.units
        except _BROKEN:
            return 1.0

    def _told_width(self, glyph: int) -> float:
        if self._font is None:
            return self._glyph(glyph)[1]
        told = max(1, self._short("hhea", 34))
        return float(self._short("hmtx", 4 * min(glyph, told - 1)))

    def _glyph(self, glyph: int) -> tuple[Outline, float]:
        if glyph not in self._drawn:
            if not 0 <= glyph < self.glyphs:
                raise LookupError(glyph)
            if len(self._drawn) >= _MOST_KEPT:
                self._drawn.clear()
                self._written.clear()
            self._drawn[glyph] = self._read(glyph)
        return self._drawn[glyph]

    def _read(self, glyph: int) -> tuple[Outline, float]:
        if self._bare is not None or "CFF " in self._font:
            fonts = self._bare if self._bare is not None else self._font["CFF "].cff
            shape = fonts[0].CharStrings.charStringsIndex[glyph]
            pen = _CubicPen()
            shape.draw(pen)
            width = float(shape.width or 0)
            steps = pen.steps
        else:
            table = self._shapes
            points, ends, flags = table[f"g{glyph}"].getCoordinates(table)
            flat = points.array
            pairs = list(zip(flat[::2], flat[1::2], strict=True))
            steps = list(_contours(pairs, ends, flags))
            width = 0.0
        if len(steps) > _MOST_STEPS:
            raise ValueError(len(steps))
        return steps, width

    @cached_property
    def _shapes(self) -> Any:
        """Return the table of shapes, each cut out when it is needed, however long the others."""
        table = newTable("glyf")
        table.glyphs = _Shapes(self._font.reader["glyf"], self._places())
        table.setGlyphOrder(self._font.getGlyphOrder())
        return table

    def _places(self) -> Sequence[int]:
        """Return where each shape begins, as far as the table goes: some are cut off."""
        raw = self._font.reader["loca"]
        if self._short("head", 50):
            return struct.unpack(f">{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
        halves = struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        return [2 * half for half in halves]

    def written(self, glyph: int) -> str:
        """Return the outline as a PDF writes it; the errors are those of ``outline``."""
        if glyph not in self._written:
            self._written[glyph] = written(self.outline(glyph))
        return self._written[glyph]
