from clerk.domain.masking import (
    grouped_identity_number,
    grouped_phone,
    masked_identity_number,
    masked_name,
    masked_phone,
)


def test_numbers_are_read_in_groups():
    assert grouped_identity_number("990123198803120010") == "990123 19880312 0010"
    assert grouped_phone("13800000147") == "138 0000 0147"


def test_a_number_of_another_shape_is_shown_as_it_is():
    assert grouped_identity_number("H1234") == "H1234"
    assert grouped_phone("000-1000") == "000-1000"


def test_lists_show_neither_birthday_nor_the_middle_of_a_phone_number():
    assert masked_identity_number("990123198803120010") == "990123 ******** 0010"
    assert masked_phone("13800000147") == "138 **** 0147"
    assert masked_name("张示例") == "张**"


def test_what_is_unusual_is_masked_whole():
    assert masked_identity_number("H1234") == "*****"
    assert masked_phone("000-1000") == "********"
    assert masked_name("张") == "*"
    assert masked_name("") == ""
