"""The after-check by the certificate library: on the applicant's written consent, as evidence."""

from dataclasses import replace

import pytest

from clerk.child.png import png
from clerk.domain import intake
from clerk.domain.after_check import open_checks
from clerk.domain.case import CaseEventKind
from clerk.domain.case_acts import ActBar, ActWords, CaseAct
from clerk.domain.certificate import CertificateStatus
from clerk.domain.check_records import CheckFinding, OnlineOutcome
from clerk.domain.decisions import points_to_look_at
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.identity import Account, Role
from clerk.domain.review import PointOutcome
from clerk.services import acceptance, approval, letter_signing
from clerk.services.case_acts import do_act, offered_acts
from clerk.services.check_files import keep_check_file
from tests.services.sole_trader import TRADER, complete

PNG = png(b"\xff", width=1, height=1, colour=False)
OPINION = "材料齐全，符合登记条件，准予登记。"


def granted(window, *, consent=True):
    """A trader promised that the shop is his own; the registration was granted upon it."""
    case = intake.without_evidence(complete(window), "TITLE")
    asked = window.catalogue[TRADER].requirement("TITLE")
    letter = letter_signing.sign_letter(window.desk, window.clerk, case, "TITLE")
    letter = replace(letter, online_check=letter.online_check and consent)
    case = intake.with_evidence(case, "TITLE", intake.promised(asked, letter, window.clerk))
    case = intake.letter_was_signed(case, window.clerk, asked, window.clock())
    case = acceptance.take_in(window.desk, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON)
    for point in points_to_look_at(window.catalogue[TRADER], case):
        approval.answer_review_point(
            window.desk, window.chief, case.case_id, point, PointOutcome.MET
        )
    chief = window.proved(window.chief)
    return approval.decide_case(window.desk, chief, case.case_id, True, OPINION)


def supervisor(window):
    return window.session(Role.SUPERVISOR)


def asked_online(window, case):
    words = ActWords(material="TITLE")
    return do_act(window.desk, supervisor(window), case.case_id, CaseAct.CHECK_ONLINE, words)


def found(window, case, finding, **more):
    words = ActWords(material="TITLE", choice=finding, note="和库里登记的核对过", **more)
    return do_act(window.desk, supervisor(window), case.case_id, CaseAct.CHECK_PROMISE, words)


def bar(window, who, case):
    return next(
        one.bar for one in offered_acts(window.desk, who, case) if one.act is CaseAct.CHECK_ONLINE
    )


def test_the_letter_carries_the_consent_where_the_applicant_signs_it_himself(window):
    case = granted(window)

    letter = case.evidence["TITLE"].letter

    assert letter is not None
    assert letter.online_check
    assert bar(window, supervisor(window), case) is None


def test_what_the_library_says_stands_as_evidence_and_is_no_finding_by_itself(window):
    case = asked_online(window, granted(window))

    (answer,) = case.checks.online
    assert (answer.outcome, answer.by) == (OnlineOutcome.FOUND, "wu")
    assert CertificateStatus.VALID in {one.status for one in answer.certificates}
    assert open_checks(case)
    assert case.checks.after == ()
    assert case.events[-1].kind is CaseEventKind.PROMISE_ASKED_ONLINE

    checked = found(window, case, "true")

    assert checked.checks.after[-1].online == answer
    assert open_checks(checked) == {}


def test_only_the_applicants_own_certificate_of_the_promised_kind_is_asked_for(window):
    before = len(window.heard("certlib"))
    case = asked_online(window, granted(window))

    heard = window.heard("certlib")[before:]
    assert [one["operation"] for one in heard] == ["RequestAuthorization", "QueryCertificates"]
    assert {one["case_id"] for one in heard if "case_id" in one} <= {str(case.case_id)}
    (answer,) = case.checks.online
    assert {one.type_name for one in answer.certificates} == {"不动产权证书"}
    lines = [line for line in window.lines() if line.act.startswith("certificate.")]
    assert [line.account_id for line in lines[-4:]] == ["wu"] * 4


@pytest.mark.parametrize("finding", ["true", "false"])
def test_no_answer_is_never_a_finding(window, finding):
    with window.trouble("certlib", "down"):
        case = asked_online(window, granted(window))

    assert case.checks.online[-1].outcome is OnlineOutcome.NO_ANSWER
    assert case.checks.online[-1].trouble
    with pytest.raises(NotAcceptable, match="没有答复"):
        found(window, case, finding)
    assert window.stored(case).checks.after == ()

    unclear = found(window, case, "unclear")
    assert unclear.checks.after[-1].finding is CheckFinding.UNCLEAR
    assert open_checks(unclear)


def test_where_the_library_is_silent_other_evidence_still_counts(window):
    with window.trouble("certlib", "down"):
        case = asked_online(window, granted(window))
    file = keep_check_file(window.desk, supervisor(window), PNG, "登记簿.png", "image/png")

    assert found(window, case, "true", files=(file,)).checks.after[-1].files == (file,)


def test_without_the_applicants_own_consent_nothing_is_asked(window):
    before = len(window.heard("certlib"))
    case = granted(window, consent=False)

    assert bar(window, supervisor(window), case) is ActBar.NOTHING_TO_ASK
    with pytest.raises(NotAcceptable, match="本人同意"):
        asked_online(window, case)
    assert window.heard("certlib")[before:] == []


def test_who_took_the_case_in_asks_nothing_of_the_library_for_its_check(window):
    case = granted(window)
    account = window.clerk.account
    both = window.session(
        account=Account(
            account_id=account.account_id,
            display_name=account.display_name,
            roles=frozenset({Role.WINDOW_CLERK, Role.SUPERVISOR}),
        )
    )

    assert bar(window, both, case) is ActBar.OWN_WORK
    assert bar(window, window.clerk, case) is ActBar.NOT_YOUR_ROLE
    for who in (both, window.clerk):
        with pytest.raises(NotAllowed):
            do_act(window.desk, who, case.case_id, CaseAct.CHECK_ONLINE, ActWords(material="TITLE"))
