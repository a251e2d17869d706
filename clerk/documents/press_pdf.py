"""A PDF on its way out of WeasyPrint, for the press's child process alone: smaller, and sooner done.

Nothing that is drawn changes. An excerpt of a font keeps only what the drawing of its glyphs asks
for; a character of the usual width needs no width of its own; and what is packed is packed once,
where the writer would pack it for the file's own digest a second time.
"""

import struct
import zlib
from typing import Any, Final

from weasyprint.document import Document

from clerk.documents.press_colours import NAME, srgb

_NEEDED: Final = frozenset(
    (b"glyf", b"CFF ", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"cvt ", b"fpgm", b"prep")
)
"""Tables that a reader of a composite font looks at (ISO 32000-1, 9.9); its codes are glyphs."""
_CIDS: Final = ("/CIDFontType0", "/CIDFontType2")
_USUAL_WIDTH: Final = 1000
"""What a character takes that the list of widths does not name (ISO 32000-1, table 117)."""
_LEVEL, _MEMORY = 9, 9
_BEGIN, _END = b"\nstream\n", b"\nendstream"
_WHOLE: Final = 0xFFFFFFFF
_MAGIC: Final = 0xB1B0AFBA
_ADJUSTMENT_AT: Final = 8


def finish(_: Document, pdf: Any) -> None:
    """Make a file smaller before it is written; WeasyPrint calls it with its own file (pydyf)."""
    for one in pdf.objects:
        if getattr(one, "compress", False):
            _pack(one)
        elif isinstance(one, dict) and one.get("Subtype") in _CIDS and "W" in one:
            one["W"] = own_widths(one["W"])
    for intent in pdf.catalog.get("OutputIntents", ()):
        intent["OutputConditionIdentifier"] = intent["Info"] = type(intent["Info"])(NAME)


def _pack(stream: Any) -> None:
    stream.compress = False
    whole: bytes = stream.data
    content = whole[whole.index(_BEGIN) + len(_BEGIN) : -len(_END)]
    if "Length1" in stream.extra:
        content = slim(content)
        stream.extra["Length1"] = len(content)
    elif stream.extra.get("Subtype") == "/OpenType":
        content = slim(content)
    elif stream.extra.get("N") == len("RGB"):
        content = srgb()
    packing = zlib.compressobj(_LEVEL, memLevel=_MEMORY)
    stream.stream = [packing.compress(content) + packing.flush()]
    stream.extra["Filter"] = "/FlateDecode"


def own_widths(widths: list[Any]) -> list[Any]:
    """Leave away the usual widths of a list: a glyph, the widths from it on, another glyph …"""
    array = type(widths)
    found = array()
    for first, row in zip(widths[::2], widths[1::2], strict=True):
        following: list[float] | None = None
        for place, width in enumerate(row):
            if width == _USUAL_WIDTH:
                following = None
                continue
            if following is None:
                following = array()
                found += [first + place, following]
            following.append(width)
    return found


def slim(font: bytes) -> bytes:
    """Return a font (sfnt) without the tables that nobody looks at within a PDF."""
    kind, count = struct.unpack_from(">4sH", font)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(count))
    kept = [entry for entry in entries if entry[0] in _NEEDED]
    directory = [_heading(kind, len(kept))]
    contents, at, total, head = list[bytes](), 12 + 16 * len(kept), 0, 0
    for tag, check, begin, length in kept:
        directory.append(struct.pack(">4sIII", tag, check, at, length))
        if tag == b"head":
            head = at
        contents.append(font[begin : begin + length] + bytes(-length % 4))
        at, total = at + len(contents[-1]), total + check
    made = bytearray(b"".join((*directory, *contents)))
    if head:
        own = (_MAGIC - total - _sum(b"".join(directory))) & _WHOLE
        struct.pack_into(">I", made, head + _ADJUSTMENT_AT, own)
    return bytes(made)


def _heading(kind: bytes, count: int) -> bytes:
    """Return what stands before the list of tables, with its steps for a search by halves."""
    power = max(count.bit_length() - 1, 0)
    return struct.pack(">4sHHHH", kind, count, 16 << power, power, 16 * count - (16 << power))


def _sum(content: bytes) -> int:
    return int(sum(struct.unpack(f">{len(content) // 4}I", content)))
