"""Nothing of a holder's is called without his leave, and nothing of a principal's unsigned."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.certificate import AuthorisationMode, AuthorisationState
from clerk.domain.errors import BadInput, NotAllowed, RemoteRefused
from clerk.domain.identity import Role
from clerk.domain.party import MandateAct
from clerk.services import certificate_leave, drafts
from integrations.practice.people import CHEN_YANSHI, EXPIRED_USE_CODE, NOODLE_SHOP
from tests.domain.at_the_window import handler, mandate_of
from tests.services.certificate_calls import (
    BY_DUTY,
    ENTRUSTED,
    PHONE,
    ask,
    by_code,
    calls,
    find,
    granted_by_phone,
    use,
)
from tests.services.noodle_shop import named, opened, with_licence_called


def begin(window, case, mode):
    """Begin a call in one of the four ways."""
    if mode is AuthorisationMode.CODE:
        return by_code(window, case)
    return ask(window, case, mode, reason="依职权核验")


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

    answer = certificate_leave.poll_authorisation(window.desk, window.clerk, case, asked_for)

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


def test_calling_by_duty_without_a_reason_calls_nothing(window):
    with pytest.raises(BadInput):
        ask(window, named(window), BY_DUTY, reason="  ")

    assert calls(window) == []


def test_a_leave_ends_with_its_draft(window):
    case = drafts.save_draft(window.desk, window.clerk, named(window))
    by_code(window, case)
    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, case)

    drafts.destroy_draft(window.desk, window.clerk, case)

    assert certificate_leave.leaves_at_hand(window.desk, window.clerk, case) == ()


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


def test_nobody_is_asked_for_on_a_mandate_that_nobody_gave(window):
    with pytest.raises(NotAllowed):
        ask(window, named(window), ENTRUSTED)

    assert calls(window) == []


@pytest.mark.parametrize("holder", ["representative", "handler"])
def test_the_applicants_mandate_speaks_for_nobody_but_the_applicant(window, holder):
    """A third person's certificate is never called on the applicant's word."""
    mandate = mandate_of(MandateAct.SUBMIT, MandateAct.AUTHORISE_CERTIFICATES)
    case = intake.with_handler(named(window), handler(mandate))

    with pytest.raises(NotAllowed):
        certificate_leave.request_authorisation(
            held_by(window, holder), window.clerk, case, "LICENCE", ENTRUSTED, ""
        )

    assert calls(window) == []


def held_by(window, holder):
    """A desk whose standard asks for somebody else's licence."""
    standard = window.catalogue["food_business_permit"]
    asked = standard.requirement("LICENCE")
    other = replace(
        standard,
        requirements=tuple(
            replace(one, certificate=replace(asked.certificate, holder=holder))
            if one.code == "LICENCE"
            else one
            for one in standard.requirements
        ),
    )
    return replace(window.desk, standard=lambda _code, _version: other)


def test_the_handlers_own_card_is_his_own_to_show(window):
    """His own certificate needs nobody's leave but his."""
    desk = held_by(window, "handler")
    unsigned = mandate_of(MandateAct.SUBMIT, signed=False)
    case = intake.with_handler(named(window), handler(unsigned))

    asked_for = certificate_leave.request_authorisation(
        desk, window.clerk, case, "LICENCE", PHONE, ""
    )

    assert asked_for.holder.id_number == CHEN_YANSHI.id_number
