"""Parts of a Word file that python-docx does not write: text boxes, content controls."""

import struct
import zlib

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


DOT = b"\x89PNG\r\n\x1a\n" + b"".join(
    _chunk(kind, content)
    for kind, content in (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
)
"""A picture of one dot."""

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PARTED = (
    '<wp:positionH relativeFrom="column"><wp:posOffset>1270000</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>635000</wp:posOffset></wp:positionV>'
)
_AT_EDGE = (
    '<wp:positionH relativeFrom="column"><wp:align>{}</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
)
_ANCHOR = (
    'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"'
)


def text_box(
    said: str,
    *,
    floating: bool,
    wrapped: str = "wrapNone",
    mm: tuple[int, int] = (75, 10),
    at: str = "",
) -> BaseOxmlElement:
    """Return a run that holds a text box ``mm`` wide and high, in the line or hanging on it.

    ``at`` is the edge of the column where it begins with its paragraph.
    """
    parted = _AT_EDGE.format(at) if at else _PARTED
    side = ' wrapText="bothSides"' if wrapped == "wrapSquare" else ""
    size = f'cx="{mm[0] * 36000}" cy="{mm[1] * 36000}"'
    shape = (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525">'
        '<a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:txbx>'
        f'<w:txbxContent><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:t>{said}</w:t></w:r>'
        '</w:p></w:txbxContent></wps:txbx><wps:bodyPr wrap="square"/></wps:wsp></a:graphicData>'
        "</a:graphic>"
    )
    inner = f'<wp:extent {size}/>{{}}<wp:docPr id="77" name="box"/><wp:cNvGraphicFramePr/>{shape}'
    held = (
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" {_ANCHOR}><wp:simplePos x="0" y="0"/>'
        f"{parted}{inner.format(f'<wp:{wrapped}{side}/>')}</wp:anchor>"
        if floating
        else f'<wp:inline distT="0" distB="0" distL="0" distR="0">{inner.format("")}</wp:inline>'
    )
    return parse_xml(
        f'<w:r {_NAMES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{held}</w:drawing>'
        "</mc:Choice></mc:AlternateContent></w:r>"
    )


def control(name: str, said: str, *, ticks: bool = False, prompt: bool = False) -> BaseOxmlElement:
    """Return a content control that is called ``name``, a check box where it ``ticks``."""
    box = (
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612"'
        ' w14:font="MS Gothic"/></w14:checkbox>'
    )
    grey = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    return parse_xml(
        f'<w:sdt {_NAMES}><w:sdtPr><w:rPr><w:b/></w:rPr><w:tag w:val="{name}"/>'
        f"{'<w:showingPlcHdr/>' if prompt else ''}{box if ticks else ''}</w:sdtPr><w:sdtContent>"
        f"<w:r>{grey if prompt else ''}<w:t>{said}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def old_box(
    said: str, style: str, *, wrapped: str = "", mm: tuple[int, int] = (75, 10)
) -> BaseOxmlElement:
    """Return a run that holds a text box as older Word and WPS draw it (VML)."""
    size = f"width:{mm[0] / 25.4 * 72:g}pt;height:{mm[1] / 25.4 * 72:g}pt"
    wrap = f'<w10:wrap type="{wrapped}"/>' if wrapped else ""
    return parse_xml(
        f'<w:r {_NAMES} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:w10="urn:schemas-microsoft-com:office:word"><w:pict>'
        f'<v:rect style="{style}{size}" strokeweight=".75pt"><v:textbox>'
        f'<w:txbxContent><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:t>{said}</w:t></w:r>'
        f"</w:p></w:txbxContent></v:textbox>{wrap}</v:rect></w:pict></w:r>"
    )


def repeating(named: str, *inside: BaseOxmlElement) -> BaseOxmlElement:
    """Return a repeating section (重复节) called ``named`` with one item that holds ``inside``."""
    section = parse_xml(
        f'<w:sdt {_NAMES} xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        f'<w:sdtPr><w:tag w:val="{named}"/><w15:repeatingSection/></w:sdtPr><w:sdtContent><w:sdt>'
        "<w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent/></w:sdt></w:sdtContent></w:sdt>"
    )
    section[1][0][1].extend(inside)
    return section


def hang(picture: InlineShape, wrapped: str, at: str = "") -> None:
    """Let a picture that stands in the line hang on its paragraph instead."""
    inline = picture._inline
    anchor = parse_xml(
        f'<wp:anchor {_NAMES} distT="0" distB="0" distL="0" distR="0" {_ANCHOR}>'
        f'<wp:simplePos x="0" y="0"/>{_AT_EDGE.format(at) if at else _PARTED}</wp:anchor>'
    )
    extent, *rest = inline
    wrap = parse_xml(f'<wp:{wrapped} {_NAMES} wrapText="bothSides"/>')
    anchor.extend([extent, wrap, *rest])
    around = inline.getparent()
    assert around is not None
    around.replace(inline, anchor)
