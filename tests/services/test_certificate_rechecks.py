"""Library down: the counter goes on, nothing is accepted on hope, and what was open is verified later."""

from dataclasses import replace

import pytest

from benchmarks.certificate_drafts import paper, pensioner
from benchmarks.counter import Counter
from clerk.app import rounds
from clerk.domain import intake
from clerk.domain.case import CaseEvent, CaseEventKind, CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.certificate import AuthorisationMode, CertificateStatus
from clerk.domain.certificate_recheck import last_recheck
from clerk.domain.certificate_status import with_statuses
from clerk.domain.errors import NotAcceptable, NotAllowed, RemoteUnavailable
from clerk.domain.findings import Check, NextAct, Outcome
from clerk.domain.identity import Role
from clerk.domain.tasks import TaskKind, is_open
from clerk.services import acceptance, certificate_rechecks
from clerk.services.case_acts import do_act
from clerk.services.certificate_leave import duty_calls_left
from clerk.services.tasks import my_tasks
from integrations.practice.people import NOODLE_SHOP
from tests.services.certificate_calls import by_code, calls, use
from tests.services.noodle_shop import (
    complete_on_paper,
    named,
    on_paper,
    opened,
    with_form_filled,
    with_licence_called,
)

RECHECK, VERIFY, LOOK = (
    TaskKind.RECHECK_CERTIFICATE,
    TaskKind.VERIFY_CERTIFICATE,
    TaskKind.LOOK_AT_CERTIFICATE,
)


def on_certificate(window):
    """Everything there, the licence by certificate, the rest on paper."""
    case = with_form_filled(window, with_licence_called(window, opened(window)))
    case = intake.with_value(case, "premises", NOODLE_SHOP.address, window.clock())
    return on_paper(window, case, "APPLICATION", "HEAD_ID", "LAYOUT", "RULES", "PREMISES")


def paper_while_down(window, *, consent=False, values=None):
    """The call fails, the licence is taken on paper; the rest is there too."""
    case = with_form_filled(window, named(window))
    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        by_code(window, case)
    for field, value in (values or {"premises": NOODLE_SHOP.address}).items():
        case = intake.with_value(case, field, value, window.clock())
    case = on_paper(
        window, case, "APPLICATION", "LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES"
    )
    case = certificate_rechecks.with_library_state(window.desk, case)
    if consent:
        case = certificate_rechecks.agree_to_later_check(window.desk, window.clerk, case)
    return case


def accepted(window, case):
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON)


def received(window, case):
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.RECEIVE_AND_PASS_ON)


def read_again(window, case):
    reads = certificate_rechecks.read_statuses(window.desk, window.clerk, case)
    return with_statuses(case, reads, window.clerk)


def asked_again(window, case):
    certificate_rechecks.ask_again(window.desk, window.clerk)
    return window.stored(case)


def told_of(case, code) -> CaseEvent:
    """The last word on a material."""
    told = last_recheck(case, code)
    assert told is not None
    return told


def for_people(window, who):
    """What somebody is shown of certificates that he has yet to do."""
    lines = my_tasks(window.desk, who)
    return [(line.kind, line.subject) for line in lines if line.kind in {RECHECK, VERIFY, LOOK}]


# 受理前再读状态 ------------------------------------------------------------------------------------


def test_a_status_read_minutes_ago_carries_no_acceptance_until_it_is_read_again(window):
    case = on_certificate(window)
    window.clock.goes_on(minutes=6)

    with pytest.raises(NotAcceptable, match="不是刚读的"):
        accepted(window, case)
    case = read_again(window, case)
    taken = accepted(window, case)

    assert taken.state is CaseState.ACCEPTED
    assert case.evidence["LICENCE"].certificate.status_read_at == window.clock()


def test_a_fresh_status_is_not_read_twice(window):
    case = on_certificate(window)
    before = len(window.heard("certlib"))

    assert certificate_rechecks.read_statuses(window.desk, window.clerk, case) == ()
    assert len(window.heard("certlib")) == before


def test_a_status_that_cannot_be_read_lets_the_case_be_received_and_not_accepted(window):
    case = on_certificate(window)
    window.clock.goes_on(minutes=6)

    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        read_again(window, case)
    with pytest.raises(NotAcceptable, match="先收件"):
        accepted(window, case)
    taken = received(window, case)

    assert taken.state is CaseState.RECEIVED
    assert is_open(taken, RECHECK, "LICENCE")


def test_what_is_not_valid_any_more_is_told_with_old_and_new_and_stands_for_nothing(window):
    case = on_certificate(window)
    held = case.evidence["LICENCE"]
    gone = replace(held.certificate, certificate_id="1.2.156.3005.2.没有这一本")
    case = intake.with_evidence(case, "LICENCE", replace(held, certificate=gone))
    window.clock.goes_on(minutes=6)

    case = read_again(window, case)

    found = [one for one in window.check(case).findings if one.check is Check.CERTIFICATE_STATUS]
    assert [(one.subject, one.outcome) for one in found] == [("LICENCE", Outcome.FAIL)]
    told = told_of(case, "LICENCE")
    assert [(one.before, one.after) for one in told.changed] == [("VALID", "UNKNOWN")]
    with pytest.raises(NotAcceptable):
        accepted(window, case)


def test_leave_that_ran_out_is_asked_for_once_more_and_never_stretched(window):
    case = on_certificate(window)
    window.clock.goes_on(minutes=31)
    before = len(window.heard("certlib"))

    with pytest.raises(NotAllowed, match="再亮一次码"):
        read_again(window, case)

    assert len(window.heard("certlib")) == before


# 证照库不通 ----------------------------------------------------------------------------------------


def test_a_paper_taken_while_the_library_was_down_is_noted_and_waits_to_be_verified(window):
    case = paper_while_down(window)

    assert case.evidence["LICENCE"].unasked is not None
    assert [code for code, held in case.evidence.items() if held.unasked] == ["LICENCE"]
    taken = accepted(window, case)

    assert taken.accepted_at is not None
    assert is_open(taken, RECHECK, "LICENCE")
    assert for_people(window, window.clerk) == []  # nothing for a person while it is down


def test_a_paper_that_somebody_simply_prefers_is_nobodys_business(window):
    taken = accepted(window, complete_on_paper(window))

    assert not is_open(taken, RECHECK, "LICENCE")
    assert taken.evidence["LICENCE"].unasked is None


def test_with_the_holders_word_for_one_later_check_it_is_verified_by_itself(window):
    case = accepted(window, paper_while_down(window, consent=True))
    files_before, left = case.evidence, duty_calls_left(window.desk, window.clerk)
    heard = len(calls(window))

    after = asked_again(window, case)

    told = told_of(after, "LICENCE")
    assert (told.detail["outcome"], told.detail["basis"]) == ("same", "consent")
    assert told.at == window.clock()
    assert told.detail["number"] == NOODLE_SHOP.code
    assert after.evidence == files_before
    assert RECHECK not in {TaskKind(name.partition("/")[0]) for name in after.tasks}
    assert calls(window)[heard:] == ["RequestAuthorization", "QueryCertificates"]
    asked_again(window, case)
    assert calls(window)[heard:] == ["RequestAuthorization", "QueryCertificates"]
    assert duty_calls_left(window.desk, window.clerk) == left  # it was his word, not our duty


def test_without_his_word_a_person_is_asked_and_the_library_is_not(window):
    case = accepted(window, paper_while_down(window))
    heard = len(calls(window))

    after = asked_again(window, case)

    assert calls(window)[heard:] == []
    assert is_open(after, VERIFY, "LICENCE")
    assert not is_open(after, RECHECK, "LICENCE")
    assert for_people(window, window.clerk) == [(VERIFY, "LICENCE")]


def test_a_difference_is_put_before_a_person_old_and_new_and_the_file_stays(window):
    values = {"premises": "示例县清河镇别处路 9 号"}
    case = accepted(window, paper_while_down(window, consent=True, values=values))

    after = asked_again(window, case)

    told = told_of(after, "LICENCE")
    assert told.detail["outcome"] == "different"
    assert [(one.code, one.before, one.after) for one in told.changed] == [
        ("premises", values["premises"], NOODLE_SHOP.address)
    ]
    assert (after.evidence, after.values) == (case.evidence, case.values)
    assert is_open(after, LOOK, "LICENCE")
    supervisor = window.session(Role.SUPERVISOR)
    assert for_people(window, supervisor) == [(LOOK, "LICENCE")]


def test_while_the_library_is_still_down_nothing_changes_and_it_is_left_alone_for_a_while(window):
    case = accepted(window, paper_while_down(window, consent=True))

    with window.trouble("certlib", "down"):
        with pytest.raises(RemoteUnavailable):
            certificate_rechecks.ask_again(window.desk, window.clerk)
        rounds.deliver(window.desk, window.clerk)
    waits = window.stored(case)
    assert is_open(waits, RECHECK, "LICENCE")
    assert last_recheck(waits, "LICENCE") is None
    assert certificate_rechecks.ask_again(window.desk, window.clerk) == 0
    window.clock.goes_on(minutes=2)

    assert told_of(asked_again(window, case), "LICENCE").detail["outcome"] == "same"


def test_leave_that_still_runs_covers_the_check_of_the_paper_too(window):
    """He had shown his code; the library broke off before the file came."""
    case = with_form_filled(window, named(window))
    leave, (licence,) = by_code(window, case)
    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        use(window, case, leave, licence)
    case = intake.with_value(case, "premises", NOODLE_SHOP.address, window.clock())
    case = on_paper(
        window, case, "APPLICATION", "LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES"
    )
    case = accepted(window, case)
    heard = len(calls(window))

    told = told_of(asked_again(window, case), "LICENCE")

    assert (told.detail["outcome"], told.detail["basis"]) == ("same", "leave")
    assert calls(window)[heard:] == ["QueryCertificates"]


def test_a_received_cases_certificate_is_read_again_while_its_leave_runs(window):
    case = on_certificate(window)
    window.clock.goes_on(minutes=6)
    case = received(window, case)

    told = told_of(asked_again(window, case), "LICENCE")

    assert (told.detail["outcome"], told.detail["basis"]) == ("same", "leave")


def test_who_may_not_call_certificates_leaves_it_to_another_window(window):
    case = accepted(window, paper_while_down(window, consent=True))

    assert certificate_rechecks.ask_again(window.desk, window.chief) == 0
    assert window.stored(case) == case


def test_a_late_paper_that_comes_while_the_library_is_down_waits_to_be_verified_too(
    window, catalogue
):
    at, counter = window.clock(), Counter(tuple(catalogue.values()))
    case = pensioner(counter, window.desk.new_id(), at, mistyped=False).case
    standard = window.catalogue[case.item_code]
    asked = standard.requirement("SOCIAL_CARD")
    calendar, today = window.desk.calendar, window.desk.today()
    later = intake.deferred(standard, asked, calendar, window.clerk, at, today)
    household = standard.requirement("HOUSEHOLD")
    case = intake.with_evidence(case, "HOUSEHOLD", paper(counter, household, at))
    case = accepted(window, intake.with_evidence(case, "SOCIAL_CARD", later))
    assert not is_open(case, RECHECK, "SOCIAL_CARD")
    window.clock.goes_on(minutes=1)

    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        by_code(window, case, "SOCIAL_CARD")
    words = ActWords(material="SOCIAL_CARD", choice="paper")
    after = do_act(window.desk, window.clerk, case.case_id, CaseAct.SUPPLY, words)

    assert is_open(after, RECHECK, "SOCIAL_CARD")
    assert not is_open(after, RECHECK, "HOUSEHOLD")


@pytest.mark.parametrize("fault", ["fault:ACCESS_DENIED", "wrong_reply"])
def test_what_the_library_refuses_or_garbles_is_a_persons_task(window, fault):
    case = accepted(window, paper_while_down(window, consent=True))

    with window.trouble("certlib", fault, "RequestAuthorization"):
        after = asked_again(window, case)

    assert is_open(after, VERIFY, "LICENCE")


def test_a_case_that_was_taken_back_is_not_asked_about(window):
    case = accepted(window, paper_while_down(window, consent=True))
    words = ActWords(reason="申请人书面撤回", choice="applicant")
    do_act(window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, words)
    heard = len(calls(window))

    after = asked_again(window, case)

    assert calls(window)[heard:] == []
    assert not is_open(after, RECHECK, "LICENCE")
    assert not is_open(after, VERIFY, "LICENCE")


# 人办的 --------------------------------------------------------------------------------------------


def test_a_person_verifies_by_hand_and_writes_down_how_he_knows(window):
    case = asked_again(window, accepted(window, paper_while_down(window)))
    words = ActWords(material="LICENCE", choice="same", note="持证人亮码，在一窗式平台看过")

    after = do_act(window.desk, window.clerk, case.case_id, CaseAct.VERIFY_CERTIFICATE, words)

    told = told_of(after, "LICENCE")
    assert (told.detail["basis"], told.detail["grounds"]) == ("by_hand", words.note)
    assert not is_open(after, VERIFY, "LICENCE")
    assert after.evidence == case.evidence


def test_what_he_finds_otherwise_goes_to_another_pair_of_eyes(window):
    case = asked_again(window, accepted(window, paper_while_down(window)))
    words = ActWords(material="LICENCE", choice="different", note="库里已注销")
    case = do_act(window.desk, window.clerk, case.case_id, CaseAct.VERIFY_CERTIFICATE, words)
    assert is_open(case, LOOK, "LICENCE")

    supervisor = window.session(Role.SUPERVISOR)
    seen = ActWords(material="LICENCE", note="转市场监管局核实，本件暂缓决定")
    after = do_act(window.desk, supervisor, case.case_id, CaseAct.LOOK_AT_CERTIFICATE, seen)

    assert not is_open(after, LOOK, "LICENCE")
    assert after.events[-1].kind is CaseEventKind.TASK_DONE
    assert after.events[-1].detail["note"] == seen.note
    with pytest.raises(NotAllowed):
        do_act(window.desk, window.clerk, case.case_id, CaseAct.LOOK_AT_CERTIFICATE, seen)


def received_by_duty(window):
    """Received on a certificate that was called by duty and whose status nobody read lately."""
    case = on_certificate(window)
    held = case.evidence["LICENCE"]
    by_duty = replace(
        held.certificate, mode=AuthorisationMode.BY_DUTY, leave_until_at=window.clock()
    )
    case = intake.with_evidence(case, "LICENCE", replace(held, certificate=by_duty))
    window.clock.goes_on(minutes=6)
    return received(window, case)


def test_a_certificate_called_by_duty_is_read_again_by_duty_until_the_days_cap(window):
    cases, office = [received_by_duty(window) for _ in range(2)], window.desk.office
    made = office.calls_by_duty_a_day - duty_calls_left(window.desk, window.clerk)
    one_more = replace(window.desk, office=replace(office, calls_by_duty_a_day=made + 1))
    heard = len(calls(window))
    certificate_rechecks.ask_again(one_more, window.clerk)

    assert calls(window)[heard:] == ["RequestAuthorization", "QueryCertificates"]
    stored = [window.stored(case) for case in cases]
    (told,) = filter(None, (last_recheck(one, "LICENCE") for one in stored))
    assert (told.detail["outcome"], told.detail["basis"]) == ("same", "duty")
    assert [is_open(one, VERIFY, "LICENCE") for one in stored].count(True) == 1


def test_no_hope_of_a_later_check_ever_carries_an_acceptance(window):
    """Neither an empty row, nor a certificate without its record, nor one of unknown status."""
    case = on_certificate(window)
    held = case.evidence["LICENCE"]
    unknown = replace(held.certificate, status=CertificateStatus.UNKNOWN)
    for hoped in (
        intake.without_evidence(case, "LICENCE"),
        intake.with_evidence(case, "LICENCE", replace(held, certificate=None)),
        intake.with_evidence(case, "LICENCE", replace(held, certificate=unknown)),
    ):
        with pytest.raises(NotAcceptable):
            accepted(window, hoped)
