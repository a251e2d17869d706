"""Pages of kept files as pictures for the screen; foreign bytes are decoded in the child only."""

import struct
from typing import Final

from clerk.documents.press import Press
from clerk.domain.errors import PaperTrouble
from clerk.domain.issued import PageImage

A4_INCHES = 8.27
MOST_PAGES = 30
_END = b"%%EOF\n"
_PNG_SIZE: Final = struct.Struct(">II")
_PNG_SIZE_AT: Final = 16


def pictures_of(press: Press, content: bytes, media_type: str, width: int) -> tuple[PageImage, ...]:
    """Return every page of a PDF about ``width`` pixels wide, or the one page of a picture.

    Raises:
        PaperTrouble: the file cannot be shown; it is kept all the same.
    """
    if media_type == "application/pdf":
        return _pages_of_pdf(press, content, width)
    if media_type in {"image/png", "image/jpeg"}:
        shown = press.thumbnail(content, width=width)
        return (PageImage(png=shown.png, width=shown.width, height=shown.height),)
    raise PaperTrouble("这种文件这里看不了，文件已存好。用部门系统打开看")


def pictures_before_seal(press: Press, pdf: bytes, width: int) -> tuple[PageImage, ...]:
    """Return the pages of a sealed PDF as they were drawn before it was sealed; never draws.

    A seal stands behind the last byte of what was drawn. Empty where the file bears none, or where
    not all of its pages are remembered.
    """
    end = pdf.rfind(_END, 0, -len(_END) - 1)
    if end < 0:
        return ()
    drawn, dpi, found = pdf[: end + len(_END)], width / A4_INCHES, list[PageImage]()
    while len(found) < MOST_PAGES:
        held = press.picture_held(drawn, page=len(found) + 1, dpi=dpi)
        if held is None:
            return ()
        found.append(PageImage(png=held.png, width=held.width, height=held.height))
        if len(found) == held.pages:
            break
    return tuple(found)


def _pages_of_pdf(press: Press, pdf: bytes, width: int) -> tuple[PageImage, ...]:
    dpi = width / A4_INCHES
    first = press.rasterise(pdf, page=1, dpi=dpi)
    others = range(2, min(first.pages, MOST_PAGES) + 1)
    drawn = (first, *(press.rasterise(pdf, page=page, dpi=dpi) for page in others))
    return tuple(PageImage(png=one.png, width=one.width, height=one.height) for one in drawn)


def as_page(png: bytes) -> PageImage:
    """Return a whole PNG file as a page; its size stands in its header."""
    width, height = _PNG_SIZE.unpack_from(png, _PNG_SIZE_AT)
    return PageImage(png=png, width=width, height=height)
