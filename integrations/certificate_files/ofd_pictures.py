"""Pictures on a page: opened with bounds, brought to a size the page can show, laid down."""

import io
import math
import warnings
from typing import Final

import pypdfium2
from PIL import Image, ImageChops

from clerk.domain.errors import CertificateFileRefused
from integrations.certificate_files import jbig2_pictures, ofd_painting
from integrations.certificate_files.ofd_colours import Paint
from integrations.certificate_files.ofd_document import Resource
from integrations.certificate_files.ofd_limits import MAX_PICTURE_PIXELS, Allowance
from integrations.certificate_files.ofd_reading import (
    Matrix,
    attribute,
    attributes,
    child,
    text_of,
)
from integrations.certificate_files.ofd_sheet import Sheet, Style, Unit, check_dashes, line_of
from integrations.certificate_files.page_canvas import Canvas
from integrations.certificate_files.undrawn import Lack

_FORMATS: Final = ("JPEG", "PNG", "BMP", "GIF", "TIFF")
_JBIG2_NAMES: Final = frozenset({"gbig2", "jbig2", "jb2"})
_BROKEN_PICTURE: Final = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError)
_FINER: Final = 2
"""A picture is kept at up to so many times the dots that the page shows of it."""


class PictureLacks(ValueError):
    """A picture cannot be shown."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack)
        self.lack = lack


def opened(
    content: bytes, allowance: Allowance, *, wanted: tuple[int, int] | None = None
) -> Image.Image:
    """Open a foreign picture as ``L``, ``RGB`` or ``RGBA``, made smaller than it is if possible.

    Raises:
        PictureLacks: it is none of the known kinds, broken or too large.
        FileFlawed: with the pictures before, it is too much for one page.
    """
    if content.startswith(jbig2_pictures.MAGIC):
        return _from_jbig2(content, allowance)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > MAX_PICTURE_PIXELS:
                    raise PictureLacks(Lack.PICTURE_SIZE)
                if wanted is not None:
                    picture.draft("RGB", wanted)
                allowance.spend_pixels(picture.width * picture.height)
                return _reduced(_plain(picture), wanted)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureLacks(Lack.PICTURE_SIZE) from error
    except _BROKEN_PICTURE as error:
        if isinstance(error, PictureLacks):
            raise
        raise PictureLacks(Lack.PICTURE) from error


def _from_jbig2(content: bytes, allowance: Allowance) -> Image.Image:
    try:
        width, height = jbig2_pictures.size_of(content)
        if width * height > MAX_PICTURE_PIXELS:
            raise PictureLacks(Lack.PICTURE_SIZE)
        allowance.spend_pixels(width * height)
        return jbig2_pictures.decoded(content)
    except (ValueError, pypdfium2.PdfiumError) as error:
        raise PictureLacks(Lack.PICTURE) from error


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode in {"L", "RGB", "RGBA"} and "transparency" not in picture.info:
        picture.load()
        return picture.copy()
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _reduced(picture: Image.Image, wanted: tuple[int, int] | None) -> Image.Image:
    if wanted is None:
        return picture
    factor = min(picture.width // max(1, wanted[0]), picture.height // max(1, wanted[1]))
    return picture.reduce(factor) if factor > 1 else picture


def embedded(canvas: Canvas, picture: Image.Image, mask: Image.Image | None) -> str:
    """Add a picture to the page's file; what is dark in ``mask`` is not seen."""
    if picture.mode == "RGBA":
        own = picture.getchannel("A")
        picture = picture.convert("RGB")
        mask = own if mask is None else ImageChops.multiply(own, mask.resize(own.size))
    soft = "" if mask is None else f"/SMask {_plane(canvas, mask.convert('L'), '')}"
    return _plane(canvas, picture, soft)


def _plane(canvas: Canvas, picture: Image.Image, more: str) -> str:
    space = "/DeviceGray" if picture.mode == "L" else "/DeviceRGB"
    return canvas.add(
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        f"/ColorSpace{space}/BitsPerComponent 8{more}",
        picture.tobytes(),
    )


def draw_picture(sheet: Sheet, unit: Unit, style: Style) -> None:
    """Draw an image object in the space of its boundary, which the caller has entered.

    Raises:
        ValueError: a number is none.
    """
    width, height = (1.0, 1.0) if unit.boundary is None else unit.boundary[2:]
    place: Matrix = unit.matrix or (width, 0.0, 0.0, height, 0.0, 0.0)
    with sheet.canvas.kept():
        sheet.canvas.concat(place)
        reference = _reference(sheet, unit, style)
        if reference is not None:
            sheet.canvas.state(fill=unit.opacity)
            sheet.canvas.concat((1, 0, 0, -1, 0, 1))
            sheet.canvas.picture(reference)
    _draw_border(sheet, unit, style, (width, height))


def _reference(sheet: Sheet, unit: Unit, style: Style) -> str | None:
    """Return the picture in the page's file; None, and it is told why, where it cannot be had."""
    number_, mask = unit.words.get("resourceid", ""), unit.words.get("imagemask", "")
    found = style.resources.find("MultiMedia", number_)
    path = "" if found is None else f"{found.file}#{number_}"
    key = (path, mask)
    if key not in sheet.pictures:
        try:
            shown = _media(sheet, style, number_, unit.words.get("substitution", ""))
            masking = None if not mask else _media(sheet, style, mask, "")
            sheet.pictures[key] = embedded(sheet.canvas, shown, masking)
        except PictureLacks as error:
            sheet.undrawn.add(error.lack)
            sheet.pictures[key] = None
    return sheet.pictures[key]


def _media(sheet: Sheet, style: Style, number_: str, instead: str) -> Image.Image:
    found = style.resources.find("MultiMedia", number_)
    try:
        if found is None:
            raise PictureLacks(Lack.RESOURCE)
        return opened(_content(sheet, style, found), sheet.allowance, wanted=_wanted(sheet))
    except PictureLacks as error:
        if not instead or instead == number_:
            raise
        sheet.undrawn.add(error.lack)
        return _media(sheet, style, instead, "")


def _content(sheet: Sheet, style: Style, found: Resource) -> bytes:
    name = text_of(child(found.element, "MediaFile"))
    try:
        content = sheet.package.read(style.resources.path(found, name))
    except CertificateFileRefused as error:
        raise PictureLacks(Lack.RESOURCE) from error
    named = attribute(found.element, "Format").lower() in _JBIG2_NAMES
    bare = named and not content.startswith(jbig2_pictures.MAGIC)
    return jbig2_pictures.headed(content) if bare else content


def _wanted(sheet: Sheet) -> tuple[int, int]:
    """Return how many dots of a picture the page can show at the present place."""
    a, b, c, d, _, _ = sheet.canvas.whole
    finer = sheet.pixels_per_mm * _FINER
    return math.ceil(math.hypot(a, b) * finer), math.ceil(math.hypot(c, d) * finer)


def _draw_border(sheet: Sheet, unit: Unit, style: Style, size: tuple[float, float]) -> None:
    border = child(unit.element, "Border")
    if border is None:
        return
    canvas = sheet.canvas
    with canvas.kept():
        paint = sheet.paint(style, child(border, "BorderColor")) or Paint()
        canvas.state(stroke=paint.opacity * unit.opacity)
        ofd_painting.colour(canvas, paint, stroke=True)
        line = line_of(attributes(border))
        check_dashes(line, 2 * (abs(size[0]) + abs(size[1])))
        canvas.line(line)
        canvas.write(f"0 0 {size[0]:.4f} {size[1]:.4f} re S")
