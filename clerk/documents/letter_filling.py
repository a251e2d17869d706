"""Commitment letters (告知承诺书) from the bureau's docx templates.

A template is an ordinary Word file with ``【placeholder】`` where a value belongs; nothing else in
it is ever changed, because its wording is the legal office's. A placeholder may be split over
runs, stand in a table, a header or a footer. Values go in as text, once: a value that looks like a
placeholder stays what it is.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from clerk import assets
from clerk.documents.letter_package import PackageRefused, open_package, read_part
from clerk.documents.letters import FOLDER, FilledLetter, known_fields
from clerk.documents.plain import plain
from clerk.domain.errors import PaperTrouble

_PLACEHOLDER = re.compile("【([^【】]+)】")
_FILLED_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VERSION = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """A template kept unzipped: ``parts`` are filled each time, ``rest`` is a zip of all others."""

    parts: Mapping[str, bytes]
    rest: bytes
    version: str
    sha256: str
    placeholders: tuple[str, ...]


def names() -> tuple[str, ...]:
    """Return the names of all templates, without ending: ``proof``, ``business_permit``."""
    return tuple(
        name.removeprefix(FOLDER).removesuffix(".docx")
        for name in assets.names("templates", FOLDER.rstrip("/"))
        if name.endswith(".docx")
    )


def fields(template: str) -> tuple[str, ...]:
    """Return the placeholders of a template, each once, in reading order.

    Raises:
        PaperTrouble: there is no such template, it is no docx, or it asks for a value that no
            letter has; the sentence names all of them.
    """
    found = _load(template).placeholders
    known = {field.placeholder for field in known_fields().values()}
    unknown = [name for name in found if name not in known]
    if unknown:
        listed = "、".join(f"【{name}】" for name in unknown)
        raise PaperTrouble(
            f"承诺书模板“{template}”里有程序不认识的{listed}，没有生成。请换用经核对的模板"
        )
    return found


def fill(template: str, values: Mapping[str, str]) -> FilledLetter:
    """Return the letter with every placeholder replaced.

    Args:
        template: its name, as ``names`` gives it.
        values: by placeholder, without brackets; see ``letters.values_for``.

    Raises:
        PaperTrouble: a value is missing or cannot be printed, or the template is not sound.
    """
    wanted = fields(template)
    optional = {field.placeholder for field in known_fields().values() if field.empty is not None}
    missing = [name for name in wanted if not values.get(name, "") and name not in optional]
    if missing:
        raise PaperTrouble(f"承诺书还缺{'、'.join(missing)}，没有生成，办件未改动。补齐后再出一次")
    checked = {name: plain(values.get(name, "")) for name in wanted}
    loaded = _load(template)
    out = io.BytesIO(loaded.rest)
    out.seek(0, io.SEEK_END)
    text = ""
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in loaded.parts.items():
            root = read_part(xml)
            for paragraph in root.iter(f"{_W}p"):
                _fill_paragraph(paragraph, checked)
            archive.writestr(_dated(name), etree.tostring(root, encoding="UTF-8", standalone=True))
            if name == "word/document.xml":
                text = "\n".join(_text_of(paragraph) for paragraph in root.iter(f"{_W}p"))
    return FilledLetter(
        docx=out.getvalue(),
        template=template,
        template_version=loaded.version,
        template_sha256=loaded.sha256,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _fill_paragraph(paragraph: etree._Element, values: Mapping[str, str]) -> None:
    """Replace the placeholders of one paragraph; the first run of each lends its looks.

    Matches are taken from the text as the template has it and worked off from the end, so that
    what was put in is never looked at again.
    """
    pieces = [text for text in paragraph.iter(f"{_W}t") if _paragraph_of(text) is paragraph]
    whole = "".join(piece.text or "" for piece in pieces)
    touched: set[etree._Element] = set()
    for match in reversed(list(_PLACEHOLDER.finditer(whole))):
        start, value = 0, values[match[1]]
        for piece in pieces:
            old = piece.text or ""
            begin, end = max(match.start() - start, 0), min(match.end() - start, len(old))
            start += len(old)
            if begin < end:
                piece.text = old[:begin] + value + old[end:]
                touched.add(piece)
                value = ""
    for piece in touched:
        piece.set(_XML_SPACE, "preserve")
        _break_lines(piece)


def _break_lines(piece: etree._Element) -> None:
    """Turn line breaks inside a text into Word's own."""
    first, *others = (piece.text or "").split("\n")
    piece.text = first
    after = piece
    for line in others:
        for tag, text in ((f"{_W}br", None), (f"{_W}t", line)):
            new = etree.Element(tag)
            new.text = text
            after.addnext(new)
            after = new


def _paragraph_of(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(f"{_W}p"), None)


def _text_of(paragraph: etree._Element) -> str:
    said = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    return "".join(
        said.get(str(node.tag), node.text or "")
        for run in paragraph.iter(f"{_W}r")
        if _paragraph_of(run) is paragraph
        for node in run.iterchildren(f"{_W}t", f"{_W}br", f"{_W}tab")
    )


@lru_cache(maxsize=32)
def _unpack(content: bytes) -> _Template:
    rest, parts, version = io.BytesIO(), {}, ""
    with zipfile.ZipFile(rest, "w", zipfile.ZIP_DEFLATED) as others:
        for name, inside in open_package(content).items():
            if _FILLED_PART.fullmatch(name):
                parts[name] = inside
            else:
                others.writestr(_dated(name), inside)
            if name == "docProps/core.xml":
                version = read_part(inside).findtext(_VERSION, "")
    return _Template(
        parts=parts,
        rest=rest.getvalue(),
        version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        placeholders=tuple(dict.fromkeys(_placeholders(parts))),
    )


def _placeholders(parts: Mapping[str, bytes]) -> Iterator[str]:
    for xml in parts.values():
        for paragraph in read_part(xml).iter(f"{_W}p"):
            yield from _PLACEHOLDER.findall(_text_of(paragraph))


def _load(template: str) -> _Template:
    try:
        return _unpack(assets.read_bytes("templates", f"{FOLDER}{template}.docx"))
    except (OSError, PackageRefused, etree.XMLSyntaxError) as error:
        raise PaperTrouble(
            f"承诺书模板“{template}”不存在或已损坏，没有生成。请联系系统管理员重新放置模板"
        ) from error


def _dated(name: str) -> zipfile.ZipInfo:
    """Return the entry of a zip without a clock in it, so that equal letters are equal files."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
