"""Pages of kept files as pictures for the screen; foreign bytes are decoded in the child only."""

from clerk.documents.press import Press
from clerk.domain.errors import PaperTrouble
from clerk.domain.issued import PageImage

A4_INCHES = 8.27
MOST_PAGES = 30


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


def _pages_of_pdf(press: Press, pdf: bytes, width: int) -> tuple[PageImage, ...]:
    dpi = width / A4_INCHES
    first = press.rasterise(pdf, page=1, dpi=dpi)
    others = range(2, min(first.pages, MOST_PAGES) + 1)
    drawn = (first, *(press.rasterise(pdf, page=page, dpi=dpi) for page in others))
    return tuple(PageImage(png=one.png, width=one.width, height=one.height) for one in drawn)
