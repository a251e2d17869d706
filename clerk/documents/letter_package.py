"""A docx as a zip of parts, opened only where it is what a letter template may be.

A template comes from outside: macros, links to elsewhere, embedded programs and zip bombs are
refused before any XML is read (ECMA-376 part 2 says what a package may hold).
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from clerk.domain.letter_faults import LetterFault, LetterFaultKind

MOST_UNZIPPED_BYTES: Final = 20 << 20
_MOST_PARTS: Final = 500
_DOCUMENT: Final = "word/document.xml"
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO: Final = re.compile(r"vbaProject|vbaData", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"word/(embeddings|activeX|ctrlProps)/", re.IGNORECASE)
_FETCHING: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|EMBED|DATABASE)\b", re.IGNORECASE
)
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class PackageRefused(Exception):
    """The file is no template; ``faults`` say why, and nothing of it was read further."""

    def __init__(self, faults: tuple[LetterFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def open_package(content: bytes) -> Mapping[str, bytes]:
    """Return the parts of a docx by name.

    Raises:
        PackageRefused: it is none, or holds what a letter may not.
    """
    if content.startswith(_OLD_WORD):
        raise _refused(LetterFaultKind.OLD_WORD)
    try:
        parts = _unzipped(content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _refused(LetterFaultKind.NO_DOCX) from error
    if _DOCUMENT not in parts:
        raise _refused(LetterFaultKind.NO_DOCX)
    try:
        faults = tuple(_forbidden(parts))
    except etree.XMLSyntaxError as error:
        raise _refused(LetterFaultKind.NO_DOCX) from error
    if faults:
        raise PackageRefused(faults)
    return parts


def read_part(xml: bytes) -> etree._Element:
    """Parse a part; nothing is fetched and no entity is resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml, parser)


def _unzipped(content: bytes) -> Mapping[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_UNZIPPED_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > _MOST_PARTS or sum(one.file_size for one in members) > left:
            raise _refused(LetterFaultKind.TOO_LARGE)
        for member in members:
            with archive.open(member) as opened:
                inside = opened.read(left + 1)  # what the directory says may be a lie
            left -= len(inside)
            if left < 0:
                raise _refused(LetterFaultKind.TOO_LARGE)
            parts[member.filename] = inside
    return parts


def _forbidden(parts: Mapping[str, bytes]) -> Iterator[LetterFault]:
    for name in parts:
        if _EMBEDDED.match(name):
            yield LetterFault(kind=LetterFaultKind.EMBEDDED, what=name)
        elif _MACRO.search(name):
            yield LetterFault(kind=LetterFaultKind.MACRO, what=name)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        yield LetterFault(kind=LetterFaultKind.MACRO, what="[Content_Types].xml")
    for name, xml in parts.items():
        if name.endswith(".rels"):
            for link in read_part(xml).iter(_RELATION):
                if link.get("TargetMode") == "External":
                    outside = str(link.get("Target", ""))
                    yield LetterFault(kind=LetterFaultKind.OUTSIDE_LINK, what=outside[:80])
        elif name.startswith("word/") and name.endswith(".xml"):
            root = read_part(xml)
            if root.getroottree().docinfo.internalDTD is not None:  # no docx declares anything
                yield LetterFault(kind=LetterFaultKind.NO_DOCX, what=name)
            yield from _fetching_fields(root)


def _fetching_fields(root: etree._Element) -> Iterator[LetterFault]:
    """Find fields by which Word itself would fetch something when the letter is opened."""
    for field in root.iter(f"{_W}instrText", f"{_W}fldSimple"):
        told = field.text if field.tag == f"{_W}instrText" else field.get(f"{_W}instr")
        found = _FETCHING.search(told or "")
        if found:
            yield LetterFault(kind=LetterFaultKind.OUTSIDE_LINK, what=found[0])


def _refused(kind: LetterFaultKind) -> PackageRefused:
    return PackageRefused((LetterFault(kind=kind),))
