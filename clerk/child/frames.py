"""What we and a child that opens files say to each other over two pipes.

A frame is the length of its head (4 bytes, big-endian), the length of its body (4 bytes), the head
as UTF-8 JSON and the body as it is.
"""

import json
import struct
from typing import Any, BinaryIO

MAX_HEAD_BYTES = 4 << 20
MAX_BODY_BYTES = 64 << 20

_LENGTHS = struct.Struct(">II")

Head = dict[str, Any]


class FrameBroken(Exception):
    """The other end closed the pipe inside a frame, or sent none of ours."""


def write_frame(pipe: BinaryIO, head: Head, body: bytes = b"") -> None:
    """Write one frame and flush it."""
    encoded = json.dumps(head, ensure_ascii=False).encode()
    pipe.write(_LENGTHS.pack(len(encoded), len(body)) + encoded)
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[Head, bytes] | None:
    """Read one frame; None where the pipe ended between two frames.

    Raises:
        FrameBroken: the pipe ended inside a frame, a length is beyond all bounds, or the head is
            no JSON: whoever wrote that is ours no more.
    """
    lengths = pipe.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise FrameBroken
    head_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if head_bytes > MAX_HEAD_BYTES or body_bytes > MAX_BODY_BYTES:
        raise FrameBroken
    encoded = pipe.read(head_bytes)
    body = pipe.read(body_bytes)
    if len(encoded) < head_bytes or len(body) < body_bytes:
        raise FrameBroken
    try:
        head: Head = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise FrameBroken from error
    return head, body


def exchange(head: Head, body: bytes, requests: BinaryIO, answers: BinaryIO) -> tuple[Head, bytes]:
    """Send one frame and return the one that answers it; raises ``FrameBroken`` without one."""
    write_frame(requests, head, body)
    answer = read_frame(answers)
    if answer is None:
        raise FrameBroken
    return answer
