"""Lies in the XML: who asks, the lie, its kind, whether it was sent."""

from tests.integrations.library_calls import Ask, fetch, ping, query
from tests.integrations.lie_makers import (
    DECLARATION,
    LAUGHS,
    MISPLACED,
    listed_in,
    listing_with,
    replies,
)
from tests.integrations.lying_peer import CERTIFICATE, NAMESPACE, Lie, envelope, listing, piece

XML_LIES: dict[str, tuple[Ask, Lie, str, str]] = {
    # XML
    "GBK bytes as UTF-8": (
        query,
        lambda line: line.answer(envelope(listing(line.message_id)).encode("gbk")),
        "malformed",
        "answered",
    ),
    "an encoding nobody agreed on": (
        query,
        lambda line: line.answer(
            b'<?xml version="1.0" encoding="utf-7"?>' + envelope(listing(line.message_id)).encode()
        ),
        "malformed",
        "answered",
    ),
    "UTF-16 that calls itself UTF-8": (
        query,
        lambda line: line.answer(
            (DECLARATION + envelope(listing(line.message_id))).encode("utf-16-le")
        ),
        "malformed",
        "answered",
    ),
    "control character": (query, listing_with("N1", "N\x011"), "malformed", "answered"),
    "blank line before the declaration": (
        query,
        replies(lambda message_id: f"\n{DECLARATION}" + envelope(listing(message_id))),
        "malformed",
        "answered",
    ),
    "two documents": (
        query,
        replies(lambda message_id: envelope(listing(message_id)) * 2),
        "malformed",
        "answered",
    ),
    "5000 elements deep": (
        query,
        listing_with("N1", "<a>" * 5000 + "</a>" * 5000),
        "malformed",
        "answered",
    ),
    "an undeclared entity": (query, listing_with("N1", "&who;"), "malformed", "answered"),
    "billion laughs": (
        query,
        replies(
            lambda message_id: (
                DECLARATION + LAUGHS + envelope(listing(message_id)).replace("N1", "&c;")
            )
        ),
        "dtd",
        "answered",
    ),
    "external entity": (
        query,
        replies(
            lambda message_id: (
                '<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
                + envelope(listing(message_id)).replace("N1", "&f;")
            )
        ),
        "dtd",
        "answered",
    ),
    "bare DOCTYPE after a comment": (
        query,
        replies(
            lambda message_id: (
                f"{DECLARATION}<!-- x --><!DOCTYPE l>" + envelope(listing(message_id))
            )
        ),
        "dtd",
        "answered",
    ),
    "external DTD in UTF-16": (
        query,
        lambda line: line.answer(
            (
                '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">'
                + envelope(listing(line.message_id))
            ).encode("utf-16"),
        ),
        "dtd",
        "answered",
    ),
    "instruction inside a value": (
        query,
        listing_with("VALID", "VA<?x?>LID"),
        "processing-instruction",
        "answered",
    ),
    "instruction before the envelope": (
        query,
        replies(
            lambda message_id: (
                f'{DECLARATION}<?xml-stylesheet href="a"?>' + envelope(listing(message_id))
            )
        ),
        "processing-instruction",
        "answered",
    ),
    # the envelope
    "SOAP 1.2": (
        query,
        replies(
            lambda message_id: envelope(
                listing(message_id), soap="http://www.w3.org/2003/05/soap-envelope"
            )
        ),
        "not-soap",
        "answered",
    ),
    "two children": (query, listed_in(lambda good: good + good), "body-shape", "answered"),
    "no child": (query, listed_in(lambda _: ""), "body-shape", "answered"),
    "text beside the child": (query, listed_in(lambda good: good + "x"), "body-shape", "answered"),
    "text beside the body": (
        query,
        replies(lambda message_id: envelope(listing(message_id)).replace("<s:Body>", "x<s:Body>")),
        "body-shape",
        "answered",
    ),
    "two bodies": (
        query,
        listed_in(lambda good: f"{good}</s:Body><s:Body>{good}"),
        "body-shape",
        "answered",
    ),
    "a header that must be understood": (
        query,
        replies(
            lambda message_id: envelope(
                listing(message_id),
                header='<s:Header><t:T xmlns:t="urn:t" s:mustUnderstand="1"/></s:Header>',
            )
        ),
        "must-understand",
        "answered",
    ),
    "wrong namespace": (query, listing_with(NAMESPACE, "urn:other"), "wrong-element", "answered"),
    "no namespace": (query, listing_with("c:", ""), "wrong-element", "answered"),
    "another operation's answer": (
        query,
        replies(lambda message_id: envelope(piece(message_id))),
        "wrong-element",
        "answered",
    ),
    # the schema
    "mandatory field missing": (
        query,
        listing_with("<c:holderName>张示例</c:holderName>", ""),
        "schema",
        "answered",
    ),
    "a list longer than agreed": (
        query,
        listing_with("<c:formats>PDF</c:formats>", "<c:formats>PDF</c:formats>" * 4),
        "schema",
        "answered",
    ),
    "a date that no calendar holds": (
        query,
        listing_with("2025-10-20", "12025-10-20"),
        "schema",
        "answered",
    ),
    "an instant past the end of time": (
        query,
        listing_with("2026-03-18T01:00:00Z", "9999-12-31T23:59:59-14:00"),
        "schema",
        "answered",
    ),
    "base64 with a blank that is none": (
        fetch,
        replies(lambda message_id: envelope(piece(message_id, content="QUJ\u00a0D"))),
        "schema",
        "answered",
    ),
    "unknown field": (
        query,
        listing_with("<c:issuerName>", "<c:more/><c:issuerName>"),
        "schema",
        "answered",
    ),
    "wrong order": (
        query,
        listed_in(
            lambda good: good.replace(MISPLACED, "").replace(
                "<c:receipt>", MISPLACED + "<c:receipt>"
            )
        ),
        "schema",
        "answered",
    ),
    "bad date": (query, listing_with("2025-10-20", "2025-02-30"), "schema", "answered"),
    "bad status": (query, listing_with("VALID", "GOOD"), "schema", "answered"),
    "empty list entry": (
        query,
        listing_with(CERTIFICATE, "<c:certificate/>"),
        "schema",
        "answered",
    ),
    "bad base64": (
        fetch,
        replies(lambda message_id: envelope(piece(message_id, content="QU*JD"))),
        "schema",
        "answered",
    ),
    "cut base64": (
        fetch,
        replies(lambda message_id: envelope(piece(message_id, content="QUJDQ"))),
        "schema",
        "answered",
    ),
    # whose answer
    "answer to another message": (
        query,
        replies(lambda _: envelope(listing("01959f00-0000-7000-8000-0000deadbeef"))),
        "wrong-reply",
        "answered",
    ),
    "receipt of another operation": (
        query,
        listing_with("<c:operation>QueryCertificates", "<c:operation>ReportUse"),
        "wrong-reply",
        "answered",
    ),
    "echo of another ping": (
        ping,
        replies(
            lambda _: envelope(
                "<c:PingResponse><c:echo>other</c:echo>"
                "<c:serverTime>2026-03-18T01:00:00Z</c:serverTime>"
                "<c:version>1</c:version></c:PingResponse>"
            )
        ),
        "wrong-reply",
        "answered",
    ),
    # what cannot be
    "nobody holds it": (
        query,
        listing_with("<c:holderName>张示例<", "<c:holderName> <"),
        "model",
        "answered",
    ),
    "the same certificate twice": (
        query,
        listing_with(CERTIFICATE, CERTIFICATE * 2),
        "model",
        "answered",
    ),
    "more listed than there are": (
        query,
        listing_with("<c:totalCount>1<", "<c:totalCount>0<"),
        "model",
        "answered",
    ),
    "ends before it begins": (
        query,
        listing_with(
            "<c:status>",
            "<c:validFrom>2026-01-02</c:validFrom><c:validTo>2026-01-01</c:validTo><c:status>",
        ),
        "model",
        "answered",
    ),
    "a piece from elsewhere": (
        fetch,
        replies(lambda message_id: envelope(piece(message_id, offset=3, total=6))),
        "model",
        "answered",
    ),
    "the last piece is not the end": (
        fetch,
        replies(lambda message_id: envelope(piece(message_id, total=4))),
        "model",
        "answered",
    ),
}
