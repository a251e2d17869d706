"""Reads XML that somebody else wrote: no DTD, no entities, no instructions, nothing fetched.

Shared by our client and by the practice peers; the one place that configures a parser.
"""

import codecs
import re
from typing import Final

from lxml import etree

SOAP_11: Final = "http://schemas.xmlsoap.org/soap/envelope/"
XML_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema"
SOAP_12: Final = "http://www.w3.org/2003/05/soap-envelope"

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION: Final = re.compile(
    r"""<\?xml\s[^<>]*?(?:encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["'][^<>]*?)?\?>"""
)
_PROLOG: Final = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_ENCODINGS: Final = frozenset({"utf-8", "utf-16", "gbk", "gb2312", "gb18030", "us-ascii", "ascii"})


class XmlRefused(Exception):
    """A document is not taken; ``reason`` is one of the constants below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


NO_XML: Final = "no-xml"
MALFORMED: Final = "malformed"
DTD: Final = "dtd"
INSTRUCTION: Final = "instruction"


def parse(content: bytes) -> etree._Element:
    """Return the root element; comments are dropped, size limits are the caller's.

    Raises:
        XmlRefused: the document is something else, broken, or carries what we refuse.
    """
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        raise XmlRefused(MALFORMED) from error
    return parse_text(text)


def parse_text(text: str) -> etree._Element:
    """Return the root element of a document that was decoded already.

    What its declaration says of an encoding no longer counts; otherwise as ``parse``.
    """
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    start = _PROLOG.match(text)
    body_at = start.end() if start else 0
    if _HTML.match(text, body_at) or not text.startswith("<", body_at):
        raise XmlRefused(NO_XML)
    if text.startswith("<!DOCTYPE", body_at):
        raise XmlRefused(DTD)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        encoding="utf-8",  # what it is by now; else the bytes would be guessed at once more
        huge_tree=True,  # without a DTD nothing can grow: the byte cap has done its work
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise XmlRefused(MALFORMED) from error
    if _instructed(root):
        raise XmlRefused(INSTRUCTION)
    return root


def _instructed(root: etree._Element) -> bool:
    """Return whether an instruction stands in the document, or before or after its root."""
    inside = root.iter(etree.ProcessingInstruction)
    around = (root.getprevious(), root.getnext())
    return next(inside, None) is not None or any(each is not None for each in around)


def _decoded(content: bytes) -> str:
    """Decode strictly by mark or declaration, UTF-8 without either."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    declaration = _DECLARATION.match(content[:200].decode("ascii", "replace"))
    declared = (declaration.group(1) or "utf-8").lower() if declaration else "utf-8"
    if declared not in _ENCODINGS:
        raise XmlRefused(MALFORMED)
    return content.decode(declared)


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace."""
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    """Return the element's namespace, empty where it has none."""
    return etree.QName(element).namespace or ""


def child_text(element: etree._Element, *names: str) -> str:
    """Return the text of the first child with one of these local names, else the empty string."""
    for child in element:
        if local_name(child) in names:
            return "".join(str(text) for text in child.itertext()).strip()
    return ""
