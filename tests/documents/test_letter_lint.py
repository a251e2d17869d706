"""The check of a bureau's Word file: everything wrong is told at once, and how to mend it."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from clerk import assets
from clerk.documents import letter_filling
from clerk.documents.letter_glyphs import pinned_faces
from clerk.documents.letter_lint import lint
from clerk.domain.letter_faults import LetterFaultKind as Kind
from clerk.wording_letters import fault_sentence


def letter(write: Callable[[Document], object]) -> bytes:
    """An agreement of the bureau's own, written in Word."""
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, inside: bytes) -> bytes:
    """The same file with a part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, inside)
    return out.getvalue()


def kinds(content: bytes, **asked) -> list[Kind]:
    return [one.kind for one in lint(content, promises=False, **asked)]


@pytest.fixture(scope="module")
def drawn() -> Callable[[str], bool]:
    """What the pinned faces have; read once, as a command does."""
    return pinned_faces()


PLAIN = letter(lambda d: d.add_paragraph("委托人【申请人名称】委托代办员办理【事项名称】"))


@pytest.mark.parametrize("name", letter_filling.names())
def test_the_letters_that_ship_have_nothing_wrong_with_them(name, drawn):
    content = assets.read_bytes("templates", f"commitments/{name}.docx")

    assert lint(content, drawn=drawn) == ()


def test_a_misspelt_field_is_told_with_its_place_and_the_nearest_one():
    content = letter(lambda d: d.add_paragraph("申请人：【申请人名字】"))

    (found,) = lint(content, promises=False)

    assert (found.kind, found.what, found.nearest) == (
        Kind.UNKNOWN_FIELD,
        "【申请人名字】",
        "申请人名称",
    )
    assert fault_sentence(found) == (
        "“申请人：【申请人名字】”：程序不认识【申请人名字】。是不是【申请人名称】"
    )


def test_a_mark_of_two_looks_is_a_hint_and_one_of_a_single_look_is_none():
    def write(document: Document) -> None:
        split = document.add_paragraph("编号：")
        split.add_run("【编")
        split.add_run("号】").bold = True
        whole = document.add_paragraph()
        for piece in ("【申请", "人名称】"):
            whole.add_run(piece).italic = True

    (found,) = lint(letter(write), promises=False)

    assert (found.kind, found.what) == (Kind.SPLIT_MARK, "【编号】")
    assert not found.kind.refuses


def test_a_bracket_without_its_other_half_is_told():
    assert kinds(letter(lambda d: d.add_paragraph("【申请人名称 和 【编号】"))) == [
        Kind.BROKEN_MARK
    ]


def test_a_promise_letter_lacks_every_block_it_does_not_say():
    """An agreement has none of the blocks; of a promise letter all of them are told at once."""
    missing = {one.what for one in lint(PLAIN) if one.kind is Kind.MISSING_BLOCK}

    assert {"不实承诺的责任", "一式两份", "核查的权力和方式", "真实的意思表示"} <= missing
    assert "事项和证明的名称" not in missing
    assert lint(PLAIN, promises=False) == ()


def test_a_row_of_fixed_height_that_cannot_hold_the_longest_name_is_told():
    def write(document: Document, rule: WD_ROW_HEIGHT_RULE) -> None:
        row = document.add_table(1, 1).rows[0]
        row.height, row.height_rule = Pt(20), rule
        row.cells[0].width = Mm(40)
        row.cells[0].text = "【申请人名称】"

    exact = letter(lambda d: write(d, WD_ROW_HEIGHT_RULE.EXACTLY))
    growing = letter(lambda d: write(d, WD_ROW_HEIGHT_RULE.AT_LEAST))

    assert kinds(exact) == [Kind.OVERFLOW]
    assert kinds(growing) == []


def test_a_character_that_no_pinned_face_has_is_told_and_a_rare_name_is_not(drawn):
    content = letter(lambda d: d.add_paragraph("𠮷·买买提，\U0001f9fe"))

    found = lint(content, promises=False, drawn=drawn)

    assert [(one.kind, one.what) for one in found] == [(Kind.NO_GLYPH, "\U0001f9fe")]


def test_what_cannot_be_laid_out_is_refused_by_name():
    def write(document: Document) -> None:
        document.add_paragraph("第一项", style="List Bullet")

    (found,) = lint(letter(write), promises=False)

    assert found.kind is Kind.NOT_DRAWN
    assert fault_sentence(found) == "符号字体的项目符号不能排到纸上。改用普通的文字和表格"


def test_a_macro_is_refused():
    assert kinds(with_part(PLAIN, "word/vbaProject.bin", b"\0")) == [Kind.MACRO]


def test_an_embedded_file_is_refused():
    assert kinds(with_part(PLAIN, "word/embeddings/oleObject1.bin", b"\0")) == [Kind.EMBEDDED]


def test_a_picture_that_lies_elsewhere_is_refused():
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="x" Target="http://elsewhere.example/a.png"'
        b' TargetMode="External"/></Relationships>'
    )

    (found,) = lint(with_part(PLAIN, "word/_rels/header9.xml.rels", relations), promises=False)

    assert (found.kind, found.what) == (Kind.OUTSIDE_LINK, "http://elsewhere.example/a.png")


def test_a_field_that_makes_word_read_another_file_is_refused():
    def write(document: Document) -> None:
        told = OxmlElement("w:instrText")
        told.text = r' INCLUDETEXT "c:\\secret.txt" '
        document.add_paragraph().add_run()._r.append(told)

    (found,) = lint(letter(write), promises=False)

    assert (found.kind, found.what) == (Kind.OUTSIDE_LINK, "INCLUDETEXT")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.NO_DOCX),
        (b"PK\x03\x04broken", Kind.NO_DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Kind.OLD_WORD),
        (with_part(PLAIN, "word/document.xml", b"<torn"), Kind.NO_DOCX),
    ],
    ids=["empty", "broken", "renamed .doc", "torn"],
)
def test_what_is_no_word_file_says_so_in_one_sentence(content, kind):
    (found,) = lint(content)

    assert found.kind is kind
    assert fault_sentence(found).endswith("另存为 .docx")


def test_a_bomb_is_refused_without_being_unpacked():
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(21 << 20))

    assert kinds(out.getvalue()) == [Kind.TOO_LARGE]
