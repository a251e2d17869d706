"""Draws blocks: their text, paths, pictures and composite objects, and blocks inside them.

An object that cannot be read is left out and told; the others are drawn all the same.
"""

from integrations.certificate_files import ofd_pictures, ofd_shapes, ofd_text
from integrations.certificate_files.ofd_limits import MAX_DEPTH
from integrations.certificate_files.ofd_reading import (
    Element,
    attribute,
    attributes,
    child,
    flag,
    local,
)
from integrations.certificate_files.ofd_sheet import Sheet, Style, Unit, placed, unit_of
from integrations.certificate_files.undrawn import Lack


def draw_block(sheet: Sheet, block: Element, style: Style) -> None:
    """Draw everything in a layer, a page block, a cell or an appearance."""
    if sheet.depth > MAX_DEPTH:
        sheet.undrawn.add(Lack.DEPTH)
        return
    sheet.depth += 1
    try:
        for element in block:
            sheet.allowance.spend_object()
            _draw(sheet, element, style)
    finally:
        sheet.depth -= 1


def _draw(sheet: Sheet, element: Element, style: Style) -> None:
    words = attributes(element)
    if not flag(words.get("visible"), default=True):
        return
    kind = local(element).lower()
    if kind in {"pageblock", "layer", "block"}:
        draw_block(sheet, element, style.within(attribute(element, "DrawParam")))
        return
    try:
        unit = unit_of(element, words, style)
        match kind:
            case "pathobject" | "path":
                ofd_shapes.draw_path(sheet, unit, style)
            case "textobject" | "text":
                _draw_text(sheet, unit, style)
            case "imageobject" | "image":
                _draw_picture(sheet, unit, style)
            case "compositeobject" | "composite":
                _draw_composite(sheet, unit, style)
            case _:
                if words.get("boundary"):
                    sheet.undrawn.add(Lack.UNKNOWN_OBJECT)
    except (ValueError, OverflowError):
        sheet.undrawn.add(Lack.OBJECT)


def _draw_text(sheet: Sheet, unit: Unit, style: Style) -> None:
    with placed(sheet.canvas, unit, ofd_text.slack(unit)):
        ofd_shapes.clip(sheet, unit, style)
        if unit.matrix is not None:
            sheet.canvas.concat(unit.matrix)
        ofd_text.draw_text(sheet, unit, style)


def _draw_picture(sheet: Sheet, unit: Unit, style: Style) -> None:
    with placed(sheet.canvas, unit, 0.0):
        ofd_shapes.clip(sheet, unit, style)
        ofd_pictures.draw_picture(sheet, unit, style)


def _draw_composite(sheet: Sheet, unit: Unit, style: Style) -> None:
    """Draw a composite object (8.5): a drawing of the resources, as one thing."""
    found = style.resources.find("CompositeGraphicUnit", unit.words.get("resourceid", ""))
    content = None if found is None else child(found.element, "Content")
    if content is None:
        sheet.undrawn.add(Lack.RESOURCE)
        return
    with placed(sheet.canvas, unit, 0.0):
        ofd_shapes.clip(sheet, unit, style)
        if unit.matrix is not None:
            sheet.canvas.concat(unit.matrix)
        with sheet.canvas.group(opacity=unit.opacity):
            draw_block(sheet, content, style.within(unit.words.get("drawparam", "")))
