"""The life of a case in the real window: silence, correction, a paper that comes later."""

from uuid import UUID

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.certificate_file import SealState
from clerk.domain.deadlines import Term
from integrations.practice.people import NOODLE_SHOP
from tests.stories.at_counter import AtCounter

pytestmark = pytest.mark.own_window


def received_permit(counter: AtCounter) -> UUID:
    """Take in a food permit for the department, before anything is complete."""
    case_id = counter.open_item("spjy").case_id
    counter.place_card("张示例")
    counter.go_material("营业执照")
    counter.press("F8", "F8")
    counter.type(NOODLE_SHOP.use_code)
    counter.press("Return")
    counter.until_seen("可用 1 份", "签章完好", "未接入国密验签")
    counter.press("Return")
    counter.until(lambda: counter.case().applicant_name == NOODLE_SHOP.name)
    used = counter.case().evidence["LICENCE"].certificate
    assert used is not None
    assert used.seal is SealState.INTACT
    counter.until(lambda: counter.dialog() == "")
    counter.press("Shift+F9", "1", "F9")
    until_papers(counter)
    return case_id


def until_papers(counter: AtCounter) -> None:
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("打印 2 份")


def stored(counter: AtCounter, case_id: UUID) -> Case:
    found = counter.stored(case_id)
    assert found is not None
    return found


def test_silence_on_day_five_accepts_from_the_day_of_receipt_and_the_window_says_so(counter):
    """行政许可法 art. 32 (4): nothing told within five working days counts as accepted."""
    case_id = received_permit(counter)
    counter.until(lambda: stored(counter, case_id).state is CaseState.RECEIVED)

    counter.days_later(7)
    counter.press("Alt+1")
    counter.until_seen("时限提醒", "一次性告知期限")
    counter.days_later(1)
    counter.until(lambda: stored(counter, case_id).state is not CaseState.RECEIVED)

    case = stored(counter, case_id)
    assert case.accepted_on == case.received_on
    assert case.terms[Term.PROMISED].on.isoformat() == "2026-03-25"
    counter.press("Alt+3")
    counter.until_seen("五日内没有告知，视为受理")


def test_an_application_taken_back_is_ended_by_keys_and_its_course_says_why(counter):
    case_id = received_permit(counter)
    counter.press("Alt+3")
    counter.until_seen("示例县清河面馆", "在谁手里")
    counter.until_seen("统一社会信用代码")

    counter.press("Shift+F9", "1")
    counter.type("申请人书面撤回")
    counter.press("F9")

    counter.until(lambda: stored(counter, case_id).state is CaseState.WITHDRAWN)
    course = stored(counter, case_id).events  # what the department signs for may come after it
    (told,) = [event for event in course if event.kind is CaseEventKind.WITHDRAWN]
    assert told.detail["reason"] == "申请人书面撤回"
    counter.until_seen("申请人撤回")
