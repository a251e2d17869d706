"""Opens an OFD file (GB/T 33190): a zip of XML parts, none of it believed before it was measured.

Names are compared without case, as some makers' references need it; two entries that differ by
case alone are refused, so a name always means one part, whoever reads it.
"""

import copy
import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from functools import cached_property
from typing import Final

from lxml import etree

from clerk.values import dataclass
from integrations.certificate_files.guard import FileFlawed, Flaw, check_outside, check_pages

MOST_ENTRIES: Final = 4000
MOST_ENTRY_BYTES: Final = 32 << 20
MOST_TOTAL_BYTES: Final = 128 << 20
MOST_XML_BYTES: Final = 16 << 20
MOST_DEPTH: Final = 100
_MOST_RATIO: Final = 200
_SMALL_BYTES: Final = 1 << 20
"""An entry up to this size may be packed as well as it likes."""

_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_PLAIN_KINDS: Final = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_FORBIDDEN: Final = re.compile(r"[\\:\x00-\x1f\x7f]")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)

ROOT: Final = "OFD.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocBody:
    """One document of the package: the part that begins it and the list of its seals, if any."""

    document: str
    signatures: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAt:
    """A page: the document it belongs to, its id there, and the part that holds its content."""

    document: str
    page_id: str
    content: str


class OfdPackage:
    """The parts of one file. Sizes are checked as they are told on opening, and again as read.

    Raises:
        FileFlawed: the file is no OFD, is damaged, or asks for more than a file may.
    """

    def __init__(self, content: bytes) -> None:
        check_outside(content, "OFD")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise FileFlawed(Flaw.DAMAGED) from error
        entries = self._zip.infolist()
        _check_entries(entries, len(content))
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._spelled = {name.casefold(): name for name in self._entries}
        self.names: frozenset[str] = frozenset(self._entries)

    def read(self, path: str) -> bytes:
        """Return a part as it is unpacked.

        Raises:
            FileFlawed: it is missing, damaged, or not as large as it says.
        """
        name = self._spelled.get(path.lstrip("/").casefold())
        if name is None:
            raise FileFlawed(Flaw.PART_MISSING)
        told = self._entries[name].file_size
        one_more = copy.copy(self._entries[name])
        one_more.file_size = told + 1  # zipfile stops at the size told, whatever follows
        try:
            with self._zip.open(one_more) as part:
                content = part.read(told + 1)
        except _BROKEN as error:
            raise FileFlawed(Flaw.DAMAGED) from error
        if len(content) != told:
            raise FileFlawed(Flaw.DAMAGED)
        return content

    def check_parts(self) -> None:
        """Unpack every part once; raises ``FileFlawed`` where one is not as it says."""
        for name in self.names:
            self.read(name)

    def xml(self, path: str) -> etree._Element:
        """Return the root element of a part, without comments.

        Raises:
            FileFlawed: see ``read``; or it is no XML, or carries a DTD or an instruction.
        """
        return parse(self.read(path))

    def resolve(self, base: str, ref: str) -> str:
        """Return the part that ``ref`` means in part ``base``: from the root, or from beside it.

        A name that is in the file is returned as it is spelled there; one that is not, as asked.

        Raises:
            FileFlawed: it leaves the file.
        """
        ref = ref.strip()
        beside = "" if ref.startswith("/") else posixpath.dirname(base)
        tried = [_within(posixpath.join(beside, ref.lstrip("/")))]
        if beside:  # some makers leave the first stroke out
            tried.append(posixpath.normpath(ref))
        found = (self._spelled.get(path.casefold()) for path in tried)
        return next((name for name in found if name is not None), tried[0])

    @cached_property
    def doc_bodies(self) -> tuple[DocBody, ...]:
        """The documents in the package, in its order.

        Raises:
            FileFlawed: there is none.
        """
        bodies = tuple(
            DocBody(
                document=self.resolve(ROOT, document),
                signatures=self.resolve(ROOT, seals) if seals else "",
            )
            for body in children(self.xml(ROOT), "DocBody")
            if (document := child_text(body, "DocRoot"))
            for seals in [child_text(body, "Signatures")]
        )
        if not bodies:
            raise FileFlawed(Flaw.NO_PAGES)
        return bodies

    @cached_property
    def pages(self) -> tuple[PageAt, ...]:
        """Every page of every document, in the order they are shown.

        Raises:
            FileFlawed: there is none, or more than anybody looks at.
        """
        found = []
        for document in dict.fromkeys(body.document for body in self.doc_bodies):
            for listed in children(self.xml(document), "Pages"):
                for page in children(listed, "Page"):
                    content = self.resolve(document, page.get("BaseLoc", ""))
                    found.append(
                        PageAt(document=document, page_id=page.get("ID", ""), content=content)
                    )
        check_pages(len(found))
        return tuple(found)


def parse(content: bytes) -> etree._Element:
    """Return the root element of foreign XML.

    Raises:
        FileFlawed: it is too large, too deep, no XML, or carries a DTD or an instruction.
    """
    if len(content) > MOST_XML_BYTES:
        raise FileFlawed(Flaw.TOO_LARGE_INSIDE)
    if b"<!DOCTYPE" in content.replace(b"\0", b""):  # before a parser sees it, also in UTF-16
        raise FileFlawed(Flaw.FORBIDDEN_XML)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        raise FileFlawed(Flaw.DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None or _instructed(root):
        raise FileFlawed(Flaw.FORBIDDEN_XML)
    _check_depth(root)
    return root


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace: makers use two, and none."""
    return etree.QName(element).localname


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of that local name."""
    return [child for child in element if local_name(child) == name]


def child_text(element: etree._Element, name: str) -> str:
    """Return the text of the first child of that local name, else the empty string."""
    for child in children(element, name):
        return (child.text or "").strip()
    return ""


def _within(path: str) -> str:
    path = posixpath.normpath(path)
    if path == ".." or path.startswith("../"):
        raise FileFlawed(Flaw.NAME_LEAVES)
    return path


def _check_entries(entries: list[zipfile.ZipInfo], file_bytes: int) -> None:
    """Measure what the file says of its entries, before one is unpacked."""
    if len(entries) > MOST_ENTRIES:
        raise FileFlawed(Flaw.TOO_MANY_PARTS)
    if any(entry.file_size > MOST_ENTRY_BYTES for entry in entries):
        raise FileFlawed(Flaw.TOO_LARGE_INSIDE)
    if sum(entry.file_size for entry in entries) > MOST_TOTAL_BYTES:
        raise FileFlawed(Flaw.TOO_LARGE_INSIDE)
    if sum(entry.compress_size for entry in entries) > file_bytes:
        raise FileFlawed(Flaw.BOMB)  # entries that share their bytes
    if min((entry.header_offset for entry in entries), default=0) != 0:
        raise FileFlawed(Flaw.DAMAGED)  # something else stands before the first entry
    for entry in entries:
        _check_entry(entry)
    names = [entry.filename.rstrip("/").casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise FileFlawed(Flaw.SAME_NAME)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if _leaves(entry):
        raise FileFlawed(Flaw.NAME_LEAVES)
    if entry.flag_bits & _ENCRYPTED:
        raise FileFlawed(Flaw.LOCKED)
    if entry.compress_type not in _PACKINGS:
        raise FileFlawed(Flaw.UNKNOWN_PACKING)
    if stat.S_IFMT(entry.external_attr >> 16) not in _PLAIN_KINDS:
        raise FileFlawed(Flaw.LINK)
    if entry.file_size > max(_SMALL_BYTES, entry.compress_size * _MOST_RATIO):
        raise FileFlawed(Flaw.BOMB)


def _leaves(entry: zipfile.ZipInfo) -> bool:
    """Return whether a name could mean something outside, or something else elsewhere."""
    written = entry.orig_filename
    steps = written.removesuffix("/").split("/")
    return (
        written != entry.filename
        or bool(_FORBIDDEN.search(written))
        or any(step in {"", ".", ".."} for step in steps)
    )


def _instructed(root: etree._Element) -> bool:
    """Return whether an instruction stands in the document, or before or after its root."""
    inside = root.iter(etree.ProcessingInstruction, etree.Entity)
    around = (root.getprevious(), root.getnext())
    return next(inside, None) is not None or any(each is not None for each in around)


def _check_depth(root: etree._Element) -> None:
    """Refuse what is nested deeper than any page: those who walk it call themselves."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise FileFlawed(Flaw.FORBIDDEN_XML)
