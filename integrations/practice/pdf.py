"""Writes a one-page PDF of plain lines, enough for an invented certificate.

The face is named, not embedded: every reader brings a Chinese one for ``STSong-Light``.
"""

from collections.abc import Sequence
from typing import Final

_PAGE: Final = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)
_FONT: Final = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [6 0 R] >>"
)
_CHARACTERS: Final = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    b" /DW 1000 /W [1 95 500] >>"
)
_MEASURES: Final = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def one_page(title: str, lines: Sequence[str]) -> bytes:
    """Return an A4 page with ``title`` above ``lines``; no line is broken."""
    text = [b"BT /F1 22 Tf 72 760 Td", _shown(title), b"/F1 13 Tf 0 -44 Td 26 TL"]
    text += [_shown(line) + b" T*" for line in lines]
    stream = b"\n".join([*text, b"ET"])
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _PAGE,
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
            _FONT,
            _CHARACTERS,
            _MEASURES,
        ]
    )


def _shown(line: str) -> bytes:
    return b"<%b> Tj" % line.encode("utf-16-be").hex().encode()


def _file(objects: Sequence[bytes]) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(content))
    )
