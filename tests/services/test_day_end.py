"""The day's end: one sheet with everything that is open, blanks counted, permits published."""

import csv
import io

import pytest

from clerk.domain.blanks import BlankState
from clerk.domain.case import CaseEventKind
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.day_sheet import DaySection
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind
from clerk.services import blanks, day_end, drafts, paper_making
from clerk.services.case_acts import do_act
from clerk.storage import blanks as ledger
from clerk.wording_course import TASKS
from clerk.wording_day import MESSAGES
from integrations.practice.people import NOODLE_SHOP
from tests.services.noodle_shop import accepted, complete_on_paper, named
from tests.services.test_delivery import waiting

EVERY_SECTION = frozenset(DaySection)
KIND = "食品经营许可证"


def sheet(window, role=Role.WINDOW_CLERK):
    return day_end.day_sheet(window.desk, window.session(role))


def lines(window, section):
    return sheet(window).part(section).lines


@pytest.fixture
def result_clerk(window):
    return window.session(Role.RESULT_CLERK)


@pytest.fixture
def stocked(window, result_clerk):
    blanks.receive_blanks(window.desk, result_clerk, KIND, "SY000101", "SY000110")
    return window


def test_an_empty_day_still_shows_every_section(window):
    empty = sheet(window)

    assert [part.section for part in empty.parts] == list(DaySection)
    assert empty.open_count == 0


def test_drafts_of_mine_and_nobody_elses_are_on_it(window):
    drafts.save_draft(window.desk, window.clerk, named(window))

    assert [line.item_name for line in lines(window, DaySection.DRAFTS)] == ["食品经营许可新办"]
    assert sheet(window, Role.RESULT_CLERK).part(DaySection.DRAFTS).lines == ()


def test_originals_nobody_placed_and_those_kept_are_on_it_until_they_go_back(window):
    case = accepted(window, complete_on_paper(window))
    before = {line.original.material for line in lines(window, DaySection.ORIGINALS)}
    kept = ActWords(material="*", choice="kept", until_on=window.desk.today())
    do_act(window.desk, window.clerk, case.case_id, CaseAct.PLACE_ORIGINALS, kept)
    held = {line.original.material for line in lines(window, DaySection.ORIGINALS)}

    back = ActWords(material="*", people=("张示例",))
    do_act(window.desk, window.clerk, case.case_id, CaseAct.RETURN_ORIGINALS, back)

    assert before == held != set()
    assert lines(window, DaySection.ORIGINALS) == ()


def test_results_messages_and_papers_nobody_printed_are_on_it(window):
    case = waiting(window)
    paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    accepted(window)

    (result,) = lines(window, DaySection.RESULTS)
    assert result.label == case.label
    assert lines(window, DaySection.MESSAGES)
    assert {line.note for line in lines(window, DaySection.PAPERS)} >= {"收件凭证", "受理通知书"}


def test_a_task_is_on_it_from_the_day_after_its_last(window):
    waiting(window)
    assert lines(window, DaySection.OVERDUE_TASKS) == ()

    window.clock.goes_on(days=8)

    assert lines(window, DaySection.OVERDUE_TASKS)


def test_a_sheet_is_signed_only_when_everything_was_looked_at(window):
    seen = sheet(window)
    with pytest.raises(NotAcceptable):
        day_end.sign_day(window.desk, window.clerk, seen, EVERY_SECTION - {DaySection.ORIGINALS})

    signed = day_end.sign_day(window.desk, window.clerk, seen, EVERY_SECTION)

    document = day_end.sheet_document(window.desk, window.clerk, signed)
    assert document.startswith(b"%PDF")
    assert window.lines()[-1].act == "day.signed"
    assert signed.pdf.sha256 in window.lines()[-1].detail


def test_every_blank_is_in_stock_used_or_spoilt(stocked, result_clerk):
    case = waiting(stocked)
    blanks.use_blank(stocked.desk, result_clerk, KIND, "SY000101", case.label, "JY1990123")
    (stock,) = blanks.spoil_blank(stocked.desk, result_clerk, KIND, "SY000102", "打印歪了")

    assert (stock.received, stock.in_stock, stock.used, stock.spoilt) == (10, 8, 1, 1)
    assert stock.next_number == "SY000103"
    printed = stocked.stored(case).events[-1]
    assert printed.kind is CaseEventKind.CERTIFICATE_PRINTED
    assert (printed.subject, printed.detail["number"]) == ("SY000101", "JY1990123")
    used = stocked.read(lambda tx: ledger.find(tx, KIND, "SY000101"))
    assert (used.state, used.case_id) == (BlankState.USED, case.case_id)


@pytest.mark.parametrize("number", ["SY000101", "SY000999"])
def test_no_blank_is_used_twice_or_out_of_nowhere(stocked, result_clerk, number):
    blanks.spoil_blank(stocked.desk, result_clerk, KIND, "SY000101", "打印歪了")

    with pytest.raises(NotAcceptable):
        blanks.spoil_blank(stocked.desk, result_clerk, KIND, number, "打印歪了")


def test_a_blank_is_used_only_for_a_granted_case(stocked, result_clerk):
    case = accepted(stocked)

    with pytest.raises(NotAcceptable):
        blanks.use_blank(stocked.desk, result_clerk, KIND, "SY000101", case.label, "JY1")
    assert blanks.blank_stocks(stocked.desk, result_clerk)[0].in_stock == 10


def test_the_same_delivery_is_received_once(stocked, result_clerk):
    with pytest.raises(NotAcceptable):
        blanks.receive_blanks(stocked.desk, result_clerk, KIND, "SY000110", "SY000120")

    assert blanks.blank_stocks(stocked.desk, result_clerk)[0].received == 10


def test_the_count_stands_on_the_sheet_with_its_difference(stocked, result_clerk):
    with pytest.raises(BadInput):
        blanks.count_blanks(stocked.desk, result_clerk, KIND, 9, "")

    blanks.count_blanks(stocked.desk, result_clerk, KIND, 9, "少一张，正在查")

    (line,) = lines(stocked, DaySection.BLANKS)
    assert (line.stock.last_count.counted, line.stock.last_count.expected) == (9, 10)


def test_the_public_list_has_the_permits_of_the_day(window, result_clerk, tmp_path):
    waiting(window)
    today, file = window.desk.today(), tmp_path / "list.csv"

    rows = day_end.publish_to(window.desk, result_clerk, today, today, file)

    read = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows == 1
    assert read[1][:2] == [NOODLE_SHOP.name, NOODLE_SHOP.code]
    assert window.lines()[-1].act == "permits.published"


def test_a_list_that_cannot_be_written_says_so(window, result_clerk, tmp_path):
    today = window.desk.today()

    with pytest.raises(BadInput):
        day_end.publish_to(window.desk, result_clerk, today, today, tmp_path / "no" / "list.csv")


def test_every_message_and_every_task_has_its_words():
    assert set(MESSAGES) == set(MessageKind)
    assert set(TASKS) == set(TaskKind)
