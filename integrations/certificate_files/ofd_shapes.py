"""Draws path objects (GB/T 33190 9) and clips all kinds of objects (8.4)."""

import math
from collections.abc import Iterator
from typing import Final

from integrations.certificate_files import ofd_painting, ofd_text
from integrations.certificate_files.ofd_colours import Paint
from integrations.certificate_files.ofd_paths import Outline, Step, outline_of, transformed, written
from integrations.certificate_files.ofd_reading import (
    IDENTITY,
    Element,
    attribute,
    attributes,
    child,
    children,
    flag,
    local,
    matrix,
    moved,
    stretch,
    text_of,
    times,
)
from integrations.certificate_files.ofd_sheet import (
    Sheet,
    Style,
    Unit,
    check_dashes,
    placed,
    seen,
    unit_of,
)
from integrations.certificate_files.undrawn import Lack

_EVEN_ODD: Final = frozenset({"even-odd", "evenodd"})


def draw_path(sheet: Sheet, unit: Unit, style: Style) -> None:
    """Draw a path object.

    Raises:
        ValueError: its outline or one of its numbers cannot be read.
    """
    words = unit.words
    outline = _read(sheet, unit.element)
    if not outline:
        return
    stroke = fill = None
    line = unit.line
    if flag(words.get("stroke"), default=True):
        stroke = sheet.paint(style, unit.params.stroke) or Paint()
        check_dashes(line, _length(outline))
    if flag(words.get("fill"), default=False):
        fill = sheet.paint(style, unit.params.fill)
    scale = 1.0 if unit.matrix is None else stretch(unit.matrix)
    slack = 0.0
    if stroke is not None:
        slack = max(line.width * scale / 2, 0.5 / sheet.pixels_per_mm) + 0.05
    canvas = sheet.canvas
    with placed(canvas, unit, slack):
        clip(sheet, unit, style)
        if unit.matrix is not None:
            canvas.concat(unit.matrix)
        path = written(outline)
        if fill is not None:
            even_odd = words.get("rule", "").strip().lower() in _EVEN_ODD
            area = seen(sheet, unit)
            ofd_painting.fill(
                sheet, style, path, fill, area=area, even_odd=even_odd, alpha=unit.opacity
            )
        if stroke is not None and stroke.pattern is None:
            canvas.state(stroke=stroke.opacity * unit.opacity)
            canvas.line(line)
            ofd_painting.colour(canvas, stroke, stroke=True)
            canvas.write(f"{path}\nS")
        elif stroke is not None:
            sheet.undrawn.add(Lack.PATTERN)


def _length(outline: Outline) -> float:
    """Return how long an outline is at most."""
    length, here = 0.0, (0.0, 0.0)
    for letter, given in outline:
        for point in zip(given[::2], given[1::2], strict=True):
            length += 0.0 if letter == "m" else math.dist(here, point)
            here = point
    return length


def _read(sheet: Sheet, element: Element) -> Outline:
    outline = outline_of(text_of(child(element, "AbbreviatedData")))
    sheet.allowance.spend_path(len(outline))
    return outline


def clip(sheet: Sheet, unit: Unit, style: Style) -> None:
    """Leave only what all clips of the object leave; a clip leaves what any of its areas shows.

    A clip that cannot be read hides nothing: rather too much is seen than too little.
    """
    clips = child(unit.element, "Clips")
    if clips is None:
        return
    turned = IDENTITY
    if unit.matrix is not None and flag(attribute(clips, "TransFlag"), default=False):
        turned = unit.matrix
    for one in children(clips, "Clip"):
        steps: Outline = []
        rules: set[bool] = set()
        for area in children(one, "Area"):
            place = times(matrix(attribute(area, "CTM")) or IDENTITY, turned)
            for shape in area:
                try:
                    steps += transformed(_clip_steps(sheet, shape, style, rules), place)
                except ValueError:
                    sheet.undrawn.add(Lack.CLIP)
                    return
        if not steps:
            sheet.undrawn.add(Lack.CLIP)
            return
        sheet.canvas.clip(written(steps), even_odd=rules == {True})


def _clip_steps(sheet: Sheet, shape: Element, style: Style, rules: set[bool]) -> Iterator[Step]:
    """Return the outline of one part of a clip, in the space of its area."""
    words = attributes(shape)
    unit = unit_of(shape, words, style)
    place = unit.matrix or IDENTITY
    if unit.boundary is not None:
        place = times(place, moved(unit.boundary[0], unit.boundary[1]))
    match local(shape).lower().removesuffix("object"):
        case "path":
            rules.add(words.get("rule", "").strip().lower() in _EVEN_ODD)
            yield from transformed(_read(sheet, shape), place)
        case "text":
            rules.add(False)
            yield from transformed(ofd_text.outlines(sheet, unit, style), place)
        case _:
            raise ValueError(shape.tag)
