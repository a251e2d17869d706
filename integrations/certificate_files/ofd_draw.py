"""Draws a page of an OFD file (GB/T 33190) as a picture. For the child that opens files alone.

The page becomes a PDF of one page in memory, and pdfium draws that. What the file asks for and the
picture does not show is told in words, and nothing is left out without them.
"""

from typing import Final

import pypdfium2
from PIL import ImageChops

from clerk.child.png import png
from integrations.certificate_files.guard import FileFlawed, Flaw
from integrations.certificate_files.ofd_document import Page
from integrations.certificate_files.ofd_fonts import Typefaces
from integrations.certificate_files.ofd_limits import MAX_PAGE_PIXELS, Allowance
from integrations.certificate_files.ofd_objects import draw_block
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.ofd_page import draw_content
from integrations.certificate_files.ofd_seals_drawn import draw_seals
from integrations.certificate_files.ofd_sheet import Sheet
from integrations.certificate_files.page_canvas import Canvas
from integrations.certificate_files.undrawn import Undrawn

_MM_PER_INCH: Final = 25.4


def draw(package: OfdPackage, page: int, dpi: float) -> tuple[bytes, tuple[str, ...]]:
    """Return one page, counted from 1, as a PNG, and in Chinese what it does not show.

    Raises:
        FileFlawed: there is no such page, it is broken as a whole, or asks for too much.
    """
    if not 1 <= page <= len(package.pages):
        raise FileFlawed(Flaw.NO_SUCH_PAGE)
    opened = Page(package, package.pages[page - 1])
    pixels_per_mm = dpi / _MM_PER_INCH
    if opened.area[2] * opened.area[3] * pixels_per_mm**2 > MAX_PAGE_PIXELS:
        raise FileFlawed(Flaw.PAGE_TOO_LARGE)
    undrawn = Undrawn()
    sheet = Sheet(
        package=package,
        document=opened.document,
        canvas=Canvas(opened.area),
        typefaces=Typefaces(package, undrawn),
        undrawn=undrawn,
        allowance=Allowance(),
        pixels_per_mm=pixels_per_mm,
        draw_block=draw_block,
    )
    draw_content(sheet, opened)
    draw_seals(sheet, opened)
    return _picture(sheet.canvas.pdf(), pixels_per_mm), undrawn.words()


def _picture(pdf: bytes, scale: float) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    red, green, blue = shown.split()
    colour = any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
    raw = (shown if colour else red).tobytes()
    return png(raw, width=shown.width, height=shown.height, colour=colour)
