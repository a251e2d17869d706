"""A promise on the real store: signed, granted upon, checked, heard, revoked, told, counted."""

from datetime import date

import pytest

from clerk.child.png import png
from clerk.domain import intake
from clerk.domain.after_check import open_checks
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed, PinNeeded
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.domain.papers import PaperKind
from clerk.domain.party import MandateAct
from clerk.domain.promise_rate import PromiseRate
from clerk.domain.standard import Way
from clerk.services import letter_signing, paper_making
from clerk.services.case_acts import do_act, offered_acts
from clerk.services.check_files import keep_check_file
from clerk.services.promises import false_promise_rates
from tests.domain.at_the_window import handler, mandate_of
from tests.services.noodle_shop import (
    FOOD,
    accepted,
    complete_on_paper,
    decided,
    promised,
    received,
)
from tests.services.printed_papers import in_hand

PNG = png(b"\xff", width=1, height=1, colour=False)
FOUND_FALSE = ActWords(material="PREMISES", choice="false", note="产权人没有同意出租")
WHY = "承诺的场所没有合法使用权，申辩不能证明已取得同意"
BASIS = "《行政许可法》第六十九条"


def drafted(window):
    """Everything on paper but one proof, for which a letter is signed."""
    case = intake.without_evidence(complete_on_paper(window), "PREMISES")
    return promised(window, case, "PREMISES")


def promised_case(window):
    return accepted(window, drafted(window))


def granted(window):
    return decided(window, promised_case(window))


def act(window, who, case, kind, **words):
    return do_act(window.desk, who, case.case_id, kind, ActWords(**words))


def found_false(window):
    return do_act(
        window.desk,
        window.session(Role.SUPERVISOR),
        granted(window).case_id,
        CaseAct.CHECK_PROMISE,
        FOUND_FALSE,
    )


def heard(window):
    case = act(window, window.chief, found_false(window), CaseAct.OFFER_HEARING, reason=WHY)
    in_hand(window, case, PaperKind.HEARING_NOTICE)
    return act(window, window.chief, case, CaseAct.ANSWER_HEARING, choice="spoke", note="愿意搬迁")


def revoked(window):
    return act(
        window, window.proved(window.chief), heard(window), CaseAct.REVOKE, reason=WHY, note=BASIS
    )


def kinds(window, case):
    made = paper_making.make_due_papers(window.desk, window.chief, case.case_id)
    return {paper.kind for paper in made}


def bar_of(window, who, case, kind):
    return next(one.bar for one in offered_acts(window.desk, who, case) if one.act is kind)


def test_a_grant_upon_a_promise_sets_its_check(window):
    assert set(open_checks(granted(window))) == {"PREMISES"}


def test_the_window_clerk_who_took_it_in_finds_no_way_to_check_it(window):
    case = granted(window)

    assert bar_of(window, window.clerk, case, CaseAct.CHECK_PROMISE) is ActBar.NOT_YOUR_ROLE
    with pytest.raises(NotAllowed):
        do_act(window.desk, window.clerk, case.case_id, CaseAct.CHECK_PROMISE, FOUND_FALSE)


def test_whoever_took_it_in_checks_nothing_in_another_role_either(window):
    case = granted(window)
    account = window.clerk.account
    both = window.session(
        account=type(account)(
            account_id=account.account_id,
            display_name=account.display_name,
            roles=frozenset({Role.WINDOW_CLERK, Role.SUPERVISOR}),
        )
    )

    assert bar_of(window, both, case, CaseAct.CHECK_PROMISE) is ActBar.OWN_WORK
    with pytest.raises(NotAllowed, match="不能由你核查"):
        do_act(window.desk, both, case.case_id, CaseAct.CHECK_PROMISE, FOUND_FALSE)


def test_a_finding_with_a_picture_keeps_it_with_the_case(window):
    supervisor = window.session(Role.SUPERVISOR)
    file = keep_check_file(window.desk, supervisor, PNG, "现场.png", "image/png")

    case = act(
        window,
        supervisor,
        granted(window),
        CaseAct.CHECK_PROMISE,
        material="PREMISES",
        choice="true",
        note="看过租赁合同原件",
        files=(file,),
    )

    assert case.checks.after[0].files == (file,)
    assert open_checks(case) == {}


def test_a_finding_needs_a_result(window):
    with pytest.raises(BadInput):
        act(
            window,
            window.session(Role.SUPERVISOR),
            granted(window),
            CaseAct.CHECK_PROMISE,
            material="PREMISES",
            note="去过",
        )


def test_a_revocation_has_its_number_its_papers_and_is_told(window):
    case = revoked(window)

    assert case.state is CaseState.REVOKED
    assert case.checks.revocation is not None
    assert case.checks.revocation.number == case.paper_numbers["revocation"]
    assert case.checks.revocation.decision_number == case.paper_numbers["decision"]
    assert {PaperKind.HEARING_NOTICE, PaperKind.REVOCATION} <= kinds(window, case)
    last = window.messages(case)[-1].message
    assert last.kind is MessageKind.SUBMIT_CASE
    assert '"revocation":{' in last.body


def test_a_revocation_asks_for_the_pin_like_any_decision(window):
    case = heard(window)
    window.clock.goes_on(minutes=10)

    with pytest.raises(PinNeeded):
        act(window, window.chief, case, CaseAct.REVOKE, reason=WHY, note=BASIS)


def test_a_refused_revocation_takes_no_number(window):
    case = found_false(window)

    with pytest.raises(NotAcceptable):
        act(window, window.proved(window.chief), case, CaseAct.REVOKE, reason=WHY, note=BASIS)
    after = act(window, window.chief, case, CaseAct.OFFER_HEARING, reason=WHY)

    assert "revocation" not in window.stored(case).paper_numbers
    assert after.paper_numbers["hearing_notice"].endswith("〕1 号")


def test_the_served_revocation_closes_the_case(window):
    case = act(
        window,
        window.clerk,
        in_hand(window, revoked(window), PaperKind.REVOCATION),
        CaseAct.SERVE_REVOCATION,
        people=("张示例",),
        note="直接送达",
    )

    assert case.closed


def test_a_repair_is_ordered_on_paper_and_checked_again(window):
    case = act(
        window,
        window.chief,
        found_false(window),
        CaseAct.ORDER_REPAIR,
        material="PREMISES",
        reason="取得产权人书面同意",
        until_on=date(2026, 4, 30),
    )

    assert open_checks(case) == {"PREMISES": date(2026, 4, 30)}
    assert PaperKind.REPAIR_ORDER in kinds(window, case)
    assert bar_of(window, window.chief, case, CaseAct.REVOKE) is ActBar.REPAIR_RUNS


def test_a_letter_and_papers_stand_in_one_act_and_the_letter_goes_back_before_acceptance(window):
    """While the department has still to accept it, the way back to paper is open (收件)."""
    case = received(window, drafted(window))
    ways = {code: held.way for code, held in case.evidence.items()}
    assert (ways["PREMISES"], ways["RULES"]) == (Way.COMMITMENT, Way.PAPER)

    after = act(window, window.clerk, case, CaseAct.WITHDRAW_PROMISE, material="PREMISES")

    assert after.state is CaseState.RECEIVED
    assert after.evidence["PREMISES"].way is Way.PAPER
    assert PaperKind.SUPPLEMENT_RECEIPT in {
        one.kind for one in paper_making.make_due_papers(window.desk, window.clerk, after.case_id)
    }
    told = window.messages(after)[-1].message
    assert told.kind is MessageKind.SUBMIT_CASE


def test_a_promise_taken_back_before_the_decision_is_never_checked(window):
    case = act(
        window, window.clerk, promised_case(window), CaseAct.WITHDRAW_PROMISE, material="PREMISES"
    )

    assert case.evidence["PREMISES"].older[0].letter is not None
    assert PaperKind.SUPPLEMENT_RECEIPT in kinds(window, case)
    assert open_checks(decided(window, case)) == {}


def test_the_rate_of_false_promises_is_known_by_item(window):
    granted(window)
    found_false(window)

    rates = false_promise_rates(window.desk, window.session(Role.SUPERVISOR))

    assert rates == [
        PromiseRate(
            item_code=FOOD,
            item_name="食品经营许可新办",
            promised=2,
            found_true=0,
            found_false=1,
            unclear=0,
        )
    ]
    assert rates[0].false_percent == 100.0


def test_without_a_check_no_rate_is_claimed(window):
    granted(window)

    (rate,) = false_promise_rates(window.desk, window.chief)

    assert rate.false_percent is None


def test_an_agent_without_leave_to_promise_signs_nothing(window):
    case = intake.with_handler(complete_on_paper(window), handler(mandate_of(MandateAct.SUBMIT)))

    with pytest.raises(NotAllowed, match="委托书"):
        letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES")
