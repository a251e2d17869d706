"""Makes the files of the practice library's certificates: sealed PDF and OFD, pictures, also flawed ones.

A file is made when it is first asked for and kept in memory. It is the same bytes each time for
one certificate, version, format and guise, so that a transfer may be taken up again.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from clerk.values import replace
from integrations.certificate_files.ofd_draw import draw
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.practice import certificate_ofd, certificate_pdf
from integrations.practice.certificate_ofd import CONTENT, Told
from integrations.practice.certificate_page import Page, page_of
from integrations.practice.certificate_pdf import PdfSeal
from integrations.practice.certificate_seal import Sealing, sealed
from integrations.practice.certificate_stamp import seal_name, stamp
from integrations.practice.certificate_types import TYPES
from integrations.practice.holding import Guise, Holding

_FIRST_SEAL: Final = datetime(2021, 1, 4, 1, tzinfo=UTC)
_KEPT_FILES: Final = 64
_PICTURE_DPI: Final = 120
_PERSON: Final = ("公民身份号码", "111")
_BODY: Final = ("统一社会信用代码", "001")

_kept: OrderedDict[tuple[str, int, str, Guise], bytes] = OrderedDict()
_turn = Lock()


def file_of(holding: Holding, version: int, file_format: str) -> bytes:
    """Return the file of a certificate as its guise wants it."""
    key = (holding.certificate_id, version, file_format, holding.guise)
    with _turn:
        content = _kept.pop(key, b"") or made(holding, version, file_format)
        _kept[key] = content
        while len(_kept) > _KEPT_FILES:
            _kept.popitem(last=False)
    return content


def made(holding: Holding, version: int, file_format: str) -> bytes:
    """Make the file anew."""
    return _MAKERS[file_format](holding, version)


def _pdf(holding: Holding, version: int) -> bytes:
    page = page_of(holding, version)
    bare = holding.guise is Guise.UNSEALED
    seal = None if bare else _pdf_seal(holding, version)
    content = certificate_pdf.pdf_of(page, title=_title(holding), seal=seal)
    match holding.guise:
        case Guise.CHANGED_BYTE:
            return certificate_pdf.with_a_changed_byte(content, page)
        case Guise.HALF_COVERED:
            return certificate_pdf.added_to(content, page)
        case Guise.TRUNCATED:
            return _cut_off(content)
    return content


def _ofd(holding: Holding, version: int) -> bytes:
    page = page_of(holding, version)
    bare = holding.guise is Guise.UNSEALED
    parts = certificate_ofd.parts_of(page, _told(holding, version), sealed=not bare)
    if not bare:
        left_out = (CONTENT,) if holding.guise is Guise.HALF_COVERED else ()
        parts = sealed(parts, _sealing(holding, version, page), left_out=left_out)
    if holding.guise is Guise.CHANGED_BYTE:
        parts[CONTENT] = _overwritten(parts[CONTENT])
    content = certificate_ofd.packed(parts)
    return _cut_off(content) if holding.guise is Guise.TRUNCATED else content


def _png(holding: Holding, version: int) -> bytes:
    """Draw what the OFD shows; a picture has no seal that could be checked."""
    cut = holding.guise is Guise.TRUNCATED
    drawn = replace(holding, guise=Guise.NORMAL) if cut else holding
    content, _ = draw(OfdPackage(_ofd(drawn, version)), 1, _PICTURE_DPI)
    return _cut_off(content) if cut else content


_MAKERS: Final[Mapping[str, Callable[[Holding, int], bytes]]] = {
    "PDF": _pdf,
    "OFD": _ofd,
    "PNG": _png,
}


def _overwritten(content: bytes) -> bytes:
    """Write another digit over the last one that is shown."""
    place = max(content.rfind(b"%d<" % digit) for digit in range(10))
    return content[:place] + b"%d" % (9 - int(content[place : place + 1])) + content[place + 1 :]


def _cut_off(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _pdf_seal(holding: Holding, version: int) -> PdfSeal:
    return PdfSeal(
        name=seal_name(holding.issuer_name),
        picture=stamp(holding.issuer_name),
        sealed_at=_sealed_at(holding, version),
    )


def _sealing(holding: Holding, version: int, page: Page) -> Sealing:
    return Sealing(
        authority=holding.issuer_name,
        seal_id=f"99{holding.issuer_code}01",
        picture=stamp(holding.issuer_name),
        place=page.seal,
        sealed_at=_sealed_at(holding, version),
    )


def _told(holding: Holding, version: int) -> Told:
    kind, kind_code = _PERSON if _of_people(holding) else _BODY
    issued, until = holding.issued_on, holding.valid_until_on
    return Told(
        key=f"{holding.certificate_id} {version}",
        title=_title(holding),
        written_on=_sealed_at(holding, version).date(),
        metadata={
            "ZZMC": holding.type_name,
            "ZZLXDM": holding.type_code,
            "ZZBH": holding.number,
            "ZZBS": holding.certificate_id,
            "ZZBFJG": holding.issuer_name,
            "ZZBFJGDM": holding.issuer_code,
            "ZZBFRQ": f"{issued:%Y-%m-%d}",
            "ZZYXQQSRQ": f"{issued:%Y-%m-%d}",
            "ZZYXQJZRQ": f"{until:%Y-%m-%d}" if until else "9999-12-31",
            "CZZT": holding.holder_name,
            "CZZTDM": holding.owner,
            "CZZTDMLX": kind,
            "CZZTDMLXDM": kind_code,
            **{f"KZ_{name}": value for name, value in holding.fields.items()},
        },
    )


def _of_people(holding: Holding) -> bool:
    return all(one[6:14].isdigit() and one[:6].isdigit() for one in holding.owner.split("^"))


def _title(holding: Holding) -> str:
    return f"{TYPES[holding.type_name].name} {holding.number}"


def _sealed_at(holding: Holding, version: int) -> datetime:
    """Return when it was sealed: the day it was issued, older ones on the first working day."""
    issued = datetime(*holding.issued_on.timetuple()[:3], 1, tzinfo=UTC)
    return max(issued, _FIRST_SEAL) + timedelta(days=version - 1)
