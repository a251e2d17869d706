"""The check of a bureau's own letter template before it is taken (模板校核).

Everything that is wrong is told at once, with the place and the nearest known field, so that the
legal office corrects its Word file in one go. What cannot be laid out is asked of the layout
itself (``letter_pdf``), not of a list beside it.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from clerk import assets
from clerk.documents import letter_pdf
from clerk.documents.letter_controls import controls_to_marks
from clerk.documents.letter_fields import FOLDER, by_mark
from clerk.documents.letter_marks import (
    FILLED_PART,
    MARK,
    W,
    paragraphs_of,
    pieces_of,
    read_mark,
    said,
)
from clerk.documents.letter_overflow import overflowing
from clerk.documents.letter_package import PackageRefused, open_package, read_part
from clerk.documents.letter_soundness import mark_faults, place_of
from clerk.domain.letter_faults import LetterFault, LetterFaultKind

Kind = LetterFaultKind


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
            name: read_part(xml) for name, xml in parts.items() if FILLED_PART.fullmatch(name)
        }
    except etree.XMLSyntaxError:
        return (LetterFault(kind=Kind.NO_DOCX),)
    for root in filled.values():
        controls_to_marks(root)
    found = [
        *mark_faults(filled),
        *_split_marks(filled),
        *(
            LetterFault(kind=Kind.NOT_DRAWN, what=one)
            for one in letter_pdf.html_for(content).unsupported
        ),
        *_missing_blocks(filled, promises=promises),
        *(_missing_glyphs(filled, drawn) if drawn is not None else ()),
        *(LetterFault(kind=Kind.OVERFLOW, what=one) for one in overflowing(filled)),
    ]
    return tuple(sorted(found, key=lambda one: not one.kind.refuses))


def _split_marks(filled: Mapping[str, etree._Element]) -> Iterator[LetterFault]:
    """Find marks of two looks; those that nobody knows are told anyhow."""
    for paragraph in _paragraphs(filled):
        runs = [(text, text.text or "") for text in pieces_of(paragraph)]
        whole = "".join(told for _, told in runs)
        for mark in MARK.finditer(whole):
            known = read_mark(mark[1]).path in by_mark()
            if known and len(_looks_within(runs, mark.start(), mark.end())) > 1:
                yield LetterFault(kind=Kind.SPLIT_MARK, what=mark[0], place=place_of(whole))


def _looks_within(runs: list[tuple[etree._Element, str]], begin: int, end: int) -> frozenset[bytes]:
    """Return the different looks of the runs that a mark reaches over."""
    looks, at = set(), 0
    for text, told in runs:
        if at < end and at + len(told) > begin and told:
            run = next(text.iterancestors(f"{W}r"))
            found = run.find(f"{W}rPr")
            looks.add(b"" if found is None else etree.tostring(found, method="c14n"))
        at += len(told)
    return frozenset(looks)


def _missing_blocks(
    filled: Mapping[str, etree._Element], *, promises: bool
) -> Iterator[LetterFault]:
    """Find what a letter of its kind must say and does not; an agreement of another kind nothing."""
    whole = "".join(said(paragraph) for paragraph in _paragraphs(filled))
    blocks = _blocks()
    asked = next((one["block"] for one in blocks["letter"] if one["known_by"] in whole), None)
    for block in asked if asked is not None else blocks["block"] if promises else ():
        if not any(words in whole for words in block["words"]):
            yield LetterFault(kind=Kind.MISSING_BLOCK, what=str(block["name"]))


def _missing_glyphs(
    filled: Mapping[str, etree._Element], drawn: Callable[[str], bool]
) -> Iterator[LetterFault]:
    characters = {letter for one in _paragraphs(filled) for letter in said(one)}
    missing = sorted(
        letter
        for letter in characters
        if not unicodedata.category(letter).startswith(("C", "Z")) and not drawn(letter)
    )
    if missing:
        yield LetterFault(kind=Kind.NO_GLYPH, what="".join(missing))


def _paragraphs(filled: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    for root in filled.values():
        yield from paragraphs_of(root)


@lru_cache(maxsize=1)
def _blocks() -> Mapping[str, Any]:
    return tomllib.loads(assets.read_text("templates", f"{FOLDER}blocks.toml"))
