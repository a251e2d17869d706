"""Pages of PDF and PNG files as pictures. For the child that opens files alone."""

import io
import warnings
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from clerk.child.png import png
from integrations.certificate_files.guard import FileFlawed, Flaw, check_pages

_MOST_PIXELS: Final = 40_000_000
_POINTS_PER_INCH: Final = 72
_END: Final = b"%%EOF"
_END_WITHIN_BYTES: Final = 4096
_BROKEN_PICTURE: Final = (OSError, ValueError, SyntaxError, EOFError)

Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def pdf_pages(content: bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        FileFlawed: it is damaged, cut off or locked, or has none or too many.
    """
    with _opened(content) as document:
        pages = len(document)
    check_pages(pages)
    return pages


def pdf_picture(content: bytes, page: int, dpi: float) -> bytes:
    """Return one page, counted from 1, as a PNG, with what its seals look like.

    Raises:
        FileFlawed: it is damaged or locked, has no such page, or a page that is too large.
    """
    with _opened(content) as document:
        check_pages(len(document))
        if not 1 <= page <= len(document):
            raise FileFlawed(Flaw.NO_SUCH_PAGE)
        try:
            document.init_forms()  # a seal's picture is a field of the form
            opened = document[page - 1]
            width, height = opened.get_size()
            scale = dpi / _POINTS_PER_INCH
            if width * height * scale * scale > _MOST_PIXELS:
                raise FileFlawed(Flaw.PAGE_TOO_LARGE)
            picture = opened.render(scale=scale, rev_byteorder=True).to_pil()
        except pypdfium2.PdfiumError as error:
            raise FileFlawed(Flaw.DAMAGED) from error
        return _written(picture)


def check_png(content: bytes) -> None:
    """Refuse a picture that cannot be shown; raises ``FileFlawed``."""
    _decoded(content)


def png_picture(content: bytes, page: int) -> bytes:
    """Return a PNG without what else it carried.

    Raises:
        FileFlawed: it is damaged or too large, or another page than the first is asked for.
    """
    if page != 1:
        raise FileFlawed(Flaw.NO_SUCH_PAGE)
    return _written(_decoded(content))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    if _END not in content[-_END_WITHIN_BYTES:]:
        raise FileFlawed(Flaw.DAMAGED)  # pdfium would make the best of what came
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise FileFlawed(Flaw.LOCKED if locked else Flaw.DAMAGED) from error


def _decoded(content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if getattr(picture, "n_frames", 1) != 1:
                raise FileFlawed(Flaw.WRONG_FORMAT)
            shown = picture.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileFlawed(Flaw.PAGE_TOO_LARGE) from error
    except _BROKEN_PICTURE as error:
        raise FileFlawed(Flaw.DAMAGED) from error
    paper = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(paper, shown)


def _written(picture: Image.Image) -> bytes:
    """Write a PNG anew; greys as such, which is a third for the window to keep and paint."""
    picture = picture.convert("RGB")
    red, green, blue = picture.split()
    colour = any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
    shown = picture if colour else red
    return png(shown.tobytes(), width=shown.width, height=shown.height, colour=colour)
