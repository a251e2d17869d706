"""Decoders of foreign files, for the press's child process alone: nothing else may import this."""

import io
import warnings

import pypdfium2
from PIL import Image, ImageChops, ImageFile, ImageOps

from clerk.child.frames import Head
from clerk.child.png import png

_MAX_PICTURE_PIXELS = 40_000_000
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG"}
_BROKEN_PICTURE = (OSError, ValueError, SyntaxError, EOFError)

Image.MAX_IMAGE_PIXELS = _MAX_PICTURE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def rasterise(pdf: bytes, page: int, dpi: float) -> tuple[Head, bytes]:
    """Draw one page, counted from 1; a foreign file may be anything, so every size is bounded."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            document.init_forms()  # a seal's picture is a field of the form
            pages = len(document)
            if not 1 <= page <= pages:
                return {"ok": False, "why": "page"}, b""
            opened = document[page - 1]
            width, height = opened.get_size()
            scale = dpi / 72
            if width * height * scale * scale > _MAX_PICTURE_PIXELS:
                return {"ok": False, "why": "size"}, b""
            picture = opened.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError:
        return {"ok": False, "why": "unreadable"}, b""
    return _shown(picture, pages)


def thumbnail(content: bytes, width: int) -> tuple[Head, bytes]:
    """Draw a JPEG or PNG at most ``width`` pixels wide, upright, without what else it carried."""
    known = next((name for magic, name in _FORMATS.items() if content.startswith(magic)), None)
    if known is None:
        return {"ok": False, "why": "unreadable"}, b""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on; half a scan is none
    try:
        with Image.open(io.BytesIO(content), formats=[known]) as picture:
            picture.draft("RGB", (width, width * 4))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"ok": False, "why": "size"}, b""
    except _BROKEN_PICTURE:
        return {"ok": False, "why": "unreadable"}, b""
    if upright.width > width:
        upright = upright.resize((width, max(1, upright.height * width // upright.width)))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return _shown(clean, pages=1)


def _shown(picture: Image.Image, pages: int) -> tuple[Head, bytes]:
    size = {"width": picture.width, "height": picture.height}
    return {"ok": True, "pages": pages, **size}, _png(_without_colour(picture))


def _without_colour(picture: Image.Image) -> Image.Image:
    """Return a picture of greys as one: a third of the bytes for the window to keep and paint."""
    red, green, blue = picture.split()
    if any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
        return picture
    return red


def _png(picture: Image.Image) -> bytes:
    colour = picture.mode == "RGB"
    return png(picture.tobytes(), width=picture.width, height=picture.height, colour=colour)
