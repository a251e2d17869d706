"""Changes to a draft: people, answers, values and materials."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.certificate import Holder
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.material import Origin, SignedLetter
from clerk.domain.party import MandateAct, PartyKind, Source
from clerk.domain.residents import Sex
from clerk.domain.standard import Way
from integrations.practice.people import NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    CASE_ID,
    CLERK,
    FOOD,
    NOW,
    TODAY,
    TRADER,
    accepted_case,
    applicant_of,
    draft,
    handler,
    licence_use,
    mandate_of,
    noodle_shop_begun,
    noodle_shop_complete,
    person,
    scan,
    school,
    shop,
)

LATER = datetime(2026, 3, 18, 1, 5, tzinfo=UTC)
NOT_EDITABLE = [state for state in CaseState if state not in intake.EDITABLE]

EDITS = {
    "with_person": lambda case: intake.with_person(case, person(), FOOD.applicant_kinds),
    "with_body": lambda case: intake.with_body(case, shop()),
    "with_handler": lambda case: intake.with_handler(case, None),
    "with_answer": lambda case: intake.with_answer(case, "online", "yes", NOW),
    "with_value": lambda case: intake.with_value(case, "phone", "1", NOW),
    "with_evidence": lambda case: intake.with_evidence(case, "RULES", case.evidence["RULES"]),
    "without_evidence": lambda case: intake.without_evidence(case, "RULES"),
    "with_point": lambda case: intake.with_point(case, "RULES", "COMPLETE", False),
    "with_fault": lambda case: intake.with_fault(case, "RULES", "缺页"),
}


def letter():
    return SignedLetter(
        template="proof 2026-1",
        template_sha256="a" * 64,
        text_sha256="b" * 64,
        offered_at=NOW,
        signed_at=LATER,
        signer="张示例",
        docx=scan("承诺书.docx", 2),
        pdf=scan("承诺书.pdf", 2),
    )


@pytest.mark.parametrize("state", NOT_EDITABLE)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_was_taken_in_is_not_edited_any_more(edit, state):
    case = replace(noodle_shop_complete(), state=state)

    with pytest.raises(NotAcceptable):
        edit(case)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_leaves_the_case_it_was_made_from_as_it_was(edit):
    """Undo puts the earlier value back."""
    case = noodle_shop_complete()
    before = (dict(case.answers), dict(case.values), dict(case.evidence))

    changed = edit(case)

    assert (case.answers, case.values, case.evidence) == before
    assert (changed.version, changed.case_id) == (case.version, case.case_id)


def test_a_new_case_is_a_draft_of_one_version_at_one_window():
    case = draft()

    assert (case.case_id, case.version, case.state) == (CASE_ID, 0, CaseState.DRAFT)
    assert (case.item_code, case.standard_version) == (FOOD.item_code, FOOD.version)
    assert (case.counter_code, case.clerk, case.with_whom) == ("03", "zhou", "3 号窗")
    assert [e.kind for e in case.events] == [CaseEventKind.OPENED]


def test_a_card_makes_a_person_with_everything_the_chip_says():
    card = IdCard(
        kind=IdKind.RESIDENT_ID,
        name=ZHANG_SHILI.name,
        sex=Sex.MALE,
        birth_on=ZHANG_SHILI.birth_on,
        id_number=ZHANG_SHILI.id_number,
        valid_from_on=date(2019, 8, 1),
        valid_until_on=date(2039, 8, 1),
        nation_code="01",
        nation="汉",
        address=ZHANG_SHILI.address,
        issuer="示例县公安局",
    )

    assert intake.party_from_card(card, NOW) == person()


def test_a_person_applies_himself_where_the_item_is_for_persons():
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)

    assert applicant_of(case).party == person()
    assert applicant_of(case).representative is None


def test_a_person_stands_for_a_body_still_to_be_named_where_the_item_is_not():
    case = intake.with_person(draft(), person(), FOOD.applicant_kinds)

    assert applicant_of(case).representative == person()
    assert (applicant_of(case).party.name, applicant_of(case).party.kind) == (
        "",
        FOOD.applicant_kinds[0],
    )


def test_another_card_replaces_the_person_and_keeps_the_body():
    case = intake.with_body(draft(), shop())

    case = intake.with_person(case, person(), FOOD.applicant_kinds)

    assert (applicant_of(case).party, applicant_of(case).representative) == (shop(), person())


def test_a_body_that_is_typed_keeps_whoever_stands_for_it():
    case = intake.with_person(draft(), person(), FOOD.applicant_kinds)

    case = intake.with_body(case, school())

    assert (applicant_of(case).party, applicant_of(case).representative) == (school(), person())


def test_a_body_typed_over_a_person_makes_him_its_representative():
    case = intake.with_person(draft(TRADER), person(), (PartyKind.PERSON,))

    assert applicant_of(intake.with_body(case, shop())).representative == person()


def test_a_handler_comes_and_goes():
    case = intake.with_handler(draft(), handler(mandate_of(MandateAct.SUBMIT)))

    assert case.handler
    assert intake.with_handler(case, None).handler is None


def test_a_mandate_carries_nothing_before_it_is_signed():
    mandate = intake.unsigned_mandate(TODAY, date(2026, 6, 30))

    assert not any(mandate.carries(act, TODAY) for act in MandateAct)
    signed = replace(mandate, signed=True)
    assert {act for act in MandateAct if signed.carries(act, TODAY)} == {
        MandateAct.SUBMIT,
        MandateAct.CORRECT,
        MandateAct.COLLECT,
    }


def test_an_answer_given_by_a_person_says_so():
    held = intake.with_answer(draft(), "online", "yes", LATER).answers["online"]

    assert (held.option, held.source, held.at) == ("yes", Source.ANSWERED, LATER)


def test_a_value_typed_over_a_sourced_one_keeps_that_in_sight():
    case = noodle_shop_begun()
    sourced = case.values["head_name"]

    once = intake.with_value(case, "head_name", "张误", LATER).values["head_name"]

    assert (once.value, once.source) == ("张误", Source.TYPED)
    assert (once.replaced, once.replaced_source) == (sourced.value, Source.ID_CARD)


def test_typing_on_keeps_the_sourced_value_it_stands_over():
    case = intake.with_value(noodle_shop_begun(), "head_name", "张误", NOW)

    again = intake.with_value(case, "head_name", "张又误", LATER).values["head_name"]

    assert (again.replaced, again.replaced_source) == (ZHANG_SHILI.name, Source.ID_CARD)


def test_typing_over_what_was_typed_hides_nothing():
    case = intake.with_value(draft(), "phone", "139", NOW)

    assert intake.with_value(case, "phone", "138", LATER).values["phone"].replaced == ""


def test_blanks_are_no_value():
    case = intake.with_value(draft(), "phone", " 139 ", NOW)

    assert case.values["phone"].value == "139"
    assert "phone" not in intake.with_value(case, "phone", "  ", NOW).values


def test_new_evidence_keeps_what_stood_there_newest_first():
    asked = FOOD.requirement("RULES")
    case, papers = draft(), []
    for name in ("一.png", "二.png", "三.png"):
        papers.append(intake.from_file(asked, scan(name), Origin.SCANNED, CLERK, NOW))
        case = intake.with_evidence(case, "RULES", papers[-1])

    held = case.evidence["RULES"]

    assert held.files == papers[-1].files
    assert [old.files[0].name for old in held.older] == ["二.png", "一.png"]
    assert all(old.older == () for old in held.older)


def test_a_paper_lies_there_in_the_number_that_is_asked_for():
    asked = FOOD.requirement("PREMISES")

    held = intake.on_paper(asked, CLERK, NOW)

    assert (held.originals, held.copies) == (asked.originals, asked.copies)
    assert (held.way, held.by) == (Way.PAPER, "zhou")


def test_only_a_paper_that_must_be_signed_is_taken_as_signed():
    layout, rules = FOOD.requirement("LAYOUT"), FOOD.requirement("RULES")

    assert intake.on_paper(layout, CLERK, NOW).signed is True
    assert intake.on_paper(rules, CLERK, NOW).signed is None


def test_a_scan_and_a_chosen_file_are_two_ways():
    asked = FOOD.requirement("RULES")

    scanned = intake.from_file(asked, scan(), Origin.SCANNED, CLERK, NOW)
    chosen = intake.from_file(asked, scan(), Origin.CHOSEN_FILE, CLERK, NOW)

    assert (scanned.way, chosen.way) == (Way.SCAN, Way.FILE)


def test_a_card_that_was_read_brings_its_last_day():
    held = intake.from_card(person(), CLERK, NOW)

    assert (held.origin, held.originals, held.valid_until_on) == (
        Origin.READ_FROM_CARD,
        1,
        date(2039, 8, 1),
    )


def test_a_letter_stands_for_the_proof_only_where_the_standard_offers_it():
    """告知承诺: a list of the item's own."""
    offered = intake.promised(FOOD.requirement("PREMISES"), letter(), CLERK)

    assert (offered.way, offered.letter, offered.files) == (
        Way.COMMITMENT,
        letter(),
        (letter().pdf,),
    )
    with pytest.raises(BadInput):
        intake.promised(FOOD.requirement("RULES"), letter(), CLERK)


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("RULES", date(2026, 3, 23)),  # three working days
        ("PREMISES", date(2026, 3, 25)),  # five, which is the whole promised limit
    ],
)
def test_a_deferred_paper_follows_by_a_working_day(code, due):
    held = intake.deferred(FOOD, FOOD.requirement(code), CALENDAR, CLERK, NOW, TODAY)

    assert (held.way, held.due_on) == (Way.DEFERRAL, due)


def test_a_deferral_never_outlasts_the_promised_limit():
    asked = replace(FOOD.requirement("PREMISES"), deferral_workdays=30)

    held = intake.deferred(FOOD, asked, CALENDAR, CLERK, NOW, TODAY)

    assert held.due_on == date(2026, 3, 25)


@pytest.mark.parametrize("code", ["LAYOUT", "LICENCE", "HEAD_ID"])
def test_a_main_paper_cannot_follow_later(code):
    with pytest.raises(BadInput):
        intake.deferred(FOOD, FOOD.requirement(code), CALENDAR, CLERK, NOW, TODAY)


def test_a_paper_marked_unfit_can_be_marked_fit_again():
    case = intake.with_fault(noodle_shop_complete(), "RULES", " 缺页 ")

    assert case.evidence["RULES"].fault == "缺页"
    assert intake.with_fault(case, "RULES", "").evidence["RULES"].fault == ""


def test_a_called_licence_names_the_shop_its_owner_stands_for():
    case = intake.with_person(draft(), person(), FOOD.applicant_kinds)

    case = intake.certificate_was_used(case, CLERK, licence_use())

    party = applicant_of(case).party
    assert (party.name, party.id_number, party.source) == (
        NOODLE_SHOP.name,
        NOODLE_SHOP.code,
        Source.CERTIFICATE,
    )
    assert applicant_of(case).representative == person()
    assert case.events[-1].detail == {"certificate": "营业执照", "mode": "code"}


def test_a_called_licence_renames_nobody_who_is_known():
    case = intake.with_body(draft(), school())

    case = intake.certificate_was_used(case, CLERK, licence_use())

    assert applicant_of(case).party == school()


def test_a_persons_certificate_names_no_shop():
    use = licence_use(
        holder=Holder(name=ZHANG_SHILI.name, id_type="111", id_number=ZHANG_SHILI.id_number)
    )
    case = intake.with_person(draft(), person(), FOOD.applicant_kinds)

    case = intake.certificate_was_used(case, CLERK, use)

    assert applicant_of(case).party.name == ""


def test_the_course_of_a_case_says_what_was_read_and_signed():
    case = intake.card_was_read(draft(), CLERK, NOW, ZHANG_SHILI.name)

    case = intake.letter_was_signed(case, CLERK, FOOD.requirement("PREMISES"), LATER)

    assert [(e.kind, e.at) for e in case.events[1:]] == [
        (CaseEventKind.CARD_READ, NOW),
        (CaseEventKind.LETTER_SIGNED, LATER),
    ]


def test_an_accepted_case_keeps_the_papers_it_was_accepted_with():
    case = accepted_case()

    with pytest.raises(NotAcceptable):
        intake.without_evidence(case, "LICENCE")
    assert "LICENCE" in case.evidence
