"""A wrong certificate is reported with its evidence, and the issuer's answer comes back."""

from dataclasses import replace

import pytest

from clerk.domain.certificate_report import Fault, ReportState
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.services import drafts, hand_off
from clerk.services.certificate_reports import (
    report_certificate,
    reports,
    reports_by_issuer,
    reports_of_case,
    take_over_answers,
    unread_answers,
)
from clerk.storage import outbox
from tests.services.certificate_calls import by_code
from tests.services.noodle_shop import named

WRONG = Fault(field="住所", paper_says="示例路 9 号", remark="营业执照正本是 9 号，库里是 8 号")


@pytest.fixture
def listed(window):
    """A case and the licence the library lists for it."""
    case = named(window)
    _, (licence,) = by_code(window, case)
    return case, licence


def reported(window, listed, fault=WRONG):
    case, licence = listed
    return report_certificate(window.desk, window.clerk, case, "LICENCE", licence, fault)


def answer(window, case, state, text):
    order = {"answer_report": str(case.case_id), "state": state, "text": text}
    window.peer("platform").control(order)
    window.clock.goes_on(minutes=1)
    return take_over_answers(window.desk, window.clerk) > 0  # other windows' answers too


def only(window, case):
    (report,) = reports_of_case(window.desk, window.clerk, case.case_id)
    return report


def test_a_report_goes_out_once_with_what_the_paper_shows(window, listed):
    case, licence = listed
    made = reported(window, listed)
    assert only(window, case).state is ReportState.REPORTED

    window.deliver()

    told = [
        one
        for one in window.peer("platform").state()["reports"]
        if one["case_id"] == str(case.case_id)
    ]
    assert [one["report_id"] for one in told] == [str(made.report_id)]
    assert told[0]["certificate_id"] == licence.certificate_id
    assert told[0]["paper_says"] == WRONG.paper_says
    kept = only(window, case)
    assert kept.state is ReportState.RECEIVED
    assert kept.number.startswith("province-")


@pytest.mark.parametrize(
    ("state", "came"),
    [("corrected", ReportState.CORRECTED), ("not_corrected", ReportState.NOT_CORRECTED)],
)
def test_the_issuers_answer_is_kept_and_shown_until_it_is_read(window, listed, state, came):
    case, _ = listed
    reported(window, listed)
    window.deliver()

    assert answer(window, case, state, "已核对登记档案")

    kept = only(window, case)
    assert (kept.state, kept.answer) == (came, "已核对登记档案")
    assert unread_answers(window.desk, window.clerk) == 1
    reports(window.desk, window.clerk)
    assert unread_answers(window.desk, window.clerk) == 0
    assert only(window, case).seen_at is not None


def test_nobody_is_asked_for_answers_that_nobody_waits_for(window):
    heard = len(window.heard("platform"))

    assert take_over_answers(window.desk, window.clerk) == 0

    assert len(window.heard("platform")) == heard


def test_a_platform_that_is_down_gets_the_report_later(window, listed):
    case, _ = listed
    reported(window, listed)

    with window.trouble("platform", "down"):
        hand_off.deliver(window.desk, window.clerk)
    assert only(window, case).state is ReportState.REPORTED
    window.clock.goes_on(minutes=10)
    window.deliver()

    assert only(window, case).state is ReportState.RECEIVED


@pytest.mark.parametrize(
    "fault",
    [
        replace(WRONG, field=" "),
        replace(WRONG, paper_says="", remark=""),
        replace(WRONG, remark="字" * 201),
        replace(WRONG, paper_says="9\x00号"),
    ],
    ids=["no field", "nothing said", "too long", "control character"],
)
def test_a_report_that_says_too_little_is_not_made(window, listed, fault):
    case, _ = listed

    with pytest.raises(BadInput):
        reported(window, listed, fault)

    assert reports_of_case(window.desk, window.clerk, case.case_id) == []
    assert [one for one in window.messages(case) if one.state is outbox.SendState.WAITING] == []


def test_evidence_is_a_scan_that_is_kept_here(window, listed):
    content, media_type = window.desk.scanner.scan()
    kept = drafts.keep_file(window.desk, window.clerk, content, "正本.png", media_type)

    with pytest.raises(NotAcceptable):
        reported(window, listed, replace(WRONG, scan="0" * 64))
    made = reported(window, listed, replace(WRONG, scan=kept.sha256))

    assert made.fault.scan == kept.sha256


def test_reports_are_counted_by_issuer(window, listed):
    case, licence = listed
    reported(window, listed)
    reported(window, listed)
    window.deliver()
    answer(window, case, "corrected", "")

    (count,) = reports_by_issuer(window.desk, window.clerk)

    assert (count.issuer_name, count.reported, count.corrected) == (licence.issuer_name, 2, 1)
