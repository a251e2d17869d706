"""What stands on a card, and the bytes it comes in."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.id_card import CardDoubt
from clerk.domain.identifiers import IdKind
from integrations.devices.records import CardType, record_of
from integrations.devices.sdt import (
    Command,
    Status,
    answer_frame,
    answer_in,
    command_in,
    request_frame,
    text_in,
)
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.trouble import AnswerGarbled, CardRejected
from integrations.devices.usb_reader import UsbCardReader
from tests.integrations.sample_cards import FOREIGN_2017, FOREIGN_2023, HMT, RESIDENT

TODAY = date(2026, 3, 18)


@pytest.fixture
def counter():
    """A reader on the counter and the driver that speaks to it."""
    device = SimulatedReader()
    driver = UsbCardReader(backend=device.backend)
    yield device, driver
    driver.close()


def resident_record(**changed):
    fields = {
        "name": "张示例",
        "sex": "1",
        "nation": "01",
        "birth": "19880312",
        "number": "990123198803120010",
        "from": "20200101",
        "until": "20400101",
    }
    return record_of(CardType.RESIDENT, fields | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"number": ""},
        {"birth": "19880231"},
        {"birth": "1988031"},
        {"birth": "１９８８０３１２"},
        {"from": ""},
        {"until": "长"},
        {"sex": "X"},
    ],
)
def test_a_card_that_cannot_be_read_is_not_used_in_part(counter, changed):
    device, driver = counter
    device.place_record(resident_record(**changed))

    with pytest.raises(AnswerGarbled, match="没有使用"):
        driver.read()


def test_a_record_with_a_torn_character_is_not_used(counter):
    device, driver = counter
    record = resident_record()
    device.place_record(b"\x42\xd8" * 15 + record[30:])

    with pytest.raises(AnswerGarbled):
        driver.read()


def test_a_record_of_another_length_is_not_used(counter):
    device, driver = counter
    device.place_record(resident_record()[:-2])

    with pytest.raises(AnswerGarbled):
        driver.read()


def test_a_type_of_card_that_nobody_knows_is_typed_by_hand(counter):
    device, driver = counter
    record = resident_record()
    device.place_record(record[:248] + "Q".encode("utf-16-le") + record[250:])

    with pytest.raises(CardRejected, match="手工录入"):
        driver.read()


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"number": "990123198803120011"}, CardDoubt.NUMBER),
        ({"birth": "19880313"}, CardDoubt.BIRTH_DIFFERS),
        ({"sex": "2"}, CardDoubt.SEX_DIFFERS),
        ({"name": "张\ue000"}, CardDoubt.ODD_CHARACTERS),
        ({"nation": "77"}, CardDoubt.NATION_UNKNOWN),
        ({"until": "20100101"}, CardDoubt.VALIDITY),
    ],
)
def test_a_card_that_contradicts_itself_is_shown_with_the_difference(counter, changed, doubt):
    device, driver = counter
    device.place_record(resident_record(**changed))

    assert driver.read().doubts(TODAY) == (doubt,)


def test_a_good_card_leaves_no_doubt_and_counts_from_its_first_to_its_last_day():
    assert all(card.doubts(TODAY) == () for card in (RESIDENT, HMT, FOREIGN_2017, FOREIGN_2023))
    assert RESIDENT.valid_on(date(2020, 1, 1))
    assert RESIDENT.valid_on(date(2040, 1, 1))
    assert not RESIDENT.valid_on(date(2019, 12, 31))
    assert not RESIDENT.valid_on(date(2040, 1, 2))
    assert replace(RESIDENT, valid_until_on=None).valid_on(date(2099, 1, 1))


def test_a_card_has_no_room_for_everything():
    device = SimulatedReader()

    with pytest.raises(ValueError, match="name"):
        device.place(replace(RESIDENT, name="示" * 16))
    with pytest.raises(ValueError, match="passport"):
        device.place(replace(RESIDENT, kind=IdKind.CHINESE_PASSPORT))


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (Command.RESET, "aaaaaa9669 0003 10ff ec"),
        (Command.MODULE_STATUS, "aaaaaa9669 0003 11ff ed"),
        (Command.FIND_CARD, "aaaaaa9669 0003 2001 22"),
        (Command.SELECT_CARD, "aaaaaa9669 0003 2002 21"),
        (Command.READ_CARD, "aaaaaa9669 0003 3001 32"),
    ],
)
def test_questions_are_framed_as_the_public_tables_say(command, frame):
    assert request_frame(command) == bytes.fromhex(frame)
    assert command_in(bytes.fromhex(frame)) is command


def test_answers_are_framed_as_the_public_tables_say():
    found = bytes.fromhex("aaaaaa9669 0008 00009f 00000000 97")

    assert answer_frame(Status.FOUND, bytes(4)) == found
    assert answer_in(found).status == Status.FOUND
    assert answer_frame(Status.DONE) == bytes.fromhex("aaaaaa9669 0004 000090 94")
    assert len(answer_frame(Status.DONE, bytes(4 + 256 + 1024))) == 1295


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "aaaaaa9669 00",
        "aaaaaa9668 0004 000090 94",
        "aaaaaa9669 0003 0000 03",
        "aaaaaa9669 0004 000090 95",
        "aaaaaa9669 0004 000090 94 00",
        "aaaaaa9669 0004 010090 95",
        "aaaaaa9669 ffff 000090 94",
    ],
)
def test_bytes_that_are_no_answer_are_not_taken_for_one(frame):
    with pytest.raises(AnswerGarbled):
        answer_in(bytes.fromhex(frame))


def test_lengths_that_do_not_add_up_are_no_card():
    assert text_in(b"\x00\x02\x00\x01ab-") == b"ab"
    with pytest.raises(AnswerGarbled):
        text_in(b"\x00\x02\x00\x02ab-")
    with pytest.raises(AnswerGarbled):
        text_in(b"")
