"""Writes the page of an invented certificate as OFD (GB/T 33190), its font embedded."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from lxml import etree

from clerk.values import dataclass
from integrations.practice import certificate_fonts
from integrations.practice.certificate_fonts import CutFont
from integrations.practice.certificate_page import Frame, Page, Words

NAMESPACE: Final = "http://www.ofdspec.org/2016"
PAGE_ID: Final = 1
CONTENT: Final = "Doc_0/Pages/Page_0/Content.xml"
SIGNATURES: Final = "Doc_0/Signs/Signatures.xml"
_TEMPLATE_ID: Final = 2
_FONT_ID: Final = 3
_LAYER_ID: Final = 4
_FIRST_OBJECT_ID: Final = 100
_MOST_ID: Final = 999
_WRITTEN_ON: Final = (2020, 1, 1, 0, 0, 0)
_RISE: Final = (0.8660, 0.5)
"""Cosine and sine of a watermark's 30 degrees."""
_AUTHOR: Final = "示例省练习证照中心"

Parts = dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the file says of itself: ``metadata`` are the fields of GB/T 36903 (ZZMC …)."""

    key: str
    title: str
    written_on: date
    metadata: Mapping[str, str]


def parts_of(page: Page, told: Told, *, sealed: bool) -> Parts:
    """Return the parts of the package; what a seal adds comes later."""
    font = certificate_fonts.cut(page.characters)
    return {
        "OFD.xml": _entry(told, sealed=sealed),
        "Doc_0/Document.xml": _document(page),
        "Doc_0/PublicRes.xml": _resources(),
        "Doc_0/Res/PracticeSans.otf": font.content,
        "Doc_0/Tpls/Tpl_0/Content.xml": _template(page, font),
        CONTENT: _content(page, font),
        "Doc_0/Annots/Annotations.xml": _annotations(),
        "Doc_0/Annots/Page_0/Annotation.xml": _watermark(page, font, told.written_on),
    }


def packed(parts: Parts) -> bytes:
    """Return the package; the same parts make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _WRITTEN_ON)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return target.getvalue()


def element(name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Return an element of OFD's namespace."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, {"ofd": NAMESPACE})
    made.text = text or None
    return made


def tree(root: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    """Return ``root`` with its children."""
    root.extend(list(children))
    return root


def xml(root: etree._Element) -> bytes:
    """Return the text of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def millimetres(*lengths: float) -> str:
    """Return lengths as they are written."""
    return " ".join(f"{each:.2f}".rstrip("0").rstrip(".") for each in lengths)


def _entry(told: Told, *, sealed: bool) -> bytes:
    known = hashlib.sha256(told.key.encode()).hexdigest()[:32]
    fields = [element("CustomData", value, Name=name) for name, value in told.metadata.items()]
    facts = [
        element("DocID", known),
        element("Title", told.title),
        element("Author", _AUTHOR),
        element("CreationDate", f"{told.written_on:%Y-%m-%d}"),
        element("Creator", "practice"),
        tree(element("CustomDatas"), fields),
    ]
    body = [
        tree(element("DocInfo"), facts),
        element("DocRoot", "Doc_0/Document.xml"),
        *([element("Signatures", SIGNATURES)] if sealed else []),
    ]
    root = element("OFD", Version="1.1", DocType="OFD")
    return xml(tree(root, [tree(element("DocBody"), body)]))


def _document(page: Page) -> bytes:
    box = element("PhysicalBox", millimetres(0, 0, page.width, page.height))
    common = [
        element("MaxUnitID", str(_MOST_ID)),
        tree(element("PageArea"), [box]),
        element("PublicRes", "PublicRes.xml"),
        element(
            "TemplatePage",
            ID=str(_TEMPLATE_ID),
            Name="frame",
            ZOrder="Background",
            BaseLoc="Tpls/Tpl_0/Content.xml",
        ),
    ]
    pages = [element("Page", ID=str(PAGE_ID), BaseLoc="Pages/Page_0/Content.xml")]
    parts = [
        tree(element("CommonData"), common),
        tree(element("Pages"), pages),
        element("Annotations", "Annots/Annotations.xml"),
    ]
    return xml(tree(element("Document"), parts))


def _resources() -> bytes:
    name = certificate_fonts.NAME
    font = element("Font", ID=str(_FONT_ID), FontName=name, FamilyName=name)
    tree(font, [element("FontFile", "PracticeSans.otf")])
    return xml(tree(element("Res", BaseLoc="Res"), [tree(element("Fonts"), [font])]))


def _template(page: Page, font: CutFont) -> bytes:
    ids = iter(range(_FIRST_OBJECT_ID, _MOST_ID))
    shapes = [_shape(one, str(next(ids))) for one in page.frames]
    shapes += [_text(one, font, str(next(ids))) for one in page.printed]
    layer = tree(element("Layer", ID=str(_LAYER_ID), Type="Background"), shapes)
    return xml(tree(element("Page"), [tree(element("Content"), [layer])]))


def _content(page: Page, font: CutFont) -> bytes:
    first = _FIRST_OBJECT_ID + 100
    lines = [_text(one, font, str(first + place)) for place, one in enumerate(page.words)]
    layer = tree(element("Layer", ID=str(_LAYER_ID + 1), Type="Body"), lines)
    template = element("Template", TemplateID=str(_TEMPLATE_ID), ZOrder="Background")
    return xml(tree(element("Page"), [template, tree(element("Content"), [layer])]))


def _annotations() -> bytes:
    page = tree(element("Page", PageID=str(PAGE_ID)), [element("FileLoc", "Page_0/Annotation.xml")])
    return xml(tree(element("Annotations"), [page]))


def _watermark(page: Page, font: CutFont, written_on: date) -> bytes:
    first = _FIRST_OBJECT_ID + 500
    lines = [_text(one, font, str(first + place)) for place, one in enumerate(page.watermark)]
    look = element("Appearance", Boundary=millimetres(0, 0, page.width, page.height))
    mark = element(
        "Annot",
        ID=str(first - 1),
        Type="Watermark",
        Creator=_AUTHOR,
        LastModDate=f"{written_on:%Y-%m-%d}",
        Subtype="加注",
        ReadOnly="true",
    )
    root = element("PageAnnot")
    return xml(tree(root, [tree(mark, [tree(look, lines)])]))


def _shape(frame: Frame, key: str) -> etree._Element:
    box = millimetres(frame.x, frame.y, frame.width, frame.height)
    right, low = millimetres(frame.width), millimetres(frame.height)
    path = element("AbbreviatedData", f"M 0 0 L {right} 0 L {right} {low} L 0 {low} C")
    colour = _colour(frame.colour)
    if not frame.line:
        shape = element("PathObject", ID=key, Boundary=box, Stroke="false", Fill="true")
        return tree(shape, [element("FillColor", Value=colour), path])
    shape = element("PathObject", ID=key, Boundary=box, LineWidth=millimetres(frame.line))
    return tree(shape, [element("StrokeColor", Value=colour), path])


def _text(words: Words, font: CutFont, key: str) -> etree._Element:
    """Return a line of text; its box has room for what reaches below the base line."""
    width, size = font.width(words.text, words.size), words.size
    if words.lifted:
        across, up = _RISE
        left, top = words.x - size, words.y - width * up - size
        place = (left, top, width * across + 2 * size, width * up + 2 * size)
        moved = millimetres(size, width * up + size)
        turned = {"CTM": f"{across} {-up} {up} {across} {moved}", "Alpha": "210"}
        start = ("0", "0")
    else:
        place = (words.x, words.y - size, width + size / 2, size * 1.4)
        turned = {}
        start = ("0", millimetres(size))
    text = element(
        "TextObject",
        ID=key,
        Boundary=millimetres(*place),
        Font=str(_FONT_ID),
        Size=millimetres(size),
        **turned,
    )
    steps = _steps([font.advances[one] for one in words.text[:-1]], size)
    code = element("TextCode", words.text, X=start[0], Y=start[1], **steps)
    return tree(text, [element("FillColor", Value=_colour(words.colour)), code])


def _steps(advances: Sequence[int], size: float) -> dict[str, str]:
    """Return how far each character moves the pen; what repeats is written once (``g``)."""
    runs: list[list[int]] = []
    for each in advances:
        if runs and runs[-1][0] == each:
            runs[-1][1] += 1
        else:
            runs.append([each, 1])
    steps = []
    for each, count in runs:
        step = f"{each * size / certificate_fonts.UNITS:.3f}"
        steps.append(f"g {count} {step}" if count > 1 else step)
    return {"DeltaX": " ".join(steps)} if steps else {}


def _colour(digits: str) -> str:
    return " ".join(str(each) for each in bytes.fromhex(digits))
