"""Pictures put into a letter at their place: a signature by hand, a code; or the place kept free.

A place is as large without its picture as with it, so that the page that was shown and the page
that was signed have the same lines. A signature is kept twice, as lines (SVG) for the PDF and for
newer Word, and as PNG for every other program (ECMA-376 part 1, 20.2; MS-ODRAWXML 2.3.3).
"""

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

import pypdfium2
import segno
from lxml import etree
from PIL import Image, ImageOps
from weasyprint import HTML

from clerk.documents.letter_fields import PictureField
from clerk.documents.letter_package import read_part
from clerk.domain.errors import PaperTrouble
from clerk.values import dataclass

_EMU_PER_MM: Final = 36_000
_DOTS_PER_MM: Final = 12
_QUIET: Final = 0
_MOST_BYTES: Final = 2_000_000
_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINES_ONLY: Final = frozenset(f"{_SVG}{name}" for name in ("svg", "g", "path"))
_LENGTH: Final = re.compile(r"([0-9.]+)mm")
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_KEPT_FREE: Final = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
"""A PNG of one pixel that shows nothing."""

_DRAWING: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{id}" name="{name}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{png}">{lines}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing>"
)
_LINES: Final = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip'
    ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/>'
    "</a:ext></a:extLst>"
)


@dataclass(slots=True)
class Stamps:
    """The pictures of one letter; ``media`` are the files to be added, ``relations`` by part."""

    media: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, dict[str, str]] = field(default_factory=dict)
    _count: int = 0

    def free(self, part: str, place: PictureField) -> etree._Element:
        """Return a place for a pen."""
        return self._drawing(part, place, _KEPT_FREE)

    def code(self, part: str, place: PictureField, text: str) -> etree._Element:
        """Return ``text`` as a QR code, error level M."""
        out = io.BytesIO()
        segno.make_qr(text, error="m").save(out, kind="png", scale=6, border=_QUIET)
        return self._drawing(part, place, out.getvalue())

    def lines(self, part: str, place: PictureField, svg: str) -> etree._Element:
        """Return a signature by hand, not larger than it was written.

        Raises:
            PaperTrouble: it is something else than lines, or too much.
        """
        fitted = _fitted(svg, place)
        return self._drawing(part, place, _as_png(fitted, place), fitted.encode())

    def _drawing(
        self, part: str, place: PictureField, png: bytes, svg: bytes | None = None
    ) -> etree._Element:
        self._count += 1
        lines = "" if svg is None else _LINES.format(svg=self._kept(part, svg, "svg"))
        return read_part(
            _DRAWING.format(
                cx=round(place.width_mm * _EMU_PER_MM),
                cy=round(place.height_mm * _EMU_PER_MM),
                id=9000 + self._count,
                name=place.placeholder,
                png=self._kept(part, png, "png"),
                lines=lines,
            ).encode()
        )

    def _kept(self, part: str, content: bytes, ending: str) -> str:
        """Keep a picture and return the relation by which ``part`` names it."""
        name = f"letter{self._count}.{ending}"
        self.media[f"word/media/{name}"] = content
        relation = f"rIdLetter{self._count}{ending}"
        self.relations.setdefault(relations_of(part), {})[relation] = f"media/{name}"
        return relation


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relations of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def with_relations(xml: bytes | None, added: Mapping[str, str]) -> bytes:
    """Return the relations of a part with those of its pictures."""
    root = read_part(xml or f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    for relation, target in added.items():
        etree.SubElement(
            root, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=target
        )
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def with_types(xml: bytes) -> bytes:
    """Return the list of content types with those of pictures."""
    root = read_part(xml)
    have = {one.get("Extension") for one in root.iterchildren(f"{{{_TYPES}}}Default")}
    for ending, kind in (("png", "image/png"), ("svg", "image/svg+xml")):
        if ending not in have:
            one = etree.Element(f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
            root.insert(0, one)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _fitted(svg: str, place: PictureField) -> str:
    """Return the signature on a canvas as large as its place."""
    refused = PaperTrouble("签名的图形不是笔迹，没有用上，文书没有生成。请申请人重新签")
    if len(svg) > _MOST_BYTES:
        raise refused
    try:
        root = read_part(svg.encode())
    except etree.XMLSyntaxError as error:
        raise refused from error
    sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    sound = all(one.tag in _LINES_ONLY and not _links(one) for one in root.iter())
    if not sound or None in sides or root.get("viewBox") is None:
        raise refused
    width, height = (float(one[1]) for one in sides if one is not None)
    scale = min(1.0, place.width_mm / width, place.height_mm / height)
    root.set("width", f"{width * scale:g}")
    root.set("height", f"{height * scale:g}")
    root.set("y", f"{(place.height_mm - height * scale) / 2:g}")
    inner = etree.tostring(root, encoding="unicode")
    return (
        f'<svg xmlns="{_SVG[1:-1]}" width="{place.width_mm:g}mm" height="{place.height_mm:g}mm"'
        f' viewBox="0 0 {place.width_mm:g} {place.height_mm:g}">{inner}</svg>'
    )


def _links(element: etree._Element) -> bool:
    return any("href" in str(name) or name == "style" for name in element.attrib)


def _as_png(svg: str, place: PictureField) -> bytes:
    page = f"{place.width_mm:g}mm {place.height_mm:g}mm"
    html = f"<style>@page{{size:{page};margin:0}}body,svg{{margin:0;display:block}}</style>{svg}"
    with pypdfium2.PdfDocument(HTML(string=html).write_pdf()) as document:
        drawn = document[0].render(scale=_DOTS_PER_MM * 25.4 / 72).to_pil().convert("L")
    ink = Image.new("LA", drawn.size)
    ink.putalpha(ImageOps.invert(drawn))  # what lies below the signature stays to be seen
    out = io.BytesIO()
    ink.save(out, "PNG")
    return out.getvalue()
