"""The face values of a certificate where they come as a text inside of JSON (soap.md 1.2).

Such a text is JSON, or what a program of another language writes for it: single quotes and its own
words for nothing and for yes and no. It is read mark by mark here and never evaluated.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from integrations.certificates import strict_json
from integrations.certificates.strict_json import JsonRefused

LONGEST_CHARACTERS: Final = 64 * 1024
MOST_FIELDS: Final = 200

_MARK: Final = re.compile(
    r"""\s*(?:
        (?P<sign>[{}:,])
      | '(?P<single>(?:[^'\\\x00-\x1f]|\\.)*)'
      | "(?P<double>(?:[^"\\\x00-\x1f]|\\.)*)"
      | (?P<bare>-?[0-9]{1,20}(?:\.[0-9]{1,10})?|true|false|null|None|True|False)
      )""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
_ESCAPED: Final = {
    "n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "/": "/", "\\": "\\", "'": "'", '"': '"',
}  # fmt: skip
_NOTHING: Final = frozenset({"null", "None"})


def face_fields(text: str) -> Mapping[str, str]:
    """Return the fields of one flat object, by their names; an empty text has none.

    Raises:
        JsonRefused: it is no flat object, too long, or names a field twice.
    """
    given = text.strip()
    if not given:
        return {}
    if len(given) > LONGEST_CHARACTERS:
        raise JsonRefused("length")
    pairs = list(_pairs(given))
    fields = dict(pairs)
    if len(fields) != len(pairs) or len(fields) > MOST_FIELDS or "" in fields:
        raise JsonRefused("twice")
    strict_json.check_texts(fields)
    return fields


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    marks = _marks(text)
    _expect(marks, "{")
    kind, name = next(marks)
    while (kind, name) != ("sign", "}"):
        if kind not in {"single", "double"}:
            raise JsonRefused("name")
        _expect(marks, ":")
        yield _unescaped(name), _value(*next(marks))
        kind, sign = next(marks)
        if (kind, sign) == ("sign", "}"):
            break
        if (kind, sign) != ("sign", ","):
            raise JsonRefused("separator")
        kind, name = next(marks)
        if (kind, name) == ("sign", "}"):
            raise JsonRefused("separator")
    if next(marks) != ("end", ""):
        raise JsonRefused("end")


def _marks(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while found := _MARK.match(text, place):
        kind = found.lastgroup or ""
        yield kind, found[kind]
        place = found.end()
    if text[place:].strip():
        raise JsonRefused("mark")
    while True:
        yield "end", ""


def _expect(marks: Iterator[tuple[str, str]], sign: str) -> None:
    if next(marks) != ("sign", sign):
        raise JsonRefused("sign")


def _value(kind: str, said: str) -> str:
    match kind:
        case "single" | "double":
            return _unescaped(said).strip()
        case "bare":
            return "" if said in _NOTHING else said
    raise JsonRefused("value")


def _unescaped(said: str) -> str:
    if "\\" not in said:
        return said
    halves = _ESCAPE.sub(_meant, said).encode("utf-16", "surrogatepass")
    try:
        return halves.decode("utf-16")
    except UnicodeDecodeError as error:
        raise JsonRefused("characters") from error


def _meant(escape: re.Match[str]) -> str:
    said = escape[1]
    if len(said) == 5:
        return chr(int(said[1:], 16))
    if said not in _ESCAPED:
        raise JsonRefused("escape")
    return _ESCAPED[said]
