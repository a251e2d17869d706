"""Text and pictures put into the runs of a paragraph, in the look of what they replace."""

from copy import deepcopy
from typing import Final

from lxml import etree

from clerk.documents.letter_marks import W

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def put_text(pieces: list[etree._Element], begin: int, end: int, value: str) -> set[etree._Element]:
    """Replace characters by a value in the first of their runs; return the texts that changed."""
    touched: set[etree._Element] = set()
    at = 0
    for piece in pieces:
        old = piece.text or ""
        first, last = max(begin - at, 0), min(end - at, len(old))
        at += len(old)
        if first < last:
            piece.text = old[:first] + value + old[last:]
            touched.add(piece)
            value = ""
    return touched


def put_drawing(
    pieces: list[etree._Element], begin: int, end: int, drawing: etree._Element
) -> None:
    """Replace characters by a picture, in a run between what stands before and behind them."""
    piece, within = _piece_at(pieces, begin)
    put_text(pieces, begin, end, "")
    run = next(piece.iterancestors(f"{W}r"))
    behind = _like(run)
    text = etree.SubElement(behind, f"{W}t")
    text.text = (piece.text or "")[within:]
    piece.text = (piece.text or "")[:within]
    for sibling in list(piece.itersiblings()):
        behind.append(sibling)
    between = _like(run)
    between.append(drawing)
    run.addnext(between)
    between.addnext(behind)
    for one in (piece, text):
        one.set(_XML_SPACE, "preserve")


def break_lines(piece: etree._Element) -> None:
    """Turn line breaks inside a text into Word's own."""
    piece.set(_XML_SPACE, "preserve")
    first, *others = (piece.text or "").split("\n")
    piece.text = first
    after = piece
    for line in others:
        for tag, text in ((f"{W}br", None), (f"{W}t", line)):
            new = etree.Element(tag)
            new.text = text
            after.addnext(new)
            after = new


def _piece_at(pieces: list[etree._Element], begin: int) -> tuple[etree._Element, int]:
    """Return the text that holds a character, and where in it the character stands."""
    at = 0
    for piece in pieces:
        length = len(piece.text or "")
        if begin < at + length:
            return piece, begin - at
        at += length
    raise ValueError(begin)


def _like(run: etree._Element) -> etree._Element:
    """Return an empty run of the same look."""
    new = etree.Element(f"{W}r")
    look = run.find(f"{W}rPr")
    if look is not None:
        new.append(deepcopy(look))
    return new
