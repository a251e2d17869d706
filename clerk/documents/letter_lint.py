"""The check of a bureau's own letter template before it is taken (模板校核).

Everything that is wrong is told at once, with the place and the nearest known field, so that the
legal office corrects its Word file in one go. What cannot be laid out is asked of the layout
itself (``letter_pdf``), not of a list beside it.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from clerk import assets
from clerk.documents import letter_pdf
from clerk.documents.letter_package import PackageRefused, open_package, read_part
from clerk.documents.letters import FOLDER, known_fields
from clerk.domain.letter_faults import LetterFault, LetterFaultKind

Kind = LetterFaultKind

_MARK: Final = re.compile("【([^【】]*)】")
_FILLED_PART: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_OF_POINT: Final = 20
_HALF_POINTS: Final = 2
_PLACE_CHARACTERS: Final = 24
_USUAL_SIZE: Final = 21
"""五号, in half points: what Word takes where nothing is said."""
_INNER_TWIPS: Final = 216
"""The inner margins of a cell, left and right together."""


def lint(
    content: bytes, *, promises: bool = True, drawn: Callable[[str], bool] | None = None
) -> tuple[LetterFault, ...]:
    """Return everything that is wrong with a template, what refuses it first.

    Args:
        content: the docx as the bureau gave it.
        promises: whether it must have the blocks of a promise letter (告知承诺书).
        drawn: whether the pinned faces have a character; None leaves that check away.
    """
    try:
        parts = open_package(content)
    except PackageRefused as refused:
        return refused.faults
    try:
        filled = {
            name: read_part(xml) for name, xml in parts.items() if _FILLED_PART.fullmatch(name)
        }
    except etree.XMLSyntaxError:
        return (LetterFault(kind=Kind.NO_DOCX),)
    found = [
        *_marks(filled),
        *(
            LetterFault(kind=Kind.NOT_DRAWN, what=one)
            for one in letter_pdf.html_for(content).unsupported
        ),
        *(_missing_blocks(filled) if promises else ()),
        *(_missing_glyphs(filled, drawn) if drawn is not None else ()),
        *_overflowing(filled),
    ]
    return tuple(sorted(found, key=lambda one: not one.kind.refuses))


def _marks(filled: Mapping[str, etree._Element]) -> Iterator[LetterFault]:
    known = [field.placeholder for field in known_fields().values()]
    for paragraph in _paragraphs(filled):
        runs = [(text, text.text or "") for text in _texts(paragraph)]
        whole = "".join(said for _, said in runs)
        place = _place(whole)
        if whole.count("【") != whole.count("】") or "【" in _MARK.sub("", whole):
            yield LetterFault(kind=Kind.BROKEN_MARK, what=_broken(whole), place=place)
        for mark in _MARK.finditer(whole):
            if mark[1] not in known:
                near = difflib.get_close_matches(mark[1], known, 1, cutoff=0.5)
                yield LetterFault(
                    kind=Kind.UNKNOWN_FIELD,
                    what=mark[0],
                    place=place,
                    nearest="".join(near),
                )
            elif len(_looks_within(runs, mark.start(), mark.end())) > 1:
                yield LetterFault(kind=Kind.SPLIT_MARK, what=mark[0], place=place)


def _looks_within(runs: list[tuple[etree._Element, str]], begin: int, end: int) -> frozenset[bytes]:
    """Return the different looks of the runs that a mark reaches over."""
    looks, at = set(), 0
    for text, said in runs:
        if at < end and at + len(said) > begin and said:
            run = next(text.iterancestors(f"{_W}r"))
            found = run.find(f"{_W}rPr")
            looks.add(b"" if found is None else etree.tostring(found, method="c14n"))
        at += len(said)
    return frozenset(looks)


def _missing_blocks(filled: Mapping[str, etree._Element]) -> Iterator[LetterFault]:
    said = "".join(_said(paragraph) for paragraph in _paragraphs(filled))
    for block in _blocks():
        if not any(words in said for words in block["words"]):
            yield LetterFault(kind=Kind.MISSING_BLOCK, what=str(block["name"]))


def _missing_glyphs(
    filled: Mapping[str, etree._Element], drawn: Callable[[str], bool]
) -> Iterator[LetterFault]:
    characters = {letter for one in _paragraphs(filled) for letter in _said(one)}
    missing = sorted(
        letter
        for letter in characters
        if not unicodedata.category(letter).startswith(("C", "Z")) and not drawn(letter)
    )
    if missing:
        yield LetterFault(kind=Kind.NO_GLYPH, what="".join(missing))


def _overflowing(filled: Mapping[str, etree._Element]) -> Iterator[LetterFault]:
    """Find rows of a fixed height whose cell cannot hold the longest value of its mark.

    Word cuts off what does not fit an exact height; a row that may grow holds everything.
    """
    longest = {field.placeholder: field.longest for field in known_fields().values()}
    for root in filled.values():
        for row in root.iter(f"{_W}tr"):
            height = row.find(f"{_W}trPr/{_W}trHeight")
            if height is None or height.get(f"{_W}hRule") != "exact":
                continue
            for cell in row.iterchildren(f"{_W}tc"):
                room = int(height.get(f"{_W}val", "0"))
                for paragraph in cell.iterchildren(f"{_W}p"):
                    room -= _height_of(cell, paragraph, longest)
                if room < 0:
                    said = "".join(_said(one) for one in cell.iterchildren(f"{_W}p"))
                    yield LetterFault(kind=Kind.OVERFLOW, what=said[:_PLACE_CHARACTERS])


def _height_of(cell: etree._Element, paragraph: etree._Element, longest: Mapping[str, int]) -> int:
    """Return the twips that a paragraph takes with the longest values; a character is a square."""
    size = max(
        (int(one.get(f"{_W}val", "0")) for one in paragraph.iter(f"{_W}sz")), default=_USUAL_SIZE
    )
    square = size * _TWIPS_OF_POINT // _HALF_POINTS
    width = cell.find(f"{_W}tcPr/{_W}tcW")
    inside = int(width.get(f"{_W}w", "0")) - _INNER_TWIPS if width is not None else 0
    filled = _MARK.sub(lambda mark: "M" * longest.get(mark[1], len(mark[0])), _said(paragraph))
    across = max(inside // square, 1)
    return -(-len(filled) // across) * square


def _paragraphs(filled: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    for root in filled.values():
        yield from root.iter(f"{_W}p")


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    return [
        text
        for text in paragraph.iter(f"{_W}t")
        if next(text.iterancestors(f"{_W}p"), None) is paragraph
    ]


def _said(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _place(whole: str) -> str:
    return whole if len(whole) <= _PLACE_CHARACTERS else f"{whole[: _PLACE_CHARACTERS - 1]}…"


def _broken(whole: str) -> str:
    """Return what is left of a mark that was opened or closed only."""
    left = _MARK.sub("", whole)
    at = max(left.find("【"), 0) if "【" in left else max(left.find("】") - 8, 0)
    return left[at : at + 10]


@lru_cache(maxsize=1)
def _blocks() -> tuple[dict[str, list[str]], ...]:
    return tuple(tomllib.loads(assets.read_text("templates", f"{FOLDER}blocks.toml"))["block"])
