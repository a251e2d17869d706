"""Lies of the wire, of HTTP and in faults: who asks, the lie, its kind, whether it was sent."""

import gzip

from tests.integrations.library_calls import Ask, ping, query
from tests.integrations.lie_makers import (
    CHUNKED,
    GZIP_BOMB,
    HTML,
    HTML_HEAD,
    OK,
    drip,
    endless,
    plain,
    raw,
    replies,
    reset,
    silent,
)
from tests.integrations.lying_peer import Lie, envelope, fault, listing

WIRE_LIES: dict[str, tuple[Ask, Lie, str, str]] = {
    # the wire
    "no answer": (ping, silent, "deadline", "unknown"),
    "dripping body": (ping, drip(OK + b"\r\n", b"<"), "deadline", "unknown"),
    "dripping header": (ping, drip(b"HTTP/1.1 200 OK\r\n", b"X"), "deadline", "unknown"),
    "endless 100 Continue": (
        ping,
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "deadline",
        "unknown",
    ),
    "reset": (ping, reset, "broken-connection", "unknown"),
    "closed without a word": (ping, raw(b""), "broken-connection", "unknown"),
    "another protocol": (ping, raw(b"220 mail ready\r\n"), "broken-connection", "unknown"),
    "cut by length": (
        ping,
        raw(OK + b"Content-Length: 900\r\n\r\n<s:Envelope"),
        "truncated",
        "unknown",
    ),
    "cut by chunk": (ping, raw(CHUNKED + b"40\r\n<s:Envelope"), "truncated", "unknown"),
    "a chunk of no size": (ping, raw(CHUNKED + b"zz\r\n<a/>"), "truncated", "unknown"),
    "cut without a length": (ping, raw(OK + b"\r\n<s:Envelope"), "malformed", "unknown"),
    # faults
    "500 and a fault": (
        query,
        replies(lambda _: envelope(fault("USECODE_EXPIRED")), status="500 Error"),
        "fault:USECODE_EXPIRED",
        "answered",
    ),
    "200 and a fault": (
        query,
        replies(lambda _: envelope(fault("ACCESS_DENIED"))),
        "fault:ACCESS_DENIED",
        "answered",
    ),
    "503 and a fault": (
        query,
        replies(lambda _: envelope(fault("BUSY", retryable=True)), status="503 Busy"),
        "fault:BUSY",
        "answered",
    ),
    "a fault of no known code": (
        query,
        replies(lambda _: envelope(fault("TEAPOT"))),
        "fault",
        "answered",
    ),
    "a fault shaped like SOAP 1.2": (
        query,
        replies(
            lambda _: envelope(
                "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code>"
                "<s:Reason><s:Text>认证失败</s:Text></s:Reason></s:Fault>"
            ),
            status="500 Error",
        ),
        "fault",
        "answered",
    ),
    "a fault in the default namespace": (
        query,
        replies(
            lambda _: envelope(
                '<Fault xmlns="http://schemas.xmlsoap.org/soap/envelope/">'
                "<faultcode>x</faultcode><faultstring>不行</faultstring></Fault>"
            )
        ),
        "fault",
        "answered",
    ),
    "a fault without a namespace": (
        query,
        replies(lambda _: envelope("<Fault><faultstring>不行</faultstring></Fault>")),
        "fault",
        "answered",
    ),
    # HTTP
    "500 HTML": (ping, plain("500 Error", HTML_HEAD, HTML), "not-soap", "answered"),
    "413 HTML": (ping, plain("413 Large", HTML_HEAD, HTML), "not-soap", "answered"),
    "404 well-formed HTML": (
        ping,
        plain("404 None", HTML_HEAD, "<p>没有</p>"),
        "not-soap",
        "answered",
    ),
    "login page": (ping, plain("200 OK", HTML_HEAD, HTML), "not-soap", "answered"),
    "login page said to be XML": (ping, plain("200 OK", "", HTML), "not-soap", "answered"),
    "XHTML login page": (
        ping,
        plain("200 OK", "", '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'),
        "not-soap",
        "answered",
    ),
    "JSON": (
        ping,
        plain("200 OK", "Content-Type: application/json\r\n", '{"code": 0}'),
        "not-soap",
        "answered",
    ),
    "XML that is no envelope": (ping, plain("200 OK", "", "<ok/>"), "not-soap", "answered"),
    "302": (ping, plain("302 Found", "Location: /login\r\n"), "redirect", "answered"),
    "401": (ping, plain("401 No", HTML_HEAD, HTML), "status", "answered"),
    "403 empty": (ping, plain("403 No"), "status", "answered"),
    "429": (ping, plain("429 Slow", "Retry-After: 60\r\n"), "status", "answered"),
    "503": (ping, plain("503 Busy", "Retry-After: 7200\r\n"), "status", "answered"),
    "504 of a gateway": (ping, plain("504 Late", HTML_HEAD, HTML), "status", "unknown"),
    "200 empty": (ping, plain("200 OK"), "empty", "unknown"),
    "202 empty": (ping, plain("202 Accepted"), "empty", "unknown"),
    "gzip": (
        query,
        lambda line: line.answer(
            gzip.compress(envelope(listing(line.message_id)).encode()),
            headers="Content-Encoding: gzip\r\n",
        ),
        "content-coding",
        "answered",
    ),
    "gzip bomb": (
        query,
        plain("200 OK", "Content-Encoding: gzip\r\n", GZIP_BOMB),
        "content-coding",
        "answered",
    ),
    "another coding": (
        query,
        plain("200 OK", "Content-Encoding: br\r\n", "x"),
        "content-coding",
        "answered",
    ),
    "attachments": (
        query,
        replies(
            lambda message_id: envelope(listing(message_id)),
            headers='Content-Type: multipart/related; boundary="x"\r\n',
        ),
        "multipart",
        "answered",
    ),
    "too large by its length": (
        ping,
        raw(OK + b"Content-Length: 209715200\r\n\r\n"),
        "too-large",
        "answered",
    ),
    "too large without a length": (ping, endless, "too-large", "answered"),
}
