"""Decodes JBIG2 (ITU-T T.88), which scanners and older OFD makers write, by way of pdfium.

A file of JBIG2 is the stream that PDF holds, with a head of its own and its parts perhaps in another
order; pdfium, which is made for hostile input, does the rest.
"""

import struct
from collections.abc import Iterator
from typing import Final

import pypdfium2
from PIL import Image

from clerk.values import dataclass
from integrations.certificate_files.page_canvas import Canvas

MAGIC: Final = b"\x97JB2\r\n\x1a\n"
_IN_SEQUENCE, _PAGES_UNKNOWN = 0x01, 0x02
_PAGE, _END_OF_PAGE, _END_OF_FILE = 48, 49, 51
_UNKNOWN_LENGTH: Final = 0xFFFFFFFF
_MOST_SEGMENTS: Final = 2000
_PAPER: Final = (128, 128, 128, 255)
"""What shines through where pdfium gave up: the picture itself is black and white."""


@dataclass(slots=True, kw_only=True)
class _Segment:
    kind: int
    head: bytes
    length: int
    data: bytes = b""


def headed(content: bytes) -> bytes:
    """Return a stream without a head of its own, as PDF holds it, with one."""
    return MAGIC + bytes([_IN_SEQUENCE | _PAGES_UNKNOWN]) + content


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height in dots.

    Raises:
        ValueError: this is no JBIG2, or does not tell its size.
    """
    return _size(list(_segments(content)))


def decoded(content: bytes) -> Image.Image:
    """Return the first page of a JBIG2 file as a picture of greys.

    Raises:
        ValueError: it is broken.
    """
    segments = list(_segments(content))
    width, height = _size(segments)
    kept = (one for one in segments if one.kind not in {_END_OF_PAGE, _END_OF_FILE})
    canvas = Canvas((0.0, 0.0, width, height))
    canvas.concat((width, 0.0, 0.0, -height, 0.0, height))
    canvas.picture(
        canvas.add(
            f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray"
            "/BitsPerComponent 1/Filter/JBIG2Decode",
            b"".join(one.head + one.data for one in kept),
        )
    )
    with pypdfium2.PdfDocument(canvas.pdf()) as document:
        page = document[0].render(scale=1, grayscale=True, fill_color=_PAPER)
        picture: Image.Image = page.to_pil().convert("L")
    if picture.histogram()[_PAPER[0]]:
        raise ValueError("not drawn")
    return picture


def _size(segments: list[_Segment]) -> tuple[int, int]:
    page = next((one.data for one in segments if one.kind == _PAGE), b"")
    if len(page) < 8:
        raise ValueError("page")
    width, height = struct.unpack(">II", page[:8])
    if not width or not height or height == _UNKNOWN_LENGTH:
        raise ValueError(height)
    return width, height


def _segments(content: bytes) -> Iterator[_Segment]:
    flags = content[len(MAGIC)] if len(content) > len(MAGIC) else _IN_SEQUENCE
    in_sequence = bool(flags & _IN_SEQUENCE)
    at = 9 if flags & _PAGES_UNKNOWN else 13
    waiting: list[_Segment] = []
    while at < len(content) and len(waiting) < _MOST_SEGMENTS:
        segment = _head(content, at)
        at += len(segment.head)
        waiting.append(segment)
        if in_sequence:
            at = _fill(segment, content, at)
        if segment.kind == _END_OF_FILE:
            break
    if not in_sequence:
        for segment in waiting:
            at = _fill(segment, content, at)
    yield from waiting


def _fill(segment: _Segment, content: bytes, at: int) -> int:
    end = len(content) if segment.length == _UNKNOWN_LENGTH else at + segment.length
    segment.data = content[at:end]
    return end


def _head(content: bytes, at: int) -> _Segment:
    """Read the head of a segment (T.88, 7.2)."""
    try:
        number, flags, referred = struct.unpack_from(">IBB", content, at)
        end, count = at + 6, referred >> 5
        if count == 7:
            count = struct.unpack_from(">I", content, at + 5)[0] & 0x1FFFFFFF
            end = at + 9 + (count + 8) // 8
        end += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
        end += 4 if flags & 0x40 else 1
        (length,) = struct.unpack_from(">I", content, end)
    except struct.error as error:
        raise ValueError(at) from error
    return _Segment(kind=flags & 0x3F, head=content[at : end + 4], length=length)
