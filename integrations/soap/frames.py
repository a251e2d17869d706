"""What the scribe and its child say to each other over two pipes.

A frame is the length of its head (4 bytes, big-endian), the length of its tail (8 bytes), the head
as UTF-8 JSON and the tail as it is. JSON has no dates and no bytes: each stands in the head as an
object with one key that no XML element can bear, bytes by their place in the tail. So whatever the
child was made to say by a foreign document, it is data here and nothing else.
"""

import json
import struct
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO, Final

from clerk.child.frames import FrameBroken

_LENGTHS: Final = struct.Struct(">IQ")
_AT: Final = "$at"
_ON: Final = "$on"
_BYTES: Final = "$bytes"

Frame = Mapping[str, Any]


def send(pipe: BinaryIO, frame: Mapping[str, object]) -> None:
    """Write one frame and flush it."""
    tail = bytearray()

    def shown(value: object) -> Mapping[str, object]:
        match value:
            case bytes():
                begin = len(tail)
                tail.extend(value)
                return {_BYTES: [begin, len(tail)]}
            case datetime():
                return {_AT: value.isoformat()}
            case date():
                return {_ON: value.isoformat()}
        raise TypeError(type(value))

    head = json.dumps(frame, ensure_ascii=False, default=shown).encode()
    pipe.write(_LENGTHS.pack(len(head), len(tail)) + head)
    pipe.write(tail)
    pipe.flush()


def receive(pipe: BinaryIO, *, most_bytes: int) -> Frame | None:
    """Read one frame; None where the pipe ended between two frames.

    Raises:
        FrameBroken: the pipe ended inside a frame, a length is beyond ``most_bytes``, or the head
            is none of ours.
    """
    lengths = pipe.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise FrameBroken
    head_bytes, tail_bytes = _LENGTHS.unpack(lengths)
    if head_bytes + tail_bytes > most_bytes:
        raise FrameBroken
    head, tail = pipe.read(head_bytes), pipe.read(tail_bytes)
    if len(head) < head_bytes or len(tail) < tail_bytes:
        raise FrameBroken

    def meant(shown: dict[str, Any]) -> object:
        if len(shown) != 1:
            return shown
        match shown:
            case {"$at": text}:
                return datetime.fromisoformat(text)
            case {"$on": text}:
                return date.fromisoformat(text)
            case {"$bytes": [begin, end]}:
                return tail[begin:end]
        return shown

    try:
        frame: Frame = json.loads(head, object_hook=meant)
    except (ValueError, TypeError, RecursionError) as error:
        raise FrameBroken from error
    return frame
