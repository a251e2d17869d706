"""Papers: what each state asks for is made once, under the number that came with the act."""

import sys
from dataclasses import replace

import pytest

from clerk.documents.press import Press
from clerk.domain import intake
from clerk.domain.errors import BadInput, NotAllowed, PaperTrouble
from clerk.domain.papers import PaperKind
from clerk.domain.party import MandateAct
from clerk.domain.referral import NOBODY
from clerk.services import acceptance, letter_signing, paper_making, papers
from tests.domain.at_the_window import handler, mandate_of
from tests.services.noodle_shop import (
    accepted,
    complete_on_paper,
    incomplete,
    named,
    received,
    with_form_filled,
)
from tests.services.test_acceptance import NEXT_DOOR


def due(window, case, desk=None):
    return list(paper_making.make_due_papers(desk or window.desk, window.clerk, case.case_id))


def kinds(made):
    return [paper.kind for paper in made]


@pytest.fixture
def broken_press():
    """A press whose child dies before it says a word."""
    press = Press(command=(sys.executable, "-c", "pass"))
    yield press
    press.close()


def test_a_received_case_has_a_receipt_and_no_acceptance(window):
    assert kinds(due(window, received(window))) == [PaperKind.RECEIPT]


def test_a_notice_is_made_with_what_was_told(window):
    case = acceptance.tell_once(window.desk, window.clerk, incomplete(window), {"RULES": "缺三项"})

    (notice,) = due(window, case)

    assert notice.kind is PaperKind.CORRECTION_NOTICE
    assert notice.number == case.paper_numbers["correction_notice"]


@pytest.mark.parametrize(
    ("reason", "referral", "kind"),
    [
        ("NOT_REQUIRED", NOBODY, PaperKind.NOT_REQUIRED),
        ("NOT_COMPETENT", NEXT_DOOR, PaperKind.DECLINE),
    ],
)
def test_declining_makes_the_paper_of_its_reason(window, reason, referral, kind):
    """不受理 and 不予受理 are two papers: 行政许可法 art. 32 (1) and (2)."""
    case = acceptance.decline_case(window.desk, window.clerk, named(window), reason, referral)

    assert kinds(due(window, case)) == [kind]


def test_asking_twice_makes_nothing_twice(window):
    case = accepted(window)

    first, second = due(window, case), due(window, case)

    assert {p.paper_id for p in first} == {p.paper_id for p in second}
    assert {p.paper_id for p in papers.papers_of_case(window.desk, window.clerk, case.case_id)} == {
        p.paper_id for p in first
    }


@pytest.mark.logs_warnings
def test_a_press_that_dies_leaves_the_number_to_the_same_paper(window, broken_press):
    case = accepted(window)
    before = window.stored(case)

    with pytest.raises(PaperTrouble):
        due(window, case, replace(window.desk, press=broken_press))
    other = accepted(window)
    acceptance_notice = due(window, case)[0]
    other_notice = due(window, other)[0]

    assert window.stored(case) == before
    assert acceptance_notice.number == case.paper_numbers["acceptance"]
    assert other_notice.number == other.paper_numbers["acceptance"]
    assert acceptance_notice.number != other_notice.number


@pytest.mark.logs_warnings
def test_the_series_of_an_office_has_no_gap(window, broken_press):
    first = accepted(window)
    with pytest.raises(PaperTrouble):
        due(window, first, replace(window.desk, press=broken_press))
    second = accepted(window)

    numbers = [case.paper_numbers["acceptance"] for case in (first, second)]
    assert [number[-4:] for number in numbers] == ["〕1 号", "〕2 号"]


def test_a_preview_keeps_nothing_and_takes_no_number(window):
    case = incomplete(window)
    lines = len(window.lines())

    pages = papers.preview_notice(window.desk, window.clerk, case, {})
    real = acceptance.tell_once(window.desk, window.clerk, case, {})

    assert pages[0].png.startswith(b"\x89PNG")
    assert real.paper_numbers["correction_notice"].endswith("〕1 号")
    assert len(window.lines()) == lines + 1


def test_a_refusal_is_not_previewed_before_the_competent_body_is_named(window):
    with pytest.raises(PaperTrouble):
        papers.preview_decline(window.desk, window.clerk, named(window), "NOT_COMPETENT", NOBODY)


def test_a_letter_is_kept_as_it_was_signed(window):
    case = with_form_filled(window, complete_on_paper(window))

    letter = letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES")

    assert letter.signer == case.applicant_name
    assert letter.docx.media_type.endswith("wordprocessingml.document")
    assert papers.file_pages(window.desk, window.clerk, letter.pdf, 300)


def test_a_handler_promises_only_what_his_mandate_lets_him(window):
    """告知承诺 by somebody else needs it in the mandate."""
    case = intake.with_handler(complete_on_paper(window), handler(mandate_of(MandateAct.SUBMIT)))
    lines = len(window.lines())

    with pytest.raises(NotAllowed):
        letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES")

    assert len(window.lines()) == lines


def test_a_material_without_a_promise_has_no_letter(window):
    with pytest.raises(NotAllowed):
        letter_signing.sign_letter(window.desk, window.clerk, complete_on_paper(window), "RULES")


def test_a_copy_goes_where_the_clerk_chose_and_is_noted(window, tmp_path):
    paper = due(window, received(window))[0]
    place = tmp_path / "收件凭证.pdf"

    papers.save_paper_as(window.desk, window.clerk, paper, place)

    assert place.read_bytes() == papers.paper_document(window.desk, window.clerk, paper)
    assert window.lines()[-1].act == "paper.saved_as"


def test_a_place_that_cannot_be_written_loses_nothing(window, tmp_path):
    paper = due(window, received(window))[0]
    lines = len(window.lines())

    with pytest.raises(BadInput):
        papers.save_paper_as(window.desk, window.clerk, paper, tmp_path / "没有" / "凭证.pdf")

    assert len(window.lines()) == lines
    assert papers.paper_document(window.desk, window.clerk, paper).startswith(b"%PDF-")
