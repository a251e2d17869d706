"""Papers and letters are written as an archive keeps them (PDF/A-2u); no validator is at hand.

What can be looked at without one is: what the file says it is, the colours' profile, the fonts, and
that nothing is locked. veraPDF has not seen them.
"""

import io
import re
import zlib

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from clerk.documents.letters import values_for
from clerk.tour import sample_papers as samples
from integrations.seals.authority import holder
from integrations.seals.signing import sealed
from tests.documents.test_letters import PROMISE
from tests.domain.at_the_window import NOW


@pytest.fixture(scope="module", params=["paper", "letter"])
def printed(request, press):
    if request.param == "paper":
        return press.print_paper(samples.acceptance())
    return press.print_letter("place_use", values_for(PROMISE)).printed


@pytest.fixture(scope="module", params=["as drawn", "sealed"])
def pdf(request, printed):
    if request.param == "as drawn":
        return printed.pdf
    (place,) = (mark for mark in printed.marks if mark.field == "seal")
    box = (round(place.x_mm * 10), round(place.y_mm * 10), 340, 340)
    mine = holder("1", "示例县民政局")
    return sealed(
        printed.pdf, mine, name="章", at=NOW, page=place.page, box=box, picture=("示例县", "章")
    )


def test_the_file_says_which_archive_form_it_is(pdf):
    root = PdfFileReader(io.BytesIO(pdf)).root

    said = root["/Metadata"].data.decode()
    assert re.search(r'pdfaid:part(?:="|>)2', said)
    assert re.search(r'pdfaid:conformance(?:="|>)U', said)


def test_the_colours_have_a_profile(pdf):
    (intent,) = PdfFileReader(io.BytesIO(pdf)).root["/OutputIntents"]

    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].data[36:40] == b"acsp"


def test_every_font_lies_in_the_file_and_can_be_read_back(pdf, read_fonts):
    _, _, *fonts = read_fonts(pdf).splitlines()

    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_nothing_is_locked_and_nothing_runs(pdf):
    reader = PdfFileReader(io.BytesIO(pdf))

    assert not reader.encrypted
    assert "/OpenAction" not in reader.root
    assert "/AA" not in reader.root
    inside = b"".join(map(_unpacked, re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)))
    assert b"/JavaScript" not in pdf + inside
    assert b"/EmbeddedFile" not in pdf + inside


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""
