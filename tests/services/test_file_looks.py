"""A foreign file is opened once, in a child process, before it is kept: how many pages, is it whole."""

import pytest

from clerk.domain.errors import BadInput
from clerk.services.drafts import keep_file
from clerk.services.papers import file_pages
from tests.integrations.ofd_files import OfdFile, filled, rectangle

PDF, OFD = "application/pdf", "application/ofd"


@pytest.fixture
def two_pages(window):
    html = "<p>第一页</p><p style='break-before: page'>第二页</p>"
    return window.desk.press.print_html(html).pdf


def test_a_pdf_of_two_pages_is_kept_as_two(window, two_pages):
    assert keep_file(window.desk, window.clerk, two_pages, "证明.pdf", PDF).pages == 2


def test_an_ofd_is_kept_and_its_pages_can_be_looked_at(window):
    box = filled(rectangle(0, 0, 60, 60), "255 0 0")
    content = OfdFile(pages=[box, box]).content()
    kept = keep_file(window.desk, window.clerk, content, "证明.ofd", OFD)

    first, _ = file_pages(window.desk, window.clerk, kept, 400)
    assert kept.pages == 2
    assert first.width == first.height > 0


def test_what_is_cut_off_locked_in_itself_or_acts_is_not_kept(window, two_pages):
    picture, media_type = window.desk.scanner.scan()
    for content, kind, said in (
        (two_pages[:300], PDF, "打不开"),
        (picture[:200], media_type, "打不开"),
        (b"PK\x03\x04 no package", OFD, "打不开"),
        (two_pages + b"\n<< /S /JavaScript >>", PDF, "会自己运行"),
        (picture, PDF, "对不上"),
    ):
        with pytest.raises(BadInput, match=said):
            keep_file(window.desk, window.clerk, content, "坏的", kind)
