"""The whole main job through the use cases: from the identity card to the handed-out permit."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.findings import Headline, NextAct
from clerk.domain.identity import Role
from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.services import approval, case_list, delivery, drafts, hand_off, paper_making, papers
from clerk.storage import journal
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.services import noodle_shop
from tests.services.printed_papers import printed
from tests.services.window import STATION, Window, opened


@dataclass(kw_only=True)
class Played:
    """The one case and what was seen of it on the way."""

    window: Window
    draft: Case
    accepted: Case
    signed_for: Case
    decided: Case
    result_ready: Case
    handed_out: Case
    queue: list[str]
    queue_after: list[str]
    papers: dict[CaseState, list[IssuedPaper]]


def due_papers(window: Window, case: Case) -> list[IssuedPaper]:
    return list(paper_making.make_due_papers(window.desk, window.clerk, case.case_id))


def waiting_for_the_chief(window: Window) -> list[str]:
    return [line.label for line in approval.approval_queue(window.desk, window.chief)]


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, empty, peers, press, catalogue, calendar
) -> Iterator[Played]:
    """Play it once; the tests below look at what came of it."""
    with opened(
        tmp_path_factory.mktemp("store"), empty, peers, press, catalogue, calendar
    ) as window:
        window.lease()
        desk, clerk = window.desk, window.clerk
        draft = drafts.save_draft(desk, clerk, noodle_shop.complete_in_full(window))
        made = {CaseState.DRAFT: due_papers(window, draft)}
        accepted = noodle_shop.accepted(window, draft)
        made[CaseState.ACCEPTED] = due_papers(window, accepted)
        window.deliver()
        signed_for = window.stored(accepted)
        queue = waiting_for_the_chief(window)
        decided = noodle_shop.decided(window, signed_for)
        made[CaseState.GRANTED] = due_papers(window, decided)
        printed(window, next(p for p in made[CaseState.GRANTED] if p.kind is PaperKind.DECISION))
        window.deliver()
        result_ready = window.stored(decided)
        handed_out = delivery.hand_out_result(
            desk,
            window.session(Role.RESULT_CLERK),
            decided.case_id,
            noodle_shop.HIS_OWN_CARD,
        )
        made[CaseState.HANDED_OUT] = due_papers(window, handed_out)
        window.deliver()
        hand_off.take_over_events(desk, clerk)
        yield Played(
            window=window,
            draft=draft,
            accepted=accepted,
            signed_for=signed_for,
            decided=decided,
            result_ready=result_ready,
            handed_out=handed_out,
            queue=queue,
            queue_after=waiting_for_the_chief(window),
            papers=made,
        )


def test_everything_passes_before_f9(played):
    verdict = played.window.check(played.draft)

    assert (verdict.headline, verdict.act) == (Headline.ACCEPTABLE, NextAct.ACCEPT_AND_PASS_ON)
    assert verdict.failed == verdict.open == ()


def test_the_licence_named_the_shop_whose_owner_stood_there(played):
    applicant = played.draft.applicant

    assert (applicant.party.name, applicant.party.id_number) == (
        NOODLE_SHOP.name,
        NOODLE_SHOP.code,
    )
    assert applicant.representative.id_number == ZHANG_SHILI.id_number


def test_it_is_accepted_on_18_march_and_promised_for_the_25th(played):
    case = played.accepted

    assert case.state is CaseState.ACCEPTED
    assert (case.due_on.isoformat(), case.statutory_due_on.isoformat()) == (
        "2026-03-25",
        "2026-04-01",
    )
    assert case.number.text.startswith("20260318-")
    assert case.paper_numbers[PaperKind.ACCEPTANCE.value].startswith("示审食受〔2026〕")


def test_the_department_signs_for_it_and_the_chief_finds_it_in_his_queue(played):
    assert played.signed_for.state is CaseState.UNDER_REVIEW
    assert played.queue == [played.accepted.label]
    assert played.queue_after == []


def test_the_chief_decides_with_a_number_of_the_offices_series(played):
    decision = played.decided.decision

    assert (played.decided.state, decision.by_name) == (CaseState.GRANTED, "郑范例")
    assert decision.number == "示审食决〔2026〕1 号"


def test_the_receipt_of_the_decision_brings_the_result_to_the_window(played):
    assert played.result_ready.state is CaseState.RESULT_WAITING


def test_the_result_leaves_the_window_and_the_case_is_closed(played):
    assert played.handed_out.state is CaseState.HANDED_OUT
    assert played.handed_out.hand_out.receiver == ZHANG_SHILI.name
    assert played.window.stored(played.handed_out).closed


def test_each_state_has_its_papers_and_none_is_made_twice(played):
    kinds = {state: [paper.kind for paper in made] for state, made in played.papers.items()}

    accepted = [PaperKind.ACCEPTANCE, PaperKind.RECEIPT]
    own = [PaperKind.APPLICATION, PaperKind.COMMITMENT]
    assert kinds == {
        CaseState.DRAFT: [],
        CaseState.ACCEPTED: [*accepted, *own],
        CaseState.GRANTED: [*accepted, PaperKind.DECISION, *own],
        CaseState.HANDED_OUT: [*accepted, PaperKind.DECISION, PaperKind.DELIVERY, *own],
    }
    ids = {state: {paper.paper_id for paper in made} for state, made in played.papers.items()}
    assert ids[CaseState.ACCEPTED] < ids[CaseState.GRANTED] < ids[CaseState.HANDED_OUT]


def test_every_paper_is_a_pdf_that_can_be_opened_again(played):
    window = played.window

    for paper in played.papers[CaseState.HANDED_OUT]:
        document = papers.paper_document(window.desk, window.clerk, paper)
        assert document.startswith(b"%PDF-")
        assert paper.pdf.pages >= 1


def test_the_papers_bear_the_numbers_that_were_given_with_the_act(played):
    numbers = {paper.kind: paper.number for paper in played.papers[CaseState.HANDED_OUT]}

    assert numbers[PaperKind.ACCEPTANCE] == played.accepted.paper_numbers["acceptance"]
    assert numbers[PaperKind.DECISION] == played.decided.decision.number


def test_every_other_system_was_told_once_and_in_order(played):
    window, case_id = played.window, str(played.handed_out.case_id)

    assert window.waiting(played.handed_out) == []
    told = {
        peer: [
            entry["operation"]
            for entry in window.heard(peer)
            if entry["case_id"] == case_id and entry["operation"] != "Ping"
        ]
        for peer in ("back_office", "platform")
    }
    assert told == {
        "back_office": ["SubmitCase", "SubmitDecision"],
        "platform": ["ClaimNumber", "ReportHandOut"],
    }


def test_the_department_holds_the_files_it_was_told_of(played):
    """A second witness: what the other end kept, not what we believe we sent."""
    state = played.window.peer("back_office").state()
    (submitted, decided) = (
        s for s in state["submissions"] if s["case_id"] == str(played.handed_out.case_id)
    )

    named = {
        file["sha256"] for material in submitted["body"]["materials"] for file in material["files"]
    }
    assert named
    assert set(submitted["files"]) == named
    assert submitted["body"]["number"] == played.accepted.label
    assert decided["body"]["decision_number"] == played.decided.decision.number


def test_the_library_was_told_what_became_of_the_licence(played):
    uses = played.window.peer("certlib").state()["uses"]

    mine = [use for use in uses if use["business_number"] == str(played.draft.case_id)]
    assert [use["outcome"] for use in mine] == ["ATTACHED"]


def test_the_course_of_the_case_tells_the_whole_story(played):
    tasks = {CaseEventKind.TASK_SET, CaseEventKind.TASK_DONE}
    events = played.window.stored(played.handed_out).events
    kinds = [event.kind for event in events if event.kind not in tasks]

    assert kinds == [
        CaseEventKind.OPENED,
        CaseEventKind.CERTIFICATE_USED,
        CaseEventKind.LETTER_SIGNED,
        CaseEventKind.RECEIVED,
        CaseEventKind.ACCEPTED,
        CaseEventKind.HANDED_OFF,
        CaseEventKind.DECIDED,
        CaseEventKind.RESULT_READY,
        CaseEventKind.HANDED_OUT,
        CaseEventKind.SIGNED_FOR,
    ]


def test_the_first_page_and_the_list_count_it(played):
    window = played.window
    query = CaseQuery(view=CaseView.ALL, on=window.desk.today())

    today = case_list.today_summary(window.desk, window.clerk, window.desk.today())
    lines = case_list.cases_page(window.desk, window.clerk, query, None, 0, 10)

    assert (today.accepted_today, today.deliveries.waiting, today.deliveries.stuck) == (1, 0, 0)
    assert [line.label for line in lines] == [played.accepted.label]
    assert case_list.cases_count(window.desk, window.clerk, query) == 1


def test_the_next_case_of_the_same_owner_is_offered_what_he_typed(played):
    window = played.window
    again = noodle_shop.opened(window)

    offered = drafts.earlier_values(window.desk, window.clerk, again)

    by_field = {one.field: one.value for one in offered}
    assert by_field["phone"] == ZHANG_SHILI.phone
    assert "licence_scope" not in by_field  # a certificate's value serves one case


def test_the_journal_is_whole_and_tells_each_act(played):
    lines = played.window.lines()

    acts = [line.act for line in lines if line.case_id == played.handed_out.case_id]
    assert played.window.read(lambda tx: journal.verify(tx, STATION)) is None
    for act in ("case.opened", "case.accepted", "paper.made", "case.decided", "case.handed_out"):
        assert act in acts
