"""Foreign files are opened in a child: what it tells, and what it costs when one means harm."""

import io
import os
import signal
import socket
import sys
import time
from functools import partial

import pytest
from PIL import Image

from clerk.child.frames import exchange
from clerk.child.process import ChildProcess
from clerk.domain.certificate_file import FileLook, SealState
from clerk.domain.errors import CertificateFileRefused
from integrations.certificate_files.guard import FileFlawed, Flaw
from integrations.certificate_files.reader import CertificateFileReader
from tests.integrations import sealed_pdf
from tests.integrations.sealed_ofd import PAGE, SEAL_NAME, SM2_ROOT, Seal, document, packed, sealed

# A child that takes a request and never answers.
STUCK = """
import sys
sys.stdin.buffer.read()
"""

# A child that dies over its first request.
DYING = """
import sys
sys.stdin.buffer.read(1)
"""

# A child that a file has turned into something else; it says one thing after the other.
TURNED = """
import sys
from clerk.child.frames import read_frame, write_frame
for told, picture in {told}:
    read_frame(sys.stdin.buffer)
    write_frame(sys.stdout.buffer, told, picture)
"""

SEAL: dict[str, object] = {
    "state": "intact",
    "name": "a",
    "signer": "b",
    "method": "SM2",
    "signed_at": None,
    "covered": 1,
    "parts": 1,
    "why": "",
    "trusted": None,
    "issuers": [],
}


def told(*seals: object, pages: object = 1, undrawn: object = ()) -> dict[str, object]:
    return {"look": {"pages": pages, "seals": list(seals), "undrawn": undrawn}}


NONSENSE = [
    {},
    [],
    {"flaw": ["no", "flaw"]},
    {"look": 5},
    told(pages="1"),
    told(pages=501),
    told(pages=True),
    told(SEAL | {"state": "valid"}),
    told(SEAL | {"signed_at": "yesterday"}),
    told(SEAL | {"covered": -1}),
    told(SEAL | {"trusted": "yes"}),
    told(*[SEAL] * 61),
    told(undrawn=7),
]


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def turned(*answers: tuple[object, bytes]) -> CertificateFileReader:
    return CertificateFileReader(seconds=30, command=python(TURNED.format(told=answers)))


def png(width: int = 30, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def pdf_of(pages: int, trailer: bytes = b"") -> bytes:
    """A PDF that counts so many pages, all of them the same one."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b"3 0 R " * pages),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj %s endobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n"
    tail = b"trailer << /Size 4 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + tail % (trailer, len(content))


LOCK = (
    b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    b"/O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
)


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as opened:
        opened.load()
        return opened.size


@pytest.fixture(scope="module")
def reader():
    opened = CertificateFileReader(authorities=lambda: [SM2_ROOT, sealed_pdf.root()], seconds=60)
    yield opened
    opened.close()


def test_an_ofd_file_tells_its_pages_and_its_seal_and_shows_them(reader):
    content = packed(sealed(document(pages=2), Seal()))

    look = reader.look(content, "OFD")

    assert (look.pages, look.seal, look.undrawn) == (2, SealState.INTACT, ())
    assert look.seals[0].name == SEAL_NAME
    assert look.seals[0].trusted is True
    assert look.seals[0].signed_at is not None
    assert size(reader.picture(content, "OFD", page=2, dpi=25.4)) == (60, 40)


def test_a_pdf_file_tells_its_pages_and_its_seal_and_shows_them(reader):
    content = sealed_pdf.sealed(sealed_pdf.document())

    look = reader.look(content, "PDF")

    assert (look.pages, look.seal, look.seals[0].trusted) == (1, SealState.INTACT, True)
    picture = reader.picture(content, "PDF", page=1, dpi=72)
    assert size(picture) == (200, 100)
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.getpixel((50, 50)), opened.getpixel((180, 90))) == (0, 255)


def test_a_picture_has_no_seal_and_is_written_anew(reader):
    content = png() + b"and something behind it"

    assert reader.look(content, "PNG") == FileLook(pages=1)
    picture = reader.picture(content, "PNG", page=1, dpi=96)
    assert size(picture) == (30, 20)
    assert b"behind it" not in picture


@pytest.mark.parametrize(
    ("content", "file_format", "flaw"),
    [
        (b"", "OFD", Flaw.EMPTY),
        (packed(document()), "PDF", Flaw.WRONG_FORMAT),
        (b"PK\x03\x04 renamed", "OFD", Flaw.DAMAGED),
        (sealed_pdf.document()[:300], "PDF", Flaw.DAMAGED),
        (b"%PDF-1.7 and nothing else %%EOF", "PDF", Flaw.DAMAGED),
        (pdf_of(501), "PDF", Flaw.TOO_MANY_PAGES),
        (pdf_of(10_000), "PDF", Flaw.TOO_MANY_PAGES),
        (pdf_of(1, LOCK), "PDF", Flaw.LOCKED),
        (png()[:50], "PNG", Flaw.DAMAGED),
        (packed(document() | {"../a": b""}), "OFD", Flaw.NAME_LEAVES),
        (packed(document() | {"Doc_0/a": bytes(40 << 20)}), "OFD", Flaw.TOO_LARGE_INSIDE),
        (packed(document() | {PAGE: b"<!DOCTYPE a><a/>"}), "OFD", Flaw.FORBIDDEN_XML),
        (b"GIF89a", "GIF", Flaw.WRONG_FORMAT),
    ],
)
def test_a_file_that_is_refused_says_so_in_one_sentence_and_the_next_one_is_opened(
    reader, content, file_format, flaw
):
    with pytest.raises(FileFlawed, match=r"办件未改动。请改收纸质件$") as caught:
        reader.look(content, file_format)

    assert isinstance(caught.value, CertificateFileRefused)
    assert caught.value.flaw is flaw
    assert reader.look(png(), "PNG").pages == 1


@pytest.mark.parametrize(
    ("page", "dpi", "flaw"),
    [
        (0, 72, Flaw.NO_SUCH_PAGE),
        (2, 72, Flaw.NO_SUCH_PAGE),
        (1, 0, Flaw.PAGE_TOO_LARGE),
        (1, 6000, Flaw.PAGE_TOO_LARGE),
        (1, float("nan"), Flaw.PAGE_TOO_LARGE),
    ],
)
def test_a_page_that_cannot_be_shown_is_refused(reader, page, dpi, flaw):
    for content, file_format in ((packed(document()), "OFD"), (sealed_pdf.document(), "PDF")):
        with pytest.raises(FileFlawed) as caught:
            reader.picture(content, file_format, page=page, dpi=dpi)

        assert caught.value.flaw is flaw


@pytest.mark.logs_warnings
def test_a_killed_child_is_replaced_and_the_file_is_opened(reader):
    reader.look(png(), "PNG")
    os.kill(reader._child.pid, signal.SIGKILL)

    assert reader.look(png(), "PNG").pages == 1


def test_a_file_that_never_ends_costs_its_deadline_and_no_more():
    stuck = CertificateFileReader(seconds=0.3, command=python(STUCK))
    begun = time.monotonic()

    with pytest.raises(FileFlawed, match="在规定时间内没有打开"):
        stuck.look(png(), "PNG")

    assert time.monotonic() - begun < 5
    stuck.close()


@pytest.mark.logs_warnings
def test_a_file_that_kills_every_child_says_so():
    dying = CertificateFileReader(seconds=30, command=python(DYING))

    with pytest.raises(FileFlawed) as caught:
        dying.look(png(), "PNG")

    assert caught.value.flaw is Flaw.BROKE_DOWN
    dying.close()


def test_a_child_that_tells_nonsense_is_not_believed():
    broken = turned(*((answer, b"") for answer in NONSENSE))

    for _ in NONSENSE:
        with pytest.raises(FileFlawed) as caught:
            broken.look(png(), "PNG")
        assert caught.value.flaw is Flaw.BROKE_DOWN
    broken.close()


def test_words_from_a_file_are_one_short_line():
    loud = turned((told(SEAL | {"name": "a\n\u202eb" + "c" * 900}), b""))

    assert loud.look(png(), "PNG").seals[0].name == "ab" + "c" * 196
    loud.close()


def test_a_picture_that_would_harm_the_window_does_not_reach_it():
    pictures = (b"", b"GIF89a" + bytes(40), png()[:16] + b"\xff" * 8)
    broken = turned(*(({}, picture) for picture in pictures))

    for _ in pictures:
        with pytest.raises(FileFlawed) as caught:
            broken.picture(png(), "PNG", page=1, dpi=96)
        assert caught.value.flaw is Flaw.BROKE_DOWN
    broken.close()


def test_nothing_is_opened_when_the_program_is_closing():
    closed = CertificateFileReader()
    closed.close()

    with pytest.raises(FileFlawed) as caught:
        closed.look(png(), "PNG")

    assert caught.value.flaw is Flaw.CLOSED


def test_no_child_is_started_before_the_first_file():
    idle = CertificateFileReader()

    assert idle._child.pid is None
    idle.close()


def test_the_child_has_no_network_writes_no_file_and_takes_little_memory():
    """Asked of a child that bounds itself as the reader's own does, where the system lets it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        asked = ChildProcess("", seconds=30, command=python(CONFESSING.format(port=port)))

        told, _ = asked.ask(partial(exchange, {}, b""))

    asked.close()
    assert (told["memory"], told["file"]) == ("refused", "refused")
    assert told["network"] == ("refused" if told["offline"] else "done")


# The reader's own child with another answer: what it can still do.
CONFESSING = """
import os, socket, tempfile
from integrations.certificate_files import reader_child

def tried(act):
    try:
        act()
    except (MemoryError, OSError):
        return "refused"
    return "done"

def write():
    with tempfile.TemporaryFile() as file:
        file.write(b"a")

def confess(head, body):
    return {{
        "memory": tried(lambda: bytearray(3 << 30)),
        "file": tried(write),
        "network": tried(lambda: socket.create_connection(("127.0.0.1", {port}), 5).close()),
        "offline": os.readlink("/proc/self/ns/net") != os.readlink(f"/proc/{{os.getppid()}}/ns/net"),
    }}, b""

reader_child.answer = confess
reader_child.main()
"""
