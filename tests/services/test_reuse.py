"""Papers left for re-use in the real store: found by their owner's number, taken over, taken back."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from clerk.domain import intake
from clerk.domain.case import CaseEventKind
from clerk.domain.errors import NotAcceptable
from clerk.domain.reuse import leave_paper
from clerk.services import drafts, reuse
from clerk.storage.tables import journal
from tests.services import noodle_shop

FOOD = noodle_shop.FOOD


def left(window, code="LAYOUT"):
    """A case that was taken in, with a scan that its owner left."""
    case = intake.without_evidence(noodle_shop.complete_on_paper(window), code)
    case = noodle_shop.scanned(window, case, code)
    asked = window.catalogue[FOOD].requirement(code)
    return noodle_shop.accepted(window, leave_paper(case, asked, window.clerk, window.clock()))


def of_another(case):
    """The same case for another body."""
    applicant = case.applicant
    assert applicant is not None
    party = replace(applicant.party, id_number="92990123MA00TE9T8X")
    return replace(case, case_id=UUID(int=5), applicant=replace(applicant, party=party))


def found(window, case):
    return reuse.left_papers(window.desk, window.clerk, case)


def acts(window):
    with window.desk.store.read() as tx:
        return list(tx.execute(select(journal.c.act)).scalars())


def test_a_left_paper_is_found_in_the_owners_next_case_and_in_nobody_elses(window):
    first = left(window)
    again = noodle_shop.named(window)

    (paper,) = found(window, again)

    assert (paper.case_id, paper.code, paper.replaced) == (first.case_id, "LAYOUT", False)
    assert paper.evidence.files == first.evidence["LAYOUT"].files
    assert found(window, of_another(again)) == ()
    assert found(window, replace(again, applicant=None)) == ()


def test_a_draft_leaves_nothing_and_neither_does_the_case_at_hand(window):
    case = noodle_shop.scanned(window, noodle_shop.named(window), "LAYOUT")
    asked = window.catalogue[FOOD].requirement("LAYOUT")
    case = leave_paper(case, asked, window.clerk, window.clock())
    drafts.save_draft(window.desk, window.clerk, case)
    taken_in = left(window)

    seen = {paper.case_id for paper in found(window, noodle_shop.named(window))}

    assert case.case_id not in seen
    assert found(window, taken_in) == ()


def test_a_later_case_with_another_paper_is_noticed(window):
    left(window)
    noodle_shop.accepted(window)

    papers = found(window, noodle_shop.named(window))

    assert [paper.replaced for paper in papers] == [True]


def test_using_it_is_a_line_of_the_journal(window):
    left(window)
    again = noodle_shop.named(window)

    reuse.use_left(window.desk, window.clerk, again, found(window, again))

    assert acts(window)[-1] == "paper.reused"


def test_his_word_is_taken_back_in_the_course_of_the_earlier_case_and_stands_no_more(window):
    first, again = left(window), noodle_shop.named(window)
    papers = found(window, again)

    reuse.take_back_left(window.desk, window.clerk, again, papers)

    assert window.stored(first).events[-1].kind is CaseEventKind.LEAVE_TAKEN_BACK
    assert window.stored(first).state is first.state
    assert found(window, again) == ()
    with pytest.raises(NotAcceptable):
        reuse.use_left(window.desk, window.clerk, again, papers)
    assert "paper.reused" not in acts(window)


def test_a_paper_of_somebody_else_is_neither_used_nor_taken_back(window):
    left(window)
    again = noodle_shop.named(window)
    papers = found(window, again)
    theirs = of_another(again)

    for act in (reuse.use_left, reuse.take_back_left):
        with pytest.raises(NotAcceptable):
            act(window.desk, window.clerk, theirs, papers)
