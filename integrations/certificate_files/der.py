"""Reads DER, and DER only: each value has one spelling, so that no byte of a seal is idle.

Libraries read more than that; a byte that they overlook could be changed unnoticed.
"""

from datetime import UTC, datetime
from typing import Final

from asn1crypto import core

from clerk.values import dataclass

SEQUENCE: Final = 0x30
SET: Final = 0x31
NULL: Final = b"\x05\x00"
INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
OID: Final = 0x06
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18
TAGGED_0: Final = 0xA0

_LONG_TAG: Final = 0x1F
_SHORT_LENGTH: Final = 0x80
_MOST_LENGTH_OCTETS: Final = 4


class DerBroken(Exception):
    """What was read is no DER, or not of the expected shape."""


@dataclass(frozen=True, slots=True)
class Element:
    """One value: its tag, its content, and both with the length as they were read."""

    tag: int
    content: bytes
    raw: bytes

    def of(self, tag: int) -> bytes:
        """Return the content, which must be of that kind; raises ``DerBroken``."""
        if self.tag != tag:
            raise DerBroken
        return self.content

    @property
    def parts(self) -> "tuple[Element, ...]":
        """The values of a sequence; raises ``DerBroken``."""
        return elements(self.of(SEQUENCE))

    def exactly(self, count: int) -> "tuple[Element, ...]":
        """Return the values of a sequence of so many; raises ``DerBroken``."""
        parts = self.parts
        if len(parts) != count:
            raise DerBroken
        return parts

    def at_least(self, count: int) -> "tuple[Element, ...]":
        """Return the values of a sequence of so many or more; raises ``DerBroken``."""
        parts = self.parts
        if len(parts) < count:
            raise DerBroken
        return parts

    @property
    def bits(self) -> bytes:
        """A bit string of whole octets; raises ``DerBroken``."""
        content = self.of(BIT_STRING)
        if not content or content[0]:
            raise DerBroken
        return content[1:]

    @property
    def oid(self) -> str:
        """An object identifier with dots; raises ``DerBroken``."""
        self.of(OID)
        try:
            dotted: str = core.ObjectIdentifier.load(self.raw).dotted
        except (ValueError, IndexError) as error:
            raise DerBroken from error
        return dotted

    @property
    def text(self) -> str:
        """A text of any of the kinds of text; raises ``DerBroken``."""
        try:
            return self.content.decode()
        except UnicodeDecodeError as error:
            raise DerBroken from error

    @property
    def instant(self) -> datetime:
        """An instant of either kind, in UTC; raises ``DerBroken``."""
        kinds = {UTC_TIME: core.UTCTime, GENERALIZED_TIME: core.GeneralizedTime}
        kind = kinds.get(self.tag)
        if kind is None:
            raise DerBroken
        try:
            read = kind.load(self.raw).native
        except ValueError as error:
            raise DerBroken from error
        if not isinstance(read, datetime) or read.tzinfo is None:
            raise DerBroken
        return read.astimezone(UTC)


def element(content: bytes) -> Element:
    """Return the one value that ``content`` is; raises ``DerBroken``."""
    found = elements(content)
    if len(found) != 1:
        raise DerBroken
    return found[0]


def first(content: bytes) -> Element:
    """Return the value that ``content`` begins with; raises ``DerBroken``."""
    begin, end = _bounds(content, 0)
    return Element(content[0], content[begin:end], content[:end])


def elements(content: bytes) -> tuple[Element, ...]:
    """Return the values that stand in ``content`` one after the other; raises ``DerBroken``."""
    found = []
    at = 0
    while at < len(content):
        begin, end = _bounds(content, at)
        found.append(Element(content[at], content[begin:end], content[at:end]))
        at = end
    return tuple(found)


def _bounds(content: bytes, at: int) -> tuple[int, int]:
    """Return where the content of the value at ``at`` begins and ends."""
    if at + 1 >= len(content) or content[at] & _LONG_TAG == _LONG_TAG:
        raise DerBroken
    begin, length = at + 2, content[at + 1]
    if length >= _SHORT_LENGTH:
        octets = content[begin : begin + length - _SHORT_LENGTH]
        begin += len(octets)
        length = int.from_bytes(octets, "big")
        minimal = max(1, (length.bit_length() + 7) // 8)
        if len(octets) > _MOST_LENGTH_OCTETS or length < _SHORT_LENGTH or len(octets) != minimal:
            raise DerBroken
    if begin + length > len(content):
        raise DerBroken
    return begin, begin + length
