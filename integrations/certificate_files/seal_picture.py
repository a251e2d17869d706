"""Takes the picture out of the value of a seal (GB/T 38540), believing nothing else in it.

The picture is a sequence of its kind in letters, its bytes, its width and its height; the first
one is that of the seal itself, in every version of the standard. Whether the seal is genuine is
decided elsewhere, and not by whether its picture could be found.
"""

from collections.abc import Iterator
from typing import Final

from asn1crypto import parser

_IA5, _UTF8, _PRINTABLE, _OCTETS, _INTEGER = 22, 12, 19, 4, 2
_LETTERS: Final = frozenset({_IA5, _UTF8, _PRINTABLE})
_UNIVERSAL: Final = 0
_MOST_NODES: Final = 20_000
_MOST_DEPTH: Final = 14
_SEEN_DEPTH: Final = 3
"""How deep octets are looked into that hold a structure themselves, as in PKCS #7."""

_Node = tuple[int, int, int, bytes]
"""Class, whether it is made of others, tag, content."""


def picture_in(value: bytes) -> bytes | None:
    """Return the bytes of the seal's picture; None where there is none, or no such structure."""
    left = [_MOST_NODES]
    return _search(value, 0, 0, left)


def _search(content: bytes, depth: int, wrapped: int, left: list[int]) -> bytes | None:
    if depth > _MOST_DEPTH:
        return None
    nodes = list(_nodes(content, left))
    if _is_picture(nodes):
        return nodes[1][3]
    for _, method, tag, inner in nodes:
        found = None
        if method:
            found = _search(inner, depth + 1, wrapped, left)
        elif tag == _OCTETS and wrapped < _SEEN_DEPTH and inner[:1] == b"\x30":
            found = _search(inner, depth + 1, wrapped + 1, left)
        if found is not None:
            return found
    return None


def _is_picture(nodes: list[_Node]) -> bool:
    if len(nodes) < 4:
        return False
    kinds = [(node[0], node[2]) for node in nodes[:4]]
    letters = kinds[0][0] == _UNIVERSAL and kinds[0][1] in _LETTERS
    rest = [(_UNIVERSAL, _OCTETS), (_UNIVERSAL, _INTEGER), (_UNIVERSAL, _INTEGER)]
    return letters and kinds[1:] == rest and bool(nodes[1][3])


def _nodes(content: bytes, left: list[int]) -> Iterator[_Node]:
    at = 0
    while at < len(content) and left[0] > 0:
        left[0] -= 1
        try:
            class_, method, tag, head, inner, tail = parser.parse(content[at:])
        except ValueError:
            return
        yield class_, method, tag, inner
        at += len(head) + len(inner) + len(tail)
