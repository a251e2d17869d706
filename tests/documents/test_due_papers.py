"""The case's state decides which paper is due, and no kind of paper is owed by nothing."""

from dataclasses import replace
from itertools import product

import pytest

from clerk.documents.act_content import paper_of_act
from clerk.documents.content import materials_of, paper_of, returned_of
from clerk.documents.due import TITLES, due_papers, title_of
from clerk.documents.notice_html import html_for
from clerk.documents.notices import require_complete
from clerk.documents.remedies_text import remedies_of
from clerk.domain.agency_papers import AgencyEnd, AgencyMandate
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.delivery_papers import CourierSlip
from clerk.domain.hand_out import hand_out
from clerk.domain.papers import PaperKind
from clerk.domain.papers_due import PAPER_OF_ACT, papers_of_acts
from clerk.domain.parcel import postcode_in
from clerk.domain.parcels import booked
from clerk.domain.party import Handler, HandlerKind, Mandate, MandateAct
from clerk.domain.standard import LawKind
from clerk.settings import PRACTICE_OFFICE
from clerk.tour import sample_papers as samples
from integrations.practice.people import CHEN_YANSHI
from tests.documents.test_result_papers import occasion
from tests.domain.at_the_result import granted, scanned_case, waiting
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    accepted_case,
    person,
    rules,
)
from tests.domain.test_hand_out import OWNER
from tests.domain.test_parcels import HOME, NUMBER, sent

K = PaperKind
AGENT = person(CHEN_YANSHI)
RECEIVED = {K.RECEIPT}
TAKEN_IN = RECEIVED | {K.ACCEPTANCE}
DECIDED = TAKEN_IN | {K.DECISION}


def draft():
    return replace(accepted_case(), accepted_at=None)


def declined():
    said = CaseEvent(
        kind=CaseEventKind.DECLINED,
        at=NOW,
        actor="",
        actor_name="",
        detail={"reason": FOOD.decline_reasons[0].code},
    )
    return replace(draft(), events=(*accepted_case().events, said))


def handed_out():
    return hand_out(rules(), waiting(), OWNER, CLERK, NOW)


OF_STATE = {
    CaseState.DRAFT: (draft, set()),
    CaseState.RECEIVED: (draft, RECEIVED),
    CaseState.CORRECTION_DUE: (draft, {K.CORRECTION_NOTICE}),
    CaseState.DECLINED: (declined, {K.NOT_REQUIRED, K.DECLINE}),
    CaseState.ACCEPTED: (accepted_case, TAKEN_IN),
    CaseState.UNDER_REVIEW: (accepted_case, TAKEN_IN),
    CaseState.SPECIAL_PROCEDURE: (accepted_case, TAKEN_IN),
    CaseState.GRANTED: (granted, DECIDED),
    CaseState.REFUSED: (granted, DECIDED),
    CaseState.RESULT_WAITING: (waiting, DECIDED),
    CaseState.HANDED_OUT: (handed_out, DECIDED | {K.DELIVERY}),
    CaseState.WITHDRAWN: (accepted_case, TAKEN_IN),
    CaseState.LAPSED: (draft, RECEIVED),
    CaseState.VOID: (draft, RECEIVED),
    CaseState.PASSED_ON: (accepted_case, TAKEN_IN),
    CaseState.REVOKED: (handed_out, DECIDED | {K.DELIVERY}),
}


@pytest.mark.parametrize("state", CaseState)
def test_every_state_says_which_papers_are_due(state):
    case, due = OF_STATE[state]

    asked = due_papers(replace(case(), state=state), FOOD)

    assert len(asked) == len(set(asked))
    assert set(asked) == due or (state is CaseState.DECLINED and len(asked) == 1)
    assert set(asked) <= due


def handled_by(kind: HandlerKind, case: Case, relation: str = "村级代办员") -> Case:
    mandate = Mandate(acts=frozenset(MandateAct), from_on=TODAY, until_on=TODAY, signed=True)
    handler = Handler(party=AGENT, relation=relation, mandate=mandate, kind=kind)
    return replace(case, handler=handler)


def test_an_agent_of_the_village_owes_a_mandate_and_its_end_once_the_case_is_over():
    agents = {K.AGENCY_MANDATE, K.AGENCY_END}

    begun = due_papers(handled_by(HandlerKind.AGENT, accepted_case()), FOOD)
    over = due_papers(handled_by(HandlerKind.AGENT, handed_out()), FOOD)
    own = due_papers(handled_by(HandlerKind.OWN, handed_out(), "替他代办的侄子"), FOOD)

    assert agents & set(begun) == {K.AGENCY_MANDATE}
    assert agents <= set(over)
    assert not agents & set(own)


def test_the_papers_of_an_agency_say_who_may_do_what_and_why_it_ended():
    of = occasion(handled_by(HandlerKind.AGENT, handed_out()))

    mandate, end = (paper_of(kind, of) for kind in (K.AGENCY_MANDATE, K.AGENCY_END))

    for paper in (mandate, end):
        require_complete(paper)
    assert isinstance(mandate, AgencyMandate)
    assert isinstance(end, AgencyEnd)
    assert (mandate.agent_name, mandate.relation) == (AGENT.name, "村级代办员")
    assert mandate.services == tuple(MandateAct)
    assert end.ended_because == "委托事项已经办结，结果已经送达"


def test_no_kind_of_paper_is_owed_by_nothing():
    """By the state, by an act or its event, by the clerk's own wish, or for a whole bundle."""
    of_state = set().union(*(due for _, due in OF_STATE.values()))
    of_acts = set(PAPER_OF_ACT.values()) | {K.FEE_NOTICE, K.TRANSFER_SLIP, K.DECISION_CORRECTION}
    with_deferral = {K.DEFERRAL_NOTICE, K.DEFERRAL_PROMISE, K.CREDIT_NOTICE}
    asked_for = {K.APPLICATION, K.COMMITMENT, K.ROSTER, K.AGENCY_MANDATE, K.AGENCY_END}
    of_agents = {K.AGENCY_MANDATE, K.AGENCY_END}

    owed = of_state | of_acts | with_deferral | of_agents | asked_for | {K.COURIER_SLIP}

    assert owed == set(PaperKind) == set(TITLES)


def test_a_paper_beside_permits_is_called_otherwise_as_its_page_is():
    """行政许可法's own words (不予受理, 不予许可) stand on a permit's papers only."""
    for kind in LawKind:
        paper = samples.decline(law_kind=kind)
        assert f"<title>{title_of(paper)} " in html_for(paper)


def test_a_decision_is_listed_under_the_very_name_its_page_has():
    """备案通知书, 不予登记通知书 …: only a permit is granted by a 行政许可决定书."""
    for kind, yes in product(LawKind, (True, False)):
        paper = samples.decision(law_kind=kind, granted=yes, reason="" if yes else "条件不符合")
        assert f"<title>{title_of(paper)} " in html_for(paper)
    assert title_of(samples.decision(law_kind=LawKind.FILING)) == "备案通知书"
    assert title_of(samples.decision(law_kind=LawKind.BENEFIT)) == "办理结果通知书"


def test_what_ends_a_case_before_the_decision_owes_its_own_paper():
    """A state that ends a case by an act owes that act's paper on top of the state's."""
    ending = {CaseAct.LAPSE, CaseAct.WITHDRAW, CaseAct.FAIL_DEFERRAL}

    assert {PAPER_OF_ACT[act] for act in ending} == {K.TERMINATION_NOTICE}
    assert PAPER_OF_ACT[CaseAct.REVOKE] is K.REVOCATION


def test_a_parcel_owes_its_slip_once_the_courier_gave_the_number():
    before, case = sent(), booked(rules(), sent(), NUMBER, NOW)

    (owed,) = papers_of_acts(case)
    slip = paper_of_act(owed, occasion(case))

    assert papers_of_acts(before) == ()
    assert (owed.kind, owed.number) == (K.COURIER_SLIP, NUMBER)
    assert isinstance(slip, CourierSlip)
    require_complete(slip)
    assert slip.receiver_address == HOME.address
    assert slip.receiver_postcode == "由快递公司按地址填写"
    assert (slip.courier, slip.sender_postcode) == ("示例快递", "990123")


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("示例省示例县演示路 9 号 990123", "990123"),
        ("990123 示例省示例县演示路 9 号", "990123"),
        ("示例省示例县演示路 9 号", ""),
        ("示例小区 1000000 号楼", ""),
    ],
)
def test_a_postcode_is_read_where_it_was_written_with_the_address(address, postcode):
    assert postcode_in(address) == postcode


def test_an_item_without_a_text_of_its_own_names_the_government_of_its_hall():
    assert remedies_of(FOOD, PRACTICE_OFFICE) == FOOD.remedies

    told = remedies_of(replace(FOOD, remedies=""), PRACTICE_OFFICE)

    assert "向示例县人民政府申请行政复议" in told


def test_nothing_electronic_is_listed_as_given_back():
    """A called certificate is not returned; what lies on the counter is."""
    of = occasion(accepted_case())

    back = returned_of(of)

    assert 0 < len(back) <= len(materials_of(of))
    assert all(row.originals or row.copies for row in back)
    assert returned_of(occasion(scanned_case())) == tuple(
        row for row in materials_of(occasion(scanned_case())) if row.copies
    )
