"""Originals go on to the department in a bag with a slip, and stay on the sheet until signed for."""

import pytest

from clerk.domain.case import CaseEventKind
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.day_sheet import DaySection
from clerk.domain.deadlines import Term
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.paper_numbers import NumberAsking
from clerk.domain.papers import PaperKind
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import day_end, paper_ledger, paper_making
from clerk.services.case_acts import do_act
from clerk.services.time_passing import let_the_day_pass, see_alarms, unseen_alarms
from clerk.storage import files
from clerk.wording_course import alarm_words
from clerk.wording_day import day_line
from tests.services.noodle_shop import accepted, complete_on_paper
from tests.services.printed_papers import came_out, in_hand

RECEPTION = Term.RECEPTION


@pytest.fixture
def department(window):
    return window.session(Role.CHIEF_REPRESENTATIVE)


def handed_on(window, bag="D-017"):
    case = accepted(window, complete_on_paper(window))
    back_by_on = window.desk.today().replace(day=25)
    words = ActWords(material="*", choice="handed_on", number=bag, until_on=back_by_on)
    return do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, words)


def received(window, session, case, bag="D-017", **words):
    """The department scans the bag; the slip that it signs came out of the printer before."""
    in_hand(window, window.stored(case), PaperKind.TRANSFER_SLIP)
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


def test_each_bag_waits_for_its_own_slip(window, department):
    """The slip of the other bag, newer or older, opens nothing."""
    case, back_by_on = handed_on(window), window.desk.today().replace(day=25)
    code, *others = case.custody
    second = ActWords(material=code, choice="handed_on", number="D-018", until_on=back_by_on)
    case = do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, second)
    slips = {held.bag: held.number for held in case.custody.values()}

    def signs(bag):
        words = ActWords(number=bag)
        return do_act(window.desk, department, case.case_id, CaseAct.RECEIVE_TRANSFER, words)

    came_out(window, case, PaperKind.TRANSFER_SLIP, slips["D-018"])
    with pytest.raises(NotAcceptable, match=slips["D-017"]):
        signs("D-017")
    came_out(window, case, PaperKind.TRANSFER_SLIP, slips["D-017"])

    after = signs("D-017")
    assert all(after.custody[one].signed_at for one in others)
    assert after.custody[code].signed_at is None
    assert signs("D-018").custody[code].signed_at


def test_a_slip_that_came_out_opens_its_bag_while_a_newer_one_is_not_printed(window, department):
    case = in_hand(window, handed_on(window), PaperKind.TRANSFER_SLIP)
    code, other, *_ = case.custody
    second = ActWords(
        material=code,
        choice="handed_on",
        number="D-018",
        until_on=window.desk.today().replace(day=25),
    )
    do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, second)

    words = ActWords(number="D-017")
    after = do_act(window.desk, department, case.case_id, CaseAct.RECEIVE_TRANSFER, words)

    assert (after.custody[other].signed_at, after.custody[code].signed_at) == (window.clock(), None)


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


def told(window):
    """What a round of time finds, and what stands in 今日 behind it."""
    raised = let_the_day_pass(window.desk).raised
    lines = unseen_alarms(window.desk, window.clerk)
    today = window.desk.today()
    return raised, [alarm_words(one.alarm, today) for one in lines if one.alarm.term is RECEPTION]


UNSIGNED = "3 月 18 日送部门的原件，到 {} 还没有人签收"


def test_a_bag_that_nobody_signs_for_is_told_of_every_hour_and_never_twice(window, department):
    case = handed_on(window)
    assert told(window) == (0, [])

    window.clock.goes_on(minutes=59)
    assert told(window) == (0, [])
    window.clock.goes_on(minutes=1)
    assert told(window) == (1, [UNSIGNED.format("10:00")])
    assert told(window) == (0, [UNSIGNED.format("10:00")]), "the same hour is not told of again"
    see_alarms(window.desk, window.clerk, case.case_id)
    window.clock.goes_on(minutes=50)
    assert told(window) == (0, [])
    window.clock.goes_on(minutes=10)
    assert told(window) == (1, [UNSIGNED.format("11:00")])
    received(window, department, case)

    assert told(window) == (0, []), "nobody is told of what was signed for"
    window.clock.goes_on(hours=5)
    assert told(window) == (0, [])


def test_who_was_away_hears_of_the_last_hour_only(window):
    handed_on(window)
    window.clock.goes_on(hours=1)
    assert told(window)[0] == 1
    window.clock.goes_on(hours=3)

    assert told(window) == (1, [UNSIGNED.format("13:00")])


def test_each_bag_has_its_own_hours(window, department):
    first = handed_on(window)
    window.clock.goes_on(minutes=30)
    handed_on(window, "D-018")
    window.clock.goes_on(minutes=30)
    assert told(window) == (1, [UNSIGNED.format("10:00")])
    received(window, department, first)
    window.clock.goes_on(minutes=30)

    assert told(window) == (1, [UNSIGNED.format("10:30")])
