"""Reads JSON that somebody else wrote: one value, nothing twice, nothing endless.

It is parsed in this process, off the window's thread: unlike XML, JSON names nothing that a parser
would fetch, expand or run, and the transport has capped its bytes before.
"""

import json
import math
import re
from typing import Final

MOST_DEPTH: Final = 12

_LONGEST_NUMBER: Final = 32
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class JsonRefused(Exception):
    """A text is not taken as JSON."""


def read(content: bytes) -> object:
    """Return the value; numbers come as ``int`` or ``float``, objects as ``dict``.

    Raises:
        JsonRefused: it is broken, nested too deep, no UTF-8, or says something twice.
    """
    try:
        text = content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
        value: object = json.loads(
            text,
            object_pairs_hook=_said_once,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_broken,
        )
    except (ValueError, RecursionError) as error:  # also a text that is no UTF-8
        raise JsonRefused("syntax") from error
    check_texts(value)
    return value


def _said_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise JsonRefused("twice")
    return values


def _no_number(_said: str) -> object:
    raise JsonRefused("constant")


def _whole(said: str) -> int:
    if len(said) > _LONGEST_NUMBER:
        raise JsonRefused("number")
    return int(said)


def _broken(said: str) -> float:
    number = float(said)
    if len(said) > _LONGEST_NUMBER or not math.isfinite(number):
        raise JsonRefused("number")
    return number


def check_texts(value: object) -> None:
    """Refuse what nests too deep, half characters, and controls that no screen or store can hold.

    Raises:
        JsonRefused: something in ``value`` is of that kind.
    """
    waiting = [(value, 1)]
    while waiting:
        each, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise JsonRefused("depth")
        match each:
            case str() if not _plain(each):
                raise JsonRefused("characters")
            case dict():
                waiting += [(one, depth + 1) for pair in each.items() for one in pair]
            case list():
                waiting += [(one, depth + 1) for one in each]


def _plain(text: str) -> bool:
    # a file in base64 is millions of characters: the first half of this line settles it in C
    return (text.isascii() and text.isprintable()) or _NO_TEXT.search(text) is None
