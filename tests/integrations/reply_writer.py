"""Writes an answer in many ways that all mean the same: prefixes, blanks, comments, encodings."""

from dataclasses import dataclass
from random import Random

from tests.integrations.reply_oracle import LIBRARY, SOAP, TYPES, Element

XS = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_BLANKS = ("", "", "\n", "\n  ", "\r\n\t", " ")
_COMMENTS = ("", "", "", "<!-- x -->", "<!---->", "<!-- <a>&b; -->")
_ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-8", ""),
    ("utf-8-sig", "utf-8"),
    ("utf-16", "UTF-16"),
    ("utf-16", ""),
    ("gbk", "GBK"),
    ("gb18030", "GB18030"),
)


@dataclass(slots=True)
class Style:
    """How one document is written; plain is how most toolkits do it."""

    soap: str = "s"
    library: str = "c"
    at_root: bool = True
    wild: bool = False
    typed: bool = False


PLAIN = Style()


class Writer:
    """Writes one document."""

    def __init__(self, style: Style, chosen: Random) -> None:
        self._style, self._chosen = style, chosen

    def document(self, root: Element) -> str:
        """Return the document without its declaration."""
        around = self._gap() if self._style.wild else ""
        return around + self._element(root, "", frozenset()) + (self._gap() if around else "")

    def _element(self, element: Element, default: str, declared: frozenset[str]) -> str:
        name, written, default, declared = self._begin(element, default, declared)
        if self._style.wild:
            self._chosen.shuffle(written)
        head = " ".join([name, *written])
        inside = (
            self._gap().join(
                ["", *(self._element(e, default, declared) for e in element.children), ""]
            )
            if element.children
            else self._text(element.text)
        )
        if element.children and element.text.strip():
            inside += self._text(element.text)
        if not inside and self._chosen.random() < 0.5:
            return f"<{head}/>"
        return f"<{head}>{inside}</{name}>"

    def _begin(
        self, element: Element, default: str, declared: frozenset[str]
    ) -> tuple[str, list[str], str, frozenset[str]]:
        """Return the name, the attributes, and what is in force inside."""
        wanted = {SOAP: self._style.soap, LIBRARY: self._style.library}
        written = [self._attribute(*each) for each in self._attributes(element)]
        needed = [element.namespace]
        if not declared and self._style.at_root:
            needed.append(LIBRARY)
        prefix = wanted.get(element.namespace, "")
        for namespace in dict.fromkeys(needed):
            short = wanted.get(namespace, "")
            if short and namespace not in declared:
                written.append(self._attribute(f"xmlns:{short}", namespace))
                declared |= {namespace}
            elif not short and namespace == element.namespace and default != namespace:
                written.append(self._attribute("xmlns", namespace))
                default = namespace
        if self._style.typed and XSI not in declared:
            written.append(self._attribute("xmlns:xsi", XSI))
            written.append(self._attribute("xmlns:xs", XS))
            declared |= {XSI}
        return f"{prefix}:{element.name}" if prefix else element.name, written, default, declared

    def _attributes(self, element: Element) -> list[tuple[str, str]]:
        found = list(element.attributes.items())
        if self._style.typed and element.name in _STRINGS and element.namespace == LIBRARY:
            found.append(("xsi:type", "xs:string"))
        return found

    def _attribute(self, name: str, value: str) -> str:
        mark = self._chosen.choice("\"'") if self._style.wild else '"'
        return f"{name}={mark}{value}{mark}"

    def _gap(self) -> str:
        if not self._style.wild:
            return ""
        pick = self._chosen.choice
        return pick(_BLANKS) + pick(_COMMENTS) + pick(_BLANKS)

    def _text(self, text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if not self._style.wild or not text:
            return escaped
        at = self._chosen.randrange(len(text) + 1)
        match self._chosen.randrange(6):
            case 0 if "]]>" not in text:
                return f"<![CDATA[{text}]]>"
            case 1:
                return "".join(f"&#{ord(c)};" for c in text[:9]) + _escaped(text[9:])
            case 2:
                return "".join(f"&#x{ord(c):X};" for c in text[:9]) + _escaped(text[9:])
            case 3:
                return f"{_escaped(text[:at])}<!-- y -->{_escaped(text[at:])}"
        return escaped


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(root: Element) -> str:
    """Return the document as most toolkits write it."""
    return Writer(PLAIN, Random(0)).document(root)


def answer_in(root: Element) -> Element:
    """Return what stands in the Body."""
    return next(e for e in root.children if e.name == "Body").children[0]


def variation(base: Element, chosen: Random) -> bytes:
    """Return a whole answer that says something else or says it otherwise."""
    root = base.copied()
    _vary(answer_in(root), answer_in(root).name, chosen)
    if chosen.random() < 0.2:
        entry = Element("urn:trace", "trace", {}, [], "t-1")
        if chosen.random() < 0.5:
            entry.attributes[f"{'x'}:note"] = "n"
            entry.attributes["xmlns:x"] = "urn:x"
        root.children.insert(0, Element(SOAP, "Header", {}, [entry]))
    style = Style(
        soap=chosen.choice(("s", "soap", "SOAP-ENV", "soapenv", "")),
        library=chosen.choice(("c", "ns1", "tns", "m", "")),
        at_root=chosen.random() < 0.5,
        wild=chosen.random() < 0.8,
        typed=chosen.random() < 0.1,
    )
    text = Writer(style, chosen).document(root)
    encoding, declared = chosen.choice(_ENCODINGS)
    if declared or chosen.random() < 0.3:
        named = f" encoding={chosen.choice(chr(34) + chr(39))}{declared}" if declared else ""
        named += named[10:11]
        text = f'<?xml version="1.0"{named}?>' + text
    return text.encode(encoding, "xmlcharrefreplace")


def _vary(element: Element, kind: str, chosen: Random) -> None:
    """Leave optional elements out or put them in, and write values in their other forms."""
    kept: list[Element] = []
    for name, inner, least, most in TYPES[kind]:
        found = [e for e in element.children if e.name == name]
        if not least and found and chosen.random() < 0.3:
            found = found[1:]
        if len(found) < most and not least and chosen.random() < 0.3 and inner in _FORMS:
            found.append(Element(LIBRARY, name, {}, [], _FORMS[inner][0]))
        for each in found:
            if inner in TYPES:
                _vary(each, inner, chosen)
            elif inner in _FORMS and chosen.random() < 0.5:
                each.text = chosen.choice(_FORMS[inner])
            elif inner == "binary" and chosen.random() < 0.5:
                at = chosen.randrange(len(each.text) + 1)
                each.text = each.text[:at] + chosen.choice((" ", "\n", "\r\n ")) + each.text[at:]
        kept += found
    element.children = kept


_FORMS = {
    "day": ("2025-10-20", "2025-10-20Z", "2025-10-20+08:00", " 2024-02-29\n", "9999-12-31"),
    "instant": (
        "2026-03-18T01:00:00Z",
        "2026-03-18T09:00:00+08:00",
        "2026-03-18T09:00:00",
        "2026-03-18T01:00:00.5Z",
        "2026-03-18T01:00:00.123456-05:30",
        "9999-12-31T23:59:59",
        "\n2026-03-18T15:00:00.000+14:00 ",
    ),
    "boolean": ("true", "false", "1", "0", " true "),
    "int": ("150", "+150", "0150", " 150 ", "2147483647"),
    "state": ("VALID", "EXPIRED", "REVOKED", "SUSPENDED", "UNKNOWN"),
    "leave": ("PENDING", "GRANTED", "DENIED", "EXPIRED", "REVOKED"),
    "format": ("OFD", "PDF", "PNG"),
    "three": ("111", "001"),
    "upto128": ("长" * 128, "Z-1"),
}
_STRINGS = frozenset({"certNumber", "holderName", "issuerName", "receiptId", "fileName", "value"})
