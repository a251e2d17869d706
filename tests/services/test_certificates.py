"""Certificate reuse: nothing without leave, nothing that does not fit, and the paper way stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
)
from clerk.domain.errors import NotAllowed, RemoteRefused, RemoteTrouble, RemoteUnavailable
from clerk.domain.findings import NextAct
from clerk.domain.identity import Role
from clerk.domain.party import MandateAct
from clerk.services import acceptance, certificates, drafts
from clerk.storage import files
from integrations.practice.holdings import REAL_ESTATE, TYPE_CODES
from integrations.practice.people import (
    CHEN_YANSHI,
    DISPATCH_COMPANY,
    EXPIRED_USE_CODE,
    NOODLE_SHOP,
    ZHANG_SHILI,
)
from tests.domain.at_the_window import handler, mandate_of, shop
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

PHONE, ENTRUSTED, BY_DUTY = (
    AuthorisationMode.PHONE,
    AuthorisationMode.ENTRUSTED,
    AuthorisationMode.BY_DUTY,
)


def house_case(window):
    """A sole trader in his own house: the title is a certificate of his own."""
    standard = window.catalogue["sole_trader_registration"]
    case = drafts.open_case(window.desk, window.clerk, standard)
    return intake.with_person(case, read_card(window), standard.applicant_kinds)


def by_code(window, case, requirement="LICENCE", code=NOODLE_SHOP.use_code):
    return certificates.authorise_by_code(window.desk, window.clerk, case, requirement, code)


def ask(window, case, mode, requirement="LICENCE", who=None, reason=""):
    return certificates.request_authorisation(
        window.desk, who or window.clerk, case, requirement, mode, reason
    )


def begin(window, case, mode):
    """Begin a call in one of the four ways."""
    if mode is AuthorisationMode.CODE:
        return by_code(window, case)
    return ask(window, case, mode, reason="依职权核验")


def find(window, case, leave, requirement="LICENCE"):
    return certificates.find_certificates(window.desk, window.clerk, case, requirement, leave)


def use(window, case, leave, chosen, requirement="LICENCE"):
    return certificates.use_certificate(window.desk, window.clerk, case, requirement, leave, chosen)


def granted_by_phone(window, case, requirement="LICENCE"):
    """Ask the holder's phone and wait for his yes."""
    asked_for = ask(window, case, PHONE, requirement)
    window.peer("certlib").control(
        {"authorisation": asked_for.authorisation_id, "state": "GRANTED"}
    )
    return certificates.poll_authorisation(window.desk, window.clerk, case, asked_for)


def calls(window):
    return [entry["operation"] for entry in window.heard("certlib")]


def outcomes(window, act):
    """The journal's lines of a call: the intent and what came of it."""
    return [line.detail for line in window.lines() if line.act == f"certificate.{act}"]


# 授权 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [s for s in AuthorisationState if s is not AuthorisationState.GRANTED],
)
def test_without_the_holders_leave_nothing_is_called(window, state):
    """The library is not even asked: its log stays empty."""
    case = named(window)
    leave, (licence,) = by_code(window, case)
    heard = len(window.heard("certlib"))
    refused = replace(leave, state=state)

    with pytest.raises(NotAllowed):
        find(window, case, refused)
    with pytest.raises(NotAllowed):
        use(window, case, refused, licence)

    assert len(window.heard("certlib")) == heard
    assert window.messages(case) == []


def test_leave_runs_out_with_its_last_minute(window):
    case = named(window)
    leave, (licence,) = by_code(window, case)
    heard = len(window.heard("certlib"))
    window.clock.at = leave.valid_until_at - timedelta(seconds=1)
    assert find(window, case, leave)
    window.clock.at = leave.valid_until_at

    with pytest.raises(NotAllowed):
        use(window, case, leave, licence)

    assert len(window.heard("certlib")) == heard + 1


def test_nobody_is_asked_about_a_holder_nobody_knows(window):
    standard = window.catalogue["food_business_permit"]
    case = drafts.open_case(window.desk, window.clerk, standard)

    with pytest.raises(NotAllowed):
        ask(window, case, PHONE)

    assert calls(window) == []


def test_a_material_without_a_certificate_calls_nothing(window):
    with pytest.raises(NotAllowed):
        ask(window, named(window), PHONE, "LAYOUT")

    assert calls(window) == []


def test_the_phone_is_asked_and_silence_means_not_yet(window):
    case = named(window)

    asked_for = ask(window, case, PHONE)

    assert asked_for.state is AuthorisationState.PENDING
    with pytest.raises(NotAllowed):
        find(window, case, asked_for)
    assert granted_by_phone(window, case).state is AuthorisationState.GRANTED


def test_a_no_on_the_phone_is_a_no(window):
    case = named(window)
    asked_for = ask(window, case, PHONE)
    window.peer("certlib").control({"authorisation": asked_for.authorisation_id, "state": "DENIED"})

    answer = certificates.poll_authorisation(window.desk, window.clerk, case, asked_for)

    assert answer.state is AuthorisationState.DENIED
    with pytest.raises(NotAllowed):
        find(window, case, answer)


@pytest.mark.parametrize("code", ["0000-0000", EXPIRED_USE_CODE])
def test_a_code_that_does_not_count_gives_nothing(window, code):
    case = named(window)

    with pytest.raises(RemoteRefused):
        by_code(window, case, code=code)

    assert calls(window) == ["VerifyUseCode"]
    assert window.messages(case) == []


def test_a_code_is_written_nowhere(window):
    case = drafts.save_draft(window.desk, window.clerk, with_licence_called(window, opened(window)))

    written = [f"{line.detail}{line.act}" for line in window.lines()]
    written += [entry.message.body for entry in window.messages(case)]
    written.append(repr(window.stored(case)))
    assert not [text for text in written if NOODLE_SHOP.use_code in text]


def test_only_what_the_material_asks_for_is_named(window):
    """A code covers all of the holder's certificates; the others stay unnamed."""
    case = named(window)

    _, found = by_code(window, case)

    assert [one.type_name for one in found] == ["营业执照"]


def test_calling_by_duty_needs_the_role_that_may(window):
    case = named(window)

    with pytest.raises(NotAllowed):
        ask(window, case, BY_DUTY, who=window.session(Role.AGENT), reason="依职权核验")

    assert calls(window) == []
    assert ask(window, case, BY_DUTY, reason="依职权核验").state is AuthorisationState.GRANTED


# 代办 ---------------------------------------------------------------------------------------------

NO_MANDATES = {
    "unsigned": mandate_of(MandateAct.SUBMIT, MandateAct.AUTHORISE_CERTIFICATES, signed=False),
    "ended": mandate_of(
        MandateAct.SUBMIT,
        MandateAct.AUTHORISE_CERTIFICATES,
        until_on=mandate_of().from_on - timedelta(days=1),
    ),
}


@pytest.mark.parametrize("mandate", NO_MANDATES.values(), ids=NO_MANDATES)
@pytest.mark.parametrize("mode", [*AuthorisationMode])
def test_before_the_principal_signed_nothing_of_his_is_called_in_any_way(window, mandate, mode):
    case = intake.with_handler(named(window), handler(mandate))

    with pytest.raises(NotAllowed):
        begin(window, case, mode)

    assert calls(window) == []
    assert [line.act for line in window.lines()] == ["numbers.leased"]


@pytest.mark.parametrize("mode", [PHONE, ENTRUSTED])
def test_a_mandate_that_does_not_speak_of_certificates_asks_nobodys_phone(window, mode):
    case = intake.with_handler(named(window), handler(mandate_of(MandateAct.SUBMIT)))

    with pytest.raises(NotAllowed):
        ask(window, case, mode)

    assert calls(window) == []


def test_a_signed_mandate_carries_the_code_the_principal_gave(window):
    case = intake.with_handler(named(window), handler(mandate_of(MandateAct.SUBMIT)))

    leave, _ = by_code(window, case)

    assert leave.state is AuthorisationState.GRANTED


def test_a_mandate_that_speaks_of_certificates_lets_the_handler_ask(window):
    mandate = mandate_of(MandateAct.SUBMIT, MandateAct.AUTHORISE_CERTIFICATES)
    case = intake.with_handler(named(window), handler(mandate))

    assert ask(window, case, ENTRUSTED).state is AuthorisationState.PENDING


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


def test_the_code_of_another_holder_gives_nothing_for_this_case(window):
    """Two may bear one name: the number decides."""
    namesake = replace(shop(), name=DISPATCH_COMPANY.name)
    case = intake.with_body(opened(window), namesake)
    leave, (licence,) = by_code(window, case, code=DISPATCH_COMPANY.use_code)
    heard = len(window.heard("certlib"))

    with pytest.raises(NotAllowed):
        use(window, case, leave, licence)

    assert len(window.heard("certlib")) == heard


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


def test_the_handlers_own_card_is_his_own_to_show(window):
    """His own certificate needs nobody's leave but his."""
    standard = window.catalogue["food_business_permit"]
    asked = standard.requirement("LICENCE")
    own = replace(
        standard,
        requirements=tuple(
            replace(one, certificate=replace(asked.certificate, holder="handler"))
            if one.code == "LICENCE"
            else one
            for one in standard.requirements
        ),
    )
    desk = replace(window.desk, standard=lambda _code, _version: own)
    unsigned = mandate_of(MandateAct.SUBMIT, signed=False)
    case = intake.with_handler(named(window), handler(unsigned))

    asked_for = certificates.request_authorisation(desk, window.clerk, case, "LICENCE", PHONE, "")

    assert asked_for.holder.id_number == CHEN_YANSHI.id_number
