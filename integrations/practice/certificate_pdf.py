"""Writes the page of an invented certificate as PDF, its font embedded, and seals it (RSA)."""

import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from PIL import Image

from clerk.values import dataclass
from integrations.practice import certificate_fonts
from integrations.practice.certificate_authority import pdf_sealer
from integrations.practice.certificate_fonts import CutFont
from integrations.practice.certificate_page import Frame, Page, Words

_POINTS: Final = 72 / 25.4
_SIGNATURE_BYTES: Final = 4096
_RANGE: Final = b"[0 0000000000 0000000000 0000000000]"
_RISE: Final = (0.8660, 0.5)
"""Cosine and sine of a watermark's 30 degrees."""
_FONT: Final = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+PracticeSans /Encoding /Identity-H"
    b" /DescendantFonts [6 0 R] /ToUnicode 9 0 R >>"
)
_MEASURES: Final = (
    b"<< /Type /FontDescriptor /FontName /AAAAAA+PracticeSans /Flags 4"
    b" /FontBBox [-1000 -400 3000 1200] /ItalicAngle 0 /Ascent 880 /Descent -120"
    b" /CapHeight 733 /StemV 80 /FontFile3 8 0 R >>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSeal:
    """What a seal is called, what it looks like and when it was set."""

    name: str
    picture: bytes
    sealed_at: datetime


def pdf_of(page: Page, *, title: str, seal: PdfSeal | None) -> bytes:
    """Return the page, with its seal where there is one."""
    font = certificate_fonts.cut(page.characters)
    objects = _objects(page, font, title)
    if seal is None:
        return _written(objects)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> >>"
    objects[2] = objects[2].replace(b"/Contents 4 0 R", b"/Contents 4 0 R /Annots [11 0 R]")
    objects += _sealing(page, seal)
    return _signed(_written(objects), seal.sealed_at)


def with_a_changed_byte(content: bytes, page: Page) -> bytes:
    """Return a sealed PDF whose number ends in another character than was sealed."""
    shown = b"<%b>" % _glyphs(page.words[0].text, certificate_fonts.cut(page.characters))
    last = content.index(shown) + len(shown) - 2
    other = b"%X" % (int(content[last : last + 1], 16) ^ 1)
    return content[:last] + other + content[last + 1 :]


def added_to(content: bytes, page: Page) -> bytes:
    """Return a PDF with something more on its page, written behind what was sealed."""
    font = certificate_fonts.cut(page.characters)
    size = int(content.rpartition(b"/Size ")[2].split(b" ")[0])
    start = int(content.rpartition(b"startxref\n")[2].split(b"\n")[0])
    first = content.index(b"3 0 obj\n")
    body = content[first : content.index(b"\nendobj", first)]
    later = body.replace(b"/Contents 4 0 R", b"/Contents [4 0 R %d 0 R]" % size)
    words = Words(x=30, y=24, size=4.6, text=page.words[0].text, colour="c8161d")
    parts = {3: later[len(b"3 0 obj\n") :], size: _stream(_drawn([], [words], page, font), b"")}
    content += b"\n"
    places = {}
    for number, each in parts.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % one for one in places.items())
    return content + (
        b"xref\n%btrailer << /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, size + 1, start, len(content))
    )


def _objects(page: Page, font: CutFont, title: str) -> list[bytes]:
    """Return the objects 1 to 10, in order."""
    box = b"0 0 %b %b" % (_points(page.width), _points(page.height))
    drawn = _drawn(page.frames, [*page.watermark, *page.printed, *page.words], page, font)
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>" % box,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        _FONT,
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /AAAAAA+PracticeSans"
        b" /FontDescriptor 7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 1000 /W [%b] >>" % _widths(font),
        _MEASURES,
        _stream(font.content, b"/Subtype /OpenType "),
        _stream(_to_unicode(font), b""),
        b"<< /Title <%b> /Producer (practice) >>" % _utf16(title),
    ]


def _sealing(page: Page, seal: PdfSeal) -> list[bytes]:
    """Return the objects 11 to 15: widget, signature, its look, picture and the picture's mask."""
    left, size = page.seal.x, page.seal.size
    top = page.height - page.seal.y
    corners = b" ".join(map(_points, (left, top - size, left + size, top)))
    side = _points(size)
    with Image.open(io.BytesIO(seal.picture)) as picture:
        clear = picture.convert("RGBA")
    measures = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % clear.size
    )
    shades, mask = clear.convert("RGB").tobytes(), clear.getchannel("A").tobytes()
    return [
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /P 3 0 R /Rect [%b]"
        b" /V 12 0 R /AP << /N 13 0 R >> >>" % corners,
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached"
        b" /Name <%b> /M (D:%bZ) /ByteRange %b /Contents <%b> >>"
        % (_utf16(seal.name), _instant(seal.sealed_at), _RANGE, b"0" * (2 * _SIGNATURE_BYTES)),
        _stream(
            b"q %b 0 0 %b 0 0 cm /Im Do Q" % (side, side),
            b"/Type /XObject /Subtype /Form /BBox [0 0 %b %b] /Resources << /XObject"
            b" << /Im 14 0 R >> >> " % (side, side),
        ),
        _stream(shades, measures + b"/ColorSpace /DeviceRGB /SMask 15 0 R "),
        _stream(mask, measures + b"/ColorSpace /DeviceGray "),
    ]


def _drawn(frames: Sequence[Frame], words: Sequence[Words], page: Page, font: CutFont) -> bytes:
    return b"\n".join([*_ruled(frames, page), *_said(words, page, font)])


def _ruled(frames: Sequence[Frame], page: Page) -> Iterator[bytes]:
    for one in frames:
        corner = _points(one.x), _points(page.height - one.y - one.height)
        box = b" ".join((*corner, _points(one.width), _points(one.height)))
        colour = _colour(one.colour)
        if one.line:
            yield b"%b RG %b w %b re S" % (colour, _points(one.line), box)
        else:
            yield b"%b rg %b re f" % (colour, box)


def _said(words: Sequence[Words], page: Page, font: CutFont) -> Iterator[bytes]:
    for one in words:
        across, up = _RISE if one.lifted else (1.0, 0.0)
        turn = b"%.4f %.4f %.4f %.4f" % (across, up, -up, across)
        place = b"%b %b" % (_points(one.x), _points(page.height - one.y))
        yield b"BT %b rg /F1 %b Tf %b %b Tm <%b> Tj ET" % (
            _colour(one.colour),
            _points(one.size),
            turn,
            place,
            _glyphs(one.text, font),
        )


def _glyphs(text: str, font: CutFont) -> bytes:
    return b"".join(b"%04X" % font.glyphs[letter] for letter in text)


def _widths(font: CutFont) -> bytes:
    return b" ".join(b"%d [%d]" % (font.glyphs[one], wide) for one, wide in font.advances.items())


def _to_unicode(font: CutFont) -> bytes:
    """Return the table by which a reader gets the text back."""
    lines = [
        b"<%04X> <%b>" % (place, _utf16(one, mark=False)) for one, place in font.glyphs.items()
    ]
    blocks = [lines[first : first + 100] for first in range(0, len(lines), 100)]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            b"/CMapName /Practice def /CMapType 2 def",
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(
                b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block))
                for block in blocks
            ),
            b"endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


def _utf16(text: str, *, mark: bool = True) -> bytes:
    return (b"\xfe\xff" * mark + text.encode("utf-16-be")).hex().upper().encode()


def _instant(at: datetime) -> bytes:
    return f"{at:%Y%m%d%H%M%S}".encode()


def _points(millimetres: float) -> bytes:
    return b"%.2f" % (millimetres * _POINTS)


def _colour(digits: str) -> bytes:
    return b" ".join(b"%.3f" % (each / 255) for each in bytes.fromhex(digits))


def _stream(content: bytes, told: bytes) -> bytes:
    packed = zlib.compress(content, 6)
    return b"<< %b/Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (
        told,
        len(packed),
        packed,
    )


def _written(objects: Sequence[bytes]) -> bytes:
    content = b"%PDF-1.7\n%\xe7\xbb\x83\xe4\xb9\xa0\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    known = hashlib.sha256(content).hexdigest()[:32].encode()
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R /Info 10 0 R"
        b" /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, known, known, len(content))
    )


def _signed(content: bytes, sealed_at: datetime) -> bytes:
    """Fill in what is signed (all but the signature itself) and the signature."""
    first = content.index(b"/Contents <") + len(b"/Contents ")
    behind = first + 2 * _SIGNATURE_BYTES + 2
    covered = b"[0 %d %d %d]" % (first, behind, len(content) - behind)
    content = content.replace(_RANGE, covered.ljust(len(_RANGE)), 1)
    digest = hashlib.sha256(content[:first] + content[behind:]).digest()
    signature = _signature(digest, sealed_at).hex().encode().ljust(2 * _SIGNATURE_BYTES, b"0")
    return content[: first + 1] + signature + content[behind - 1 :]


def _signature(digest: bytes, sealed_at: datetime) -> bytes:
    """Return a detached signature (CMS) of what has this SHA-256 digest."""
    identity = pdf_sealer()
    certificate = x509.Certificate.load(identity.der)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    told = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute(
                {"type": "signing_time", "values": [cms.Time({"utc_time": sealed_at})]}
            ),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
        ]
    )
    signature = identity.private.sign(told.dump(), padding.PKCS1v15(), hashes.SHA256())
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber(
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                ),
            ),
            "digest_algorithm": sha256,
            "signed_attrs": told,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signature": core.OctetString(signature),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())
