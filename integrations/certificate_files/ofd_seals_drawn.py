"""Draws the pictures of seals where the signatures want them (GB/T 33190 18.2.3).

A seal darkens what is below it, as ink does: white in its picture covers nothing.
"""

from collections.abc import Iterator

from clerk.domain.errors import CertificateFileRefused
from clerk.values import dataclass
from integrations.certificate_files.guard import OFD_MAGIC
from integrations.certificate_files.ofd_document import Page
from integrations.certificate_files.ofd_fonts import Typefaces
from integrations.certificate_files.ofd_package import OfdPackage
from integrations.certificate_files.ofd_page import draw_content
from integrations.certificate_files.ofd_pictures import PictureLacks, embedded, opened
from integrations.certificate_files.ofd_reading import (
    Box,
    Element,
    attribute,
    box,
    child,
    children,
    moved,
    text_of,
    upright,
)
from integrations.certificate_files.ofd_sheet import Sheet
from integrations.certificate_files.seal_picture import picture_in
from integrations.certificate_files.undrawn import Lack


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """A place where the seal of a signature is shown."""

    boundary: Box
    clip: Box | None
    value: str
    seal: str


def draw_seals(sheet: Sheet, page: Page) -> None:
    for stamp in _stamps(sheet, page):
        picture = _picture(sheet, stamp)
        if picture is None:
            sheet.undrawn.add(Lack.SEAL)
            continue
        left, top, width, height = stamp.boundary
        with sheet.canvas.kept():
            sheet.canvas.concat(moved(left, top))
            sheet.canvas.clip_box(upright(stamp.clip or (0.0, 0.0, width, height)))
            if picture.startswith(OFD_MAGIC):
                _draw_ofd(sheet, picture, (width, height))
            else:
                _draw_picture(sheet, picture, (width, height))


def _draw_picture(sheet: Sheet, content: bytes, size: tuple[float, float]) -> None:
    try:
        reference = embedded(sheet.canvas, opened(content, sheet.allowance), None)
    except PictureLacks:
        sheet.undrawn.add(Lack.SEAL)
        return
    sheet.canvas.state(multiply=True)
    sheet.canvas.concat((size[0], 0.0, 0.0, -size[1], 0.0, size[1]))
    sheet.canvas.picture(reference)


def _draw_ofd(sheet: Sheet, content: bytes, size: tuple[float, float]) -> None:
    """Draw a seal whose picture is an OFD: its first page, without the seals on it."""
    try:
        package = OfdPackage(content)
        page = Page(package, package.pages[0])
        left, top, width, height = page.area
        inner = Sheet(
            package=package,
            document=page.document,
            canvas=sheet.canvas,
            typefaces=Typefaces(package, sheet.undrawn),
            undrawn=sheet.undrawn,
            allowance=sheet.allowance,
            pixels_per_mm=sheet.pixels_per_mm,
            draw_block=sheet.draw_block,
        )
        with sheet.canvas.group(multiply=True):
            sheet.canvas.concat((size[0] / width, 0.0, 0.0, size[1] / height, 0.0, 0.0))
            sheet.canvas.concat(moved(-left, -top))
            draw_content(inner, page)
    except CertificateFileRefused:
        sheet.undrawn.add(Lack.SEAL)


def _picture(sheet: Sheet, stamp: _Stamp) -> bytes | None:
    """Return the seal's picture, out of the signature's value or else the seal beside it."""
    for path in (stamp.value, stamp.seal):
        try:
            found = picture_in(sheet.package.read(path)) if path else None
        except CertificateFileRefused:
            continue
        if found is not None:
            return found
    return None


def _stamps(sheet: Sheet, page: Page) -> Iterator[_Stamp]:
    package = sheet.package
    for body in package.doc_bodies:
        if body.document != page.document.path or not body.signatures:
            continue
        try:
            listed = package.xml(body.signatures)
        except CertificateFileRefused:
            sheet.undrawn.add(Lack.SEAL)
            continue
        for signature in children(listed, "Signature"):
            try:
                path = package.resolve(body.signatures, attribute(signature, "BaseLoc"))
                yield from _stamps_of(sheet, page, package.xml(path), path)
            except (CertificateFileRefused, ValueError):
                sheet.undrawn.add(Lack.SEAL)


def _stamps_of(sheet: Sheet, page: Page, signature: Element, path: str) -> Iterator[_Stamp]:
    info = child(signature, "SignedInfo")
    if info is None:
        return
    value, seal = (
        sheet.package.resolve(path, place) if place else ""
        for place in (
            text_of(child(signature, "SignedValue")),
            text_of(child(info, "Seal", "BaseLoc")),
        )
    )
    for stamp in children(info, "StampAnnot"):
        boundary = box(attribute(stamp, "Boundary"))
        if attribute(stamp, "PageRef") != page.number or boundary is None:
            continue
        if boundary[2] and boundary[3]:
            clip = box(attribute(stamp, "Clip"))
            if clip is not None and not (clip[2] and clip[3]):
                clip = None
            yield _Stamp(boundary=upright(boundary), clip=clip, value=value, seal=seal)
