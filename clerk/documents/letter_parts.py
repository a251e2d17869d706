"""Parts of a letter that are printed only where a field says so, and rows that are repeated."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from clerk.documents.letter_marks import (
    MARK,
    LetterMark,
    MarkKind,
    W,
    paragraph_of,
    pieces_of,
    read_mark,
    row_of,
    said,
    sole_mark,
)

Holds = Callable[[LetterMark], bool]

_PRINTED: Final = frozenset(f"{W}{name}" for name in ("t", "tab", "br", "drawing", "sym"))


def containers(root: etree._Element) -> list[etree._Element]:
    """Return whatever holds paragraphs or rows: the page, cells, tables, boxes, controls.

    A row that opens or closes a part is one mark; its cells hold none of their own.
    """
    found: dict[etree._Element, None] = {}
    for one in root.iter(f"{W}p", f"{W}tr"):
        parent, row = one.getparent(), next(one.iterancestors(f"{W}tr"), None)
        if parent is not None and (row is None or sole_mark(row) is None):
            found[parent] = None
    return list(found)


def unpaired(container: etree._Element) -> list[tuple[etree._Element, LetterMark]]:
    """Return the paragraphs and rows that open or close a part without the other half."""
    left: list[tuple[etree._Element, LetterMark]] = []
    for child in container:
        mark = sole_mark(child)
        if mark is None:
            continue
        if mark.kind is MarkKind.END and left and left[-1][1].kind is MarkKind.PART:
            left.pop()
        else:
            left.append((child, mark))
    return left


def hide_parts(root: etree._Element, holds: Holds) -> None:
    """Take out what stands between two paragraphs, or rows, that say it is not to be printed."""
    for container in containers(root):
        open_parts: list[bool] = []
        for child in list(container):
            mark = sole_mark(child)
            if mark is not None and mark.kind is MarkKind.PART:
                open_parts.append(holds(mark))
            hidden = not all(open_parts)
            if mark is not None and mark.kind is MarkKind.END and open_parts:
                open_parts.pop()
            if (mark is not None or hidden) and child.tag not in {f"{W}tcPr", f"{W}sectPr"}:
                container.remove(child)
        keep_sound(container)


def hidden_spans(whole: str, holds: Holds) -> list[tuple[int, int]]:
    """Return what of a paragraph's words is not printed: its part marks, and parts that are off.

    Raises:
        ValueError: a part is not closed, or closed without having been opened.
    """
    spans: list[tuple[int, int]] = []
    open_parts: list[tuple[int, bool]] = []
    for found in MARK.finditer(whole):
        mark = read_mark(found[1])
        if mark.kind is MarkKind.PART:
            open_parts.append((found.start(), holds(mark)))
            spans.append(found.span())
        elif mark.kind is MarkKind.END:
            if not open_parts:
                raise ValueError(found[0])
            begun, shown = open_parts.pop()
            spans.append(found.span() if shown else (begun, found.end()))
    if open_parts:
        raise ValueError(whole[open_parts[-1][0] :])
    return _joined(spans)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same characters as spans that do not touch one another's."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def lists_in(paragraph: etree._Element) -> Iterator[str]:
    """Yield the lists whose columns a paragraph names."""
    for found in MARK.finditer(said(paragraph)):
        mark = read_mark(found[1])
        if mark.column:
            yield mark.name


def repeated(root: etree._Element) -> Mapping[etree._Element, tuple[str, ...]]:
    """Return the rows and paragraphs to be repeated, each with the lists it names."""
    found: dict[etree._Element, dict[str, None]] = {}
    for paragraph in root.iter(f"{W}p"):
        for name in lists_in(paragraph):
            found.setdefault(row_of(paragraph), {})[name] = None
    return {row: tuple(names) for row, names in found.items()}


def repeat(row: etree._Element, count: int) -> list[etree._Element]:
    """Put ``count`` copies in the place of a row or paragraph; without any it is gone."""
    container = row.getparent()
    if container is None:
        raise ValueError("a row stands in a table")
    copies = [deepcopy(row) for _ in range(count)]
    for copy in copies:
        copy.tail = None
        row.addprevious(copy)
    container.remove(row)
    keep_sound(container)
    return copies


def keep_sound(container: etree._Element) -> None:
    """Give a cell that lost its last paragraph an empty one, and take out a table without rows."""
    if container.tag == f"{W}tbl" and container.find(f"{W}tr") is None:
        around = container.getparent()
        if around is not None:
            around.remove(container)
            keep_sound(around)
    elif container.tag in {f"{W}tc", f"{W}txbxContent", f"{W}hdr", f"{W}ftr"} and (
        len(container) == 0 or container[-1].tag != f"{W}p"
    ):
        etree.SubElement(container, f"{W}p")


def cut(paragraph: etree._Element, begin: int, end: int) -> None:
    """Take characters out of a paragraph, and whatever else is printed between them."""
    pieces = pieces_of(paragraph)
    at, within = 0, []
    for piece in pieces:
        old = piece.text or ""
        first, last = max(begin - at, 0), min(end - at, len(old))
        at += len(old)
        if first < last:
            piece.text = old[:first] + old[last:]
            within.append(piece)
    if len(within) > 1:
        order = [
            node
            for node in paragraph.iter(*_PRINTED)
            if paragraph_of(node) is paragraph or node.tag == f"{W}t"
        ]
        for node in order[order.index(within[0]) + 1 : order.index(within[-1])]:
            around = node.getparent()
            if around is not None and paragraph_of(node) is paragraph:
                around.remove(node)


def says_nothing(paragraph: etree._Element) -> bool:
    """Whether nothing of a paragraph is printed any more."""
    if said(paragraph).strip():
        return False
    return paragraph.find(f".//{W}drawing") is None and paragraph.find(f".//{W}pict") is None
