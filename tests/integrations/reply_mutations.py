"""Ways to break an answer, each of which makes it wrong whatever the answer was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.integrations.reply_oracle import LIBRARY, SOAP, TYPES, Element, Model
from tests.integrations.reply_writer import answer_in, plain


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes to the gate beside the body."""

    body: bytes
    media_type: str = "text/xml"
    status: int = 200


@dataclass(slots=True)
class _Place:
    """An element of an answer, where it stands, and what the contract says of it."""

    parent: Element
    element: Element
    kind: str
    least: int
    most: int


Breaks = Callable[[Element, Random], "Reply | None"]


def broken(base: Element, chosen: Random) -> tuple[str, Reply]:
    """Return a broken copy of ``base`` and what was done to it."""
    while True:
        way = chosen.choice(_WAYS)
        reply = way(base.copied(), chosen)
        if reply is not None:
            return way.__name__.strip("_"), reply


def scrambled(base: bytes, chosen: Random) -> bytes:
    """Return bytes with a few of them changed; whether they still mean something, nobody said."""
    content = bytearray(base)
    for _ in range(chosen.choice((1, 1, 2, 4, 16))):
        at = chosen.randrange(len(content))
        match chosen.randrange(6):
            case 0:
                content[at] ^= 1 << chosen.randrange(8)
            case 1:
                content[at] = chosen.choice(b"<>&;\"'/=:\x00\xff 09azA-")
            case 2:
                del content[at : at + chosen.choice((1, 2, 8, 64))]
            case 3:
                content[at:at] = content[at : at + chosen.choice((1, 3, 30))]
            case 4:
                content.insert(at, chosen.randrange(256))
            case _:
                other = chosen.randrange(len(content))
                content[at : at + 4], content[other : other + 4] = (
                    content[other : other + 4],
                    content[at : at + 4],
                )
        if not content:
            return b""
    return bytes(content)


def _places(element: Element, model: Model) -> Iterator[_Place]:
    for name, kind, least, most in model:
        for child in (each for each in element.children if each.name == name):
            yield _Place(element, child, kind, least, most)
            yield from _places(child, TYPES.get(kind, []))


def _any(root: Element, chosen: Random, wanted: Callable[[_Place], bool]) -> _Place | None:
    answer = answer_in(root)
    found = [each for each in _places(answer, TYPES[answer.name]) if wanted(each)]
    return chosen.choice(found) if found else None


def _say(root: Element) -> Reply:
    return Reply(plain(root).encode())


def _put(place: _Place, new: list[Element]) -> None:
    at = next(n for n, each in enumerate(place.parent.children) if each is place.element)
    place.parent.children[at : at + 1] = new


# the structure


def _leaves_out_what_must_be_there(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.least == 1)
    if place is None:
        return None
    _put(place, [])
    return _say(root)


def _says_twice_what_is_said_once(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.most == 1)
    if place is None:
        return None
    _put(place, [place.element, place.element.copied()])
    return _say(root)


def _changes_the_order(root: Element, chosen: Random) -> Reply | None:
    def has_a_next(place: _Place) -> bool:
        row = place.parent.children
        at = next(n for n, each in enumerate(row) if each is place.element)
        return at + 1 < len(row) and row[at + 1].name != place.element.name

    place = _any(root, chosen, has_a_next)
    if place is None:
        return None
    row = place.parent.children
    at = next(n for n, each in enumerate(row) if each is place.element)
    row[at], row[at + 1] = row[at + 1], row[at]
    return _say(root)


def _renames(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.least == 1)
    if place is None:
        return None
    name = place.element.name
    place.element.name = chosen.choice((name + "s", name.upper() + "_", "x", name[:-1] + "É"))
    return _say(root)


def _changes_a_namespace(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.least == 1)
    if place is None:
        return None
    place.element.namespace = chosen.choice(("urn:counter:certlib:2", "urn:other", SOAP))
    return _say(root)


def _adds_an_element(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: True)
    if place is None:
        return None
    more = Element(chosen.choice((LIBRARY, "urn:x")), chosen.choice(("more", "extra", "any")))
    _put(place, chosen.choice(([more, place.element], [place.element, more])))
    return _say(root)


def _adds_an_attribute(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: True)
    if place is None:
        return None
    place.element.attributes |= chosen.choice(
        ({"a": "1"}, {"xmlns:i": "http://www.w3.org/2001/XMLSchema-instance", "i:nil": "true"})
    )
    return _say(root)


def _nests_in_a_value(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.kind not in TYPES)
    if place is None:
        return None
    place.element.children.append(Element(LIBRARY, "b", {}, [], place.element.text))
    return _say(root)


def _writes_between_elements(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.kind in TYPES)
    if place is None:
        return None
    place.element.text = chosen.choice(("x", "中", " . ", "0"))
    return _say(root)


def _lists_too_many(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.most in {3, 200})
    if place is None:
        return None
    _put(place, [place.element.copied() for _ in range(place.most + 1)])
    return _say(root)


# the values

_WRONG = {
    "day": ("2025-02-30", "2025-13-01", "20251020", "2025-1-2", "", "2025-10-20T00:00:00",
            "2025/10/20", "二〇二五年", "12025-10-20", "-0001-01-01", "0000-01-01", "2025-10-20+15:00"),
    "instant": ("2026-03-18", "2026-03-18 01:00:00", "2026-03-18T25:00:00Z", "", "now",
                "2026-03-18T01:00Z", "2026-02-29T01:00:00Z", "1773795600", "2026-03-18T01:60:00Z",
                "99999-01-01T00:00:00Z", "2026-03-18T24:00:00Z", "9999-12-31T23:59:59-14:00",
                "2026-03-18T01:00:00.Z", "2026-03-18T01:00:00+8"),
    "boolean": ("TRUE", "yes", "", "2", "否", "t"),
    "int": ("", "1.0", "x", "2147483648", "٣", "1e3", "0x1", "--1"),
    "long": ("", "1.0", "x", "9223372036854775808", "十", "1 2"),
    "state": ("valid", "GOOD", "", " VALID", "VALID ", "有效"),
    "leave": ("granted", "OK", "", "GRANTED\n"),
    "format": ("pdf", "", "DOCX", "PDF "),
    "three": ("", "11", "1111", "abc", "１１１"),
    "message": ("", "short", "x" * 65, "01959f00-0000-7000-8000-00000000000_", "中" * 20),
    "upto128": ("Z" * 129, "长" * 129),
    "binary": ("QU*JD", "QUJDQ", "QQ", "QR==", "====", "QUJ\u00a0D", "中", "QUJD====", "QUI=QUI="),
}  # fmt: skip


def _writes_a_wrong_value(root: Element, chosen: Random) -> Reply | None:
    place = _any(root, chosen, lambda each: each.kind in _WRONG)
    if place is None:
        return None
    place.element.text = chosen.choice(_WRONG[place.kind])
    return _say(root)


def _answers_somebody_else(root: Element, chosen: Random) -> Reply | None:
    names = {"messageId", "operation", "echo"}
    place = _any(root, chosen, lambda each: each.element.name in names)
    if place is None:
        return None
    place.element.text = {
        "messageId": "01959f00-0000-7000-8000-0000deadbeef",
        "operation": chosen.choice(("ReportUse2", "queryCertificates", "")),
        "echo": chosen.choice(("", "other")),
    }[place.element.name]
    # the receipt of an earlier message may name any operation
    of_another = answer_in(root).name == "GetReceiptResponse" and place.element.name == "operation"
    return None if of_another else _say(root)


# the envelope


def _breaks_the_envelope(root: Element, chosen: Random) -> Reply | None:
    body = root.children[-1]
    match chosen.randrange(10):
        case 0:
            body.children.append(body.children[0].copied())
        case 1:
            root.children.append(body.copied())
        case 2:
            body.children.clear()
        case 3:
            chosen.choice((body, root)).text = "x"
            return _say(root)
        case 4:
            root.children.append(Element(SOAP, "Header"))
        case 5:
            must = {"xmlns:q": SOAP, "q:mustUnderstand": chosen.choice(("1", "true", " 1 "))}
            root.children.insert(0, Element(SOAP, "Header", {}, [Element("urn:t", "T", must)]))
        case 6:
            text = plain(root).replace(SOAP, "http://www.w3.org/2003/05/soap-envelope")
            return Reply(text.encode())
        case 7:
            root.name = chosen.choice(("envelope", "Envelop", "Body"))
        case 8:
            body.name = chosen.choice(("body", "Header", "Bodies"))
        case _:
            return Reply(plain(answer_in(root)).encode())
    return _say(root)


def _gives_another_answer(root: Element, chosen: Random) -> Reply | None:
    answer = answer_in(root)
    others = sorted(set(TYPES) - {answer.name})
    answer.name = chosen.choice((*others, answer.name.removesuffix("Response"), "Fault1"))
    return _say(root)


# the document


def _is_not_well_formed(root: Element, chosen: Random) -> Reply | None:
    text = plain(root)
    tag = chosen.choice(("</c:receipt>", "</s:Body>", "</s:Envelope>"))
    broken_ = chosen.choice(
        (
            text.replace(tag, ""),
            text.replace(tag, tag.upper()),
            text.replace(" xmlns:c=", " xmlns:d="),
            text.replace("<s:Body>", "<s:Body a='1' a='2'>"),
            text.replace("<s:Body>", "<s:Body><"),
            text.replace("<s:Body>", "<s:Body>&who;"),
            text.replace("<s:Body>", "<s:Body>&#0;"),
            text.replace("<s:Body>", "<s:Body>&#xFFFE;"),
            text.replace("<s:Body>", "<s:Body>\x01"),
            text.replace("<s:Body>", "<s:Body><!-- a -- b -->"),
            text.replace("<s:Body>", "<s:Body a=b>"),
            text.replace("<s:Body>", "<s:Body>]]>"),
            text + text,
            text + "x",
            '\n<?xml version="1.0"?>' + text,
            "x" + text,
        )
    )
    return Reply(broken_.encode()) if broken_ != text else None


def _is_cut_off(root: Element, chosen: Random) -> Reply | None:
    content = plain(root).encode()
    return Reply(content[: chosen.randrange(len(content))])


def _declares(root: Element, chosen: Random) -> Reply | None:
    text = plain(root)
    return Reply(
        chosen.choice(
            (
                "<!DOCTYPE s:Envelope>" + text,
                "<!-- x --><!DOCTYPE l>" + text,
                '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">' + text,
                '<!DOCTYPE l [<!ENTITY e "v">]>' + text.replace("</c:receiptId>", "&e;</c:receiptId>"),
                '<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + text,
                '<!DOCTYPE l [<!ATTLIST x a CDATA "b">]>' + text,
            )
        ).encode(chosen.choice(("utf-8", "utf-8-sig", "utf-16")))
    )  # fmt: skip


def _instructs(root: Element, chosen: Random) -> Reply | None:
    text = plain(root)
    at = chosen.choice([n for n, c in enumerate(text) if c == "<"])
    close = text.index(">", at) + 1
    where = chosen.choice((at, close))
    return Reply((text[:where] + "<?do it?>" + text[where:]).encode())


def _lies_about_its_encoding(root: Element, chosen: Random) -> Reply | None:
    text = plain(root)
    if text.isascii():
        text = text.replace("</c:receiptId>", "中文</c:receiptId>").replace(
            "</c:version>", "中</c:version>"
        )
    if text.isascii():
        return None
    declared, real = chosen.choice(
        (("UTF-8", "gbk"), ("UTF-8", "utf-16-le"), ("ascii", "utf-8"), ("utf-7", "utf-8"),
         ("ISO-8859-1", "utf-8"), ("EBCDIC-CP-US", "cp037"), ("UTF-32", "utf-32"), ("big5", "utf-8"))
    )  # fmt: skip
    document = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    return Reply(document.encode(real, "replace"))


def _goes_too_deep(root: Element, chosen: Random) -> Reply | None:
    depth = chosen.choice((300, 3000))
    text = plain(root).replace("<s:Body>", "<s:Body>" + "<a>" * depth + "</a>" * depth)
    return Reply(text.encode())


def _comes_as_something_else(root: Element, chosen: Random) -> Reply | None:
    body = plain(root).encode()
    return chosen.choice(
        (
            Reply(body, media_type="text/html"),
            Reply(body, media_type="application/json"),
            Reply(body, media_type="multipart/related"),
            Reply(body, status=500),
            Reply(body, status=202),
            Reply(body, status=503),
            Reply(body, status=404),
            Reply(b""),
            Reply(b" \n"),
        )
    )


_WAYS: tuple[Breaks, ...] = (
    *(_leaves_out_what_must_be_there, _says_twice_what_is_said_once, _changes_the_order) * 2,
    *(_renames, _changes_a_namespace, _adds_an_element, _adds_an_attribute, _nests_in_a_value) * 2,
    *(_writes_between_elements, _lists_too_many, _answers_somebody_else, _breaks_the_envelope),
    *(_writes_a_wrong_value,) * 6,
    *(_gives_another_answer, _is_not_well_formed, _is_cut_off, _declares, _instructs),
    *(_lies_about_its_encoding, _goes_too_deep, _comes_as_something_else),
)
