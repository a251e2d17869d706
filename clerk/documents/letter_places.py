"""Where the values of a letter stand on its pages, for the press's child process alone.

A letter comes from a Word file, and nothing in it marks a value once it is filled in. So each value
is known by the words around it: the filling tells what it put between which words, and the page
says where those words were drawn. Nothing is added to the letter for it, neither to the Word file
nor to the page, which is laid out and breaks its lines as if nobody had asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from lxml import etree

from clerk.documents.drawn_pages import Box, DrawnPage
from clerk.documents.letter_fields import known_fields, known_lists
from clerk.documents.letter_marks import said
from clerk.values import dataclass

_MM: Final = 25.4 / 72
_AROUND: Final = (24, 8, 3)
"""So many characters on either side tell one place from another; fewer where they are not found."""
_EDGE_MM: Final = 0.4

Around = Sequence[str]
"""A field's name, the words before its value, the value, the words behind it, all without blanks;
last the value as it was put in."""


@dataclass(frozen=True, slots=True)
class Put:
    """A value put into a paragraph: its field's path, and where in the paragraph's words."""

    path: str
    begin: int
    end: int


def after_filling(work: Iterable[tuple[int, int, str, int]]) -> tuple[Put, ...]:
    """Return where values stand in a paragraph's words once it is filled.

    Args:
        work: in reading order: which characters of the template were replaced, by the value of
            which field (empty for none), and how many characters came in their place.
    """
    moved, found = 0, []
    for begin, end, path, length in work:
        if path and length:
            found.append(Put(path, begin + moved, begin + moved + length))
        moved += length - (end - begin)
    return tuple(found)


def around(
    paragraphs: Sequence[etree._Element], put: dict[etree._Element, tuple[Put, ...]]
) -> tuple[Around, ...]:
    """Return every value of a letter with the words around it, in reading order."""
    names, whole, found = _names(), "", list[tuple[str, int, int, str]]()
    for paragraph in paragraphs:
        words = said(paragraph)
        for one in put.get(paragraph, ()):
            begin, end = (len(whole) + len(_close(words[:at])) for at in (one.begin, one.end))
            if one.path in names and begin < end:
                found.append((names[one.path], begin, end, words[one.begin : one.end]))
        whole += _close(words)
    most = _AROUND[0]
    return tuple(
        (
            name,
            whole[max(0, begin - most) : begin],
            whole[begin:end],
            whole[end : end + most],
            said_so,
        )
        for name, begin, end, said_so in found
    )


def value_marks(
    pages: Sequence[DrawnPage], values: Iterable[Around]
) -> Iterator[list[str | int | float]]:
    """Yield where each value stands as rows of marks, one for each of its lines."""
    whole = "".join(page.words for page in pages)
    begins = [0, *accumulate(len(page.words) for page in pages)]
    at = 0
    for field, before, value, behind, _ in values:
        found = _find(whole, at, before, value, behind)
        if found < 0:
            continue
        at = found
        for number, page in enumerate(pages):
            first = max(found - begins[number], 0)
            last = min(found + len(value), begins[number + 1]) - begins[number]
            for line in _lines([page.box(place) for place in range(first, last)]):
                yield [field, number + 1, *_placed(line)]


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield one box for each line that these characters stand on."""
    line: Box | None = None
    for box in boxes:
        if line is not None and line[1] <= (box[1] + box[3]) / 2 <= line[3] and box[2] >= line[0]:
            line = (line[0], min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _placed(line: Box) -> list[float]:
    """Return left, top, width and height in millimetres, with a little room at the sides."""
    left, top, right, bottom = (side * _MM for side in line)
    sides = (left - _EDGE_MM, top, right - left + 2 * _EDGE_MM, bottom - top)
    return [round(side, 2) for side in sides]


def _find(whole: str, at: int, before: str, value: str, behind: str) -> int:
    """Return where a value begins, by as many of the words around it as are found; -1 nowhere."""
    for count in _AROUND:
        head, tail = before[-count:], behind[:count]
        for begin in (at, 0):
            found = whole.find(head + value + tail, max(0, begin - len(head)))
            if found >= 0:
                return found + len(head)
    return -1


def _close(words: str) -> str:
    return "".join(words.split())


def _names() -> dict[str, str]:
    """Return the name of each field by what stands between its brackets; columns by their list's."""
    found = {field.placeholder: name for name, field in known_fields().items() if name != "mark"}
    for name, listed in known_lists().items():
        for column in listed.columns.values():
            found[f"{listed.placeholder}.{column.placeholder}"] = name
    return found
