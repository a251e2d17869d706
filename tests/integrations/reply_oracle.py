"""A second opinion on answers of the certificate library, which shares nothing with our gate.

It reads with expat instead of libxml2 and knows the contract from the tables below instead of the
schema file. So where the two agree that an answer is whole, neither took it on the other's word.
"""

import base64
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from xml.parsers import expat

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
LIBRARY = "urn:counter:certlib:1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

Many = 1 << 30
Model = list[tuple[str, str, int, int]]

TYPES: dict[str, Model] = {
    "Holder": [("name", "string", 0, 1), ("idType", "three", 1, 1), ("idNumber", "string", 1, 1)],
    "Field": [("name", "string", 1, 1), ("value", "string", 1, 1)],
    "Receipt": [
        ("receiptId", "string", 1, 1),
        ("messageId", "message", 1, 1),
        ("operation", "string", 1, 1),
        ("serverTime", "instant", 1, 1),
        ("replayed", "boolean", 1, 1),
        ("resultDigest", "string", 0, 1),
    ],
    "Certificate": [
        ("certificateId", "upto128", 1, 1),
        ("certTypeCode", "string", 1, 1),
        ("certTypeName", "string", 1, 1),
        ("certNumber", "string", 1, 1),
        ("holderName", "string", 1, 1),
        ("issuerName", "string", 1, 1),
        ("issuerCode", "string", 1, 1),
        ("issueDate", "day", 1, 1),
        ("validFrom", "day", 0, 1),
        ("validTo", "day", 0, 1),
        ("status", "state", 1, 1),
        ("authorized", "boolean", 1, 1),
        ("formats", "format", 0, 3),
        ("field", "Field", 0, 200),
    ],
    "PingResponse": [
        ("echo", "string", 1, 1),
        ("serverTime", "instant", 1, 1),
        ("version", "string", 1, 1),
    ],
    "VerifyUseCodeResponse": [
        ("authorizationId", "string", 1, 1),
        ("status", "leave", 1, 1),
        ("validUntil", "instant", 1, 1),
        ("holder", "Holder", 1, 1),
        ("certificate", "Certificate", 0, Many),
        ("receipt", "Receipt", 1, 1),
    ],
    "RequestAuthorizationResponse": [
        ("authorizationId", "string", 1, 1),
        ("status", "leave", 1, 1),
        ("validUntil", "instant", 0, 1),
        ("receipt", "Receipt", 1, 1),
    ],
    "QueryCertificatesResponse": [
        ("totalCount", "int", 1, 1),
        ("certificate", "Certificate", 0, Many),
        ("receipt", "Receipt", 1, 1),
    ],
    "FetchCertificateFileResponse": [
        ("fileName", "string", 1, 1),
        ("format", "format", 1, 1),
        ("fileVersion", "string", 1, 1),
        ("totalSize", "long", 1, 1),
        ("offset", "long", 1, 1),
        ("last", "boolean", 1, 1),
        ("digestMethod", "string", 1, 1),
        ("digestValue", "string", 1, 1),
        ("content", "binary", 1, 1),
        ("receipt", "Receipt", 1, 1),
    ],
    "ReportUseResponse": [("receipt", "Receipt", 1, 1)],
    "GetReceiptResponse": [("receipt", "Receipt", 0, 1)],
}
TYPES["GetAuthorizationResponse"] = TYPES["RequestAuthorizationResponse"]

WORDS = {
    "state": {"VALID", "EXPIRED", "REVOKED", "SUSPENDED", "UNKNOWN"},
    "leave": {"PENDING", "GRANTED", "DENIED", "EXPIRED", "REVOKED"},
    "format": {"OFD", "PDF", "PNG"},
}
PATTERNS = {"three": r"[0-9]{3}", "message": r"[0-9A-Za-z-]{16,64}", "upto128": r"(?s).{0,128}"}
RANGES = {"int": 1 << 31, "long": 1 << 63}
BLANKS = " \t\r\n"
ENCODINGS = {"utf-8", "gbk", "gb2312", "gb18030", "utf-16", "ascii", "us-ascii"}
DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"


class Bad(Exception):
    """The answer is not whole."""


@dataclass(slots=True)
class Element:
    """An element; ``text`` is all its own text in one piece."""

    namespace: str
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def copied(self) -> "Element":
        """Return a copy of it and all that stands in it."""
        children = [each.copied() for each in self.children]
        return Element(self.namespace, self.name, dict(self.attributes), children, self.text)


def parse(content: bytes) -> Element:
    """Return the root of a document without DTD and instructions, or raise ``Bad``."""
    _require(b"\x00" not in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"})
    text = re.sub(r"\A<\?xml\s[^?]*\?>", "", _decoded(content))
    parser = expat.ParserCreate("utf-8", namespace_separator="\x1f")
    top = Element("", "")
    open_ = [top]

    def begin(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition("\x1f")
        element = Element(namespace, local, dict(attributes))
        open_[-1].children.append(element)
        open_.append(element)

    def end(_name: str) -> None:
        open_.pop()

    def characters(piece: str) -> None:
        open_[-1].text += piece

    def refuse(*_: object) -> None:
        raise Bad

    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise Bad from error
    return top.children[0]


def values(content: bytes, response: str, message_id: str, operation: str) -> dict[str, Any]:
    """Return the values of a whole answer, by the names of its elements, or raise ``Bad``."""
    envelope = parse(content)
    _require((envelope.namespace, envelope.name) == (SOAP, "Envelope"))
    parts = list(envelope.children)
    if parts and (parts[0].namespace, parts[0].name) == (SOAP, "Header"):
        for entry in parts.pop(0).children:
            _require(entry.attributes.get(f"{SOAP}\x1fmustUnderstand", "0").strip() == "0")
    _require(len(parts) == 1 and (parts[0].namespace, parts[0].name) == (SOAP, "Body"))
    _require(not (envelope.text + parts[0].text).strip(BLANKS) and len(parts[0].children) == 1)
    answer = parts[0].children[0]
    _require((answer.namespace, answer.name) == (LIBRARY, response))
    found = _complex(answer, TYPES[response])
    receipt = found.get("receipt")
    if receipt is not None:
        _require(receipt["messageId"] == message_id)
        _require(not operation or receipt["operation"].strip() == operation)
    if "echo" in found:
        _require(found["echo"].strip() == message_id)
    return found


def _decoded(content: bytes) -> str:
    try:
        if content[:3] == b"\xef\xbb\xbf":
            return content[3:].decode("utf-8")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        head = re.match(rb"<\?xml\s[^?]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", content)
        encoding = head.group(1).decode().lower() if head else "utf-8"
        _require(encoding in ENCODINGS)
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Bad from error


def _require(holds: object) -> None:
    if not holds:
        raise Bad


def _complex(element: Element, model: Model) -> dict[str, Any]:
    _attributes(element, "")
    _require(not element.text.strip(BLANKS))
    left = list(element.children)
    found: dict[str, Any] = {}
    for name, kind, least, most in model:
        several: list[Any] = []
        while left and (left[0].namespace, left[0].name) == (LIBRARY, name):
            several.append(_value(left.pop(0), kind))
        _require(least <= len(several) <= most)
        if most > 1:
            found[name] = several
        elif several:
            found[name] = several[0]
    _require(not left)
    return found


def _value(element: Element, kind: str) -> Any:
    if kind in TYPES:
        return _complex(element, TYPES[kind])
    _attributes(element, "string" if kind == "string" else "")
    _require(not element.children)
    text = element.text
    if kind == "string":
        return text
    if kind in WORDS:
        _require(text in WORDS[kind])
        return text
    if kind in PATTERNS:
        _require(re.fullmatch(PATTERNS[kind], text))
        return text
    return _typed(text.strip(BLANKS), kind)


def _typed(text: str, kind: str) -> Any:
    if kind in RANGES:
        _require(re.fullmatch(r"[+-]?[0-9]+", text))
        _require(-RANGES[kind] <= int(text) < RANGES[kind])
        return int(text)
    if kind == "boolean":
        _require(text in {"true", "false", "1", "0"})
        return text in {"true", "1"}
    if kind == "binary":
        packed = re.sub(f"[{BLANKS}]", "", text)
        _require(
            re.fullmatch(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", packed)
        )
        content = base64.b64decode(packed)
        _require(base64.b64encode(content).decode() == packed)
        return content
    if kind == "day":
        whole = re.fullmatch(DAY + ZONE, text)
        _require(whole)
        return _day(whole)
    return _instant(text)


def _day(found: "re.Match[str] | None") -> Any:
    assert found is not None
    year, month, day = (int(found.group(place)) for place in (1, 2, 3))
    _require(year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1])
    return datetime(year, month, day).date()  # noqa: DTZ001  a day of nobody's zone


def _instant(text: str) -> datetime:
    found = re.fullmatch(DAY + r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?" + ZONE, text)
    _require(found)
    assert found is not None
    day = _day(found)
    hour, minute, second = (int(found.group(place)) for place in (4, 5, 6))
    _require(hour < 24 and minute < 60 and second < 60)
    micros = int(Decimal(found.group(7) or "0") * 1_000_000)
    zone = _zone(found.group(8))
    at = datetime(day.year, day.month, day.day, hour, minute, second, micros, zone)
    try:
        (at if zone else at.replace(tzinfo=timezone(timedelta(hours=8)))).astimezone(
            UTC
        ).astimezone(timezone(timedelta(hours=8)))
    except OverflowError as error:
        raise Bad from error
    return at


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _attributes(element: Element, may_say: str) -> None:
    """Nothing stands on the library's elements but where a schema lies, or a type that is true."""
    for name, value in element.attributes.items():
        namespace, _, local = name.rpartition("\x1f")
        hint = local in {"schemaLocation", "noNamespaceSchemaLocation"}
        true_type = local == "type" and may_say and value.rpartition(":")[2] == may_say
        _require(namespace == XSI and (hint or true_type))
