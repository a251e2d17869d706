"""Values that fill themselves from card, certificate, answers and the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clerk.domain import intake
from clerk.domain.party import MandateAct, Source
from clerk.domain.prefill import prefilled, value_at
from integrations.practice.people import CHEN_YANSHI, NOODLE_SHOP, ZHANG_SHILI
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    FOOD,
    NOW,
    answered,
    draft,
    handler,
    licence_use,
    mandate_of,
    noodle_shop_begun,
    person,
    school,
    shop,
    with_licence,
)

LATER = datetime(2026, 3, 18, 1, 5, tzinfo=UTC)


def fill(case, standard=FOOD, at=NOW):
    return prefilled(standard, case, at, CALENDAR)


def test_a_card_on_the_reader_fills_the_representatives_lines():
    case = fill(intake.with_person(draft(), person(), FOOD.applicant_kinds))

    held = case.values["head_name"]
    assert (held.value, held.source, held.at) == (ZHANG_SHILI.name, Source.ID_CARD, NOW)
    assert case.values["head_id"].value == ZHANG_SHILI.id_number
    assert case.values["head_sex"].value == "男"


def test_the_licence_fills_its_lines_and_is_named_as_their_record():
    case = fill(with_licence(intake.with_body(draft(), shop())))

    held = case.values["operator_name"]
    assert (held.value, held.source, held.record) == (
        NOODLE_SHOP.name,
        Source.CERTIFICATE,
        NOODLE_SHOP.code,
    )


def test_a_typed_applicant_who_is_put_right_is_put_right_on_the_form_too():
    case = fill(intake.with_body(draft(), replace(shop(), name="示例县清和面馆")))

    again = fill(intake.with_body(case, shop()))

    assert case.values["operator_name"].value == "示例县清和面馆"
    assert again.values["operator_name"].value == NOODLE_SHOP.name


def test_the_best_source_at_hand_wins():
    """The certificate's name stands before the typed applicant's."""
    without = fill(intake.with_body(draft(), shop()))
    with_it = fill(with_licence(without))

    assert without.values["operator_name"].source is Source.DERIVED
    assert with_it.values["operator_name"].source is Source.CERTIFICATE


def test_what_a_person_typed_is_never_overwritten():
    case = intake.with_value(noodle_shop_begun(), "premises", "示例县别处1号", NOW)

    again = fill(with_licence(case), at=LATER)

    assert again.values["premises"].value == "示例县别处1号"
    assert again.values["premises"].source is Source.TYPED


def test_what_was_taken_over_from_an_earlier_case_is_left_alone():
    case = intake.with_value(
        noodle_shop_begun(), "premises", "示例县旧址", NOW, source=Source.EARLIER
    )

    assert fill(with_licence(case)).values["premises"].value == "示例县旧址"


def test_a_value_goes_away_with_its_source():
    case = fill(with_licence(intake.with_body(draft(), shop())))

    gone = fill(intake.without_evidence(case, "LICENCE"))

    assert case.values["premises"].value == NOODLE_SHOP.address
    assert "premises" not in gone.values


def test_a_value_follows_its_source_when_that_changes():
    case = fill(answered(draft(), business="catering", dishes="hot"))

    again = fill(answered(case, dishes="cold"))

    assert case.values["dish_kind"].value == "热食类食品制售"
    assert again.values["dish_kind"].value == "冷食类、生食类食品制售"


def test_filling_twice_changes_nothing():
    once = fill(with_licence(noodle_shop_begun()))

    assert fill(once, at=LATER) == once


def test_today_is_the_halls_day_also_after_midnight_in_greenwich():
    """17:00 UTC is one o'clock of the next day in the hall."""
    case = fill(draft(), at=datetime(2026, 3, 17, 17, 0, tzinfo=UTC))

    assert case.values["applied_on"].value == "2026-03-18"


def test_the_day_of_the_application_stays_while_it_is_corrected():
    """行政许可法 art. 32: what is brought later belongs to the same application."""
    received = replace(draft(), received_at=NOW)

    assert fill(received, at=NOW + timedelta(days=6)).values["applied_on"].value == "2026-03-18"


def test_who_applies_answers_the_first_question():
    trader = fill(intake.with_body(draft(), shop()))
    canteen = fill(intake.with_body(draft(), school()))

    assert trader.answers["subject"].option == "sole_trader"
    assert canteen.answers["subject"].option == "institution"


def test_another_applicant_changes_the_answer_he_gave():
    case = fill(intake.with_body(draft(), shop()))

    again = fill(intake.with_body(case, school()))

    assert again.answers["subject"].option == "institution"


def test_an_answer_a_person_gave_stays():
    case = intake.with_answer(fill(intake.with_body(draft(), shop())), "subject", "company", NOW)

    assert fill(case).answers["subject"].option == "company"


def test_the_age_band_is_that_of_the_day():
    born = replace(person(), birth_on=date(1936, 3, 18))
    case = intake.with_person(draft(ALLOWANCE), born, ALLOWANCE.applicant_kinds)

    yesterday = fill(case, ALLOWANCE, datetime(2026, 3, 17, 4, 0, tzinfo=UTC))
    today = fill(case, ALLOWANCE, NOW)

    assert yesterday.answers["age_band"].option == "from_80"
    assert today.answers["age_band"].option == "from_90"
    assert today.values["band"].value == "90至99周岁"


def test_an_age_nobody_knows_answers_nothing():
    unknown = replace(person(), birth_on=None)
    case = intake.with_person(draft(ALLOWANCE), unknown, ALLOWANCE.applicant_kinds)

    assert "age_band" not in fill(case, ALLOWANCE).answers


def test_a_handler_fills_his_own_lines_and_his_relation():
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)
    case = intake.with_handler(case, handler(mandate_of(MandateAct.SUBMIT)))

    filled = fill(case, ALLOWANCE)

    assert filled.values["contact_name"].value == CHEN_YANSHI.name
    assert filled.values["contact_relation"].value == "员工"
    assert filled.values["handler_id"].value == CHEN_YANSHI.id_number


def test_what_was_typed_earlier_is_offered_and_never_put_in_unseen():
    """``earlier`` stands first among the sources of 现居住地址, and is passed over here."""
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)

    held = fill(case, ALLOWANCE).values["residence"]

    assert (held.value, held.source) == (ZHANG_SHILI.address, Source.ID_CARD)


def test_a_certificate_of_another_kind_fills_nothing():
    other = licence_use(type_code="11990123MB0000094P009")

    case = fill(with_licence(intake.with_body(draft(), shop()), other))

    assert case.values["operator_name"].source is Source.DERIVED


def test_a_path_that_leads_nowhere_yet_gives_nothing():
    case = draft()

    for path in ("applicant.name", "answer:business", "field:phone", "handler.relation", "a:b:c:d"):
        assert value_at(path, FOOD, case, NOW) is None
