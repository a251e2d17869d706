"""An OFD file is a zip that somebody else packed: what it may not do, and what it may."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from integrations.certificate_files.guard import MOST_BYTES, FileFlawed, Flaw
from integrations.certificate_files.ofd_package import OfdPackage, parse
from tests.integrations.sealed_ofd import PAGE, document, packed

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def with_entry(name: str, content: bytes = b"x", **fields: int) -> bytes:
    """A sound file with one more entry, whose header says something else."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    for field, value in fields.items():
        setattr(entry, field, value)
    out = io.BytesIO(packed(document()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, content)
    return out.getvalue()


def told(size: int) -> Callable[[bytes], bytes]:
    """Let the headers of the last entry tell another size than it has."""

    def changed(content: bytes) -> bytes:
        written = bytearray(content)
        struct.pack_into("<I", written, written.rindex(LOCAL) + 22, size)
        struct.pack_into("<I", written, written.rindex(CENTRAL) + 24, size)
        return bytes(written)

    return changed


def renamed(old: str, new: str) -> bytes:
    """A sound file with one more entry whose name ``zipfile`` itself would not write."""
    return with_entry(old).replace(old.encode(), new.encode())


def pages(count: int) -> bytes:
    """A document that lists so many pages, all of them the same part."""
    parts = document()
    page = b'<ofd:Page ID="10" BaseLoc="Pages/Page_0/Content.xml"/>'
    assert page in parts["Doc_0/Document.xml"]
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(page, page * count)
    return packed(parts)


def encrypted() -> bytes:
    written = bytearray(with_entry("Doc_0/secret.xml"))
    for header, flags in ((LOCAL, 6), (CENTRAL, 8)):
        written[written.rindex(header) + flags] |= 1
    return bytes(written)


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"%PDF-1.7 renamed", Flaw.WRONG_FORMAT),
        (b"PK\x03\x04" + bytes(MOST_BYTES), Flaw.TOO_LARGE),
        (packed(document())[:-30], Flaw.DAMAGED),
        (packed(document()) + packed(document()), Flaw.DAMAGED),
        (with_entry("../../etc/page.xml"), Flaw.NAME_LEAVES),
        (with_entry("/Doc_0/page.xml"), Flaw.NAME_LEAVES),
        (with_entry("Doc_0/./page.xml"), Flaw.NAME_LEAVES),
        (renamed("Doc_0/page.xml", "Doc_0\\page.xml"), Flaw.NAME_LEAVES),
        (renamed("C./page.xml", "C:/page.xml"), Flaw.NAME_LEAVES),
        (renamed("Doc_0/page.xml", "Doc_0/page.xm\0"), Flaw.NAME_LEAVES),
        (renamed("Doc_1/document.xml", "Doc_0/Document.xml"), Flaw.SAME_NAME),
        (with_entry("Doc_0/DOCUMENT.xml"), Flaw.SAME_NAME),
        (encrypted(), Flaw.LOCKED),
        (with_entry("Doc_0/a.xml", compress_type=zipfile.ZIP_BZIP2), Flaw.UNKNOWN_PACKING),
        (with_entry("Doc_0/a.xml", external_attr=stat.S_IFLNK << 16), Flaw.LINK),
        (told(300 << 20)(with_entry("Doc_0/a.xml")), Flaw.TOO_LARGE_INSIDE),
        (with_entry("Doc_0/a.xml", bytes(4 << 20)), Flaw.BOMB),
        (
            packed(document() | {f"Doc_0/{number}.xml": b"" for number in range(4001)}),
            Flaw.TOO_MANY_PARTS,
        ),
    ],
)
def test_a_file_that_asks_for_more_than_a_file_may_is_not_opened(content, flaw):
    with pytest.raises(FileFlawed, match=r"没有采用其中任何内容.*请改收纸质件") as caught:
        OfdPackage(content)

    assert caught.value.flaw is flaw


@pytest.mark.parametrize("size", [10, 1999, 2001, 5000])
def test_a_part_that_is_not_as_large_as_its_entry_says_is_damage(size):
    package = OfdPackage(told(size)(with_entry("Doc_0/a.xml", bytes(2000))))

    with pytest.raises(FileFlawed) as caught:
        package.check_parts()

    assert caught.value.flaw is Flaw.DAMAGED


def test_a_changed_octet_of_the_zip_itself_is_damage():
    content = bytearray(packed({"OFD.xml": b"<a>" + bytes(range(32, 127)) * 9 + b"</a>"}))
    content[60] ^= 1

    with pytest.raises(FileFlawed) as caught:
        OfdPackage(bytes(content)).check_parts()

    assert caught.value.flaw is Flaw.DAMAGED


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (pages(501), Flaw.TOO_MANY_PAGES),
        (pages(10_000), Flaw.TOO_MANY_PAGES),
        (pages(0), Flaw.NO_PAGES),
        (packed({"word/document.xml": b"<w/>"}), Flaw.PART_MISSING),
        (packed({"OFD.xml": b"<OFD/>"}), Flaw.NO_PAGES),
        (packed({"OFD.xml": b"not xml"}), Flaw.DAMAGED),
    ],
)
def test_a_file_without_pages_or_with_too_many_is_refused(content, flaw):
    with pytest.raises(FileFlawed) as caught:
        assert OfdPackage(content).pages

    assert caught.value.flaw is flaw


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Flaw.FORBIDDEN_XML),
        ('<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16"), Flaw.FORBIDDEN_XML),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', Flaw.FORBIDDEN_XML),
        (b"<a>VA<?x?>LID</a>", Flaw.FORBIDDEN_XML),
        (b"<?x?><a/>", Flaw.FORBIDDEN_XML),
        (b"<a/><?x?>", Flaw.FORBIDDEN_XML),
        (b"<a>" * 101 + b"</a>" * 101, Flaw.FORBIDDEN_XML),
        (b"<a>" * 5000 + b"</a>" * 5000, Flaw.DAMAGED),
        (b"<a>&b;</a>", Flaw.DAMAGED),
        (b"<a/><a/>", Flaw.DAMAGED),
        (b"<a>" + b" " * (16 << 20) + b"</a>", Flaw.TOO_LARGE_INSIDE),
    ],
)
def test_xml_that_could_mean_something_else_is_refused(content, flaw):
    with pytest.raises(FileFlawed) as caught:
        parse(content)

    assert caught.value.flaw is flaw


def test_what_is_split_by_a_comment_is_one_text():
    assert parse(b"<a>VA<!-- or not -->LID</a>").text == "VALID"


def test_a_sound_file_tells_its_documents_and_pages():
    package = OfdPackage(packed(document(pages=2)))

    assert [body.document for body in package.doc_bodies] == ["Doc_0/Document.xml"]
    assert [page.page_id for page in package.pages] == ["10", "11"]
    assert package.pages[0].content == PAGE


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("Pages/Page_0/Content.xml", PAGE),
        ("/Doc_0/Pages/Page_0/Content.xml", PAGE),
        ("doc_0/pages/page_0/CONTENT.XML", PAGE),
        ("../OFD.xml", "OFD.xml"),
        ("Res/absent.png", "Doc_0/Res/absent.png"),
    ],
)
def test_a_reference_is_followed_from_the_part_it_stands_in(ref, found):
    assert OfdPackage(packed(document())).resolve("Doc_0/Document.xml", ref) == found


def test_a_reference_that_leaves_the_file_is_refused():
    with pytest.raises(FileFlawed) as caught:
        OfdPackage(packed(document())).resolve("Doc_0/Document.xml", "../../OFD.xml")

    assert caught.value.flaw is Flaw.NAME_LEAVES
