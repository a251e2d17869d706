"""Papers and letters go to the press as values, and come back drawn as they were meant."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from clerk.documents import letter_filling, letters
from clerk.documents.notice_html import html_for
from clerk.documents.press_values import packed, unpacked
from clerk.domain.errors import PaperTrouble
from clerk.tour import sample_papers as samples
from tests.documents.test_letters import PROMISE


@pytest.mark.parametrize("name", samples.every_paper())
def test_a_paper_reaches_the_child_as_it_was(name):
    paper = samples.every_paper()[name]

    assert unpacked(packed(paper)) == paper
    assert packed(unpacked(packed(paper))) == packed(paper)


def test_receipts_of_the_same_minute_are_one_paper_by_whatever_clock_they_were_timed():
    receipt = samples.receipt()
    at = receipt.received_at.replace(second=5, microsecond=7)

    same = replace(receipt, received_at=(at + timedelta(seconds=50)).astimezone(UTC))
    later = replace(receipt, received_at=at + timedelta(seconds=60))

    assert packed(replace(receipt, received_at=at)) == packed(same) != packed(later)
    assert html_for(unpacked(packed(same))) == html_for(same)


def test_a_paper_is_drawn_in_the_child_by_its_template(press):
    paper = samples.acceptance()

    drawn, page = press.print_paper(paper), press.print_html(html_for(paper))

    assert drawn.pdf.startswith(b"%PDF")
    assert (drawn.pages, drawn.warnings) == (page.pages, page.warnings)
    assert set(page.marks) <= set(drawn.marks), "the place of the seal may stand there as well"


def test_what_is_missing_is_named_by_the_child_too(press):
    with pytest.raises(PaperTrouble, match="文书还缺实施主体"):
        press.print_paper(replace(samples.acceptance(), body_name=""))


def test_a_letter_comes_back_as_docx_and_pages(press):
    values = letters.values_for(PROMISE)

    letter = press.print_letter("proof", values)

    assert letter.filled == letter_filling.fill("proof", values)
    assert letter.printed.pdf.startswith(b"%PDF")
    assert letter.printed.pages == 2


def test_a_letter_with_a_sign_that_cannot_be_printed_is_refused_by_the_child(press):
    values = letters.values_for(replace(PROMISE, applicant_name="张\u202e示例"))

    with pytest.raises(PaperTrouble, match="不能打印的字符"):
        press.print_letter("proof", values)
