"""A paper's file is made small without a change to anything that is drawn or read in it."""

import io
import re
import zlib
from importlib.resources import files

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum
from PIL import Image, ImageCms
from weasyprint.urls import URLFetcher

from clerk.documents import letter_filling, letter_pdf, letters
from clerk.documents.press_colours import srgb
from clerk.documents.press_fonts import set_up
from clerk.documents.press_page import Pages
from clerk.documents.press_pdf import own_widths
from tests.documents.test_letters import PROMISE

WHOLE_FONT = 0xB1B0AFBA
"""What all of a font's words add up to (OpenType, table head)."""
VALUES = letters.values_for(PROMISE)


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A letter as WeasyPrint writes it."""
    nothing = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    html = letter_pdf.html_for(letter_filling.fill("proof", VALUES).docx).html
    written: bytes = Pages(nothing, set_up(nothing), ()).rendered(html).write_pdf()
    return written


@pytest.fixture(scope="module")
def finished(press) -> bytes:
    """The same letter as the press makes it."""
    pdf: bytes = press.print_letter("proof", VALUES).printed.pdf
    return pdf


def seen(pdf: bytes) -> list[tuple[bytes, str]]:
    """The pixels and the words of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (bytes(page.render(scale=2).buffer), page.get_textpage().get_text_range())
            for page in document
        ]


def fonts_in(pdf: bytes) -> list[bytes]:
    """The fonts that lie in a file, unpacked."""
    found = re.finditer(rb"/(?:Length1 \d+|Subtype /OpenType)[^>]*>>\nstream\n", pdf)
    return [zlib.decompressobj().decompress(pdf[one.end() :]) for one in found]


@pytest.mark.logs_warnings
def test_a_finished_letter_looks_and_reads_the_same_and_is_smaller(plain, finished):
    """Though an archive asks for colours and for a description, which the plain one lacks."""
    assert seen(finished) == seen(plain)
    assert len(finished) < len(plain)


def test_a_letter_is_finished_to_the_same_octets_each_time(press, finished):
    assert press.print_letter("proof", VALUES).printed.pdf == finished


def test_fonts_keep_what_draws_their_glyphs_and_are_whole(finished):
    kept = fonts_in(finished)

    assert len(kept) == 2
    for font in kept:
        tables = set(TTFont(io.BytesIO(font), checkChecksums=2).keys())
        assert {"head", "hhea", "hmtx", "maxp"} <= tables
        assert tables.isdisjoint({"name", "post", "cmap", "OS/2", "vmtx"})
        assert calcChecksum(font) == WHOLE_FONT


def test_an_archive_is_told_our_profile_of_colours(finished):
    found = zlib.compressobj(7, memLevel=9)
    assert found.compress(srgb()) + found.flush() in finished


def test_only_widths_other_than_the_usual_are_listed():
    told = own_widths([7, [1000, 500, 600, 1000, 1000, 250], 20, [1000]])

    assert told == [8, [500, 600], 12, [250]]


def test_our_profile_of_colours_is_the_one_of_the_standard():
    theirs = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    ours, standard = (ImageCms.ImageCmsProfile(io.BytesIO(profile)) for profile in (srgb(), theirs))
    shades = Image.frombytes(
        "RGB", (256, 3), bytes(n * k % 256 for n in range(768) for k in (7, 13, 29))
    )

    turning = ImageCms.buildTransform(ours, standard, "RGB", "RGB")

    assert turning.apply(shades).tobytes() == shades.tobytes()
    assert len(srgb()) < len(theirs) / 5
