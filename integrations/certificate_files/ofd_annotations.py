"""Draws annotations (GB/T 33190 15) as their appearance says."""

from collections.abc import Iterator
from typing import Final

from clerk.domain.errors import CertificateFileRefused
from integrations.certificate_files.ofd_document import Page
from integrations.certificate_files.ofd_reading import (
    Element,
    attribute,
    box,
    child,
    children,
    flag,
    moved,
    text_of,
)
from integrations.certificate_files.ofd_sheet import Sheet, Style
from integrations.certificate_files.undrawn import Lack

_UNSEEN: Final = frozenset({"link", "popup"})
"""Kinds that have no looks of their own."""


def draw_annotations(sheet: Sheet, page: Page) -> None:
    for annotation in _annotations(sheet, page):
        if not flag(attribute(annotation, "Visible"), default=True):
            continue
        look = child(annotation, "Appearance")
        if look is None:
            if attribute(annotation, "Type").lower() not in _UNSEEN:
                sheet.undrawn.add(Lack.ANNOTATION)
            continue
        try:
            area = box(attribute(look, "Boundary"))
        except ValueError:
            sheet.undrawn.add(Lack.ANNOTATIONS)
            continue
        with sheet.canvas.kept():
            if area is not None:
                sheet.canvas.concat(moved(area[0], area[1]))
            sheet.draw_block(sheet, look, Style(resources=page.document.resources))


def _annotations(sheet: Sheet, page: Page) -> Iterator[Element]:
    """Return the annotations on a page; a list that cannot be read is told."""
    document = page.document
    for place in children(document.root, "Annotations"):
        try:
            path = sheet.package.resolve(document.path, text_of(place))
            listed = sheet.package.xml(path)
        except CertificateFileRefused:
            sheet.undrawn.add(Lack.ANNOTATIONS)
            continue
        for one in children(listed, "Page"):
            if attribute(one, "PageID") != page.number:
                continue
            for file in children(one, "FileLoc"):
                try:
                    own = sheet.package.xml(sheet.package.resolve(path, text_of(file)))
                except CertificateFileRefused:
                    sheet.undrawn.add(Lack.ANNOTATIONS)
                    continue
                yield from children(own, "Annot")
