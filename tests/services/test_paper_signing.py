"""Signatures by hand at the counter: bound to the page that was shown, drawn into it as lines."""

import hashlib
import io
import json
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from clerk.domain import intake
from clerk.domain.agency import mandate_was_signed, principal_of
from clerk.domain.case import CaseEventKind
from clerk.domain.errors import NotAcceptable
from clerk.domain.handwriting import HandwritingRefused, PageChanged, from_plain
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.party import HandlerKind
from clerk.domain.signing import signer_of
from clerk.services import (
    acceptance,
    archive_content,
    drafts,
    letter_signing,
    mandate_signing,
    paper_making,
    papers,
)
from clerk.services.paper_signing import sign_paper
from clerk.storage import cases, files
from tests.domain.at_the_window import handler
from tests.domain.written import PAGE, written
from tests.services.noodle_shop import (
    accepted,
    complete_in_full,
    complete_on_paper,
    incomplete,
    looked_at,
    on_paper,
    with_form_filled,
)


def paths_of(pdf: bytes) -> int:
    """How many lines and areas are drawn on its pages."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return sum(
            one.type == pdfium.FPDF_PAGEOBJ_PATH
            for page in document
            for one in page.get_objects(max_depth=5)
        )


@pytest.fixture
def notice(window):
    """A one-time notice that lies before the applicant."""
    case = acceptance.tell_once(window.desk, window.clerk, incomplete(window, "RULES"), {})
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    return next(one for one in made if one.kind is PaperKind.CORRECTION_NOTICE)


@pytest.fixture
def hand(window, notice):
    """What the applicant wrote below that notice."""
    case = case_of(window, notice)
    return written(page_sha256=notice.pdf.sha256, signer=case.applicant_name)


def case_of(window, paper):
    with window.desk.store.read() as tx:
        return cases.load(tx, paper.case_id)


def content_of(window, file) -> bytes:
    with window.desk.store.read() as tx:
        return files.content_of(tx, file.sha256)


def sign(window, paper, way, hand=None):
    return sign_paper(window.desk, window.clerk, paper.paper_id, way, hand)


def test_the_notice_bears_the_strokes_and_says_else_what_was_on_the_screen(
    window, notice, hand, read_text
):
    shown = content_of(window, notice.pdf)

    signed = sign(window, notice, SignWay.PEN, hand)

    pdf = content_of(window, signed.pdf)
    assert read_text(pdf).replace("2026年3月18日09:30", "", 1) == read_text(shown)
    assert paths_of(pdf) > paths_of(shown) + 5
    assert papers.paper_document(window.desk, window.clerk, signed) == pdf
    (listed,) = [
        one
        for one in papers.papers_of_case(window.desk, window.clerk, notice.case_id)
        if one.paper_id == notice.paper_id
    ]
    assert listed.pdf == signed.pdf
    assert listed.number == notice.number


def test_strokes_time_and_the_very_page_that_was_shown_stay_with_the_case(window, notice, hand):
    sign(window, notice, SignWay.PEN, hand)

    case = case_of(window, notice)
    (signature,) = case.signatures
    assert (signature.way, signature.signer) == (SignWay.PEN, case.applicant_name)
    assert signature.at == window.desk.now()
    assert signature.shown == notice.pdf
    assert from_plain(content_of(window, signature.handwriting)) == hand
    event = case.events[-1]
    assert (event.kind, event.at) == (CaseEventKind.PAPER_SIGNED, signature.at)
    with window.desk.store.begin() as tx:
        swept = files.sweep(tx, window.desk.now().replace(year=2030))
        packed = list(archive_content._materials(window.desk, tx, case))
    assert swept == 0, "strokes, signed page and shown page belong to the case"
    (strokes,) = [one for one in packed if one.kind == "strokes"]
    assert strokes.path.endswith(".json")
    assert from_plain(strokes.content) == hand


def test_the_journal_names_the_digests_and_holds_no_stroke(window, notice, hand):
    signed = sign(window, notice, SignWay.PEN, hand)

    (line,) = [line for line in window.lines() if line.act == "paper.signed"]
    told = json.loads(line.detail)
    assert told["shown"] == notice.pdf.sha256 == hand.page_sha256
    assert told["signed"] == signed.pdf.sha256
    assert set(told) == {"paper", "way", "shown", "signed", "strokes", "seal"}
    assert len(told["strokes"]) == len(hand.page_sha256)
    (made,) = [json.loads(line.detail) for line in window.lines() if line.act == "paper.made"]
    assert (made["seal"], made["by_hand"]) == (told["seal"], [])
    assert made["pdf"] == notice.pdf.sha256


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"page_sha256": PAGE}, PageChanged),
        ({"signer": "李样本"}, HandwritingRefused),
    ],
)
def test_a_signature_below_another_page_or_of_somebody_else_leaves_nothing(
    window, notice, hand, changes, refused
):
    before, lines = case_of(window, notice), len(window.lines())

    with pytest.raises(refused):
        sign(window, notice, SignWay.PEN, replace(hand, **changes))

    assert case_of(window, notice) == before
    assert len(window.lines()) == lines


def test_without_strokes_nobody_signed_on_the_screen(window, notice):
    with pytest.raises(HandwritingRefused):
        sign(window, notice, SignWay.PEN)


def test_a_paper_is_signed_once_and_he_who_refused_may_still_sign(window, notice, hand):
    refused = sign(window, notice, SignWay.REFUSED)
    assert refused.pdf == notice.pdf

    sign(window, notice, SignWay.PEN, hand)

    with pytest.raises(NotAcceptable):
        sign(window, notice, SignWay.PAPER)
    assert [one.way for one in case_of(window, notice).signatures] == [
        SignWay.REFUSED,
        SignWay.PEN,
    ]


def test_a_paper_signed_in_ink_keeps_its_page(window, notice):
    signed = sign(window, notice, SignWay.PAPER)

    assert signed.pdf == notice.pdf
    assert case_of(window, notice).signatures[0].handwriting is None


# Letters --------------------------------------------------------------------


@pytest.fixture
def case(window):
    return with_form_filled(window, complete_on_paper(window))


def shown_letter(window, case):
    return letter_signing.letter_to_sign(window.desk, window.clerk, case, "PREMISES", 400)


def below(case, shown):
    return written(page_sha256=shown.sha256, signer=case.applicant_name)


def signed_letter(window, case, hand):
    return letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES", hand)


def test_a_letter_signed_on_the_screen_says_what_was_read_there(window, case, read_text):
    shown = shown_letter(window, case)
    hand = below(case, shown)

    letter = signed_letter(window, case, hand)

    assert letter.shown_sha256 == shown.sha256
    assert from_plain(content_of(window, letter.handwriting)) == hand
    pdf = content_of(window, letter.pdf)
    again = letter_signing._unsigned(window.desk, window.clerk, case, "PREMISES").printed.pdf
    assert hashlib.sha256(again).hexdigest() == shown.sha256
    assert paths_of(pdf) > paths_of(again) + 5
    number = json.loads(window.lines()[-1].detail)["number"]
    assert read_text(pdf) == read_text(again).replace("（签署时编号）", number.replace(" ", ""))
    asked = window.catalogue["food_business_permit"].requirement("PREMISES")
    evidence = intake.promised(asked, letter, window.clerk)
    drafts.save_draft(window.desk, window.clerk, intake.with_evidence(case, "PREMISES", evidence))
    with window.desk.store.begin() as tx:
        files.sweep(tx, window.desk.now().replace(year=2030))
    assert content_of(window, letter.handwriting), "the strokes stay with the case"


def test_a_letter_that_says_something_else_by_now_is_read_and_signed_anew(window, case):
    hand = below(case, shown_letter(window, case))
    changed = intake.with_value(case, "phone", "13900000000", window.clock())
    lines = len(window.lines())

    with pytest.raises(PageChanged):
        signed_letter(window, changed, hand)

    assert len(window.lines()) == lines


@pytest.fixture
def entrusted(window):
    """A case in hand that an agent of the village is to handle; nobody has signed yet."""
    day = window.desk.today()
    agent = handler(intake.unsigned_mandate(day, day))
    case = with_form_filled(window, complete_on_paper(window))
    return window.prefill(intake.with_handler(case, replace(agent, kind=HandlerKind.AGENT)))


def test_a_mandate_is_signed_by_the_principal_before_anything_is_handed_in(
    window, entrusted, read_text
):
    """He reads it on the screen; from his signature on it carries, and it is listed with the rest."""
    desk, clerk = window.desk, window.clerk
    shown = mandate_signing.mandate_to_sign(desk, clerk, entrusted, 400)
    hand = written(page_sha256=shown.sha256, signer=principal_of(entrusted))

    letter = mandate_signing.sign_mandate(desk, clerk, entrusted, hand)

    rules = window.catalogue["food_business_permit"]
    signed = mandate_was_signed(rules, entrusted, clerk, letter, "帮办代办委托书", shown=entrusted)
    text = read_text(content_of(window, letter.pdf))
    assert ("代办服务免费" in text, "办件编号" in text) == (True, False)
    assert (letter.shown_sha256, letter.signer) == (shown.sha256, "张示例")
    assert from_plain(content_of(window, letter.handwriting)) == hand
    assert signed.evidence["MANDATE"].files == (letter.pdf,)
    with pytest.raises(NotAcceptable, match="已经签过"):
        mandate_signing.mandate_to_sign(desk, clerk, signed, 400)
    done = looked_at(window, on_paper(window, signed, "HANDLER_ID"), "MANDATE")
    case = accepted(window, done)
    made = paper_making.make_due_papers(desk, clerk, case.case_id)
    (listed,) = [one for one in made if one.kind is PaperKind.AGENCY_MANDATE]
    assert (listed.pdf, listed.title) == (letter.pdf, "帮办代办委托书")


def test_what_leaves_after_a_signature_is_the_signed_page_whatever_was_on_the_screen(
    window, notice, hand
):
    """The list is read again behind the signature; a hand is sometimes faster than that."""
    signed = sign(window, notice, SignWay.PEN, hand)

    document = papers.paper_document(window.desk, window.clerk, notice)
    assert document == content_of(window, signed.pdf)


def applied(made):
    (application,) = [one for one in made if one.kind is PaperKind.APPLICATION]
    return application


def test_the_application_is_signed_on_the_screen_like_the_other_papers(window, read_text):
    """It was made at intake; the signed one takes its place in the list and stays one paper."""
    desk, clerk = window.desk, window.clerk
    case = accepted(window, complete_in_full(window))
    made = paper_making.make_due_papers(desk, clerk, case.case_id)
    application = applied(made)
    shown = content_of(window, application.pdf)
    hand = written(page_sha256=application.pdf.sha256, signer=signer_of(case))

    signed = sign(window, application, SignWay.PEN, hand)

    pdf = content_of(window, signed.pdf)
    assert paths_of(pdf) > paths_of(shown) + 5
    assert "申请人声明" in read_text(pdf)
    again = paper_making.make_due_papers(desk, clerk, case.case_id)
    assert applied(again).pdf == signed.pdf
    assert len(again) == len(made)
    (signature,) = case_of(window, application).signatures
    assert (signature.kind, signature.shown) == (PaperKind.APPLICATION, application.pdf)
