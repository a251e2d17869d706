"""The child that opens certificate files: everything foreign in them is read here, and only here.

It answers one frame after the other and ends when its input ends. It has no network where the
system lets it give that up, fetches nothing and writes no file. It remembers nothing between two
requests.
"""

import base64
import gc
import logging
from collections.abc import Sequence
from dataclasses import asdict

from clerk.child import bound_memory_and_files, give_up_network, own_pipes
from clerk.child.frames import Head, read_frame, write_frame
from clerk.domain.certificate_file import FileLook, SealFinding
from integrations.certificate_files.guard import FileFlawed, Flaw, check_outside
from integrations.certificate_files.sm_certificate import (
    CertificateUnread,
    SealCertificate,
    read_authorities,
)

_ADDRESS_SPACE_BYTES = 2 << 30
_LOOK_DPI = 24.0
_PAGES_LOOKED_AT = 3
"""What a page lacks shows while it is drawn; a look draws the first ones, small."""


def answer(head: Head, body: bytes) -> tuple[Head, bytes]:
    """Do what is asked; a file that is refused is answered with its flaw."""
    try:
        check_outside(body, head["format"])
        match head["do"]:
            case "look":
                authorities, unread = _authorities(head["authorities"])
                look = _look(body, head["format"], authorities)
                return {"look": _told(look), "unread_authorities": unread}, b""
            case "picture":
                page, dpi = int(head["page"]), float(head["dpi"])
                return {}, _picture(body, head["format"], page, dpi)
            case unknown:
                raise ValueError(unknown)
    except FileFlawed as flawed:
        return {"flaw": flawed.flaw}, b""
    except MemoryError:
        return {"flaw": Flaw.TOO_LARGE_INSIDE}, b""


def _look(body: bytes, file_format: str, authorities: Sequence[SealCertificate]) -> FileLook:
    # Each library is loaded for the first file that needs it: all of them take half a second.
    if file_format == "PNG":
        from integrations.certificate_files.page_pictures import check_png

        check_png(body)
        return FileLook(pages=1)
    if file_format == "PDF":
        from integrations.certificate_files.page_pictures import pdf_pages
        from integrations.certificate_files.pdf_seal import pdf_seals

        return FileLook(pages=pdf_pages(body), seals=pdf_seals(body, authorities))
    from integrations.certificate_files.ofd_draw import draw
    from integrations.certificate_files.ofd_package import OfdPackage
    from integrations.certificate_files.ofd_seal import ofd_seals

    package = OfdPackage(body)
    package.check_parts()
    pages = len(package.pages)
    seals = ofd_seals(package, authorities)
    lacking: dict[str, None] = {}
    for page in range(1, min(pages, _PAGES_LOOKED_AT) + 1):
        lacking |= dict.fromkeys(draw(package, page, _LOOK_DPI)[1])
    return FileLook(pages=pages, seals=seals, undrawn=tuple(lacking))


def _picture(body: bytes, file_format: str, page: int, dpi: float) -> bytes:
    if file_format == "OFD":
        from integrations.certificate_files.ofd_draw import draw
        from integrations.certificate_files.ofd_package import OfdPackage

        return draw(OfdPackage(body), page, dpi)[0]
    from integrations.certificate_files.page_pictures import pdf_picture, png_picture

    if file_format == "PDF":
        return pdf_picture(body, page, dpi)
    return png_picture(body, page)


def _authorities(told: Sequence[str]) -> tuple[list[SealCertificate], int]:
    """Return those that can be read, and how many cannot."""
    read: list[SealCertificate] = []
    for one in told:
        try:
            read.extend(read_authorities([base64.b64decode(one)]))
        except CertificateUnread:
            continue
    return read, len(told) - len(read)


def _told(look: FileLook) -> Head:
    return {
        "pages": look.pages,
        "seals": [_told_seal(seal) for seal in look.seals],
        "undrawn": list(look.undrawn),
    }


def _told_seal(seal: SealFinding) -> Head:
    signed_at = seal.signed_at.isoformat() if seal.signed_at is not None else None
    return {**asdict(seal), "signed_at": signed_at}


def main() -> None:
    asked, answers = own_pipes()
    give_up_network()
    logging.disable(logging.CRITICAL)
    gc.collect()
    gc.freeze()
    bound_memory_and_files(_ADDRESS_SPACE_BYTES)
    while (frame := read_frame(asked)) is not None:
        write_frame(answers, *answer(*frame))
        del frame
        gc.collect()


if __name__ == "__main__":
    main()
