"""Parts of a Word file that python-docx does not write: text boxes and content controls."""

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

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
_ANCHOR = (
    'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"'
)


def text_box(
    said: str, *, floating: bool, wrapped: str = "wrapNone", mm: tuple[int, int] = (75, 10)
) -> BaseOxmlElement:
    """Return a run that holds a text box ``mm`` wide and high, in the line or before the text."""
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
        f"{_PARTED}{inner.format(f'<wp:{wrapped}/>')}</wp:anchor>"
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
