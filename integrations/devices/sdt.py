"""Frames of the identity card reader's security module (SDT, GA/T 467).

A frame is the preamble, a length of two bytes (big-endian, of all that follows), the body and one
check byte, the exclusive or of everything after the preamble. A request's body is command,
parameter and data; an answer's is two zero bytes, a status and data.
"""

from enum import Enum, IntEnum
from functools import reduce
from operator import xor
from typing import Final

from clerk.values import dataclass
from integrations.devices.trouble import garbled

PREAMBLE: Final = b"\xaa\xaa\xaa\x96\x69"
HEAD_BYTES: Final = len(PREAMBLE) + 2
MAX_FRAME_BYTES: Final = 4096
"""The longest answer known has 2321 bytes; more is not an answer."""

_MIN_ANSWER_BODY: Final = 4


class Command(Enum):
    """What a reader can be asked; the value is command and parameter byte."""

    RESET = b"\x10\xff"
    MODULE_STATUS = b"\x11\xff"
    FIND_CARD = b"\x20\x01"
    SELECT_CARD = b"\x20\x02"
    READ_CARD = b"\x30\x01"


class Status(IntEnum):
    """What a reader answers (SW3)."""

    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    CARD_REJECTS_MODULE = 0x31
    MODULE_REJECTS_CARD = 0x32
    CHECK_FAILED = 0x33
    NOT_SELECTED = 0x34
    WRONG_LENGTH = 0x3F
    UNKNOWN_CARD = 0x40
    READ_FAILED = 0x41
    NO_RANDOM = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    DONE = 0x90
    FOUND = 0x9F


MISHEARD: Final = frozenset({Status.BAD_CHECKSUM, Status.BAD_LENGTH, Status.BAD_COMMAND})
MOVED: Final = frozenset(
    {
        Status.NOT_SELECTED,
        Status.WRONG_LENGTH,
        Status.READ_FAILED,
        Status.NO_RANDOM,
        Status.SELECT_FAILED,
    }
)
REJECTED: Final = frozenset(
    {Status.CARD_REJECTS_MODULE, Status.MODULE_REJECTS_CARD, Status.CHECK_FAILED}
)
OUT_OF_ORDER: Final = frozenset({Status.SELF_TEST_FAILED, Status.NOT_AUTHORISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reader's answer; ``status`` may be a code that ``Status`` does not know."""

    status: int
    data: bytes


def request_frame(command: Command) -> bytes:
    """Return the bytes that ask for ``command``."""
    return _frame(command.value)


def answer_frame(status: int, data: bytes = b"") -> bytes:
    """Return the bytes a reader answers with; for the simulated one."""
    return _frame(bytes((0, 0, status)) + data)


def frame_bytes(head: bytes) -> int:
    """Return how long the whole frame is that begins with ``head``.

    Raises:
        AnswerGarbled: this is not the beginning of an answer.
    """
    body = int.from_bytes(head[len(PREAMBLE) : HEAD_BYTES], "big")
    if not head.startswith(PREAMBLE) or body < _MIN_ANSWER_BODY:
        raise garbled()
    if HEAD_BYTES + body > MAX_FRAME_BYTES:
        raise garbled()
    return HEAD_BYTES + body


def answer_in(frame: bytes) -> Answer:
    """Return what a whole answer frame says.

    Raises:
        AnswerGarbled: preamble, length or check byte is wrong, or the first status bytes are set.
    """
    if len(frame) < HEAD_BYTES or len(frame) != frame_bytes(frame) or not _intact(frame):
        raise garbled()
    if frame[HEAD_BYTES] or frame[HEAD_BYTES + 1]:
        raise garbled()
    return Answer(status=frame[HEAD_BYTES + 2], data=frame[HEAD_BYTES + 3 : -1])


def command_in(frame: bytes) -> Command | None:
    """Return what a whole request frame asks, None where that is unknown; for the simulated one.

    Raises:
        AnswerGarbled: the frame's check byte is wrong.
    """
    if not _intact(frame):
        raise garbled()
    body = frame[HEAD_BYTES : HEAD_BYTES + 2]
    return next((command for command in Command if command.value == body), None)


def text_in(data: bytes) -> bytes:
    """Return the text record of a read card; photo and fingerprint behind it are left alone.

    The data begins with the lengths of text and photo.

    Raises:
        AnswerGarbled: the lengths do not add up to the data.
    """
    text_bytes, photo_bytes = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if len(data) != 4 + text_bytes + photo_bytes:
        raise garbled()
    return data[4 : 4 + text_bytes]


def _frame(body: bytes) -> bytes:
    checked = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + checked + bytes((reduce(xor, checked),))


def _intact(frame: bytes) -> bool:
    return reduce(xor, frame[len(PREAMBLE) :]) == 0
