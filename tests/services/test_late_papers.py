"""A late paper from the notice to the paper itself: two copies, a code, any window."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.late_paper_code import LatePaperCode, read_code
from clerk.domain.papers import PaperKind
from clerk.domain.standard import Way
from clerk.services import drafts, paper_making
from clerk.services.case_acts import do_act
from clerk.services.late_papers import find_late_paper
from tests.services.noodle_shop import accepted, complete_on_paper, put_off


def waiting(window):
    return accepted(window, put_off(window))


def code_of(case):
    return LatePaperCode(number=case.label, material="RULES")


def other_counter(window):
    """Window 05 of the same hall, over the same store."""
    desk = replace(window.desk, counter=replace(window.desk.counter, code="05", name="5 号窗"))
    return desk, replace(window.clerk, counter_code="05", counter_name="5 号窗")


def supply(desk, session, case, **words):
    given = ActWords(material="RULES", seen=("COMPLETE",), **words)
    return do_act(desk, session, case.case_id, CaseAct.SUPPLY, given)


def test_acceptance_with_a_late_paper_brings_the_notice_and_the_promise(window):
    case = waiting(window)

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    by_kind = {paper.kind: paper for paper in made}
    notice = by_kind[PaperKind.DEFERRAL_NOTICE]
    assert notice.number.startswith("示审食容〔2026〕")
    promise = by_kind[PaperKind.DEFERRAL_PROMISE]
    assert (promise.title, promise.template) == ("容缺受理承诺书", "deferral_promise 2026-1")
    assert promise.docx is not None
    assert promise.content  # it may be signed on the screen
    again = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    assert [paper.paper_id for paper in again] == [paper.paper_id for paper in made]


def test_a_case_with_everything_has_neither(window):
    case = accepted(window, complete_on_paper(window))

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    assert not {PaperKind.DEFERRAL_NOTICE, PaperKind.DEFERRAL_PROMISE} & {p.kind for p in made}


def test_the_papers_are_made_the_same_after_the_late_one_has_come(window):
    case = waiting(window)
    supply(window.desk, window.clerk, case)

    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)

    assert PaperKind.DEFERRAL_NOTICE in {paper.kind for paper in made}


def test_any_window_finds_the_case_by_the_code_and_takes_the_paper(window):
    case = waiting(window)
    desk, clerk = other_counter(window)
    code = read_code(f"rq:{case.label}:rules")
    assert code is not None

    found = find_late_paper(desk, clerk, code)
    whole = supply(desk, clerk, found)

    assert whole.evidence["RULES"].way is Way.PAPER
    assert [e.detail["counter"] for e in whole.events if e.kind.value == "supplied"] == ["05"]
    told = [one for one in window.waiting(case) if one.kind is MessageKind.SUBMIT_CASE]
    assert told


def test_a_scan_comes_to_the_case_as_a_file(window):
    case = waiting(window)
    content, media_type = window.desk.scanner.scan()
    file = drafts.keep_file(window.desk, window.clerk, content, "目录.png", media_type)

    whole = supply(window.desk, window.clerk, case, choice="scan", files=(file,))

    assert whole.evidence["RULES"].files == (file,)
    with pytest.raises(NotAcceptable, match="已经补过"):
        find_late_paper(window.desk, window.clerk, code_of(case))


def test_a_posted_paper_counts_from_the_day_it_lay_in_the_mail_room(window):
    case = waiting(window)
    window.clock.goes_on(days=7)

    whole = supply(
        window.desk, window.clerk, case, on=date(2026, 3, 20), reason="邮政快递 20 日签收"
    )

    assert [e.day for e in whole.events if e.kind.value == "supplied"] == [date(2026, 3, 20)]


def test_a_code_of_no_case_and_a_paper_that_was_never_late_are_told_apart(window):
    case = waiting(window)

    with pytest.raises(NotAcceptable, match="没有编号"):
        find_late_paper(
            window.desk, window.clerk, LatePaperCode(number="19990101-0001", material="RULES")
        )
    with pytest.raises(NotAcceptable, match="没有容缺"):
        find_late_paper(
            window.desk, window.clerk, LatePaperCode(number=case.label, material="LAYOUT")
        )


def test_who_takes_nothing_in_finds_nothing_by_a_code(window):
    case = waiting(window)

    with pytest.raises(NotAllowed):
        find_late_paper(window.desk, window.chief, code_of(case))


def test_what_a_person_finds_by_a_code_is_a_line_of_the_journal(window):
    case = waiting(window)

    find_late_paper(window.desk, window.clerk, code_of(case))

    line = window.lines()[-1]
    assert (line.act, line.case_id) == ("case.found_by_code", case.case_id)
