"""A certificate is made on a counted blank: bound in one write, voided with a reason, handed on."""

import pytest
from typing_extensions import override

from clerk.documents.press import Press, PrintedPaper
from clerk.domain.blanks import BlankState
from clerk.domain.case import CaseEventKind
from clerk.domain.certificate_making import made_certificate
from clerk.domain.errors import BadInput, NotAcceptable, PaperTrouble
from clerk.domain.identity import Role
from clerk.services import blanks, certificate_making, delivery
from clerk.storage import blanks as ledger
from tests.services.noodle_shop import HIS_OWN_CARD, accepted
from tests.services.test_delivery import waiting
from tests.services.window import with_press

KIND = "食品经营许可证"


class TornPress(Press):
    """A press that can draw nothing."""

    @override
    def print_html(self, html: str) -> PrintedPaper:
        raise PaperTrouble("文书生成超时，没有生成，办件未改动。请再出一次")


@pytest.fixture
def result_clerk(window):
    return window.session(Role.RESULT_CLERK)


@pytest.fixture
def stocked(window, result_clerk):
    blanks.receive_blanks(window.desk, result_clerk, KIND, "SY000101", "SY000103")
    return window


def make(window, who, case):
    """Print the certificate of a case on the blank and under the number that are suggested."""
    offer = certificate_making.offer_certificate(window.desk, who, case.case_id)
    return certificate_making.print_certificate(
        window.desk, who, case.case_id, offer.blank, offer.number
    )


def blank(window, number):
    return window.read(lambda tx: ledger.find(tx, KIND, number))


def accounted(window):
    """Every used blank is the live certificate of the case it names, and of no other."""
    numbers = [f"SY00010{n}" for n in (1, 2, 3)]
    found = [blank(window, number) for number in numbers]
    for one in found:
        if one.state is BlankState.USED:
            made = made_certificate(window.stored(case_named(one)))
            assert made is not None
            assert (made.blank, made.number) == (one.number, one.certificate_number)
    return [one.state.value for one in found]


def case_named(one):
    class Named:
        case_id = one.case_id

    return Named


def test_the_next_blank_is_bound_to_case_and_number_at_once(stocked, result_clerk):
    case = waiting(stocked)

    offer = certificate_making.offer_certificate(stocked.desk, result_clerk, case.case_id)
    assert (offer.kind, offer.blank, offer.left, offer.made) == (KIND, "SY000101", 3, None)
    assert offer.number == "SLSP2026000001"
    done = make(stocked, result_clerk, case)

    used = blank(stocked, "SY000101")
    assert (used.state, used.case_id) == (BlankState.USED, case.case_id)
    assert used.certificate_number == done.made.number == offer.number
    assert stocked.stored(case).events[-1].kind is CaseEventKind.CERTIFICATE_PRINTED
    assert stocked.lines()[-1].act == "certificate.printed"
    document = certificate_making.certificate_document(stocked.desk, result_clerk, case.case_id)
    assert document.startswith(b"%PDF")


def test_a_misprint_is_voided_and_reprinted_on_the_next_blank_under_the_same_number(
    stocked, result_clerk
):
    case = waiting(stocked)
    first = make(stocked, result_clerk, case)
    with pytest.raises(BadInput):
        certificate_making.void_certificate(stocked.desk, result_clerk, case.case_id, " ")

    again = certificate_making.void_certificate(
        stocked.desk, result_clerk, case.case_id, "打印偏了"
    )
    assert (again.blank, again.number, again.made) == ("SY000102", first.number, None)
    make(stocked, result_clerk, case)

    assert accounted(stocked) == ["spoilt", "used", "in_stock"]
    assert blank(stocked, "SY000101").reason == "打印偏了"
    (stock,) = blanks.blank_stocks(stocked.desk, result_clerk)
    assert stock.received == stock.in_stock + stock.used + stock.spoilt


def test_one_case_has_one_certificate_and_one_number_one_blank(stocked, result_clerk):
    case = waiting(stocked)
    made = make(stocked, result_clerk, case).made
    with pytest.raises(NotAcceptable):
        make(stocked, result_clerk, case)
    with pytest.raises(NotAcceptable):
        blanks.spoil_blank(stocked.desk, result_clerk, KIND, made.blank, "想拿掉")

    other = waiting(stocked)
    with pytest.raises(NotAcceptable):
        certificate_making.print_certificate(
            stocked.desk, result_clerk, other.case_id, "SY000102", made.number
        )
    with pytest.raises(NotAcceptable):
        certificate_making.print_certificate(
            stocked.desk, result_clerk, other.case_id, made.blank, "SLSP2026000009"
        )

    assert accounted(stocked) == ["used", "in_stock", "in_stock"]


def test_none_is_made_without_a_decision_and_none_voided_after_hand_over(stocked, result_clerk):
    with pytest.raises(NotAcceptable):
        certificate_making.offer_certificate(stocked.desk, result_clerk, accepted(stocked).case_id)

    case = waiting(stocked)
    made = make(stocked, result_clerk, case).made
    delivery.hand_out_result(stocked.desk, result_clerk, case.case_id, HIS_OWN_CARD)

    out = next(e for e in stocked.stored(case).events if e.kind is CaseEventKind.HANDED_OUT)
    assert (out.detail["blank"], out.detail["certificate"]) == (made.blank, made.number)
    with pytest.raises(NotAcceptable):
        certificate_making.void_certificate(stocked.desk, result_clerk, case.case_id, "偏了")


def test_a_page_that_cannot_be_drawn_takes_no_blank(stocked, result_clerk):
    case = waiting(stocked)
    torn = with_press(stocked, TornPress())

    with pytest.raises(PaperTrouble):
        certificate_making.print_certificate(
            torn, result_clerk, case.case_id, "SY000101", "SLSP2026000001"
        )

    assert accounted(stocked) == ["in_stock"] * 3
    assert made_certificate(stocked.stored(case)) is None


def test_the_preview_keeps_nothing_and_says_that_it_is_one(stocked, result_clerk):
    case = waiting(stocked)

    (page,) = certificate_making.preview_certificate(
        stocked.desk, result_clerk, case.case_id, "SY000101", "SLSP2026000001", 900
    )

    assert page.width > page.height
    assert accounted(stocked) == ["in_stock"] * 3
