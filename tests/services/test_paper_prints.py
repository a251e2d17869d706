"""The print journal: only what came out counts, what hangs stays visible, a file counts too."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from clerk.domain.day_sheet import DaySection
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.paper_signature import PaperSignature, SignWay
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PrinterTrouble, PrintState
from clerk.services import paper_making, paper_prints, papers
from clerk.services.day_end import day_sheet
from clerk.services.delivery import hand_out_result
from clerk.storage import cases, tables
from tests.services.noodle_shop import HIS_OWN_CARD, accepted, complete_on_paper
from tests.services.printed_papers import LASER, kept, printed, sent
from tests.services.test_delivery import waiting

S, T = PrintState, PrinterTrouble


@pytest.fixture
def made(window):
    """The papers of a case that was accepted."""
    case = accepted(window, complete_on_paper(window))
    return paper_making.make_due_papers(window.desk, window.clerk, case.case_id)


def note(window, under_way, state, *troubles, given_up=False):
    return paper_prints.note_state(
        window.desk, window.clerk, under_way, state, troubles, given_up=given_up
    )


def again(window, paper):
    found = papers.papers_of_case(window.desk, window.clerk, paper.case_id)
    return next(one for one in found if one.paper_id == paper.paper_id)


def hanging(window):
    return paper_prints.hanging_prints(window.desk, window.clerk)


def under_way(window, paper):
    return paper_prints.prints_under_way(window.desk, window.clerk, paper.case_id)


def test_a_job_that_a_printer_took_is_not_printed_until_its_sheets_are_out(window, made):
    job = sent(window, made[0], 2)

    assert not again(window, made[0]).handed_out
    assert under_way(window, made[0]) == [job]
    assert hanging(window) == []

    note(window, job, S.DONE)

    assert again(window, made[0]).copies_printed == 2
    assert under_way(window, made[0]) == []


def test_each_print_is_two_lines_of_the_journal_with_who_where_and_what_became_of_it(window, made):
    job = printed(window, made[0], 2)

    lines = [line for line in window.lines() if line.act in {"paper.sent", "paper.printed"}]
    assert [line.act for line in lines] == ["paper.sent", "paper.printed"]
    assert {line.account_id for line in lines} == {window.clerk.account.account_id}
    assert json.loads(lines[-1].detail) == {
        "copies": 2,
        "job": "7",
        "outcome": "done",
        "paper": str(made[0].paper_id),
        "print": str(job.print_id),
        "printer": LASER,
        "troubles": [],
    }


def test_a_jam_keeps_the_job_and_is_shown_until_another_way_is_taken(window, made):
    job = sent(window, made[0])

    note(window, job, S.STUCK, T.JAM)

    ((applicant, title),) = hanging(window)
    assert (applicant, title) == ("示例县清河面馆（个体工商户）", made[0].title)
    assert not again(window, made[0]).handed_out
    last = window.lines()[-1]
    assert (last.act, json.loads(last.detail)["troubles"]) == ("paper.not_printed", ["jam"])

    note(window, job, S.CANCELLED, given_up=True)
    assert hanging(window) == []
    printed(window, made[0])
    assert again(window, made[0]).copies_printed == 1


def test_a_job_that_ended_is_not_counted_twice(window, made):
    job = printed(window, made[0])

    note(window, job, S.DONE)

    assert again(window, made[0]).copies_printed == 1


def test_a_job_whose_end_nobody_ever_saw_hangs_after_a_while(window, made):
    sent(window, made[0])
    window.clock.goes_on(minutes=11)

    assert [title for _, title in hanging(window)] == [made[0].title]


def test_a_file_that_was_handed_over_counts_as_a_paper_would(window, made, tmp_path):
    path = tmp_path / "notice.pdf"

    paper_prints.hand_over_file(window.desk, window.clerk, made[0], path)

    assert path.read_bytes() == papers.paper_document(window.desk, window.clerk, made[0])
    found = again(window, made[0])
    assert found.handed_out
    assert found.copies_printed == 0
    assert window.lines()[-1].act == "paper.given_electronically"
    sheet = day_sheet(window.desk, window.clerk)
    open_papers = next(part for part in sheet.parts if part.section.value == "papers")
    assert [line.note for line in open_papers.lines] == [one.title for one in made[1:]]


def test_a_file_that_cannot_be_written_was_not_handed_over(window, made, tmp_path):
    with pytest.raises(BadInput, match="写不进去"):
        paper_prints.hand_over_file(window.desk, window.clerk, made[0], tmp_path / "x" / "y.pdf")

    assert not again(window, made[0]).handed_out


def test_a_paper_that_waits_for_a_pen_is_no_file_to_hand_over(window, made, tmp_path):
    blank = replace(made[0], pdf=replace(made[0].pdf, by_hand=("\U000313f0",)))

    with pytest.raises(NotAcceptable, match="有字要用笔写"):
        paper_prints.hand_over_file(window.desk, window.clerk, blank, tmp_path / "notice.pdf")

    assert not (tmp_path / "notice.pdf").exists()
    assert not again(window, made[0]).handed_out


def test_as_many_copies_as_the_last_time_for_each_kind_and_printer(window, made):
    printed(window, made[0], 3)
    window.clock.goes_on(minutes=1)
    printed(window, made[0], 2)
    window.clock.goes_on(minutes=1)
    printed(window, made[1], 1)

    assert paper_prints.usual_copies(window.desk, window.clerk) == {
        (made[0].kind, LASER): 2,
        (made[1].kind, LASER): 1,
    }


def test_a_decision_that_hangs_is_called_as_its_page_is_also_at_the_end_of_the_day(window):
    case = waiting(window, printed=False)
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    sent(window, next(paper for paper in made if paper.kind is PaperKind.DECISION))
    window.clock.goes_on(minutes=11)

    assert [title for _, title in hanging(window)] == ["准予行政许可决定书"]
    sheet = day_sheet(window.desk, window.clerk)
    (unprinted,) = [part for part in sheet.parts if part.section is DaySection.PAPERS]
    assert "准予行政许可决定书" in {line.note for line in unprinted.lines}


def hands_out(window, case):
    return hand_out_result(window.desk, window.clerk, case.case_id, HIS_OWN_CARD)


def test_a_result_leaves_only_with_its_decision_in_hand(window):
    """Not made, made, sent, stuck: none of it is paper. What came out is."""
    case = waiting(window, printed=False)
    with pytest.raises(NotAcceptable, match="还没打出来"):
        hands_out(window, case)
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    decision = next(paper for paper in made if paper.kind is PaperKind.DECISION)
    with pytest.raises(NotAcceptable, match="手工出具"):
        hands_out(window, case)
    job = sent(window, decision)
    with pytest.raises(NotAcceptable):
        hands_out(window, case)
    note(window, job, S.STUCK, T.NO_PAPER)
    with pytest.raises(NotAcceptable):
        hands_out(window, case)
    assert window.stored(case).hand_out is None

    note(window, job, S.DONE)
    assert hands_out(window, case).hand_out is not None


def signed(window, case, way):
    """What is kept of a signature below the decision."""
    return PaperSignature(
        kind=PaperKind.DECISION,
        number=case.paper_numbers["decision"],
        way=way,
        signer="张示例",
        at=window.clock(),
        by=window.clerk.account.account_id,
    )


def test_that_somebody_did_not_want_to_sign_a_decision_says_nothing_of_its_print(window):
    case = waiting(window, printed=False)
    refused = signed(window, case, SignWay.REFUSED)
    kept(window, case, PaperKind.DECISION, refused.number, refused)

    with pytest.raises(NotAcceptable, match="还没打出来"):
        hands_out(window, case)


def test_a_page_with_a_blank_for_a_pen_is_whole_on_paper_only(window):
    """Signed on the screen it still lacks a character of his name; signed in ink it was there."""
    case = waiting(window, printed=False)
    on_screen = signed(window, case, SignWay.PEN)
    kept(window, case, PaperKind.DECISION, on_screen.number, on_screen, by_hand=("𰻞",))
    with pytest.raises(NotAcceptable, match="还没打出来"):
        hands_out(window, case)

    in_ink = signed(window, case, SignWay.PAPER)
    kept(window, case, PaperKind.DECISION, in_ink.number, in_ink, by_hand=("𰻞",))

    assert hands_out(window, case)


def test_a_decision_that_an_older_program_printed_is_in_hand(window):
    """It has a count of copies and no line of the print journal; its record knows less."""
    case = waiting(window)
    newer = ("quotes", "content", "signature", "electronic_at")
    with window.desk.store.begin() as tx:
        (row,) = tx.execute(
            select(tables.papers.c.body).where(tables.papers.c.kind == PaperKind.DECISION)
        )
        told = {name: said for name, said in json.loads(row.body).items() if name not in newer}
        tx.execute(
            update(tables.papers)
            .where(tables.papers.c.kind == PaperKind.DECISION)
            .values(body=json.dumps(told))
        )
    assert paper_prints.prints_under_way(window.desk, window.clerk, case.case_id) == []

    assert hands_out(window, case).hand_out is not None


def test_a_result_that_was_decided_elsewhere_waits_for_no_paper_of_ours(window):
    case = waiting(window, printed=False)
    numbers = {kind: one for kind, one in case.paper_numbers.items() if kind != "decision"}
    with window.desk.store.begin() as tx:
        cases.save(tx, replace(case, paper_numbers=numbers))

    assert hands_out(window, case).hand_out is not None


def test_a_paper_made_by_hand_counts_with_its_reason(window, made):
    with pytest.raises(BadInput, match="为什么"):
        paper_prints.note_by_hand(window.desk, window.clerk, made[0], " ")
    assert not again(window, made[0]).handed_out

    paper_prints.note_by_hand(window.desk, window.clerk, made[0], "两台打印机都坏了，借隔壁的打")

    assert again(window, made[0]).handed_out
    line = next(one for one in window.lines() if one.act == "paper.made_by_hand")
    told = json.loads(line.detail)
    assert (told["outcome"], told["reason"]) == ("by_hand", "两台打印机都坏了，借隔壁的打")
