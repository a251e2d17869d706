"""What a document must pass that came as text inside an answer; runs in the scribe's child.

The older generation of peers answers every question with one string (domain.md 3.6): a document
whose marks were escaped, once or twice, whose declaration names an encoding that it no longer has,
or that is no document at all but a login page, a code, or a few words of regret.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from clerk.domain.errors import RemoteTrouble
from integrations.soap import outcome, xml
from integrations.soap.gate import KIND_OF_REFUSED_XML
from integrations.soap.outcome import Kind, Sent

_OK: Final = "100"
_CODES: Final = {
    "200": "BUSY",
    "201": "INVALID_ARGUMENT",
    "202": "ACCESS_DENIED",
    "203": "INTERNAL",
    "205": "SESSION_OVER",
    "206": "USECODE_INVALID",
    "207": "USECODE_EXPIRED",
    "208": "AUTHORIZATION_REQUIRED",
    "209": "AUTHN_FAILED",
    "301": "CERT_REVOKED",
    "304": "NOT_FOUND",
}
"""In-band codes as they were seen in the field, and those of our own contract (205 to 301)."""
_RETRYABLE: Final = frozenset({"BUSY", "INTERNAL"})
_SESSION_WORDS: Final = frozenset({"access_token_invalid", "guid_invalid"})

_CODED_WORDS: Final = re.compile(r"\s*([0-9]{3})(?![0-9])\s*[:：,，|]?\s*(.*)", re.DOTALL)
_TAGS: Final = re.compile(r"<[^<>]*>")
_ESCAPED: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_LOST_CHARACTER: Final = "\ufffd"
_ANY: Final = f".//{{{xml.XML_SCHEMA}}}element"
_SEVERAL: Final = f"{_ANY}[@maxOccurs]"


class InnerGate:
    """Checks and reads the inner documents of one peer by their own schema."""

    def __init__(self, peer: str, schema: bytes) -> None:
        self._peer = peer
        described = xml.parse(schema)
        self._schema = etree.XMLSchema(described)
        self._several = {each.get("name") for each in described.iterfind(_SEVERAL)}
        self._names = {each.get("name") for each in described.iterfind(_ANY)}

    def read(self, root: str, text: str, *, tolerate_additions: bool = False) -> Mapping[str, Any]:
        """Return the values of the document ``root``; additions are left out where they are borne.

        Raises:
            RemoteRefused: it is a no, as a code or in words.
            RemoteUnavailable: it says that it is busy.
            RemoteGarbled: it is anything else.
        """
        given = _unescaped(text.strip("\ufeff \t\r\n"))
        if not given:
            raise self._trouble(Kind.EMPTY, sent=Sent.ANSWERED)
        if not given.startswith("<"):
            raise self._refusal_in_words(given)
        if _LOST_CHARACTER in given:  # somebody on the way has read it in the wrong encoding
            raise self._trouble(Kind.MALFORMED)
        document = self._document(given)
        self._raise_its_no(document)
        if xml.namespace(document) or xml.local_name(document) != root:
            raise self._trouble(Kind.WRONG_ELEMENT)
        if tolerate_additions:
            self._remove_unknown(document)
        if not self._schema.validate(document):
            raise self._trouble(Kind.SCHEMA)
        return self._values(document)

    def _document(self, text: str) -> etree._Element:
        try:
            return xml.parse_text(text)
        except xml.XmlRefused as error:
            kind = KIND_OF_REFUSED_XML[error.reason]
            raise self._trouble(kind, note=outcome.UNKNOWN_TYPE) from error

    def _raise_its_no(self, document: etree._Element) -> None:
        code = xml.child_text(document, "Code", "code")
        if code not in {"", _OK}:
            raise self._coded(code, xml.child_text(document, "Message", "message"))

    def _remove_unknown(self, document: etree._Element) -> None:
        for element in list(document.iterdescendants(etree.Element)):
            parent = element.getparent()
            if parent is not None and element.tag not in self._names:
                if (element.tail or "").strip():
                    raise self._trouble(Kind.SCHEMA)
                parent.remove(element)

    def _refusal_in_words(self, text: str) -> RemoteTrouble:
        coded = _CODED_WORDS.fullmatch(text)
        if coded is not None and coded.group(1) == _OK:
            return self._trouble(Kind.WRONG_ELEMENT)  # it went well, and where is it?
        if coded is not None:
            return self._coded(coded.group(1), coded.group(2))
        if text.lower() in _SESSION_WORDS:
            return self._coded("205", text)
        return outcome.fault(
            self._peer,
            code="",
            text=_TAGS.sub(" ", text[:1000]),
            retryable=False,
            retry_after_seconds=None,
        )

    def _coded(self, raw: str, said: str) -> RemoteTrouble:
        """Return what an in-band code means; one that nobody knows goes into the sentence."""
        code = _CODES.get(raw, "")
        return outcome.fault(
            self._peer,
            code=code,
            text=said if code else f"{raw} {said}",
            retryable=code in _RETRYABLE,
            retry_after_seconds=None,
        )

    def _values(self, element: etree._Element) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for child in element:
            name = xml.local_name(child)
            value = self._values(child) if len(child) else (child.text or "").strip()
            if name in self._several:
                values.setdefault(name, []).append(value)
            else:
                values[name] = value
        return values

    def _trouble(self, kind: Kind, *, note: str = "", sent: Sent | None = None) -> RemoteTrouble:
        return outcome.trouble(self._peer, kind, note=note, sent=sent)


def _unescaped(text: str) -> str:
    """Undo the escaping of a document that was escaped once more than the envelope needs."""
    if not text.startswith("&lt;"):
        return text
    for escaped, meant in _ESCAPED:
        text = text.replace(escaped, meant)
    return text
