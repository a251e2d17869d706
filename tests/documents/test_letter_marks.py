"""What a bureau's Word file can ask for besides plain fields, filled as its author formatted it."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.shared import Mm
from docx.table import Table

from clerk.documents import letter_filling, letter_pdf
from clerk.documents.letter_fields import LetterValues
from clerk.documents.letter_lint import lint
from clerk.documents.letters import FilledLetter
from clerk.domain.errors import PaperTrouble
from clerk.domain.letter_faults import LetterFaultKind as Kind
from clerk.wording_letters import fault_sentence
from tests.documents.test_letter_lint import letter
from tests.documents.word_parts import DOT, control, hang, old_box, repeating, text_box

VALUES: LetterValues = {
    "申请人名称": "张示例",
    "委托代理人": "李样本",
    "办理方式": "代理人办理",
    "服务内容": "递交申请、领取结果",
    "二维码": "BJ:20260318-0037",
    "暂缺材料": [
        {"序号": "1", "名称": "平面图【若完】", "形式": "原件"},
        {"序号": "2", "名称": "管理制度", "形式": "电子"},
    ],
    "交接材料": [],
}
ALONE: LetterValues = {**VALUES, "委托代理人": "无", "办理方式": "本人办理"}
INK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4000 1500" width="40.00mm"'
    ' height="15.00mm"><g fill="none" stroke="#000"><path d="M100 100Q2000 1400 3900 100"'
    ' stroke-width="80"/></g></svg>'
)


def filled(content: bytes, values: LetterValues = VALUES, **pictures: str) -> FilledLetter:
    return letter_filling.fill("own", values, pictures=pictures, content=content)


def read(done: FilledLetter) -> Document:
    return docx.Document(io.BytesIO(done.docx))


def lines(*told: str) -> bytes:
    def write(document: Document) -> None:
        for one in told:
            document.add_paragraph(one)

    return letter(write)


def kinds(content: bytes) -> list[Kind]:
    return [one.kind for one in lint(content, promises=False)]


def test_a_part_between_two_paragraphs_is_printed_only_where_its_field_says_so():
    content = lines("甲", "【若：委托代理人】", "代理人【委托代理人】", "【若完】", "乙")

    assert filled(content).text == "甲\n代理人李样本\n乙"
    assert filled(content, ALONE).text == "甲\n乙"


def test_a_part_within_a_paragraph_goes_without_a_gap_and_its_opposite_stands():
    content = lines(
        "由【若：办理方式=本人办理】本人【若完】【若非：办理方式=本人办理】他人【若完】办理",
        "【若非：委托代理人】无人代理。【若完】",
    )

    assert filled(content).text == "由他人办理"
    assert filled(content, ALONE).text == "由本人办理\n无人代理。"


def test_what_a_hidden_part_lacks_stops_nothing_and_what_a_printed_one_lacks_does():
    content = lines("【若：委托代理人】【补交方式】【若完】完")

    assert filled(content, ALONE).text == "完"
    with pytest.raises(PaperTrouble, match="还缺补交方式"):
        filled(content)


def test_rows_of_a_table_between_two_rows_of_marks_go_together():
    def write(document: Document) -> None:
        table = document.add_table(4, 2)
        for row, said in zip(
            table.rows, ("首", "【若：委托代理人】", "代理人", "【若完】"), strict=True
        ):
            row.cells[0].text = said

    tables: list[Table] = [
        read(filled(letter(write), values)).tables[0] for values in (VALUES, ALONE)
    ]

    assert [row.cells[0].text for row in tables[0].rows] == ["首", "代理人"]
    assert [row.cells[0].text for row in tables[1].rows] == ["首"]


def test_boxes_are_ticked_by_one_value_or_by_each_of_several():
    content = lines(
        "【☐办理方式=本人办理】【□办理方式=代理人办理】【☐☒委托代理人】",
        "【☐服务内容=领取结果】【☐服务内容=补正材料】",
    )

    assert filled(content).text == "☐☑☒\n☑☐"
    assert filled(content, ALONE).text.startswith("☑□☐")


def listing(document: Document) -> None:
    table = document.add_table(2, 3)
    table.rows[0].cells[1].text = "材料"
    row = table.rows[1].cells
    row[0].text, row[1].text = "【暂缺材料.序号】", "【暂缺材料.名称】"
    row[2].paragraphs[0].add_run("【暂缺材料.形式】").bold = True


def test_a_row_with_columns_of_a_list_is_repeated_in_its_author_s_look():
    table = read(filled(letter(listing))).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "材料", ""],
        ["1", "平面图【若完】", "原件"],
        ["2", "管理制度", "电子"],
    ]
    assert all(row.cells[2].paragraphs[0].runs[0].bold for row in table.rows[1:])


def test_a_list_without_a_row_stops_the_letter_or_leaves_its_row_away():
    with pytest.raises(PaperTrouble, match="还缺暂缺材料"):
        filled(letter(listing), {**VALUES, "暂缺材料": []})

    assert filled(lines("交：", "【交接材料.名称】", "完")).text == "交：\n完"


def test_content_controls_are_filled_and_nothing_of_them_is_left():
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("申请人：")
        paragraph._p.append(control("申请人名称", "单击此处输入", prompt=True))
        paragraph._p.append(control("办理方式=代理人办理", "☐", ticks=True))

    done = filled(letter(write))

    assert done.text == "申请人：张示例☒"
    runs = read(done).paragraphs[0].runs
    assert (runs[1].text, runs[1].bold, runs[1].style.name) == (
        "张示例",
        True,
        "Default Paragraph Font",
    )
    assert b"sdt" not in part(done, "word/document.xml")


def test_a_mark_in_header_footer_and_text_box_is_filled():
    def write(document: Document) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "【申请人名称】页眉"
        section.footer.paragraphs[0].text = "【申请人名称】页脚"
        document.add_paragraph()._p.append(text_box("框：【申请人名称】", floating=True))

    html = letter_pdf.html_for(filled(letter(write)).docx)

    assert html.unsupported == ()
    for said in ("张示例页眉", "张示例页脚", "框：张示例"):
        assert said in html.html


def test_a_signature_stands_at_its_place_as_lines_and_the_place_is_as_large_without():
    content = lines("签字：【签名】（盖章）")

    signed, unsigned = filled(content, 签名=INK), filled(content)

    assert signed.text == unsigned.text == "签字：（盖章）"
    assert signed.text_sha256 == unsigned.text_sha256
    sizes = [[(one.width, one.height) for one in read(x).inline_shapes] for x in (signed, unsigned)]
    assert sizes[0] == sizes[1] == [(30 * 36000, 12 * 36000)]
    assert part(signed, "word/media/letter1.png").startswith(b"\x89PNG")
    assert b"M100 100Q2000" in part(signed, "word/media/letter1.svg")
    assert "data:image/svg+xml" in letter_pdf.html_for(signed.docx).html


@pytest.mark.parametrize(
    "svg",
    [
        INK.replace("<path", '<image href="file:///etc/passwd"/><path'),
        INK.replace("<path", "<script>1</script><path"),
        INK.replace('width="40.00mm"', ""),
        "<svg",
        INK + " " * 2_000_000,
    ],
    ids=["picture", "script", "no size", "torn", "bomb"],
)
def test_what_is_not_only_lines_is_no_signature(svg):
    with pytest.raises(PaperTrouble, match="不是笔迹"):
        filled(lines("【签名】"), 签名=svg)


def test_a_code_is_put_at_its_place():
    done = filled(lines("查询【二维码】"))

    (shape,) = read(done).inline_shapes
    assert (shape.width, shape.height) == (20 * 36000, 20 * 36000)


@pytest.mark.parametrize(
    ("told", "kind", "sentence"),
    [
        (
            ("【若：委托代理人】", "代理人签字", "完"),
            Kind.UNCLOSED_PART,
            "“代理人签字”：【若：委托代理人】没有配对",
        ),
        (("由【若：委托代理人】他人办",), Kind.UNCLOSED_PART, "【若：委托代理人】没有配对"),
        (("【若完】",), Kind.UNCLOSED_PART, "【若完】没有配对"),
        (("【☐办理方式=本人】",), Kind.UNKNOWN_CHOICE, "是不是“本人办理”"),
        (("【暂缺材料】",), Kind.MISPLACED_LIST, "写成【清单.列】"),
        (("【暂缺材料.名称】【交接材料.名称】",), Kind.MISPLACED_LIST, "一行里只用一个清单"),
        (("【暂缺材料.名字】",), Kind.UNKNOWN_FIELD, "是不是【暂缺材料.名称】"),
        (("【若：代理人】a【若完】",), Kind.UNKNOWN_FIELD, "程序不认识【若：代理人】"),
    ],
)
def test_a_mark_that_cannot_be_filled_is_told_and_never_printed(told, kind, sentence):
    content = lines(*told)

    told_of = lint(content, promises=False)
    (found,) = (one for one in told_of if one.kind is not Kind.MISSING_BLOCK)

    assert found.kind is kind
    assert sentence in fault_sentence(found)
    with pytest.raises(PaperTrouble, match="没有生成"):
        filled(content)


def test_a_control_that_is_to_be_filled_and_is_no_field_is_told():
    def write(document: Document) -> None:
        document.add_paragraph()._p.append(control("申请人名", "单击此处", prompt=True))

    (found,) = lint(letter(write), promises=False)

    assert (found.kind, found.nearest) == (Kind.STRANGE_CONTROL, "申请人名称")


def boxed(**told: object) -> Callable[[Document], None]:
    def write(document: Document) -> None:
        document.add_paragraph()._p.append(text_box("【申请人名称】", **told))  # type: ignore[arg-type]

    return write


def test_a_box_that_cannot_hold_the_longest_name_is_told_and_a_larger_one_is_not():
    assert kinds(letter(boxed(floating=True, mm=(40, 10)))) == [Kind.OVERFLOW]
    assert kinds(letter(boxed(floating=True, mm=(80, 30)))) == []


HANGS_ON_PAGE = "position:absolute;margin-left:0;margin-top:0;mso-position-vertical-relative:page;"
AMID = "position:absolute;margin-left:90pt;margin-top:0;"


@pytest.mark.parametrize(
    "run",
    [
        text_box("甲", floating=True, wrapped="wrapSquare", mm=(60, 30)),
        old_box("甲", HANGS_ON_PAGE),
        old_box("甲", AMID, wrapped="square", mm=(40, 10)),
    ],
)
def test_a_box_that_hangs_on_the_page_or_amid_the_text_is_told_not_dropped(run):
    def write(document: Document) -> None:
        document.add_paragraph()._p.append(run)

    found = lint(letter(write), promises=False)

    assert [one.kind for one in found] == [Kind.NOT_DRAWN]
    assert "文本框" in fault_sentence(found[0])


def test_a_picture_that_hangs_on_its_paragraph_stands_where_it_was_put():
    """Over the text, at its edge with the text giving way, or amid it: then it is told."""
    for wrapped, at, look in (
        ("wrapNone", "", "position:absolute;left:100pt;top:50pt"),
        ("wrapSquare", "right", "float:right"),
        ("wrapSquare", "", ""),
    ):

        def write(document: Document, wrapped: str = wrapped, at: str = at) -> None:
            paragraph = document.add_paragraph("甲")
            hang(paragraph.add_run().add_picture(io.BytesIO(DOT), Mm(20)), wrapped, at)

        page = letter_pdf.html_for(letter(write))
        assert (page.unsupported == (), look in page.html) == (bool(look), True)


def test_a_box_of_older_word_that_cannot_hold_the_longest_name_is_told():
    def write(document: Document) -> None:
        document.add_paragraph()._p.append(old_box("【申请人名称】", "", mm=(40, 10)))

    assert kinds(letter(write)) == [Kind.OVERFLOW]


def test_a_repeating_section_is_printed_for_each_row_and_leaves_no_control():
    """Its item is repeated as a whole, however many paragraphs it has."""

    def write(document: Document) -> None:
        pair = [document.add_paragraph(told)._p for told in ("材料", "形式")]
        for paragraph, named in zip(pair, ("名称", "暂缺材料.形式"), strict=True):
            paragraph.append(control(named, "单击", prompt=True))
        section = repeating("暂缺材料", *pair)
        document.element.body.insert(0, section)
        document.add_paragraph("乙")

    content = letter(write)
    done = filled(content)

    assert Kind.STRANGE_CONTROL not in kinds(content)
    assert done.text == "材料平面图【若完】\n形式原件\n材料管理制度\n形式电子\n乙"
    assert b"<w:sdt>" not in part(done, "word/document.xml")


def test_a_repeating_section_of_no_list_is_told_and_what_it_holds_is_printed():
    def write(document: Document) -> None:
        table = document.add_table(1, 1)
        table.rows[0].cells[0].text = "甲"
        table._tbl.append(repeating("材料清单", table.rows[0]._tr))

    content = letter(write)

    assert kinds(content) == [Kind.STRANGE_CONTROL]
    assert "甲" in letter_pdf.html_for(content).html


@pytest.mark.parametrize("name", ["deferral_promise", "agency_mandate", "agency_end"])
def test_a_letter_of_another_kind_must_say_what_its_kind_asks(name):
    """Known by its own mark: without another of its blocks it is refused."""
    known = {
        "deferral_promise": "【暂缺材料.名称】",
        "agency_mandate": "【委托开始日期】",
        "agency_end": "【终止原因】",
    }[name]

    missing = {one.what for one in lint(lines(known)) if one.kind is Kind.MISSING_BLOCK}

    assert missing
    assert "不实承诺的责任" not in missing


def part(done: FilledLetter, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(done.docx)) as archive:
        return archive.read(name)
