"""Ways to lie, from which the tables of lies are made."""

import gzip
from collections.abc import Callable

from tests.integrations.lying_peer import CERTIFICATE, Lie, Line, envelope, listing

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
HTML = "<!DOCTYPE html><html><body>请先登录</body></html>"
HTML_HEAD = "Content-Type: text/html\r\n"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'


def replies(text: Callable[[str], str], *, status: str = "200 OK", headers: str = "") -> Lie:
    """Answer with what ``text`` makes of the message's id."""
    return lambda line: line.answer(text(line.message_id), status=status, headers=headers)


def raw(content: bytes) -> Lie:
    return lambda line: line.send(content)


def listing_with(old: str, new: str) -> Lie:
    """Answer the query with one thing changed."""
    return replies(lambda message_id: envelope(listing(message_id, CERTIFICATE)).replace(old, new))


def listed_in(inner: Callable[[str], str]) -> Lie:
    return replies(lambda message_id: envelope(inner(listing(message_id))))


def drip(head: bytes, drop: bytes) -> Lie:
    def lie(line: Line) -> None:
        line.send(head)
        line.until_gone(0.05, drop)

    return lie


def reset(line: Line) -> None:
    line.reset()


def silent(line: Line) -> None:
    line.until_gone(0.1, b"")


def plain(status: str, headers: str = "", body: str | bytes = "") -> Lie:
    return lambda line: line.answer(body, status=status, headers=headers)


def endless(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    for _ in range(4096):
        line.send(b"<" * 65536)


GZIP_BOMB = gzip.compress(bytes(64 << 20), 1)
"""64 MiB in 290 kB; who unpacks it has them in memory."""
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MISPLACED = "<c:totalCount>1</c:totalCount>"
