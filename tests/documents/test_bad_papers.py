"""What should not come, drawn by the real press: printed letter by letter, or refused in a sentence.

Nothing is printed wrong: what was typed stands on the page, read back by another program.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import jinja2
import pytest
from jinja2.exceptions import SecurityError

from clerk import assets
from clerk.documents import letter_filling, letters, notice_html
from clerk.documents.notice_html import html_for
from clerk.domain.errors import PaperTrouble
from clerk.tour import sample_papers as samples
from tests.documents.test_letters import PROMISE, words
from tests.documents.word_parts import DOT

PAGE = "<p>受理通知书</p>"
SENTENCE = re.compile(r"[^\n]{10,160}[^。\n]")

ODD_NAMES = (
    "示例" * 30,
    "<b>示例</b>",
    "</td></tr></table><script>alert(1)</script>",
    "{{paper}}{%raw%}",
    "{%include'base.html'%}",
    "=cmd|'/Ccalc'!A0",
    "【日期】",
    "&lt;张示例&amp;",
    "买买提·吐尔逊·示例",
    "𠮷㛃𰻞样本",
    "<imgsrc='file:///etc/passwd'>",
    "url(http://192.0.2.1/)",
    "]]><!--示例-->",
)
"""Without blanks, since the reader puts its own where a line ends."""

REFUSED = {
    "a mark that turns the line": "张\u202e示例",
    "half a character": "张\ud840示例",
    "a zero": "张\x00示例",
    "a bell": "张\x07示例",
    "no character": "张\ufffe示例",
}


def test_odd_names_stand_on_a_notice_as_they_were_typed(press, read_text):
    rows = tuple(replace(samples.MATERIALS[0], name=name) for name in ODD_NAMES)

    printed = press.print_paper(samples.acceptance(materials=rows, applicant_name=ODD_NAMES[0]))

    text = read_text(printed.pdf)
    assert [name for name in ODD_NAMES if name not in text] == []
    assert text.count(ODD_NAMES[0]) == 2
    assert printed.warnings == ()


def test_odd_names_stand_in_a_letter_and_its_pages_as_they_were_typed(press, read_text):
    promise = replace(PROMISE, applicant_name=ODD_NAMES[0], excluded="\n".join(ODD_NAMES))

    letter = press.print_letter("proof", letters.values_for(promise))

    text, docx_words = read_text(letter.printed.pdf), words(letter.filled.docx)
    assert [name for name in ODD_NAMES if name not in text] == []
    assert [name for name in ODD_NAMES if name not in docx_words] == []


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_by_the_press_in_one_sentence(name, press):
    press.warm()
    process = press.pid

    for draw in (
        lambda: press.print_paper(samples.receipt(applicant_name=name)),
        lambda: press.print_letter(
            "proof", letters.values_for(replace(PROMISE, applicant_name=name))
        ),
    ):
        with pytest.raises(PaperTrouble, match="不能打印的字符") as refused:
            draw()
        assert SENTENCE.fullmatch(str(refused.value))

    assert press.pid == process, "the press died over it"


def test_rare_characters_of_every_block_stand_on_a_notice(press, read_text):
    """Extensions A to F whole, what of G a face has, and the youngest of the first block."""
    name = "张㐂䶵𠀀𪚥𪜀𫝀𫠠𬺰𮯠\U00031340\u9ffc"

    printed = press.print_paper(samples.receipt(applicant_name=name))

    assert (printed.by_hand, name in read_text(printed.pdf)) == ((), True)


def test_what_no_face_has_is_a_ruled_blank_and_the_sheet_says_who_fills_it(press, read_text):
    """A character younger than the faces, and a sign that every font draws otherwise."""
    who = samples.receipt(applicant_name="张\U000313f0样\ue000本")

    printed = press.print_paper(who)

    text = read_text(printed.pdf)
    assert printed.by_hand == ("\ue000", "\U000313f0")
    assert "张样本" in text
    assert "处空格是字库没有的字（U+E000、U+313F0），由窗口工作人员当面用笔写上" in text
    assert {"\ue000", "\U000313f0"} & set(text) == set()


def test_a_blank_stands_in_a_letter_too_and_its_words_keep_the_character(press, read_text):
    promise = replace(PROMISE, applicant_name="张\U000313f0样本")

    letter = press.print_letter("proof", letters.values_for(promise))

    text = read_text(letter.printed.pdf)
    assert letter.printed.by_hand == ("\U000313f0",)
    assert ("张样本" in text, "由窗口工作人员当面用笔写上" in text) == (True, True)
    assert "张\U000313f0样本" in words(letter.filled.docx)


def test_a_character_within_a_drawing_is_named_instead_of_an_empty_box(press):
    with pytest.raises(PaperTrouble, match=r"字库里没有 U\+313F0 这个字") as refused:
        press.print_html('<html><svg viewBox="0 0 9 9"><text y="8">\U000313f0</text></svg></html>')

    assert SENTENCE.fullmatch(str(refused.value))


def test_a_character_newer_than_this_python_is_left_to_the_faces():
    assert "张\U000313f0" in html_for(samples.receipt(applicant_name="张\U000313f0"))


def stored_png(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it has so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(1 << 16))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (1, 2_000_000_000)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(press, size):
    process = press.pid

    with pytest.raises(PaperTrouble, match=r"幅面太大|不能显示"):
        press.thumbnail(stored_png(*size), width=400)

    assert press.pid == process


@pytest.mark.parametrize(
    "picture", [stored_png(60_000, 60_000), b"\x89PNG\r\n\x1a\nhalf of it"], ids=["bomb", "torn"]
)
def test_a_picture_in_a_letter_that_cannot_be_unpacked_is_told_and_nothing_is_printed(
    press, picture
):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("【日期】")
    document.add_picture(io.BytesIO(DOT))
    document.save(out)
    content = swapped(out.getvalue(), "word/media/image1.png", picture)

    with pytest.raises(PaperTrouble, match="不能排到纸上的图片") as refused:
        press.print_letter("own", letters.values_for(PROMISE), content=content)

    assert SENTENCE.fullmatch(str(refused.value))
    assert [one.what for one in press.check_letter(content, promises=False).faults] == ["drawing"]


@pytest.fixture
def own_letter(tmp_path: Path) -> Iterator[Callable[[bytes], None]]:
    """Place a file where the bureau places its own letter."""
    folder = tmp_path / "templates" / "commitments"
    folder.mkdir(parents=True)
    assets.use_site(tmp_path)

    def place(content: bytes) -> None:
        (folder / "own.docx").write_bytes(content)

    yield place
    assets.use_site(None)


def letter_file(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def swapped(content: bytes, part: str, inside: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, inside if name == part else old.read(name))
    return out.getvalue()


SOUND = letter_file("【日期】")
ENTITIES = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        SOUND[: len(SOUND) // 2],
        SOUND.replace(b"PK\x05\x06", b"PK\x05\x07"),
        swapped(SOUND, "word/document.xml", b"<w:document"),
        swapped(SOUND, "word/document.xml", ENTITIES),
        b"%PDF-1.7",
    ],
    ids=["a renamed doc", "half of it", "no directory", "broken XML", "an entity", "a PDF"],
)
def test_a_letter_that_is_none_is_refused_in_one_sentence(content, own_letter):
    own_letter(content)

    with pytest.raises(PaperTrouble) as refused:
        letter_filling.fill("own", letters.values_for(PROMISE))

    assert SENTENCE.fullmatch(str(refused.value))


def test_a_letter_changed_on_disk_is_another_letter_by_its_hash(own_letter):
    own_letter(SOUND)
    before = letter_filling.fill("own", letters.values_for(PROMISE))
    own_letter(letter_file("【日期】前有效"))

    after = letter_filling.fill("own", letters.values_for(PROMISE))

    assert after.template_sha256 != before.template_sha256
    assert after.text == "2026年3月18日前有效"


@pytest.mark.parametrize(
    "program",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ paper.__init__.__globals__ }}",
        "{% set _ = rows.append(1) %}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(program):
    """Templates are program files all the same: a mistake in one stays in its paper."""
    template = notice_html._environment().from_string(program)

    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        template.render(paper=samples.receipt(), rows=[])


def test_nothing_outside_is_fetched_but_what_the_page_itself_holds(press, tmp_path):
    """Neither a style sheet nor a font, a picture, an object or an attachment."""
    secret = tmp_path / "secret.txt"
    secret.write_text("不得外传", encoding="utf-8")
    addresses = [
        secret.as_uri(),
        "http://127.0.0.1:9/x",
        "https://127.0.0.1:9/x",
        "ftp://127.0.0.1/",
    ]
    html = "".join(
        f'<link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">'
        f'<style>@import "{address}";@font-face{{font-family:x;src:url("{address}")}}'
        f'p{{background:url("{address}")}}</style><img src="{address}"><object data="{address}">'
        f'</object><embed src="{address}"><svg><image href="{address}"/></svg><p>页</p>'
        for address in addresses
    )

    printed = press.print_html(html)

    assert "不得外传".encode() not in printed.pdf
    assert b"EmbeddedFile" not in printed.pdf
    assert len([said for said in printed.warnings if "disallowed protocol" in said]) >= 16
