"""What a certificate file may be and ask for; every refusal is a flaw of a closed list.

A file that is refused is not used at all. The child that opens files tells the flaw alone, so that
nothing of the file gets into a sentence.
"""

from enum import StrEnum
from typing import Final

from clerk.domain.errors import CertificateFileRefused

MOST_BYTES: Final = 20 << 20
"""What the library may send of one file."""
MOST_PAGES: Final = 500
PDF_MAGIC: Final = b"%PDF-"
OFD_MAGIC: Final = b"PK\x03\x04"
PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"

_MAGIC: Final = {"PDF": PDF_MAGIC, "OFD": OFD_MAGIC, "PNG": PNG_MAGIC}


class Flaw(StrEnum):
    """Why a file is not opened, or one of its pages not shown."""

    WRONG_FORMAT = "wrong-format"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_LARGE_INSIDE = "too-large-inside"
    BOMB = "bomb"
    NAME_LEAVES = "name-leaves"
    SAME_NAME = "same-name"
    LINK = "link"
    UNKNOWN_PACKING = "unknown-packing"
    FORBIDDEN_XML = "forbidden-xml"
    PART_MISSING = "part-missing"
    TOO_MANY_PAGES = "too-many-pages"
    NO_PAGES = "no-pages"
    NO_SUCH_PAGE = "no-such-page"
    PAGE_TOO_LARGE = "page-too-large"
    PAGE_TOO_FULL = "page-too-full"
    TOO_SLOW = "too-slow"
    BROKE_DOWN = "broke-down"
    CLOSED = "closed"


_WHAT: Final = {
    Flaw.WRONG_FORMAT: "不是所标明的格式",
    Flaw.EMPTY: "是空的",
    Flaw.TOO_LARGE: "超过 20 MB",
    Flaw.DAMAGED: "已损坏或不完整",
    Flaw.LOCKED: "设有密码",
    Flaw.TOO_MANY_PARTS: "内含的部件过多",
    Flaw.TOO_LARGE_INSIDE: "展开后过大",
    Flaw.BOMB: "的压缩比例异常",
    Flaw.NAME_LEAVES: "内有指向文件之外的名称",
    Flaw.SAME_NAME: "内有重名的部件",
    Flaw.LINK: "内有链接，不是普通部件",
    Flaw.UNKNOWN_PACKING: "用了标准之外的压缩方式",
    Flaw.FORBIDDEN_XML: "内有不允许的 XML 声明",
    Flaw.PART_MISSING: "缺少必需的部件",
    Flaw.TOO_MANY_PAGES: f"超过 {MOST_PAGES} 页",
    Flaw.NO_PAGES: "没有页面",
    Flaw.NO_SUCH_PAGE: "没有这一页",
    Flaw.PAGE_TOO_LARGE: "的页面幅面过大",
    Flaw.PAGE_TOO_FULL: "的这一页内容过多",
    Flaw.TOO_SLOW: "在规定时间内没有打开",
    Flaw.BROKE_DOWN: "使查看程序中断",
    Flaw.CLOSED: "没有打开：程序正在退出",
}


class FileFlawed(CertificateFileRefused):
    """A certificate file is not used because of ``flaw``."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"证照文件{_WHAT[flaw]}，没有采用其中任何内容，办件未改动。请改收纸质件")
        self.flaw = flaw


def check_outside(content: bytes, file_format: str) -> None:
    """Refuse what can be refused without opening it: its size and how it begins.

    Raises:
        FileFlawed: it is empty, too large or something else than ``file_format``.
    """
    if not content:
        raise FileFlawed(Flaw.EMPTY)
    if len(content) > MOST_BYTES:
        raise FileFlawed(Flaw.TOO_LARGE)
    magic = _MAGIC.get(file_format)
    if magic is None or not content.startswith(magic):
        raise FileFlawed(Flaw.WRONG_FORMAT)


def check_pages(pages: int) -> None:
    """Refuse a file without pages, or with more than anybody looks at.

    Raises:
        FileFlawed: it has none or too many.
    """
    if pages < 1:
        raise FileFlawed(Flaw.NO_PAGES)
    if pages > MOST_PAGES:
        raise FileFlawed(Flaw.TOO_MANY_PAGES)
