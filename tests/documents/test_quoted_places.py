"""Every value on a page is marked beside the PDF, told by its label, and never a link in the file."""

from dataclasses import replace

import pypdfium2
import pytest

from clerk.documents import letters, notices
from clerk.documents.letter_places import Put, after_filling
from clerk.documents.letter_sample import sample_values
from clerk.documents.marks import SEAL_PLACE
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.tour import sample_papers as samples

NO_VALUES = {SIGN_PLACE, SEAL_PLACE}


def words_at(pdf, mark):
    """What a person reads in the rectangle of a mark."""
    points = 72 / 25.4
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[mark.page - 1]
        height = page.get_height()
        text = page.get_textpage().get_text_bounded(
            left=mark.x_mm * points,
            right=(mark.x_mm + mark.width_mm) * points,
            top=height - mark.y_mm * points,
            bottom=height - (mark.y_mm + mark.height_mm) * points,
        )
    return "".join(text.split())


@pytest.mark.parametrize(
    "paper",
    [samples.acceptance(), samples.application(), samples.correction()],
    ids=lambda p: p.kind,
)
def test_every_value_that_is_marked_on_a_notice_is_told_by_its_label(press, paper):
    printed = press.print_paper(paper)

    told = {quote.field for quote in notices.quotes(paper, printed.marks)}

    marked = {mark.field for mark in printed.marks} - NO_VALUES
    assert marked - told <= {"deferred"}, "没有 is said where nothing is deferred"


def test_the_lines_of_a_form_are_marked_each_by_itself(press):
    paper = samples.application()

    found = {
        quote.label: quote
        for quote in notices.quotes(paper, press.print_paper(paper).marks)
        if "/" in quote.field
    }

    assert found["使用面积"].text == "86 平方米"
    assert found["使用面积"].field == "rows/area"
    assert found["经营者"].field == "applicant_rows/representative.name"


@pytest.mark.parametrize("template", ["proof", "agency_mandate", "deferral_promise"])
def test_every_value_of_a_letter_is_found_where_it_was_drawn(press, template):
    """Over lines and pages, in cells and in sentences; the letter itself is as it was."""
    drawn = press.print_letter(template, sample_values())
    quotes = letters.quotes_of(drawn.filled)

    for quote in quotes:
        lines = [mark for mark in drawn.printed.marks if mark.field == quote.field]
        read = "".join(words_at(drawn.printed.pdf, mark) for mark in lines)
        for said in quote.text.split("、"):
            assert "".join(said.split()) in read, quote.field
    assert {"applicant_name", "applicant_id_number"} <= {quote.field for quote in quotes}
    assert b"/Annots" not in drawn.printed.pdf
    assert b"bookmark" not in drawn.filled.docx


def test_a_place_is_counted_in_the_words_as_they_are_after_the_filling():
    """Two marks of six and eight characters, a part of four that is cut between them."""
    work = [(3, 9, "申请人名称", 2), (12, 16, "", 0), (20, 28, "编号", 10), (30, 34, "空", 0)]

    assert after_filling(work) == (Put("申请人名称", 3, 5), Put("编号", 12, 22))


def test_a_long_clause_beside_a_missing_telephone_stays_within_its_column(press):
    basis = "《示例县高龄津贴发放办法（示例）》第五条"
    paper = samples.correction()
    row = replace(paper.missing_rows[0], code="phone", name="联系电话", basis=basis)

    printed = press.print_paper(replace(paper, missing_rows=(row,)))

    marks = [mark for mark in printed.marks if mark.field == "missing_rows/phone"]
    assert max(mark.x_mm + mark.width_mm for mark in marks) <= 185
