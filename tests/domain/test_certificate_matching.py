"""All materials against all certificates of a holder; what is not asked for stays unnamed."""

from dataclasses import replace
from datetime import date
from pickle import dumps, loads

import pytest

from clerk.domain.certificate import CertificateStatus, Holder, Unusable
from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from clerk.domain.certificate_matching import (
    NEEDS_A_LOOK,
    HolderRelation,
    asks_relation,
    best_rows,
    likely_relation,
    match_certificates,
    type_codes,
    wanted_of,
    wanted_of_holder,
)
from clerk.domain.errors import BadInput
from clerk.domain.secret import Secret, shown_code
from integrations.practice.people import ZHANG_SHILI, ZHOU_MONI
from tests.domain.at_the_window import (
    CALENDAR,
    FOOD,
    LICENCE_TYPE,
    handler,
    mandate_of,
    person,
    shop,
)
from tests.domain.certificate_rows import certificate, food_case

ON = date(2026, 3, 18)
SHOP = Holder(name=shop().name, id_type="001", id_number=shop().id_number)


def matched(case, found, holder=SHOP):
    wanted = wanted_of_holder(wanted_of(FOOD, case, ON, CALENDAR), case, holder)
    return match_certificates(wanted, found, case, holder, ON)


def test_a_certificate_stands_against_the_material_that_asks_for_its_type():
    matches = matched(food_case(), [certificate("A")])

    (row,) = matches.rows
    assert (row.material, row.usable, row.used) == ("LICENCE", True, False)
    assert best_rows(matches) == (row,)


def test_what_the_case_does_not_ask_for_is_counted_and_not_named():
    other = certificate("B", type_code="another", type_name="结婚证")

    matches = matched(food_case(), [certificate("A"), other])

    assert matches.unnamed == 1
    assert "结婚证" not in repr(matches)


def test_a_material_for_which_there_is_nothing_is_told():
    assert matched(food_case(), []).missing == ("LICENCE", "BODY_CERTIFICATE")
    assert matched(food_case(), [certificate("A")]).missing == ("BODY_CERTIFICATE",)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"status": CertificateStatus.REVOKED}, Unusable.REVOKED),
        ({"status": CertificateStatus.SUSPENDED}, Unusable.SUSPENDED),
        ({"status": CertificateStatus.EXPIRED}, Unusable.EXPIRED),
        ({"valid_until_on": date(2026, 3, 17)}, Unusable.EXPIRED),
        ({"holder_name": "示例县清河小吃"}, Unusable.NAME_DIFFERS),
        ({"authorised": False}, Unusable.NOT_AUTHORISED),
    ],
)
def test_every_row_says_why_it_cannot_be_used_and_stands_below(changed, reason):
    matches = matched(food_case(), [certificate("OLD", **changed), certificate("NEW")])

    assert [row.certificate.number for row in matches.rows] == ["NEW", "OLD"]
    assert matches.rows[1].reasons == (reason,)


def test_two_that_would_do_are_a_choice_of_a_person():
    matches = matched(food_case(), [certificate("A"), certificate("B")])

    assert best_rows(matches) == ()


def test_somebody_elses_number_holds_nothing_of_the_case():
    """Two may bear one name."""
    namesake = replace(SHOP, id_number="91990123MA00TE5T3N")

    assert wanted_of_holder(wanted_of(FOOD, food_case(), ON, CALENDAR), food_case(), namesake) == ()


def test_each_type_is_asked_for_once():
    wanted = wanted_of(FOOD, food_case(), ON, CALENDAR)

    assert type_codes((*wanted, *wanted)) == type_codes(wanted)
    assert type_codes(wanted)[0] == LICENCE_TYPE


def test_the_applicants_own_certificate_raises_no_question():
    assert not asks_relation(food_case(), SHOP, certificate("A"))


def test_a_shop_that_names_its_owner_on_its_face_raises_no_question():
    """Only the owner's identity card lies there; the licence says that he acts for the shop."""
    unnamed = food_case(named=False)

    assert not asks_relation(unnamed, SHOP, certificate("A", fields={"经营者": ZHANG_SHILI.name}))
    assert asks_relation(unnamed, SHOP, certificate("A", fields={"经营者": "别人"}))


@pytest.mark.parametrize(
    ("who", "relation"),
    [(ZHANG_SHILI, HolderRelation.HEAD), (ZHOU_MONI, HolderRelation.HOUSEHOLD)],
)
def test_another_holder_is_asked_about_and_the_likely_answer_offered(who, relation):
    case = food_case()
    holder = Holder(name=who.name, id_type="111", id_number=person(who).id_number)

    assert asks_relation(case, holder, certificate("A"))
    assert likely_relation(case, holder) is relation


def test_whoever_acts_for_the_applicant_is_his_agent():
    helper = handler(mandate_of())
    case = replace(food_case(), handler=helper)
    holder = Holder(name=helper.party.name, id_type="111", id_number=helper.party.id_number)

    assert likely_relation(case, holder) is HolderRelation.AGENT


# 亮证码 -------------------------------------------------------------------------------------------


def test_a_code_shows_itself_to_nobody_and_hands_itself_out_once():
    code = shown_code(" 9901-1001 ")

    assert "9901" not in f"{code}{code!r}{[code]}"
    assert code.take() == "9901-1001"
    assert code.take() == ""
    assert not code


def test_a_copy_of_a_code_that_leaves_the_process_is_empty():
    assert loads(dumps(Secret("9901-1001"))).take() == ""


@pytest.mark.parametrize(
    "text", ["12345", "9" * 10_240, "990101\x00", "9901\n1001", "九九零一一零"]
)
def test_what_cannot_be_a_code_is_refused_at_the_edge(text):
    with pytest.raises(BadInput) as refused:
        shown_code(text)

    assert text not in str(refused.value)
    assert "没有发出" in str(refused.value)


# 签章 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "trusted", "shown", "asked"),
    [
        (SealState.INTACT, True, SealState.INTACT, False),
        (SealState.INTACT, None, SealState.INTACT, False),
        (SealState.INTACT, False, SealState.UNTRUSTED, True),
        (SealState.RESEALED, False, SealState.UNTRUSTED, True),
        (SealState.CHANGED, False, SealState.CHANGED, False),
    ],
)
def test_an_intact_seal_of_an_authority_nobody_trusts_is_never_shown_as_good(
    state, trusted, shown, asked
):
    """Anybody can seal what he made himself; a file that was changed cannot be used at all."""
    look = FileLook(pages=1, seals=(SealFinding(state=state, trusted=trusted),))

    assert look.seal is shown
    assert (look.seal in NEEDS_A_LOOK) is asked
    assert look.followed is (trusted is not None)
