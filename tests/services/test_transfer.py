"""Originals go on to the department in a bag with a slip, and stay on the sheet until signed for."""

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.day_sheet import DaySection
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.paper_numbers import NumberAsking
from clerk.domain.papers import PaperKind
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import day_end, paper_ledger, paper_making
from clerk.services.case_acts import do_act
from clerk.storage import files
from clerk.wording_day import day_line
from tests.services.noodle_shop import accepted, complete_on_paper


@pytest.fixture
def department(window):
    return window.session(Role.CHIEF_REPRESENTATIVE)


def handed_on(window, bag="D-017"):
    case = accepted(window, complete_on_paper(window))
    back_by_on = window.desk.today().replace(day=25)
    words = ActWords(material="*", choice="handed_on", number=bag, until_on=back_by_on)
    return do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, words)


def received(window, session, case, bag="D-017", **words):
    said = ActWords(number=bag, **words)
    return do_act(window.desk, session, case.case_id, CaseAct.RECEIVE_TRANSFER, said)


def sheet_says(window, case):
    sheet = day_end.day_sheet(window.desk, window.clerk)
    lines = sheet.part(DaySection.ORIGINALS).lines
    return [day_line(one, sheet.on)[2] for one in lines if one.label == case.label]


def slip(window, case):
    made = paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    return next(one for one in made if one.kind is PaperKind.TRANSFER_SLIP)


def test_the_slip_names_bag_kind_people_and_days_and_bears_its_own_number(window, read_text):
    case = handed_on(window, " d-017")
    paper = slip(window, case)

    said = read_text(window.read(lambda tx: files.content_of(tx, paper.pdf.sha256)))

    said = said.replace("\n", "")
    assert paper.number in {held.number for held in case.custody.values()}
    for words in (
        *("袋号D-017", "流转类型收件随件流转", "5个工作日内，2026年3月25日前", case.label),
        f"送达人{window.clerk.account.display_name}",
        paper.number.replace(" ", ""),
    ):
        assert words in said


def test_an_unsigned_bag_stands_on_the_days_sheet_until_the_department_signs(window, department):
    case = handed_on(window)

    assert is_open(case, TaskKind.RECEIVE_TRANSFER)
    before = sheet_says(window, case)
    window.clock.goes_on(minutes=40)
    after = received(window, department, case, choice="D-017")

    (event,) = (one for one in after.events if one.kind is CaseEventKind.TRANSFER_RECEIVED)
    signer = department.account.display_name
    assert before == [line for line in before if "袋 D-017" in line and "还没签收" in line] != []
    assert not is_open(after, TaskKind.RECEIVE_TRANSFER)
    assert (event.at, event.actor_name, event.detail["signed_by"]) == (
        window.clock(),
        signer,
        signer,
    )
    assert {held.signed_by for held in after.custody.values()} == {signer}
    assert all(f"{signer}已签收" in line for line in sheet_says(window, case))


def test_nobody_signs_for_what_he_brought_nor_for_another_bag_nor_twice(window, department):
    case = handed_on(window)

    with pytest.raises(BadInput, match="同一个人"):
        received(window, window.clerk, case)
    with pytest.raises(NotAcceptable, match="路上的是D-017"):
        received(window, department, case, bag="D-071")
    with pytest.raises(NotAcceptable, match="选的是袋 D-017"):
        received(window, department, case, bag="D-071", choice="D-017")
    by_paper = received(window, window.clerk, case, people=("陈演示",))
    with pytest.raises(NotAcceptable):
        received(window, department, case)

    assert {held.signed_by for held in by_paper.custody.values()} == {"陈演示"}


def test_nothing_goes_on_without_a_bag_and_no_number_is_lost_by_it(window):
    with pytest.raises(BadInput, match="袋号"):
        handed_on(window, bag=" ")

    series = handed_on(window).paper_numbers["transfer_slip"]
    assert series.endswith("〕1 号")


def test_a_spoilt_slip_gets_the_next_number_and_the_originals_go_under_it(window, department):
    case = handed_on(window)
    spoilt = slip(window, case)
    asking = NumberAsking(year=2026, kind=PaperKind.TRANSFER_SLIP)
    (line,) = paper_ledger.paper_numbers_page(window.desk, window.clerk, asking, 1).lines
    supervisor, given = window.session(Role.SUPERVISOR), line.given

    paper_ledger.void_paper_number(
        window.desk, supervisor, given.series, given.count, "写花了", recovered=False
    )

    anew = slip(window, case)
    assert anew.number != spoilt.number
    assert {held.number for held in window.stored(case).custody.values()} == {anew.number}
    assert len(anew.values) == len(spoilt.values) + 1
    after = received(window, department, case)
    assert after.events[-2].detail["number"] == anew.number
