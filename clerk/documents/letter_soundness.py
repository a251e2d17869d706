"""Whether the marks of a letter template can be filled at all, each fault with its place."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from clerk.documents.letter_controls import strange_controls
from clerk.documents.letter_fields import by_mark, known_lists, known_pictures, list_named
from clerk.documents.letter_marks import (
    MARK,
    LetterMark,
    MarkKind,
    paragraphs_of,
    read_mark,
    said,
    sole_mark,
)
from clerk.documents.letter_parts import containers, hidden_spans, repeated, unpaired
from clerk.domain.letter_faults import LetterFault, LetterFaultKind

Kind = LetterFaultKind

_PLACE_CHARACTERS: Final = 24
_NEAR: Final = 0.5


def mark_faults(filled: Mapping[str, etree._Element]) -> Iterator[LetterFault]:
    """Yield what is wrong with the marks of the parts that are filled, their controls taken over."""
    for root in filled.values():
        for name in strange_controls(root):
            what = f"【{name}】" if name else ""
            yield LetterFault(kind=Kind.STRANGE_CONTROL, what=what, nearest=_nearest(name))
        for container in containers(root):
            for element, mark in unpaired(container):
                yield _unclosed(element, mark)
        for names in repeated(root).values():
            if len(names) > 1:
                listed = "、".join(names)
                yield LetterFault(kind=Kind.MISPLACED_LIST, what=listed)
        for paragraph in paragraphs_of(root):
            yield from _faults_in(paragraph)


def place_of(whole: str) -> str:
    """Return the words by which a paragraph is found again."""
    return whole if len(whole) <= _PLACE_CHARACTERS else f"{whole[: _PLACE_CHARACTERS - 1]}…"


def _faults_in(paragraph: etree._Element) -> Iterator[LetterFault]:
    whole = said(paragraph)
    place = place_of(whole)
    if whole.count("【") != whole.count("】") or "【" in MARK.sub("", whole):
        yield LetterFault(kind=Kind.BROKEN_MARK, what=_broken(whole), place=place)
    if sole_mark(paragraph) is None:
        try:
            hidden_spans(whole, lambda _: True)
        except ValueError as error:
            found = MARK.match(str(error))
            what = found[0] if found else ""
            yield LetterFault(kind=Kind.UNCLOSED_PART, what=what, place=place)
    for found in MARK.finditer(whole):
        mark = read_mark(found[1])
        if mark.kind is not MarkKind.END:
            yield from _faults_of(mark, found[0], place)


def _faults_of(mark: LetterMark, written: str, place: str) -> Iterator[LetterFault]:
    known, listed = by_mark().get(mark.path), list_named(mark.name)
    if mark.kind is MarkKind.VALUE and mark.path in known_pictures():
        return
    if listed is not None and not mark.column:
        if mark.kind is not MarkKind.PART:
            yield LetterFault(kind=Kind.MISPLACED_LIST, what=written, place=place)
    elif known is None:
        yield LetterFault(
            kind=Kind.UNKNOWN_FIELD, what=written, place=place, nearest=_nearest(mark.path)
        )
    elif mark.equals is not None and known.names and mark.equals not in known.names.values():
        near = difflib.get_close_matches(mark.equals, known.names.values(), 1, cutoff=0.0)
        yield LetterFault(
            kind=Kind.UNKNOWN_CHOICE, what=written, place=place, nearest="".join(near)
        )


def _unclosed(element: etree._Element, mark: LetterMark) -> LetterFault:
    """Return where a part begins that does not end, by the words that follow."""
    written = "".join(said(one) for one in paragraphs_of(element)).strip()
    after = element.getnext()
    words = "" if after is None else "".join(said(one) for one in paragraphs_of(after))
    place = place_of(words) if mark.kind is MarkKind.PART else ""
    return LetterFault(kind=Kind.UNCLOSED_PART, what=written, place=place)


def _nearest(name: str) -> str:
    known = [*by_mark(), *known_pictures(), *(one.placeholder for one in known_lists().values())]
    return "".join(difflib.get_close_matches(name, known, 1, cutoff=_NEAR))


def _broken(whole: str) -> str:
    """Return what is left of a mark that was opened or closed only."""
    left = MARK.sub("", whole)
    at = max(left.find("【"), 0) if "【" in left else max(left.find("】") - 8, 0)
    return left[at : at + 10]
