"""Results leave the window: on whose papers, by courier, after the fee, with every original."""

from dataclasses import replace

import pytest

from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.papers import PaperKind
from clerk.domain.parcel import ParcelState
from clerk.domain.parcels import under_way
from clerk.domain.receiving import IdentityCheck, ReceiverRole, Receiving
from clerk.domain.tasks import TaskKind, is_open, subjects_open
from clerk.services import delivery, hand_off, parcels
from clerk.services.case_acts import do_act, offered_acts
from tests.domain.at_the_result import SAMPLE_FEE
from tests.services.noodle_shop import HIS_OWN_CARD, accepted, complete_on_paper, decided
from tests.services.printed_papers import in_hand

ADDRESS = ActWords(
    choice="courier",
    people=("张示例",),
    number="13800000147",
    note="示例县清河镇演示路 9 号",
    reason="申请人来电",
)
EVERY = ActWords(material="*", choice="seen")


def acts(window, case, *asked):
    """Do acts one after the other as the window clerk."""
    for act, words in asked:
        case = do_act(window.desk, window.clerk, case.case_id, act, words)
    return case


def waiting(window, *, originals=EVERY, printed=True):
    """The result lies at the window; by default every original went back over the counter.

    ``printed``: its decision came out of a printer.
    """
    case = accepted(window, complete_on_paper(window))
    if originals is not None:
        acts(window, case, (CaseAct.PLACE_ORIGINALS, originals))
    window.deliver()
    decided(window, window.stored(case))
    window.deliver()
    result = window.stored(case)
    return in_hand(window, result, PaperKind.DECISION) if printed else result


def sent(window):
    case = acts(
        window,
        waiting(window),
        (CaseAct.CHANGE_WAY, ADDRESS),
        (CaseAct.SEND_RESULT, ActWords()),
    )
    window.deliver()
    return window.stored(case)


def carried(case):
    """The parcel that carries the result now."""
    parcel = under_way(case)
    assert parcel is not None
    return parcel


def handed(case):
    assert case.hand_out is not None
    return case.hand_out


def courier_says(window, case, **order):
    window.peer("courier").control({"case": str(case.case_id), **order})
    parcels.take_over_parcels(window.desk, window.clerk)
    return window.stored(case)


def test_after_acceptance_on_paper_somebody_has_to_say_where_the_originals_are(window):
    case = accepted(window, complete_on_paper(window))

    assert is_open(case, TaskKind.PLACE_ORIGINALS)
    said = acts(window, case, (CaseAct.PLACE_ORIGINALS, EVERY))

    assert not is_open(said, TaskKind.PLACE_ORIGINALS)


def test_the_first_reminder_has_its_day_when_the_result_is_there(window):
    case = waiting(window)

    assert case.state is CaseState.RESULT_WAITING
    assert list(subjects_open(case, TaskKind.REMIND_RESULT)) == ["1"]


def test_a_result_is_not_handed_out_over_an_original_nobody_accounted_for(window):
    case = waiting(window, originals=None)

    with pytest.raises(NotAcceptable):
        delivery.hand_out_result(window.desk, window.clerk, case.case_id, HIS_OWN_CARD)

    assert window.stored(case).state is CaseState.RESULT_WAITING


def test_a_proxy_takes_it_on_papers_with_a_reason_and_the_journal_says_so(window):
    proxy = Receiving(
        name="李样本",
        id_number="990123197001010039",
        identity=IdentityCheck.CARD_SEEN,
        mandate="3 月 17 日的委托书，双方身份证",
        reason="申请人住院",
    )
    case = waiting(window)
    with pytest.raises(NotAllowed):
        delivery.hand_out_result(
            window.desk, window.clerk, case.case_id, replace(proxy, mandate="")
        )

    out = delivery.hand_out_result(window.desk, window.clerk, case.case_id, proxy)

    assert handed(out).role is ReceiverRole.PROXY
    assert window.lines()[-1].act == "case.handed_out"
    assert proxy.name not in window.lines()[-1].detail


def test_a_parcel_is_booked_once_and_signed_for_it_delivers_the_case(window):
    case = sent(window)
    assert carried(case).waybill_number
    assert carried(case).state is ParcelState.BOOKED

    courier_says(window, case, step="picked_up")
    out = courier_says(window, case, step="delivered", taken_by="张示例")

    assert out.state is CaseState.HANDED_OUT
    assert handed(out).proof == case.parcels[-1].waybill_number
    window.deliver()
    kinds = [entry.message.kind for entry in window.messages(out)]
    assert kinds.count(MessageKind.REPORT_HAND_OUT) == 1
    assert kinds.count(MessageKind.BOOK_PARCEL) == 1
    assert window.waiting(out) == []


def test_a_parcel_that_came_back_lies_at_the_window_and_is_somebodys_task(window):
    back = courier_says(window, sent(window), step="came_back", reason="收件人拒收")

    assert back.state is CaseState.RESULT_WAITING
    assert back.parcels[-1].trouble == "收件人拒收"
    assert is_open(back, TaskKind.REMIND_RESULT, "1")
    out = delivery.hand_out_result(window.desk, window.clerk, back.case_id, HIS_OWN_CARD)
    assert out.state is CaseState.HANDED_OUT


def test_an_address_that_is_not_served_leaves_the_result_at_the_window(window):
    words = replace(ADDRESS, note="无人区 1 号")
    case = acts(
        window, waiting(window), (CaseAct.CHANGE_WAY, words), (CaseAct.SEND_RESULT, ActWords())
    )

    window.deliver()

    back = window.stored(case)
    assert back.parcels[-1].state is ParcelState.CAME_BACK
    assert back.state is CaseState.RESULT_WAITING


def test_while_the_line_to_the_courier_is_down_the_order_waits(window):
    case = acts(
        window, waiting(window), (CaseAct.CHANGE_WAY, ADDRESS), (CaseAct.SEND_RESULT, ActWords())
    )

    with window.trouble("courier", "down"):
        window.deliver()
        assert carried(window.stored(case)).state is ParcelState.ASKED

    window.clock.goes_on(minutes=10)
    window.deliver()
    assert carried(window.stored(case)).state is ParcelState.BOOKED


def test_what_the_courier_tells_is_taken_once(window):
    case = sent(window)
    courier_says(window, case, step="picked_up")

    assert parcels.take_over_parcels(window.desk, window.clerk) == 0


def test_a_counter_without_a_courier_sends_nothing(window):
    case = acts(window, waiting(window), (CaseAct.CHANGE_WAY, ADDRESS))

    with pytest.raises(NotAcceptable):
        parcels.send_by_courier(replace(window.desk, courier=None), window.clerk, case.case_id)


def test_a_charge_that_is_not_paid_holds_the_result_back(window):
    case = waiting(window)

    def standard(code, version):
        return replace(window.desk.standard(code, version), fees=(SAMPLE_FEE,))

    desk = replace(window.desk, standard=standard)
    told = do_act(
        desk, window.clerk, case.case_id, CaseAct.SETTLE_FEE, ActWords(choice="SAMPLE|notified")
    )
    assert is_open(told, TaskKind.PAY_FEE, "1")
    with pytest.raises(NotAcceptable):
        delivery.hand_out_result(desk, window.clerk, case.case_id, HIS_OWN_CARD)

    paid = ActWords(choice="SAMPLE|paid", number="票 990123")
    do_act(desk, window.clerk, case.case_id, CaseAct.SETTLE_FEE, paid)

    out = delivery.hand_out_result(desk, window.clerk, case.case_id, HIS_OWN_CARD)
    assert out.state is CaseState.HANDED_OUT


def test_the_acts_around_a_result_are_offered_to_the_result_clerk_and_to_no_chief(window):
    case = waiting(window)
    mine = {CaseAct.CHANGE_WAY, CaseAct.REMIND_RESULT}

    def open_to(session):
        return {one.act for one in offered_acts(window.desk, session, case) if one.bar is None}

    assert mine <= open_to(window.session(Role.RESULT_CLERK))
    assert not mine & open_to(window.chief)


def test_parcels_of_other_windows_are_kept_and_change_nothing(window, other_window):
    case = sent(other_window)
    window.peer("courier").control({"case": str(case.case_id), "step": "picked_up"})

    assert parcels.take_over_parcels(window.desk, window.clerk) >= 1
    assert hand_off.take_over_events(window.desk, window.clerk) >= 0
