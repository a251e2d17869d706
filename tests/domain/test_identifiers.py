"""Numbers of people, bodies, places, items and certificates.

The vectors satisfy check digits only; nobody bears them.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.check_digits import (
    UNIFIED_CODE_ALPHABET,
    mod_37_36_check_character,
    organisation_check_character,
    resident_check_digit,
    unified_code_check_character,
)
from clerk.domain.identifiers import (
    IdFault,
    IdKind,
    check_certificate_identifier,
    check_chinese_passport,
    check_foreign_passport,
    check_foreign_residence_card,
    check_hmt_residence_permit,
    check_hmt_travel_permit,
    check_identifier,
    check_mobile,
    check_organisation_code,
    check_region_code,
    check_resident_id,
    check_taiwan_travel_permit,
    check_task_code,
    check_unified_code,
    normal_number,
)
from clerk.domain.residents import Sex, age_on, resident_birth_on, resident_sex

TODAY = date(2026, 3, 18)
DIGITS = "0123456789"
CAPITALS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    "number", ["110101190001010014", "370303190402290020", "11010119000101009X"]
)
def test_a_citizens_number_with_the_right_check_digit_is_taken(number):
    assert check_resident_id(number, TODAY).valid


def test_a_wrong_last_digit_says_which_one_would_be_right():
    """The clerk reads: 身份证号第 18 位不对，应为 4。"""
    found = check_resident_id("110101190001010015", TODAY)

    assert found.refused
    assert (found.fault, found.position, found.expected) == (IdFault.CHECK_CHARACTER, 18, "4")


def test_a_birthday_that_never_was_is_refused():
    found = check_resident_id("370303190302290020", TODAY)

    assert found.refused
    assert (found.fault, found.position) == (IdFault.BIRTH_DATE, 7)


def test_a_birthday_in_the_future_is_refused_until_that_day():
    body = "99012320260319001"
    number = body + resident_check_digit(body)

    assert check_resident_id(number, TODAY).fault is IdFault.BIRTH_IN_FUTURE
    assert check_resident_id(number, date(2026, 3, 19)).valid


def test_a_first_generation_number_is_named_as_such():
    found = check_resident_id("110101000101001", TODAY)

    assert found.refused
    assert found.fault is IdFault.FIRST_GENERATION


@pytest.mark.parametrize(
    ("text", "fault", "position"),
    [
        ("", IdFault.EMPTY, None),
        ("1101011900010100", IdFault.LENGTH, None),
        ("1101011900010100144", IdFault.LENGTH, None),
        ("11O101190001010014", IdFault.CHARACTER, 3),
        ("11010119000101001Y", IdFault.CHARACTER, 18),
        ("١١٠١٠١١٩٠٠٠١٠١٠٠١٤", IdFault.CHARACTER, 1),
        ("X10101190001010014", IdFault.CHARACTER, 1),
    ],
)
def test_a_number_of_the_wrong_form_says_where(text, fault, position):
    found = check_resident_id(text, TODAY)

    assert found.refused
    assert (found.fault, found.position) == (fault, position)


@pytest.mark.parametrize(
    "text",
    [
        " 110101 19000101 009x ",
        "１１０１０１１９０００１０１００９ｘ",
        "110101-19000101-009X",
        "\u200e11010119000101009X\u200b",
        "110101\u300019000101\u00a0009X",
    ],
)
def test_however_it_was_typed_the_number_has_one_form(text):
    assert check_resident_id(text, TODAY).number == "11010119000101009X"


def test_a_region_never_fails_a_number():
    body = "99012319880312001"

    assert check_resident_id(body + resident_check_digit(body), TODAY).valid


def card_numbers():
    """Valid numbers of invented people, born on any day up to today."""
    bodies = st.builds(
        lambda born, serial: f"990123{born:%Y%m%d}{serial:03}",
        st.dates(date(1900, 1, 1), TODAY),
        st.integers(0, 999),
    )
    return bodies.map(lambda body: body + resident_check_digit(body))


@given(card_numbers(), st.integers(0, 17), st.data())
def test_one_wrong_character_in_a_citizens_number_is_always_found(number, place, data):
    alphabet = DIGITS + "X" if place == 17 else DIGITS
    wrong = data.draw(st.sampled_from(alphabet).filter(lambda c: c != number[place]))

    assert check_resident_id(number, TODAY).valid
    assert check_resident_id(number[:place] + wrong + number[place + 1 :], TODAY).refused


@given(card_numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_in_a_citizens_number_are_always_found(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert check_resident_id(swapped, TODAY).refused == (swapped != number)


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_a_check(text):
    for kind in IdKind:
        found = check_identifier(kind, text, TODAY)
        assert found.valid + found.refused + found.warned == 1


@pytest.mark.parametrize("code", ["91000000MA0000007C", "11000000000000019Q", "52000000MA0A0B0C4R"])
def test_a_unified_code_with_the_right_check_character_is_taken(code):
    assert check_unified_code(code).valid


def test_a_wrong_unified_code_is_a_warning_and_says_what_would_be_right():
    """Wrong codes stand in real registers: the case goes on."""
    found = check_unified_code("91000000MA0000007D")

    assert found.warned
    assert (found.fault, found.position, found.expected) == (IdFault.CHECK_CHARACTER, 18, "C")


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_look_like_digits_are_not_in_a_unified_code(letter):
    found = check_unified_code(f"91000000{letter}A0000007C")

    assert found.warned
    assert (found.fault, found.position) == (IdFault.CHARACTER, 9)


def test_a_unified_code_of_the_wrong_length_says_how_long_it_is():
    assert check_unified_code("370303000000000").length == 18


@given(st.text(UNIFIED_CODE_ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.data())
def test_one_wrong_character_in_a_unified_code_is_always_found(body, place, data):
    code = body + unified_code_check_character(body)
    wrong = data.draw(st.sampled_from(UNIFIED_CODE_ALPHABET).filter(lambda c: c != code[place]))

    assert check_unified_code(code).valid
    assert check_unified_code(code[:place] + wrong + code[place + 1 :]).warned


@pytest.mark.parametrize(
    "code", ["MA000000-7", "MA0000007", "12345678-8", "00000006-X", "00000006x"]
)
def test_an_organisation_code_is_taken_with_hyphen_and_without(code):
    assert check_organisation_code(code).valid


def test_a_wrong_organisation_code_is_a_warning():
    found = check_organisation_code("12345678-9")

    assert found.warned
    assert (found.position, found.expected) == (9, "8")


@given(st.text(DIGITS, min_size=8, max_size=8), st.integers(0, 7), st.sampled_from(DIGITS))
def test_one_wrong_digit_in_an_organisation_code_is_always_found(body, place, digit):
    wrong = body[:place] + digit + body[place + 1 :]

    assert check_organisation_code(wrong + organisation_check_character(body)).valid == (
        wrong == body
    )


@pytest.mark.parametrize("code", ["370323", "422828", "360803", "370323100200", "110000", "820000"])
def test_a_known_province_is_taken(code):
    assert check_region_code(code).valid


def test_an_unknown_province_is_only_a_warning():
    assert check_region_code("990000").warned
    assert check_region_code("99000").fault is IdFault.FORM


@pytest.mark.parametrize(
    "text",
    ["13000000000", "16600000000", "19900000000", "+86 130 0000 0000", "130-0000-0000"],
)
def test_a_mobile_number_is_taken_however_it_is_written(text):
    assert check_mobile(text).valid
    assert len(check_mobile(text).number) == 11


def test_a_mobile_number_of_another_form_is_a_warning():
    assert check_mobile("12000000000").fault is IdFault.FORM
    assert check_mobile("1300000000").length == 11


@pytest.mark.parametrize(
    "number", ["810000190001010018", "820000190001010028", "830000190001010038"]
)
def test_a_residence_permit_of_hong_kong_macao_taiwan_is_taken(number):
    assert check_hmt_residence_permit(number, TODAY).valid


def test_a_wrong_residence_permit_is_refused_and_a_foreign_region_warned():
    assert check_hmt_residence_permit("810000190001010019", TODAY).refused
    assert check_hmt_residence_permit("110101190001010014", TODAY).warned


@pytest.mark.parametrize(
    "number", ["931840190001010010", "91139219000102002X", "944410190001030032"]
)
def test_a_new_foreign_residence_card_is_taken(number):
    assert check_foreign_residence_card(number, TODAY).valid


def test_a_foreign_residence_card_is_refused_for_what_is_certain_and_warned_for_the_rest():
    wrong_check = check_foreign_residence_card("931840190001010011", TODAY)
    strange_birth = "93184019001301001"

    assert wrong_check.refused
    assert wrong_check.expected == "0"
    assert check_foreign_residence_card("110101190001010014", TODAY).fault is IdFault.FORM
    assert check_foreign_residence_card(
        strange_birth + resident_check_digit(strange_birth), TODAY
    ).warned


def test_an_old_foreign_residence_card_has_letters_and_no_check_rule():
    assert check_foreign_residence_card("XXX000000000000", TODAY).valid
    assert check_foreign_residence_card("XX0000000000000", TODAY).warned


@pytest.mark.parametrize("number", ["E00000000", "EA0000000", "G00000000", "SE0000000"])
def test_a_chinese_passport_is_taken(number):
    assert check_chinese_passport(number).valid


@pytest.mark.parametrize("number", ["EI0000000", "EO0000000", "A00000000", "E0000000"])
def test_an_unusual_chinese_passport_is_a_warning(number):
    assert check_chinese_passport(number).warned


def test_a_foreign_passport_is_looked_at_for_its_form_only():
    assert check_foreign_passport("x0000000").valid
    assert check_foreign_passport("X000").warned


@pytest.mark.parametrize("number", ["H00000000", "M00000000", "H0000000001"])
def test_a_travel_permit_of_hong_kong_or_macao_is_taken(number):
    assert check_hmt_travel_permit(number).valid


def test_a_travel_permit_of_neither_hong_kong_nor_macao_is_a_warning():
    assert check_hmt_travel_permit("A00000000").warned


def test_a_travel_permit_of_taiwan_is_a_card_or_an_old_booklet():
    assert check_taiwan_travel_permit("00000000").valid
    assert check_taiwan_travel_permit("0000000001（B）").valid
    assert check_taiwan_travel_permit("000").warned


def test_an_implementation_code_that_is_not_national_is_a_warning():
    assert check_task_code("11000000000000019Q3000123001000").valid
    assert check_task_code("11000000000000019Q300012300100001").valid
    assert check_task_code("11000000000000019Q300012300100").fault is IdFault.LENGTH
    assert check_task_code("11000000000000019A3000123001000").expected == "Q"
    assert check_task_code("37-ab 事项").fault is IdFault.FORM


@pytest.mark.parametrize(
    "identifier",
    [
        "1.2.156.3005.2.11000000000000019Q001.120000001234567880.20260000001.001.D",
        "1.2.156.3005.2.11000000000000019Q002.120000001234567880.0000000042.002.N",
        "1.2.156.3005.2.11000000000000019QA01.120000001234567880.TEST2026000001.001.K",
    ],
)
def test_a_certificate_identifier_with_the_right_check_character_is_taken(identifier):
    assert check_certificate_identifier(identifier).valid


def test_a_wrong_certificate_identifier_is_bad_data_and_no_proof_of_forgery():
    found = check_certificate_identifier(
        "1.2.156.3005.2.11000000000000019Q001.120000001234567880.20260000001.001.E"
    )

    assert found.warned
    assert found.expected == "D"
    assert check_certificate_identifier("1.2.156.3005.2.").fault is IdFault.FORM


@given(st.text(CAPITALS, min_size=1, max_size=60), st.integers(0), st.sampled_from(CAPITALS))
def test_one_wrong_character_changes_the_check_character_of_an_identifier(body, place, other):
    place %= len(body)
    wrong = body[:place] + other + body[place + 1 :]

    same = mod_37_36_check_character(wrong) == mod_37_36_check_character(body)
    assert same == (wrong == body)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (IdKind.RESIDENT_ID, "111"),
        (IdKind.UNIFIED_CODE, "001"),
        (IdKind.TAIWAN_TRAVEL_PERMIT, "511"),
        (IdKind.HMT_TRAVEL_PERMIT, "516"),
        (IdKind.FOREIGN_RESIDENCE_CARD, "553"),
        (IdKind.CHINESE_PASSPORT, "414"),
    ],
)
def test_other_systems_are_told_the_code_of_the_kind(kind, code):
    assert kind.code == code


def test_every_kind_has_a_code_of_three_digits():
    assert all(len(kind.code) == 3 and kind.code.isdigit() for kind in IdKind)


def test_a_citizens_number_tells_birth_and_sex():
    assert resident_birth_on("11010119000101009X") == date(1900, 1, 1)
    assert resident_sex("11010119000101009X") is Sex.MALE
    assert resident_sex("370303190402290020") is Sex.FEMALE
    assert resident_birth_on("1101") is None
    assert resident_sex("1101") is Sex.UNKNOWN


def test_age_changes_on_the_birthday():
    born_on = date(1946, 3, 18)

    assert age_on(born_on, date(2026, 3, 17)) == 79
    assert age_on(born_on, date(2026, 3, 18)) == 80


def test_who_was_born_on_29_february_is_a_year_older_on_1_march():
    born_on = date(1944, 2, 29)

    assert age_on(born_on, date(2025, 2, 28)) == 80
    assert age_on(born_on, date(2025, 3, 1)) == 81
    assert age_on(born_on, date(2024, 2, 29)) == 80


def test_small_letters_stay_where_they_mean_something():
    assert normal_number("ab－12", capitals=False, dashes=True) == "ab-12"
