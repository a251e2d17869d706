"""Letters (告知承诺书、委托书) from docx templates, filled as the legal office wrote them.

A template is an ordinary Word file with a mark (``letter_marks``) or a content control where a
value belongs; nothing else in it is ever changed. A mark may be split over runs, stand in a table,
a text box, a header or a footer. Values go in as text, once: a value that looks like a mark stays
what it is.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from lxml import etree

from clerk import assets
from clerk.documents.letter_controls import controls_to_marks, unwrap
from clerk.documents.letter_fields import (
    FOLDER,
    LetterValues,
    by_mark,
    known_pictures,
    list_named,
)
from clerk.documents.letter_marks import (
    FILLED_PART,
    MARK,
    LetterMark,
    MarkKind,
    W,
    paragraphs_of,
    pieces_of,
    read_mark,
    said,
    standing_in,
)
from clerk.documents.letter_package import PackageRefused, open_package, read_part
from clerk.documents.letter_parts import (
    cut,
    hidden_spans,
    hide_parts,
    keep_sound,
    repeat,
    repeated,
    says_nothing,
)
from clerk.documents.letter_places import Put, after_filling, around
from clerk.documents.letter_runs import break_lines, put_drawing, put_text
from clerk.documents.letter_soundness import mark_faults
from clerk.documents.letter_stamps import Stamps, relations_of, with_relations, with_types
from clerk.documents.letters import FilledLetter
from clerk.documents.plain import plain
from clerk.domain.errors import PaperTrouble
from clerk.domain.letter_faults import LetterFaultKind
from clerk.values import dataclass

_DOCUMENT: Final = "word/document.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_VERSION: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """A template kept unzipped: ``parts`` are filled each time, ``rest`` is a zip of all others.

    ``shaped`` are the parts in which something is conditional or repeated, ``ties`` the content
    types and the relations, to which pictures are added.
    """

    parts: Mapping[str, bytes]
    shaped: frozenset[str]
    ties: Mapping[str, bytes]
    rest: bytes
    version: str
    sha256: str
    placeholders: tuple[str, ...]
    unknown: tuple[str, ...]
    unsound: str


def names() -> tuple[str, ...]:
    """Return the names of all templates, without ending: ``proof``, ``business_permit``."""
    return tuple(
        name.removeprefix(FOLDER).removesuffix(".docx")
        for name in assets.names("templates", FOLDER.rstrip("/"))
        if name.endswith(".docx")
    )


def fields(template: str, content: bytes | None = None) -> tuple[str, ...]:
    """Return what a template asks for, each once, in reading order; a column as ``list.column``.

    Raises:
        PaperTrouble: there is no such template, it is no docx, or its marks are not sound; the
            sentence names every value that no letter has.
    """
    return _sound(template, content).placeholders


def fill(
    template: str,
    values: LetterValues,
    *,
    pictures: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> FilledLetter:
    """Return the letter with every mark replaced.

    Args:
        template: its name, as ``names`` gives it.
        values: by placeholder, without brackets; see ``letters.values_for``.
        pictures: signatures by hand, by placeholder, as SVG; a place without one is kept free.
        content: the docx to be filled; None takes the one that ships under the name.

    Raises:
        PaperTrouble: a value is missing or cannot be printed, or the template is not sound.
    """
    loaded = _sound(template, content)
    filling = _Filling(values, pictures or {})
    roots = {name: read_part(xml) for name, xml in loaded.parts.items()}
    for name, root in roots.items():
        filling.fill_part(name, root, shaped=name in loaded.shaped)
    if filling.missing:
        listed = "、".join(filling.missing)
        raise PaperTrouble(f"这份文书还缺{listed}，没有生成，办件未改动。补齐后再出一次")
    paragraphs = paragraphs_of(roots[_DOCUMENT])
    text = "\n".join(_text_of(one) for one in paragraphs)
    return FilledLetter(
        docx=_zipped(loaded, roots, filling.stamps),
        template=template,
        template_version=loaded.version,
        template_sha256=loaded.sha256,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        quoted=around(paragraphs, filling.put),
    )


@dataclass(slots=True)
class _Filling:
    """One letter being filled; ``missing`` are the values it cannot be printed without."""

    values: LetterValues
    pictures: Mapping[str, str]
    missing: dict[str, None] = field(default_factory=dict)
    stamps: Stamps = field(default_factory=Stamps)
    put: dict[etree._Element, tuple[Put, ...]] = field(default_factory=dict)
    _done: set[etree._Element] = field(default_factory=set)
    _part: str = ""

    def fill_part(self, name: str, root: etree._Element, *, shaped: bool) -> None:
        self._part = name
        if shaped:
            hide_parts(root, lambda mark: self._holds(mark, {}))
            for row, (listed, *_) in repeated(root).items():
                self._repeat(row, listed)
        for paragraph in list(root.iter(f"{W}p")):
            if paragraph not in self._done:
                self._paragraph(paragraph, {})

    def _repeat(self, row: etree._Element, listed: str) -> None:
        rows = self.values.get(listed, ())
        known = list_named(listed)
        if not rows and known is not None and not known.may_be_empty:
            self.missing[listed] = None
        entries: Sequence[Mapping[str, str]] = () if isinstance(rows, str) else rows
        for entry, copy in zip(entries, repeat(row, len(entries)), strict=True):
            scope = {f"{listed}.{column}": value for column, value in entry.items()}
            for paragraph in list(copy.iter(f"{W}p")):
                self._done.add(paragraph)
                self._paragraph(paragraph, scope)
            if copy.tag == f"{W}sdt":
                unwrap(copy)

    def _paragraph(self, paragraph: etree._Element, row: Mapping[str, str]) -> None:
        """Replace the marks of one paragraph; the first run of each lends its looks.

        Matches are taken from the text as the template has it and worked off from the end, so that
        what was put in is never looked at again.
        """
        whole = said(paragraph)
        if "【" not in whole:
            return
        spans = hidden_spans(whole, lambda mark: self._holds(mark, row))
        marks = [
            found
            for found in MARK.finditer(whole)
            if not any(begin <= found.start() < end for begin, end in spans)
        ]
        work = [*((*span, None) for span in spans), *((*one.span(), one[1]) for one in marks)]
        touched: set[etree._Element] = set()
        replaced: list[tuple[int, int, str, int]] = []
        for begin, end, inside in sorted(work, reverse=True, key=lambda one: one[0]):
            path, value = "", ""
            if inside is None:
                cut(paragraph, begin, end)
            elif (place := known_pictures().get(inside.strip())) is not None:
                drawing = self._drawing(place.placeholder)
                put_drawing(pieces_of(paragraph), begin, end, drawing)
            else:
                path, value = _path_of(inside), self._value(inside, row)
                touched |= put_text(pieces_of(paragraph), begin, end, value)
            replaced.append((begin, end, path, len(value.replace("\n", ""))))
        self.put[paragraph] = after_filling(reversed(replaced))
        for piece in touched:
            break_lines(piece)
        if spans and says_nothing(paragraph):
            container = paragraph.getparent()
            if container is not None:
                container.remove(paragraph)
                keep_sound(container)

    def _value(self, inside: str, row: Mapping[str, str]) -> str:
        mark = read_mark(inside)
        if mark.kind is MarkKind.CHECK:
            return mark.ticked if self._holds(mark, row) else mark.sign
        given = self._given(mark, row)
        value = given if isinstance(given, str) else ""
        if not value and by_mark()[mark.path].empty is None:
            self.missing[mark.path] = None
        return plain(value)

    def _given(self, mark: LetterMark, row: Mapping[str, str]) -> object:
        return row.get(mark.path, "") if mark.column else self.values.get(mark.name, "")

    def _holds(self, mark: LetterMark, row: Mapping[str, str]) -> bool:
        """Whether a field has a value, or the one that is asked for, or it among others."""
        given, known = self._given(mark, row), by_mark().get(mark.path)
        holds = bool(given) and given != (known.empty if known else None)
        if mark.equals is not None:
            holds = isinstance(given, str) and mark.equals in (given, *given.split("、"))
        return holds != mark.negated

    def _drawing(self, placeholder: str) -> etree._Element:
        place = known_pictures()[placeholder]
        coded = self.values.get(placeholder, "")
        if placeholder in self.pictures:
            return self.stamps.lines(self._part, place, self.pictures[placeholder])
        if coded and isinstance(coded, str):
            return self.stamps.code(self._part, place, plain(coded))
        return self.stamps.free(self._part, place)


def _path_of(inside: str) -> str:
    """Return the field whose value a mark asks for; empty for a box that is ticked."""
    mark = read_mark(inside)
    return mark.path if mark.kind is MarkKind.VALUE else ""


def _zipped(loaded: _Template, roots: Mapping[str, etree._Element], stamps: Stamps) -> bytes:
    out = io.BytesIO(loaded.rest)
    out.seek(0, io.SEEK_END)
    ties = dict(loaded.ties)
    if stamps.media:
        ties[_CONTENT_TYPES] = with_types(ties[_CONTENT_TYPES])
    for name, added in stamps.relations.items():
        ties[name] = with_relations(ties.get(name), added)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in (*sorted(ties.items()), *stamps.media.items()):
            archive.writestr(_dated(name), inside)
        for name, root in roots.items():
            archive.writestr(_dated(name), etree.tostring(root, encoding="UTF-8", standalone=True))
    return out.getvalue()


def _text_of(paragraph: etree._Element) -> str:
    told = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        told.get(str(node.tag), node.text or "")
        for run in standing_in(paragraph, f"{W}r")
        for node in run.iterchildren(f"{W}t", f"{W}br", f"{W}tab")
    )


@lru_cache(maxsize=32)
def _unpack(content: bytes) -> _Template:
    parts, others, version = {}, {}, ""
    for name, inside in open_package(content).items():
        if FILLED_PART.fullmatch(name):
            root = read_part(inside)
            controls_to_marks(root)
            parts[name] = root
        else:
            others[name] = inside
        if name == "docProps/core.xml":
            version = read_part(inside).findtext(_VERSION, "")
    ties = {name for name in others if name in {_CONTENT_TYPES, *map(relations_of, parts)}}
    rest = io.BytesIO()
    with zipfile.ZipFile(rest, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in others.items():
            if name not in ties:
                archive.writestr(_dated(name), inside)
    faults = [one for one in mark_faults(parts) if one.kind.refuses]
    unknown = (one.what for one in faults if one.kind is LetterFaultKind.UNKNOWN_FIELD)
    return _Template(
        parts={name: etree.tostring(root) for name, root in parts.items()},
        shaped=frozenset(name for name, root in parts.items() if any(map(_shapes, _marks(root)))),
        ties={name: others[name] for name in ties},
        rest=rest.getvalue(),
        version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        placeholders=tuple(_placeholders(parts)),
        unknown=tuple(dict.fromkeys(unknown)),
        unsound=next((one.what for one in faults), ""),
    )


def _placeholders(parts: Mapping[str, etree._Element]) -> Mapping[str, None]:
    found: dict[str, None] = {}
    for root in parts.values():
        for mark in _marks(root):
            if mark.kind is MarkKind.VALUE and mark.path not in known_pictures():
                found[mark.path] = None
    return found


def _marks(root: etree._Element) -> Iterator[LetterMark]:
    for paragraph in paragraphs_of(root):
        yield from map(read_mark, MARK.findall(said(paragraph)))


def _shapes(mark: LetterMark) -> bool:
    return mark.kind in {MarkKind.PART, MarkKind.END} or bool(mark.column)


def _sound(template: str, content: bytes | None) -> _Template:
    """Return a template that can be filled."""
    try:
        if content is None:
            content = assets.read_bytes("templates", f"{FOLDER}{template}.docx")
        loaded = _unpack(content)
    except (OSError, PackageRefused, etree.XMLSyntaxError) as error:
        raise PaperTrouble(
            f"承诺书模板“{template}”不存在或已损坏，没有生成。请联系系统管理员重新放置模板"
        ) from error
    if loaded.unknown:
        listed = "、".join(loaded.unknown)
        raise PaperTrouble(
            f"承诺书模板“{template}”里有程序不认识的{listed}，没有生成。请换用经核对的模板"
        )
    if loaded.unsound:
        raise PaperTrouble(
            f"承诺书模板“{template}”里的{loaded.unsound}不完整，没有生成。请换用经核对的模板"
        )
    return loaded


def _dated(name: str) -> zipfile.ZipInfo:
    """Return the entry of a zip without a clock in it, so that equal letters are equal files."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
