"""Writes the few kinds of ASN.1 value (DER) that an electronic seal is made of."""

from datetime import UTC, datetime


def sequence(*values: bytes) -> bytes:
    """Return a SEQUENCE of values that are written already."""
    return _written(0x30, b"".join(values))


def integer(number: int) -> bytes:
    """Return an INTEGER that is not negative."""
    return _written(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return _written(0x04, content)


def bits(content: bytes) -> bytes:
    """Return a BIT STRING of whole octets."""
    return _written(0x03, b"\0" + content)


def utf8(text: str) -> bytes:
    """Return a UTF8String."""
    return _written(0x0C, text.encode())


def ia5(text: str) -> bytes:
    """Return an IA5String."""
    return _written(0x16, text.encode("ascii"))


def instant(at: datetime) -> bytes:
    """Return a GeneralizedTime, to the second."""
    return _written(0x18, f"{at.astimezone(UTC):%Y%m%d%H%M%SZ}".encode())


def object_identifier(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER."""
    first, second, *others = map(int, dotted.split("."))
    content = bytes((first * 40 + second,))
    for number in others:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(number & 0x7F | 0x80)
        content += bytes(reversed(digits))
    return _written(0x06, content)


def _written(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
