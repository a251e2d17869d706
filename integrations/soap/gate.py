"""What an answer must pass before zeep, or anybody, takes a value from it (soap.md, table 4)."""

import re
from typing import Final

from lxml import etree

from clerk.domain.errors import RemoteTrouble
from integrations.soap import outcome, xml
from integrations.soap.outcome import Kind
from integrations.soap.transport import Answer, Expected

_XML_TYPES: Final = frozenset({"text/xml", "application/xml", "application/soap+xml", ""})
_KIND_OF_REFUSED_XML: Final = {
    xml.NO_XML: Kind.NOT_SOAP,
    xml.MALFORMED: Kind.MALFORMED,
    xml.DTD: Kind.DTD,
    xml.INSTRUCTION: Kind.PROCESSING_INSTRUCTION,
}
_FAULT_NAMESPACES: Final = frozenset({xml.SOAP_11, xml.SOAP_12, ""})
_BASE64: Final = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
_BINARY_ELEMENTS: Final = f"{{{xml.XML_SCHEMA}}}element[@type='xs:base64Binary']"
_TRUE: Final = frozenset({"1", "true"})


class Gate:
    """Checks the answers of one peer, one at a time."""

    def __init__(self, peer: str, namespace: str, schema: etree._Element) -> None:
        self._peer = peer
        self._namespace = namespace
        self._schema = etree.XMLSchema(schema)
        self._binary = [
            f"{{{namespace}}}{element.get('name')}"
            for element in schema.iterfind(f".//{_BINARY_ELEMENTS}")
        ]

    def check(self, answer: Answer, expected: Expected) -> etree._Element:
        """Return the envelope of an answer that keeps the contract.

        Raises:
            RemoteRefused: the peer answered with a fault, or does not let us in.
            RemoteUnavailable: it is busy.
            RemoteGarbled: the answer breaks the contract.
        """
        envelope = self._envelope(answer)
        child = self._only_child(envelope)
        if xml.local_name(child) == "Fault" and xml.namespace(child) in _FAULT_NAMESPACES:
            raise self._fault(child, answer)
        if answer.status != 200:
            raise outcome.bad_status(self._peer, answer.status, answer.retry_after_seconds)
        if child.tag != f"{{{self._namespace}}}{expected.response}":
            raise self._trouble(Kind.WRONG_ELEMENT)
        if not self._keeps_schema(child):
            raise self._trouble(Kind.SCHEMA)
        self._check_reply(child, expected)
        return envelope

    def _envelope(self, answer: Answer) -> etree._Element:
        own = answer.status in outcome.STATUSES_OF_THEIR_OWN
        if not answer.body.strip():
            if own:
                raise outcome.bad_status(self._peer, answer.status, answer.retry_after_seconds)
            raise self._trouble(Kind.EMPTY)
        if answer.media_type.startswith("multipart/"):
            raise self._trouble(Kind.MULTIPART)
        try:
            root = xml.parse(answer.body)
        except xml.XmlRefused as error:
            if answer.status != 200:
                raise outcome.bad_status(
                    self._peer, answer.status, answer.retry_after_seconds
                ) from error
            kind = _KIND_OF_REFUSED_XML[error.reason]
            raise self._trouble(kind, note=answer.media_type or outcome.UNKNOWN_TYPE) from error
        if root.tag != f"{{{xml.SOAP_11}}}Envelope" or answer.media_type not in _XML_TYPES:
            if answer.status != 200:
                raise outcome.bad_status(self._peer, answer.status, answer.retry_after_seconds)
            raise self._trouble(Kind.NOT_SOAP, note=answer.media_type or outcome.UNKNOWN_TYPE)
        return root

    def _only_child(self, envelope: etree._Element) -> etree._Element:
        parts = list(envelope)
        if parts and parts[0].tag == f"{{{xml.SOAP_11}}}Header":
            self._check_header(parts.pop(0))
        if len(parts) != 1 or parts[0].tag != f"{{{xml.SOAP_11}}}Body":
            raise self._trouble(Kind.BODY_SHAPE)
        body = parts[0]
        stray = [body.text, *(child.tail for child in body), *(part.tail for part in envelope)]
        if len(body) != 1 or any(text and text.strip() for text in stray):
            raise self._trouble(Kind.BODY_SHAPE)
        return body[0]

    def _check_header(self, header: etree._Element) -> None:
        for entry in header:
            if entry.get(f"{{{xml.SOAP_11}}}mustUnderstand", "0").strip() in _TRUE:
                raise self._trouble(Kind.MUST_UNDERSTAND)

    def _keeps_schema(self, child: etree._Element) -> bool:
        valid = self._schema.validate(child)
        # libxml2 passes over characters that are no base64 at all
        binary = (element for name in self._binary for element in child.iter(name))
        return valid and all(_BASE64.fullmatch(element.text or "") for element in binary)

    def _check_reply(self, response: etree._Element, expected: Expected) -> None:
        receipt = response.find(f"{{{self._namespace}}}receipt")
        if receipt is None:
            echo = response.find(f"{{{self._namespace}}}echo")
            if echo is not None and xml.child_text(response, "echo") != expected.message_id:
                raise self._trouble(Kind.WRONG_REPLY)
            return
        operation = xml.child_text(receipt, "operation")
        if xml.child_text(receipt, "messageId") != expected.message_id or (
            expected.operation and operation != expected.operation
        ):
            raise self._trouble(Kind.WRONG_REPLY)

    def _fault(self, fault: etree._Element, answer: Answer) -> RemoteTrouble:
        """Read a fault by local names: peers write SOAP 1.2 shapes and forget namespaces."""
        text = xml.child_text(fault, "faultstring", "Reason")
        detail = next(
            (part for part in fault if xml.local_name(part) in {"detail", "Detail"}), None
        )
        coded = next(iter(detail), None) if detail is not None else None
        if coded is None:
            return outcome.fault(
                self._peer,
                code="",
                text=text,
                retryable=False,
                retry_after_seconds=answer.retry_after_seconds,
            )
        after = xml.child_text(coded, "retryAfterSeconds")
        return outcome.fault(
            self._peer,
            code=xml.child_text(coded, "code"),
            text=xml.child_text(coded, "message") or text,
            retryable=xml.child_text(coded, "retryable") in _TRUE,
            retry_after_seconds=min(int(after[:9]), 3600)
            if after.isascii() and after.isdigit()
            else answer.retry_after_seconds,
        )

    def _trouble(self, kind: Kind, *, note: str = "") -> RemoteTrouble:
        return outcome.trouble(self._peer, kind, note=note)
