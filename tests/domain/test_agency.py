"""An agent of the hall or the village: whose hand his mandate needs, and what becomes of it."""

from dataclasses import replace
from uuid import UUID

import pytest

from clerk.domain import intake
from clerk.domain.agency import mandate_was_signed, principal_of, require_open_mandate
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.case_files import files_of
from clerk.domain.errors import NotAcceptable
from clerk.domain.handwriting import HandwritingRefused
from clerk.domain.material import Origin, SignedLetter
from clerk.domain.party import HandlerKind, MandateAct, PartyKind
from clerk.ui.intake_words import evidence_origin, evidence_summary
from clerk.wording import ORIGINS
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    draft,
    handler,
    mandate_of,
    person,
    scan,
    shop,
)

TITLE = "帮办代办委托书"


def asked():
    """An agent of the village acts, nobody has signed yet."""
    agent = replace(handler(mandate_of(MandateAct.SUBMIT, signed=False)), kind=HandlerKind.AGENT)
    return intake.with_handler(intake.with_person(draft(), person(), (PartyKind.PERSON,)), agent)


def letter(case, signer=""):
    file = scan()
    return SignedLetter(
        template="agency_mandate 1",
        template_sha256="",
        text_sha256="",
        offered_at=NOW,
        signed_at=NOW,
        signer=signer or principal_of(case),
        docx=file,
        pdf=file,
    )


def signed(case, shown=None, signer=""):
    shown = shown or case
    return mandate_was_signed(FOOD, case, CLERK, letter(shown, signer), TITLE, shown=shown)


def entrusted():
    """His mandate was signed here as a letter."""
    return signed(asked())


def test_the_letter_of_a_mandate_lets_it_carry_and_is_the_material_that_is_asked_for():
    case = entrusted()

    assert case.handler.mandate.carries(MandateAct.SUBMIT, TODAY)
    assert case.evidence["MANDATE"].files == (case.mandate_letter.pdf,)
    assert case.events[-1].kind is CaseEventKind.PAPER_SIGNED


@pytest.mark.parametrize(
    "change",
    [
        lambda case: intake.with_person(case, person(), (PartyKind.PERSON,)),
        lambda case: intake.with_body(case, shop()),
        lambda case: intake.with_handler(case, replace(case.handler, relation="另一位代办员")),
    ],
)
def test_a_mandate_that_would_say_something_else_by_now_is_signed_anew(change):
    case = change(entrusted())

    assert not case.handler.mandate.signed
    assert (case.mandate_letter, "MANDATE" in case.evidence) == (None, False)


def test_a_mandate_is_asked_for_where_an_agent_acts_and_once():
    own = intake.with_handler(draft(), handler(mandate_of(MandateAct.SUBMIT)))

    for case in (draft(), own, entrusted()):
        with pytest.raises(NotAcceptable):
            require_open_mandate(case)


@pytest.mark.parametrize(
    "change",
    [
        lambda case: replace(case, case_id=UUID(int=99)),
        lambda case: intake.with_body(case, shop()),
        lambda case: intake.with_handler(case, replace(case.handler, relation="另一位代办员")),
    ],
)
def test_a_signature_counts_only_for_the_case_and_people_that_its_pages_named(change):
    with pytest.raises(NotAcceptable, match=r"签名没有记上.*请再签一次"):
        signed(change(asked()), shown=asked())


def test_only_the_principals_own_signature_is_noted():
    with pytest.raises(HandwritingRefused, match="签名没有记上"):
        signed(asked(), signer="李样本")


def test_a_mandate_signed_on_the_screen_is_called_no_promise():
    held = entrusted().evidence["MANDATE"]

    assert held.origin is Origin.SIGNED_MANDATE
    told = (ORIGINS[held.origin], evidence_summary(held), evidence_origin(held))
    assert told == ("屏上签的委托书", "委托人已在屏上签委托书", f"委托书 {held.pages} 页")


def test_a_scanned_mandate_stays_below_the_one_that_was_signed_and_comes_back_with_its_versions():
    requirement = FOOD.requirement("MANDATE")
    first, second = (
        intake.from_file(requirement, scan(name), Origin.SCANNED, CLERK, NOW)
        for name in ("委托书一.pdf", "委托书二.pdf")
    )
    scanned = asked()
    for held in (first, second):
        scanned = intake.with_evidence(scanned, "MANDATE", held)

    case = signed(scanned)

    assert case.evidence["MANDATE"].older == (second, first)
    assert {*first.files, *second.files} <= set(files_of(case))
    anew = intake.with_body(case, shop())
    assert anew.evidence["MANDATE"] == scanned.evidence["MANDATE"]


def test_an_agent_under_a_signed_mandate_is_not_changed_once_the_case_was_taken_in():
    """It could not be signed a second time, so the case would be without one for good."""
    case = replace(entrusted(), state=CaseState.CORRECTION_DUE, received_at=NOW)

    assert intake.with_handler(case, case.handler) == case
    for other in (None, replace(case.handler, relation="另一位代办员")):
        with pytest.raises(NotAcceptable, match=r"没有改动.*本人来办"):
            intake.with_handler(case, other)
