"""Draws what a page and its templates hold, layer by layer."""

from integrations.certificate_files.ofd_annotations import draw_annotations
from integrations.certificate_files.ofd_document import Page
from integrations.certificate_files.ofd_reading import attribute
from integrations.certificate_files.ofd_sheet import Sheet, Style
from integrations.certificate_files.undrawn import Lack


def draw_content(sheet: Sheet, page: Page) -> None:
    """Draw all layers from the lowest to the topmost, and the annotations above them."""
    for layer in page.layers():
        style = Style(resources=layer.resources).within(attribute(layer.element, "DrawParam"))
        sheet.draw_block(sheet, layer.element, style)
        if layer.resources.without_params:
            sheet.undrawn.add(Lack.PARAMS)
    if page.missing_template:
        sheet.undrawn.add(Lack.TEMPLATE)
    draw_annotations(sheet, page)
