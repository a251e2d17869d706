"""F9: accept, receive, tell once, decline; each whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseState, Notice
from clerk.domain.errors import CaseChanged, NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import MessageKind
from clerk.domain.referral import NOBODY, Referral
from clerk.services import acceptance, drafts
from clerk.storage import numbers
from tests.services.noodle_shop import (
    accepted,
    complete_on_paper,
    incomplete,
    named,
    opened,
    received,
)
from tests.services.window import STATION


def left(window):
    return window.read(lambda tx: numbers.left(tx, STATION))


def acts(window):
    return [line.act for line in window.lines()]


def test_accepting_keeps_case_number_journal_line_and_messages_together(window):
    case = accepted(window)

    assert window.stored(case) == case
    assert {m.kind for m in window.waiting(case)} == {
        MessageKind.CLAIM_NUMBER,
        MessageKind.SUBMIT_CASE,
    }
    assert acts(window)[-1] == "case.accepted"


def test_a_case_with_a_blocking_finding_is_not_accepted_and_nothing_is_kept(window):
    """The window checks again under the case's own version, whatever the screen said."""
    before = (left(window), len(window.lines()))
    case = incomplete(window)

    with pytest.raises(NotAcceptable):
        accepted(window, case)

    assert (left(window), len(window.lines())) == before
    assert window.messages(case) == []


def test_a_complete_case_may_still_only_be_received(window):
    case = received(window)

    assert (case.state, case.accepted_at) == (CaseState.RECEIVED, None)
    assert "acceptance" not in case.paper_numbers
    assert acts(window)[-1] == "case.received"


def test_an_incomplete_case_may_be_received_for_the_department_to_look_at(window):
    assert received(window, incomplete(window)).state is CaseState.RECEIVED


def test_a_draft_that_another_window_saved_meanwhile_is_not_accepted(window):
    mine = drafts.save_draft(window.desk, window.clerk, complete_on_paper(window))
    theirs = intake.with_value(mine, "area", "50", window.clock())
    drafts.save_draft(window.desk, window.clerk, theirs)
    before = left(window)

    with pytest.raises(CaseChanged):
        accepted(window, mine)

    assert window.stored(mine).state is CaseState.DRAFT
    assert window.stored(mine).values["area"].value == "50"
    assert left(window) == before
    assert window.messages(mine) == []


def test_a_stale_draft_is_not_saved_over_a_newer_one(window):
    first = drafts.save_draft(window.desk, window.clerk, complete_on_paper(window))
    drafts.save_draft(window.desk, window.clerk, first)

    with pytest.raises(CaseChanged):
        drafts.save_draft(window.desk, window.clerk, first)


def test_pressing_f9_twice_accepts_once(window):
    draft = drafts.save_draft(window.desk, window.clerk, complete_on_paper(window))
    accepted(window, draft)
    before = left(window)

    with pytest.raises(CaseChanged):
        accepted(window, draft)

    assert left(window) == before


def test_pressing_f9_twice_on_a_case_that_was_never_saved_accepts_once(window):
    case = complete_on_paper(window)
    accepted(window, case)
    before = (left(window), len(window.lines()))

    with pytest.raises(CaseChanged):
        accepted(window, case)

    assert (left(window), len(window.lines())) == before


def test_an_accepted_case_is_no_draft_any_more(window):
    case = accepted(window)

    with pytest.raises(NotAcceptable):
        drafts.save_draft(window.desk, window.clerk, case)
    with pytest.raises(NotAcceptable):
        drafts.destroy_draft(window.desk, window.clerk, case)


def test_a_destroyed_draft_is_gone_and_its_line_stays(window):
    case = drafts.save_draft(window.desk, window.clerk, opened(window))

    drafts.destroy_draft(window.desk, window.clerk, case)

    assert drafts.my_drafts(window.desk, window.clerk) == []
    assert acts(window)[-1] == "case.draft_destroyed"


def test_a_window_without_delegation_receives_only(window):
    elsewhere = replace(window.clerk, counter_code="04")

    with pytest.raises(NotAllowed):
        acceptance.take_in(
            window.desk, elsewhere, complete_on_paper(window), NextAct.ACCEPT_AND_PASS_ON
        )


# 一次性告知 ---------------------------------------------------------------------------------------


def test_a_notice_names_everything_with_the_clerks_words_and_a_term(window):
    case = acceptance.tell_once(
        window.desk, window.clerk, incomplete(window), {"RULES": " 四项制度都要 ", "PREMISES": " "}
    )

    assert case.state is CaseState.CORRECTION_DUE
    assert case.notice == Notice(
        points=("RULES", "PREMISES"),
        remarks={"RULES": "四项制度都要"},
        at=window.clock(),
        reply_by_on=date(2026, 4, 30),
    )
    assert case.paper_numbers["correction_notice"].endswith("1 号")


def test_a_second_notice_is_refused_and_takes_no_number(window):
    """行政许可法 art. 32 (4)."""
    case = acceptance.tell_once(window.desk, window.clerk, incomplete(window), {})
    before = left(window)

    with pytest.raises(NotAcceptable):
        acceptance.tell_once(window.desk, window.clerk, case, {})

    assert left(window) == before
    assert window.stored(case) == case


def test_a_remark_on_something_that_is_not_missing_is_refused(window):
    """Nothing may be asked for beside the list."""
    with pytest.raises(NotAcceptable):
        acceptance.tell_once(window.desk, window.clerk, incomplete(window), {"LAYOUT": "再画一张"})


def test_a_notice_waits_until_every_question_is_answered(window):
    case = intake.with_answer(incomplete(window), "business", "sale", window.clock())

    with pytest.raises(NotAcceptable):
        acceptance.tell_once(window.desk, window.clerk, window.prefill(case), {})


def test_a_received_case_that_is_told_keeps_the_number_it_has(bare_window):
    """Also a temporary one: two numbers for one case would be two cases to the applicant."""
    case = received(bare_window, incomplete(bare_window))
    bare_window.lease()

    told = acceptance.tell_once(bare_window.desk, bare_window.clerk, case, {})

    assert (told.number, told.provisional_number) == (None, case.provisional_number)


# 不予受理 -----------------------------------------------------------------------------------------


NEXT_DOOR = Referral(office="邻县行政审批局", receiver="钱接收", phone="0990-1234567")


def test_declining_gives_the_paper_its_number_and_tells_nobody(window):
    case = acceptance.decline_case(window.desk, window.clerk, named(window), "NOT_REQUIRED", NOBODY)

    assert case.state is CaseState.DECLINED
    assert set(case.paper_numbers) == {"not_required"}
    assert window.messages(case) == []


def test_a_reason_that_is_not_listed_declines_nothing(window):
    """Missing papers are never a reason."""
    case = opened(window)

    with pytest.raises(NotAcceptable):
        acceptance.decline_case(window.desk, window.clerk, case, "MISSING_PAPERS", NOBODY)

    assert window.messages(case) == []


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"office": " "}, "有权办理的机关"),
        ({"receiver": ""}, "接收人姓名"),
        ({"phone": "不知道"}, "接收人电话"),
    ],
)
def test_sending_somebody_on_without_a_named_receiver_takes_no_number(window, lacking, said):
    """首办负责: he leaves with an office, a person and a telephone number."""
    with pytest.raises(NotAcceptable, match=f"还没写明{said}，没有出决定书"):
        acceptance.decline_case(
            window.desk, window.clerk, named(window), "NOT_COMPETENT", replace(NEXT_DOOR, **lacking)
        )
    later = acceptance.decline_case(
        window.desk, window.clerk, named(window), "NOT_COMPETENT", NEXT_DOOR
    )

    assert later.paper_numbers["decline"].endswith("1 号")
