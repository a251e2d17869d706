"""咨询 at the counter: what to bring, answered and printed, and nothing is opened for it."""

from collections.abc import Sequence

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.printing import SentJob
from clerk.ui.documents_printer import PrintJob
from tests.ui.examples import SmallCounter
from tests.ui.intake_world import CTRL, FOOD

KEY = Qt.Key


class Office:
    """One printer, which takes everything."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []

    def names(self) -> Sequence[str]:
        return ("一号",)

    def sent_words(self, printer: str) -> str:
        return f"已送{printer}打印机"

    def send(self, printer: str, job: PrintJob) -> SentJob:
        self.jobs.append(job)
        return SentJob(printer=printer, job="")


@pytest.fixture
def counter():
    made = SmallCounter()
    made.printer = Office()
    return made


def advised(page, counter):
    """The dialog on the food permit, of a trader with a hot kitchen."""
    page.decision.advice.open(FOOD)
    dialog = counter.dialogs[-1]
    dialog.preview.answer("business", "catering")
    dialog.preview.answer("dishes", "hot")
    return dialog


def test_the_list_is_printed_and_no_case_was_opened(page, counter, hands, qtbot):
    dialog = advised(page, counter)

    hands.click(dialog.print_button)

    qtbot.waitUntil(lambda: "已送一号打印机" in dialog.notice.text())
    (told,) = counter.advised
    assert told.inquiry.answers == {"business": "catering", "dishes": "hot"}
    assert [job.title for job in counter.printer.jobs] == ["食品经营许可新办一次性告知单"]
    assert page.desk.cases == []
    assert counter.stored == {}


def test_what_he_has_with_him_is_ticked_off_by_its_number(page, counter, hands, qtbot):
    dialog = advised(page, counter)
    dialog.have.editor.setText("1 3")

    hands.click(dialog.print_button)

    qtbot.waitUntil(lambda: "已送一号打印机" in dialog.notice.text())
    (told,) = counter.advised
    listed = [one.code for one in told.asked.requirements]
    assert told.inquiry.have == {listed[0], listed[2]}
    assert told.lacking == len(listed) - 2


def test_a_number_that_is_not_on_the_list_prints_nothing(page, counter, hands):
    dialog = advised(page, counter)
    dialog.have.editor.setText("1 99")

    hands.click(dialog.print_button)

    assert "没有第 99 份材料" in dialog.notice.text()
    assert counter.printer.jobs == []


def test_who_stays_goes_on_to_a_case_with_the_same_answers(page, counter, hands):
    dialog = advised(page, counter)

    hands.click(dialog.open_button)

    answers = page.desk.current.case.answers
    assert {code: answers[code].option for code in ("business", "dishes")} == {
        "business": "catering",
        "dishes": "hot",
    }


def test_the_item_under_the_search_is_meant_before_the_case_in_front(page, counter, hands):
    page.search()
    hands.type("spjyxk")

    hands.press(KEY.Key_H, CTRL)

    assert counter.dialogs[-1].title == "先告诉要带什么"
    assert page.desk.cases == []
