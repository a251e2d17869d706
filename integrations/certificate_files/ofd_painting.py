"""Fills and strokes outlines with colours, gradients and patterns."""

import math
from typing import Final

from integrations.certificate_files.ofd_colours import Paint
from integrations.certificate_files.ofd_reading import (
    IDENTITY,
    Box,
    around,
    attribute,
    child,
    inverse,
    matrix,
    moved,
    number,
    times,
)
from integrations.certificate_files.ofd_shadings import Gradient
from integrations.certificate_files.ofd_sheet import Sheet, Style
from integrations.certificate_files.page_canvas import Canvas
from integrations.certificate_files.undrawn import Lack

_MOST_CELLS: Final = 4000


def colour(canvas: Canvas, paint: Paint, *, stroke: bool) -> None:
    """Take ``paint`` as the colour from now on; a pattern is none, see ``fill_with_pattern``."""
    shade = paint.shade
    if shade is None:
        parts = " ".join(f"{part:.4f}" for part in paint.colour)
        canvas.write(f"{parts} {'RG' if stroke else 'rg'}")
        return
    if isinstance(shade, Gradient):
        canvas.pattern(f"/Shading {shade.dictionary()}", shade.matrix, stroke=stroke)
        if shade.clear:
            place = " ".join(f"{part:.6f}" for part in shade.matrix)
            canvas.soft_mask(f"{place} cm /S0 sh", f"/Shading<</S0 {shade.opacities()}>>")
    else:
        mesh = canvas.add(shade.dictionary(), shade.stream())
        canvas.pattern(f"/Shading {mesh}", IDENTITY, stroke=stroke)


def fill(
    sheet: Sheet, style: Style, path: str, paint: Paint, *, area: Box, even_odd: bool, alpha: float
) -> None:
    """Fill an outline; ``area`` is what can be seen of the object, in its space."""
    with sheet.canvas.kept():
        sheet.canvas.state(fill=paint.opacity * alpha)
        if paint.pattern is None:
            colour(sheet.canvas, paint, stroke=False)
            sheet.canvas.write(f"{path}\n{'f*' if even_odd else 'f'}")
        else:
            sheet.canvas.clip(path, even_odd=even_odd)
            _fill_with_pattern(sheet, style, paint, area)


def _fill_with_pattern(sheet: Sheet, style: Style, paint: Paint, area: Box) -> None:
    """Lay the cells of a pattern (底纹) side by side over ``area``, within the present clip."""
    pattern = paint.pattern
    content = None if pattern is None else child(pattern, "CellContent")
    if pattern is None or content is None:
        sheet.undrawn.add(Lack.PATTERN)
        return
    width, height = (number(attribute(pattern, name), 0.0) for name in ("Width", "Height"))
    place = matrix(attribute(pattern, "CTM")) or IDENTITY
    if attribute(pattern, "RelativeTo").lower() == "page":
        place = times(times(place, sheet.canvas.base), inverse(sheet.canvas.whole) or IDENTITY)
    back = inverse(place)
    if width <= 0 or height <= 0 or back is None:
        sheet.undrawn.add(Lack.PATTERN)
        return
    step_x = max(width, number(attribute(pattern, "XStep"), width))
    step_y = max(height, number(attribute(pattern, "YStep"), height))
    left, top, wide, high = around(area, back)
    columns = range(math.floor(left / step_x), math.ceil((left + wide) / step_x))
    rows = range(math.floor(top / step_y), math.ceil((top + high) / step_y))
    if len(columns) * len(rows) > _MOST_CELLS:
        sheet.undrawn.add(Lack.PATTERN)
        return
    with sheet.canvas.form() as made:
        sheet.canvas.clip_box((0, 0, width, height))
        sheet.draw_block(sheet, content, style)
    turned = attribute(pattern, "ReflectMethod").lower()
    sheet.canvas.concat(place)
    for row in rows:
        for column in columns:
            with sheet.canvas.kept():
                sheet.canvas.concat(moved(column * step_x, row * step_y))
                if column % 2 and turned in {"row", "rowandcolumn"}:
                    sheet.canvas.concat((-1, 0, 0, 1, width, 0))
                if row % 2 and turned in {"column", "rowandcolumn"}:
                    sheet.canvas.concat((1, 0, 0, -1, 0, height))
                sheet.canvas.picture(made[0])
