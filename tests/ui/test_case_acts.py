"""其他处理 on a case: which act, what it asks, and nothing done before F9."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.case_acts import ActBar, ActWords, CaseAct, OfferedAct
from clerk.ui.case_acts import CaseActsDialog
from clerk.ui.widgets import Label, open_dialog
from tests.domain.at_the_check import heard_case
from tests.domain.at_the_window import accepted_case, rules

F9 = Qt.Key.Key_F9
OPEN = [
    OfferedAct(act=CaseAct.WITHDRAW, bar=None),
    OfferedAct(act=CaseAct.START_PROCEDURE, bar=None),
    OfferedAct(act=CaseAct.EXTEND, bar=None),
    OfferedAct(act=CaseAct.VOID, bar=ActBar.NOT_YOUR_ROLE),
]


@pytest.fixture
def done():
    return []


@pytest.fixture
def dialog(qtbot, on_screen, done):
    host = QWidget()
    host.resize(1000, 700)
    on_screen(host)
    made = CaseActsDialog(
        rules(), accepted_case(), OPEN, lambda act, words: done.append((act, words)), {}
    )
    open_dialog(host, made)
    yield made
    host.close()


def test_a_digit_and_a_reason_take_an_application_back(dialog, hands, done):
    hands.press(Qt.Key.Key_1)
    hands.compose("申请人不办了")

    hands.press(Qt.Key.Key_Return)
    dialog.go_on()

    assert done == [(CaseAct.WITHDRAW, ActWords(reason="申请人不办了", choice="applicant"))]


def test_what_is_not_written_down_is_asked_for_and_nothing_is_done(dialog, hands, done):
    hands.press(Qt.Key.Key_3)

    dialog.go_on()

    assert "还没填" in dialog.notice.text()
    assert done == []


def test_an_extension_asks_days_head_of_authority_paper_and_reason(dialog, hands, done):
    hands.press(Qt.Key.Key_3)
    for box, said in (("workdays", "5"), ("approved_by", "局长 吴样例")):
        dialog.form.box(box).set_value(said)
    dialog.form.box("reason").set_value("专家意见不一致")

    dialog.go_on()

    assert done[0][1].workdays == 5
    assert done[0][1].approved_by == "局长 吴样例"


def test_a_procedure_is_one_of_the_items_own(dialog, hands, done):
    hands.press(Qt.Key.Key_2)

    dialog.go_on()

    assert done == [
        (
            CaseAct.START_PROCEDURE,
            ActWords(procedure="听证"),
        )
    ]


@pytest.fixture
def report(on_screen, done):
    host = QWidget()
    host.resize(1000, 700)
    on_screen(host)
    made = CaseActsDialog(
        rules(),
        heard_case(),
        [OfferedAct(act=CaseAct.REPORT_FALSE_PROMISE, bar=None)],
        lambda act, words: done.append((act, words)),
        {},
    )
    open_dialog(host, made)
    yield made
    host.close()


def test_a_false_promise_is_reported_by_a_person_who_confirms_it_twice(report, hands, done):
    """The first F9 says what it does to the applicant; nothing has gone out yet."""
    hands.press(Qt.Key.Key_1)
    hands.compose("产权人没有同意出租")

    report.go_on()

    assert done == []
    assert "记到申请人名下" in report.notice.text()
    assert report.button.text() == "确认报送虚假承诺"

    report.go_on()

    words = ActWords(reason="产权人没有同意出租")
    assert done == [(CaseAct.REPORT_FALSE_PROMISE, words)]


def test_what_was_changed_after_the_warning_is_confirmed_anew(report, hands, done):
    hands.press(Qt.Key.Key_1)
    report.form.box("reason").set_value("产权人没有同意")
    report.go_on()

    report.form.box("reason").set_value("产权人没有同意出租")
    report.go_on()
    assert done == []

    report.go_on()
    assert done[0][1].reason == "产权人没有同意出租"


def test_the_form_says_what_it_does_and_that_nothing_is_reported_by_itself(report, hands):
    hands.press(Qt.Key.Key_1)

    said = " ".join(label.text() for label in report.form.findChildren(Label))

    assert "只有人报才报" in said
    assert "信用平台" in said


def test_what_is_not_open_says_why(dialog):
    assert "不归你办：作废" in dialog.shut.text()
