"""The child that prints: it may be slow, die, or be lied to."""

import http.server
import io
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image

from clerk.documents.page_pictures import A4_INCHES, pictures_before_seal
from clerk.documents.press import Press
from clerk.documents.press_memory import Drawn, Memory
from clerk.domain.errors import PaperTrouble
from clerk.domain.issued import PageImage
from integrations.practice.holdings import HOLDINGS

PAGE = "<p>受理通知书</p>"

# A child that greets, then never answers.
STUCK = """
import sys
from clerk.child.frames import write_frame, read_frame
write_frame(sys.stdout.buffer, {"ok": True, "offline": False})
read_frame(sys.stdin.buffer)
sys.stdin.buffer.read()
"""

# A child that greets, then dies over its first request.
DYING = """
import sys
from clerk.child.frames import write_frame, read_frame
write_frame(sys.stdout.buffer, {"ok": True, "offline": False})
read_frame(sys.stdin.buffer)
"""

# A child that draws the same picture of anything.
DRAWING = """
import sys
from clerk.child.frames import write_frame, read_frame
write_frame(sys.stdout.buffer, {"ok": True, "offline": False})
read_frame(sys.stdin.buffer)
drawn = {"ok": True, "pages": 1, "width": 620, "height": 877}
write_frame(sys.stdout.buffer, drawn, b"png")
"""


@pytest.mark.logs_warnings
def test_a_killed_press_prints_the_next_paper(press):
    before = press.print_html(PAGE)
    os.kill(press._child.pid, signal.SIGKILL)

    after = press.print_html(PAGE)

    assert after.pages == before.pages == 1


def test_a_press_that_hangs_is_ended_and_said_so():
    """On its deadline, whatever it was about; another stands ready for the next paper."""
    press = Press(deadline_seconds=1.0, command=(sys.executable, "-c", STUCK))
    press.warm()
    hung = press.pid or 0
    try:
        with pytest.raises(PaperTrouble, match="超时"):
            press.print_html(PAGE)

        assert press.pid not in {hung, None}
        with pytest.raises(ProcessLookupError):
            os.kill(hung, 0)
    finally:
        press.close()


@pytest.mark.logs_warnings
def test_a_press_that_always_dies_is_tried_twice_and_said_so():
    press = Press(command=(sys.executable, "-c", DYING))
    try:
        with pytest.raises(PaperTrouble, match="中断"):
            press.print_html(PAGE)
    finally:
        press.close()


def test_a_closed_press_refuses():
    press = Press()
    press.close()

    with pytest.raises(PaperTrouble, match="退出"):
        press.print_html(PAGE)


def test_a_picture_from_the_file_system_is_not_read(press, tmp_path: Path):
    """Neither a file nor an address in a value makes the press look anywhere."""
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>隐私</text></svg>")

    printed = press.print_html(f'<img src="file://{secret}"><p>页</p>')

    assert printed.pages == 1
    assert any("disallowed protocol" in warning for warning in printed.warnings)


def test_no_connection_is_made(press):
    asked: list[str] = []

    class Listens(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = http.server.HTTPServer(("127.0.0.1", 0), Listens)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/x.png"
        press.print_html(f'<link rel="stylesheet" href="{address}"><img src="{address}"><p>页</p>')
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

    assert asked == []


def test_a_page_is_drawn_for_the_document_view(press):
    pdf = press.print_html("<style>@page{size:A4}</style><p>一</p><p style='break-before:page'>二")

    picture = press.rasterise(pdf.pdf, page=2, dpi=96)

    assert picture.png.startswith(b"\x89PNG")
    assert picture.pages == 2
    assert (picture.width, picture.height) == (794, 1123)


def test_the_seal_of_a_certificate_is_drawn_with_its_page(press):
    """It is a field of the form, which a renderer leaves out unless it is told."""
    drawn = press.rasterise(HOLDINGS[0].file(1, "PDF"), page=1, dpi=60)

    page = Image.open(io.BytesIO(drawn.png)).convert("RGB")
    pixels = zip(*[iter(page.tobytes())] * 3, strict=True)
    assert sum(red > 180 and green < 90 and blue < 90 for red, green, blue in pixels) > 100


@pytest.mark.parametrize(
    ("pdf", "page", "dpi", "said"),
    [
        (b"not a pdf", 1, 96, "不能显示"),
        (b"%PDF-1.7\n%%EOF", 1, 96, "不能显示"),
        (None, 2, 96, "没有这一页"),
        (None, 1, 4000, "幅面太大"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_in_one_sentence(press, pdf, page, dpi, said):
    content = press.print_html(PAGE).pdf if pdf is None else pdf

    with pytest.raises(PaperTrouble, match=said):
        press.rasterise(content, page=page, dpi=dpi)


def test_many_threads_take_turns(press):
    pages: list[int] = []

    def work(count: int) -> None:
        html = "<style>@page{size:A6}</style>" + "<p style='break-after:page'>页</p>" * count + "尾"
        pages.append(press.print_html(html).pages - count)

    threads = [threading.Thread(target=work, args=(count,)) for count in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert pages == [1, 1, 1, 1]


@pytest.mark.logs_warnings
def test_what_was_drawn_ahead_is_there_when_it_is_asked_for():
    """The child that serves people is never even started."""
    memory = Memory()
    press = Press(command=(sys.executable, "-c", "pass"), memory=memory, ahead=Press(memory=memory))
    try:
        drawn = press.ahead.print_html(PAGE)
        picture = press.ahead.rasterise(drawn.pdf, dpi=50)

        assert press.print_html(PAGE) == drawn
        assert press.rasterise(drawn.pdf, dpi=50) == picture
        with pytest.raises(PaperTrouble, match="中断"):
            press.rasterise(drawn.pdf, dpi=51)

        press.forget()
        with pytest.raises(PaperTrouble, match="中断"):
            press.print_html(PAGE)
    finally:
        press.close()


def test_pages_of_a_sealed_file_are_seen_at_once_as_they_were_drawn_before_it_was_sealed():
    """Its bytes begin with those that were drawn; a page that was not drawn is not made up."""
    memory = Memory()
    ahead = Press(command=(sys.executable, "-c", DRAWING), memory=memory)
    press = Press(command=(sys.executable, "-c", "pass"), memory=memory)
    drawn = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
    sealed = drawn + b"2 0 obj\n%%EOF\n"
    ahead.rasterise(drawn, page=1, dpi=100 / A4_INCHES)
    ahead.close()

    assert pictures_before_seal(press, sealed, 100) == (
        PageImage(png=b"png", width=620, height=877),
    )
    assert pictures_before_seal(press, sealed, 200) == ()
    assert pictures_before_seal(press, drawn, 100) == ()


def test_who_asks_for_what_is_being_drawn_waits_for_it():
    memory, begun, go_on = Memory(), threading.Event(), threading.Event()
    answers: list[Drawn] = []

    def slow() -> Drawn:
        begun.set()
        assert go_on.wait(10)
        return {"ok": True}, b"slow"

    first = threading.Thread(target=lambda: answers.append(memory.answer(b"1", slow)))
    first.start()
    assert begun.wait(10)
    second = threading.Thread(
        target=lambda: answers.append(memory.answer(b"1", lambda: ({}, b"again")))
    )
    second.start()
    go_on.set()
    first.join()
    second.join()

    assert [content for _, content in answers] == [b"slow", b"slow"]


def test_what_could_not_be_drawn_ahead_is_drawn_when_it_is_asked_for():
    memory = Memory()

    def broken() -> Drawn:
        raise PaperTrouble("文书生成程序中断")

    with pytest.raises(PaperTrouble):
        memory.answer(b"1", broken)

    assert memory.answer(b"1", lambda: ({}, b"drawn")) == ({}, b"drawn")


def test_the_oldest_is_forgotten_where_too_much_is_held():
    memory = Memory(most_bytes=10)
    for key in (b"1", b"2", b"3"):
        memory.answer(key, lambda: ({}, b"four"))

    again = [memory.answer(key, lambda: ({}, b"new!"))[1] for key in (b"3", b"2", b"1")]

    assert again == [b"four", b"four", b"new!"]


def picture_file(kind: str, size: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_scan_is_shown_small(press, kind):
    shown = press.thumbnail(picture_file(kind, (1600, 1200)), width=400)

    assert (shown.width, shown.height, shown.pages) == (400, 300, 1)


def test_a_scan_is_shown_upright_and_without_its_place(press):
    """A phone turns by a note in the file; that note and the place of the picture are dropped."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x9286] = "31.2,121.5"
    content = io.BytesIO()
    Image.new("RGB", (400, 300)).save(content, "JPEG", exif=exif)

    shown = press.thumbnail(content.getvalue(), width=800)

    assert (shown.width, shown.height) == (300, 400)
    assert b"121.5" not in shown.png


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"GIF89a", "不能显示"),
        (lambda: picture_file("PNG", (900, 900))[:90], "不能显示"),
        (lambda: picture_file("JPEG", (50, 50))[:200], "不能显示"),
        (lambda: picture_file("PNG", (9000, 5000)), "幅面太大"),
    ],
    ids=["another kind", "cut short", "cut in its head", "too large"],
)
def test_a_picture_that_cannot_be_shown_is_refused(press, content, said):
    with pytest.raises(PaperTrouble, match=said):
        press.thumbnail(content(), width=400)
