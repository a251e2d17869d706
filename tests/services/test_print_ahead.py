"""Papers drawn ahead, the applicant's own papers, and letters whose numbers have no gap."""

import sys
from dataclasses import replace
from threading import Event, Thread

import pytest

from clerk.documents.press import Press
from clerk.documents.press_memory import Memory
from clerk.domain.errors import PaperTrouble
from clerk.domain.findings import NextAct
from clerk.domain.papers import PaperKind
from clerk.services import letter_signing, paper_making, papers, print_ahead
from clerk.storage import numbers
from tests.services.noodle_shop import (
    accepted,
    applied_for,
    complete_in_full,
    complete_on_paper,
    promised,
    received,
    with_form_filled,
)
from tests.services.printed_papers import printed

NOBODY = (sys.executable, "-c", "pass")
WIDTH = 1240


@pytest.fixture(scope="module")
def second_child():
    press = Press(deadline_seconds=60)
    press.warm()
    yield press
    press.close()


@pytest.fixture
def ahead_only(window, second_child):
    """A desk whose press can draw ahead, and nothing else."""
    memory = Memory()
    press = Press(command=NOBODY, memory=memory, ahead=_Sharing(second_child, memory))
    yield replace(window.desk, press=press)
    press.close()


class _Sharing(Press):
    """A press that lets another one draw and keeps what that drew in a memory."""

    def __init__(self, child: Press, memory: Memory) -> None:
        super().__init__(command=NOBODY, memory=memory)
        self._child_press = child

    def _draw(self, head, body):
        return self._child_press._draw(head, body)


class _Held(_Sharing):
    """A press that has begun a paper and ends it when the other press has drawn one."""

    def __init__(self, child: Press, memory: Memory) -> None:
        super().__init__(child, memory)
        self.begun, self.other_drew = Event(), Event()

    def _draw(self, head, body):
        self.begun.set()
        if not self.other_drew.wait(timeout=30):
            raise PaperTrouble("另一台没有动")
        return super()._draw(head, body)


class _Telling(_Sharing):
    """A press that says when it has drawn something."""

    def __init__(self, child: Press, memory: Memory, held: _Held) -> None:
        super().__init__(child, memory)
        self.ahead, self._held = held, held

    def _draw(self, head, body):
        drawn = super()._draw(head, body)
        self._held.other_drew.set()
        return drawn


class _Meanwhile(Press):
    """A press during whose first paper another window takes a number of the letters' series."""

    def __init__(self, child: Press, window) -> None:
        super().__init__(command=NOBODY)
        self._child_press, self._window, self._waiting = child, window, 1

    def _draw(self, head, body):
        return self._child_press._draw(head, body)

    def print_letter(self, template, values, **drawn):
        if self._waiting:
            self._waiting -= 1
            take_letter_number(self._window)
        return super().print_letter(template, values, **drawn)


def take_letter_number(window) -> int:
    desk = window.desk
    authority = window.catalogue["food_business_permit"].body.code
    with desk.store.begin() as tx:
        return numbers.next_paper_number(
            tx, authority, PaperKind.COMMITMENT.value, desk.today().year
        )


def signed_numbers(window) -> list[str]:
    return [line.detail for line in window.lines() if line.act == "letter.signed"]


def test_papers_of_an_acceptance_are_drawn_before_it_takes_effect(window, ahead_only):
    case = complete_in_full(window)

    print_ahead.papers_of_act(ahead_only, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON, WIDTH)
    before = len(window.lines())
    taken = accepted(window, case)
    made = paper_making.make_due_papers(ahead_only, window.clerk, taken.case_id)
    shown = papers.file_pages(ahead_only, window.clerk, made[0].pdf, WIDTH)

    assert [paper.kind for paper in made[:2]] == [PaperKind.ACCEPTANCE, PaperKind.RECEIPT]
    assert made[0].number == taken.paper_numbers["acceptance"]
    assert shown[0].png.startswith(b"\x89PNG")
    assert window.lines()[before].act == "case.accepted"


def test_while_one_paper_is_drawn_ahead_the_other_is_drawn_beside_it(window, second_child):
    memory = Memory()
    held = _Held(second_child, memory)
    desk = replace(window.desk, press=_Telling(second_child, memory, held))
    case = complete_in_full(window)
    act = NextAct.ACCEPT_AND_PASS_ON
    ahead = Thread(target=print_ahead.papers_of_act, args=(desk, window.clerk, case, act, WIDTH))
    ahead.start()
    held.begun.wait()
    taken = accepted(window, case)

    made = paper_making.make_due_papers(desk, window.clerk, taken.case_id)

    assert [paper.kind for paper in made[:2]] == [PaperKind.ACCEPTANCE, PaperKind.RECEIPT]
    ahead.join()


def test_a_receipt_is_drawn_ahead_as_well(window, ahead_only):
    case = complete_on_paper(window)

    print_ahead.papers_of_act(ahead_only, window.clerk, case, NextAct.RECEIVE_AND_PASS_ON, WIDTH)
    taken = received(window, case)

    (receipt,) = paper_making.make_due_papers(ahead_only, window.clerk, taken.case_id)
    assert receipt.kind is PaperKind.RECEIPT


@pytest.mark.logs_warnings
def test_what_changed_since_is_not_taken_from_what_was_drawn_ahead(window, ahead_only):
    """Another case took the number that was expected."""
    case = complete_on_paper(window)

    print_ahead.papers_of_act(ahead_only, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON, WIDTH)
    accepted(window)
    taken = accepted(window, case)

    with pytest.raises(PaperTrouble):
        paper_making.make_due_papers(ahead_only, window.clerk, taken.case_id)


def test_nothing_is_drawn_ahead_where_no_number_is_left(bare_window):
    case = complete_on_paper(bare_window)
    press = Press(command=NOBODY)

    print_ahead.papers_of_act(
        replace(bare_window.desk, press=press),
        bare_window.clerk,
        case,
        NextAct.RECEIVE_AND_PASS_ON,
        WIDTH,
    )

    assert bare_window.stored(received(bare_window, case)).provisional_number


def test_a_promise_is_drawn_ahead_to_be_read_and_to_be_signed(window, ahead_only):
    case = with_form_filled(window, complete_on_paper(window))

    print_ahead.letter(ahead_only, window.clerk, case, "PREMISES")
    pages = papers.preview_letter(ahead_only, window.clerk, case, "PREMISES")
    letter = letter_signing.sign_letter(ahead_only, window.clerk, case, "PREMISES")

    assert len(pages) == letter.pdf.pages == 2
    assert "〕1 号" in signed_numbers(window)[0]


@pytest.mark.logs_warnings
def test_a_letter_that_cannot_be_drawn_leaves_no_gap_in_its_series(window):
    case = with_form_filled(window, complete_on_paper(window))
    lines = len(window.lines())
    broken = Press(command=NOBODY)

    with pytest.raises(PaperTrouble):
        letter_signing.sign_letter(
            replace(window.desk, press=broken), window.clerk, case, "PREMISES"
        )
    assert len(window.lines()) == lines
    letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES")

    assert "〕1 号" in signed_numbers(window)[0]


def test_a_letter_whose_number_is_taken_meanwhile_is_drawn_under_the_next(window, second_child):
    case = with_form_filled(window, complete_on_paper(window))
    desk = replace(window.desk, press=_Meanwhile(second_child, window))

    letter_signing.sign_letter(desk, window.clerk, case, "PREMISES")

    (number,) = signed_numbers(window)
    assert "〕2 号" in number
    assert take_letter_number(window) == 3


def test_the_applicants_own_papers_are_listed_with_those_of_the_office(window):
    case = with_form_filled(window, complete_on_paper(window))
    case = accepted(window, applied_for(window, promised(window, case, "PREMISES")))

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    printed(window, made[-1], 2)
    again = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    assert [paper.kind for paper in made] == [
        PaperKind.ACCEPTANCE,
        PaperKind.RECEIPT,
        PaperKind.APPLICATION,
        PaperKind.COMMITMENT,
    ]
    assert [paper.paper_id for paper in again] == [paper.paper_id for paper in made]
    assert [paper.copies_printed for paper in again] == [0, 0, 0, 2]
    assert again == papers.papers_of_case(window.desk, window.clerk, case.case_id)
