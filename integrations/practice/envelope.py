"""SOAP as the practice peers speak it: plain lxml and the shipped schema, no toolkit of ours."""

import base64
import hashlib
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from clerk import assets
from clerk.values import dataclass
from integrations.soap import xml

Tree = Sequence[tuple[str, "str | bytes | int | bool | datetime | Tree"]]
"""Elements in order: name and value; a name may come several times."""

RETRYABLE: Final = frozenset({"BUSY", "UPSTREAM_TIMEOUT", "INTERNAL"})


class Refused(Exception):
    """The peer says no, with one of its contract's fault codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that keeps the contract."""

    operation: str
    context: etree._Element
    body: etree._Element

    def header(self, name: str) -> str:
        """Return a value of the header, empty where it has none."""
        return xml.child_text(self.context, name)

    def text(self, name: str) -> str:
        """Return a value of the body, empty where it has none."""
        return xml.child_text(self.body, name)

    @property
    def case_id(self) -> str:
        """The case it is about, empty where it is about none."""
        return self.header("caseId") or self.header("issue")

    @property
    def digest(self) -> str:
        """SHA-256 of the body in canonical form; the header changes with each send."""
        return hashlib.sha256(etree.tostring(self.body, method="c14n")).hexdigest()

    def children(self, name: str) -> list[etree._Element]:
        """Return the children of the body with this name."""
        return [child for child in self.body if xml.local_name(child) == name]


class Speech:
    """Reads requests and writes answers of one contract."""

    def __init__(self, contract: str, fault_name: str) -> None:
        schema = xml.parse(assets.read_bytes("resources", f"wsdl/{contract}.xsd"))
        self.namespace = schema.get("targetNamespace", "")
        self._fault_name = fault_name
        self._schema = etree.XMLSchema(schema)
        self._lock = threading.Lock()

    def read(self, content: bytes) -> Request:
        """Return the request; raises ``Refused`` where it breaks the contract."""
        try:
            envelope = xml.parse(content)
        except xml.XmlRefused as error:
            raise Refused("INVALID_ARGUMENT", f"报文不能解析：{error.reason}") from error
        context = envelope.find(f"{{{xml.SOAP_11}}}Header/{{{self.namespace}}}CallContext")
        body = envelope.find(f"{{{xml.SOAP_11}}}Body")
        asked = body[0] if body is not None and len(body) == 1 else None
        if context is None or asked is None or not (self._valid(context) and self._valid(asked)):
            raise Refused("INVALID_ARGUMENT", "报文不符合接口规范")
        return Request(operation=xml.local_name(asked), context=context, body=asked)

    def answer(self, operation: str, values: Tree) -> bytes:
        """Return the envelope that answers ``operation``."""
        response = etree.Element(f"{{{self.namespace}}}{operation}Response")
        self._fill(response, values)
        return _envelope(response)

    def fault(self, code: str, message: str, message_id: str) -> bytes:
        """Return the envelope of a fault."""
        fault = etree.Element(f"{{{xml.SOAP_11}}}Fault", nsmap={"s": xml.SOAP_11})
        etree.SubElement(fault, "faultcode").text = "s:Server"
        etree.SubElement(fault, "faultstring").text = message
        coded = etree.SubElement(
            etree.SubElement(fault, "detail"), f"{{{self.namespace}}}{self._fault_name}"
        )
        values: list[tuple[str, str | bool]] = [
            ("code", code),
            ("message", message),
            ("retryable", code in RETRYABLE),
        ]
        self._fill(coded, [*values, ("messageId", message_id)] if message_id else values)
        return _envelope(fault)

    def pack(self, values: Tree) -> bytes:
        """Return values as one document, to be kept."""
        packed = etree.Element("kept")
        self._fill(packed, values)
        return etree.tostring(packed)

    def answer_kept(self, operation: str, packed: bytes, receipt: Tree | None) -> bytes:
        """Return the envelope of values that ``pack`` made, with a new receipt if there is one."""
        response = etree.Element(f"{{{self.namespace}}}{operation}Response")
        response.extend(list(xml.parse(packed)))
        if receipt is not None:
            self._fill(response, [("receipt", receipt)])
        return _envelope(response)

    def _valid(self, element: etree._Element) -> bool:
        with self._lock:
            return self._schema.validate(element)

    def _fill(self, parent: etree._Element, values: Tree) -> None:
        for name, value in values:
            child = etree.SubElement(parent, f"{{{self.namespace}}}{name}")
            if isinstance(value, str | bytes | int | datetime):
                child.text = _text(value)
            else:
                self._fill(child, value)


def instant(at: datetime) -> str:
    """Return an instant as XML writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: str | bytes | int | datetime) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case datetime():
            return instant(value)
    return str(value)


def _envelope(child: etree._Element) -> bytes:
    envelope = etree.Element(f"{{{xml.SOAP_11}}}Envelope", nsmap={"s": xml.SOAP_11})
    etree.SubElement(envelope, f"{{{xml.SOAP_11}}}Body").append(child)
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
