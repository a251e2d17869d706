"""A look into a foreign file before it is kept: can it be opened, how many pages, does it act.

Every decoder runs in a child process; nothing of the file is taken apart here.
"""

from typing import Final

from clerk.domain.errors import BadInput, CertificateFileRefused, PaperTrouble
from clerk.services.desk import Desk

OFD: Final = "application/ofd"
_READ_AS: Final = {"application/pdf": "PDF", OFD: "OFD"}
_ACTS: Final = (b"/JavaScript", b"/Launch")
_SMALL: Final = 64


def pages_in(desk: Desk, content: bytes, media_type: str) -> int:
    """Return how many pages a PDF, OFD or picture has.

    Raises:
        BadInput: it cannot be opened, or would start something by itself.
    """
    if media_type == "application/pdf" and any(word in content for word in _ACTS):
        raise BadInput("这个文件里有会自己运行的程序，没有保存。请申请人另存成普通 PDF，或收纸质件")
    try:
        if media_type in _READ_AS:
            return desk.certificate_files.look(content, _READ_AS[media_type]).pages
        desk.press.thumbnail(content, width=_SMALL)
    except (CertificateFileRefused, PaperTrouble) as error:
        raise BadInput(
            "这个文件打不开：损坏、设了密码或太大，没有保存。换一份，或收纸质件"
        ) from error
    return 1
