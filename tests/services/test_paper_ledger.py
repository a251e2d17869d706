"""The ledger of paper numbers: every one is there, void ones say why, none is given twice."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select

from clerk.domain.case import CaseEventKind
from clerk.domain.errors import BadInput, CaseChanged, NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.paper_numbers import NumberAsking, Series
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PrintState
from clerk.services import numbers, paper_ledger, paper_making, paper_prints
from clerk.storage import cases, files
from clerk.storage import paper_numbers as kept
from clerk.storage.number_tables import paper_numbers
from tests.services.noodle_shop import accepted
from tests.services.printed_papers import sent

YEAR = NumberAsking(year=2026)
NOTICES = replace(YEAR, kind=PaperKind.ACCEPTANCE)


@pytest.fixture
def supervisor(window):
    return window.session(Role.SUPERVISOR)


def ledger(window, asking=NOTICES):
    return paper_ledger.paper_numbers_page(window.desk, window.clerk, asking, 1)


def voided(window, supervisor, line, reason="打印机卡纸，纸撕坏了", recovered=False):
    given = line.given
    return paper_ledger.void_paper_number(
        window.desk, supervisor, given.series, given.count, reason, recovered
    )


def notice(window, case):
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    return next(one for one in made if one.kind is PaperKind.ACCEPTANCE)


def test_every_number_stands_in_the_ledger_with_its_case_and_who_took_it(window):
    first, second = accepted(window), accepted(window)

    page = ledger(window)

    assert [line.given.count for line in page.lines] == [2, 1]
    line = page.lines[1]
    assert line.given.number == first.paper_numbers["acceptance"]
    assert (line.given.case_id, line.case_label) == (first.case_id, first.label)
    assert (line.given.given_by, line.given.counter_code) == (
        window.clerk.account.account_id,
        window.desk.counter.code,
    )
    assert line.given.given_at == window.clock()
    assert (line.made, line.out.copies) == (False, 0)
    assert page.bodies[line.given.series.body_code] == line.body_name != ""
    (standing,) = page.standings
    assert (standing.last, standing.given, standing.void, standing.gapless) == (2, 2, 0, True)
    assert second.paper_numbers["acceptance"] != first.paper_numbers["acceptance"]


def test_a_void_number_keeps_its_reason_and_its_paper_is_made_anew_naming_it(
    window, supervisor, read_text
):
    case = accepted(window)
    before = notice(window, case)

    void = voided(window, supervisor, ledger(window).lines[0])

    after = window.stored(case)
    again = notice(window, case)
    assert (void.number, void.void_reason) == (before.number, "打印机卡纸，纸撕坏了")
    assert void.replaced_by == again.number == after.paper_numbers["acceptance"] != before.number
    assert after.events[-1].kind is CaseEventKind.NUMBER_VOIDED
    pdf = window.read(lambda tx: files.content_of(tx, again.pdf.sha256))
    assert f"（原{before.number}作废）".replace(" ", "") in read_text(pdf).replace("\n", "")
    newest, oldest = ledger(window).lines
    assert (oldest.given.voided_by, oldest.given.replaced_by) == (
        supervisor.account.account_id,
        again.number,
    )
    assert newest.given.case_id == case.case_id
    assert accepted(window).paper_numbers["acceptance"].endswith("〕3 号")


def test_a_printed_paper_loses_its_number_only_when_every_copy_lies_here(window, supervisor):
    case = accepted(window)
    paper = notice(window, case)
    under_way = sent(window, paper, 2)
    (line,) = ledger(window).lines
    with pytest.raises(NotAcceptable, match="打印任务还没结束"):
        voided(window, supervisor, line, recovered=True)
    paper_prints.note_state(window.desk, window.clerk, under_way, PrintState.DONE)
    (line,) = ledger(window).lines

    with pytest.raises(NotAcceptable, match="打印过 2 份"):
        voided(window, supervisor, line)

    assert window.stored(case).paper_numbers["acceptance"] == paper.number
    assert ledger(window).lines == (line,)
    assert voided(window, supervisor, line, recovered=True).void_reason


def test_no_number_is_void_without_a_reason_nor_twice_nor_once_decided(window, supervisor):
    accepted(window)
    (line,) = ledger(window).lines
    decided = Series(body_code="x", kind=PaperKind.DECISION, year=2026)

    with pytest.raises(BadInput, match="还没写作废的原因"):
        voided(window, supervisor, line, reason="  ")
    voided(window, supervisor, line)
    with pytest.raises(NotAcceptable, match="已经作废"):
        voided(window, supervisor, line)
    with pytest.raises(NotAcceptable, match="没有这个文号"):
        paper_ledger.void_paper_number(window.desk, supervisor, decided, 1, "错", recovered=False)

    assert [one.given.void_reason for one in ledger(window).lines].count("") == 1


def test_the_ledger_finds_by_kind_void_and_text(window, supervisor):
    first, second = accepted(window), accepted(window)
    voided(window, supervisor, ledger(window).lines[1])

    void = ledger(window, replace(NOTICES, only_void=True))
    by_case = ledger(window, replace(YEAR, text=second.label))

    assert [line.given.case_id for line in void.lines] == [first.case_id]
    assert {line.given.case_id for line in by_case.lines} == {second.case_id}
    assert ledger(window, replace(YEAR, year=2025)).lines == ()
    assert set(by_case.kinds) >= {PaperKind.ACCEPTANCE}


def test_the_proof_names_what_is_missing_doubled_and_on_no_list(window):
    first, *_ = [accepted(window) for _ in range(3)]
    notice(window, first)
    auditor = window.session(Role.AUDITOR)
    whole = paper_ledger.prove_paper_numbers(window.desk, auditor)
    second = ledger(window).lines[1].given
    here = paper_numbers.c
    with window.desk.store.begin() as tx:
        row = tx.execute(select(paper_numbers).where(here.number == second.number)).one()._asdict()
        tx.execute(delete(paper_numbers).where(here.count < 3, here.kind == "acceptance"))
        tx.execute(insert(paper_numbers), [{**row, "kind": "decline", "count": n} for n in (1, 2)])

    found = paper_ledger.prove_paper_numbers(window.desk, auditor)

    assert whole.whole
    assert not found.whole
    missing = {one.series.kind: one.missing for one in found.standings if not one.gapless}
    assert missing[PaperKind.ACCEPTANCE] == (1, 2)
    assert PaperKind.DECLINE in missing
    assert found.doubled == (second.number,)
    assert found.unlisted == (first.paper_numbers["acceptance"],)


def test_the_ledger_is_printed_and_exported_as_it_was_asked_for(
    window, supervisor, read_text, tmp_path
):
    case = accepted(window)
    voided(window, supervisor, ledger(window).lines[0], reason="=错字")
    path = tmp_path / "文号台账.csv"

    count = paper_ledger.export_paper_numbers(window.desk, window.clerk, NOTICES, path)
    pdf = paper_ledger.number_sheet_document(window.desk, window.clerk, NOTICES)

    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert (count, len(rows)) == (2, 3)
    assert case.label in rows[1]
    said = read_text(pdf).replace("\n", "")
    assert "文号台账" in said
    assert "没有空号和重号" in said
    assert "作废：=错字" in said
    with pytest.raises(BadInput, match="写不进去"):
        paper_ledger.export_paper_numbers(window.desk, window.clerk, NOTICES, tmp_path)


def test_an_act_that_fails_leaves_no_gap(window, supervisor):
    """The case was saved by another window in between: number and act are gone together."""
    case = accepted(window)
    (line,) = ledger(window).lines
    stale = replace(window.stored(case), version=case.version - 1)

    with pytest.raises(CaseChanged):
        _give_a_number_and_save(window, stale)

    assert ledger(window).lines == (line,)
    assert accepted(window).paper_numbers["acceptance"].endswith("〕2 号")
    assert window.read(kept.proof).whole


def _give_a_number_and_save(window, case):
    with window.desk.store.begin() as tx:
        taken = numbers.numbered_paper(window.desk, tx, window.clerk, case, PaperKind.ACCEPTANCE)
        cases.save(tx, taken)
