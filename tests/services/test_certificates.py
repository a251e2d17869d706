"""Certificate reuse: nothing that does not fit, each use told once, and the paper way stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.certificate import CertificateStatus
from clerk.domain.errors import NotAllowed, RemoteTrouble, RemoteUnavailable
from clerk.domain.findings import NextAct
from clerk.services import (
    acceptance,
    certificate_leave,
    certificate_rechecks,
    certificates,
    drafts,
)
from clerk.storage import files
from integrations.practice.holdings import REAL_ESTATE, TYPE_CODES
from integrations.practice.people import DISPATCH_COMPANY, NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import shop
from tests.services.certificate_calls import by_code, calls, find, granted_by_phone, use
from tests.services.noodle_shop import (
    accepted,
    complete_on_paper,
    named,
    on_paper,
    opened,
    read_card,
    with_form_filled,
    with_licence_called,
)


def house_case(window):
    """A sole trader in his own house: the title is a certificate of his own."""
    standard = window.catalogue["sole_trader_registration"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    return intake.with_person(case, read_card(window), standard.applicant_kinds)


def outcomes(window, act):
    """The journal's lines of a call: the intent and what came of it."""
    return [line.detail for line in window.lines() if line.act == f"certificate.{act}"]


# 能不能用 -----------------------------------------------------------------------------------------


def titles(window, case):
    """The titles the library lists for the owner: valid, revoked, and of another name."""
    case = intake.with_answer(case, "premises", "own", window.clock())
    leave = granted_by_phone(window, case, "TITLE")
    found = find(window, case, leave, "TITLE")
    return case, leave, {one.number[-5:-1]: one for one in found}


def test_a_revoked_certificate_is_listed_and_not_used(window):
    case, leave, found = titles(window, house_case(window))
    revoked = next(one for one in found.values() if one.status is CertificateStatus.REVOKED)
    heard = len(window.heard("certlib"))

    with pytest.raises(NotAllowed):
        use(window, case, leave, revoked, "TITLE")

    assert len(window.heard("certlib")) == heard
    assert window.messages(case) == []


def test_a_certificate_of_another_name_is_not_used(window):
    case, leave, found = titles(window, house_case(window))
    other = next(one for one in found.values() if one.holder_name != ZHANG_SHILI.name)

    with pytest.raises(NotAllowed):
        use(window, case, leave, other, "TITLE")

    assert window.messages(case) == []


def test_the_one_that_fits_is_kept_with_its_file(window):
    case, leave, found = titles(window, house_case(window))
    fits = next(
        one
        for one in found.values()
        if one.status is CertificateStatus.VALID and one.holder_name == ZHANG_SHILI.name
    )

    used, (file,) = use(window, case, leave, fits, "TITLE")

    assert used.type_code == TYPE_CODES[REAL_ESTATE]
    kept = window.read(lambda tx: files.content_of(tx, file.sha256))
    assert kept.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "changed",
    [
        {"status": CertificateStatus.EXPIRED},
        {"status": CertificateStatus.SUSPENDED},
        {"status": CertificateStatus.UNKNOWN},
        {"type_code": TYPE_CODES[REAL_ESTATE]},
        {"authorised": False},
        {"formats": ("DWG",)},
    ],
    ids=["expired", "suspended", "unknown", "another kind", "without leave", "no usable file"],
)
def test_what_cannot_stand_in_is_refused_before_anything_is_fetched(window, changed):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    heard = len(window.heard("certlib"))

    with pytest.raises(NotAllowed):
        use(window, case, leave, replace(licence, **changed))

    assert len(window.heard("certlib")) == heard
    assert window.messages(case) == []


def test_a_certificate_that_ended_yesterday_is_refused(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    ended = replace(licence, valid_until_on=window.desk.today() - timedelta(days=1))

    with pytest.raises(NotAllowed):
        use(window, case, leave, ended)


def test_a_list_from_long_ago_tells_no_fresh_status(window):
    """Fetching the file says nothing of it: before acceptance the status is read again."""
    case = named(window)
    leave, (licence,) = by_code(window, case)
    window.clock.goes_on(minutes=7)

    made, kept = use(window, case, leave, licence)

    evidence = intake.from_certificate(made, kept, window.clerk, window.clock())
    case = intake.with_evidence(case, "LICENCE", evidence)
    assert certificate_rechecks.unread_statuses(window.desk, case) == ("LICENCE",)


def test_the_code_of_another_holder_gives_nothing_for_this_case(window):
    """Two may bear one name: the number decides."""
    namesake = replace(shop(), name=DISPATCH_COMPANY.name)
    case = intake.with_body(opened(window), namesake)

    with pytest.raises(NotAllowed):
        by_code(window, case, code=DISPATCH_COMPANY.use_code)

    assert calls(window) == ["VerifyUseCode"]
    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, case) == ()


def test_the_owners_shop_is_known_by_the_licence_he_shows(window):
    """Only his own identity card lay there before."""
    case = with_licence_called(window, opened(window))

    assert case.applicant is not None
    assert case.applicant.party.id_number == NOODLE_SHOP.code
    assert case.applicant.representative == read_card(window)


# 出了岔子 -----------------------------------------------------------------------------------------


def test_a_library_that_is_down_stops_nobody(window):
    """RemoteUnavailable is told, the paper is taken, the case is accepted."""
    case = with_form_filled(window, named(window))

    with window.trouble("certlib", "down"), pytest.raises(RemoteUnavailable):
        by_code(window, case)
    case = intake.with_value(case, "premises", NOODLE_SHOP.address, window.clock())
    case = on_paper(
        window, case, "APPLICATION", "LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES"
    )
    taken = acceptance.take_in(window.desk, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON)

    assert taken.accepted_at is not None


@pytest.mark.parametrize("fault", ["down", "html", "malformed", "truncated", "fault:BUSY"])
def test_a_call_that_fails_leaves_its_intent_and_its_outcome_in_the_journal(window, fault):
    case = named(window)

    with window.trouble("certlib", fault), pytest.raises(RemoteTrouble) as failed:
        by_code(window, case)

    intent, outcome = outcomes(window, "verify_use_code")
    assert '"outcome":"intent"' in intent
    assert f"{failed.value.kind}/{failed.value.sent}" in outcome


def test_a_file_that_breaks_off_is_not_kept_and_not_reported(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)

    with (
        window.trouble("certlib", "truncated", "FetchCertificateFile"),
        pytest.raises(RemoteUnavailable),
    ):
        use(window, case, leave, licence)

    assert window.messages(case) == []


def test_each_use_is_reported_to_the_library_once(window):
    case = drafts.save_draft(window.desk, window.clerk, with_licence_called(window, opened(window)))

    window.deliver()
    window.deliver()

    uses = window.peer("certlib").state()["uses"]
    mine = [one for one in uses if one["business_number"] == str(case.case_id)]
    assert [one["outcome"] for one in mine] == ["ATTACHED"]


def test_what_was_only_looked_at_is_reported_as_such(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)

    certificates.drop_certificate(window.desk, window.clerk, case, leave, licence)
    window.deliver()

    uses = window.peer("certlib").state()["uses"]
    mine = [one for one in uses if one["business_number"] == str(case.case_id)]
    assert [one["outcome"] for one in mine] == ["VIEWED"]


def test_a_library_that_is_down_holds_up_no_hand_off(window):
    case = with_licence_called(window, opened(window))
    complete = complete_on_paper(window)
    taken = accepted(window, complete)

    with window.trouble("certlib", "down", "ReportUse"):
        window.deliver()

    assert [m.kind.value for m in window.waiting(case)] == ["report_use"]
    assert window.waiting(taken) == []
