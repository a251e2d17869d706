"""即办件 at one window: taken in, done and handed out without going anywhere, counted in keys."""

import pytest

from clerk.domain import intake
from clerk.domain.case import Case, CaseState
from clerk.domain.papers import PaperKind
from clerk.services import drafts
from clerk.storage import papers
from clerk.ui.approval import ApprovalPage
from clerk.ui.fast_lane import FastLane
from integrations.practice.people import ZHANG_SHILI
from tests.services import noodle_shop, sole_trader
from tests.services.starters import FILING, complete
from tests.stories.at_counter import FIRST_MS, AtCounter
from tests.stories.behind_the_counter import another_person, window_of
from tests.stories.pictures import grab

pytestmark = pytest.mark.own_window


def ready(counter: AtCounter) -> Case:
    """A filing that lacks nothing, in front of the clerk."""
    counter.go_intake()
    window = window_of(counter)
    draft = complete(window, FILING)
    for asked in window.catalogue[FILING].requirements:
        if asked.read_from_card and asked.code in draft.evidence:
            draft = intake.without_evidence(
                draft, asked.code
            )  # the card that was read stands for it
    window.reader.remove()
    kept = drafts.save_draft(counter.opened.desk, counter.floor.actions.intake.here.session, draft)
    counter.floor.open_case(kept.case_id)
    counter.until(lambda: counter.case().case_id == kept.case_id)
    counter.until_seen("歇业备案", "核对")
    return kept


def taken_in(counter: AtCounter) -> Case:
    case = ready(counter)
    counter.press("F9", "F9")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)
    counter.until_seen("即办件已办结，打好文书按 F9 接着登记送达", "备案通知书")
    return case


def test_a_filing_is_taken_in_and_handed_out_at_one_window_with_six_keys(counter):
    """F9 and F9: it takes effect. Its paper, the hand-out, the card of who takes it, the word."""
    case = taken_in(counter)
    counter.do(f"放上{ZHANG_SHILI.name}")

    counter.press("Ctrl+P")
    counter.until(lambda: printed(counter, case), FIRST_MS)
    counter.until_seen("接着登记送达")
    grab(counter, "fast-lane-papers")
    counter.press("F9")
    counter.until(lambda: counter.dialog() == "登记送达")
    counter.press("Ctrl+R")
    counter.until_seen("可以领，证件号一致")
    counter.press("F9")

    counter.until(lambda: counter.kept(case.case_id).state is CaseState.HANDED_OUT)
    counter.until_seen("已送达")
    grab(counter, "fast-lane-done")


def printed(counter: AtCounter, case: Case) -> bool:
    """Whether the paper of the result has come out, as the store has it."""
    with counter.store() as tx:
        kept = papers.of_case(tx, case.case_id)
    return any(one.kind is PaperKind.DECISION and one.copies_printed for one in kept)


def test_whoever_goes_elsewhere_finds_the_key_free_and_the_result_waiting(counter):
    case = taken_in(counter)

    counter.press("Esc")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.intake)
    counter.press("F9")

    assert counter.dialog() == ""
    assert counter.kept(case.case_id).state is CaseState.RESULT_WAITING


def test_what_was_offered_to_one_person_is_not_there_for_the_next(counter):
    taken_in(counter)

    another_person(counter, "zhou")

    counter.press("Ctrl+K")
    counter.type("接着登记")
    assert counter.dialog() == "找功能"
    assert not counter.sees("接着登记送达")


def test_papers_of_another_case_take_the_offer_away(counter):
    case = taken_in(counter)
    window = window_of(counter)
    floor = counter.floor
    other = noodle_shop.accepted(window)

    floor.show_papers(other)
    floor.intake.decision._frame.go_on(other)

    assert counter.station.window.acts.find("F9") is None
    assert counter.kept(case.case_id).state is CaseState.RESULT_WAITING


def test_an_item_that_is_not_done_at_once_offers_no_fast_lane(counter):
    window = window_of(counter)
    counter.go_intake()
    kept = drafts.save_draft(
        counter.opened.desk,
        counter.floor.actions.intake.here.session,
        noodle_shop.complete_on_paper(window),
    )
    window.reader.remove()
    counter.floor.open_case(kept.case_id)
    counter.until(lambda: counter.case().case_id == kept.case_id)
    counter.until_seen("可以受理")
    counter.press("F9", "F9")
    counter.until(lambda: counter.floor.shell.page() is counter.floor.documents)

    counter.press("F9")

    assert counter.dialog() == ""
    assert not counter.sees("即办件")
    assert not counter.sees("接着登记送达")


def test_what_the_chief_decides_at_once_waits_for_him_and_the_window_says_so(counter):
    counter.go_intake()
    window = window_of(counter)
    draft = sole_trader.complete(window)
    window.reader.remove()
    kept = drafts.save_draft(counter.opened.desk, counter.floor.actions.intake.here.session, draft)
    counter.floor.open_case(kept.case_id)
    counter.until(lambda: counter.case().case_id == kept.case_id)
    counter.until_seen("可以受理")

    counter.press("F9", "F9")

    counter.until_seen("即办件已受理，请首席代表当场审")
    assert not counter.sees("接着审批")


def test_who_may_decide_goes_on_to_the_decision_by_the_same_key(counter):
    case = sole_trader.accepted(window_of(counter))
    another_person(counter, "zheng")
    floor = counter.floor
    lane = FastLane(floor.shell, floor.actions, counter.station.jobs, floor.show_papers)
    floor.show_papers(case)
    counter.until(lambda: floor.shell.page() is floor.documents)

    lane.go_on(case)
    counter.until_seen("即办件已受理，按 F9 接着审批", "接着审批")
    counter.press("F9")

    counter.until(lambda: isinstance(floor.shell.page(), ApprovalPage))
    counter.until_seen(case.applicant_name, "个体工商户设立登记")
    assert counter.kept(case.case_id).state in {CaseState.ACCEPTED, CaseState.UNDER_REVIEW}
