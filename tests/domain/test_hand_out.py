"""The result leaves the window (送达): to whom, on which papers, and what stands in the way."""

from dataclasses import replace

import pytest

from clerk.domain.case import CaseState
from clerk.domain.custody import owed, place_originals
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.hand_out import hand_out, takers
from clerk.domain.identity import Role
from clerk.domain.originals import OriginalPlace
from clerk.domain.party import MandateAct
from clerk.domain.receiving import IdentityCheck, ReceiverRole, Receiving
from clerk.domain.tasks import TaskKind
from integrations.practice.people import CHEN_YANSHI, ZHANG_SHILI
from tests.domain.at_the_result import granted, scanned_case, waiting
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    accepted_case,
    handler,
    mandate_of,
    rules,
    session,
)

OWNER = Receiving(
    name=ZHANG_SHILI.name, id_number=ZHANG_SHILI.id_number, identity=IdentityCheck.CARD_READ
)
STRANGER = Receiving(
    name="李样本", id_number="990123197001010039", identity=IdentityCheck.CARD_SEEN
)


def given(case, receiving=OWNER, who=CLERK):
    return hand_out(rules(), case, receiving, who, NOW)


def test_a_body_takes_its_result_by_its_representative():
    out = given(waiting())

    assert out.state is CaseState.HANDED_OUT
    assert out.hand_out.role is ReceiverRole.REPRESENTATIVE
    assert out.hand_out.identity is IdentityCheck.CARD_READ
    assert not out.tasks, "nobody is reminded of what was fetched"


def test_a_handler_takes_it_only_by_a_mandate_that_says_so():
    by_hand = replace(scanned_case(), handler=handler(mandate_of(MandateAct.SUBMIT)))
    may_collect = replace(by_hand, handler=handler(mandate_of(MandateAct.COLLECT)))
    his_card = replace(OWNER, name=CHEN_YANSHI.name, id_number=CHEN_YANSHI.id_number)

    with pytest.raises(NotAllowed):
        given(waiting(by_hand), his_card)
    out = given(waiting(may_collect), his_card)

    assert out.hand_out.role is ReceiverRole.HANDLER
    assert [one.role for one in takers(may_collect, TODAY)] == [
        ReceiverRole.REPRESENTATIVE,
        ReceiverRole.HANDLER,
    ]


def test_the_number_decides_and_not_the_name_alone():
    with pytest.raises(NotAllowed):
        given(waiting(), replace(OWNER, id_number=CHEN_YANSHI.id_number))


def test_a_proxy_needs_papers_and_a_reason():
    """代收原因 is a mandatory line of the 送达回证."""
    papers = replace(STRANGER, mandate="3 月 17 日的委托书，双方身份证")

    with pytest.raises(NotAllowed):
        given(waiting(), STRANGER)
    with pytest.raises(BadInput):
        given(waiting(), papers)
    out = given(waiting(), replace(papers, reason="申请人住院"))

    assert (out.hand_out.role, out.hand_out.way) == (ReceiverRole.PROXY, "proxy")
    assert out.hand_out.reason == "申请人住院"


def test_only_a_supervisor_lets_somebody_else_through_and_says_why():
    wanted = replace(STRANGER, let_through=True, reason="申请人已故，这是他的儿子")
    supervisor = session(Role.SUPERVISOR, account_id="sun")

    with pytest.raises(NotAllowed):
        given(waiting(), wanted)
    with pytest.raises(BadInput):
        given(waiting(), replace(wanted, reason=" "), supervisor)

    assert given(waiting(), wanted, supervisor).hand_out.role is ReceiverRole.LET_THROUGH


def test_nothing_is_handed_out_to_nobody():
    with pytest.raises(BadInput):
        given(waiting(), replace(OWNER, name=" "))


def test_nothing_is_handed_out_before_it_is_there():
    with pytest.raises(NotAcceptable):
        given(granted(scanned_case()))


def kept():
    case = place_originals(
        rules(), accepted_case(), "*", OriginalPlace.KEPT, CLERK, NOW, back_by_on=TODAY
    )
    return waiting(case)


def test_kept_originals_go_back_with_the_result():
    out = given(kept())

    assert not owed(FOOD, out)
    assert {held.to for held in out.custody.values()} == {ZHANG_SHILI.name}
    assert not out.tasks


def test_originals_that_stay_need_a_reason_and_stay_a_task():
    out = given(kept(), replace(OWNER, originals_stay="部门还在核验"))

    assert out.state is CaseState.HANDED_OUT
    assert owed(FOOD, out)
    assert TaskKind.RETURN_ORIGINALS.value in out.tasks


def test_a_case_does_not_close_over_originals_nobody_accounted_for():
    with pytest.raises(NotAcceptable) as refused:
        given(waiting(accepted_case()))

    assert FOOD.requirement("LAYOUT").name in str(refused.value)
