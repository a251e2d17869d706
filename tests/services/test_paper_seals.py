"""Papers are sealed once, by the item's own authority, before they are kept; by hand where not."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pypdfium2
import pytest

from clerk.domain.certificate_file import SealState
from clerk.domain.errors import BadInput
from clerk.domain.papers import PaperKind
from clerk.services import letter_signing, paper_making, papers, seal_checking
from clerk.storage import files
from integrations.certificate_files.pdf_seal import pdf_seals
from integrations.certificate_files.sm_certificate import read_authorities
from integrations.seals.authority import root
from integrations.seals.practice import PracticeSeals
from tests.services.noodle_shop import accepted, complete_on_paper, received


@pytest.fixture(scope="module")
def seals() -> Iterator[PracticeSeals]:
    started = PracticeSeals(seconds=60)
    yield started
    started.close()


@pytest.fixture
def broken_seals() -> Iterator[PracticeSeals]:
    """A service whose child dies before it says a word."""
    started = PracticeSeals(command=(sys.executable, "-c", "pass"))
    yield started
    started.close()


def found(pdf: bytes):
    return pdf_seals(pdf, read_authorities([root()]))


def made(window, seals, case) -> dict[PaperKind, bytes]:
    desk = replace(window.desk, paper_seal=seals)
    issued = paper_making.make_due_papers(desk, window.clerk, case.case_id)
    document = partial(papers.paper_document, desk, window.clerk)
    return {paper.kind: document(paper) for paper in issued}


def content_of(window, file) -> bytes:
    with window.desk.store.read() as tx:
        return files.content_of(tx, file.sha256)


def rectangle(pdf: bytes) -> tuple[float, ...]:
    """Where the one signature's field lies, in points: left, bottom, right, top."""
    (corners,) = re.findall(rb"/Rect \[ ([\d. ]+) \]", pdf[pdf.rindex(b"/Sig") - 9000 :])
    return tuple(map(float, corners.split()))


def place_of(pdf: bytes, words: str) -> tuple[float, float]:
    """The lower left of these words on the last page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[len(document) - 1].get_textpage()
        first, _ = text.search(words).get_next()
        left, bottom, _, _ = text.get_charbox(first)
    return left, bottom


def seals_told(window) -> set[str]:
    """What the journal says of the seals of the papers made so far."""
    return {json.loads(one.detail)["seal"] for one in window.lines() if one.act == "paper.made"}


def test_what_takes_effect_bears_the_seal_of_the_items_own_authority(window, seals):
    case = accepted(window)
    body = window.desk.standard(case.item_code, case.standard_version).body

    pdfs = made(window, seals, case)

    assert {PaperKind.RECEIPT, PaperKind.ACCEPTANCE} <= pdfs.keys()
    (receipt,), (acceptance,) = found(pdfs[PaperKind.RECEIPT]), found(pdfs[PaperKind.ACCEPTANCE])
    assert receipt.name == f"{body.name}收件专用章"
    assert (acceptance.signer, acceptance.name) == (body.name, f"{body.name}受理专用章")
    assert (acceptance.state, acceptance.trusted) == (SealState.INTACT, True)
    assert acceptance.method == "ECDSA"
    assert acceptance.signed_at == window.clock.at
    assert seals_told(window) == {"electronic"}


def test_the_seals_field_lies_over_the_seal_that_is_drawn(window, seals):
    pdf = made(window, seals, received(window))[PaperKind.RECEIPT]

    left, bottom, right, top = rectangle(pdf)

    words = place_of(pdf, "收件专用章")
    assert left < words[0] < right
    assert bottom < words[1] < top
    assert right - left == pytest.approx(34 * 72 / 25.4, abs=1)


@pytest.mark.logs_warnings
def test_where_the_service_is_down_the_paper_is_made_for_the_stamp_by_hand(
    window, broken_seals, read_text
):
    pdf = made(window, broken_seals, received(window))[PaperKind.RECEIPT]

    assert found(pdf) == ()
    assert "样章" not in read_text(pdf)
    assert "（收件专用章）" in read_text(pdf)
    assert seals_told(window) == {"by_hand"}


def test_a_letter_is_sealed_under_the_words_that_ask_for_it(window, seals):
    desk = replace(window.desk, paper_seal=seals)
    case = complete_on_paper(window)

    letter = letter_signing.sign_letter(desk, window.clerk, case, "PREMISES")

    pdf = content_of(window, letter.pdf)
    (seal,) = found(pdf)
    assert (seal.state, seal.trusted) == (SealState.INTACT, True)
    left, _, right, top = rectangle(pdf)
    words = place_of(pdf, "行政机关（盖章）")
    assert words[0] < left < right
    assert top == pytest.approx(words[1], abs=12)
    assert len(pdf) <= 110_000


@pytest.mark.logs_warnings
def test_a_letter_stays_without_a_seal_where_the_service_is_down(window, broken_seals):
    desk = replace(window.desk, paper_seal=broken_seals)

    letter = letter_signing.sign_letter(desk, window.clerk, complete_on_paper(window), "PREMISES")

    assert found(content_of(window, letter.pdf)) == ()


def test_a_reprint_is_the_stored_file_and_a_changed_copy_of_it_is_told_apart(
    window, seals, tmp_path
):
    desk, clerk, case = replace(window.desk, paper_seal=seals), window.clerk, received(window)
    paper_making.make_due_papers(desk, clerk, case.case_id)
    again = paper_making.make_due_papers(desk, clerk, case.case_id)
    receipt, *_ = seal_checking.papers_under(desk, clerk, case.label)
    pdf = papers.paper_document(desk, clerk, receipt)
    file = tmp_path / "收件凭证.pdf"
    file.write_bytes(pdf[:9000] + bytes([pdf[9000] ^ 1]) + pdf[9001:])

    stored = seal_checking.look_at_paper(desk, clerk, receipt)
    copy = seal_checking.look_at_file(desk, clerk, file)

    assert (stored.seal, copy.seal) == (SealState.INTACT, SealState.CHANGED)
    assert papers.paper_document(desk, clerk, again[0]) == pdf


@pytest.mark.parametrize("content", [None, b"no paper"])
def test_a_file_that_cannot_be_looked_at_is_told(window, tmp_path, content):
    file = tmp_path / "x.pdf"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BadInput, match="没有验签"):
        seal_checking.look_at_file(window.desk, window.clerk, file)


def test_a_number_that_no_paper_bears_is_told(window):
    with pytest.raises(BadInput, match="没有编号是"):
        seal_checking.papers_under(window.desk, window.clerk, " 404 ")
