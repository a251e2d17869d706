"""Writes small OFD files, for tests of what opens them: nothing but strings in a zip."""

import io
import struct
import zipfile
from dataclasses import dataclass, field

from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass(kw_only=True)
class OfdFile:
    """One document. ``pages`` and ``templates`` hold what stands in their ``Content``."""

    pages: list[str]
    area: str = "0 0 100 100"
    page_area: str = ""
    templates: list[tuple[str, str]] = field(default_factory=list)
    used: str = ""
    resources: str = ""
    annotations: str = ""
    stamps: str = ""
    seal: bytes = b""
    more: dict[str, bytes | str] = field(default_factory=dict)

    def content(self) -> bytes:
        parts: dict[str, bytes | str] = {
            "OFD.xml": self._root(),
            "Doc_0/Document.xml": self._document(),
            "Doc_0/PublicRes.xml": f'<ofd:Res {NAMESPACE} BaseLoc="Res">{self.resources}</ofd:Res>',
        }
        for number, page in enumerate(self.pages):
            parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = self._page(page)
        for number, (_, template) in enumerate(self.templates):
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = self._page(template, own=False)
        if self.annotations:
            parts |= self._annotations()
        if self.stamps:
            parts |= self._signatures()
        return packed(parts | self.more)

    def _root(self) -> str:
        seals = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
        return (
            f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
            "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            f"{seals if self.stamps else ''}</ofd:DocBody></ofd:OFD>"
        )

    def _document(self) -> str:
        templates = "".join(
            f'<ofd:TemplatePage ID="{900 + number}" BaseLoc="Tpls/Tpl_{number}/Content.xml" '
            f"{f'ZOrder={chr(34)}{order}{chr(34)}' if order else ''}/>"
            for number, (order, _) in enumerate(self.templates)
        )
        pages = "".join(
            f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(self.pages))
        )
        listed = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
        return (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{self.area}</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{templates}</ofd:CommonData>"
            f"<ofd:Pages>{pages}</ofd:Pages>{listed if self.annotations else ''}</ofd:Document>"
        )

    def _page(self, content: str, *, own: bool = True) -> str:
        area = f"<ofd:Area><ofd:PhysicalBox>{self.page_area}</ofd:PhysicalBox></ofd:Area>"
        if "<ofd:Layer" not in content:
            content = f'<ofd:Layer ID="2">{content}</ofd:Layer>'
        return (
            f"<ofd:Page {NAMESPACE}>{area if self.page_area else ''}"
            f"{self.used if own else ''}<ofd:Content>{content}</ofd:Content></ofd:Page>"
        )

    def _annotations(self) -> dict[str, str]:
        return {
            "Doc_0/Annots/Annotations.xml": (
                f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="1">'
                "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
            ),
            "Doc_0/Annots/Page_0/Annotation.xml": (
                f"<ofd:PageAnnot {NAMESPACE}>{self.annotations}</ofd:PageAnnot>"
            ),
        }

    def _signatures(self) -> dict[str, bytes | str]:
        return {
            "Doc_0/Signs/Signatures.xml": (
                f"<ofd:Signatures {NAMESPACE}>"
                '<ofd:Signature ID="1" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/>'
                "</ofd:Signatures>"
            ),
            "Doc_0/Signs/Sign_0/Signature.xml": (
                f"<ofd:Signature {NAMESPACE}><ofd:SignedInfo>{self.stamps}</ofd:SignedInfo>"
                "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
            ),
            "Doc_0/Signs/Sign_0/SignedValue.dat": self.seal,
        }


def packed(parts: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def path(data: str, *, boundary: str = "0 0 100 100", words: str = "", inside: str = "") -> str:
    return (
        f'<ofd:PathObject ID="10" Boundary="{boundary}" {words}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def rectangle(left: float, top: float, right: float, bottom: float) -> str:
    return f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} C"


def filled(data: str, colour: str, *, words: str = "", inside: str = "", boundary: str = "") -> str:
    """Return a path object without a stroke; ``colour`` are the three numbers."""
    return path(
        data,
        boundary=boundary or "0 0 100 100",
        words=f'Fill="true" Stroke="false" {words}',
        inside=f'<ofd:FillColor Value="{colour}"/>{inside}',
    )


def text(code: str, *, words: str = "", inside: str = "", boundary: str = "0 0 100 100") -> str:
    return (
        f'<ofd:TextObject ID="11" Boundary="{boundary}" Font="5" {words}>{inside}{code}'
        "</ofd:TextObject>"
    )


def block_font(*, cff: bool = False, mapped: bool = True, joined: bool = False) -> bytes:
    """Return a font of two glyphs: ``A`` fills its square, ``B`` the lower half of it."""
    names = [".notdef", "A", "B"]
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({65: "A", 66: "B"} if mapped else {})
    tops = {".notdef": 0, "A": 1000, "B": 500}
    if cff:
        drawn = {name: _square(T2CharStringPen(1000, None), top) for name, top in tops.items()}
        strings = {name: pen.getCharString() for name, pen in drawn.items()}
        builder.setupCFF("Block", {}, strings, {})
    else:
        drawn = {name: _square(TTGlyphPen(None), top) for name, top in tops.items()}
        shapes = {name: pen.glyph() for name, pen in drawn.items()}
        if joined:
            pen = TTGlyphPen(shapes)
            pen.addComponent("A", (1, 0, 0, 1, 0, 0))
            shapes["B"] = pen.glyph()
        builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def keyed_font(numbers: dict[str, int]) -> bytes:
    """Return the bare CFF of ``block_font``, its glyphs keyed by character ids as in PDF."""
    whole = TTFont(io.BytesIO(block_font(cff=True)))
    fonts = whole["CFF "].cff
    top, strings = fonts[0], fonts[0].CharStrings
    names = list(top.charset)
    for name in names:
        strings[name].decompile()
    keyed = [names[0], *(f"cid{numbers[name]:05}" for name in names[1:])]
    strings.charStrings = {
        new: strings.charStrings[old] for old, new in zip(names, keyed, strict=True)
    }
    whole.setGlyphOrder(keyed)
    part, parts, choice = FontDict(), FDArrayIndex(), FDSelect()
    part.Private = top.Private
    parts.append(part)
    choice.format, choice.gidArray = 0, [0] * len(keyed)
    top.charset, top.FDArray, top.FDSelect = keyed, parts, choice
    top.ROS = ("Adobe", "Identity", 0)
    top.rawDict.pop("Private", None)
    del top.Private
    file = io.BytesIO()
    fonts.compile(file, whole, isCFF2=False)
    return file.getvalue()


def _square(pen, top: int):
    if top:
        pen.moveTo((0, 0))
        for point in ((0, top), (1000, top), (1000, 0)):
            pen.lineTo(point)
        pen.closePath()
    return pen


def bilevel(*, in_sequence: bool = True, cut: int = 0) -> bytes:
    """Return a JBIG2 file whose left half is black: one page of one region coded as a fax."""
    half = Image.new("1", (64, 32), 0)
    half.paste(1, (0, 0, 32, 32))  # a fax calls it white what TIFF writes as 0
    with TiffImageFile(io.BytesIO(picture(half, "TIFF", compression="group4"))) as written:
        start, length = written.tag_v2[273][0], written.tag_v2[279][0]
    coded = picture(half, "TIFF", compression="group4")[start : start + length]
    page = struct.pack(">IIIIBH", 64, 32, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", 64, 32, 0, 0, 0, 1) + coded
    parts = [(48, page), (38, region[: len(region) - cut]), (49, b""), (51, b"")]
    heads = [
        struct.pack(">IBBBI", number, kind, 0, 1, len(part))
        for number, (kind, part) in enumerate(parts)
    ]
    datas = [part for _, part in parts]
    start_of_file = b"\x97JB2\r\n\x1a\n" + bytes([in_sequence]) + struct.pack(">I", 1)
    if in_sequence:
        return start_of_file + b"".join(a + b for a, b in zip(heads, datas, strict=True))
    return start_of_file + b"".join(heads + datas)


def picture(image: Image.Image, kind: str = "PNG", **how) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()
