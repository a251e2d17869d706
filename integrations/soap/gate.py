"""What an answer must pass before zeep, or anybody, takes a value from it (soap.md, table 4)."""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from lxml import etree

from clerk.domain.errors import RemoteTrouble
from integrations.soap import outcome, xml
from integrations.soap.known_elements import KnownElements
from integrations.soap.outcome import Kind, Sent, SignatureDoubt
from integrations.soap.security import NO_DEMANDS, AnswerDemands
from integrations.soap.transport import Answer, Expected

if TYPE_CHECKING:
    from integrations.soap.answer_signature import SignatureChecker

_XML_TYPES: Final = frozenset({"text/xml", "application/xml", "application/soap+xml", ""})
KIND_OF_REFUSED_XML: Final = {
    xml.NO_XML: Kind.NOT_SOAP,
    xml.MALFORMED: Kind.MALFORMED,
    xml.DTD: Kind.DTD,
    xml.INSTRUCTION: Kind.PROCESSING_INSTRUCTION,
}
_FAULT_NAMESPACES: Final = frozenset({xml.SOAP_11, xml.SOAP_12, ""})
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_HALL: Final = timezone(timedelta(hours=8))
_BLANKS: Final = " \t\r\n"
_SECURITY: Final = (
    "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}Security"
)
_TRUE: Final = frozenset({"1", "true"})


class Gate:
    """Checks the answers of one peer, one at a time."""

    def __init__(
        self,
        peer: str,
        namespace: str,
        schema: etree._Element,
        demands: AnswerDemands = NO_DEMANDS,
    ) -> None:
        self._peer = peer
        self._namespace = namespace
        self._schema = etree.XMLSchema(schema)
        self._demands = demands
        self._known = KnownElements(schema)
        self._binary = self._known.of_type("base64Binary")
        self._days = self._known.of_type("date")
        self._instants = self._known.of_type("dateTime")
        self._checker = _signature_checker(demands) if demands.signers_pem else None

    def check(self, answer: Answer, expected: Expected) -> etree._Element:
        """Return the envelope of an answer that keeps the contract.

        Raises:
            RemoteRefused: the peer answered with a fault, or does not let us in.
            RemoteUnavailable: it is busy.
            RemoteGarbled: the answer breaks the contract.
        """
        envelope = self._envelope(answer)
        child = self._only_child(envelope)
        doubt = self._doubt(envelope, expected)
        if xml.local_name(child) == "Fault" and xml.namespace(child) in _FAULT_NAMESPACES:
            raise self._fault(child, answer, signed=doubt is None)
        if doubt is not None:
            raise self._trouble(Kind.SIGNATURE, note=doubt)
        if answer.status != 200:
            raise outcome.bad_status(self._peer, answer.status, answer.retry_after_seconds)
        if child.tag != f"{{{self._namespace}}}{expected.response}":
            raise self._trouble(Kind.WRONG_ELEMENT)
        if self._demands.tolerate_additions:
            self._known.remove_others(child)
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
            kind = KIND_OF_REFUSED_XML[error.reason]
            if kind is Kind.NOT_SOAP:
                raise outcome.not_soap(self._peer, answer.media_type) from error
            cut = kind is Kind.MALFORMED and not answer.framed
            sent = Sent.UNKNOWN if cut else Sent.ANSWERED
            raise outcome.trouble(self._peer, kind, sent=sent) from error
        if root.tag != f"{{{xml.SOAP_11}}}Envelope" or answer.media_type not in _XML_TYPES:
            if answer.status != 200:
                raise outcome.bad_status(self._peer, answer.status, answer.retry_after_seconds)
            raise outcome.not_soap(self._peer, answer.media_type)
        return root

    def _only_child(self, envelope: etree._Element) -> etree._Element:
        parts = list(envelope)
        if parts and parts[0].tag == f"{{{xml.SOAP_11}}}Header":
            self._check_header(parts.pop(0))
        if len(parts) != 1 or parts[0].tag != f"{{{xml.SOAP_11}}}Body":
            raise self._trouble(Kind.BODY_SHAPE)
        body = parts[0]
        stray = [
            envelope.text,
            body.text,
            *(child.tail for child in body),
            *(part.tail for part in envelope),
        ]
        if len(body) != 1 or any(text and text.strip(_BLANKS) for text in stray):
            raise self._trouble(Kind.BODY_SHAPE)
        return body[0]

    def _check_header(self, header: etree._Element) -> None:
        for entry in header:
            if self._checker is not None and entry.tag == _SECURITY:
                continue
            if entry.get(f"{{{xml.SOAP_11}}}mustUnderstand", "0").strip() in _TRUE:
                raise self._trouble(Kind.MUST_UNDERSTAND)

    def _doubt(self, envelope: etree._Element, expected: Expected) -> SignatureDoubt | None:
        """Return what is wrong with the signature, None where there is nothing or it may lack."""
        if self._checker is None:
            return None
        return self._checker.doubt(envelope, expected.at)

    def _keeps_schema(self, child: etree._Element) -> bool:
        """Whether every value is there and is one; libxml2 alone is too kind and too strict.

        It passes over characters that are no base64 at all and over times that no calendar here
        can hold, and refuses blanks around a date, which XML Schema collapses.
        """
        for element in _each(child, *self._days, *self._instants):
            element.text = (element.text or "").strip(_BLANKS)
        return (
            all(_is_base64(element.text or "") for element in _each(child, *self._binary))
            and self._valid_beside_files(child)
            and all(_is_day(element.text or "") for element in _each(child, *self._days))
            and all(_is_instant(element.text or "") for element in _each(child, *self._instants))
            and not any(self._known.lacking(child, path) for path in self._demands.required)
        )

    def _valid_beside_files(self, child: etree._Element) -> bool:
        """Whether the schema takes it; files were looked at before, and much faster than there."""
        files = [(element, element.text) for element in _each(child, *self._binary)]
        for element, _ in files:
            element.text = None
        valid = self._schema.validate(child)
        for element, text in files:
            element.text = text
        return valid

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

    def _fault(self, fault: etree._Element, answer: Answer, *, signed: bool) -> RemoteTrouble:
        """Read a fault by local names: peers write SOAP 1.2 shapes and forget namespaces."""
        text = xml.child_text(fault, "faultstring", "Reason")
        detail = next(
            (part for part in fault if xml.local_name(part) in {"detail", "Detail"}), None
        )
        coded = next(iter(detail), None) if detail is not None else None
        if not signed:
            code = "" if coded is None else xml.child_text(coded, "code")
            return outcome.unsigned_fault(self._peer, code)
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


def _signature_checker(demands: AnswerDemands) -> "SignatureChecker":
    from integrations.soap.answer_signature import SignatureChecker  # a cryptographic library

    tolerance = timedelta(seconds=demands.clock_tolerance_seconds)
    return SignatureChecker(demands.signers_pem, tolerance)


def _each(element: etree._Element, *names: str) -> Iterable[etree._Element]:
    """Return every element below with one of these names; none where there are no names."""
    return element.iter(*names) if names else ()


def _is_base64(text: str) -> bool:
    try:
        packed = text.encode("ascii").translate(None, _BLANKS.encode())
        content = binascii.a2b_base64(packed)
    except ValueError:  # binascii.Error and UnicodeEncodeError among them
        return False
    # what reads it forgives stray characters, padding and bits: there is one way to write a file
    return binascii.b2a_base64(content, newline=False) == packed


def _is_day(text: str) -> bool:
    """Whether a date of the schema is one of our calendar: its years are 0001 to 9999."""
    found = _DAY.fullmatch(text)
    try:
        return found is not None and bool(date.fromisoformat(found.group(1)))
    except ValueError:
        return False


def _is_instant(text: str) -> bool:
    """Whether an instant of the schema can be told in UTC and in the hall's time."""
    try:
        at = datetime.fromisoformat(text)
        aware = at if at.tzinfo is not None else at.replace(tzinfo=_HALL)
        aware.astimezone(UTC).astimezone(_HALL)
    except (ValueError, OverflowError):
        return False
    return "T24" not in text
