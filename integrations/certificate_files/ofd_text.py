"""Draws text objects (GB/T 33190 11): every character is an outline at a place of its own."""

import math
import re
from collections.abc import Iterator
from typing import Final

from clerk.values import dataclass
from integrations.certificate_files import ofd_painting
from integrations.certificate_files.glyph_faces import FontUnread
from integrations.certificate_files.ofd_colours import Paint
from integrations.certificate_files.ofd_fonts import Glyph, Typeface
from integrations.certificate_files.ofd_paths import Step, transformed, written
from integrations.certificate_files.ofd_reading import (
    Element,
    Matrix,
    attribute,
    attributes,
    child,
    children,
    flag,
    number,
    stretch,
    text_of,
    times,
)
from integrations.certificate_files.ofd_sheet import Sheet, Style, Unit, seen
from integrations.certificate_files.undrawn import Lack

_ESCAPED: Final = re.compile(r"\\([0-9A-Fa-f]{4})")
_LINE_ENDS: Final = str.maketrans("", "", "\r\n\t")
_PLACEHOLDER: Final = "\u00a4"
_BOLD: Final = 600
_BOLDER: Final = 1 / 28
"""How much wider a stroke gets, in sizes of the text, where a face has no bold of its own."""
_SLANT: Final = 0.25
_SLACK: Final = 0.25
"""How far letters may stand out of their box, in sizes of the text."""
_MOST_DELTAS: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How all characters of one object stand."""

    size: float
    width: float
    turn: int
    reading: int
    bold: bool
    italic: bool

    @classmethod
    def of(cls, unit: Unit) -> "_Setting":
        words = unit.words
        return cls(
            size=number(words.get("size"), 3.175),
            width=number(words.get("hscale"), 1.0),
            turn=int(number(words.get("chardirection"), 0.0)) % 360,
            reading=int(number(words.get("readdirection"), 0.0)) % 360,
            bold=number(words.get("weight"), 400.0) >= _BOLD,
            italic=flag(words.get("italic"), default=False),
        )

    def matrix(self, glyph: Glyph, x: float, y: float) -> Matrix:
        """Return what leads from the units of the face to the space of the object."""
        unit = self.size / glyph.face.units
        slant = _SLANT * unit * self.width if glyph.slanted else 0.0
        upright = (unit * self.width, 0.0, slant, -unit, 0.0, 0.0)
        if not self.turn:
            return (*upright[:4], x, y)
        angle = math.radians(self.turn)
        cos, sin = math.cos(angle), math.sin(angle)
        return times(upright, (cos, sin, -sin, cos, x, y))

    def step(self, advance: float) -> tuple[float, float]:
        """Return where the next character stands if the file does not tell."""
        angle = math.radians(self.reading)
        sideways = (self.reading - self.turn) % 180 != 0
        far = self.size if sideways else advance * self.size * self.width
        return far * math.cos(angle), far * math.sin(angle)


Placed = tuple[Glyph, Matrix]


def draw_text(sheet: Sheet, unit: Unit, style: Style) -> None:
    """Draw a text object in its space, which the caller has entered.

    Raises:
        ValueError: a number is none.
    """
    words = unit.words
    fill = stroke = None
    if flag(words.get("fill"), default=True):
        fill = sheet.paint(style, unit.params.fill) or Paint()
    if flag(words.get("stroke"), default=False):
        stroke = sheet.paint(style, unit.params.stroke)
    if stroke is not None and stroke.pattern is not None:
        sheet.undrawn.add(Lack.PATTERN)
        stroke = None
    glyphs = list(_glyphs(sheet, unit, style))
    if fill is not None and fill.pattern is not None:
        path = written(step for glyph in glyphs for step in _steps(sheet, *glyph))
        area = seen(sheet, unit)
        ofd_painting.fill(sheet, style, path, fill, area=area, even_odd=False, alpha=unit.opacity)
        fill = None
    if fill is not None or stroke is not None:
        _write(sheet, unit, glyphs, fill, stroke)


def slack(unit: Unit) -> float:
    """Return how far letters may stand out of the object's box."""
    scale = 1.0 if unit.matrix is None else stretch(unit.matrix)
    return _SLACK * abs(_Setting.of(unit).size) * scale


def outlines(sheet: Sheet, unit: Unit, style: Style) -> Iterator[Step]:
    """Return the outlines of all characters, in the space of the object."""
    for glyph in _glyphs(sheet, unit, style):
        yield from _steps(sheet, *glyph)


def _steps(sheet: Sheet, glyph: Glyph, place: Matrix) -> Iterator[Step]:
    outline = glyph.face.outline(glyph.number)
    sheet.allowance.spend_path(len(outline))
    yield from transformed(outline, place)


def _write(
    sheet: Sheet, unit: Unit, glyphs: list[Placed], fill: Paint | None, stroke: Paint | None
) -> None:
    canvas = sheet.canvas
    line = unit.line
    size = _Setting.of(unit).size
    with canvas.kept():
        canvas.state(
            fill=unit.opacity * (1.0 if fill is None else fill.opacity),
            stroke=unit.opacity * (stroke or fill or Paint()).opacity,
        )
        if fill is not None:
            ofd_painting.colour(canvas, fill, stroke=False)
        stroked = stroke or fill
        if stroked is not None:
            ofd_painting.colour(canvas, stroked, stroke=True)
        for glyph, place in glyphs:
            outline = glyph.face.written(glyph.number)
            if not outline:
                continue
            sheet.allowance.spend_path(outline.count("\n") + 1)
            mode = "f"
            width = ""
            if stroke is not None or glyph.bolder:
                mode = "S" if fill is None else "B"
                wide = line.width if stroke is not None else size * _BOLDER
                width = f"{abs(wide * glyph.face.units / size):.3f} w 1 j "
            parts = " ".join(f"{part:.7f}" for part in place)
            canvas.write(f"q {parts} cm {width}\n{outline}\n{mode} Q")


def _glyphs(sheet: Sheet, unit: Unit, style: Style) -> Iterator[Placed]:
    """Return every glyph and its place; one that cannot be had is told and its place left free."""
    setting = _Setting.of(unit)
    if not setting.size or not setting.width:
        return
    typeface = sheet.typefaces.find(style.resources, unit.words.get("font", ""))
    changes = _changes(unit.element)
    position = 0
    x = y = 0.0
    for code in children(unit.element, "TextCode"):
        text = _text(code)
        words = attributes(code)
        x, y = number(words.get("x"), x), number(words.get("y"), y)
        across, down = deltas(words.get("deltax")), deltas(words.get("deltay"))
        here_x, here_y = x, y
        glyphs = _glyphs_of(sheet, typeface, text, position, changes, setting)
        for at, glyph in enumerate(glyphs):
            sheet.allowance.spend_glyphs(1)
            if glyph is not None:
                yield glyph, setting.matrix(glyph, here_x, here_y)
            if across or down:
                here_x += across[min(at, len(across) - 1)] if across else 0.0
                here_y += down[min(at, len(down) - 1)] if down else 0.0
            else:
                far = glyph.face.advance(glyph.number) if glyph is not None else 1.0
                by_x, by_y = setting.step(far)
                here_x, here_y = here_x + by_x, here_y + by_y
        position += len(text)


def _text(code: Element) -> str:
    """Return what a TextCode says; a stroke and four digits stand for a character (11.3)."""
    text = "".join(str(part) for part in code.itertext()).translate(_LINE_ENDS)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def deltas(written_: str | None) -> list[float]:
    """Return the distances of a list in which ``g 3 4.5`` stands for three times 4.5."""
    found: list[float] = []
    words = (written_ or "").replace(",", " ").split()
    at = 0
    while at < len(words):
        if words[at] in {"g", "G"}:
            count, each = words[at + 1 : at + 3]
            found += [number(each, 0.0)] * min(int(count), _MOST_DELTAS)
            at += 3
        else:
            found.append(number(words[at], 0.0))
            at += 1
        if len(found) > _MOST_DELTAS:
            raise ValueError(len(found))
    return found


def _changes(element: Element) -> dict[int, tuple[int, list[int]]]:
    """Return, by the place of a code, how many codes which glyphs stand for (CGTransform)."""
    found = {}
    for change in children(element, "CGTransform"):
        glyphs = [int(word) for word in text_of(child(change, "Glyphs")).split()]
        count = int(number(attribute(change, "GlyphCount"), len(glyphs)))
        codes = max(1, int(number(attribute(change, "CodeCount"), 1.0)))
        start = int(number(attribute(change, "CodePosition"), 0.0))
        if glyphs:
            found[start] = (codes, glyphs[: max(1, count)])
    return found


def _glyphs_of(
    sheet: Sheet,
    typeface: Typeface,
    text: str,
    position: int,
    changes: dict[int, tuple[int, list[int]]],
    setting: _Setting,
) -> Iterator[Glyph | None]:
    """Return the glyphs of a text that begins at ``position`` among all codes of its object."""
    wanted = {"bold": setting.bold, "italic": setting.italic}
    at = 0
    while at < len(text):
        codes, numbers = changes.get(position + at, (1, []))
        part = text[at : at + codes]
        if numbers and typeface.own is not None:
            for which, each in enumerate(numbers):
                character = part[which : which + 1]
                glyph = typeface.numbered(each, **wanted)
                if glyph is None or not _readable(glyph):
                    glyph = _stand_in(sheet, typeface, character, wanted)
                yield glyph
        else:
            for character in part:
                glyph = typeface.glyph(character, **wanted)
                if glyph is None:
                    _tell(sheet, character)
                elif not _readable(glyph):
                    glyph = _stand_in(sheet, typeface, character, wanted)
                yield glyph
        at += codes


def _readable(glyph: Glyph) -> bool:
    try:
        glyph.face.outline(glyph.number)
    except FontUnread:
        return False
    return True


def _stand_in(
    sheet: Sheet, typeface: Typeface, character: str, wanted: dict[str, bool]
) -> Glyph | None:
    """Return a glyph of another font for one that the file's own font does not give, and tell."""
    glyph = typeface.stand_in(character, **wanted) if character else None
    if glyph is None or not _readable(glyph):
        _tell(sheet, character or _PLACEHOLDER)
        return None
    sheet.undrawn.add(Lack.FONT)
    return glyph


def _tell(sheet: Sheet, character: str) -> None:
    if not character.isspace():
        sheet.undrawn.add_character(character)
